/* Making refunds, and finishing those whose end was not seen. */
#include "refund.h"
#include "ask.h"
#include "text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The amount of a refund in both currencies; false when it is none. What closes the order is all
 * that is left of what was taken: parts are truncated when they are converted, and would leave a rest. */
static bool set_amount(struct refund *refund, const struct order *order, const char *text)
{
    int64_t left = order->paid_amount - order->refund_reserved;
    int64_t priced_left = order->paid_priced - order->priced_reserved;
    xpay_currency priced = xpay_currency_from_code(order->currency);
    xpay_currency paid = xpay_currency_from_code(order->paid_currency);
    refund->amount = left;
    refund->priced = priced_left;
    if (text && xpay_money_parse(text, priced, &refund->priced) != XPAY_OK)
        return false;
    if (text && priced == paid)
        refund->amount = refund->priced;
    else if (text && refund->priced != priced_left &&
             (refund->priced > priced_left ||
              xpay_money_to_processing(refund->priced, priced, paid, order->exchange_rate,
                                       &refund->amount) != XPAY_OK))
        return false;
    return refund->amount > 0 && refund->amount <= left;
}

static enum refunding intend(struct tx *tx, const char *order_id, const char *amount,
                             struct refund *refund)
{
    struct order order;
    if (!store_order_find(tx, order_id, &order))
        return REFUNDING_UNKNOWN;
    if (!*order.payment_intent_id || !*order.paid_currency)
        return REFUNDING_UNPAID;
    *refund = (struct refund){.created_at = now_ms()};
    if (!set_amount(refund, &order, amount))
        return REFUNDING_TOO_MUCH;
    if (!id_make(refund->id, "rfn") ||
        xpay_idempotency_key_derive("order-fulfillment", "refund", refund->id, 0,
                                    refund->idempotency_key,
                                    sizeof refund->idempotency_key) != XPAY_OK)
        return REFUNDING_FAILED;
    snprintf(refund->order_id, sizeof refund->order_id, "%s", order_id);
    memcpy(refund->currency, order.paid_currency, sizeof refund->currency);
    if (!store_refund_intend(tx, refund))
        return REFUNDING_UNDER_WAY;
    return REFUNDING_SENT;
}

enum refunding refund_order(struct shop *shop, const char *order_id, const char *amount,
                            char refund_id[ID_SIZE])
{
    struct refund refund;
    enum refunding result = REFUNDING_FAILED;
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx)) {
        result = intend(&tx, order_id, amount, &refund);
        if (result != REFUNDING_SENT)
            tx_abandon(&tx);
    }
    if (tx.result != DB_OK)
        return tx.result == DB_DOUBT ? REFUNDING_DOUBT : REFUNDING_FAILED;
    if (result != REFUNDING_SENT)
        return result;
    xpay_error error; /* the refund's own state says what came of it */
    memcpy(refund_id, refund.id, ID_SIZE);
    refund_send(shop, refund.id, &error);
    return REFUNDING_SENT;
}

/* A person has to look at a refund. */
static void ask_a_person(struct tx *tx, const struct order *order, const struct refund *mine,
                         const char *why)
{
    char reason[NOTE_SIZE];
    snprintf(reason, sizeof reason, "%s: %s", mine->id, why);
    store_review_add(tx, order->id, order->checkout_session_id, reason);
    log_line("%s needs a person: %s", order->id, reason);
}

static void settle(struct shop *shop, const struct refund *mine, const xpay_refund *theirs)
{
    char note[NOTE_SIZE];
    bool counts = theirs->currency == xpay_currency_from_code(mine->currency) &&
                  theirs->amount >= 1 && theirs->amount <= AMOUNT_MAX;
    text_cut(note, sizeof note, theirs->failure_message);
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx)) {
        struct order order;
        struct refund seen;
        const char *state = refund_state(theirs->status);
        if (!store_order_find(&tx, mine->order_id, &order))
            continue;
        if (!counts)
            state = "review";
        else if (store_refund_seen(&tx, theirs->id, &seen)) /* by an event, which is not older */
            state = seen.state;
        if (!counts || theirs->amount != mine->amount)
            ask_a_person(&tx, &order, mine, "XPay refunded another amount than was asked for");
        store_refund_settle(&tx, mine->id, theirs->id, counts ? theirs->amount : mine->amount,
                            state, *note ? note : NULL);
        store_order_ask_at(&tx, order.id, now_ms()); /* the ledger has moved */
    }
    if (tx.result != DB_OK)
        log_line("%s stays intended: its answer could not be stored", mine->id);
}

