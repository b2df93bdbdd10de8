/* The database as a SQLite file: one connection, one transaction at a time, behind a lock. */
#include "db_driver.h"
#include "identity.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

struct file {
    struct db db;
    sqlite3 *handle;
    pthread_mutex_t lock; /* held by the transaction that is under way */
};

struct file_rows {
    struct rows rows;
    sqlite3_stmt *statement;
};

/* How long to wait for another process. */
enum { BUSY_MS = 5000 };

static enum db_result meaning(int code)
{
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE: return DB_OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return DB_BUSY;
    case SQLITE_CONSTRAINT: return DB_REFUSED;
    default: return DB_FAILED;
    }
}

static sqlite3 *handle_of(const struct tx *tx)
{
    return ((struct file *)tx->db)->handle;
}

static bool check(struct tx *tx, int code)
{
    if (meaning(code) != DB_OK)
        tx_fail(tx, meaning(code), sqlite3_errmsg(handle_of(tx)));
    return tx->result == DB_OK;
}

static void close_file(struct db *db)
{
    struct file *file = (struct file *)db;
    sqlite3_close(file->handle);
    pthread_mutex_destroy(&file->lock);
    free(file);
}

static struct db *open_file(const char *path)
{
    struct file *file = calloc(1, sizeof *file);
    if (!file || pthread_mutex_init(&file->lock, NULL) != 0) {
        log_line("database: out of memory");
        free(file);
        return NULL;
    }
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    /* FULL: what a webhook was told is stored must survive the machine, not only the process. */
    if (sqlite3_open_v2(path, &file->handle, flags, NULL) != SQLITE_OK ||
        sqlite3_extended_result_codes(file->handle, 1) != SQLITE_OK ||
        sqlite3_busy_timeout(file->handle, BUSY_MS) != SQLITE_OK ||
        sqlite3_exec(file->handle,
                     "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                     "PRAGMA foreign_keys = ON",
                     NULL, NULL, NULL) != SQLITE_OK) {
        log_line("database: %s", file->handle ? sqlite3_errmsg(file->handle) : "out of memory");
        close_file(&file->db);
        return NULL;
    }
    return &file->db;
}

static void execute(struct tx *tx, const char *sql)
{
    check(tx, sqlite3_exec(handle_of(tx), sql, NULL, NULL, NULL));
}

static void begin(struct tx *tx)
{
    pthread_mutex_lock(&((struct file *)tx->db)->lock);
    /* IMMEDIATE: a reader that turned writer later could find that it read what is old. */
    execute(tx, "BEGIN IMMEDIATE");
}

static void commit(struct tx *tx)
{
    execute(tx, "COMMIT");
}

static void end(struct tx *tx)
{
    sqlite3 *handle = handle_of(tx);
    if (!sqlite3_get_autocommit(handle) &&
        sqlite3_exec(handle, "ROLLBACK", NULL, NULL, NULL) != SQLITE_OK)
        log_line("database: %s", sqlite3_errmsg(handle));
    pthread_mutex_unlock(&((struct file *)tx->db)->lock);
}

static sqlite3_stmt *prepare(struct tx *tx, const char *sql, const struct db_value *values,
                             size_t count)
{
    sqlite3_stmt *statement = NULL;
    const char *hold = strstr(sql, TX_HOLD); /* all is held anyway */
    int length = hold ? (int)(hold - sql) : -1;
    if (!check(tx, sqlite3_prepare_v2(handle_of(tx), sql, length, &statement, NULL)))
        return NULL;
    for (size_t i = 0; i < count; i++) {
        char name[24];
        snprintf(name, sizeof name, "$%zu", i + 1);
        int at = sqlite3_bind_parameter_index(statement, name);
        const struct db_value *value = &values[i];
        int code = value->kind == DB_NUMBER ? sqlite3_bind_int64(statement, at, value->number)
                   : value->text
                       ? sqlite3_bind_text(statement, at, value->text, -1, SQLITE_TRANSIENT)
                       : sqlite3_bind_null(statement, at);
        if (!check(tx, code)) {
            sqlite3_finalize(statement);
            return NULL;
        }
    }
    return statement;
}

static int64_t run(struct tx *tx, const char *sql, const struct db_value *values, size_t count)
{
    sqlite3_stmt *statement = prepare(tx, sql, values, count);
    if (!statement)
        return 0;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        ;
    int64_t changed = check(tx, code) ? sqlite3_changes64(handle_of(tx)) : 0;
    sqlite3_finalize(statement);
    return changed;
}

static struct rows *query(struct tx *tx, const char *sql, const struct db_value *values,
                          size_t count)
{
    struct file_rows *rows = (struct file_rows *)rows_new(tx, sizeof *rows);
    if (!rows)
        return NULL;
    rows->statement = prepare(tx, sql, values, count);
    return &rows->rows;
}

static sqlite3_stmt *statement_of(struct rows *rows)
{
    return ((struct file_rows *)rows)->statement;
}

static bool next(struct rows *rows)
{
    int code = sqlite3_step(statement_of(rows));
    return check(rows->tx, code) && code == SQLITE_ROW;
}

static int64_t number(struct rows *rows, int column)
{
    return sqlite3_column_int64(statement_of(rows), column);
}

static const char *text(struct rows *rows, int column)
{
    if (sqlite3_column_type(statement_of(rows), column) == SQLITE_NULL)
        return NULL;
    const char *text = (const char *)sqlite3_column_text(statement_of(rows), column);
    if (!text)
        tx_fail(rows->tx, DB_FAILED, "out of memory");
    return text;
}

static void close_rows(struct rows *rows)
{
    sqlite3_finalize(statement_of(rows));
}

const struct db_driver db_sqlite = {
    .open = open_file,
    .close = close_file,
    .begin = begin,
    .commit = commit,
    .end = end,
    .run = run,
    .query = query,
    .define = execute,
    .next = next,
    .number = number,
    .text = text,
    .close_rows = close_rows,
};
