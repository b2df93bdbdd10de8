/* Operations on customers. */
#include "customers.h"
#include "graph.h"
#include "json.h"
#include "operations.h"
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

/* Newest first; the real order is not known. */
bool act_list_customers(const struct call *call, struct answer *answer)
{
    int64_t page, limit, count = 0;
    if (!query_number(call, "page", 1, 1, &page, answer) ||
        !query_number(call, "limit", 1, 20, &limit, answer))
        return false;
    const char *search = pairs_find_filled(call->query, "search");
    const char *type = pairs_find(call->query, "type");
    cJSON *shown = cJSON_CreateObject();
    cJSON *data = json_add_list(shown, "data");
    for (size_t i = state.all_customers.count; i > 0; i--) {
        const struct customer *customer = state.all_customers.items[i - 1];
        if (customer->world != call->world || (search && !customer_matches(customer, search)) ||
            (type && customer->guest != same_text(type, "guest")))
            continue;
        if (count >= (page - 1) * limit && count < page * limit)
            cJSON_AddItemToArray(data, show_listed_customer(customer));
        count++;
    }
    json_add_int(shown, "totalCount", count);
    answer_json(answer, 200, shown);
    return false;
}
