/*
 * A database, as little of it as the shop needs: transactions, statements with values, rows.
 *
 * db_sqlite.c and db_postgres.c are two implementations; which one is meant the URL says. The SQL is what SQLite and
 * PostgreSQL have in common, with $1, $2, … for values.
 *
 * A transaction is a loop, since a database may ask for it anew: when two got in each other's way, or when the
 * connection was lost. Its body may run more than once, so it must not do what cannot be done twice, nor leave by
 * return, break or goto; and it never waits for the network.
 *
 *     struct tx tx = {.db = db};
 *     while (tx_attempt(&tx))
 *         found = store_order_find(&tx, id, &order);
 *     if (tx.result != DB_OK)
 *         …
 *
 * It remembers the first thing that went wrong; what is asked of it afterwards does nothing and finds nothing, and in
 * the end it is rolled back. So code in between need not look at every single answer.
 *
 * A row that was changed, or read with TX_HOLD, is held until the end; other rows may change between two statements. (In
 * SQLite, which has one writer at a time, the whole database is held, and TX_HOLD means nothing.)
 */
#ifndef SHOP_DB_H
#define SHOP_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum db_result {
    DB_OK,
    DB_BUSY, /* nothing stored: the database was away, or another writer did not give way in time */
    DB_REFUSED, /* nothing stored: a constraint of the schema forbids it */
    DB_DOUBT, /* the connection was lost amid the commit, and it could not be asked what came of it */
    DB_FAILED /* nothing stored: anything else; the log has the database's words */
};

struct db;
struct rows;

struct tx {
    struct db *db;
    enum db_result result; /* what has gone wrong so far; after the loop, what came of it */
    /* All else is for the implementation; zero in the beginning. */
    void *session;
    int attempts;
    int64_t deadline; /* no attempt begins after it */
    bool open, abandoned, wrote,
        once_more;   /* once_more: what went wrong may go well from the start */
    char words[160]; /* the database's own, about the first failure */
};

/* Opens the database that the URL names: sqlite:<file>, which is made if need be, or postgresql://….
 * NULL when that failed; the log says why, without a password. `versions` are the steps in which its
 * schema came to be, each a list of statements that ends with NULL; the list ends with NULL, too.
 * What the database lacks of them is done. */
struct db *db_open(const char *url, const char *const *const *versions);
void db_close(struct db *db);

/* Begins, and true: do it. When called again it ends what was done: commits, or rolls back what has
 * failed. Then true once more if it is to be done from the start, and false when that was it. */
bool tx_attempt(struct tx *tx);
/* Ends it here and now, once, instead of in the next tx_attempt(). */
enum db_result tx_finish(struct tx *tx);
/* Whether one that failed is worth another attempt: from the start it may go well, and there is time. */
bool tx_may_go_well(const struct tx *tx);
/* Makes the transaction fail, for the caller's own reasons. */
void tx_fail(struct tx *tx, enum db_result why, const char *what);
/* Nothing of it is to be stored; that is no failure. */
void tx_abandon(struct tx *tx);

/* A value for $n. */
struct db_value {
    enum { DB_TEXT, DB_NUMBER } kind;
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

/* At the end of a query: its rows are held. NO KEY, since rows keep their ids: one that refers to a row
 * need not wait for it, nor it for that one. */
#define TX_HOLD " FOR NO KEY UPDATE"
/* The same, without those that somebody else holds. */
#define TX_HOLD_FREE TX_HOLD " SKIP LOCKED"

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
