/* A payment link by itself and as a row of the list. */
#include "json.h"
#include "links.h"
#include "show_product.h"

static void show_lines(cJSON *shown, const struct link *link)
{
    cJSON *list = json_add_list(shown, "lineItems");
    for (size_t i = 0; i < link->line_count; i++) {
        const struct line *line = &link->lines[i];
        cJSON *item = cJSON_CreateObject();
        json_add_text(item, "id", line->id);
        json_add_int(item, "quantity", line->quantity);
        cJSON_AddItemToObject(item, "price", show_line_price(line->catalogued));
        if (line->adjustable)
            json_add_copy(item, "adjustableQuantity", line->adjustable);
        json_add_int(item, "amountSubtotal", line->priced.subtotal);
        json_add_int(item, "amountTotal", line->priced.subtotal);
        json_add_text(item, "currency", link->currency->code);
        json_add_text(item, "description", line->description);
        cJSON_AddItemToArray(list, item);
    }
}

static void show_completion(cJSON *shown, const struct link *link)
{
    static const char *const members[] = {"type", "redirect", "hostedConfirmation"};
    const cJSON *given = json_member(link->input, "afterCompletion");
    cJSON *after = json_add_object(shown, "afterCompletion");
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        json_add_copy(after, members[i], json_member(given, members[i]));
}

static void show_common(cJSON *shown, const struct link *link)
{
    json_add_text(shown, "merchantId", merchant_of(link->world)->id);
    json_add_flag(shown, "active", link->active);
    if (link->expires)
        json_add_time(shown, "expiresAt", link->expires);
    json_add_text(shown, "currency", link->currency->code);
    json_add_int(shown, "computedAmount", link->amount);
    json_add_copy(shown, "submitType", json_member(link->input, "submitType"));
    show_completion(shown, link);
    show_lines(shown, link);
    json_add_time(shown, "createdAt", link->created);
    json_add_time(shown, "updatedAt", link->updated);
}

cJSON *show_listed_link(const struct link *link)
{
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", link->id);
    show_common(shown, link);
    return shown;
}

cJSON *show_link(const struct link *link)
{
    static const char *const flags[] = {"nameCollection", "billingAddressCollection",
                                        "shippingAddressCollection", "phoneNumberCollection",
                                        "allowPromotionCodes"};
    static const char *const copied[] = {"customerCreation", "feeConfig", "brandingSettings",
                                         "paymentMethodConfigurationId"};
    const cJSON *metadata = json_member(link->input, "metadata");
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", link->id);
    json_add_text(shown, "object", "payment_link");
    show_common(shown, link);
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        json_add_flag(shown, flags[i], json_flag_at(link->input, flags[i]));
    for (size_t i = 0; i < sizeof copied / sizeof copied[0]; i++)
        json_add_copy(shown, copied[i], json_member(link->input, copied[i]));
    json_add_copy(shown, "customFields", link->fields);
    cJSON_AddItemToObject(shown, "metadata",
                          metadata ? cJSON_Duplicate(metadata, true) : cJSON_CreateObject());
    return shown;
}
