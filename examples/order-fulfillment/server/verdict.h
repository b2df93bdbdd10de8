/*
 * What the failure of one call tells about an operation that may have been sent more than once under its key.
 *
 * An earlier call may have done it and lost the answer. So the last error alone does not settle anything: how many
 * calls ended without knowledge is kept with the order or the refund (`in_doubt`), and counted before each call.
 */
#ifndef SHOP_VERDICT_H
#define SHOP_VERDICT_H

#include <stdbool.h>

#include <xpay/error.h>

/* Whether this call, for its part, did nothing at XPay. */
bool call_did_nothing(const xpay_error *error);
/* Whether it failed for who called and how often: the same may go well later. */
bool call_is_barred(const xpay_error *error);
/* Whether XPay itself refused the operation: an answer that it keeps under the key, and would not
 * give had it done what the key names. */
bool call_is_refused(const xpay_error *error);

#endif
