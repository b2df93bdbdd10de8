/* What every file of this room needs: how tables are written, and the list of all types. */
#ifndef XPAY_MODEL_H
#define XPAY_MODEL_H

#include "../json/table.h"
#include "types.h"

/* The type whose objects say `"object": tag`; NULL when there is none. */
const xpay_type *xpay_type_by_tag(const char *tag, size_t length);

#endif
