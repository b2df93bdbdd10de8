/* Making customers and finding them again. */
#include "customers.h"
#include "clock.h"
#include "events.h"
#include "json.h"
#include "payments.h"
#include "text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* +201012345678 from 01012345678, 00201012345678 or +20 101 234 5678; anything else as it is. */
static char *canonical_phone(const char *phone)
{
    struct text digits = {0};
    bool plus = phone && *phone == '+';
    for (const char *at = phone; at && *at; at++) {
        if (isdigit((unsigned char)*at))
            text_add_bytes(&digits, at, 1);
        else if (!strchr(" -().+", *at) || (*at == '+' && at != phone)) {
            text_free(&digits);
            return must_copy_filled(phone);
        }
    }
    char *raw = text_take(&digits);
    char *canonical = NULL;
    size_t length = strlen(raw);
    if (plus && length >= 8 && length <= 15)
        canonical = must_format("+%s", raw);
    else if (!plus && strncmp(raw, "00", 2) == 0 && length >= 10 && length <= 17)
        canonical = must_format("+%s", raw + 2);
    else if (!plus && raw[0] == '0' && raw[1] == '1' && length == 11)
        canonical = must_format("+2%s", raw);
    free(raw);
    return canonical ? canonical : must_copy_filled(phone);
}

static struct customer *add_customer(enum world world, bool guest, const char *name,
                                     const char *email, const char *phone)
{
    struct customer *customer = must_alloc_zero(sizeof *customer);
    id_make_plain(customer->id, "cus");
    customer->world = world;
    customer->guest = guest;
    customer->created = customer->updated = clock_now();
    customer->name = must_copy_filled(name);
    customer->email = must_copy_filled(email);
    customer->phone = canonical_phone(phone);
    customer->currency = currency_processing();
    index_add(&state.customers, customer->id, customer);
    list_add(&state.all_customers, customer);
    return customer;
}

static bool same_email(const char *a, const char *b)
{
    return a && b && strcasecmp(a, b) == 0;
}

static struct customer *registered_with(enum world world, const char *email)
{
    for (size_t i = 0; i < state.all_customers.count; i++) {
        struct customer *customer = state.all_customers.items[i];
        if (customer->world == world && !customer->guest && same_email(customer->email, email))
            return customer;
    }
    return NULL;
}

struct customer *customer_create(const cJSON *body, enum world world, struct answer *answer)
{
    const char *email = json_text_at(body, "email");
    const char *phone = json_text_at(body, "phone");
    if ((!email || !*email) && (!phone || !*phone)) {
        refuse(answer, "parameter_invalid", "email", "A customer needs an email or a phone.");
        return NULL;
    }
    if (registered_with(world, email)) {
        refuse(answer, "resource_invalid_state", "email",
               "Another customer has this email already.");
        return NULL;
    }
    struct customer *customer =
        add_customer(world, false, json_text_at(body, "name"), email, phone);
    const cJSON *address = json_member(body, "address");
    const cJSON *metadata = json_member(body, "metadata");
    const struct currency *currency = currency_find(json_text_at(body, "currency"));
    customer->address = address ? cJSON_Duplicate(address, true) : NULL;
    customer->metadata = metadata ? cJSON_Duplicate(metadata, true) : NULL;
    if (currency)
        customer->currency = currency;
    event_customer("customer.created", customer);
    return customer;
}

struct customer *customer_add_numbered(enum world world)
{
    long long number = (long long)state.all_customers.count + 1;
    char *name = must_format("Customer %lld", number);
    char *email = must_format("customer-%lld@sandbox.example", number);
    struct customer *customer = add_customer(world, false, name, email, NULL);
    free(name);
    free(email);
    return customer;
}

static struct customer *guest_with(enum world world, const char *email, const char *phone)
{
    char *canonical = canonical_phone(phone);
    struct customer *found = NULL;
    for (size_t i = 0; i < state.all_customers.count && !found; i++) {
        struct customer *customer = state.all_customers.items[i];
        if (customer->world != world || !customer->guest)
            continue;
        bool match = email       ? same_email(customer->email, email)
                     : canonical ? same_text(customer->phone, canonical)
                                 : !customer->email && !customer->phone;
        found = match ? customer : NULL;
    }
    free(canonical);
    return found;
}

struct customer *customer_for_completion(const struct session *session)
{
    const char *name = payment_known(session, "name");
    const char *email = payment_known(session, "email");
    const char *phone = payment_known(session, "phone");
    bool registered = same_text(json_text_at(session->input, "customerCreation"), "always");
    struct customer *customer = registered ? registered_with(session->world, email)
                                           : guest_with(session->world, email, phone);
    if (customer)
        return customer;
    customer = add_customer(session->world, !registered, name, email, phone);
    event_customer("customer.created", customer);
    return customer;
}

void customer_note_charge(struct customer *customer, const struct charge *charge)
{
    if (!customer)
        return;
    int64_t now = clock_now();
    struct spending *spent = &customer->spent;
    spent->gross += charge->amount;
    spent->payments++;
    spent->first = spent->first ? spent->first : now;
    spent->last = now;
    customer->latest = charge;
    customer->updated = now;
    if (!same_text(charge->method->type, "card"))
        return;
    customer->card_seen_first = customer->card_seen_first ? customer->card_seen_first : now;
    customer->card_seen_last = now;
    customer->card_charges++;
}

void customer_note_refund(struct customer *customer, int64_t amount)
{
    if (customer)
        customer->spent.refunded += amount;
}
