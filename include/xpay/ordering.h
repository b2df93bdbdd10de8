/*
 * Ordering: events come twice, late and in any order, and the order in your shop must end where XPay's session did.
 *
 *     int32_t state = order.state;
 *     switch (xpay_order_advance(order.state, &order.ids, event, &state)) {
 *     case XPAY_ADVANCE_APPLY:         store the state; ship or release by it
 *     case XPAY_ADVANCE_READ:          retrieve the session, and ask xpay_order_advance_read()
 *     case XPAY_ADVANCE_OTHER_SESSION: tell a person: money came in on a session that the order gave up
 *     default:                         nothing to do: acknowledge
 *     }
 *
 * You store one small number on the order. States are ranked: news that say less than what is stored are old and change
 * nothing, so every sequence of the same events ends in the same state, also when readings that were begun long before
 * come in between. What contradicts itself or the stored state is not believed; then the session is to be read. In a
 * handler of an inbox, do not read while the transaction is open: note in it that the session is to be read, and read it
 * after the commit, as often as it takes. These functions compute only; they send nothing and store nothing.
 */
#ifndef XPAY_ORDERING_H
#define XPAY_ORDERING_H

#include <xpay/event.h>
#include <xpay/fulfillment.h>

/**
 * What is known of an order's payment. Store the number on the order, and set it back to XPAY_ORDER_OPEN when you give
 * the order another session.
 */
enum {
    XPAY_ORDER_OPEN = 0,      /**< the customer is not done: keep the goods */
    XPAY_ORDER_AWAITING = 10, /**< a pay-later reference is out, unpaid: keep the goods */
    XPAY_ORDER_EXPIRED = 20,  /**< the session ended unpaid: release the goods */
    XPAY_ORDER_FAILED = 30,   /**< the pay-later reference was not paid: release the goods */
    XPAY_ORDER_PAID = 40      /**< paid, or nothing to pay: ship. No event takes this back */
};

/** What to do with news. */
enum {
    XPAY_ADVANCE_IGNORE = 1, /**< it says nothing new: acknowledge it */
    XPAY_ADVANCE_APPLY = 2,  /**< the state is new: store it, and act on it, in one transaction */
    /** not to be believed as it is: retrieve the session that the event names, else the order's, and ask again */
    XPAY_ADVANCE_READ = 3,
    XPAY_ADVANCE_DECLINED = 4, /**< an attempt to pay failed, the customer may try again: note it */
    /** paid, but on a session that the order gave up: retrieve that one, then adopt it or give the money back */
    XPAY_ADVANCE_OTHER_SESSION = 5
};

XPAY_BEGIN_DECLS

/**
 * What an event means for an order.
 *
 * A paid session is believed at any time, also after XPAY_ORDER_EXPIRED and XPAY_ORDER_FAILED: then the goods may have
 * been released, and you ship or refund. Failed attempts never change the state, whether they come before or after the
 * payment. Refunds do not either; one of an order that is not known to be paid says that news are missing: READ. An event
 * of a type that this version does not know changes nothing, whatever it carries; where that is the order's session, and
 * seems to have come further than the order, or cannot be told: READ.
 *
 * Before you ship, compare livemode and the amount: see xpay_checkout_session_order_amount().
 *
 * @param state of the order: XPAY_ORDER_….
 * @param ids that are stored on the order; not NULL. Without a session's id every session must be read: READ.
 * @param event not NULL.
 * @param next receives the new state for APPLY, else `state`; not NULL.
 * @return XPAY_ADVANCE_….
 */
XPAY_API XPAY_MUST_CHECK int32_t xpay_order_advance(int32_t state, const xpay_order_ids *ids,
                                                    const xpay_event *event, int32_t *next);

/**
 * What a session that you have just retrieved means for an order.
 *
 * It may be older than what is stored by now, when another worker was faster: what says less changes nothing. Only where
 * XPay contradicts itself, with a session that has expired and yet was completed unpaid, the last reading counts.
 *
 * @param state of the order.
 * @param ids that are stored on the order; not NULL.
 * @param session not NULL; never one out of an event.
 * @param next receives the new state for APPLY, else `state`; not NULL.
 * @return XPAY_ADVANCE_…; READ when even so it cannot be told: read it again later.
 */
XPAY_API XPAY_MUST_CHECK int32_t xpay_order_advance_read(int32_t state, const xpay_order_ids *ids,
                                                         const xpay_checkout_session *session,
                                                         int32_t *next);

/**
 * What an event means for one refund. Its state is the XPAY_REFUND_STATUS_… that you store with it.
 *
 * refund.created says that it was accepted, not that it succeeded, and may come after refund.failed. charge.refunded
 * lists all refunds of its charge, older and unsettled ones, too, and a session's event those of its payment: ask for
 * each that you know.
 *
 * A bank may send back what succeeded: refund.failed is believed then, too, while another event that shows it in passing
 * has to be confirmed: READ. FAILED and CANCELED are never taken back: another attempt has another id.
 *
 * @param status that is stored; XPAY_REFUND_STATUS_UNKNOWN for one that is new to you.
 * @param refund_id re_… of the refund; not NULL.
 * @param event not NULL.
 * @param next receives the new status for APPLY, else `status`; not NULL.
 * @return XPAY_ADVANCE_IGNORE (also for events about other refunds), _APPLY or _READ (retrieve the refund, and ask
 *         xpay_refund_advance_read(); also for an event about refunds that shows none, such as a charge without them).
 */
XPAY_API XPAY_MUST_CHECK int32_t xpay_refund_advance(int32_t status, const char *refund_id,
                                                     const xpay_event *event, int32_t *next);

/**
 * What a refund that you have just retrieved means for the one that you store.
 *
 * It may be older than what is stored by now: SUCCEEDED changes nothing once FAILED or CANCELED is stored, nor does
 * anything less. While a refund is not settled, the last reading tells whether somebody has to act.
 *
 * @param status that is stored.
 * @param refund not NULL; never one out of an event.
 * @param next receives the new status for APPLY, else `status`; not NULL.
 * @return XPAY_ADVANCE_IGNORE, _APPLY, or _READ when its status is not known: read it again later.
 */
XPAY_API XPAY_MUST_CHECK int32_t xpay_refund_advance_read(int32_t status, const xpay_refund *refund,
                                                          int32_t *next);

XPAY_END_DECLS

#endif