static bool is_open(const struct refund *refund)
{
    return strcmp(refund->state, "intended") == 0;
}

enum why_look {
    LOOK_TOO_OLD, /* the key cannot be repeated any more: it was made by now, or never will be */
    LOOK_REFUSED, /* XPay says that it did not make it */
    LOOK_UNCLEAR  /* a repeat does not tell */
};

/* Stores all refunds that XPay shows of an order. False when XPay was not asked, did not answer, or
 * did not show all of them: then what is not stored may yet have been made. */
static bool ask_for_refunds(struct shop *shop, const struct order *order, xpay_error *error)
{
    xpay_checkout_session *session;
    int64_t asked = now_ms();
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    options.timeout_ms = ASK_TIMEOUT_MS;
    if (xpay_checkout_session_retrieve(shop->client, order->checkout_session_id, &options, &session,
                                       error) != XPAY_OK) {
        shop_log_error(order->id, error);
        return false;
    }
    const xpay_payment_intent *intent = session->payment_intent;
    bool told = intent && intent->id && strcmp(intent->id, order->payment_intent_id) == 0 &&
                fulfilment_apply(shop, session, asked) == FULFILMENT_DONE &&
                refund_all_shown(intent);
    if (!told)
        log_line("%s: XPay's answer does not show its refunds", order->id);
    xpay_object_free(session);
    return told;
}

/* XPay may show a refund only so long after it was made; when nothing tells for so long, nothing ever will. */
static const int64_t shown_after_ms = 10 * 60 * INT64_C(1000);
static const int64_t told_until_ms = 2 * 86400 * INT64_C(1000);

/* What XPay shows decides. */
static void look_for(struct shop *shop, const struct order *order, const struct refund *mine,
                     enum why_look why, xpay_error *error)
{
    char refund_id[ID_SIZE], state[STATE_SIZE];
    struct refund now;
    bool told = ask_for_refunds(shop, order, error);
    int64_t age = now_ms() - mine->created_at;
    int64_t lag = shown_after_ms + (why == LOOK_TOO_OLD ? XPAY_IDEMPOTENCY_KEY_LIFETIME_MS : 0);
    if (!told && age < told_until_ms)
        return;
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx)) {
        if (!store_refund_find(&tx, mine->id, &now) || !is_open(&now))
            continue;
        int64_t found = store_refund_candidates(&tx, mine, refund_id, state);
        if (told && found == 0 && why != LOOK_UNCLEAR && age < lag)
            continue;
        if (told && found == 1 && why != LOOK_REFUSED)
            store_refund_settle(&tx, mine->id, refund_id, mine->amount, state, "found at XPay");
        else if (told && found == 0 && why != LOOK_UNCLEAR)
            store_refund_settle(&tx, mine->id, NULL, mine->amount, "failed",
                                why == LOOK_REFUSED ? now.note : "XPay never got it");
        else {
            store_refund_settle(&tx, mine->id, NULL, mine->amount, "review",
                                found ? "refunds at XPay could be this one" : now.note);
            ask_a_person(&tx, order, mine, "a refund was perhaps made");
        }
    }
}

/* A call failed. libxpay says whether it, or an earlier one under its key, may have made the refund; if so, the intent
 * stays open, and the sweep resolves it. */
