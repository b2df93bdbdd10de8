/* Field tables of <xpay/price.h>. */
#include <xpay/price.h>

#include "model.h"

XPAY_ENUM(price_type, "ONE_TIME", "RECURRING", "CUSTOM");

XPAY_ENUM(recurring_interval, "DAY", "WEEK", "MONTH", "YEAR", "CUSTOM");

#define T xpay_recurring
static const xpay_field recurring_fields[] = {
    ENUM("interval", interval, NULLABLE, recurring_interval),
    INTEGER_OPT("intervalCount", interval_count, NULLABLE),
};
XPAY_TYPE(recurring, "Recurring CatalogRecurring", NULL);
#undef T

#define T xpay_custom_unit_amount
static const xpay_field custom_unit_amount_fields[] = {
    MONEY_OPT("minimum", minimum, NULLABLE),
    MONEY_OPT("maximum", maximum, NULLABLE),
    MONEY_OPT("preset", preset, NULLABLE),
};
XPAY_TYPE(custom_unit_amount, "CustomUnitAmount CustomUnitAmountResponse", NULL);
#undef T

#define T xpay_price
static const xpay_field price_fields[] = {
    TEXT("id", id, REQ | CRIT),
    MONEY_OPT("unitAmount", unit_amount, NULLABLE),
    CURRENCY("currency", currency, REQ),
    ENUM("type", type, REQ, price_type),
    OBJECT("recurring", recurring, NULLABLE, recurring),
    OBJECT("customUnitAmount", custom_unit_amount, NULLABLE, custom_unit_amount),
    TIME("createdAt", created_at, REQ),
    BOOLEAN_OPT("active", active, 0),
    INTEGER_OPT("stock", stock, NULLABLE),
    TIME_OPT("startDate", start_date, NULLABLE),
    TIME_OPT("expirationDate", expiration_date, NULLABLE),
    OBJECT("product", product, 0, product),
    TEXT("name", name, NULLABLE),
    TEXT("description", description, NULLABLE),
    TIME_OPT("updatedAt", updated_at, 0),
    TEXT("productId", product_id, 0),
};
XPAY_TYPE(price, "Price PriceResponse PriceListItem", "price");
#undef T

#define T xpay_recurring_params
static const xpay_field recurring_params_fields[] = {
    P_ENUM("interval", interval, NULLABLE, recurring_interval, 1),
    P_INTEGER_OPT("intervalCount", interval_count, NULLABLE, 1, SAFE_MAX, 0),
};
XPAY_PARAMS_TYPE(recurring_params, "RecurringData RecurringConfig", NULL, 0);
#undef T

#define T xpay_price_data_params
static const xpay_field price_data_params_fields[] = {
    P_ENUM("currency", currency, REQ, currency, NOWHERE),
    P_MONEY("unitAmount", unit_amount, REQ, 0, INT32_MAX, NOWHERE),
    P_OBJECT("productData", product_data, REQ, product_data_params, NOWHERE),
    P_OBJECT("recurring", recurring, NULLABLE, recurring_params, 0),
    P_METADATA(NULLABLE, XPAY_FORMAT_OBJECT, 1),
};
static const xpay_rule price_data_params_rules[] = {
    {XPAY_RULE_EACH, SET("recurring.interval"), NOTHING},
    METADATA_RULES,
};
XPAY_PARAMS_TYPE(price_data_params, "PriceData", price_data_params_rules,
                 XPAY_LENGTH(price_data_params_rules));
#undef T

#define T xpay_custom_unit_amount_params
static const xpay_field custom_unit_amount_params_fields[] = {
    P_MONEY("minimum", minimum, NULLABLE, 1, SAFE_MAX, 0),
    P_MONEY("maximum", maximum, NULLABLE, 1, SAFE_MAX, 1),
    P_MONEY("preset", preset, NULLABLE, 1, SAFE_MAX, 2),
};
static const xpay_rule custom_unit_amount_params_rules[] = {
    {XPAY_RULE_ORDERED, SET("minimum"), SET("maximum")},
    {XPAY_RULE_ORDERED, SET("minimum"), SET("preset")},
    {XPAY_RULE_ORDERED, SET("preset"), SET("maximum")},
};
XPAY_PARAMS_TYPE(custom_unit_amount_params, "CustomUnitAmountInput",
                 custom_unit_amount_params_rules, XPAY_LENGTH(custom_unit_amount_params_rules));
