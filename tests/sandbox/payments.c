/* Attempts, and what they do to the session, the ledger and the customer. */
#include "payments.h"
#include "clock.h"
#include "customers.h"
#include "events.h"
#include "json.h"
#include "ledger.h"
#include "products.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>

#include <openssl/rand.h>

const char payment_card_fingerprint[] = "sbxcard5123450000000008";

#define REFERENCE_LIFETIME MILLISECONDS_PER_DAY

const char *payment_known(const struct session *session, const char *member)
{
    const char *given = json_text_at(session->collected, member);
    const struct customer *customer = session->customer;
    if (given || !customer)
        return given;
    const struct {
        const char *member, *value;
    } linked[] = {{"name", customer->name}, {"email", customer->email}, {"phone", customer->phone}};
    for (size_t i = 0; i < sizeof linked / sizeof linked[0]; i++)
        if (same_text(linked[i].member, member))
            return linked[i].value;
    return NULL;
}

/* The intent begins with the first submission and takes the session's metadata then. */
static struct intent *started_intent(struct session *session)
{
    if (session->intent)
        return session->intent;
    struct intent *intent = must_alloc_zero(sizeof *intent);
    char prefix[ID_SIZE + 16];
    id_make(intent->id, "pi", session->world);
    snprintf(prefix, sizeof prefix, "%s_secret", intent->id);
    secret_make(intent->secret, prefix);
    intent->session = session;
    intent->created = clock_now();
    const cJSON *metadata = json_member(session->input, "metadata");
    intent->metadata = metadata ? cJSON_Duplicate(metadata, true) : cJSON_CreateObject();
    session->intent = intent;
    index_add(&state.intents, intent->id, intent);
    return intent;
}

static void note_details(struct session *session, const struct payer *payer)
{
    if (!session->collected)
        session->collected = cJSON_CreateObject();
    const struct {
        const char *member, *value;
    } given[] = {{"name", payer->name}, {"email", payer->email}, {"phone", payer->phone}};
    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++)
        if (given[i].value && *given[i].value)
            json_put(session->collected, given[i].member, cJSON_CreateString(given[i].value));
}

static struct charge *attempt(struct session *session, const struct payer *payer,
                              enum charge_outcome outcome)
{
    note_details(session, payer);
    struct intent *intent = started_intent(session);
    struct charge *charge = must_alloc_zero(sizeof *charge);
    id_make(charge->id, "ch", session->world);
    id_make_plain(charge->method_id, "pm");
    charge->intent = intent;
    charge->created = intent->updated = clock_now();
    charge->amount = session->processed.total;
    charge->presentment = session->priced.total;
    charge->outcome = outcome;
    charge->method = payer->method;
    charge->fee = session->passed_fee.platform ? session->passed_fee : fee_for(charge->amount);
    charge->name = must_copy_filled(payment_known(session, "name"));
    charge->email = must_copy_filled(payment_known(session, "email"));
    charge->phone = must_copy_filled(payment_known(session, "phone"));
    size_t size = (intent->charge_count + 1) * sizeof *intent->charges;
    intent->charges = must_grow(intent->charges, size);
    intent->charges[intent->charge_count++] = charge;
    index_add(&state.charges, charge->id, charge);
    list_add(&state.all_charges, charge);
    session_touch(session);
    return charge;
}

static struct charge *last_charge(const struct session *session)
{
    const struct intent *intent = session->intent;
    return intent ? intent->charges[intent->charge_count - 1] : NULL;
}

static void capture(struct charge *charge)
{
    struct session *session = charge->intent->session;
    charge->outcome = CHARGE_SUCCEEDED;
    charge->captured = charge->intent->updated = clock_now();
    charge->row = ledger_charge(charge);
    session->payment = PAYMENT_PAID;
    for (size_t i = 0; i < session->line_count; i++)
        price_take(session->lines[i].catalogued, session->lines[i].quantity);
    session->redeemed = session->coupon != NULL;
    customer_note_charge(session->customer, charge);
    session->updated = clock_now();
    session_touch(session);
}

/* The customer is known and the session final; whether it is paid is a question of its own. */
static void complete(struct session *session)
{
    session->status = SESSION_COMPLETE;
    session->updated = clock_now();
    if (!session->customer)
        session->customer = customer_for_completion(session);
    session_touch(session);
}

void payment_succeed(struct session *session, const struct payer *payer)
{
    if (session->payment == PAYMENT_NOT_REQUIRED) {
        note_details(session, payer);
        session->redeemed = session->coupon != NULL;
        complete(session);
    } else {
        struct charge *charge = attempt(session, payer, CHARGE_PENDING);
        complete(session);
        capture(charge);
    }
    event_session("checkout.session.completed", session);
}

static void fail(struct charge *charge, const struct decline *why)
{
    charge->outcome = CHARGE_FAILED;
    charge->decline = why;
    charge->intent->failed = charge;
    charge->intent->updated = clock_now();
    session_touch(charge->intent->session);
    event_charge("charge.failed", charge);
    event_intent("payment_intent.payment_failed", charge->intent);
}

void payment_decline(struct session *session, const struct payer *payer,
                     const struct decline *decline)
{
    fail(attempt(session, payer, CHARGE_FAILED), decline);
}

void payment_take_reference(struct session *session, const struct payer *payer)
{
    unsigned char random[5] = {0};
    struct charge *charge = attempt(session, payer, CHARGE_PENDING);
    RAND_bytes(random, sizeof random);
    for (size_t i = 0; i < sizeof random; i++)
        snprintf(charge->reference + 2 * i, 3, "%02d", random[i] % 100);
    charge->reference_expires = clock_now() + REFERENCE_LIFETIME;
    state_deadline(charge->reference_expires);
    complete(session);
    event_session("checkout.session.completed", session);
}

bool payment_is_waiting(const struct session *session)
{
    const struct charge *charge = last_charge(session);
    return session->status == SESSION_COMPLETE && charge && charge->outcome == CHARGE_PENDING;
}

void payment_reference_paid(struct session *session)
{
    capture(last_charge(session));
    event_session("checkout.session.async_payment_succeeded", session);
}

void payment_reference_failed(struct session *session, const struct decline *why)
{
    fail(last_charge(session), why);
    session->updated = clock_now();
    event_session("checkout.session.async_payment_failed", session);
}

void payment_expire_reference(struct session *session, int64_t now)
{
    if (!payment_is_waiting(session))
        return;
    const struct charge *charge = last_charge(session);
    if (now >= charge->reference_expires)
        payment_reference_failed(session, &decline_reference_expired);
    else
        state_deadline(charge->reference_expires);
}
