#include "operations.h"

#include <string.h>

#define ROW(name) &xpay_operation_##name,

static const xpay_operation *const operations[] = {XPAY_OPERATIONS(ROW)};

const xpay_operation *xpay_operation_by_name(const char *name)
{
    for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++)
        if (operations[i]->key != XPAY_KEY_NONE && strcmp(operations[i]->name, name) == 0)
            return operations[i];
    return NULL;
}
