/* What a merchant reads off a session: ids, the verdict on shipping, the amount to compare, its refunds. */
#include <xpay/fulfillment.h>

#include <string.h>

#include "fulfillment.h"

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

/* What the status alone does not decide. */
enum { BY_ERROR = -1, BY_ACTION = -2 };

/* What comes of an unpaid session by the status of its intent, once the customer is done, and once time is up. */
static const struct {
    int32_t complete, expired;
} unpaid[] = {
#define STATUS(status, complete, expired) \
    [XPAY_PAYMENT_INTENT_STATUS_##status] = {complete, expired}
#define IS(verdict) XPAY_FULFILLMENT_##verdict
    STATUS(UNKNOWN, IS(UNCLEAR), IS(UNCLEAR)),
    /* It is the customer's turn, who cannot take it any more once the session has expired. */
    STATUS(REQUIRES_PAYMENT_METHOD, BY_ERROR, BY_ACTION),
    STATUS(REQUIRES_CONFIRMATION, IS(AWAITING), BY_ACTION),
    STATUS(REQUIRES_ACTION, IS(AWAITING), BY_ACTION),
    /* The processor has it, so it may be paid yet, whatever became of the session. */
    STATUS(PROCESSING, IS(AWAITING), IS(UNCLEAR)),
    STATUS(UNCAPTURED, IS(AWAITING), IS(UNCLEAR)),
    STATUS(AMOUNT_CAPTURABLE_UPDATED, IS(AWAITING), IS(UNCLEAR)),
    /* Nothing will come. */
    STATUS(CANCELED, IS(FAILED), IS(EXPIRED)),
    STATUS(FAILED, IS(FAILED), IS(EXPIRED)),
    STATUS(PAYMENT_FAILED, IS(FAILED), IS(EXPIRED)),
    /* The money came in, so the session is about to be paid, or was: neither wait for news nor release. */
    STATUS(SUCCEEDED, IS(UNCLEAR), IS(UNCLEAR)),
    STATUS(REFUNDED, IS(UNCLEAR), IS(UNCLEAR)),
    STATUS(PARTIALLY_REFUNDED, IS(UNCLEAR), IS(UNCLEAR)),
#undef STATUS
#undef IS
};

enum { INTENT_STATUSES = sizeof unpaid / sizeof unpaid[0] };

/* Whether something may be out that can be paid without the session: a voucher, a transfer, or what nobody here knows. */
static bool is_payable_elsewhere(const xpay_next_action *action)
{
    return action != NULL && action->type != XPAY_NEXT_ACTION_TYPE_REDIRECT_TO_URL &&
           action->type != XPAY_NEXT_ACTION_TYPE_VERIFY_WITH_OTP &&
           action->type != XPAY_NEXT_ACTION_TYPE_USE_SDK;
}

static int32_t unpaid_verdict(const xpay_payment_intent *intent, bool complete)
{
    if (intent == NULL) /* nothing contradicts the session */
        return complete ? XPAY_FULFILLMENT_AWAITING : XPAY_FULFILLMENT_EXPIRED;
    bool known = intent->status >= 0 && intent->status < INTENT_STATUSES;
    int32_t status = known ? intent->status : XPAY_PAYMENT_INTENT_STATUS_UNKNOWN;
    int32_t verdict = complete ? unpaid[status].complete : unpaid[status].expired;
    if (verdict == BY_ERROR) /* an attempt that is over leaves its error, and nothing to pay */
        return intent->last_payment_error != NULL && intent->next_action == NULL
                   ? XPAY_FULFILLMENT_FAILED
                   : XPAY_FULFILLMENT_AWAITING;
    if (verdict == BY_ACTION)
        return is_payable_elsewhere(intent->next_action) ? XPAY_FULFILLMENT_UNCLEAR
                                                         : XPAY_FULFILLMENT_EXPIRED;
    return verdict;
}

static bool owes_nothing(const xpay_checkout_session *session)
{
    return session->has_amount_total && session->amount_total == 0;
}

int32_t xpay_checkout_session_fulfillment(const xpay_checkout_session *session)
{
    if (session->payment_status == XPAY_PAYMENT_STATUS_PAID)
        return XPAY_FULFILLMENT_PAID;
    bool free = session->payment_status == XPAY_PAYMENT_STATUS_NO_PAYMENT_REQUIRED;
    if (!free && session->payment_status != XPAY_PAYMENT_STATUS_UNPAID)
        return XPAY_FULFILLMENT_UNCLEAR;
    switch (session->status) {
    case XPAY_CHECKOUT_SESSION_STATUS_COMPLETE:
        if (free)
            return owes_nothing(session) ? XPAY_FULFILLMENT_NOTHING_TO_PAY
                                         : XPAY_FULFILLMENT_UNCLEAR;
        return unpaid_verdict(session->payment_intent, true);
    case XPAY_CHECKOUT_SESSION_STATUS_OPEN:
        if (!session->is_expired)
            return XPAY_FULFILLMENT_OPEN;
        return unpaid_verdict(session->payment_intent, false);
    case XPAY_CHECKOUT_SESSION_STATUS_EXPIRED:
        return unpaid_verdict(session->payment_intent, false);
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

int xpay_refund_rank(int32_t status)
{
    switch (status) {
    case XPAY_REFUND_STATUS_PENDING:
    case XPAY_REFUND_STATUS_REQUIRES_ACTION: return XPAY_REFUND_UNSETTLED;
    case XPAY_REFUND_STATUS_SUCCEEDED: return XPAY_REFUND_DONE;
    case XPAY_REFUND_STATUS_FAILED:
    case XPAY_REFUND_STATUS_CANCELED: return XPAY_REFUND_UNDONE;
    default: return XPAY_REFUND_NOWHERE;
    }
}

/* How much is known of a refund: how far it has come, then whether its ledger row is there. */
static int knowledge(const xpay_refund *refund)
{
    return 2 * xpay_refund_rank(refund->status) + (refund->balance_transaction != NULL);
}

/* Refunds without an id cannot be told apart: they count on the side that shows more of them, intent or charges. */
static bool counts_without_id(const xpay_payment_intent *intent, bool in_charge)
{
    size_t beside = 0, in_charges = 0;
    refund_list list;
    for (size_t l = 0; list_at(intent, l, &list); l++)
        for (size_t i = 0; i < list.count; i++)
            if (list.refunds[i]->id == NULL)
                *(l == 0 ? &beside : &in_charges) += 1;
    return in_charge == (in_charges > beside);
}

/* The refund that stands for an id, and where it is: the one of which most is known, and the first of equal ones. */
static const xpay_refund *find(const xpay_payment_intent *intent, const char *id, size_t *at_list,
                               size_t *at)
{
    const xpay_refund *found = NULL;
    refund_list list;
    for (size_t l = 0; list_at(intent, l, &list); l++)
        for (size_t i = 0; i < list.count; i++) {
            const xpay_refund *refund = list.refunds[i];
            if (refund->id == NULL || strcmp(refund->id, id) != 0 ||
                (found != NULL && knowledge(refund) <= knowledge(found)))
                continue;
            found = refund;
            *at_list = l;
            *at = i;
        }
    return found;
}

const xpay_refund *xpay_payment_intent_refund(const xpay_payment_intent *intent, const char *id)
{
    size_t at_list, at;
    return find(intent, id, &at_list, &at);
}

/* Whether the refund at a place is listed, or another one instead of it. */
static bool is_listed(const xpay_payment_intent *intent, const xpay_refund *refund, size_t at_list,
                      size_t at)
{
    size_t of_list = 0, of = 0;
    if (refund->id == NULL)
        return counts_without_id(intent, at_list > 0);
    find(intent, refund->id, &of_list, &of);
    return of_list == at_list && of == at;
}

size_t xpay_payment_intent_refunds(const xpay_payment_intent *intent, const xpay_refund **refunds,
                                   size_t capacity)
{
    size_t count = 0;
    refund_list list;
    for (size_t l = 0; list_at(intent, l, &list); l++)
        for (size_t i = 0; i < list.count; i++) {
            if (!is_listed(intent, list.refunds[i], l, i))
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
