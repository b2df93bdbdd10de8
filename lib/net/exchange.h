/*
 * The way of one operation to its end, without I/O: when to send, when to send again, what it all came to.
 *
 * A driver asks xpay_exchange_next() what to do, does it, and reports: xpay_exchange_sending() right before the
 * request leaves, xpay_exchange_attempted() when the attempt is over. Blocking and event-loop drivers share this, so
 * retries, deadlines and outcomes exist once. Times are microseconds of a monotonic clock, unless named otherwise.
 */
#ifndef XPAY_NET_EXCHANGE_H
#define XPAY_NET_EXCHANGE_H

#include <xpay/error.h>

#include "budget.h"
#include "operation.h"

/* Where time and chance come from: the machine's, or a test's script. */
typedef struct xpay_sources {
    int64_t (*now_us)(void *user);     /* monotonic */
    int64_t (*lasting_ms)(void *user); /* also counts while the machine sleeps; never set */
    bool (*random)(void *user, unsigned char *bytes,
                   size_t count); /* false: no randomness to be had */
    void *user;
} xpay_sources;

/* How often and how patiently to repeat. */
typedef struct xpay_retry_policy {
    int32_t max_attempts;
    int64_t first_delay_us; /* upper bound of the first wait; doubles with every attempt */
    int64_t max_delay_us;
    int64_t max_retry_after_us; /* when XPay asks to wait longer, that is left to the caller */
    xpay_budget *budget;        /* the client's reserve of repeats; NULL: without limit */
} xpay_retry_policy;

/* What an attempt came to. */
typedef struct xpay_attempt {
    xpay_status
        failure; /* XPAY_OK: a whole answer came and, if it was a 2xx, was read. Else what broke */
    int32_t http_status; /* of the status line, also when the rest broke; 0 when none came */
    const char *code; /* error.code of the answer, or its type; "" when it is no error of XPay's */
    int64_t retry_after_us; /* the wait that the answer asks for; -1 for none */
    bool replayed;          /* the answer is the one that XPay stored under the key */
} xpay_attempt;

enum {
    XPAY_ACTION_SEND = 1, /* make an attempt now */
    XPAY_ACTION_WAIT = 2, /* until wait_until_us, then ask again */
    XPAY_ACTION_DONE = 3  /* status, outcome and next_step are final */
};

typedef struct xpay_exchange {
    const xpay_operation *operation;
    const xpay_sources *sources;
    xpay_retry_policy policy;
    bool keyed; /* an idempotency key goes with every attempt */

    int64_t started_us;
    int64_t deadline_us;
    int64_t key_dies_ms; /* lasting clock: later a repeat under the key might act again; 0: never */
    int64_t wait_until_us;
    int32_t action;      /* the answer of the next xpay_exchange_next() */
    int32_t tries;       /* attempts begun */
    int32_t sent;        /* attempts that may have reached XPay */
    bool sending;        /* this attempt's request may have left */
    int32_t doubts;      /* attempts that may have taken effect, and no answer told */
    bool refused_before; /* a refusal that XPay repeats is one that we know of */
    bool doubted_before; /* the same goes for a call before, or beside, this one under its key */
    bool applied;        /* some attempt was answered with a 2xx */
    bool refused;        /* XPay refused the operation itself, and keeps that under the key */
    bool unstored; /* some attempt was answered in a way that XPay does not store under the key */
    const char *
        given_up; /* why it is not repeated, although that would be safe; NULL for no such reason */

    xpay_status status;
    int32_t outcome;
    int32_t next_step;
} xpay_exchange;

void xpay_exchange_begin(xpay_exchange *exchange, const xpay_operation *operation, bool keyed,
                         const xpay_sources *sources, const xpay_retry_policy *policy,
                         int64_t timeout_us);

/*
 * The operation may have happened before this call: an earlier one was made under the same key. Nothing but a success
 * takes that doubt away: also a refusal that XPay stored under the key may be the answer to a repeat, refused because
 * what came before it was done.
 */
void xpay_exchange_doubt(xpay_exchange *exchange);

/* XPay stored a refusal under the key, as we know. Otherwise a refusal that it repeats may come of calls that we forgot. */
void xpay_exchange_key_refused(xpay_exchange *exchange);

/* Nothing is sent under the key after this moment of the lasting clock, in milliseconds. */
void xpay_exchange_key_dies(xpay_exchange *exchange, int64_t at_ms);

/* What to do now: XPAY_ACTION_…. */
int32_t xpay_exchange_next(xpay_exchange *exchange);

/*
 * The request is about to leave. False: it must not, because in this attempt it has left before. libcurl repeats a
 * request by itself when a reused connection dies before the answer; whether to repeat is decided here alone. Nor must
 * it when its key died since xpay_exchange_next().
 */
bool xpay_exchange_sending(xpay_exchange *exchange);

/* The attempt is over. */
void xpay_exchange_attempted(xpay_exchange *exchange, const xpay_attempt *attempt);

/* It was cancelled between two attempts, or before the first. */
void xpay_exchange_cancel(xpay_exchange *exchange);

#endif
