/* A link is checked by the rules of the sessions that it makes, so what it lets through cannot
 * fail on the visitor because of its form. */
#include "links.h"
#include "clock.h"
#include "formats.h"
#include "json.h"
#include "pricing.h"
#include "session_rules.h"
#include "sessions.h"
#include "schema.h"
#include "text.h"

#include <stdlib.h>

static struct index links; /* by id */
static struct list all_links;

const struct list *links_all(void)
{
    return &all_links;
}

struct link *link_find(const char *id, enum world world)
{
    struct link *link = index_find(&links, id);
    return link && link->world == world ? link : NULL;
}

/* The body of the create call that a visit makes. */
static cJSON *session_body(const cJSON *input)
{
    static const char *const copied[] = {"afterCompletion",
                                         "nameCollection",
                                         "billingAddressCollection",
                                         "shippingAddressCollection",
                                         "phoneNumberCollection",
                                         "allowPromotionCodes",
                                         "submitType",
                                         "customerCreation",
                                         "customFields",
                                         "metadata",
                                         "feeConfig",
                                         "brandingSettings",
                                         "paymentMethodConfigurationId"};
    cJSON *body = cJSON_CreateObject();
    for (size_t i = 0; i < sizeof copied / sizeof copied[0]; i++)
        if (json_member(input, copied[i]))
            json_add_copy(body, copied[i], json_member(input, copied[i]));
    cJSON *lines = json_add_list(body, "lineItems");
    const cJSON *given = json_list_at(input, "lineItems");
    for (const cJSON *line = given ? given->child : NULL; line; line = line->next) {
        cJSON *item = cJSON_CreateObject();
        json_add_copy(item, "price", json_member(line, "priceId"));
        json_add_copy(item, "quantity", json_member(line, "quantity"));
        if (json_member(line, "adjustableQuantity"))
            json_add_copy(item, "adjustableQuantity", json_member(line, "adjustableQuantity"));
        cJSON_AddItemToArray(lines, item);
    }
    return body;
}

static bool rules(const cJSON *input, enum world world, const struct currency *currency,
                  struct answer *answer)
{
    cJSON *body = session_body(input);
    schema_fill_defaults(schema_named("CreateCheckoutSession"), body);
    bool fits = session_rules(body, world, answer) && session_method_rules(body, currency, answer);
    cJSON_Delete(body);
    return fits;
}

/* A moment that has passed is refused: whether the platform takes it is not known. */
static bool read_expiry(const cJSON *body, int64_t *expires, struct answer *answer)
{
    const char *text = json_text_at(body, "expiresAt");
    if (!json_member_or_null(body, "expiresAt"))
        return true;
    *expires = 0;
    if (text && !date_time_read(text, expires))
        return refuse(answer, "parameter_invalid", "expiresAt",
                      "expiresAt must be a date-time with a zone, such as 2024-12-31T23:59:59Z.");
    return !text || *expires > clock_now()
               ? true
               : refuse(answer, "parameter_invalid", "expiresAt", "expiresAt has passed.");
}

static void take_pricing(struct link *link, const struct pricing *pricing)
{
    lines_free(link->lines, link->line_count);
    link->currency = pricing->currency;
    link->lines = pricing->lines;
    link->line_count = pricing->line_count;
    link->amount = pricing->priced.subtotal;
    pricing_use(link->lines, link->line_count);
}

/* Checks the merged body and takes it over if it passes; it is freed if not. Lines that the body
 * of the call does not name stay as they are, even if they could not be bought any more. */
static bool settle(struct link *link, cJSON *merged, const cJSON *body, struct answer *answer)
{
    struct pricing pricing = {0};
    struct pricing_source from = {link->world, "priceId"};
    int64_t expires = link->expires;
    bool priced = json_member(body, "lineItems") != NULL;
    if ((priced && !pricing_make(&pricing, merged, &from, answer)) ||
        !rules(merged, link->world, priced ? pricing.currency : link->currency, answer) ||
        !read_expiry(body, &expires, answer)) {
        pricing_free(&pricing);
        cJSON_Delete(merged);
        return false;
    }
    if (priced)
        take_pricing(link, &pricing);
    cJSON_Delete(link->input);
    cJSON_Delete(link->fields);
    link->input = merged;
    link->fields = session_shown_fields(merged);
    link->expires = expires;
    link->updated = clock_now();
    return true;
}

struct link *link_create(const cJSON *body, enum world world, struct answer *answer)
{
    struct link *link = must_alloc_zero(sizeof *link);
    cJSON *input = cJSON_Duplicate(body, true);
    json_drop_nulls(input);
    schema_fill_defaults(schema_named("CreatePaymentLink"), input);
    link->world = world;
    link->active = true;
    if (!settle(link, input, body, answer)) {
        free(link);
        return NULL;
    }
    id_make_plain(link->id, "plink");
    link->created = link->updated;
    index_add(&links, link->id, link);
    list_add(&all_links, link);
    return link;
}

bool link_update(struct link *link, const cJSON *body, struct answer *answer)
{
    cJSON *merged = json_merged(link->input, body);
    const cJSON *active = json_member(body, "active");
    json_remove(merged, "active");
    if (!settle(link, merged, body, answer))
        return false;
    if (active)
        link->active = cJSON_IsTrue(active);
    return true;
}

const char *link_obstacle(const struct link *link, const char **why)
{
    if (!link->active) {
        *why = "This payment link is not active.";
        return "payment_link_inactive";
    }
    if (link->expires && clock_now() >= link->expires) {
        *why = "This payment link has expired.";
        return "payment_link_expired";
    }
    return NULL;
}

struct session *link_visit(const struct link *link, struct answer *answer)
{
    cJSON *body = session_body(link->input);
    struct session *session = session_create(body, link->world, link->id, answer);
    cJSON_Delete(body);
    return session;
}

static void link_free(void *item)
{
    struct link *link = item;
    lines_free(link->lines, link->line_count);
    cJSON_Delete(link->input);
    cJSON_Delete(link->fields);
    free(link);
}

void links_free(void)
{
    list_free(&all_links, link_free);
    index_free(&links);
}
