/*
 * What db.c asks of a kind of database. A driver is not asked anything of a transaction that has failed.
 */
#ifndef SHOP_DB_DRIVER_H
#define SHOP_DB_DRIVER_H

#include "db.h"

struct db_driver {
    /* NULL when it cannot be opened; said in the log. What is behind the scheme, or the whole URL. */
    struct db *(*open)(const char *url);
    void (*close)(struct db *db);
    /* Each says what went wrong with tx_fail() or tx_retry(). */
    void (*begin)(struct tx *tx);
    void (*commit)(struct tx *tx);
    /* Also after a commit, whatever came of that: gives back what the transaction had. */
    void (*end)(struct tx *tx);
    int64_t (*run)(struct tx *tx, const char *sql, const struct db_value *values, size_t count);
    struct rows *(*query)(struct tx *tx, const char *sql, const struct db_value *values,
                          size_t count);
    /* A statement of the schema, as SQLite writes it. */
    void (*define)(struct tx *tx, const char *sql);
    bool (*next)(struct rows *rows);
    int64_t (*number)(struct rows *rows, int column);
    const char *(*text)(struct rows *rows, int column);
    void (*close_rows)(struct rows *rows);
    const char *
        schema_lock; /* a query that waits until nobody else changes the schema; NULL: begin does */
};

/* The first member of what a driver opens, and of its rows. */
struct db {
    const struct db_driver *driver;
};
struct rows {
    struct tx *tx;
};

/* As tx_fail(); from the start it may go well. */
void tx_retry(struct tx *tx, enum db_result why, const char *what);
/* Memory for rows; the transaction fails when there is none. */
struct rows *rows_new(struct tx *tx, size_t size);

extern const struct db_driver db_sqlite, db_postgres;

#endif
