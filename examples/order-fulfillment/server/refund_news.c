/* What XPay says of refunds, ours or made in its dashboard: each is kept by its re_…, and its state only goes forward. */
#include "refund.h"
#include "text.h"

const char *refund_state(int32_t status)
{
    switch (status) {
    case XPAY_REFUND_STATUS_SUCCEEDED: return "succeeded";
    case XPAY_REFUND_STATUS_FAILED:
    case XPAY_REFUND_STATUS_CANCELED: return "failed";
    default: return "pending";
    }
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

/* One that cannot be counted is a person's business, and no reason to refuse what came with it. */
static bool mirror(struct tx *tx, const struct order *order, const xpay_refund *refund)
{
    const char *currency = xpay_currency_code(refund->currency);
    if (!currency || !id_fits(refund->id) || refund->amount < 1 || refund->amount > AMOUNT_MAX) {
        store_review_add(tx, order->id, order->checkout_session_id,
                         "XPay shows a refund that cannot be counted");
        log_line("%s needs a person: XPay shows a refund that cannot be counted: %.128s", order->id,
                 refund->id ? refund->id : "without an id");
        return false;
    }
    return store_refund_mirror(tx, order->id, refund->id, refund->amount, currency,
                               priced_amount(order, refund), refund_state(refund->status));
}

void refund_ask(struct shop *shop, const char *id)
{
    struct refund mine;
    struct order order;
    bool found = false;
    struct tx tx = {.db = shop->db}, after = {.db = shop->db};
    while (tx_attempt(&tx))
        found = store_refund_find(&tx, id, &mine) && *mine.refund_id &&
                store_order_find(&tx, mine.order_id, &order);
    if (tx.result != DB_OK || !found)
        return;
    xpay_error error;
    xpay_refund *theirs;
    if (xpay_refund_retrieve(shop->client, mine.refund_id, NULL, &theirs, &error) != XPAY_OK) {
        shop_log_error(id, &error);
        return;
    }
    while (tx_attempt(&after))
        if (mirror(&after, &order, theirs))
            store_order_ask_at(&after, order.id, now_ms());
    xpay_object_free(theirs);
}

bool refund_mirror_session(struct tx *tx, const struct order *order,
                           const xpay_checkout_session *session)
{
    enum { MOST = 128 };
    const xpay_refund *refunds[MOST];
    bool news = false;
    if (!session->payment_intent)
        return false;
    size_t count = xpay_payment_intent_refunds(session->payment_intent, refunds, MOST);
    for (size_t i = 0; i < count && i < MOST; i++)
        news |= mirror(tx, order, refunds[i]);
    return news;
}

enum fulfilment refund_apply_event(struct tx *tx, const xpay_event *event)
{
    struct order order;
    bool news = false;
    const char *intent =
        event->charge ? event->charge->payment_intent_id : event->refund->payment_intent_id;
    if (!intent || !store_order_of_intent(tx, intent, &order))
        return FULFILMENT_STRANGER; /* perhaps the payment's own event is still on its way */
    if (event->refund)
        news = mirror(tx, &order, event->refund);
    for (size_t i = 0; event->charge && i < event->charge->refunds_count; i++)
        news |= mirror(tx, &order, event->charge->refunds[i]);
    if (news)
        store_order_ask_at(tx, order.id, now_ms());
    store_event_note(tx, event->id, order.id, NULL);
    return FULFILMENT_DONE;
}
