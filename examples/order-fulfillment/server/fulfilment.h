/*
 * What a session means for its order. Webhooks, the return page and the sweep all come here, with a session that was
 * pushed or asked for: the same function, safe to run any number of times and in any order.
 */
#ifndef SHOP_FULFILMENT_H
#define SHOP_FULFILMENT_H

#include "shop.h"
#include "store.h"

enum fulfilment {
    FULFILMENT_DONE,       /* stored; also when there was nothing to do */
    FULFILMENT_STRANGER,   /* no order has this session, yet */
    FULFILMENT_WRONG_MODE, /* a test session in a live shop, or the other way round */
    FULFILMENT_BUSY,       /* nothing stored: try again */
    FULFILMENT_UNREADABLE, /* money may have moved, but what this is about cannot be read */
    FULFILMENT_FAILED      /* nothing stored: our own fault */
};

/* What a transaction that would have meant `good` came to. */
enum fulfilment fulfilment_outcome(enum db_result result, enum fulfilment good);

/* In a transaction of the caller's. event: what brought the session; NULL when we asked. as_of: when it
 * was true at the latest: the time before we asked, or 0 for an event, which may be late. What is not
 * DONE must not be committed. */
enum fulfilment fulfilment_apply_in(struct shop *shop, struct tx *tx,
                                    const xpay_checkout_session *session, const xpay_event *event,
                                    int64_t as_of);
/* An event that changes nothing by itself may tell that the order's session is to be asked for. */
void fulfilment_ask_if_told(struct tx *tx, const struct order *order, const xpay_event *event);
/* In one of its own, for a session that was asked for. */
enum fulfilment fulfilment_apply(struct shop *shop, const xpay_checkout_session *session,
                                 int64_t as_of);

#endif
