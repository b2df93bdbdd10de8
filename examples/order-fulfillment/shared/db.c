/* What is the same for every database: attempts, failures, and the steps of the schema. */
#include "db_driver.h"
#include "identity.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* How long a transaction is tried; who waits for it should hear something by then. */
enum { PATIENCE_MS = 5000, PAUSE_MOST_MS = 250 };

static const struct {
    const char *scheme;
    const struct db_driver *driver;
    bool whole; /* the driver reads the whole URL */
} kinds[] = {
    {"sqlite:", &db_sqlite, false},
    {"postgresql://", &db_postgres, true},
    {"postgres://", &db_postgres, true},
};

static void note_failure(struct tx *tx, enum db_result why, const char *what, bool once_more)
{
    if (tx->result != DB_OK)
        return;
    tx->result = why;
    tx->once_more = once_more;
    snprintf(tx->words, sizeof tx->words, "%.*s", (int)strcspn(what, "\n"), what);
}

void tx_fail(struct tx *tx, enum db_result why, const char *what)
{
    note_failure(tx, why, what, false);
}

void tx_retry(struct tx *tx, enum db_result why, const char *what)
{
    note_failure(tx, why, what, true);
}

void tx_abandon(struct tx *tx)
{
    tx->abandoned = true;
}

/* Longer each time, and never the same for two who got in each other's way. */
static void pause_before(const struct tx *tx)
{
    int64_t most = tx->attempts < 8 ? INT64_C(2) << tx->attempts : PAUSE_MOST_MS;
    int64_t nanoseconds = random_below((most < PAUSE_MOST_MS ? most : PAUSE_MOST_MS) * 1000000);
    struct timespec pause = {.tv_nsec = (long)nanoseconds};
    nanosleep(&pause, NULL);
}

enum db_result tx_finish(struct tx *tx)
{
    if (tx->result == DB_OK && !tx->abandoned)
        tx->db->driver->commit(tx);
    tx->db->driver->end(tx);
    tx->open = false;
    if (tx->result != DB_OK && !tx_may_go_well(tx))
        log_line("database: %s", tx->words);
    return tx->result;
}

bool tx_may_go_well(const struct tx *tx)
{
    return tx->result != DB_OK && tx->once_more && now_ms() < tx->deadline;
}

bool tx_attempt(struct tx *tx)
{
    if (tx->open)
        tx_finish(tx);
    if (tx->attempts == 0)
        tx->deadline = now_ms() + PATIENCE_MS;
    while (tx->attempts == 0 || tx_may_go_well(tx)) {
        if (tx->attempts++)
            pause_before(tx);
        tx->result = DB_OK;
        tx->once_more = tx->abandoned = tx->wrote = false;
        tx->db->driver->begin(tx);
        if (tx->result == DB_OK)
            return tx->open = true;
        tx_finish(tx);
    }
    return false;
}

int64_t tx_run(struct tx *tx, const char *sql, const struct db_value *values, size_t count)
{
    tx->wrote = true;
    return tx->result == DB_OK ? tx->db->driver->run(tx, sql, values, count) : 0;
}

struct rows *tx_query(struct tx *tx, const char *sql, const struct db_value *values, size_t count)
{
    return tx->result == DB_OK ? tx->db->driver->query(tx, sql, values, count) : NULL;
}

struct rows *rows_new(struct tx *tx, size_t size)
{
    struct rows *rows = calloc(1, size);
    if (rows)
        rows->tx = tx;
    else
        tx_fail(tx, DB_FAILED, "out of memory");
    return rows;
}

bool rows_next(struct rows *rows)
{
    return rows && rows->tx->result == DB_OK && rows->tx->db->driver->next(rows);
}

int64_t rows_number(struct rows *rows, int column)
{
    return rows->tx->db->driver->number(rows, column);
}

const char *rows_text(struct rows *rows, int column)
{
    return rows->tx->db->driver->text(rows, column);
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
        rows->tx->db->driver->close_rows(rows);
    free(rows);
}

static int64_t schema_version(struct tx *tx)
{
    struct rows *rows =
        tx_query(tx, "SELECT COALESCE(MAX(version), 0) FROM schema_versions", NULL, 0);
    int64_t version = rows_next(rows) ? rows_number(rows, 0) : 0;
    rows_close(rows);
    return version;
}

/* Does what the schema lacks. A program that is older than the schema must not touch it. */
static void migrate(struct tx *tx, const char *const *const *versions)
{
    const struct db_driver *driver = tx->db->driver;
    int64_t known = 0;
    if (driver->schema_lock)
        rows_close(tx_query(tx, driver->schema_lock, NULL, 0));
    if (tx->result == DB_OK)
        driver->define(tx, "CREATE TABLE IF NOT EXISTS schema_versions ("
                           "  version INTEGER PRIMARY KEY,"
                           "  applied_at INTEGER NOT NULL"
                           ") STRICT");
    int64_t version = schema_version(tx);
    while (versions[known])
        known++;
    if (version > known) {
        char words[128];
        snprintf(words, sizeof words,
                 "its schema has version %" PRId64 ", and this program knows %" PRId64
                 ": start the newer program",
                 version, known);
        tx_fail(tx, DB_FAILED, words);
    }
    for (; tx->result == DB_OK && version < known; version++) {
        for (const char *const *statement = versions[version]; *statement; statement++)
            if (tx->result == DB_OK)
                driver->define(tx, *statement);
        tx_run(tx, "INSERT INTO schema_versions (version, applied_at) VALUES ($1, $2)",
               DB_VALUES(NUMBER_(version + 1), NUMBER_(now_ms())));
    }
}

struct db *db_open(const char *url, const char *const *const *versions)
{
    struct db *db = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        size_t length = strlen(kinds[i].scheme);
        if (strncmp(url, kinds[i].scheme, length) != 0)
            continue;
        db = kinds[i].driver->open(kinds[i].whole ? url : url + length);
        if (!db)
            return NULL;
        db->driver = kinds[i].driver;
    }
    if (!db) {
        log_line("DATABASE_URL must be sqlite:<file>, or begin with postgresql://");
        return NULL;
    }
    struct tx tx = {.db = db};
    while (tx_attempt(&tx))
        migrate(&tx, versions);
    if (tx.result == DB_OK)
        return db;
    db_close(db);
    return NULL;
}

void db_close(struct db *db)
{
    if (db)
        db->driver->close(db);
}
