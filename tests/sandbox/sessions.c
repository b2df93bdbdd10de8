/* A session keeps the body that made it, with every update merged in; what it costs is worked out
 * from that again each time. */
#include "sessions.h"
#include "clock.h"
#include "contract.h"
#include "events.h"
#include "json.h"
#include "payments.h"
#include "pricing.h"
#include "session_rules.h"
#include "text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Rules and prices of a merged body, in the order in which refusals are expected. */
static bool settle_input(cJSON *input, enum world world, struct pricing *pricing,
                         struct answer *answer)
{
    schema_fill_defaults(schema_named("CreateCheckoutSession"), input);
    struct pricing_source from = {world, "price"};
    if (!session_rules(input, world, answer) || !pricing_make(pricing, input, &from, answer))
        return false;
    if (session_method_rules(input, pricing->currency, answer))
        return true;
    pricing_free(pricing);
    return false;
}

/* first_name from "First name"; a number is added until no other field has it. */
static void name_field(cJSON *fields, cJSON *shown, const char *label)
{
    struct text slug = {0};
    for (const char *at = label; *at && slug.length < 40; at++) {
        if (isalnum((unsigned char)*at))
            text_addf(&slug, "%c", tolower((unsigned char)*at));
        else if (slug.length && slug.bytes[slug.length - 1] != '_')
            text_add(&slug, "_");
    }
    if (!slug.length)
        text_add(&slug, "field");
    struct text key = {0};
    for (int number = 1;; number++) {
        bool taken = false;
        key.length = 0;
        text_add(&key, slug.bytes);
        if (number > 1)
            text_addf(&key, "_%d", number);
        for (const cJSON *other = fields->child; other; other = other->next)
            taken = taken || same_text(json_text_at(other, "key"), key.bytes);
        if (!taken)
            break;
    }
    json_add_text(shown, "key", key.bytes);
    text_free(&key);
    text_free(&slug);
}

cJSON *session_shown_fields(const cJSON *input)
{
    static const char *const copied[] = {"label",         "type",           "isOptional",
                                         "hasLimits",     "limitType",      "minCharacters",
                                         "maxCharacters", "dropdownOptions"};
    static const char *const values[] = {"text", "numeric", "dropdown"};
    const cJSON *fields = json_list_at(input, "customFields");
    if (!fields || !fields->child)
        return NULL;
    cJSON *list = cJSON_CreateArray();
    for (const cJSON *field = fields->child; field; field = field->next) {
        cJSON *shown = cJSON_CreateObject();
        name_field(list, shown, json_text_at(field, "label"));
        for (size_t i = 0; i < sizeof copied / sizeof copied[0]; i++)
            json_add_copy(shown, copied[i], json_member(field, copied[i]));
        for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
            json_add_null(shown, values[i]);
        cJSON_AddItemToArray(list, shown);
    }
    return list;
}

static void take_details(struct session *session)
{
    const cJSON *details = json_member(session->input, "customerDetails");
    cJSON_Delete(session->collected);
    session->collected = details ? cJSON_Duplicate(details, true) : NULL;
    session->customer = customer_find(json_text_at(session->input, "customerId"), session->world);
}

static void take_pricing(struct session *session, const struct pricing *pricing)
{
    lines_free(session->lines, session->line_count);
    session->currency = pricing->currency;
    session->lines = pricing->lines;
    session->line_count = pricing->line_count;
    session->priced = pricing->priced;
    session->processed = pricing->processed;
    session->passed_fee = pricing->passed_fee;
    session->coupon = pricing->coupon;
    session->promotion = pricing->promotion;
    pricing_use(session->lines, session->line_count);
    session->payment = pricing->processed.total ? PAYMENT_UNPAID : PAYMENT_NOT_REQUIRED;
}

