/*
 * An order is fulfilled once: its state moves on, and the shipment enters the outbox, in one transaction; where an event
 * brought it, its id was claimed in the same one. What is shipped is decided by XPay's payment status, and only after the session's
 * id, mode, amount and currency were found to be those of the order.
 */
#include "fulfilment.h"
#include "ledger.h"
#include "outbox.h"
#include "refund.h"
#include "store.h"
#include "text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const int64_t day_ms = 86400 * INT64_C(1000);

/* An order whose money has moved is asked about daily, for refunds that nobody told us of; one that was released, for a
 * payment that came after all. */
static const int64_t daily_until_ms = 30 * 86400 * INT64_C(1000);
static const int64_t released_until_ms = 3 * 86400 * INT64_C(1000);

/* A session that XPay's own answers leave unclear for so long is a person's business. */
static const int64_t unclear_until_ms = 3 * 86400 * INT64_C(1000);

static void send_to_review(struct tx *tx, const struct order *order, const char *session_id,
                           const char *reason)
{
    store_review_add(tx, order->id, session_id, reason);
    store_order_set_state(tx, order->id, "review");
    log_line("%s needs a person: %s", order->id, reason);
}

/* What was taken, in the processing currency; and the customer's rate, if there is one. */
static void keep_payment(struct tx *tx, const struct order *order,
                         const xpay_checkout_session *session)
{
    const xpay_payment_intent *intent = session->payment_intent;
    const xpay_session_presentment_details *seen = session->presentment_details;
    const char *currency = xpay_currency_code(intent ? intent->currency : session->currency);
    if (session->payment_status != XPAY_PAYMENT_STATUS_PAID || !currency ||
        (!intent && !session->has_amount_total))
        return;
    int64_t amount = intent ? intent->amount_received : session->amount_total;
    if (amount < 0 || amount > AMOUNT_MAX) { /* no reason not to ship, but none to refund from */
        store_review_add(tx, order->id, session->id, "what was paid is no amount");
        return;
    }
    const char *rate = seen ? seen->exchange_rate.digits : NULL;
    if (rate && strlen(rate) >= sizeof order->exchange_rate)
        rate = NULL; /* no rate of this world: a part of the order cannot be refunded with it */
    int64_t priced = seen ? seen->amount_total : amount;
    if (seen ? priced < 1 || priced > AMOUNT_MAX : strcmp(currency, order->currency) != 0)
        priced = order->subtotal;
    store_order_set_paid(tx, order->id, amount, currency, priced, rate);
}

/* False when the payment is another order's. */
static bool keep_ids(struct tx *tx, const struct order *order, const xpay_checkout_session *session)
{
    xpay_order_ids ids;
    struct order other;
    xpay_checkout_session_order_ids(session, &ids);
    if (id_fits(ids.payment_intent) && strcmp(ids.payment_intent, order->payment_intent_id) != 0) {
        if (store_order_of_intent(tx, ids.payment_intent, &other))
            return false;
        store_order_set_payment(tx, order->id, ids.payment_intent);
    }
    if (id_fits(ids.customer) && *order->account_id)
        store_account_keep_customer(tx, order->account_id, ids.customer);
    return true;
}

static bool amount_is_right(const struct order *order, const xpay_checkout_session *session)
{
    int64_t amount;
    xpay_currency currency;
    return xpay_checkout_session_order_amount(session, &amount, &currency) == XPAY_OK &&
           amount == order->subtotal && currency == xpay_currency_from_code(order->currency);
}

static void ship(struct tx *tx, const struct order *order)
{
    struct order_lines lines;
    struct text body = {0};
    char key[ID_SIZE];
    snprintf(key, sizeof key, "ship_%.100s", order->id);
    store_order_lines(tx, order->id, &lines);
    json_addf(&body, "{\"order\":%s,\"lines\":[", order->id);
    for (size_t i = 0; i < lines.count; i++) {
        const struct order_line *line = &lines.lines[i];
        text_add(&body, i ? "," : "");
        json_addf(&body, "{\"sku\":%s,\"name\":%s,\"quantity\":%" PRId64 "}",
                  *line->sku ? line->sku : NULL, line->name, line->quantity);
    }
    text_add(&body, "]}");
    if (body.failed)
        tx_fail(tx, DB_FAILED, "out of memory");
    else
        store_outbox_add(tx, key, order->id, body.bytes);
    store_order_set_state(tx, order->id, "fulfilled");
    text_free(&body);
}

static void fulfil(struct tx *tx, const struct order *order, const xpay_checkout_session *session)
{
    if (!amount_is_right(order, session))
        send_to_review(tx, order, session->id, "the amount or currency is not the order's");
    else if (!store_order_take_stock(tx, order->id) && tx->result == DB_OK)
        send_to_review(tx, order, session->id, "paid after it was released, and out of stock");
    else
        ship(tx, order);
}

