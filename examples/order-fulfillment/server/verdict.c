/* The last word about an operation is XPay's own, in its own words; not that of something in between. */
#include "verdict.h"

bool call_did_nothing(const xpay_error *error)
{
    return error->outcome == XPAY_OUTCOME_NOT_SENT || error->outcome == XPAY_OUTCOME_REJECTED;
}

bool call_is_barred(const xpay_error *error)
{
    return error->status == XPAY_ERROR_AUTHENTICATION || error->status == XPAY_ERROR_PERMISSION ||
           error->status == XPAY_ERROR_RATE_LIMIT;
}

bool call_is_refused(const xpay_error *error)
{
    return error->http_status >= 400 && error->http_status < 500 && *error->type &&
           !call_is_barred(error) && error->status != XPAY_ERROR_IDEMPOTENCY;
}
