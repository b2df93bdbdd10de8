/* Field tables of <xpay/fees.h>. */
#include <xpay/fees.h>

#include "model.h"

XPAY_ENUM(fee_config_source, "session", "merchant", "system");

#define T xpay_fee_config
static const xpay_field fee_config_fields[] = {
    BOOLEAN("feesPassThrough", fees_pass_through, REQ),
    BOOLEAN("vatCollectionEnabled", vat_collection_enabled, REQ),
    INTEGER_OPT("vatCollectionRate", vat_collection_rate, NULLABLE),
    ENUM("source", source, 0, fee_config_source),
};
XPAY_TYPE(fee_config, "ResolvedFeeConfig FeeSettings", NULL);
#undef T

#define T xpay_card_info
static const xpay_field card_info_fields[] = {
    TEXT("brand", brand, REQ),
    BOOLEAN("isOnUs", is_on_us, REQ),
    BOOLEAN("isInternational", is_international, REQ),
};
XPAY_TYPE(card_info, "CardInfoResponse", NULL);
#undef T

#define T xpay_fees
static const xpay_field fees_fields[] = {
    TEXT("paymentMethodType", payment_method_type, REQ),
    MONEY("feeAmount", fee_amount, REQ),
    DECIMAL("feePercentage", fee_percentage, REQ),
    MONEY_OPT("vatAmount", vat_amount, 0),
    MONEY("totalAmount", total_amount, REQ),
    OBJECT("cardInfo", card_info, 0, card_info),
};
XPAY_TYPE(fees, "FeesResponse", NULL);
#undef T

#define T xpay_fee_config_params
static const xpay_field fee_config_params_fields[] = {
    P_BOOLEAN("feesPassThrough", fees_pass_through, REQ, NOWHERE),
    P_BOOLEAN("vatCollectionEnabled", vat_collection_enabled, REQ, NOWHERE),
    P_INTEGER_OPT("vatCollectionRate", vat_collection_rate, NULLABLE, 0, SAFE_MAX, 0),
};
XPAY_PARAMS_TYPE(fee_config_params, "CheckoutFeeInput", NULL, 0);
#undef T
