/* Refunds: create, retrieve, list, walk. */
#include <xpay/refund.h>

#include "../net/call.h"
#include "iterator.h"
#include "operations.h"

const xpay_operation xpay_operation_refund_create = {
    "refund_create",   "POST", "/refunds", XPAY_KEY_EVIDENCED, 201, &xpay_type_refund_create_params,
    &xpay_type_refund,
};

const xpay_operation xpay_operation_refund_retrieve = {
    "refund_retrieve", "GET", "/refunds/{id}", XPAY_KEY_NONE, 200, NULL, &xpay_type_refund,
};

const xpay_operation xpay_operation_refund_list = {
    "refund_list",          "GET", "/refunds", XPAY_KEY_NONE, 200, &xpay_type_refund_list_params,
    &xpay_type_refund_page,
};

xpay_status xpay_refund_create(xpay_client *client, const xpay_refund_create_params *params,
                               const xpay_request_options *options, xpay_refund **refund,
                               xpay_error *error)
{
    return xpay_call(client, &xpay_operation_refund_create, NULL, params, options, refund, error);
}

xpay_status xpay_refund_retrieve(xpay_client *client, const char *id,
                                 const xpay_request_options *options, xpay_refund **refund,
                                 xpay_error *error)
{
    return xpay_call(client, &xpay_operation_refund_retrieve, id, NULL, options, refund, error);
}

xpay_status xpay_refund_list(xpay_client *client, const xpay_refund_list_params *params,
                             const xpay_request_options *options, xpay_refund_page **page,
                             xpay_error *error)
{
    return xpay_call(client, &xpay_operation_refund_list, NULL, params, options, page, error);
}

xpay_status xpay_refund_iterate(xpay_client *client, const xpay_refund_list_params *params,
                                const xpay_request_options *options, xpay_iterator **iterator,
                                xpay_error *error)
{
    return xpay_iterate(client, &xpay_operation_refund_list, params, options, iterator, error);
}
