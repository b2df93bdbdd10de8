/* Field table of <xpay/raw.h>: the answer itself is the one member. */
#include <xpay/raw.h>

#include "model.h"

#define T xpay_raw
static const xpay_field raw_fields[] = {
    OPEN_JSON("", json, 0),
};
XPAY_TYPE(raw, "", NULL);
#undef T
