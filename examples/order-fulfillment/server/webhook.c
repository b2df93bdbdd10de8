/*
 * The order in which a webhook is verified, claimed, acted on and committed is libxpay's (xpay_inbox_process), and so is
 * what it is answered: 2xx only after the commit; 401 for what is not signed; 404 for a session or payment that no
 * order has yet, so that XPay delivers it again; 5xx when we are the ones in trouble.
 */
#include "webhook.h"
#include "fulfilment.h"
#include "inbox.h"
#include "outbox.h"
#include "refund.h"
#include "store.h"

#include <stdio.h>

/* One attempt failed; the customer may try again, so this is only worth a note. */
static enum fulfilment note_decline(struct tx *tx, const xpay_event *event)
{
    struct order order;
    char note[NOTE_SIZE], reason[ID_SIZE];
    const xpay_payment_intent *intent = event->payment_intent;
    const xpay_payment_error *why = intent->last_payment_error;
    const char *session_id = intent->checkout_session_id ? intent->checkout_session_id
                             : intent->checkout_session  ? intent->checkout_session->id
                                                         : NULL;
    const char *code = why && why->decline_code ? why->decline_code : why ? why->code : NULL;
    text_cut(reason, sizeof reason, code ? code : "no reason given");
    snprintf(note, sizeof note, "declined: %s", reason);
    if (session_id && store_order_of_session(tx, session_id, &order))
        store_event_note(tx, event->id, order.id, note);
    return FULFILMENT_DONE;
}

/* XPay gave a delivery up, and does not say whose: all orders that could be waiting for it are asked about, each once in
 * a while. */
static enum fulfilment take_lost_delivery(struct tx *tx, const xpay_event *event)
{
    const int64_t while_ms = 10 * 60 * INT64_C(1000);
    int64_t now = now_ms();
    store_orders_ask_all(tx, now, now - while_ms);
    log_line("webhook %s: XPay has given up on a delivery; see its dashboard", event->id);
    return FULFILMENT_DONE;
}

/* A type that libxpay does not know, or that we do not act on; it may still tell of one of our sessions. */
static enum fulfilment take_other(struct tx *tx, const xpay_event *event)
{
    struct order order;
    const xpay_checkout_session *session = event->checkout_session;
    if (session && id_fits(session->id) && store_order_of_session(tx, session->id, &order))
        fulfilment_ask_if_told(tx, &order, event);
    return FULFILMENT_DONE;
}

static enum fulfilment apply(struct shop *shop, struct tx *tx, const xpay_event *event)
{
    if (event->livemode != xpay_client_is_live(shop->client))
        return FULFILMENT_WRONG_MODE;
    switch (event->kind) {
    case XPAY_EVENT_CHECKOUT_SESSION_COMPLETED:
    case XPAY_EVENT_CHECKOUT_SESSION_EXPIRED:
    case XPAY_EVENT_CHECKOUT_SESSION_ASYNC_PAYMENT_SUCCEEDED:
    case XPAY_EVENT_CHECKOUT_SESSION_ASYNC_PAYMENT_FAILED:
        return event->checkout_session
                   ? fulfilment_apply_in(shop, tx, event->checkout_session, event, 0)
                   : FULFILMENT_UNREADABLE;
    case XPAY_EVENT_CHARGE_REFUNDED:
    case XPAY_EVENT_REFUND_CREATED:
    case XPAY_EVENT_REFUND_FAILED:
        return event->charge || event->refund ? refund_apply_event(tx, event)
                                              : FULFILMENT_UNREADABLE;
    case XPAY_EVENT_PAYMENT_INTENT_PAYMENT_FAILED:
        return event->payment_intent ? note_decline(tx, event) : FULFILMENT_DONE;
    case XPAY_EVENT_WEBHOOK_ENDPOINT_DELIVERY_FAILED: return take_lost_delivery(tx, event);
    default: return take_other(tx, event);
    }
}

/* What libxpay makes an answer of. */
static const struct {
    xpay_status status;
    const char *sentence;
} results[] = {
    [FULFILMENT_DONE] = {XPAY_OK, "stored"},
    [FULFILMENT_STRANGER] = {XPAY_ERROR_NOT_FOUND, "no order is known for it, yet"},
    [FULFILMENT_WRONG_MODE] = {XPAY_ERROR_REQUEST, "it is of the other mode"},
    [FULFILMENT_BUSY] = {XPAY_ERROR_CONFLICT, "the database is busy"},
    [FULFILMENT_UNREADABLE] = {XPAY_ERROR_DECODE,
                               "its object is not of the kind that its type says"},
    [FULFILMENT_FAILED] = {XPAY_ERROR_INBOX, "it could not be stored"},
};

static xpay_status act(void *context, const xpay_event *event, void *transaction)
{
    struct inbox *inbox = context;
    struct tx *tx = transaction;
    enum fulfilment result = apply(inbox->shop, tx, event);
    result = fulfilment_outcome(tx->result, result);
    if (result != FULFILMENT_DONE && !tx_may_go_well(tx))
        log_line("webhook %s (%s): %s", event->id, event->type, results[result].sentence);
    return results[result].status;
}

static const char *const verdicts[] = {
    [XPAY_INBOX_HANDLED] = "Stored.",
    [XPAY_INBOX_DUPLICATE] = "Stored before.",
    [XPAY_INBOX_REFUSED] = "The signature is not good.",
    [XPAY_INBOX_UNREADABLE] = "That is no event.",
    [XPAY_INBOX_PUT_OFF] = "Not now; deliver it again.",
    [XPAY_INBOX_BUSY] = "Busy; deliver it again.",
    [XPAY_INBOX_FAILED] = "It could not be stored; deliver it again.",
};

void webhook_answer(void *context, const struct http_request *request, struct http_reply *reply)
{
    struct shop *shop = context;
    xpay_error error;
    xpay_inbox_reply told;
    struct inbox inbox = {.shop = shop};
    const xpay_inbox callbacks = inbox_callbacks(&inbox);
    do /* from the start, as the database asks for it */
        (void)xpay_inbox_process(shop->verifier, &callbacks, request->body, request->body_length,
                                 http_header(request, XPAY_WEBHOOK_SIGNATURE_HEADER), act, &inbox,
                                 &told, &error);
    while (told.verdict >= XPAY_INBOX_PUT_OFF && tx_may_go_well(&inbox.tx));
    if (told.verdict == XPAY_INBOX_REFUSED || told.verdict == XPAY_INBOX_UNREADABLE)
        log_line("webhook refused: %s %s", xpay_status_name(error.status), error.param);
    if (told.verdict == XPAY_INBOX_HANDLED)
        outbox_wake(shop->outbox);
    http_say(reply, (unsigned)told.http_status, verdicts[told.verdict]);
}
