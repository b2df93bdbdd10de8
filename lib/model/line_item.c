/* Field tables of <xpay/line_item.h>. */
#include <xpay/line_item.h>

#include "model.h"

#define T xpay_adjustable_quantity
static const xpay_field adjustable_quantity_fields[] = {
    BOOLEAN("enabled", enabled, REQ),
    INTEGER_OPT("minimum", minimum, NULLABLE),
    INTEGER_OPT("maximum", maximum, NULLABLE),
};
XPAY_TYPE(adjustable_quantity, "AdjustableQuantity", NULL);
#undef T

#define T xpay_line_item_presentment_details
static const xpay_field line_item_presentment_details_fields[] = {
    MONEY("unitAmount", unit_amount, REQ),         MONEY("amountSubtotal", amount_subtotal, REQ),
    MONEY("amountDiscount", amount_discount, REQ), MONEY("amountTotal", amount_total, REQ),
    CURRENCY("currency", currency, REQ),
};
XPAY_TYPE(line_item_presentment_details, "LineItemPresentmentDetails", NULL);
#undef T

#define T xpay_line_item
static const xpay_field line_item_fields[] = {
    TEXT("id", id, REQ | CRIT),
    INTEGER("quantity", quantity, REQ),
    OBJECT("price", price, REQ, price),
    OBJECT("adjustableQuantity", adjustable_quantity, 0, adjustable_quantity),
    MONEY_OPT("amountSubtotal", amount_subtotal, 0),
    MONEY_OPT("amountTotal", amount_total, 0),
    MONEY_OPT("amountDiscount", amount_discount, 0),
    MONEY_OPT("amountTax", amount_tax, 0),
    CURRENCY("currency", currency, NULLABLE),
    TEXT("description", description, 0),
    OBJECT("presentmentDetails", presentment_details, 0, line_item_presentment_details),
};
XPAY_TYPE(line_item, "LineItem", NULL);
#undef T

#define T xpay_adjustable_quantity_params
static const xpay_field adjustable_quantity_params_fields[] = {
    P_BOOLEAN("enabled", enabled, REQ, NOWHERE),
    P_INTEGER_OPT("minimum", minimum, NULLABLE, 0, INT32_MAX, 0),
    P_INTEGER_OPT("maximum", maximum, NULLABLE, 1, INT32_MAX, 1),
};
static const xpay_rule adjustable_quantity_params_rules[] = {
    {XPAY_RULE_ORDERED, SET("minimum"), SET("maximum")},
};
XPAY_PARAMS_TYPE(adjustable_quantity_params, "AdjustableQuantityInput",
                 adjustable_quantity_params_rules, XPAY_LENGTH(adjustable_quantity_params_rules));
#undef T

#define T xpay_line_item_params
static const xpay_field line_item_params_fields[] = {
    P_TEXT("price", price, NULLABLE, 1, 255, XPAY_FORMAT_ID, 0),
    P_OBJECT("priceData", price_data, NULLABLE, price_data_params, 1),
    P_INTEGER("quantity", quantity, REQ, 0, INT32_MAX, NOWHERE),
    P_OBJECT("adjustableQuantity", adjustable_quantity, NULLABLE, adjustable_quantity_params, 2),
};
static const xpay_rule line_item_params_rules[] = {
    {XPAY_RULE_EXACTLY_ONE, SET("price"), SET("price_data")},
    {XPAY_RULE_NEEDS, IS("quantity", 0), IS("adjustable_quantity.enabled", true)},
    {XPAY_RULE_NEEDS, IS("quantity", 0), IS("adjustable_quantity.minimum", 0)},
};
XPAY_PARAMS_TYPE(line_item_params, "LineItemInput", line_item_params_rules,
                 XPAY_LENGTH(line_item_params_rules));
#undef T
