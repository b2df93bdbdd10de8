/* Checkout sessions: create, retrieve, update, expire. */
#include <xpay/checkout_session.h>

#include "../net/call.h"
#include "operations.h"

const xpay_operation xpay_operation_checkout_session_create = {
    "checkout_session_create",   "POST", "/checkout/sessions",
    XPAY_KEY_EVIDENCED,          201,    &xpay_type_checkout_session_create_params,
    &xpay_type_checkout_session,
};

const xpay_operation xpay_operation_checkout_session_retrieve = {
    "checkout_session_retrieve", "GET", "/checkout/sessions/{id}", XPAY_KEY_NONE, 200, NULL,
    &xpay_type_checkout_session,
};

const xpay_operation xpay_operation_checkout_session_update = {
    "checkout_session_update",   "PATCH", "/checkout/sessions/{id}",
    XPAY_KEY_EVIDENCED,          200,     &xpay_type_checkout_session_update_params,
    &xpay_type_checkout_session,
};

const xpay_operation xpay_operation_checkout_session_expire = {
    "checkout_session_expire",   "POST", "/checkout/sessions/{id}/expire",
    XPAY_KEY_EVIDENCED,          200,    NULL,
    &xpay_type_checkout_session,
};

xpay_status xpay_checkout_session_create(xpay_client *client,
                                         const xpay_checkout_session_create_params *params,
                                         const xpay_request_options *options,
                                         xpay_checkout_session **session, xpay_error *error)
{
    return xpay_call(client, &xpay_operation_checkout_session_create, NULL, params, options,
                     session, error);
}

xpay_status xpay_checkout_session_retrieve(xpay_client *client, const char *id,
                                           const xpay_request_options *options,
                                           xpay_checkout_session **session, xpay_error *error)
{
    return xpay_call(client, &xpay_operation_checkout_session_retrieve, id, NULL, options, session,
                     error);
}

xpay_status xpay_checkout_session_update(xpay_client *client, const char *id,
                                         const xpay_checkout_session_update_params *params,
                                         const xpay_request_options *options,
                                         xpay_checkout_session **session, xpay_error *error)
{
    return xpay_call(client, &xpay_operation_checkout_session_update, id, params, options, session,
                     error);
}

xpay_status xpay_checkout_session_expire(xpay_client *client, const char *id,
                                         const xpay_request_options *options,
                                         xpay_checkout_session **session, xpay_error *error)
{
    return xpay_call(client, &xpay_operation_checkout_session_expire, id, NULL, options, session,
                     error);
}
