/* The account that a key belongs to: retrieve. */
#include <xpay/account.h>

#include "../net/call.h"
#include "operations.h"

const xpay_operation xpay_operation_account_retrieve = {
    "account_retrieve", "GET", "/account", XPAY_KEY_NONE, 200, NULL, &xpay_type_account,
};

xpay_status xpay_account_retrieve(xpay_client *client, const xpay_request_options *options,
                                  xpay_account **account, xpay_error *error)
{
    return xpay_call(client, &xpay_operation_account_retrieve, NULL, NULL, options, account, error);
}
