/* What XPay says of refunds, ours or made in its dashboard: each is kept by its re_…, and libxpay says what is news. */
#include "refund.h"
#include "ask.h"
#include "text.h"

#include <string.h>

static const struct {
    int32_t status;
    const char *state;
} states[] = {
    {XPAY_REFUND_STATUS_PENDING, "pending"},
    {XPAY_REFUND_STATUS_REQUIRES_ACTION, "requires_action"},
    {XPAY_REFUND_STATUS_SUCCEEDED, "succeeded"},
    {XPAY_REFUND_STATUS_FAILED, "failed"},
    {XPAY_REFUND_STATUS_CANCELED, "canceled"},
};

enum { STATES = sizeof states / sizeof states[0] };

const char *refund_state(int32_t status)
{
    for (size_t i = 0; i < STATES; i++)
        if (states[i].status == status)
            return states[i].state;
    return "pending"; /* a status that we do not know: to be asked about */
}

/* What libxpay has to know of a refund to put news in their place. */
static int32_t known_status(const struct refund *refund)
{
    for (size_t i = 0; i < STATES; i++)
        if (strcmp(states[i].state, refund->state) == 0)
            return states[i].status;
    return XPAY_REFUND_STATUS_UNKNOWN;
}

/* A refund that others made, in the currency of the order; it may be off by one there. */
static int64_t priced_amount(const struct order *order, const xpay_refund *refund)
{
    int64_t amount;
    const xpay_presentment_details *seen = refund->presentment_details;
    xpay_currency priced = xpay_currency_from_code(order->currency);
    if (refund->currency == priced)
        return refund->amount;
    if (seen && seen->currency == priced && seen->amount > 0 && seen->amount <= AMOUNT_MAX)
        return seen->amount;
    if (xpay_money_to_presentment(refund->amount, refund->currency, priced, order->exchange_rate,
                                  &amount) == XPAY_OK &&
        amount <= AMOUNT_MAX)
        return amount;
    return 0;
}

static bool can_be_counted(const xpay_refund *refund)
{
    return xpay_currency_code(refund->currency) && id_fits(refund->id) && refund->amount >= 1 &&
           refund->amount <= AMOUNT_MAX;
}

/* A person has the last word on one in review. True when XPay is to be asked about the order. */
static bool apply(struct tx *tx, const struct refund *known, const xpay_refund *refund,
                  const xpay_event *event)
{
    int32_t next, status = known_status(known);
    if (strcmp(known->state, "review") == 0)
        return false;
    int32_t advance = event ? xpay_refund_advance(status, refund->id, event, &next)
                            : xpay_refund_advance_read(status, refund, &next);
    if (advance == XPAY_ADVANCE_APPLY)
        store_refund_set_state(tx, known->id, refund_state(next));
    return advance == XPAY_ADVANCE_APPLY || advance == XPAY_ADVANCE_READ;
}

/* A refund of an order that is held, out of an event or (event NULL) just retrieved. One that cannot be counted is a
 * person's business, and no reason to refuse what came with it. True when XPay is to be asked about the order. */
static bool mirror(struct tx *tx, const struct order *order, const xpay_refund *refund,
                   const xpay_event *event)
{
    struct refund known;
    if (!can_be_counted(refund)) {
        store_review_add(tx, order->id, order->checkout_session_id,
                         "XPay shows a refund that cannot be counted");
        log_line("%s needs a person: XPay shows a refund that cannot be counted: %.128s", order->id,
                 refund->id ? refund->id : "without an id");
        return false;
    }
    if (store_refund_seen(tx, refund->id, &known))
        return apply(tx, &known, refund, event);
    store_refund_add(tx, order->id, refund->id, refund->amount,
                     xpay_currency_code(refund->currency), priced_amount(order, refund),
                     refund_state(refund->status));
    return true;
}

void refund_ask(struct shop *shop, const char *id, xpay_error *error)
{
    struct refund mine;
    struct order order;
    bool found = false;
    struct tx tx = {.db = shop->db}, after = {.db = shop->db};
    while (tx_attempt(&tx))
        found = store_refund_find(&tx, id, &mine) && *mine.refund_id;
    if (tx.result != DB_OK || !found)
        return;
    xpay_refund *theirs;
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    options.timeout_ms = ASK_TIMEOUT_MS;
    if (xpay_refund_retrieve(shop->client, mine.refund_id, &options, &theirs, error) != XPAY_OK) {
        shop_log_error(id, error);
        return;
    }
    while (tx_attempt(&after))
        if (store_order_find(&after, mine.order_id, &order) && mirror(&after, &order, theirs, NULL))
            store_order_ask_at(&after, order.id, now_ms());
    xpay_object_free(theirs);
}

enum { MOST = 128 }; /* refunds of a payment */

/* Whether more went back by a charge than its refunds tell; those that came to nothing tell nothing of that. */
static bool hides_refunds(const xpay_charge *charge)
{
    int64_t shown = 0;
    for (size_t i = 0; i < charge->refunds_count && shown <= AMOUNT_MAX; i++) {
        const xpay_refund *refund = charge->refunds[i];
        if (can_be_counted(refund) && refund->status != XPAY_REFUND_STATUS_FAILED &&
            refund->status != XPAY_REFUND_STATUS_CANCELED)
            shown += refund->amount;
    }
    return charge->amount_refunded > shown;
}

bool refund_all_shown(const xpay_payment_intent *intent)
{
    const xpay_refund *refunds[MOST];
    size_t count = xpay_payment_intent_refunds(intent, refunds, MOST);
    bool all = count <= MOST && intent->charges_count > 0;
    for (size_t i = 0; i < count && all; i++)
        all = can_be_counted(refunds[i]);
    /* Where refunds are shown beside the charges, those are their only list. */
    for (size_t i = 0; i < intent->charges_count && all && intent->refunds_count == 0; i++)
        all = !hides_refunds(intent->charges[i]);
    return all;
}

bool refund_mirror_session(struct tx *tx, const struct order *order,
                           const xpay_checkout_session *session, const xpay_event *event)
{
    const xpay_refund *refunds[MOST];
    bool news = false;
    if (!session->payment_intent)
        return false;
    size_t count = xpay_payment_intent_refunds(session->payment_intent, refunds, MOST);
    for (size_t i = 0; i < count && i < MOST; i++)
        news |= mirror(tx, order, refunds[i], event);
    return news;
}

enum fulfilment refund_apply_event(struct tx *tx, const xpay_event *event)
{
    struct order order;
    bool news = event->charge && event->charge->refunds_count == 0; /* it hides them */
    const char *intent =
        event->charge ? event->charge->payment_intent_id : event->refund->payment_intent_id;
    if (!intent || !store_order_of_intent(tx, intent, &order))
        return FULFILMENT_STRANGER; /* perhaps the payment's own event is still on its way */
    if (event->refund)
        news = mirror(tx, &order, event->refund, event);
    for (size_t i = 0; event->charge && i < event->charge->refunds_count; i++)
        news |= mirror(tx, &order, event->charge->refunds[i], event);
    if (news)
        store_order_ask_at(tx, order.id, now_ms());
    store_event_note(tx, event->id, order.id, NULL);
    return FULFILMENT_DONE;
}
