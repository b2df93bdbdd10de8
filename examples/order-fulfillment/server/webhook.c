/*
 * 2xx only after the commit; 401 for what is not signed; 404 for a session or payment that no order has yet, so that
 * XPay delivers it again; 5xx when we are the ones in trouble.
 */
#include "webhook.h"
#include "fulfilment.h"
#include "refund.h"
#include "store.h"

#include <stdio.h>

/* One attempt failed; the customer may try again, so this is only worth a note. */
static enum fulfilment note_decline(struct shop *shop, const xpay_event *event)
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
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx))
        if (session_id && store_order_of_session(&tx, session_id, &order) &&
            store_event_claim(&tx, event->id, event->type))
            store_event_note(&tx, event->id, order.id, note);
    return fulfilment_outcome(tx.result, FULFILMENT_DONE);
}

static enum fulfilment apply(struct shop *shop, const xpay_event *event)
{
    if (event->livemode != xpay_client_is_live(shop->client))
        return FULFILMENT_WRONG_MODE;
    switch (event->kind) {
    case XPAY_EVENT_CHECKOUT_SESSION_COMPLETED:
    case XPAY_EVENT_CHECKOUT_SESSION_EXPIRED:
    case XPAY_EVENT_CHECKOUT_SESSION_ASYNC_PAYMENT_SUCCEEDED:
    case XPAY_EVENT_CHECKOUT_SESSION_ASYNC_PAYMENT_FAILED:
        return event->checkout_session ? fulfilment_apply(shop, event->checkout_session, event, 0)
                                       : FULFILMENT_UNREADABLE;
    case XPAY_EVENT_CHARGE_REFUNDED:
    case XPAY_EVENT_REFUND_CREATED:
    case XPAY_EVENT_REFUND_FAILED:
        return event->charge || event->refund ? refund_apply_event(shop, event)
                                              : FULFILMENT_UNREADABLE;
    case XPAY_EVENT_PAYMENT_INTENT_PAYMENT_FAILED:
        if (event->payment_intent)
            return note_decline(shop, event);
        break;
    default: break;
    }
    return FULFILMENT_DONE; /* a type that we do not act on is acknowledged */
}

static const struct {
    unsigned status;
    const char *sentence;
} answers[] = {
    [FULFILMENT_DONE] = {200, "Stored."},
    [FULFILMENT_DUPLICATE] = {200, "Stored before."},
    [FULFILMENT_STRANGER] = {404, "No order is known for it, yet."},
    [FULFILMENT_WRONG_MODE] = {400, "It is of the other mode."},
    [FULFILMENT_BUSY] = {503, "Busy; try again."},
    [FULFILMENT_UNREADABLE] = {500, "Its object is not of the kind that its type says."},
    [FULFILMENT_FAILED] = {500, "It could not be stored."},
};

void webhook_answer(void *context, const struct http_request *request, struct http_reply *reply)
{
    struct shop *shop = context;
    xpay_error error;
    xpay_event *event;
    xpay_status status = xpay_webhook_construct_event(
        shop->verifier, request->body, request->body_length,
        http_header(request, XPAY_WEBHOOK_SIGNATURE_HEADER), &event, &error);
    switch (status) {
    case XPAY_OK: break;
    case XPAY_ERROR_SIGNATURE_MISSING:
    case XPAY_ERROR_SIGNATURE_MALFORMED:
    case XPAY_ERROR_SIGNATURE_MISMATCH:
    case XPAY_ERROR_SIGNATURE_EXPIRED:
        log_line("webhook refused: %s", xpay_status_name(status));
        http_say(reply, 401, "The signature is not good.");
        return;
    case XPAY_ERROR_MEMORY: http_say(reply, 500, "Out of memory."); return;
    default:
        log_line("webhook refused: %s %s", xpay_status_name(status), error.param);
        http_say(reply, 400, "That is no event.");
        return;
    }
    enum fulfilment result = apply(shop, event);
    if (result != FULFILMENT_DONE && result != FULFILMENT_DUPLICATE)
        log_line("webhook %s (%s): %s", event->id, event->type, answers[result].sentence);
    http_say(reply, answers[result].status, answers[result].sentence);
    xpay_object_free(event);
}
