/* Each object comes in two shapes: by itself and as a row of a list, and a price in a third one,
 * on a line. */
#include "show_product.h"
#include "json.h"

static void copy_members(cJSON *shown, const cJSON *input, const char *const *members)
{
    for (; *members; members++)
        json_add_copy(shown, *members, json_member(input, *members));
}

static void show_stock(cJSON *shown, const struct price *price)
{
    if (price->counted)
        json_add_int(shown, "stock", price->stock);
    else
        json_add_null(shown, "stock");
}

/* {minimum, maximum, preset}, whole; only a CUSTOM price has it. */
static void show_custom(cJSON *shown, const struct price *price)
{
    static const char *const members[] = {"minimum", "maximum", "preset", NULL};
    copy_members(json_add_object(shown, "customUnitAmount"),
                 json_member(price->input, "customUnitAmount"), members);
}

cJSON *show_price(const struct price *price)
{
    static const char *const first[] = {"name", "description", "currency", "unitAmount",
                                        "type", "recurring",   NULL};
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", price->id);
    json_add_text(shown, "object", "price");
    copy_members(shown, price->input, first);
    if (price_is_custom(price))
        show_custom(shown, price);
    else
        json_add_null(shown, "customUnitAmount");
    show_stock(shown, price);
    json_add_time(shown, "startDate", price->starts);
    json_add_time(shown, "expirationDate", price->ends);
    json_add_flag(shown, "active", price_is_active(price));
    json_add_time(shown, "createdAt", price->created);
    json_add_time(shown, "updatedAt", price->updated);
    json_add_text(shown, "productId", price->product->id);
    return shown;
}

static cJSON *show_listed_price(const struct price *price)
{
    static const char *const first[] = {"unitAmount", "currency", "type", "recurring", NULL};
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", price->id);
    copy_members(shown, price->input, first);
    if (price_is_custom(price))
        show_custom(shown, price);
    else
        json_add_null(shown, "customUnitAmount");
    show_stock(shown, price);
    json_add_time(shown, "createdAt", price->created);
    return shown;
}

cJSON *show_line_price(const struct price *price)
{
    static const char *const of_product[] = {"name", "description", "image", "unitLabel", NULL};
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", price->id);
    json_add_int(shown, "unitAmount", price_unit_amount(price));
    json_add_text(shown, "currency", price->currency->code);
    json_add_copy(shown, "type", json_member(price->input, "type"));
    if (price_is_custom(price))
        show_custom(shown, price);
    json_add_time(shown, "createdAt", price->created);
    json_add_flag(shown, "active", price_is_active(price));
    show_stock(shown, price);
    json_add_time(shown, "startDate", price->starts);
    json_add_time(shown, "expirationDate", price->ends);
    cJSON *product = json_add_object(shown, "product");
    json_add_text(product, "id", price->product->id);
    copy_members(product, price->product->input, of_product);
    json_add_flag(product, "active", product_is_active(price->product));
    return shown;
}

/* What both shapes of a product have. */
static cJSON *show_common(const struct product *product, cJSON *shown,
                          cJSON *(*show)(const struct price *price))
{
    static const char *const first[] = {"name", "description", "image", "unitLabel", NULL};
    copy_members(shown, product->input, first);
    json_add_flag(shown, "active", product_is_active(product));
    json_add_flag(shown, "isSystemCreated", false);
    json_add_copy(shown, "metadata", json_member(product->input, "metadata"));
    cJSON *list = json_add_list(shown, "prices");
    for (size_t i = 0; i < product->prices.count; i++)
        cJSON_AddItemToArray(list, show(product->prices.items[i]));
    json_add_time(shown, "createdAt", product->created);
    json_add_time(shown, "updatedAt", product->updated);
    return shown;
}

cJSON *show_product(const struct product *product)
{
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", product->id);
    json_add_text(shown, "object", "product");
    json_add_text(shown, "merchantId", merchant_of(product->world)->id);
    json_add_text(shown, "defaultPriceId",
                  product->default_price ? product->default_price->id : NULL);
    return show_common(product, shown, show_price);
}

cJSON *show_listed_product(const struct product *product)
{
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", product->id);
    return show_common(product, shown, show_listed_price);
}
