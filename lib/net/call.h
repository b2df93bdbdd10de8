/* The functions behind every operation. */
#ifndef XPAY_NET_CALL_H
#define XPAY_NET_CALL_H

#include <xpay/intent.h>

#include "operation.h"
#include "request.h"

/* Copy and check what one call does differently; `given` may be NULL, `error` not. */
xpay_status xpay_call_options(const xpay_request_options *given, xpay_request_options *options,
                              xpay_error *error);

/*
 * Carry an operation out. `out` is the address of the caller's pointer to the answer's struct; `out`, `id`, `params`
 * and `options` may be NULL as far as the operation's row allows it, `error` always.
 * Where the row has no type for parameters, `params` is the body itself, as text.
 */
xpay_status xpay_call(xpay_client *client, const xpay_operation *operation, const char *id,
                      const void *params, const xpay_request_options *options, void *out,
                      xpay_error *error);

/* A call that was made once more. */
typedef struct xpay_again {
    bool asked;                       /* false: nothing was tried */
    char call[XPAY_RANDOM_NAME_SIZE]; /* its name: the row in the store has it since */
} xpay_again;

/*
 * Make the call that an intent is the record of once more, to the byte. The intent and its operation must have been
 * checked; its row is taken over, and left open. What an earlier call did stays in doubt unless XPay shows it. No
 * argument but options may be NULL.
 */
xpay_status xpay_call_again(xpay_client *client, const xpay_operation *operation,
                            const xpay_intent *intent, const xpay_request_options *options,
                            xpay_again *again, void *out, xpay_error *error);

/*
 * Settle an intent in the client's store: how the call of that name ended, and the JSON of what was read (NULL
 * allowed). False when the store did not; that is logged, and the intent stays unsettled. True without a store.
 */
bool xpay_intent_settle(xpay_client *client, const char *operation, const char *key,
                        const char *call, int32_t how, const char *json);

#endif
