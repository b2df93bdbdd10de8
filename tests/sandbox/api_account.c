/* GET /account: the cheapest way to try a key. */
#include "json.h"
#include "operations.h"
#include "state.h"
#include "text.h"

static void show_permissions(cJSON *shown, const struct key *key)
{
    static const char *const path[] = {"permissions", "[]", NULL};
    cJSON *list = json_add_list(shown, "permissions");
    const cJSON *known = schema_choices("AccountApiKey", path);
    for (const cJSON *item = known ? known->child : NULL; item; item = item->next)
        if (key_permits(key, item->valuestring))
            json_push_text(list, item->valuestring);
}

bool act_get_account(const struct call *call, struct answer *answer)
{
    const struct merchant *merchant = merchant_of(call->world);
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", merchant->id);
    json_add_text(shown, "displayName", merchant->name);
    json_add_text(shown, "country", "EG");
    json_add_text(shown, "defaultCurrency", currency_processing()->code);
    json_add_text(shown, "defaultLocale", "en");
    cJSON *list = json_add_list(shown, "supportedCurrencies");
    for (size_t i = 0; i < currency_count; i++) {
        cJSON *item = cJSON_CreateObject();
        json_add_text(item, "code", currencies[i].code);
        json_add_int(item, "decimals", currencies[i].exponent);
        cJSON *types = json_add_list(item, "paymentMethodTypes");
        for (size_t k = 0; k < method_count; k++)
            if (!methods[k].processing_only || &currencies[i] == currency_processing())
                json_push_text(types, methods[k].type);
        cJSON_AddItemToArray(list, item);
    }
    json_add_flag(shown, "livemode", call->world != WORLD_TEST);
    json_add_flag(shown, "livePaymentsEnabled", !state.inactive[call->world]);
    cJSON *key = json_add_object(shown, "apiKey");
    json_add_text(key, "type", call->key->type);
    json_add_text(key, "mode", call->world == WORLD_TEST ? "test" : "live");
    show_permissions(key, call->key);
    answer_json(answer, 200, shown);
    return false;
}
