/* Field tables of <xpay/filter.h>. The first field of a filter is how it compares; see xpay_encode_query(). */
#include <xpay/filter.h>

#include "model.h"

XPAY_ENUM(amount_comparison, "eq", "bt", "gt", "lt");

XPAY_ENUM(date_comparison, "eq", "bt", "last", "after", "before");

XPAY_ENUM(date_unit, "days");

#define T xpay_amount_filter_params
static const xpay_field amount_filter_params_fields[] = {
    P_ENUM("comparison", comparison, REQ, amount_comparison, NOWHERE),
    P_MONEY("amount", amount, REQ, 0, SAFE_MAX, NOWHERE),
    P_MONEY("upper", upper, 0, 0, SAFE_MAX, NOWHERE),
};
static const xpay_rule amount_filter_params_rules[] = {
    {XPAY_RULE_ORDERED, SET("amount"), SET("upper")},
    {XPAY_RULE_NEEDS, IS("comparison", XPAY_AMOUNT_COMPARISON_BT), SET("upper")},
    {XPAY_RULE_NEEDS, SET("upper"), IS("comparison", XPAY_AMOUNT_COMPARISON_BT)},
};
XPAY_PARAMS_TYPE(amount_filter_params, "", amount_filter_params_rules,
                 XPAY_LENGTH(amount_filter_params_rules));
#undef T

#define T xpay_date_filter_params
static const xpay_field date_filter_params_fields[] = {
    P_ENUM("comparison", comparison, REQ, date_comparison, NOWHERE),
    P_TEXT("day", day, 0, 0, 0, XPAY_FORMAT_DATE, NOWHERE),
    P_TEXT("lastDay", last_day, 0, 0, 0, XPAY_FORMAT_DATE, NOWHERE),
    P_INTEGER_OPT("count", count, 0, 1, SAFE_MAX, NOWHERE),
    P_ENUM("unit", unit, 0, date_unit, NOWHERE),
};
static const xpay_rule date_filter_params_rules[] = {
    {XPAY_RULE_EXACTLY_ONE, SET("day"), SET("count")},
    {XPAY_RULE_NEEDS, SET("count"), IS("comparison", XPAY_DATE_COMPARISON_LAST)},
    {XPAY_RULE_NEEDS, IS("comparison", XPAY_DATE_COMPARISON_LAST), SET("count")},
    {XPAY_RULE_NEEDS, SET("count"), SET("unit")},
    {XPAY_RULE_NEEDS, SET("unit"), SET("count")},
    {XPAY_RULE_NEEDS, IS("comparison", XPAY_DATE_COMPARISON_BT), SET("last_day")},
    {XPAY_RULE_NEEDS, SET("last_day"), IS("comparison", XPAY_DATE_COMPARISON_BT)},
};
XPAY_PARAMS_TYPE(date_filter_params, "", date_filter_params_rules,
                 XPAY_LENGTH(date_filter_params_rules));
#undef T
