/*
 * What a merchant does with a session: store its ids, compare it with the order, decide whether to ship.
 *
 * The functions here look at a session that was retrieved or that came in a webhook; they send nothing.
 */
#ifndef XPAY_FULFILLMENT_H
#define XPAY_FULFILLMENT_H

#include <xpay/checkout_session.h>

/** What to do with the order of a session. */
enum {
    /**
     * unknown, or session and payment contradict each other, or a payment is under way that outlives its session:
     * neither ship nor release; retrieve the session again
     */
    XPAY_FULFILLMENT_UNCLEAR = 0,
    XPAY_FULFILLMENT_PAID = 1,           /**< paid in full: ship */
    XPAY_FULFILLMENT_NOTHING_TO_PAY = 2, /**< complete, with a total of zero: ship */
    XPAY_FULFILLMENT_OPEN = 3,           /**< the customer is not done; keep the order */
    XPAY_FULFILLMENT_AWAITING = 4,       /**< a pay-later reference is out; keep the order */
    XPAY_FULFILLMENT_FAILED = 5,         /**< the pay-later reference was not paid: release */
    XPAY_FULFILLMENT_EXPIRED = 6         /**< ended unpaid, and no money is on its way: release */
};

/** The ids to store on an order. They are owned by the session: copy them. */
typedef struct xpay_order_ids {
    const char *checkout_session; /**< cs_…: the context; NULL when the session has no id */
    const char *payment_intent;   /**< pi_…: the money; NULL until a payment is started */
    const char *customer;         /**< cus_… of a registered customer; NULL for guests */
} xpay_order_ids;

XPAY_BEGIN_DECLS

/**
 * The ids to store on an order.
 *
 * A guest's cus_… is left out: it does not stand for a person whom you know.
 *
 * @param session not NULL.
 * @param ids receives them; borrowed from the session.
 */
XPAY_API void xpay_checkout_session_order_ids(const xpay_checkout_session *session,
                                              xpay_order_ids *ids);

/**
 * Whether to ship, from the session's payment status.
 *
 * Whether to release an unpaid one goes by its payment intent, too: not while the intent says that money came in, that
 * the processor has the payment, or what this version does not know. An attempt that waits for the customer, such as a
 * 3-D Secure page that was left, holds nothing up once the session has expired; a voucher that is still out does.
 *
 * Before you ship, also compare the session's id with the one on the order, livemode, and the amount: see
 * xpay_checkout_session_order_amount(). Refunds do not change the answer, not even a full one: where a payment can be
 * given back before its goods leave, look at xpay_payment_intent_refunds(), too.
 *
 * @param session not NULL.
 * @return XPAY_FULFILLMENT_…; ship for _PAID and _NOTHING_TO_PAY only.
 */
XPAY_API int32_t xpay_checkout_session_fulfillment(const xpay_checkout_session *session);

/**
 * The amount to compare with the order: what the customer was asked for the goods, before discounts, fees and VAT.
 *
 * In the currency in which the session was priced: the presentment subtotal if there is one, else the subtotal.
 *
 * @param session not NULL.
 * @param amount receives minor units; 0 on failure.
 * @param currency receives XPAY_CURRENCY_…; XPAY_CURRENCY_UNKNOWN on failure.
 * @return XPAY_OK; XPAY_ERROR_ABSENT when the session does not say amount and currency: then do not ship unseen.
 */
XPAY_API xpay_status xpay_checkout_session_order_amount(const xpay_checkout_session *session,
                                                        int64_t *amount, xpay_currency *currency);

/**
 * All refunds of a payment in one view, newest first.
 *
 * XPay shows refunds in their charges, and may show them in the payment intent, too; each id is listed once. Of copies
 * that differ, the one that has come furthest stands for the id, and FAILED and CANCELED are further than SUCCEEDED; then
 * one that holds its ledger row. Refunds without an id cannot be told apart: where intent and charges both show some, only
 * those of the side that shows more are listed, so that none counts twice.
 *
 * @param intent not NULL.
 * @param refunds receives pointers, borrowed from the intent; NULL allowed with capacity 0.
 * @param capacity how many pointers there is room for.
 * @return how many refunds there are, which may be more than capacity.
 */
XPAY_API size_t xpay_payment_intent_refunds(const xpay_payment_intent *intent,
                                            const xpay_refund **refunds, size_t capacity);

XPAY_END_DECLS

#endif
