/* The table, and what several operations read from a query. */
#include "operations.h"
#include "json.h"
#include "text.h"

#include <string.h>

static const struct operation operations[] = {
    {"getAccount", NULL, act_get_account, false},
    {"createCheckoutSession", "CHECKOUT_SESSIONS_WRITE", act_create_session, true},
    {"getCheckoutSession", "CHECKOUT_SESSIONS_READ", act_get_session, false},
    {"updateMerchantCheckoutSession", "CHECKOUT_SESSIONS_WRITE", act_update_session, true},
    {"expireCheckoutSession", "CHECKOUT_SESSIONS_WRITE", act_expire_session, true},
    {"createCustomer", "CUSTOMERS_WRITE", act_create_customer, false},
    {"listCustomers", "CUSTOMERS_READ", act_list_customers, false},
    {"getCustomer", "CUSTOMERS_READ", act_get_customer, false},
    {"createPaymentLink", "PAYMENT_LINKS_WRITE", act_create_link, false},
    {"listPaymentLinks", "PAYMENT_LINKS_READ", act_list_links, false},
    {"getPaymentLink", "PAYMENT_LINKS_READ", act_get_link, false},
    {"updatePaymentLink", "PAYMENT_LINKS_WRITE", act_update_link, false},
    {"createProduct", "PRODUCTS_WRITE", act_create_product, false},
    {"listProducts", "PRODUCTS_READ", act_list_products, false},
    {"getProduct", "PRODUCTS_READ", act_get_product, false},
    {"updateProduct", "PRODUCTS_WRITE", act_update_product, false},
    {"deleteProduct", "PRODUCTS_WRITE", act_delete_product, false},
    {"createPrice", "PRODUCTS_WRITE", act_create_price, false},
    {"updatePrice", "PRODUCTS_WRITE", act_update_price, false},
    {"deletePrice", "PRODUCTS_WRITE", act_delete_price, false},
    {"createWebhookEndpoint", "WEBHOOK_ENDPOINTS_WRITE", act_create_endpoint, true},
    {"listWebhookEndpoints", "WEBHOOK_ENDPOINTS_READ", act_list_endpoints, false},
    {"getWebhookEndpoint", "WEBHOOK_ENDPOINTS_READ", act_get_endpoint, false},
    {"updateWebhookEndpoint", "WEBHOOK_ENDPOINTS_WRITE", act_update_endpoint, true},
    {"deleteWebhookEndpoint", "WEBHOOK_ENDPOINTS_WRITE", act_delete_endpoint, false},
    {"createRefund", "REFUNDS_WRITE", act_create_refund, true},
    {"listRefunds", "REFUNDS_READ", act_list_refunds, false},
    {"getRefund", "REFUNDS_READ", act_get_refund, false},
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
