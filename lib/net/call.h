/* The functions behind every operation. */
#ifndef XPAY_NET_CALL_H
#define XPAY_NET_CALL_H

#include <xpay/intent.h>

#include "operation.h"

/*
 * Carry an operation out. `out` is the address of the caller's pointer to the answer's struct; `out`, `id`, `params`
 * and `options` may be NULL as far as the operation's row allows it, `error` always.
 * Where the row has no type for parameters, `params` is the body itself, as text.
 */
xpay_status xpay_call(xpay_client *client, const xpay_operation *operation, const char *id,
                      const void *params, const xpay_request_options *options, void *out,
                      xpay_error *error);

/*
 * Make the call that an intent is the record of once more, to the byte. The intent and its operation must have been
 * checked; it is not recorded again. What an earlier call did stays in doubt until XPay tells. No argument but options
 * may be NULL.
 */
xpay_status xpay_call_again(xpay_client *client, const xpay_operation *operation,
                            const xpay_intent *intent, const xpay_request_options *options,
                            void *out, xpay_error *error);

/* Settle an intent in the client's store, if it has one. A failure is only logged: the intent stays unsettled. */
void xpay_intent_settle(xpay_client *client, const char *operation, const char *key,
                        int32_t settlement, const char *json);

#endif
