/* One row says all about an endpoint: what is sent where, what comes back, and whether XPay deduplicates it. */
#ifndef XPAY_NET_OPERATION_H
#define XPAY_NET_OPERATION_H

#include <xpay/describe.h>

#include "../model/types.h"

/* What is known of an endpoint's idempotency keys. */
enum {
    XPAY_KEY_NONE = 0,    /* nothing to deduplicate: no key is ever sent */
    XPAY_KEY_UNKNOWN = 1, /* a key is sent, but a repeat may act twice: never repeated on our own */
    XPAY_KEY_EVIDENCED = 2 /* XPay is known to answer a repeat from its store */
};

typedef struct xpay_operation {
    const char *name;   /* of the function that it is behind, without the prefix: "refund_create" */
    const char *method; /* "GET", "POST", "PATCH" or "DELETE" */
    const char *path; /* such as "/refunds/{id}": the caller's id stands for the only {…} in it */
    int32_t key;      /* XPAY_KEY_… */
    int32_t success;  /* HTTP status of the contract; any 2xx with a readable answer is taken */
    const xpay_type *request; /* parameters: the query of a GET, the JSON body of others; or NULL */
    const xpay_type *answer;  /* what comes back; NULL: nothing does (204) */
} xpay_operation;

/* Whether the operation only reads. */
static inline bool xpay_operation_reads(const xpay_operation *operation)
{
    return operation->method[0] == 'G';
}

/* Whether it only makes sure that something is gone: then a repeat does no harm. */
static inline bool xpay_operation_deletes(const xpay_operation *operation)
{
    return operation->method[0] == 'D';
}

#endif
