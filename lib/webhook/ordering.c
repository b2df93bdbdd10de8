/* News in any order: what is stored is ranked, what says less is old, what contradicts is to be read again. */
#include <string.h>

#include <xpay/ordering.h>

#include "../model/fulfillment.h"

/* A state that news do not name. */
enum { NOT_CLEAR = -1 };

/* What a type of event says by itself of its session, by the verdict on the session in it; all else is not clear. */
static const struct {
    int32_t kind, verdict, state;
} meanings[] = {
    {XPAY_EVENT_CHECKOUT_SESSION_COMPLETED, XPAY_FULFILLMENT_PAID, XPAY_ORDER_PAID},
    {XPAY_EVENT_CHECKOUT_SESSION_COMPLETED, XPAY_FULFILLMENT_NOTHING_TO_PAY, XPAY_ORDER_PAID},
    {XPAY_EVENT_CHECKOUT_SESSION_COMPLETED, XPAY_FULFILLMENT_AWAITING, XPAY_ORDER_AWAITING},
    {XPAY_EVENT_CHECKOUT_SESSION_ASYNC_PAYMENT_SUCCEEDED, XPAY_FULFILLMENT_PAID, XPAY_ORDER_PAID},
    {XPAY_EVENT_CHECKOUT_SESSION_ASYNC_PAYMENT_FAILED, XPAY_FULFILLMENT_FAILED, XPAY_ORDER_FAILED},
    /* The session stays complete and unpaid; its intent need not tell why. */
    {XPAY_EVENT_CHECKOUT_SESSION_ASYNC_PAYMENT_FAILED, XPAY_FULFILLMENT_AWAITING,
     XPAY_ORDER_FAILED},
    {XPAY_EVENT_CHECKOUT_SESSION_EXPIRED, XPAY_FULFILLMENT_EXPIRED, XPAY_ORDER_EXPIRED},
};

/* What a session says that was just read. */
static const struct {
    int32_t verdict, state;
} readings[] = {
    {XPAY_FULFILLMENT_PAID, XPAY_ORDER_PAID},
    {XPAY_FULFILLMENT_NOTHING_TO_PAY, XPAY_ORDER_PAID},
    {XPAY_FULFILLMENT_OPEN, XPAY_ORDER_OPEN},
    {XPAY_FULFILLMENT_AWAITING, XPAY_ORDER_AWAITING},
    {XPAY_FULFILLMENT_FAILED, XPAY_ORDER_FAILED},
    {XPAY_FULFILLMENT_EXPIRED, XPAY_ORDER_EXPIRED},
};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static int32_t meaning(int32_t kind, int32_t verdict)
{
    for (size_t i = 0; i < LENGTH(meanings); i++)
        if (meanings[i].kind == kind && meanings[i].verdict == verdict)
            return meanings[i].state;
    return NOT_CLEAR;
}

static int32_t reading(int32_t verdict)
{
    for (size_t i = 0; i < LENGTH(readings); i++)
        if (readings[i].verdict == verdict)
            return readings[i].state;
    return NOT_CLEAR;
}

static bool is_same(const char *one, const char *other)
{
    return one != NULL && other != NULL && strcmp(one, other) == 0;
}

/*
 * A session expires only while it is open, and has a reference out only when it is complete. So what is known of one
 * such way contradicts the other.
 */
static bool contradicts(int32_t state, int32_t said)
{
    return said != state && (state == XPAY_ORDER_EXPIRED || said == XPAY_ORDER_EXPIRED) &&
           state != XPAY_ORDER_OPEN && said != XPAY_ORDER_OPEN && said != XPAY_ORDER_PAID;
}

static int32_t apply(int32_t said, int32_t *next)
{
    *next = said;
    return XPAY_ADVANCE_APPLY;
}

