/* An intent store in a file: rows are only appended, each written through to the disk. */
#ifndef WIRE_STORE_H
#define WIRE_STORE_H

#include <stdbool.h>
#include <xpay/xpay.h>

enum { STORE_ROWS = 64, STORE_TEXT = 1024 };

/* Places at which a process may end. */
enum store_step {
    STORE_BEFORE_RECORD,
    STORE_WITHIN_RECORD,
    STORE_AFTER_RECORD,
    STORE_BEFORE_SETTLE,
    STORE_WITHIN_SETTLE,
    STORE_AFTER_SETTLE
};

struct store_row {
    char key[256], fingerprint[65], operation[64], order[64], method[8], target[128];
    char call[64];
    char body[STORE_TEXT];
    int64_t created_ms, not_after_ms;
    int32_t settlement; /* 0: none yet */
};

struct store {
    const char *path;                      /* NULL: in memory only */
    void (*at_step)(enum store_step step); /* NULL: nothing */
    struct store_row rows[STORE_ROWS];
    int count;
    xpay_intent_store callbacks;
};

/* Read what a process before this one left; a row that it did not finish was never there. */
void store_open(struct store *store, const char *path, void (*at_step)(enum store_step step));

/* Rows without a verdict, and rows that were settled as done. */
int store_unsettled(const struct store *store);
int store_applied(const struct store *store);

/* A row as the library gave it. */
xpay_intent store_intent(const struct store_row *row);

#endif
