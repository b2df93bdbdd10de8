/*
 * Waiting that another thread can end.
 *
 * Whoever waits with a token registers how it is woken, for exactly as long as it waits. The waking function runs under
 * the token's mutex: once xpay_cancel_forget() has returned it does not run and will not.
 */
#ifndef XPAY_NET_CANCEL_H
#define XPAY_NET_CANCEL_H

#include <xpay/cancel.h>

typedef struct xpay_waiter {
    void (*wake)(
        void *
            context); /* makes the waiting thread look at the token again; must not block for long */
    void *context;
    struct xpay_waiter *next;
    struct xpay_waiter *before;
} xpay_waiter;

/* `cancel` may be NULL here and below: then nothing ever cancels. */
bool xpay_canceled(const xpay_cancel *cancel);
void xpay_cancel_enlist(xpay_cancel *cancel, xpay_waiter *waiter, void (*wake)(void *context),
                        void *context);
void xpay_cancel_forget(xpay_cancel *cancel, xpay_waiter *waiter);

/* Sleep until a moment of the monotonic clock, or until the token is triggered. */
void xpay_cancel_sleep(xpay_cancel *cancel, int64_t until_us);

#endif
