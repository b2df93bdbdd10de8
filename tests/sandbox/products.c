/* Like sessions, products and prices keep the body that made them with every update merged in. */
#include "products.h"
#include "clock.h"
#include "events.h"
#include "formats.h"
#include "json.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct shelf {
    struct index products; /* by id */
    struct list all_products;
} shelves[WORLDS];

const struct list *products_of(enum world world)
{
    return &shelves[world].all_products;
}

struct product *product_find(const char *id, enum world world)
{
    return index_find(&shelves[world].products, id);
}

bool product_is_active(const struct product *product)
{
    return !cJSON_IsFalse(json_member(product->input, "active"));
}

/* Limits are stated for products of inline prices only; the same ones are taken here. */
static bool texts_fit(const cJSON *input, struct answer *answer)
{
    static const struct {
        const char *member;
        size_t least, most;
    } limits[] = {{"name", 1, 255}, {"description", 0, 500}, {"unitLabel", 0, 50}};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        const char *text = json_text_at(input, limits[i].member);
        size_t characters = text ? text_characters(text) : limits[i].least;
        if (characters < limits[i].least || characters > limits[i].most)
            return refuse(answer, "parameter_invalid", limits[i].member,
                          "%s must have %zu to %zu characters.", limits[i].member, limits[i].least,
                          limits[i].most);
    }
    const char *image = json_text_at(input, "image");
    return !image || (url_is_secure(image) && format_find("uri")(image))
               ? true
               : refuse(answer, "parameter_invalid", "image", "image must be an https URL.");
}

/* "true" and "false" may stand for the values, and a JSON text for the metadata. */
static bool unwrap(cJSON *input, struct answer *answer)
{
    const char *active = json_text_at(input, "active");
    if (active)
        json_put(input, "active", cJSON_CreateBool(same_text(active, "true")));
    const char *text = json_text_at(input, "metadata");
    if (!text)
        return true;
    cJSON *metadata = json_read(text, strlen(text), NULL);
    if (!cJSON_IsObject(metadata)) {
        cJSON_Delete(metadata);
        return refuse(answer, "parameter_invalid", "metadata",
                      "metadata must be an object, or a JSON text of one.");
    }
    json_put(input, "metadata", metadata);
    return true;
}

static void product_free(void *item)
{
    struct product *product = item;
    list_free(&product->prices, price_free);
    cJSON_Delete(product->input);
    free(product);
}

static struct product *product_make(const char *id, cJSON *input, enum world world)
{
    struct product *product = must_alloc_zero(sizeof *product);
    if (id)
        snprintf(product->id, sizeof product->id, "%s", id);
    else
        id_make_plain(product->id, "prod");
    product->world = world;
    product->input = input;
    product->created = product->updated = clock_now();
    return product;
}

static void product_shelve(struct product *product)
{
    index_add(&shelves[product->world].products, product->id, product);
    list_add(&shelves[product->world].all_products, product);
}

struct product *product_create(const cJSON *body, enum world world, struct answer *answer)
{
    cJSON *input = cJSON_Duplicate(body, true);
    const cJSON *default_price = json_member(body, "defaultPrice");
    json_drop_nulls(input);
    json_remove(input, "defaultPrice");
    struct product *product = product_make(NULL, input, world);
    if (texts_fit(input, answer) && unwrap(input, answer) &&
        (!default_price || (product->default_price = price_add(product, NULL, default_price,
                                                               "defaultPrice.", answer)))) {
        product_shelve(product);
        event_product("product.created", product);
        return product;
    }
    product_free(product);
    return NULL;
}

/* Keys that are given join those that are there. */
static void merge_metadata(cJSON *merged, const cJSON *before)
{
    const cJSON *given = json_member(merged, "metadata");
    if (given && before)
        json_put(merged, "metadata", json_joined(before, given));
}

