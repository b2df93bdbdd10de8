/* Refunds of one charge are serialised: while one of them is not settled, no other begins. */
#include "refunds.h"
#include "clock.h"
#include "customers.h"
#include "events.h"
#include "graph.h"
#include "json.h"
#include "ledger.h"
#include "text.h"

static bool captured(const struct charge *charge)
{
    return charge->outcome == CHARGE_SUCCEEDED;
}

static struct charge *charge_of_intent(const char *id, enum world world, struct answer *answer)
{
    const struct intent *intent = intent_find(id, world);
    struct charge *found = NULL;
    size_t count = 0;
    if (!intent) {
        refuse(answer, "resource_missing", "paymentIntentId", "No such payment intent.");
        return NULL;
    }
    for (size_t i = 0; i < intent->charge_count; i++)
        if (captured(intent->charges[i])) {
            found = intent->charges[i];
            count++;
        }
    if (count == 1)
        return found;
    refuse(answer, "parameter_invalid", "paymentIntentId",
           "The payment intent has %s succeeded charge.", count ? "more than one" : "no");
    return NULL;
}

/* Exactly one of the two, where an empty text counts as absent. */
static struct charge *find_target(const cJSON *body, enum world world, const char **param,
                                  struct answer *answer)
{
    const char *charge_id = json_text_at(body, "chargeId");
    const char *intent_id = json_text_at(body, "paymentIntentId");
    bool by_charge = charge_id && *charge_id;
    bool by_intent = intent_id && *intent_id;
    *param = by_charge ? "chargeId" : "paymentIntentId";
    if (by_charge == by_intent) {
        refuse(answer, "parameter_invalid", *param,
               "Exactly one of chargeId and paymentIntentId is needed.");
        return NULL;
    }
    if (by_intent)
        return charge_of_intent(intent_id, world, answer);
    struct charge *charge = charge_find(charge_id, world);
    if (!charge)
        refuse(answer, "resource_missing", "chargeId", "No such charge.");
    else if (!captured(charge))
        refuse(answer, "charge_not_captured", "chargeId", "The charge was not captured.");
    return charge && captured(charge) ? charge : NULL;
}

static bool in_progress(const struct refund *refund)
{
    return refund->status == REFUND_PENDING || refund->status == REFUND_REQUIRES_ACTION;
}

static bool check_charge(const struct charge *charge, const char *param, struct answer *answer)
{
    if (!charge->method->refundable)
        return refuse(answer, "parameter_invalid", param, "%s payments cannot be refunded.",
                      charge->method->name);
    for (size_t i = 0; i < charge->refund_count; i++)
        if (in_progress(charge->refunds[i]))
            return refuse(answer, "resource_invalid_state", NULL,
                          "Another refund of this charge is in progress.");
    return true;
}

static char *copy_of(const cJSON *body, const char *name)
{
    const char *text = json_text_at(body, name);
    return text ? must_copy(text) : NULL;
}

static struct refund *add_refund(struct charge *charge, int64_t amount, const cJSON *body)
{
    struct refund *refund = must_alloc_zero(sizeof *refund);
    id_make_plain(refund->id, "re");
    id_make_plain(refund->receipt, "rcpt");
    id_make_plain(refund->external_id, "ext");
    refund->charge = charge;
    refund->created = clock_now();
    refund->amount = amount;
    refund->status = REFUND_PENDING;
    refund->reason = copy_of(body, "reason");
    refund->description = copy_of(body, "description");
    refund->instructions_email = copy_of(body, "instructionsEmail");
    size_t size = (charge->refund_count + 1) * sizeof *charge->refunds;
    charge->refunds = must_grow(charge->refunds, size);
    charge->refunds[charge->refund_count++] = refund;
    index_add(&state.refunds, refund->id, refund);
    list_add(&state.all_refunds, refund);
    return refund;
}

static void succeed(struct refund *refund)
{
    struct charge *charge = refund->charge;
    refund->status = REFUND_SUCCEEDED;
    refund->row = ledger_refund(refund);
    charge->refunded += refund->amount;
    customer_note_refund(charge->intent->session->customer, refund->amount);
}

struct refund *refund_create(const cJSON *body, enum world world, enum refund_status outcome,
                             struct answer *answer)
{
    const char *param;
    struct charge *charge = find_target(body, world, &param, answer);
    if (!charge || !check_charge(charge, param, answer))
        return NULL;
    int64_t rest = charge->amount - charge->refunded;
    int64_t amount = json_int_at(body, "amount", rest);
    if (!rest || amount > rest) {
        refuse(answer, "parameter_invalid", "amount",
               "The amount is above what can still be refunded (%lld).", (long long)rest);
        return NULL;
    }
    struct refund *refund = add_refund(charge, amount, body);
    if (outcome == REFUND_SUCCEEDED)
        succeed(refund);
    else
        refund->status = outcome;
    charge->intent->updated = clock_now();
    session_touch(charge->intent->session);
    event_refund("refund.created", refund);
    if (outcome == REFUND_SUCCEEDED)
        event_charge("charge.refunded", charge);
    if (outcome == REFUND_FAILED)
        event_refund("refund.failed", refund);
    return refund;
}

bool refund_settle(struct refund *refund, enum refund_status status)
{
    struct charge *charge = refund->charge;
    bool reverses = refund->status == REFUND_SUCCEEDED && status == REFUND_FAILED;
    if (!in_progress(refund) && !reverses)
        return false;
    if (reverses) {
        refund->reversal = ledger_refund_failure(refund);
        charge->refunded -= refund->amount;
        customer_note_refund(charge->intent->session->customer, -refund->amount);
    }
    if (status == REFUND_SUCCEEDED)
        succeed(refund);
    refund->status = status;
    charge->intent->updated = clock_now();
    session_touch(charge->intent->session);
    if (status == REFUND_SUCCEEDED)
        event_charge("charge.refunded", charge);
    if (status == REFUND_FAILED)
        event_refund("refund.failed", refund);
    return true;
}

enum refund_status refund_status_named(const char *name)
{
    int status = 0;
    while (status < REFUND_STATUSES && !same_text(refund_status_names[status], name))
        status++;
    return (enum refund_status)status;
}