static int32_t advance_by_session(int32_t state, const xpay_order_ids *ids, const xpay_event *event,
                                  int32_t *next)
{
    const xpay_checkout_session *session = event->checkout_session;
    if (session == NULL)
        return XPAY_ADVANCE_READ;
    int32_t verdict = xpay_checkout_session_fulfillment(session);
    if (ids->checkout_session != NULL && !is_same(session->id, ids->checkout_session)) {
        /* Only money matters on a session that was given up; whether there is any must be sure. */
        if (verdict == XPAY_FULFILLMENT_PAID)
            return XPAY_ADVANCE_OTHER_SESSION;
        bool paid_by_type = event->kind == XPAY_EVENT_CHECKOUT_SESSION_ASYNC_PAYMENT_SUCCEEDED;
        return paid_by_type || verdict == XPAY_FULFILLMENT_UNCLEAR ? XPAY_ADVANCE_READ
                                                                   : XPAY_ADVANCE_IGNORE;
    }
    if (state == XPAY_ORDER_PAID)
        return XPAY_ADVANCE_IGNORE;
    int32_t said = meaning(event->kind, verdict);
    if (ids->checkout_session == NULL || said == NOT_CLEAR || contradicts(state, said))
        return XPAY_ADVANCE_READ;
    return said > state ? apply(said, next) : XPAY_ADVANCE_IGNORE;
}

/* The payment that an event is about; NULL when it does not say. */
static const char *payment_of(const xpay_event *event)
{
    if (event->payment_intent != NULL)
        return event->payment_intent->id;
    if (event->charge != NULL)
        return event->charge->payment_intent_id;
    return event->refund != NULL ? event->refund->payment_intent_id : NULL;
}

/* The session that an event is about, where it names one beside the payment. */
static const char *session_of(const xpay_event *event)
{
    const xpay_payment_intent *intent = event->payment_intent;
    if (intent == NULL)
        return NULL;
    if (intent->checkout_session_id != NULL)
        return intent->checkout_session_id;
    return intent->checkout_session != NULL ? intent->checkout_session->id : NULL;
}

/* Whether an event about a payment may be about the order's: no id in it is another's. */
static bool may_be_ours(const xpay_order_ids *ids, const xpay_event *event)
{
    const char *payment = payment_of(event), *session = session_of(event);
    if (session != NULL && ids->checkout_session != NULL)
        return is_same(session, ids->checkout_session);
    return payment == NULL || ids->payment_intent == NULL || is_same(payment, ids->payment_intent);
}

/*
 * An event of a type that is not known may say anything of the session that it carries. When that is the order's and
 * seems to have come further than what is stored, or cannot be told, XPay is to be asked; the event itself is no reason.
 */
static int32_t advance_by_unknown(int32_t state, const xpay_order_ids *ids,
                                  const xpay_checkout_session *session)
{
    if (state == XPAY_ORDER_PAID || session == NULL || !is_same(session->id, ids->checkout_session))
        return XPAY_ADVANCE_IGNORE;
    int32_t said = reading(xpay_checkout_session_fulfillment(session));
    return said == NOT_CLEAR || said > state ? XPAY_ADVANCE_READ : XPAY_ADVANCE_IGNORE;
}

int32_t xpay_order_advance(int32_t state, const xpay_order_ids *ids, const xpay_event *event,
                           int32_t *next)
{
    *next = state;
    switch (event->kind) {
    case XPAY_EVENT_CHECKOUT_SESSION_COMPLETED:
    case XPAY_EVENT_CHECKOUT_SESSION_EXPIRED:
    case XPAY_EVENT_CHECKOUT_SESSION_ASYNC_PAYMENT_SUCCEEDED:
    case XPAY_EVENT_CHECKOUT_SESSION_ASYNC_PAYMENT_FAILED:
        return advance_by_session(state, ids, event, next);
    case XPAY_EVENT_PAYMENT_INTENT_PAYMENT_FAILED:
    case XPAY_EVENT_CHARGE_FAILED:
        return state < XPAY_ORDER_EXPIRED && may_be_ours(ids, event) ? XPAY_ADVANCE_DECLINED
                                                                     : XPAY_ADVANCE_IGNORE;
    case XPAY_EVENT_CHARGE_REFUNDED:
    case XPAY_EVENT_REFUND_CREATED:
    case XPAY_EVENT_REFUND_FAILED:
        return state < XPAY_ORDER_PAID && may_be_ours(ids, event) ? XPAY_ADVANCE_READ
                                                                  : XPAY_ADVANCE_IGNORE;
    default: return advance_by_unknown(state, ids, event->checkout_session);
    }
}

