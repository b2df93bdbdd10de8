/* Operations on customers. */
#include "customers.h"
#include "graph.h"
#include "json.h"
#include "listing.h"
#include "text.h"

bool act_create_customer(const struct call *call, struct answer *answer)
{
    const struct customer *customer = customer_create(call->body, call->world, answer);
    if (customer)
        answer_json(answer, 201, show_customer(customer));
    return false;
}

bool act_get_customer(const struct call *call, struct answer *answer)
{
    const struct customer *customer = customer_find(call->id, call->world);
    if (!customer)
        return refuse(answer, "resource_missing", "id", "No such customer.");
    answer_json(answer, 200, show_customer(customer));
    return false;
}

bool act_list_customers(const struct call *call, struct answer *answer)
{
    struct listing listing;
    if (!listing_read(&listing, call, answer))
        return false;
    const char *search = pairs_find_filled(call->query, "search");
    const char *type = pairs_find(call->query, "type");
    cJSON *shown = cJSON_CreateObject();
    cJSON *data = json_add_list(shown, "data");
    for (size_t i = state.all_customers.count; i > 0; i--) {
        const struct customer *customer = state.all_customers.items[i - 1];
        const char *const texts[] = {customer->id, customer->name, customer->email,
                                     customer->phone};
        if (customer->world == call->world &&
            (!search || search_finds(search, texts, sizeof texts / sizeof texts[0])) &&
            (!type || customer->guest == same_text(type, "guest")) && listing_takes(&listing))
            cJSON_AddItemToArray(data, show_listed_customer(customer));
    }
    json_add_int(shown, "totalCount", listing.count);
    answer_json(answer, 200, shown);
    return false;
}
