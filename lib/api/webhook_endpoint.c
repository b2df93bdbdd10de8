/* Webhook endpoints: create, retrieve, update, delete, list, walk. */
#include <xpay/webhook_endpoint.h>

#include "../net/call.h"
#include "iterator.h"
#include "operations.h"

const xpay_operation xpay_operation_webhook_endpoint_create = {
    "webhook_endpoint_create",   "POST", "/webhook-endpoints",
    XPAY_KEY_EVIDENCED,          201,    &xpay_type_webhook_endpoint_create_params,
    &xpay_type_webhook_endpoint,
};

const xpay_operation xpay_operation_webhook_endpoint_retrieve = {
    "webhook_endpoint_retrieve", "GET", "/webhook-endpoints/{id}", XPAY_KEY_NONE, 200, NULL,
    &xpay_type_webhook_endpoint,
};

const xpay_operation xpay_operation_webhook_endpoint_update = {
    "webhook_endpoint_update",   "PATCH", "/webhook-endpoints/{id}",
    XPAY_KEY_EVIDENCED,          200,     &xpay_type_webhook_endpoint_update_params,
    &xpay_type_webhook_endpoint,
};

const xpay_operation xpay_operation_webhook_endpoint_delete = {
    "webhook_endpoint_delete", "DELETE", "/webhook-endpoints/{id}", XPAY_KEY_NONE, 204, NULL, NULL,
};

const xpay_operation xpay_operation_webhook_endpoint_list = {
    "webhook_endpoint_list",          "GET", "/webhook-endpoints", XPAY_KEY_NONE, 200, NULL,
    &xpay_type_webhook_endpoint_page,
};

xpay_status xpay_webhook_endpoint_create(xpay_client *client,
                                         const xpay_webhook_endpoint_create_params *params,
                                         const xpay_request_options *options,
                                         xpay_webhook_endpoint **endpoint, xpay_error *error)
{
    return xpay_call(client, &xpay_operation_webhook_endpoint_create, NULL, params, options,
                     endpoint, error);
}

xpay_status xpay_webhook_endpoint_retrieve(xpay_client *client, const char *id,
                                           const xpay_request_options *options,
                                           xpay_webhook_endpoint **endpoint, xpay_error *error)
{
    return xpay_call(client, &xpay_operation_webhook_endpoint_retrieve, id, NULL, options, endpoint,
                     error);
}

xpay_status xpay_webhook_endpoint_update(xpay_client *client, const char *id,
                                         const xpay_webhook_endpoint_update_params *params,
                                         const xpay_request_options *options,
                                         xpay_webhook_endpoint **endpoint, xpay_error *error)
{
    return xpay_call(client, &xpay_operation_webhook_endpoint_update, id, params, options, endpoint,
                     error);
}

xpay_status xpay_webhook_endpoint_delete(xpay_client *client, const char *id,
                                         const xpay_request_options *options, xpay_error *error)
{
    return xpay_call(client, &xpay_operation_webhook_endpoint_delete, id, NULL, options, NULL,
                     error);
}

xpay_status xpay_webhook_endpoint_list(xpay_client *client, const xpay_request_options *options,
                                       xpay_webhook_endpoint_page **page, xpay_error *error)
{
    return xpay_call(client, &xpay_operation_webhook_endpoint_list, NULL, NULL, options, page,
                     error);
}

xpay_status xpay_webhook_endpoint_iterate(xpay_client *client, const xpay_request_options *options,
                                          xpay_iterator **iterator, xpay_error *error)
{
    return xpay_iterate(client, &xpay_operation_webhook_endpoint_list, NULL, options, iterator,
                        error);
}
