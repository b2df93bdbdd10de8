/* The table, and what several operations read from a query. */
#include "operations.h"
#include "json.h"
#include "text.h"

#include <string.h>

static const struct operation operations[] = {
    {"getAccount", NULL, act_get_account},
    {"createCheckoutSession", "CHECKOUT_SESSIONS_WRITE", act_create_session},
    {"getCheckoutSession", "CHECKOUT_SESSIONS_READ", act_get_session},
    {"updateMerchantCheckoutSession", "CHECKOUT_SESSIONS_WRITE", act_update_session},
    {"expireCheckoutSession", "CHECKOUT_SESSIONS_WRITE", act_expire_session},
    {"createCustomer", "CUSTOMERS_WRITE", act_create_customer},
    {"listCustomers", "CUSTOMERS_READ", act_list_customers},
    {"getCustomer", "CUSTOMERS_READ", act_get_customer},
    {"createRefund", "REFUNDS_WRITE", act_create_refund},
    {"listRefunds", "REFUNDS_READ", act_list_refunds},
    {"getRefund", "REFUNDS_READ", act_get_refund},
};

const struct operation *operation_find(const char *id)
{
    for (size_t i = 0; i < sizeof operations / sizeof operations[0]; i++)
        if (same_text(operations[i].id, id))
            return &operations[i];
    return NULL;
}

bool query_number(const struct call *call, const char *name, int64_t minimum, int64_t fallback,
                  int64_t *out, struct answer *answer)
{
    const char *text = pairs_find(call->query, name);
    *out = fallback;
    if (!text)
        return true;
    /* The contract has checked that it is a number. */
    cJSON *number = json_read(text, strlen(text), NULL);
    bool whole = json_is_whole(number);
    int64_t value = json_int(number);
    cJSON_Delete(number);
    if (!whole)
        return refuse(answer, "parameter_invalid", name, "%s must be a whole number.", name);
    if (value < minimum || value > INT32_MAX)
        return refuse(answer, "parameter_out_of_range", name, "%s is out of range.", name);
    *out = value;
    return true;
}
