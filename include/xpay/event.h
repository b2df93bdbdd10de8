/*
 * Events: what XPay tells your server in a webhook, verified and typed.
 *
 * An event comes at least once, perhaps late, perhaps out of order. Its id stays the same on every delivery: claim it
 * in the transaction that acts on it. Types that this version does not know are delivered like any other; acknowledge
 * and ignore them. Follows https://docs.xpay.app/integrate/webhooks/event-reference.
 */
#ifndef XPAY_EVENT_H
#define XPAY_EVENT_H

#include <xpay/checkout_session.h>
#include <xpay/customer.h>
#include <xpay/status.h>

/** Event types known to this version. */
enum {
    XPAY_EVENT_UNKNOWN = 0,                    /**< any other: see `type` */
    XPAY_EVENT_CHECKOUT_SESSION_COMPLETED = 1, /**< the customer is done; paid or not */
    XPAY_EVENT_CHECKOUT_SESSION_EXPIRED = 2,   /**< out of time, or expired by you */
    XPAY_EVENT_CHECKOUT_SESSION_ASYNC_PAYMENT_SUCCEEDED = 3, /**< a pay-later reference was paid */
    XPAY_EVENT_CHECKOUT_SESSION_ASYNC_PAYMENT_FAILED = 4,    /**< it was not, and never will be */
    XPAY_EVENT_PAYMENT_INTENT_PAYMENT_FAILED = 5, /**< one attempt failed; the customer may retry */
    XPAY_EVENT_CHARGE_FAILED = 6,                 /**< the charge of that attempt */
    XPAY_EVENT_CHARGE_REFUNDED = 7,               /**< a refund of the charge succeeded */
    XPAY_EVENT_REFUND_CREATED = 8,                /**< accepted, which does not mean settled */
    XPAY_EVENT_REFUND_FAILED = 9,                 /**< definitely refused */
    XPAY_EVENT_CUSTOMER_CREATED = 10
};

/** What an event is about, as it is in XPay's envelope. */
typedef struct xpay_event_data {
    xpay_object base;
    /** the object, whose base.type tells what it is; NULL for one that this version does not know */
    const xpay_object *object;
} xpay_event_data;

/** One event. */
typedef struct xpay_event {
    xpay_object base;
    const char *id;              /**< evt_…: the same on every delivery */
    const char *type;            /**< such as "checkout.session.completed" */
    int32_t kind;                /**< the same as XPAY_EVENT_… */
    bool livemode;               /**< false for test mode */
    bool has_created;            /**< false when the envelope has none */
    int64_t created;             /**< when it happened; milliseconds since the epoch, UTC */
    const char *api_version;     /**< in which the object was rendered; NULL when not told */
    const xpay_event_data *data; /**< the object in its envelope */
    const xpay_checkout_session *checkout_session; /**< the object, if it is one; else NULL */
    const xpay_payment_intent *payment_intent;     /**< the object, if it is one; else NULL */
    const xpay_charge *charge;                     /**< the object, if it is one; else NULL */
    const xpay_refund *refund;                     /**< the object, if it is one; else NULL */
    const xpay_customer *customer;                 /**< the object, if it is one; else NULL */
} xpay_event;

/**
 * What to do with an event. Called on the thread that hands the event over.
 *
 * `context` is the caller's own; `transaction` is the open one of the inbox (NULL where there is none). The event lives
 * during the call only. XPAY_OK: done, or nothing to do; anything else: not done, and to be delivered again.
 */
typedef xpay_status (*xpay_event_handler)(void *context, const xpay_event *event,
                                          void *transaction);

#endif
