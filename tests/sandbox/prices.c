/* A price keeps the body that made it with every update merged in, as a session does. */
#include "prices.h"
#include "clock.h"
#include "events.h"
#include "formats.h"
#include "json.h"
#include "price_rules.h"
#include "products.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>

static struct index shelves[WORLDS]; /* by id */

struct price *price_find(const char *id, enum world world)
{
    return index_find(&shelves[world], id);
}

bool price_is_active(const struct price *price)
{
    return !cJSON_IsFalse(json_member(price->input, "active"));
}

bool price_is_custom(const struct price *price)
{
    return same_text(json_text_at(price->input, "type"), "CUSTOM");
}

int64_t price_unit_amount(const struct price *price)
{
    const cJSON *custom = json_member(price->input, "customUnitAmount");
    int64_t least = json_int_at(custom, "minimum", 0);
    return json_int_at(price->input, "unitAmount", json_int_at(custom, "preset", least));
}

void price_take(struct price *price, int64_t quantity)
{
    if (price && price->counted)
        price->stock -= quantity;
}

/* Checks the merged body and takes it over; it is freed if it does not pass. */
static bool price_settle(struct price *price, cJSON *input, const char *prefix,
                         struct answer *answer)
{
    if (!price_rules(input, prefix, answer)) {
        cJSON_Delete(input);
        return false;
    }
    cJSON *recurring = cJSON_GetObjectItemCaseSensitive(input, "recurring");
    if (recurring && !json_member(recurring, "intervalCount"))
        json_put(recurring, "intervalCount", cJSON_CreateNumber(1));
    const char *starts = json_text_at(input, "startDate");
    const char *ends = json_text_at(input, "expirationDate");
    price->starts = price->ends = 0;
    if (starts)
        date_time_read(starts, &price->starts);
    if (ends)
        date_time_read(ends, &price->ends);
    price->currency = currency_find(json_text_at(input, "currency"));
    cJSON_Delete(price->input);
    price->input = input;
    price->updated = price->product->updated = clock_now();
    return true;
}

static void take_stock(struct price *price, const cJSON *body)
{
    if (!json_member_or_null(body, "stock"))
        return;
    price->counted = json_member(body, "stock") != NULL;
    price->stock = json_int_at(body, "stock", 0);
}

void price_free(void *item)
{
    struct price *price = item;
    index_remove(&shelves[price->product->world], price->id);
    cJSON_Delete(price->input);
    free(price);
}

struct price *price_add(struct product *product, const char *id, const cJSON *body,
                        const char *prefix, struct answer *answer)
{
    struct price *price = must_alloc_zero(sizeof *price);
    cJSON *input = cJSON_Duplicate(body, true);
    json_drop_nulls(input);
    price->product = product;
    if (!price_settle(price, input, prefix, answer)) {
        free(price);
        return NULL;
    }
    if (id)
        snprintf(price->id, sizeof price->id, "%s", id);
    else
        id_make_plain(price->id, "price");
    price->created = price->updated;
    take_stock(price, body);
    list_add(&product->prices, price);
    index_add(&shelves[product->world], price->id, price);
    return price;
}

struct price *price_create(struct product *product, const cJSON *body, struct answer *answer)
{
    struct price *price = price_add(product, NULL, body, "", answer);
    if (price)
        event_product("product.updated", product);
    return price;
}

/* What belongs to the former type goes with it, unless the body says otherwise. */
static void drop_foreign(cJSON *merged, const cJSON *body)
{
    static const struct {
        const char *member, *type, *or_type;
    } owners[] = {
        {"unitAmount", "ONE_TIME", "RECURRING"},
        {"recurring", "RECURRING", NULL},
        {"customUnitAmount", "CUSTOM", NULL},
    };
    const char *type = json_text_at(body, "type");
    for (size_t i = 0; type && i < sizeof owners / sizeof owners[0]; i++)
        if (!same_text(owners[i].type, type) && !same_text(owners[i].or_type, type) &&
            !json_member(body, owners[i].member))
            json_remove(merged, owners[i].member);
}

bool price_update(struct price *price, const cJSON *body, struct answer *answer)
{
    if (price->used && !price_keeps_terms(body, answer))
        return false;
    cJSON *merged = json_merged(price->input, body);
    drop_foreign(merged, body);
    if (!price_settle(price, merged, "", answer))
        return false;
    take_stock(price, body);
    event_product("product.updated", price->product);
    return true;
}

bool price_delete(struct price *price, struct answer *answer)
{
    struct product *product = price->product;
    if (price->used)
        return refuse_with(answer, 400, "resource_invalid_state", "id",
                           "The price was used; set active to false instead.");
    if (product->default_price == price)
        product->default_price = NULL;
    list_remove(&product->prices, price);
    price_free(price);
    product->updated = clock_now();
    event_product("product.updated", product);
    return true;
}

void prices_free(void)
{
    for (int world = 0; world < WORLDS; world++)
        index_free(&shelves[world]);
}
