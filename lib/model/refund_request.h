/* What a refund was asked for, read back from the request that was recorded. */
#ifndef XPAY_MODEL_REFUND_REQUEST_H
#define XPAY_MODEL_REFUND_REQUEST_H

#include <xpay/object.h>

typedef struct xpay_refund_request {
    xpay_object base;
    const char *charge_id; /* NULL when it was asked for by payment intent */
    bool has_amount;       /* false: all that remained */
    int64_t amount;
    int32_t reason;                 /* XPAY_REFUND_REASON_UNKNOWN when not given */
    const char *description;        /* NULL when not given */
    const char *instructions_email; /* NULL when not given */
} xpay_refund_request;

/* Read a body of POST /refunds; to be freed with xpay_object_free(). Statuses as of xpay_decode(). */
xpay_status xpay_refund_request_read(const char *body, xpay_refund_request **request,
                                     xpay_error *error);

#endif
