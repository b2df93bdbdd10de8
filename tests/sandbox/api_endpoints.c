/* Operations on webhook endpoints. */
#include "deliveries.h"
#include "endpoints.h"
#include "json.h"
#include "operations.h"

static struct endpoint *named_endpoint(const struct call *call, struct answer *answer)
{
    struct endpoint *endpoint = endpoint_find(call->id, call->world);
    if (!endpoint)
        refuse(answer, "resource_missing", "id", "No such webhook endpoint.");
    return endpoint;
}

bool act_create_endpoint(const struct call *call, struct answer *answer)
{
    const struct endpoint *endpoint = endpoint_create(call->body, call->world, answer);
    if (endpoint)
        answer_json(answer, 201, show_endpoint(endpoint, true));
    return false;
}

bool act_get_endpoint(const struct call *call, struct answer *answer)
{
    const struct endpoint *endpoint = named_endpoint(call, answer);
    if (endpoint)
        answer_json(answer, 200, show_endpoint(endpoint, false));
    return false;
}

bool act_update_endpoint(const struct call *call, struct answer *answer)
{
    struct endpoint *endpoint = named_endpoint(call, answer);
    if (!endpoint || !endpoint_update(endpoint, call->body, answer))
        return false;
    deliveries_wake();
    answer_json(answer, 200, show_endpoint(endpoint, false));
    return false;
}

bool act_delete_endpoint(const struct call *call, struct answer *answer)
{
    struct endpoint *endpoint = named_endpoint(call, answer);
    if (!endpoint)
        return false;
    endpoint_remove(endpoint);
    deliveries_wake();
    answer_nothing(answer);
    return false;
}

/* Newest first, all of them. */
bool act_list_endpoints(const struct call *call, struct answer *answer)
{
    const struct list *all = endpoints_all();
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "object", "list");
    cJSON *data = json_add_list(shown, "data");
    for (size_t i = all->count; i > 0; i--) {
        const struct endpoint *endpoint = all->items[i - 1];
        if (endpoint->world == call->world && !endpoint->removed)
            cJSON_AddItemToArray(data, show_endpoint(endpoint, false));
    }
    answer_json(answer, 200, shown);
    return false;
}