/* The price that an update makes the default one: NULL for none. False with a refusal. */
static bool find_default(const struct product *product, const char *id, struct price **out,
                         struct answer *answer)
{
    *out = NULL;
    if (!id || !*id)
        return true;
    struct price *price = price_find(id, product->world);
    if (!price || price->product != product)
        return refuse(answer, "resource_missing", "defaultPrice",
                      "defaultPrice names no price of this product.");
    *out = price;
    return true;
}

bool product_update(struct product *product, const cJSON *body, struct answer *answer)
{
    struct price *chosen = product->default_price;
    cJSON *merged = json_merged(product->input, body);
    bool fits = texts_fit(merged, answer) && unwrap(merged, answer) &&
                (!json_member_or_null(body, "defaultPrice") ||
                 find_default(product, json_text_at(body, "defaultPrice"), &chosen, answer));
    if (!fits) {
        cJSON_Delete(merged);
        return false;
    }
    json_remove(merged, "defaultPrice");
    merge_metadata(merged, json_member(product->input, "metadata"));
    cJSON_Delete(product->input);
    product->input = merged;
    product->default_price = chosen;
    product->updated = clock_now();
    event_product("product.updated", product);
    return true;
}

bool product_delete(struct product *product, struct answer *answer)
{
    struct shelf *shelf = &shelves[product->world];
    for (size_t i = 0; i < product->prices.count; i++)
        if (((struct price *)product->prices.items[i])->used)
            return refuse_with(answer, 400, "resource_invalid_state", "id",
                               "A price of the product was used; set active to false instead.");
    event_product("product.deleted", product);
    index_remove(&shelf->products, product->id);
    list_remove(&shelf->all_products, product);
    product_free(product);
    return true;
}

static const struct {
    const char *product, *name, *price, *input;
} seeds[] = {
    {"prod_sandbox_tea", "Tea", "price_sandbox_tea",
     "{\"type\":\"ONE_TIME\",\"currency\":\"EGP\",\"unitAmount\":4500}"},
    {"prod_sandbox_tea", "Tea", "price_sandbox_retired",
     "{\"type\":\"ONE_TIME\",\"currency\":\"EGP\",\"unitAmount\":3000,\"active\":false}"},
    {"prod_sandbox_tea", "Tea", "price_sandbox_monthly",
     "{\"type\":\"RECURRING\",\"currency\":\"EGP\",\"unitAmount\":9000,"
     "\"recurring\":{\"interval\":\"MONTH\"}}"},
    {"prod_sandbox_kettle", "Kettle", "price_sandbox_kettle",
     "{\"type\":\"ONE_TIME\",\"currency\":\"EGP\",\"unitAmount\":149900}"},
    {"prod_sandbox_book", "Book", "price_sandbox_book",
     "{\"type\":\"ONE_TIME\",\"currency\":\"USD\",\"unitAmount\":1999}"},
    {"prod_sandbox_donation", "Donation", "price_sandbox_donation",
     "{\"type\":\"CUSTOM\",\"currency\":\"EGP\",\"customUnitAmount\":{\"preset\":5000}}"},
};

static void seed(enum world world)
{
    for (size_t i = 0; i < sizeof seeds / sizeof seeds[0]; i++) {
        struct answer refused = {0};
        struct product *product = product_find(seeds[i].product, world);
        if (!product) {
            cJSON *input = cJSON_CreateObject();
            json_add_text(input, "name", seeds[i].name);
            product = product_make(seeds[i].product, input, world);
            product_shelve(product);
        }
        cJSON *body = cJSON_Parse(seeds[i].input);
        struct price *price = price_add(product, seeds[i].price, body, "", &refused);
        cJSON_Delete(body);
        if (!price)
            abort(); /* a row that the sandbox's own rules refuse */
        if (!product->default_price)
            product->default_price = price;
    }
}

void products_seed(void)
{
    for (int world = 0; world < WORLDS; world++)
        seed((enum world)world);
}

void products_free(void)
{
    for (int world = 0; world < WORLDS; world++) {
        list_free(&shelves[world].all_products, product_free);
        index_free(&shelves[world].products);
    }
    prices_free();
}
