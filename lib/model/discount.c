/* Field tables of <xpay/discount.h>. */
#include <xpay/discount.h>

#include "model.h"

XPAY_ENUM(discount_type, "percentage", "fixed_amount");

XPAY_ENUM(coupon_duration, "once", "repeating", "forever");

#define T xpay_coupon
static const xpay_field coupon_fields[] = {
    TEXT("id", id, REQ | CRIT),
    TIME_OPT("createdAt", created_at, 0),
    ENUM("discountType", discount_type, REQ, discount_type),
    DECIMAL("percentOff", percent_off, NULLABLE),
    MONEY_OPT("amountOff", amount_off, NULLABLE),
    CURRENCY("currency", currency, NULLABLE),
    ENUM("duration", duration, 0, coupon_duration),
    INTEGER_OPT("durationInMonths", duration_in_months, 0),
    TEXT("name", name, NULLABLE),
    MONEY_OPT("maxDiscountAmount", max_discount_amount, 0),
    MONEY_OPT("minValue", min_value, 0),
    INTEGER_OPT("maxRedemptions", max_redemptions, 0),
    INTEGER_OPT("customerMaxRedemptions", customer_max_redemptions, 0),
    INTEGER_OPT("timesRedeemed", times_redeemed, 0),
    TIME_OPT("redeemBy", redeem_by, 0),
    BOOLEAN("valid", valid, REQ),
    BOOLEAN_OPT("active", active, 0),
    TEXTS("appliesToProductIds", applies_to_product_ids, 0),
    OPEN_JSON("metadata", metadata, 0),
    TEXT("merchantId", merchant_id, 0),
    BOOLEAN("livemode", livemode, REQ),
};
XPAY_TYPE(coupon, "CouponResponse PendingCouponResponse", "coupon");
#undef T

#define T xpay_discount
static const xpay_field discount_fields[] = {
    TEXT("id", id, REQ | CRIT),
    OBJECT("coupon", coupon, REQ, coupon),
    TEXT("promotionCodeId", promotion_code_id, NULLABLE),
    TEXT("promotionCodeCode", promotion_code_code, NULLABLE),
    TEXT("checkoutSessionId", checkout_session_id, REQ),
    TEXT("customerId", customer_id, 0),
    TIME("start", start, REQ),
    TIME_OPT("end", end, 0),
};
XPAY_TYPE(discount, "DiscountResponse PendingDiscountResponse CheckoutDiscountResponse",
          "discount");
#undef T

#define T xpay_promotion_code_restrictions
static const xpay_field promotion_code_restrictions_fields[] = {
    BOOLEAN_OPT("firstTimeTransaction", first_time_transaction, NULLABLE),
    MONEY_OPT("minimumAmount", minimum_amount, NULLABLE),
    CURRENCY("minimumAmountCurrency", minimum_amount_currency, NULLABLE),
};
XPAY_TYPE(promotion_code_restrictions, "PromotionCodeRestrictionsResponse", NULL);
#undef T

#define T xpay_promotion_code
static const xpay_field promotion_code_fields[] = {
    TEXT("id", id, REQ | CRIT),
    TIME("createdAt", created_at, REQ),
    TEXT("code", code, REQ),
    BOOLEAN("active", active, REQ),
    OBJECT("coupon", coupon, REQ, coupon),
    TEXT("customerId", customer_id, 0),
    INTEGER_OPT("maxRedemptions", max_redemptions, 0),
    INTEGER("timesRedeemed", times_redeemed, REQ),
    TIME_OPT("expiresAt", expires_at, 0),
    OBJECT("restrictions", restrictions, 0, promotion_code_restrictions),
    OPEN_JSON("metadata", metadata, 0),
    TEXT("merchantId", merchant_id, REQ),
    BOOLEAN("livemode", livemode, REQ),
};
XPAY_TYPE(promotion_code, "PromotionCodeResponse", "promotion_code");
#undef T

#define T xpay_discount_params
static const xpay_field discount_params_fields[] = {
    P_TEXT("coupon", coupon, NULLABLE, 1, 255, XPAY_FORMAT_ID, 0),
    P_TEXT("promotionCode", promotion_code, NULLABLE, 1, 255, XPAY_FORMAT_ID, 1),
};
static const xpay_rule discount_params_rules[] = {
    {XPAY_RULE_EXACTLY_ONE, SET("coupon"), SET("promotion_code")},
};
XPAY_PARAMS_TYPE(discount_params, "CheckoutDiscountInput", discount_params_rules,
                 XPAY_LENGTH(discount_params_rules));
#undef T
