/* What a merchant reads off a session: ids, the verdict on shipping, the amount to compare, its refunds. */
#include <xpay/fulfillment.h>

#include <string.h>

void xpay_checkout_session_order_ids(const xpay_checkout_session *session, xpay_order_ids *ids)
{
    const xpay_payment_intent *intent = session->payment_intent;
    const xpay_customer *customer = session->customer;
    ids->checkout_session = session->id;
    ids->payment_intent = session->payment_intent_id;
    if (ids->payment_intent == NULL && intent != NULL)
        ids->payment_intent = intent->id;
    ids->customer = session->customer_id;
    if (ids->customer == NULL && customer != NULL)
        ids->customer = customer->id;
    if (customer != NULL && customer->type == XPAY_CUSTOMER_TYPE_GUEST)
        ids->customer = NULL;
}

/* A complete session that is not paid: is its reference still out, or has it come to nothing? */
static int32_t unpaid(const xpay_payment_intent *intent)
{
    if (intent == NULL)
        return XPAY_FULFILLMENT_AWAITING;
    switch (intent->status) {
    case XPAY_PAYMENT_INTENT_STATUS_FAILED:
    case XPAY_PAYMENT_INTENT_STATUS_PAYMENT_FAILED:
    case XPAY_PAYMENT_INTENT_STATUS_CANCELED: return XPAY_FULFILLMENT_FAILED;
    /* An attempt that is over leaves its error; without one, or with something to pay on, it is still out. */
    case XPAY_PAYMENT_INTENT_STATUS_REQUIRES_PAYMENT_METHOD:
        return intent->next_action == NULL && intent->last_payment_error != NULL
                   ? XPAY_FULFILLMENT_FAILED
                   : XPAY_FULFILLMENT_AWAITING;
    case XPAY_PAYMENT_INTENT_STATUS_REQUIRES_CONFIRMATION:
    case XPAY_PAYMENT_INTENT_STATUS_REQUIRES_ACTION:
    case XPAY_PAYMENT_INTENT_STATUS_PROCESSING:
    case XPAY_PAYMENT_INTENT_STATUS_UNCAPTURED:
    case XPAY_PAYMENT_INTENT_STATUS_AMOUNT_CAPTURABLE_UPDATED: return XPAY_FULFILLMENT_AWAITING;
    /* Either the money came in, so the session is about to be paid, or was; or nobody knows. */
    default: return XPAY_FULFILLMENT_UNCLEAR;
    }
}

int32_t xpay_checkout_session_fulfillment(const xpay_checkout_session *session)
{
    bool complete = session->status == XPAY_CHECKOUT_SESSION_STATUS_COMPLETE;
    switch (session->payment_status) {
    case XPAY_PAYMENT_STATUS_PAID: return XPAY_FULFILLMENT_PAID;
    case XPAY_PAYMENT_STATUS_NO_PAYMENT_REQUIRED:
        if (complete)
            return session->has_amount_total && session->amount_total == 0
                       ? XPAY_FULFILLMENT_NOTHING_TO_PAY
                       : XPAY_FULFILLMENT_UNCLEAR;
        break;
    case XPAY_PAYMENT_STATUS_UNPAID:
        if (complete)
            return unpaid(session->payment_intent);
        break;
    default: return XPAY_FULFILLMENT_UNCLEAR;
    }
    switch (session->status) {
    case XPAY_CHECKOUT_SESSION_STATUS_OPEN:
        return session->is_expired ? XPAY_FULFILLMENT_EXPIRED : XPAY_FULFILLMENT_OPEN;
    case XPAY_CHECKOUT_SESSION_STATUS_EXPIRED: return XPAY_FULFILLMENT_EXPIRED;
    default: return XPAY_FULFILLMENT_UNCLEAR;
    }
}

/* Whether an amount that the struct holds really came in the answer. */
static bool was_answered(const void *object, const char *field)
{
    const char *value;
    size_t length;
    return xpay_object_get(object, field, &value, &length) == XPAY_OK;
}

