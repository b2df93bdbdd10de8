/* Operations on refunds. */
#include "graph.h"
#include "operations.h"
#include "refunds.h"
#include "text.h"

bool act_create_refund(const struct call *call, struct answer *answer)
{
    enum refund_status outcome = state.next_refund_set ? state.next_refund : REFUND_SUCCEEDED;
    const struct refund *refund = refund_create(call->body, call->world, outcome, answer);
    if (!refund)
        return false;
    state.next_refund_set = false;
    answer_json(answer, 201, show_refund(refund));
    return false;
}

bool act_get_refund(const struct call *call, struct answer *answer)
{
    const struct refund *refund = refund_find(call->id, call->world);
    if (!refund)
        return refuse(answer, "resource_missing", "id", "No such refund.");
    answer_json(answer, 200, show_refund(refund));
    return false;
}

/* Newest first, 100 by default; the real order and default are not known. An unknown charge has
 * no refunds. */
bool act_list_refunds(const struct call *call, struct answer *answer)
{
    int64_t limit, offset, count = 0;
    if (!query_number(call, "limit", 1, 100, &limit, answer) ||
        !query_number(call, "offset", 0, 0, &offset, answer))
        return false;
    const char *charge_id = pairs_find_filled(call->query, "chargeId");
    cJSON *list = cJSON_CreateArray();
    for (size_t i = state.all_refunds.count; i > 0 && count < offset + limit; i--) {
        const struct refund *refund = state.all_refunds.items[i - 1];
        if (refund->charge->intent->session->world != call->world ||
            (charge_id && !same_text(refund->charge->id, charge_id)))
            continue;
        if (count++ >= offset)
            cJSON_AddItemToArray(list, show_refund(refund));
    }
    answer_json(answer, 200, list);
    return false;
}