static void release(struct tx *tx, const struct order *order)
{
    if (store_order_is(order, "released"))
        return;
    store_order_set_state(tx, order->id, "released");
    store_order_return_stock(tx, order->id);
}

/* The reference that the customer took away. */
static void await(struct tx *tx, const struct order *order, const xpay_checkout_session *session)
{
    const xpay_payment_intent *intent = session->payment_intent;
    const xpay_next_action *action = intent ? intent->next_action : NULL;
    const xpay_next_action_voucher *voucher = action ? action->display_voucher_details : NULL;
    char text[NAME_SIZE], provider[64], reference[ID_SIZE];
    if (!store_order_is(order, "open"))
        return;
    store_order_set_state(tx, order->id, "awaiting");
    if (voucher && voucher->reference) {
        text_cut(provider, sizeof provider, voucher->provider);
        text_cut(reference, sizeof reference, voucher->reference);
        snprintf(text, sizeof text, "%s %s", provider, reference);
        store_order_set_voucher(tx, order->id, text);
    }
}

/* What libxpay has to know of an order to put news in their place. A person has the last word on one in review. */
static int32_t known_state(const struct order *order)
{
    if (store_order_is(order, "open"))
        return XPAY_ORDER_OPEN;
    if (store_order_is(order, "awaiting"))
        return XPAY_ORDER_AWAITING;
    if (store_order_is(order, "released"))
        return *order->voucher ? XPAY_ORDER_FAILED : XPAY_ORDER_EXPIRED;
    return XPAY_ORDER_PAID;
}

/* False when the event is not to be believed as it is, and XPay is to be asked. */
static bool settle_state(struct tx *tx, const struct order *order,
                         const xpay_checkout_session *session, const xpay_event *event)
{
    int32_t next, state = known_state(order);
    const xpay_order_ids ids = {.checkout_session = order->checkout_session_id};
    int32_t advance = event ? xpay_order_advance(state, &ids, event, &next)
                            : xpay_order_advance_read(state, &ids, session, &next);
    keep_payment(tx, order, session);
    if (advance == XPAY_ADVANCE_APPLY && next == XPAY_ORDER_PAID)
        fulfil(tx, order, session);
    else if (advance == XPAY_ADVANCE_APPLY && next == XPAY_ORDER_AWAITING)
        await(tx, order, session);
    else if (advance == XPAY_ADVANCE_APPLY)
        release(tx, order);
    /* Its goods are held meanwhile. */
    if (advance == XPAY_ADVANCE_READ && !event && now_ms() - order->created_at > unclear_until_ms)
        store_review_add(tx, order->id, session->id, "XPay does not tell what became of it");
    return advance != XPAY_ADVANCE_READ || !event;
}

void fulfilment_ask_if_told(struct tx *tx, const struct order *order, const xpay_event *event)
{
    int32_t next;
    const xpay_order_ids ids = {.checkout_session = order->checkout_session_id};
    if (xpay_order_advance(known_state(order), &ids, event, &next) == XPAY_ADVANCE_READ)
        store_order_ask_at(tx, order->id, now_ms());
}

/* When to look again. An unfinished order keeps the time that the last asking set. What was answered as of an earlier time
 * does not take back what an event has set since. */
static void settle_asking(struct tx *tx, const char *order_id, int64_t as_of, bool refunds_moved)
{
    struct order order;
    int64_t now = now_ms();
    if (!store_order_find(tx, order_id, &order) || store_order_is(&order, "open") ||
        store_order_is(&order, "awaiting"))
        return;
    bool released = store_order_is(&order, "released");
    int64_t age = now - (released ? order.updated_at : order.created_at);
    int64_t until = *order.paid_currency ? daily_until_ms : released ? released_until_ms : 0;
    if (as_of && store_order_asked_for(tx, order_id, as_of, now))
        return;
    if (age > until)
        store_order_never_ask(tx, order_id);
    else
        store_order_ask_at(tx, order_id, !as_of && refunds_moved ? now : now + day_ms);
}

/* Whether there is anything to make an order for. */
static bool is_sale(const xpay_checkout_session *session)
{
    int32_t verdict = xpay_checkout_session_fulfillment(session);
    return verdict == XPAY_FULFILLMENT_PAID || verdict == XPAY_FULFILLMENT_NOTHING_TO_PAY ||
           verdict == XPAY_FULFILLMENT_AWAITING;
}

