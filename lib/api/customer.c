/* Customers: create, retrieve, list, walk. */
#include <xpay/customer.h>

#include "../net/call.h"
#include "iterator.h"
#include "operations.h"

const xpay_operation xpay_operation_customer_create = {
    "customer_create",   "POST", "/customers",
    XPAY_KEY_UNKNOWN,    201,    &xpay_type_customer_create_params,
    &xpay_type_customer,
};

const xpay_operation xpay_operation_customer_retrieve = {
    "customer_retrieve", "GET", "/customers/{id}", XPAY_KEY_NONE, 200, NULL, &xpay_type_customer,
};

const xpay_operation xpay_operation_customer_list = {
    "customer_list",
    "GET",
    "/customers",
    XPAY_KEY_NONE,
    200,
    &xpay_type_customer_list_params,
    &xpay_type_customer_page,
};

xpay_status xpay_customer_create(xpay_client *client, const xpay_customer_create_params *params,
                                 const xpay_request_options *options, xpay_customer **customer,
                                 xpay_error *error)
{
    return xpay_call(client, &xpay_operation_customer_create, NULL, params, options, customer,
                     error);
}

xpay_status xpay_customer_retrieve(xpay_client *client, const char *id,
                                   const xpay_request_options *options, xpay_customer **customer,
                                   xpay_error *error)
{
    return xpay_call(client, &xpay_operation_customer_retrieve, id, NULL, options, customer, error);
}

xpay_status xpay_customer_list(xpay_client *client, const xpay_customer_list_params *params,
                               const xpay_request_options *options, xpay_customer_page **page,
                               xpay_error *error)
{
    return xpay_call(client, &xpay_operation_customer_list, NULL, params, options, page, error);
}

xpay_status xpay_customer_iterate(xpay_client *client, const xpay_customer_list_params *params,
                                  const xpay_request_options *options, xpay_iterator **iterator,
                                  xpay_error *error)
{
    return xpay_iterate(client, &xpay_operation_customer_list, params, options, iterator, error);
}
