/* The one function behind every operation. */
#ifndef XPAY_NET_CALL_H
#define XPAY_NET_CALL_H

#include <xpay/client.h>

#include "operation.h"

/*
 * Carry an operation out. `out` is the address of the caller's pointer to the answer's struct; `id`, `params` and
 * `options` may be NULL as far as the operation's row allows it, `error` always.
 */
xpay_status xpay_call(xpay_client *client, const xpay_operation *operation, const char *id,
                      const void *params, const xpay_request_options *options, void *out,
                      xpay_error *error);

#endif
