/*
 * A database, as little of it as the shop needs: transactions, statements with values, rows.
 *
 * db_sqlite.c is one implementation; another one beside it answers for another database. The SQL is written in what
 * SQLite and PostgreSQL have in common, with $1, $2, … for values.
 *
 * A transaction is serializable: it sees the database as if it were alone. It remembers the first thing that went
 * wrong; what is asked of it afterwards does nothing and finds nothing, and committing it rolls back and says what it
 * was. So code in between need not look at every single answer.
 *
 * Never wait for the network inside a transaction.
 */
#ifndef SHOP_DB_H
#define SHOP_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum db_result {
    DB_OK,
    DB_BUSY,    /* another writer would not give way in time: try again later */
    DB_REFUSED, /* a constraint of the schema forbids it */
    DB_FAILED   /* anything else; the log has the database's words */
};

struct db;
struct tx;
struct rows;

/* Opens the database, makes it if need be, and runs the schema's statements, which are written so
 * that they do no harm to a schema that is already there. NULL when that failed; the log says why. */
struct db *db_open(const char *where, const char *const *schema);
void db_close(struct db *db);

/* Never NULL: one that could not begin is in the state of having failed. */
struct tx *tx_begin(struct db *db);
/* What has gone wrong so far. */
enum db_result tx_result(const struct tx *tx);
/* Commits, or rolls back what has failed. The transaction is gone either way. */
enum db_result tx_commit(struct tx *tx);
void tx_rollback(struct tx *tx);
/* Makes the transaction fail, for the caller's own reasons. */
void tx_fail(struct tx *tx, enum db_result why, const char *what);

/* A value for $n. */
struct db_value {
    enum { DB_NULL, DB_TEXT, DB_NUMBER } kind;
    const char *text;
    int64_t number;
};
#define TEXT_(value)                     \
    {                                    \
        .kind = DB_TEXT, .text = (value) \
    }
#define NUMBER_(value)                       \
    {                                        \
        .kind = DB_NUMBER, .number = (value) \
    }

/* TEXT_ of NULL is the database's NULL. The text must live until the call returns. */
#define DB_VALUES(...)                      \
    (const struct db_value[]){__VA_ARGS__}, \
        sizeof((const struct db_value[]){__VA_ARGS__}) / sizeof(struct db_value)

/* How many rows were changed. */
int64_t tx_run(struct tx *tx, const char *sql, const struct db_value *values, size_t count);

/* Rows of a query; to be closed, also after a failure. The next query may begin before that. */
struct rows *tx_query(struct tx *tx, const char *sql, const struct db_value *values, size_t count);
bool rows_next(struct rows *rows);
int64_t rows_number(struct rows *rows, int column);
/* Valid until the next row; NULL for the database's NULL. */
const char *rows_text(struct rows *rows, int column);
/* Copies a text, "" for NULL. One that does not fit makes the transaction fail. */
void rows_copy(struct rows *rows, int column, char *to, size_t size);
void rows_close(struct rows *rows);

#endif
