/* What the refunds of a payment come down to, for whoever puts news of them in order. */
#ifndef XPAY_MODEL_FULFILLMENT_H
#define XPAY_MODEL_FULFILLMENT_H

#include <xpay/payment_intent.h>

/*
 * How far a refund has come. A bank may send back what succeeded; what failed or was canceled stays so, since another
 * attempt is another refund. So a success that is told of after a failure is an old one.
 */
enum {
    XPAY_REFUND_NOWHERE,   /* unknown */
    XPAY_REFUND_UNSETTLED, /* it may go to and fro between these */
    XPAY_REFUND_DONE,
    XPAY_REFUND_UNDONE /* nothing went back, or it came back */
};

int xpay_refund_rank(int32_t status);

/* The refund of that id as it is in the one view of the payment; NULL when there is none. */
const xpay_refund *xpay_payment_intent_refund(const xpay_payment_intent *intent, const char *id);

#endif
