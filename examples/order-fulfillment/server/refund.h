/*
 * Refunds: what is intended is stored before it is sent, under the key that it is sent with; what came of it is stored
 * after. A refund whose answer was lost is sent again under its key, never under another one.
 */
#ifndef SHOP_REFUND_H
#define SHOP_REFUND_H

#include "fulfilment.h"
#include "shop.h"
#include "store.h"

enum refunding {
    REFUNDING_SENT,      /* stored and sent; its state says what came of it */
    REFUNDING_UNKNOWN,   /* no such order */
    REFUNDING_UNPAID,    /* nothing was taken for it */
    REFUNDING_TOO_MUCH,  /* more than what is left, or not an amount */
    REFUNDING_UNDER_WAY, /* another refund of the order is not settled yet */
    REFUNDING_DOUBT,     /* perhaps stored, then the sweep sends it: look at the order first */
    REFUNDING_FAILED     /* nothing was stored or sent */
};

/* Refunds a part of an order, or with amount NULL all that is left of it. The amount is text in the
 * currency in which the order was priced, such as "12.50". */
enum refunding refund_order(struct shop *shop, const char *order_id, const char *amount,
                            char refund_id[ID_SIZE]);

/* Sends one that was intended (again); `error` says how the call went. */
void refund_send(struct shop *shop, const char *id, xpay_error *error);
/* What became of one whose answer was lost. */
void refund_resolved(struct shop *shop, const xpay_intent *intent,
                     const xpay_resolution *resolution);
/* What the shop calls XPAY_REFUND_STATUS_…. */
const char *refund_state(int32_t status);
/* Asks XPay what became of one that was pending; `error` says how the call went. */
void refund_ask(struct shop *shop, const char *id, xpay_error *error);

/* Stores what XPay says of refunds of an order that is held, in an event or (event NULL) just now. True when that was
 * news, and the order is to be asked about. */
bool refund_mirror_session(struct tx *tx, const struct order *order,
                           const xpay_checkout_session *session, const xpay_event *event);
/* Whether a payment shows all its refunds, each so that it can be counted. */
bool refund_all_shown(const xpay_payment_intent *intent);
/* charge.refunded, refund.created, refund.failed: also of refunds made in the dashboard. */
enum fulfilment refund_apply_event(struct tx *tx, const xpay_event *event);

#endif
