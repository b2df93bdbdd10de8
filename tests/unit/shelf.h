/* An intent store for one intent, which notes what it is asked; and a client that uses it. */
#ifndef XPAY_TESTS_SHELF_H
#define XPAY_TESTS_SHELF_H

#include "answers_scripted.h"

#define HOUR_MS (INT64_C(60) * 60 * 1000)

/* A store of one row, which notes what it is asked. */
typedef struct shelf {
    xpay_status record_status;
    xpay_status settle_status;
    xpay_status take_over_status;
    int64_t open_since_ms;  /* what record() tells of an earlier row */
    bool joined;            /* another process records the same while the call is under way */
    const char *of_account; /* the client's; NULL: one that all tests share */
    scripted *server;
    size_t requests_at_record; /* how many had arrived when the intent was recorded */
    int records;
    int settles;
    int takes;
    int32_t settlement;
    bool has_json;
    char call[40]; /* that the row names */
    char key[256], fingerprint[80], operation[40], order[40], method[8], target[200], body[500],
        account[40];
    xpay_intent intent;
    int listed;
} shelf;

/* A client of the server with the shelf as its store, which makes one attempt only. */
xpay_client *shelf_client(shelf *s, scripted *server);

/* The refund of these tests: 500 of ch_1, for order 1042. */
xpay_status shelf_refund(xpay_client *client, const char *key, xpay_error *error);

/* The shelf's callbacks. */
xpay_status shelf_record(void *context, const xpay_intent *intent, int64_t *open_since_ms);
xpay_status shelf_settle(void *context, const xpay_settlement *settlement);
xpay_status shelf_take_over(void *context, const char *key, const char *call);

/* Milliseconds since the epoch. */
int64_t wall_ms(void);

#endif
