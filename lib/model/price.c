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
    MONEY_OPT("unitAmount", unit_amount, 0),
    CURRENCY("currency", currency, REQ),
    ENUM("type", type, REQ, price_type),
    OBJECT("recurring", recurring, 0, recurring),
    OBJECT("customUnitAmount", custom_unit_amount, 0, custom_unit_amount),
    TIME("createdAt", created_at, REQ),
    BOOLEAN("active", active, REQ),
    INTEGER_OPT("stock", stock, NULLABLE),
    TIME_OPT("startDate", start_date, NULLABLE),
    TIME_OPT("expirationDate", expiration_date, NULLABLE),
    OBJECT("product", product, REQ, product),
};
XPAY_TYPE(price, "Price", NULL);
#undef T

#define T xpay_recurring_params
static const xpay_field recurring_params_fields[] = {
    P_ENUM("interval", interval, REQ, recurring_interval, NOWHERE),
    P_INTEGER_OPT("intervalCount", interval_count, NULLABLE, 1, SAFE_MAX, 0),
};
XPAY_PARAMS_TYPE(recurring_params, "RecurringData", NULL, 0);
#undef T

#define T xpay_price_data_params
static const xpay_field price_data_params_fields[] = {
    P_ENUM("currency", currency, REQ, currency, NOWHERE),
    P_MONEY("unitAmount", unit_amount, REQ, 0, INT32_MAX, NOWHERE),
    P_OBJECT("productData", product_data, REQ, product_data_params, NOWHERE),
    P_OBJECT("recurring", recurring, NULLABLE, recurring_params, 0),
    P_TEXT_MAP("metadata", metadata, NULLABLE, 1),
    P_JSON("metadata", metadata_json, NULLABLE, XPAY_FORMAT_OBJECT, NOWHERE),
};
static const xpay_rule price_data_params_rules[] = {
    {XPAY_RULE_EXCLUSIVE, SET("metadata"), SET("metadata_json")},
    {XPAY_RULE_EXCLUSIVE, CLEARED("metadata"), SET("metadata_json")},
};
XPAY_PARAMS_TYPE(price_data_params, "PriceData", price_data_params_rules,
                 XPAY_LENGTH(price_data_params_rules));
#undef T
