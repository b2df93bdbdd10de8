/* Raw requests as they stand in an intent store. */
#ifndef XPAY_API_RAW_H
#define XPAY_API_RAW_H

#include "../net/operation.h"

/* The row, without a path, of a raw request by its name in an intent; NULL when it is none. */
const xpay_operation *xpay_raw_operation(const char *name, const char *method);

/* Why path and query are not such as may be sent; NULL when they are. */
const char *xpay_raw_path_problem(const char *path);

#endif