int32_t xpay_order_advance_read(int32_t state, const xpay_order_ids *ids,
                                const xpay_checkout_session *session, int32_t *next)
{
    *next = state;
    int32_t verdict = xpay_checkout_session_fulfillment(session), said = reading(verdict);
    bool ours = ids->checkout_session == NULL || is_same(session->id, ids->checkout_session);
    if (ours && state == XPAY_ORDER_PAID)
        return XPAY_ADVANCE_IGNORE;
    if (said == NOT_CLEAR)
        return XPAY_ADVANCE_READ;
    if (!ours)
        return verdict == XPAY_FULFILLMENT_PAID ? XPAY_ADVANCE_OTHER_SESSION : XPAY_ADVANCE_IGNORE;
    /* Another worker may have stored newer news since this was read, so even this goes one way, unless it corrects. */
    return said > state || contradicts(state, said) ? apply(said, next) : XPAY_ADVANCE_IGNORE;
}

/* Whether what is said may be newer than what is stored. It may go to and fro until it is settled, and then not. */
static bool is_news(int32_t said, int32_t status)
{
    int from = xpay_refund_rank(status), to = xpay_refund_rank(said);
    bool unsettled = from == XPAY_REFUND_UNSETTLED && to == XPAY_REFUND_UNSETTLED;
    return unsettled ? said != status : to > from;
}

static const xpay_refund *find(const xpay_refund *const *refunds, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (is_same(refunds[i]->id, id))
            return refunds[i];
    return NULL;
}

/* A refund by its id in an event, wherever that has it; NULL when it is not there. */
static const xpay_refund *refund_in(const xpay_event *event, const char *id)
{
    const xpay_checkout_session *session = event->checkout_session;
    const xpay_payment_intent *payment =
        session != NULL ? session->payment_intent : event->payment_intent;
    if (event->refund != NULL)
        return find(&event->refund, 1, id);
    if (event->charge != NULL)
        return find(event->charge->refunds, event->charge->refunds_count, id);
    return payment != NULL ? xpay_payment_intent_refund(payment, id) : NULL;
}

/* Whether an event is about refunds, but shows none: its object could not be read, or the charge came without them. */
static bool hides_refunds(const xpay_event *event)
{
    switch (event->kind) {
    case XPAY_EVENT_CHARGE_REFUNDED:
        return event->charge == NULL || event->charge->refunds_count == 0;
    case XPAY_EVENT_REFUND_CREATED:
    case XPAY_EVENT_REFUND_FAILED: return event->refund == NULL;
    default: return false;
    }
}

int32_t xpay_refund_advance(int32_t status, const char *refund_id, const xpay_event *event,
                            int32_t *next)
{
    *next = status;
    const xpay_refund *refund = refund_in(event, refund_id);
    if (refund == NULL)
        return hides_refunds(event) ? XPAY_ADVANCE_READ : XPAY_ADVANCE_IGNORE;
    int32_t said = refund->status;
    int from = xpay_refund_rank(status), to = xpay_refund_rank(said);
    bool is_failure = event->kind == XPAY_EVENT_REFUND_FAILED;
    if (to == XPAY_REFUND_NOWHERE || (is_failure && said != XPAY_REFUND_STATUS_FAILED))
        return XPAY_ADVANCE_READ;
    if (!is_news(said, status))
        return XPAY_ADVANCE_IGNORE;
    /* Taking a success back invites a second refund: the event for it may, what other events show in passing may not. */
    bool is_sure = from == XPAY_REFUND_DONE ? is_failure : to > from;
    return is_sure ? apply(said, next) : XPAY_ADVANCE_READ;
}

int32_t xpay_refund_advance_read(int32_t status, const xpay_refund *refund, int32_t *next)
{
    *next = status;
    if (xpay_refund_rank(refund->status) == XPAY_REFUND_NOWHERE)
        return XPAY_ADVANCE_READ;
    /* Another worker may have stored newer news since this was read. */
    return is_news(refund->status, status) ? apply(refund->status, next) : XPAY_ADVANCE_IGNORE;
}
