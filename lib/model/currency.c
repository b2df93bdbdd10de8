/* The currencies of <xpay/money.h>, as XPay writes them. */
#include <xpay/money.h>

#include "model.h"

XPAY_ENUM(currency, "EGP", "USD", "EUR", "GBP", "SAR", "AED", "QAR", "KWD", "JOD", "OMR", "BHD",
          "LYD", "AUD", "CAD", "CNY");