/* A sale that began at a payment link: the first word of it makes its order. */
static bool make_order(struct tx *tx, const xpay_checkout_session *session, struct order *order)
{
    struct order_lines lines = {0};
    xpay_currency currency;
    int64_t now = now_ms();
    *order = (struct order){.state = "open", .attempt = 1, .created_at = now, .ask_at = now};
    if (session->line_items_count == 0 || session->line_items_count > LINES_MAX ||
        !id_fits(session->payment_link_id) || !id_make(order->id, "ord") ||
        xpay_checkout_session_order_amount(session, &order->subtotal, &currency) != XPAY_OK ||
        order->subtotal < 0 || order->subtotal > AMOUNT_MAX)
        return false;
    snprintf(order->currency, sizeof order->currency, "%s", xpay_currency_code(currency));
    snprintf(order->checkout_session_id, ID_SIZE, "%s", session->id);
    snprintf(order->payment_link_id, ID_SIZE, "%s", session->payment_link_id);
    for (size_t i = 0; i < session->line_items_count; i++) {
        const xpay_line_item *item = session->line_items[i];
        struct order_line *line = &lines.lines[lines.count];
        const xpay_price *price = item->price;
        const char *name = price && price->product ? price->product->name : item->description;
        if (item->quantity < 1)
            continue;
        lines.count++;
        text_cut(line->name, sizeof line->name, name ? name : "?");
        line->quantity = item->quantity;
        if (price && price->has_unit_amount && price->unit_amount > 0)
            line->unit_amount = price->unit_amount;
    }
    return store_order_add(tx, order, &lines) && store_order_of_session(tx, session->id, order);
}

/* All that a session says about its order. */
static void apply_to_order(struct tx *tx, const struct order *order,
                           const xpay_checkout_session *session, const xpay_event *event,
                           int64_t as_of)
{
    if (!keep_ids(tx, order, session)) {
        if (!store_order_is(order, "fulfilled"))
            send_to_review(tx, order, session->id, "its payment is another order's");
        return;
    }
    bool believed = settle_state(tx, order, session, event);
    struct order now; /* with its rate */
    bool moved =
        store_order_find(tx, order->id, &now) && refund_mirror_session(tx, &now, session, event);
    ledger_keep(tx, order->id, session, as_of);
    settle_asking(tx, order->id, as_of, moved);
    if (!believed)
        store_order_ask_at(tx, order->id, now_ms());
}

/* A session that no order has. */
static enum fulfilment meet_stranger(struct tx *tx, const xpay_checkout_session *session,
                                     const xpay_event *event, struct order *order, bool *known)
{
    char order_id[ID_SIZE];
    *known = false;
    if (store_session_superseded(tx, session->id, order_id)) {
        if (session->payment_status == XPAY_PAYMENT_STATUS_PAID) {
            store_review_add(tx, order_id, session->id, "an earlier session of the order was paid");
            log_line("%s needs a person: an earlier session of it was paid", order_id);
        }
        if (event)
            store_event_note(tx, event->id, order_id, "about an earlier session");
        return FULFILMENT_DONE;
    }
    if (!session->payment_link_id)
        return FULFILMENT_STRANGER;
    if (is_sale(session)) {
        *known = make_order(tx, session, order);
        if (!*known && tx->result == DB_OK)
            store_review_add(tx, NULL, session->id, "a payment link's sale that cannot be read");
    }
    return FULFILMENT_DONE;
}

enum fulfilment fulfilment_outcome(enum db_result result, enum fulfilment good)
{
    switch (result) {
    case DB_OK: return good;
    case DB_BUSY:
    case DB_DOUBT:
        return FULFILMENT_BUSY; /* if it was stored after all, it is found so next time */
    default: return FULFILMENT_FAILED;
    }
}

enum fulfilment fulfilment_apply_in(struct shop *shop, struct tx *tx,
                                    const xpay_checkout_session *session, const xpay_event *event,
                                    int64_t as_of)
{
    struct order order;
    if (session->livemode != xpay_client_is_live(shop->client))
        return FULFILMENT_WRONG_MODE;
    if (!id_fits(session->id))
        return FULFILMENT_STRANGER;

    enum fulfilment result = FULFILMENT_DONE;
    bool known = store_order_of_session(tx, session->id, &order);
    if (!known)
        result = meet_stranger(tx, session, event, &order, &known);
    if (known) {
        apply_to_order(tx, &order, session, event, as_of);
        if (event)
            store_event_note(tx, event->id, order.id, NULL);
    }
    return result;
}

enum fulfilment fulfilment_apply(struct shop *shop, const xpay_checkout_session *session,
                                 int64_t as_of)
{
    enum fulfilment result = FULFILMENT_DONE;
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx)) {
        result = fulfilment_apply_in(shop, &tx, session, NULL, as_of);
        if (result != FULFILMENT_DONE)
            tx_abandon(&tx);
    }
    outbox_wake(shop->outbox);
    return fulfilment_outcome(tx.result, result);
}