#undef T

#define T xpay_price_create_params
static const xpay_field price_create_params_fields[] = {
    P_TEXT("name", name, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 0),
    P_TEXT("description", description, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 1),
    P_ENUM("currency", currency, NULLABLE, currency, 2),
    P_MONEY("unitAmount", unit_amount, NULLABLE, 0, INT32_MAX, 3),
    P_ENUM("type", type, NULLABLE, price_type, 4),
    P_OBJECT("recurring", recurring, NULLABLE, recurring_params, 5),
    P_OBJECT("customUnitAmount", custom_unit_amount, NULLABLE, custom_unit_amount_params, 6),
    P_INTEGER_OPT("stock", stock, NULLABLE, 0, INT32_MAX, 7),
    P_TIME_OPT("startDate", start_date, NULLABLE, 8),
    P_TIME_OPT("expirationDate", expiration_date, NULLABLE, 9),
    P_BOOLEAN_OPT("active", active, 0, NOWHERE),
    P_METADATA(NULLABLE, XPAY_FORMAT_OBJECT, 10),
};
static const xpay_rule price_create_params_rules[] = {
    {XPAY_RULE_ORDERED, SET("start_date"), SET("expiration_date")},
    {XPAY_RULE_NEEDS, IS("type", XPAY_PRICE_TYPE_ONE_TIME), SET("unit_amount")},
    {XPAY_RULE_NEEDS, IS("type", XPAY_PRICE_TYPE_RECURRING), SET("unit_amount")},
    {XPAY_RULE_NEEDS, IS("type", XPAY_PRICE_TYPE_RECURRING), SET("recurring")},
    {XPAY_RULE_FORBIDS, IS("type", XPAY_PRICE_TYPE_CUSTOM), SET("unit_amount")},
    {XPAY_RULE_NEEDS, SET("custom_unit_amount"), IS("type", XPAY_PRICE_TYPE_CUSTOM)},
    METADATA_RULES,
};
XPAY_PARAMS_TYPE(price_create_params, "CreatePrice CreateProductDefaultPrice",
                 price_create_params_rules, XPAY_LENGTH(price_create_params_rules));
#undef T

/* An update is judged by what it says itself: what the price is by now is not known here. */
#define T xpay_price_update_params
static const xpay_field price_update_params_fields[] = {
    P_TEXT("name", name, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 0),
    P_TEXT("description", description, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 1),
    P_ENUM("currency", currency, 0, currency, NOWHERE),
    P_MONEY("unitAmount", unit_amount, NULLABLE, 0, INT32_MAX, 2),
    P_ENUM("type", type, 0, price_type, NOWHERE),
    P_OBJECT("recurring", recurring, 0, recurring_params, NOWHERE),
    P_OBJECT("customUnitAmount", custom_unit_amount, NULLABLE, custom_unit_amount_params, 3),
    P_INTEGER_OPT("stock", stock, NULLABLE, 0, INT32_MAX, 4),
    P_TIME_OPT("startDate", start_date, NULLABLE, 5),
    P_TIME_OPT("expirationDate", expiration_date, NULLABLE, 6),
    P_BOOLEAN_OPT("active", active, 0, NOWHERE),
    P_METADATA(NULLABLE, XPAY_FORMAT_OBJECT, 7),
};
static const xpay_rule price_update_params_rules[] = {
    {XPAY_RULE_ORDERED, SET("start_date"), SET("expiration_date")},
    {XPAY_RULE_FORBIDS, IS("type", XPAY_PRICE_TYPE_CUSTOM), SET("unit_amount")},
    {XPAY_RULE_FORBIDS, IS("type", XPAY_PRICE_TYPE_ONE_TIME), SET("custom_unit_amount")},
    {XPAY_RULE_FORBIDS, IS("type", XPAY_PRICE_TYPE_RECURRING), SET("custom_unit_amount")},
    {XPAY_RULE_EXCLUSIVE, SET("unit_amount"), SET("custom_unit_amount")},
    METADATA_RULES,
};
XPAY_PARAMS_TYPE(price_update_params, "UpdatePrice", price_update_params_rules,
                 XPAY_LENGTH(price_update_params_rules));
#undef T
