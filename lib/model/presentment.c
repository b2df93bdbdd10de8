/* Field tables of <xpay/presentment.h>. */
#include <xpay/presentment.h>

#include "model.h"

#define T xpay_presentment_details
static const xpay_field presentment_details_fields[] = {
    MONEY("amount", amount, REQ),
    CURRENCY("currency", currency, REQ),
    DECIMAL("exchangeRate", exchange_rate, REQ),
    TEXT("exchangeRateId", exchange_rate_id, REQ),
};
XPAY_TYPE(presentment_details, "PresentmentDetails RefundPresentmentDetails", NULL);
#undef T

#define T xpay_session_presentment_details
static const xpay_field session_presentment_details_fields[] = {
    MONEY("amount", amount, REQ),
    CURRENCY("currency", currency, REQ),
    DECIMAL("exchangeRate", exchange_rate, REQ),
    TEXT("exchangeRateId", exchange_rate_id, REQ),
    MONEY("amountSubtotal", amount_subtotal, REQ),
    MONEY("amountTotal", amount_total, REQ),
    MONEY("amountDiscount", amount_discount, REQ),
    MONEY_OPT("amountCollectedVat", amount_collected_vat, 0),
    MONEY_OPT("amountPlatformFee", amount_platform_fee, 0),
    MONEY_OPT("amountTax", amount_tax, 0),
};
XPAY_TYPE(session_presentment_details, "SessionPresentmentDetails", NULL);
#undef T