static void note_error(struct shop *shop, const struct refund *mine, const xpay_error *error)
{
    char note[NOTE_SIZE], said[NOTE_SIZE - 32];
    struct refund now;
    bool nothing =
        error->outcome == XPAY_OUTCOME_NOT_SENT || error->outcome == XPAY_OUTCOME_REJECTED;
    bool later =
        error->next_step == XPAY_NEXT_SAME_KEY || error->status == XPAY_ERROR_AUTHENTICATION;
    shop_log_error(mine->id, error);
    text_cut(said, sizeof said, error->message);
    snprintf(note, sizeof note, "%.16s: %s", xpay_outcome_name(error->outcome), said);
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx)) {
        if (!store_refund_find(&tx, mine->id, &now) || !is_open(&now))
            continue;
        if (nothing && !later)
            store_refund_settle(&tx, mine->id, NULL, mine->amount, "failed", note);
        else
            store_refund_note(&tx, mine->id, note);
    }
}

void refund_send(struct shop *shop, const char *id, xpay_error *error)
{
    struct refund mine;
    struct order order = {0};
    bool found = false, too_old = false;
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx)) {
        found = store_refund_find(&tx, id, &mine) && is_open(&mine) &&
                store_order_find(&tx, mine.order_id, &order);
        /* XPay forgets keys: a repeat could become a second refund. */
        too_old = found && now_ms() - mine.created_at > XPAY_IDEMPOTENCY_KEY_LIFETIME_MS;
    }
    if (tx.result != DB_OK || !found)
        return;
    if (too_old) {
        look_for(shop, &order, &mine, LOOK_TOO_OLD, error);
        return;
    }
    xpay_refund *theirs;
    xpay_refund_create_params params = XPAY_REFUND_CREATE_PARAMS_INIT;
    params.payment_intent_id = order.payment_intent_id;
    params.has_amount = true;
    params.amount = mine.amount;
    params.reason = XPAY_REFUND_REASON_REQUESTED_BY_CUSTOMER;
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    options.idempotency_key = mine.idempotency_key;
    options.order_reference = mine.id;
    if (xpay_refund_create(shop->client, &params, &options, &theirs, error) != XPAY_OK) {
        note_error(shop, &mine, error);
        return;
    }
    if (id_fits(theirs->id)) {
        settle(shop, &mine, theirs);
    } else {
        log_line("%s: XPay's answer has no usable id", id);
        look_for(shop, &order, &mine, LOOK_UNCLEAR, error);
    }
    xpay_object_free(theirs);
}

void refund_resolved(struct shop *shop, const xpay_intent *intent,
                     const xpay_resolution *resolution)
{
    xpay_error error;
    struct refund mine;
    struct order order = {0};
    const xpay_refund *theirs = resolution->object;
    bool found = false;
    struct tx tx = {.db = shop->db}, after = {.db = shop->db};
    while (tx_attempt(&tx))
        found = store_refund_find(&tx, intent->order_reference, &mine) && is_open(&mine) &&
                store_order_find(&tx, mine.order_id, &order);
    if (tx.result != DB_OK)
        return;
    if (found && resolution->verdict == XPAY_RESOLUTION_DONE && id_fits(theirs->id))
        settle(shop, &mine, theirs);
    else if (found && (resolution->verdict == XPAY_RESOLUTION_REFUSED || resolution->refused))
        look_for(shop, &order, &mine, LOOK_REFUSED, &error);
    else if (found && resolution->verdict == XPAY_RESOLUTION_ASK_A_PERSON)
        look_for(shop, &order, &mine, now_ms() > intent->not_after_ms ? LOOK_TOO_OLD : LOOK_UNCLEAR,
                 &error);
    if (resolution->verdict != XPAY_RESOLUTION_ASK_A_PERSON)
        return;
    /* Where the shop's own books have decided, or a person will, XPay is not asked again. */
    while (tx_attempt(&after))
        if (!store_refund_find(&after, intent->order_reference, &mine) || !is_open(&mine))
            store_intent_close(&after, intent->key,
                               strcmp(mine.state, "failed") == 0 ? XPAY_SETTLEMENT_REJECTED
                                                                 : XPAY_SETTLEMENT_APPLIED);
}
