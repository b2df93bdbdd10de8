/* Refunds: create, retrieve, list. */
#include <xpay/refund.h>

#include "../net/call.h"

static const xpay_operation create = {
    "POST", "/refunds", XPAY_KEY_EVIDENCED, 201, &xpay_type_refund_create_params, &xpay_type_refund,
};

static const xpay_operation retrieve = {
    "GET", "/refunds/{id}", XPAY_KEY_NONE, 200, NULL, &xpay_type_refund,
};

static const xpay_operation list = {
    "GET", "/refunds", XPAY_KEY_NONE, 200, &xpay_type_refund_list_params, &xpay_type_refund_page,
};

xpay_status xpay_refund_create(xpay_client *client, const xpay_refund_create_params *params,
                               const xpay_request_options *options, xpay_refund **refund,
                               xpay_error *error)
{
    return xpay_call(client, &create, NULL, params, options, refund, error);
}

xpay_status xpay_refund_retrieve(xpay_client *client, const char *id,
                                 const xpay_request_options *options, xpay_refund **refund,
                                 xpay_error *error)
{
    return xpay_call(client, &retrieve, id, NULL, options, refund, error);
}

xpay_status xpay_refund_list(xpay_client *client, const xpay_refund_list_params *params,
                             const xpay_request_options *options, xpay_refund_page **page,
                             xpay_error *error)
{
    return xpay_call(client, &list, NULL, params, options, page, error);
}
