/* All operations, by name: what was recorded under a name can be made again. */
#ifndef XPAY_API_OPERATIONS_H
#define XPAY_API_OPERATIONS_H

#include "../net/operation.h"

/* One line an operation: X(name). Each is defined in the file of its resource. */
#define XPAY_OPERATIONS(X)       \
    X(account_retrieve)          \
    X(checkout_session_create)   \
    X(checkout_session_retrieve) \
    X(checkout_session_update)   \
    X(checkout_session_expire)   \
    X(customer_create)           \
    X(customer_retrieve)         \
    X(customer_list)             \
    X(refund_create)             \
    X(refund_retrieve)           \
    X(refund_list)               \
    X(payment_link_create)       \
    X(payment_link_retrieve)     \
    X(payment_link_update)       \
    X(payment_link_list)         \
    X(product_create)            \
    X(product_retrieve)          \
    X(product_update)            \
    X(product_delete)            \
    X(product_list)              \
    X(price_create)              \
    X(price_update)              \
    X(price_delete)              \
    X(webhook_endpoint_create)   \
    X(webhook_endpoint_retrieve) \
    X(webhook_endpoint_update)   \
    X(webhook_endpoint_delete)   \
    X(webhook_endpoint_list)

#define XPAY_DECLARE_OPERATION(name) extern const xpay_operation xpay_operation_##name;
XPAY_OPERATIONS(XPAY_DECLARE_OPERATION)

/* One that is sent under a key, and so recorded. NULL when this version has no such operation. */
const xpay_operation *xpay_operation_by_name(const char *name);

#endif
