/* Products: create, retrieve, update, delete, list, walk. */
#include <xpay/product.h>

#include "../net/call.h"
#include "iterator.h"
#include "operations.h"

const xpay_operation xpay_operation_product_create = {
    "product_create",   "POST", "/products",
    XPAY_KEY_UNKNOWN,   201,    &xpay_type_product_create_params,
    &xpay_type_product,
};

const xpay_operation xpay_operation_product_retrieve = {
    "product_retrieve", "GET", "/products/{id}", XPAY_KEY_NONE, 200, NULL, &xpay_type_product,
};

const xpay_operation xpay_operation_product_update = {
    "product_update",   "PATCH", "/products/{id}",
    XPAY_KEY_UNKNOWN,   200,     &xpay_type_product_update_params,
    &xpay_type_product,
};

const xpay_operation xpay_operation_product_delete = {
    "product_delete", "DELETE", "/products/{id}", XPAY_KEY_NONE, 204, NULL, NULL,
};

const xpay_operation xpay_operation_product_list = {
    "product_list",          "GET", "/products", XPAY_KEY_NONE, 200, &xpay_type_product_list_params,
    &xpay_type_product_page,
};

xpay_status xpay_product_create(xpay_client *client, const xpay_product_create_params *params,
                                const xpay_request_options *options, xpay_product **product,
                                xpay_error *error)
{
    return xpay_call(client, &xpay_operation_product_create, NULL, params, options, product, error);
}

xpay_status xpay_product_retrieve(xpay_client *client, const char *id,
                                  const xpay_request_options *options, xpay_product **product,
                                  xpay_error *error)
{
    return xpay_call(client, &xpay_operation_product_retrieve, id, NULL, options, product, error);
}

xpay_status xpay_product_update(xpay_client *client, const char *id,
                                const xpay_product_update_params *params,
                                const xpay_request_options *options, xpay_product **product,
                                xpay_error *error)
{
    return xpay_call(client, &xpay_operation_product_update, id, params, options, product, error);
}

xpay_status xpay_product_delete(xpay_client *client, const char *id,
                                const xpay_request_options *options, xpay_error *error)
{
    return xpay_call(client, &xpay_operation_product_delete, id, NULL, options, NULL, error);
}

xpay_status xpay_product_list(xpay_client *client, const xpay_product_list_params *params,
                              const xpay_request_options *options, xpay_product_page **page,
                              xpay_error *error)
{
    return xpay_call(client, &xpay_operation_product_list, NULL, params, options, page, error);
}

xpay_status xpay_product_iterate(xpay_client *client, const xpay_product_list_params *params,
                                 const xpay_request_options *options, xpay_iterator **iterator,
                                 xpay_error *error)
{
    return xpay_iterate(client, &xpay_operation_product_list, params, options, iterator, error);
}
