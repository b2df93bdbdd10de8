/* Every operation of the contract, as the public function that makes it. A new one is one line here. */
#include "proof.h"

#include <string.h>

/*
 * The forms that the functions have: of an object by its id (or, of a new price, its product's) or of none, with
 * parameters or without. Each makes one
 * function of them all.
 */
#define WRAP(function, object_type, ...)                                                        \
    static xpay_status call_##function(xpay_client *client, const char *id, const void *params, \
                                       void **object, xpay_error *error)                        \
    {                                                                                           \
        xpay_##object_type *answer = NULL;                                                      \
        (void)id;                                                                               \
        (void)params;                                                                           \
        xpay_status status = xpay_##function(__VA_ARGS__, NULL, &answer, error);                \
        *object = answer;                                                                       \
        return status;                                                                          \
    }
#define WRAP_DELETE(function)                                                                   \
    static xpay_status call_##function(xpay_client *client, const char *id, const void *params, \
                                       void **object, xpay_error *error)                        \
    {                                                                                           \
        (void)params;                                                                           \
        *object = NULL;                                                                         \
        return xpay_##function(client, id, NULL, error);                                        \
    }

/* One operation a line: form, operationId, function, type of the parameters, type of the answer. */
/* clang-format off */

#define OPERATIONS                                                                                                                   \
    PLAIN(      getAccount,                    account_retrieve,                                              account)               \
    BODY(       createCheckoutSession,         checkout_session_create,   checkout_session_create_params,     checkout_session)      \
    BY_ID(      getCheckoutSession,            checkout_session_retrieve,                                     checkout_session)      \
    BODY_BY_ID( updateMerchantCheckoutSession, checkout_session_update,   checkout_session_update_params,     checkout_session)      \
    BY_ID(      expireCheckoutSession,         checkout_session_expire,                                       checkout_session)      \
    BODY(       createCustomer,                customer_create,           customer_create_params,             customer)              \
    QUERY(      listCustomers,                 customer_list,             customer_list_params,               customer_page)         \
    BY_ID(      getCustomer,                   customer_retrieve,                                             customer)              \
    BODY(       createPaymentLink,             payment_link_create,       payment_link_create_params,         payment_link)          \
    QUERY(      listPaymentLinks,              payment_link_list,         payment_link_list_params,           payment_link_page)     \
    BY_ID(      getPaymentLink,                payment_link_retrieve,                                         payment_link)          \
    BODY_BY_ID( updatePaymentLink,             payment_link_update,       payment_link_update_params,         payment_link)          \
    BODY(       createProduct,                 product_create,            product_create_params,              product)               \
    QUERY(      listProducts,                  product_list,              product_list_params,                product_page)          \
    BY_ID(      getProduct,                    product_retrieve,                                              product)               \
    BODY_BY_ID( updateProduct,                 product_update,            product_update_params,              product)               \
    GONE(       deleteProduct,                 product_delete)                                                                       \
    BODY_BY_ID( createPrice,                   price_create,              price_create_params,                price)                 \
    BODY_BY_ID( updatePrice,                   price_update,              price_update_params,                price)                 \
    GONE(       deletePrice,                   price_delete)                                                                         \
    BODY(       createWebhookEndpoint,         webhook_endpoint_create,   webhook_endpoint_create_params,     webhook_endpoint)      \
    PLAIN(      listWebhookEndpoints,          webhook_endpoint_list,                                         webhook_endpoint_page) \
    BY_ID(      getWebhookEndpoint,            webhook_endpoint_retrieve,                                     webhook_endpoint)      \
    BODY_BY_ID( updateWebhookEndpoint,         webhook_endpoint_update,   webhook_endpoint_update_params,     webhook_endpoint)      \
    GONE(       deleteWebhookEndpoint,         webhook_endpoint_delete)                                                              \
    BODY(       createRefund,                  refund_create,             refund_create_params,               refund)                \
    QUERY(      listRefunds,                   refund_list,               refund_list_params,                 refund_page)           \
    BY_ID(      getRefund,                     refund_retrieve,                                               refund)

#define PLAIN(op, function, answer)               WRAP(function, answer, client)
#define BY_ID(op, function, answer)               WRAP(function, answer, client, id)
#define BODY(op, function, request, answer)       WRAP(function, answer, client, params)
#define QUERY(op, function, request, answer)      WRAP(function, answer, client, params)
#define BODY_BY_ID(op, function, request, answer) WRAP(function, answer, client, id, params)
#define GONE(op, function)                        WRAP_DELETE(function)
OPERATIONS
#undef PLAIN
#undef BY_ID
#undef BODY
#undef QUERY
#undef BODY_BY_ID
#undef GONE

#define PLAIN(op, function, answer)               {#op, NULL, #answer, false, call_##function},
#define BY_ID(op, function, answer)               {#op, NULL, #answer, false, call_##function},
#define BODY(op, function, request, answer)       {#op, #request, #answer, false, call_##function},
#define QUERY(op, function, request, answer)      {#op, #request, #answer, true, call_##function},
#define BODY_BY_ID(op, function, request, answer) {#op, #request, #answer, false, call_##function},
#define GONE(op, function)                        {#op, NULL, NULL, false, call_##function},
const call calls[] = {OPERATIONS};
const size_t call_count = LENGTH(calls);
