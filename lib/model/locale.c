/* Field tables of <xpay/locale.h>. */
#include <xpay/locale.h>

#include "model.h"

XPAY_ENUM(locale, "en", "ar");
