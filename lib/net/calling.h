/* A call under way: what the files behind xpay_call() share. */
#ifndef XPAY_NET_CALLING_H
#define XPAY_NET_CALLING_H

#include <xpay/intent.h>

#include "../base/digest.h"
#include "cancel.h"
#include "keys.h"
#include "line.h"
#include "request.h"

typedef struct xpay_calling {
    xpay_client *client;
    xpay_request request;
    xpay_exchange exchange;
    xpay_cancel *cancel;         /* NULL: none */
    const char *order_reference; /* NULL: none */
    void *object;                /* what was read; NULL until then */
    xpay_error *error;           /* never NULL */

    unsigned char digest[XPAY_DIGEST_SIZE]; /* the fingerprint of the request, with a key */
    xpay_known_key *remembered;             /* counted as running under its key */
    char name[XPAY_RANDOM_NAME_SIZE];       /* of this call, in the intent store */
    bool given_key;                         /* by the caller: others may use it, too */
    bool opened;                            /* nothing kept it from being tried */
    bool resolving;                         /* its intent is in the store since an earlier call */
    bool recorded;                          /* its intent is in the store since this call */
} xpay_calling;

/* One attempt, reported to the exchange. In attempt.c. */
void xpay_attempt_make(xpay_calling *calling);

/*
 * Before the first attempt of a call with a key: whether its key may name this request, what is known of the key, and
 * the record in the intent store. XPAY_OK, or why nothing may be sent; then outcome and next step are set. After the
 * last attempt: how it ended, which other calls under the key may leave in doubt. In intents.c.
 */
xpay_status xpay_intent_open(xpay_calling *calling);
void xpay_intent_close(xpay_calling *calling);

/* What the hooks are told. In observe.c. */
void xpay_observe_request(const xpay_calling *calling);
void xpay_observe_response(const xpay_calling *calling, const xpay_answer *answer,
                           const xpay_attempt *attempt, int64_t total_us);
void xpay_observe_wait(const xpay_calling *calling);
void xpay_observe_end(const xpay_calling *calling);
void xpay_observe_store(const xpay_client *client, const char *operation, const char *key,
                        const char *what, xpay_status status);

#endif
