/* Operations on products and their prices. */
#include "json.h"
#include "listing.h"
#include "products.h"
#include "show_product.h"
#include "text.h"

#include <string.h>

static struct product *named_product(const struct call *call, struct answer *answer)
{
    struct product *product = product_find(call->id, call->world);
    if (!product)
        refuse(answer, "resource_missing", "id", "No such product.");
    return product;
}

static struct price *named_price(const struct call *call, struct answer *answer)
{
    struct price *price = price_find(call->id, call->world);
    if (!price)
        refuse(answer, "resource_missing", "id", "No such price.");
    return price;
}

bool act_create_product(const struct call *call, struct answer *answer)
{
    const struct product *product = product_create(call->body, call->world, answer);
    if (product)
        answer_json(answer, 201, show_listed_product(product));
    return false;
}

bool act_get_product(const struct call *call, struct answer *answer)
{
    const struct product *product = named_product(call, answer);
    if (product)
        answer_json(answer, 200, show_product(product));
    return false;
}

bool act_update_product(const struct call *call, struct answer *answer)
{
    struct product *product = named_product(call, answer);
    if (product && product_update(product, call->body, answer))
        answer_json(answer, 200, show_product(product));
    return false;
}

bool act_delete_product(const struct call *call, struct answer *answer)
{
    struct product *product = named_product(call, answer);
    if (product && product_delete(product, answer))
        answer_nothing(answer);
    return false;
}

bool act_create_price(const struct call *call, struct answer *answer)
{
    struct product *product = product_find(pairs_find(call->query, "productId"), call->world);
    if (!product)
        return refuse(answer, "resource_missing", "productId", "No such product.");
    const struct price *price = price_create(product, call->body, answer);
    if (price)
        answer_json(answer, 201, show_price(price));
    return false;
}

bool act_update_price(const struct call *call, struct answer *answer)
{
    struct price *price = named_price(call, answer);
    if (price && price_update(price, call->body, answer))
        answer_json(answer, 200, show_price(price));
    return false;
}

bool act_delete_price(const struct call *call, struct answer *answer)
{
    struct price *price = named_price(call, answer);
    if (price && price_delete(price, answer))
        answer_nothing(answer);
    return false;
}

/* What a list of products is narrowed to. */
struct filter {
    bool active_given, active;
    const char *search; /* or NULL */
    cJSON *metadata;    /* every member must be the product's; or NULL */
};

static bool read_filter(struct filter *filter, const struct call *call, struct answer *answer)
{
    const char *metadata = pairs_find_filled(call->query, "metadata");
    filter->search = pairs_find_filled(call->query, "search");
    if (!query_flag(call, "active", &filter->active_given, &filter->active, answer))
        return false;
    filter->metadata = metadata ? json_read(metadata, strlen(metadata), NULL) : NULL;
    if (!metadata || cJSON_IsObject(filter->metadata))
        return true;
    cJSON_Delete(filter->metadata);
    return refuse(answer, "parameter_invalid", "metadata", "metadata must be a JSON object.");
}

static bool passes(const struct filter *filter, const struct product *product)
{
    const char *const texts[] = {json_text_at(product->input, "name"),
                                 json_text_at(product->input, "description"),
                                 json_text_at(product->input, "unitLabel")};
    const cJSON *metadata = json_member(product->input, "metadata");
    for (const cJSON *wanted = filter->metadata ? filter->metadata->child : NULL; wanted;
         wanted = wanted->next)
        if (!cJSON_Compare(wanted, json_member_or_null(metadata, wanted->string), true))
            return false;
    return (!filter->active_given || product_is_active(product) == filter->active) &&
           (!filter->search || search_finds(filter->search, texts, sizeof texts / sizeof texts[0]));
}

bool act_list_products(const struct call *call, struct answer *answer)
{
    struct listing listing;
    struct filter filter;
    if (!listing_read(&listing, call, answer) || !read_filter(&filter, call, answer))
        return false;
    cJSON *shown = cJSON_CreateObject();
    cJSON *data = json_add_list(shown, "data");
    const struct list *all = products_of(call->world);
    for (size_t i = all->count; i > 0; i--)
        if (passes(&filter, all->items[i - 1]) && listing_takes(&listing))
            cJSON_AddItemToArray(data, show_listed_product(all->items[i - 1]));
    json_add_int(shown, "totalCount", listing.count);
    json_add_int(shown, "page", listing.page);
    json_add_int(shown, "limit", listing.limit);
    json_add_int(shown, "totalPages", (listing.count + listing.limit - 1) / listing.limit);
    cJSON_Delete(filter.metadata);
    answer_json(answer, 200, shown);
    return false;
}
