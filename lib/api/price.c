/* Prices: create, update, delete. */
#include <xpay/price.h>

#include "../net/call.h"
#include "operations.h"

const xpay_operation xpay_operation_price_create = {
    "price_create",   "POST", "/prices?productId={product_id}",
    XPAY_KEY_UNKNOWN, 201,    &xpay_type_price_create_params,
    &xpay_type_price,
};

const xpay_operation xpay_operation_price_update = {
    "price_update",   "PATCH", "/prices/{id}",
    XPAY_KEY_UNKNOWN, 200,     &xpay_type_price_update_params,
    &xpay_type_price,
};

const xpay_operation xpay_operation_price_delete = {
    "price_delete", "DELETE", "/prices/{id}", XPAY_KEY_NONE, 204, NULL, NULL,
};

xpay_status xpay_price_create(xpay_client *client, const char *product_id,
                              const xpay_price_create_params *params,
                              const xpay_request_options *options, xpay_price **price,
                              xpay_error *error)
{
    return xpay_call(client, &xpay_operation_price_create, product_id, params, options, price,
                     error);
}

xpay_status xpay_price_update(xpay_client *client, const char *id,
                              const xpay_price_update_params *params,
                              const xpay_request_options *options, xpay_price **price,
                              xpay_error *error)
{
    return xpay_call(client, &xpay_operation_price_update, id, params, options, price, error);
}

xpay_status xpay_price_delete(xpay_client *client, const char *id,
                              const xpay_request_options *options, xpay_error *error)
{
    return xpay_call(client, &xpay_operation_price_delete, id, NULL, options, NULL, error);
}