xpay_status xpay_checkout_session_order_amount(const xpay_checkout_session *session,
                                               int64_t *amount, xpay_currency *currency)
{
    const xpay_session_presentment_details *presentment = session->presentment_details;
    *amount = 0;
    *currency = XPAY_CURRENCY_UNKNOWN;
    if (presentment != NULL) {
        if (presentment->currency == XPAY_CURRENCY_UNKNOWN ||
            !was_answered(presentment, "/amountSubtotal"))
            return XPAY_ERROR_ABSENT;
        *amount = presentment->amount_subtotal;
        *currency = presentment->currency;
        return XPAY_OK;
    }
    if (!session->has_amount_subtotal || session->currency == XPAY_CURRENCY_UNKNOWN)
        return XPAY_ERROR_ABSENT;
    *amount = session->amount_subtotal;
    *currency = session->currency;
    return XPAY_OK;
}

/* One place where refunds are: a list in the intent or in one of its charges. */
typedef struct refund_list {
    const xpay_refund *const *refunds;
    size_t count;
} refund_list;

/* The lists of an intent by number: its own, then its charges'; where XPay sent no charges, the latest one's. */
static bool list_at(const xpay_payment_intent *intent, size_t index, refund_list *list)
{
    const xpay_charge *charge;
    if (index == 0) {
        *list = (refund_list){intent->refunds, intent->refunds_count};
        return true;
    }
    if (index <= intent->charges_count)
        charge = intent->charges[index - 1];
    else if (index == 1 && intent->latest_charge != NULL)
        charge = intent->latest_charge;
    else
        return false;
    *list = (refund_list){charge->refunds, charge->refunds_count};
    return true;
}

/* How much is known of a refund: whether it is final, then whether its ledger row is there. */
static int knowledge(const xpay_refund *refund)
{
    bool final = refund->status == XPAY_REFUND_STATUS_SUCCEEDED ||
                 refund->status == XPAY_REFUND_STATUS_FAILED ||
                 refund->status == XPAY_REFUND_STATUS_CANCELED;
    return 2 * final + (refund->balance_transaction != NULL);
}

/* Whether `one` says more than `other`, the same refund elsewhere in the answer. */
static bool knows_more(const xpay_refund *one, const xpay_refund *other)
{
    return knowledge(one) > knowledge(other);
}

static bool is_same(const xpay_refund *one, const xpay_refund *other)
{
    return one->id != NULL && other->id != NULL && strcmp(one->id, other->id) == 0;
}

/*
 * Whether the refund at a place is the one that stands for its id: no other of the same id knows more, nor as much
 * and comes before.
 */
static bool stands(const xpay_payment_intent *intent, size_t at_list, size_t at)
{
    refund_list list = {NULL, 0}, other;
    list_at(intent, at_list, &list);
    const xpay_refund *refund = list.refunds[at];
    for (size_t l = 0; list_at(intent, l, &other); l++)
        for (size_t i = 0; i < other.count; i++) {
            if ((l == at_list && i == at) || !is_same(other.refunds[i], refund))
                continue;
            bool before = l < at_list || (l == at_list && i < at);
            if (knows_more(other.refunds[i], refund) ||
                (before && !knows_more(refund, other.refunds[i])))
                return false;
        }
    return true;
}

size_t xpay_payment_intent_refunds(const xpay_payment_intent *intent, const xpay_refund **refunds,
                                   size_t capacity)
{
    size_t count = 0;
    refund_list list;
    for (size_t l = 0; list_at(intent, l, &list); l++)
        for (size_t i = 0; i < list.count; i++) {
            if (!stands(intent, l, i))
                continue;
            /* Keep the newest in order; what falls off the end is only counted. */
            size_t kept = count < capacity ? count : capacity;
            size_t place = kept;
            while (place > 0 && refunds[place - 1]->created_at < list.refunds[i]->created_at)
                place--;
            if (place < capacity) {
                size_t moved = (kept < capacity ? kept : capacity - 1) - place;
                memmove(refunds + place + 1, refunds + place, moved * sizeof *refunds);
                refunds[place] = list.refunds[i];
            }
            count++;
        }
    return count;
}
