/* The operations that change something, by name: what was recorded under a name can be made again. */
#ifndef XPAY_API_OPERATIONS_H
#define XPAY_API_OPERATIONS_H

#include "../net/operation.h"

/* One line an operation: X(name). Each is defined in the file of its resource. */
#define XPAY_OPERATIONS(X)     \
    X(checkout_session_create) \
    X(checkout_session_update) \
    X(checkout_session_expire) \
    X(refund_create)           \
    X(customer_create)

#define XPAY_DECLARE_OPERATION(name) extern const xpay_operation xpay_operation_##name;
XPAY_OPERATIONS(XPAY_DECLARE_OPERATION)

/* NULL when this version has no such operation. */
const xpay_operation *xpay_operation_by_name(const char *name);

#endif
