/*
 * Events: what XPay tells your server in a webhook, verified and typed.
 *
 * An event comes at least once, perhaps late, perhaps out of order. Its id stays the same on every delivery: claim it
 * in the transaction that acts on it. Types that this version does not know are delivered, too, whatever they carry:
 * acknowledge them; xpay_order_advance() tells when one is a reason to look at its session. Follows
 * https://docs.xpay.app/integrate/webhooks/event-reference.
 */
#ifndef XPAY_EVENT_H
#define XPAY_EVENT_H

#include <xpay/checkout_session.h>
#include <xpay/customer.h>
#include <xpay/discount.h>
#include <xpay/product.h>

/** The api_version of events that this version was written for. */
#define XPAY_EVENT_API_VERSION "3.1.0"

/**
 * Kinds of events: one for each type that this version knows. Where only the family of a type is known, one stands for
 * all of the family that have no kind of their own (_OTHER, _PRODUCT, _COUPON): compare `type` there.
 *
 * A type keeps its kind, a family's included, as long as the library keeps its SONAME. A type that is UNKNOWN now may get
 * one with any version.
 */
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
    XPAY_EVENT_CUSTOMER_CREATED = 10,             /**< a customer was registered */
    XPAY_EVENT_CUSTOMER_OTHER = 11,               /**< any other customer.… */
    XPAY_EVENT_CHARGE_OTHER = 12,                 /**< any other charge.… */
    XPAY_EVENT_REFUND_OTHER = 13,                 /**< any other refund.… */
    XPAY_EVENT_PRODUCT = 14,                      /**< any product.… */
    XPAY_EVENT_COUPON = 15,                       /**< any coupon.… */
    XPAY_EVENT_PROMOTION_CODE_CREATED = 16,       /**< a promotion code was made */
    XPAY_EVENT_PROMOTION_CODE_UPDATED = 17,       /**< a promotion code was changed */
    /** XPay gave up on a delivery to another endpoint: see the raw object, and reconcile */
    XPAY_EVENT_WEBHOOK_ENDPOINT_DELIVERY_FAILED = 18
};

/** What an event is about, as it is in XPay's envelope. */
typedef struct xpay_event_data {
    xpay_object base;
    /** the object, whose base.type tells what it is; NULL for one that this version does not know or cannot read */
    const xpay_object *object;
} xpay_event_data;

/** One event. */
typedef struct xpay_event {
    xpay_object base;
    const char *id;          /**< evt_…: the same on every delivery */
    const char *type;        /**< such as "checkout.session.completed" */
    int32_t kind;            /**< XPAY_EVENT_…, by `type` */
    bool livemode;           /**< false for test mode */
    bool has_created;        /**< false when the envelope has none */
    int64_t created;         /**< when it happened; milliseconds since the epoch, UTC */
    const char *api_version; /**< in which the object was rendered; NULL when not told */
    /** it is not XPAY_EVENT_API_VERSION: what is new in the object is in its JSON only; no reason to refuse it */
    bool other_version;
    const char *secret_label; /**< of the secret that it was signed with; "" for one without */
    /** the object in its envelope; NULL when a type without a kind of its own came without one */
    const xpay_event_data *data;
    const xpay_checkout_session *checkout_session; /**< the object, if it is one; else NULL */
    const xpay_payment_intent *payment_intent;     /**< the object, if it is one; else NULL */
    const xpay_charge *charge;                     /**< the object, if it is one; else NULL */
    const xpay_refund *refund;                     /**< the object, if it is one; else NULL */
    const xpay_customer *customer;                 /**< the object, if it is one; else NULL */
    const xpay_product *product;                   /**< the object, if it is one; else NULL */
    const xpay_coupon *coupon;                     /**< the object, if it is one; else NULL */
    const xpay_promotion_code *promotion_code;     /**< the object, if it is one; else NULL */
} xpay_event;

/**
 * What to do with an event. Called on the thread that hands the event over.
 *
 * `context` is the caller's own; `transaction` is the open one of the inbox (NULL where there is none). The event lives
 * during the call only. XPAY_OK: done, or nothing to do; anything else: not done, and to be delivered again.
 *
 * It must return: no C++ exception and no longjmp() may leave it, or the inbox's claim is neither committed nor released.
 */
typedef xpay_status (*xpay_event_handler)(void *context, const xpay_event *event,
                                          void *transaction);

#endif
