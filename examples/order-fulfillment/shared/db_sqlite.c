/* The database as a SQLite file: one connection, one transaction at a time, behind a lock. */
#include "db.h"
#include "identity.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

struct tx {
    struct db *db;
    enum db_result result;
};

struct db {
    sqlite3 *handle;
    pthread_mutex_t lock; /* held by the transaction that is under way */
    struct tx tx;
};

struct rows {
    struct tx *tx;
    sqlite3_stmt *statement; /* NULL: there are none */
};

/* How long to wait for another process, such as a sweep. */
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

void tx_fail(struct tx *tx, enum db_result why, const char *what)
{
    if (tx->result != DB_OK)
        return;
    tx->result = why;
    log_line("database: %s", what);
}

static bool check(struct tx *tx, int code)
{
    if (meaning(code) != DB_OK)
        tx_fail(tx, meaning(code), sqlite3_errmsg(tx->db->handle));
    return tx->result == DB_OK;
}

static bool execute(sqlite3 *handle, const char *sql)
{
    if (sqlite3_exec(handle, sql, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    log_line("database: %s", sqlite3_errmsg(handle));
    return false;
}

static bool apply_schema(sqlite3 *handle, const char *const *schema)
{
    /* FULL: what a webhook was told is stored must survive the machine, not only the process. */
    if (!execute(handle, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                         "PRAGMA foreign_keys = ON; BEGIN IMMEDIATE"))
        return false;
    for (; *schema; schema++)
        if (!execute(handle, *schema)) {
            execute(handle, "ROLLBACK");
            return false;
        }
    return execute(handle, "COMMIT");
}

struct db *db_open(const char *where, const char *const *schema)
{
    struct db *db = calloc(1, sizeof *db);
    if (!db) {
        log_line("database: out of memory");
        return NULL;
    }
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(where, &db->handle, flags, NULL) != SQLITE_OK ||
        sqlite3_extended_result_codes(db->handle, 1) != SQLITE_OK ||
        sqlite3_busy_timeout(db->handle, BUSY_MS) != SQLITE_OK) {
        log_line("database: %s", db->handle ? sqlite3_errmsg(db->handle) : "out of memory");
        goto fail;
    }
    if (!apply_schema(db->handle, schema))
        goto fail;
    if (pthread_mutex_init(&db->lock, NULL) != 0)
        goto fail;
    db->tx.db = db;
    return db;

fail:
    sqlite3_close(db->handle);
    free(db);
    return NULL;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    sqlite3_close(db->handle);
    pthread_mutex_destroy(&db->lock);
    free(db);
}

struct tx *tx_begin(struct db *db)
{
    pthread_mutex_lock(&db->lock);
    db->tx.result = DB_OK;
    /* IMMEDIATE: a reader that turned writer later could find that it read what is old. */
    check(&db->tx, sqlite3_exec(db->handle, "BEGIN IMMEDIATE", NULL, NULL, NULL));
    return &db->tx;
}

enum db_result tx_result(const struct tx *tx)
{
    return tx->result;
}

void tx_rollback(struct tx *tx)
{
    struct db *db = tx->db;
    if (!sqlite3_get_autocommit(db->handle))
        execute(db->handle, "ROLLBACK");
    pthread_mutex_unlock(&db->lock);
}

enum db_result tx_commit(struct tx *tx)
{
    struct db *db = tx->db;
    if (tx->result == DB_OK)
        check(tx, sqlite3_exec(db->handle, "COMMIT", NULL, NULL, NULL));
    enum db_result result = tx->result;
    tx_rollback(tx);
    return result;
}

static sqlite3_stmt *prepare(struct tx *tx, const char *sql, const struct db_value *values,
                             size_t count)
{
    sqlite3_stmt *statement = NULL;
    if (tx->result != DB_OK ||
        !check(tx, sqlite3_prepare_v2(tx->db->handle, sql, -1, &statement, NULL)))
        return NULL;
    for (size_t i = 0; i < count; i++) {
        char name[24];
        snprintf(name, sizeof name, "$%zu", i + 1);
        int at = sqlite3_bind_parameter_index(statement, name);
        const struct db_value *value = &values[i];
        int code = value->kind == DB_NUMBER ? sqlite3_bind_int64(statement, at, value->number)
                   : value->kind == DB_TEXT && value->text
                       ? sqlite3_bind_text(statement, at, value->text, -1, SQLITE_TRANSIENT)
                       : sqlite3_bind_null(statement, at);
        if (!check(tx, code)) {
            sqlite3_finalize(statement);
            return NULL;
        }
    }
    return statement;
}

int64_t tx_run(struct tx *tx, const char *sql, const struct db_value *values, size_t count)
{
    sqlite3_stmt *statement = prepare(tx, sql, values, count);
    if (!statement)
        return 0;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        ;
    int64_t changed = check(tx, code) ? sqlite3_changes64(tx->db->handle) : 0;
    sqlite3_finalize(statement);
    return changed;
}

struct rows *tx_query(struct tx *tx, const char *sql, const struct db_value *values, size_t count)
{
    struct rows *rows = calloc(1, sizeof *rows);
    if (!rows) {
        tx_fail(tx, DB_FAILED, "out of memory");
        return NULL;
    }
    rows->tx = tx;
    rows->statement = prepare(tx, sql, values, count);
    return rows;
}

bool rows_next(struct rows *rows)
{
    if (!rows || !rows->statement || rows->tx->result != DB_OK)
        return false;
    int code = sqlite3_step(rows->statement);
    return check(rows->tx, code) && code == SQLITE_ROW;
}

int64_t rows_number(struct rows *rows, int column)
{
    return sqlite3_column_int64(rows->statement, column);
}

const char *rows_text(struct rows *rows, int column)
{
    if (sqlite3_column_type(rows->statement, column) == SQLITE_NULL)
        return NULL;
    const char *text = (const char *)sqlite3_column_text(rows->statement, column);
    if (!text)
        tx_fail(rows->tx, DB_FAILED, "out of memory");
    return text;
}

void rows_copy(struct rows *rows, int column, char *to, size_t size)
{
    const char *text = rows_text(rows, column);
    size_t length = text ? strlen(text) : 0;
    if (length >= size) {
        tx_fail(rows->tx, DB_FAILED, "a stored text is longer than the program expects");
        length = 0;
    }
    if (length)
        memcpy(to, text, length);
    to[length] = '\0';
}

void rows_close(struct rows *rows)
{
    if (rows)
        sqlite3_finalize(rows->statement);
    free(rows);
}
