/* Payment links: create, retrieve, update, list, walk. */
#include <xpay/payment_link.h>

#include "../net/call.h"
#include "iterator.h"
#include "operations.h"

const xpay_operation xpay_operation_payment_link_create = {
    "payment_link_create",   "POST", "/payment-links",
    XPAY_KEY_UNKNOWN,        201,    &xpay_type_payment_link_create_params,
    &xpay_type_payment_link,
};

const xpay_operation xpay_operation_payment_link_retrieve = {
    "payment_link_retrieve", "GET", "/payment-links/{id}", XPAY_KEY_NONE, 200, NULL,
    &xpay_type_payment_link,
};

const xpay_operation xpay_operation_payment_link_update = {
    "payment_link_update",   "PATCH", "/payment-links/{id}",
    XPAY_KEY_UNKNOWN,        200,     &xpay_type_payment_link_update_params,
    &xpay_type_payment_link,
};

const xpay_operation xpay_operation_payment_link_list = {
    "payment_link_list",
    "GET",
    "/payment-links",
    XPAY_KEY_NONE,
    200,
    &xpay_type_payment_link_list_params,
    &xpay_type_payment_link_page,
};

xpay_status xpay_payment_link_create(xpay_client *client,
                                     const xpay_payment_link_create_params *params,
                                     const xpay_request_options *options, xpay_payment_link **link,
                                     xpay_error *error)
{
    return xpay_call(client, &xpay_operation_payment_link_create, NULL, params, options, link,
                     error);
}

xpay_status xpay_payment_link_retrieve(xpay_client *client, const char *id,
                                       const xpay_request_options *options,
                                       xpay_payment_link **link, xpay_error *error)
{
    return xpay_call(client, &xpay_operation_payment_link_retrieve, id, NULL, options, link, error);
}

xpay_status xpay_payment_link_update(xpay_client *client, const char *id,
                                     const xpay_payment_link_update_params *params,
                                     const xpay_request_options *options, xpay_payment_link **link,
                                     xpay_error *error)
{
    return xpay_call(client, &xpay_operation_payment_link_update, id, params, options, link, error);
}

xpay_status xpay_payment_link_list(xpay_client *client, const xpay_payment_link_list_params *params,
                                   const xpay_request_options *options,
                                   xpay_payment_link_page **page, xpay_error *error)
{
    return xpay_call(client, &xpay_operation_payment_link_list, NULL, params, options, page, error);
}

xpay_status xpay_payment_link_iterate(xpay_client *client,
                                      const xpay_payment_link_list_params *params,
                                      const xpay_request_options *options, xpay_iterator **iterator,
                                      xpay_error *error)
{
    return xpay_iterate(client, &xpay_operation_payment_link_list, params, options, iterator,
                        error);
}
