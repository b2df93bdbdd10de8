/* What xpay_resolve() and xpay_resolve_unsettled() share. */
#ifndef XPAY_API_RESOLVE_H
#define XPAY_API_RESOLVE_H

#include <xpay/intent.h>

/*
 * xpay_resolve() without NULLs. `twin`: another open intent asks for the same, so that what is found by looking may be
 * that one's.
 */
xpay_status xpay_resolve_one(xpay_client *client, const xpay_intent *given, bool twin,
                             const xpay_request_options *options, xpay_resolution *resolution,
                             xpay_error *error);

/* Whether an intent was made with this client's mode and account; NULL when it was, else the member that says not. */
const char *xpay_intent_stranger(const xpay_client *client, const xpay_intent *intent);

#endif