struct session *session_create(const cJSON *body, enum world world, const char *link_id,
                               struct answer *answer)
{
    struct pricing pricing;
    if (!session_create_rules(body, answer))
        return NULL;
    cJSON *input = cJSON_Duplicate(body, true);
    json_drop_nulls(input);
    if (!settle_input(input, world, &pricing, answer)) {
        cJSON_Delete(input);
        return NULL;
    }
    struct session *session = must_alloc_zero(sizeof *session);
    id_make(session->id, "cs", world);
    char prefix[ID_SIZE + 16];
    snprintf(prefix, sizeof prefix, "%s_secret", session->id);
    secret_make(session->secret, prefix);
    id_make_plain(session->rate_id, "exr");
    id_make_plain(session->discount_id, "di");
    if (link_id)
        snprintf(session->link_id, sizeof session->link_id, "%s", link_id);
    session->world = world;
    session->input = input;
    session->created = session->updated = clock_now();
    session->expires = session->created +
                       json_int_at(input, "expiresAfterMinutes", 1440) * MILLISECONDS_PER_MINUTE;
    state_deadline(session->expires);
    take_pricing(session, &pricing);
    take_details(session);
    session->fields = session_shown_fields(input);
    index_add(&state.sessions, session->id, session);
    list_add(&state.all_sessions, session);
    return session;
}

/* A new value of one field pushes out the field that it excludes. */
static void push_out(cJSON *merged, const cJSON *body)
{
    static const struct {
        const char *given, *dropped;
    } pairs[] = {
        {"customerId", "customerDetails"},
        {"customerDetails", "customerId"},
        {"paymentMethodTypes", "paymentMethodConfigurationId"},
        {"paymentMethodConfigurationId", "paymentMethodTypes"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (json_member(body, pairs[i].given) && !json_member(body, pairs[i].dropped))
            cJSON_DeleteItemFromObjectCaseSensitive(merged, pairs[i].dropped);
    if (!json_member(merged, "customerId") && !json_member(body, "customerUpdate"))
        cJSON_DeleteItemFromObjectCaseSensitive(merged, "customerUpdate");
}

bool session_update(struct session *session, const cJSON *body, struct answer *answer)
{
    if (session->status != SESSION_OPEN || session_is_expired(session))
        return refuse(answer, "resource_invalid_state", NULL,
                      "Only an open session can be updated.");
    if (!session_update_rules(body, answer))
        return false;
    cJSON *merged = json_merged(session->input, body);
    push_out(merged, body);
    /* The currency was settled at creation; its locked rate stays. */
    json_put(merged, "currency", cJSON_CreateString(session->currency->code));
    struct pricing pricing;
    if (!settle_input(merged, session->world, &pricing, answer)) {
        cJSON_Delete(merged);
        return false;
    }
    cJSON_Delete(session->input);
    session->input = merged;
    take_pricing(session, &pricing);
    if (json_member_or_null(body, "customerDetails") || json_member_or_null(body, "customerId"))
        take_details(session);
    if (json_member_or_null(body, "customFields")) {
        cJSON_Delete(session->fields);
        session->fields = session_shown_fields(merged);
    }
    session->updated = clock_now();
    session_touch(session);
    return true;
}

bool session_is_expired(const struct session *session)
{
    return session->status == SESSION_EXPIRED ||
           (session->status == SESSION_OPEN && clock_now() >= session->expires);
}

void session_expire(struct session *session)
{
    session->status = SESSION_EXPIRED;
    session->updated = clock_now();
    session_touch(session);
    event_session("checkout.session.expired", session);
}

void sessions_expire_due(void)
{
    int64_t now = clock_now();
    if (now < state.next_deadline)
        return;
    state.next_deadline = INT64_MAX;
    for (size_t i = 0; i < state.all_sessions.count; i++) {
        struct session *session = state.all_sessions.items[i];
        if (session->status == SESSION_OPEN && now >= session->expires)
            session_expire(session);
        else if (session->status == SESSION_OPEN)
            state_deadline(session->expires);
        else
            payment_expire_reference(session, now);
    }
}

size_t session_methods(const struct session *session, const struct method *out[METHODS_MAX])
{
    const cJSON *types = json_list_at(session->input, "paymentMethodTypes");
    const char *id = json_text_at(session->input, "paymentMethodConfigurationId");
    const struct configuration *configuration = configuration_find(id ? id : "pmc_sandbox_default");
    size_t count = 0;
    if (types) {
        for (const cJSON *type = types->child; type && count < METHODS_MAX; type = type->next)
            out[count++] = method_find(type->valuestring);
        return count;
    }
    for (const char *const *type = configuration->methods; *type && count < METHODS_MAX; type++) {
        const struct method *method = method_find(*type);
        if (!method->processing_only || session->currency == currency_processing())
            out[count++] = method;
    }
    return count;
}
