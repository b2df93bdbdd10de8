/* Field tables of <xpay/custom_field.h>. */
#include <xpay/custom_field.h>

#include "model.h"

XPAY_ENUM(custom_field_type, "TEXT", "NUMBER", "DROPDOWN", "CHECKBOX");

XPAY_ENUM(custom_field_limit, "AT_MOST", "BETWEEN", "AT_LEAST", "EXACTLY");

#define T xpay_dropdown_option
static const xpay_field dropdown_option_fields[] = {
    TEXT("label", label, REQ),
};
XPAY_TYPE(dropdown_option, "DropdownOptionResponse", NULL);
#undef T

#define T xpay_custom_field_value
static const xpay_field custom_field_value_fields[] = {
    TEXT("value", value, REQ),
};
XPAY_TYPE(custom_field_value,
          "CustomFieldTextValue CustomFieldNumericValue CustomFieldDropdownValue", NULL);
#undef T

#define T xpay_custom_field
static const xpay_field custom_field_fields[] = {
    TEXT("key", key, REQ),
    TEXT("label", label, REQ),
    ENUM("type", type, REQ, custom_field_type),
    BOOLEAN("isOptional", is_optional, REQ),
    BOOLEAN_OPT("hasLimits", has_limits, NULLABLE),
    ENUM("limitType", limit_type, NULLABLE, custom_field_limit),
    INTEGER_OPT("minCharacters", min_characters, NULLABLE),
    INTEGER_OPT("maxCharacters", max_characters, NULLABLE),
    OBJECTS("dropdownOptions", dropdown_options, NULLABLE, dropdown_option),
    OBJECT("text", text, NULLABLE, custom_field_value),
    OBJECT("numeric", numeric, NULLABLE, custom_field_value),
    OBJECT("dropdown", dropdown, NULLABLE, custom_field_value),
};
XPAY_TYPE(custom_field, "CustomFieldResponse CustomField", NULL);
#undef T

#define T xpay_dropdown_option_params
static const xpay_field dropdown_option_params_fields[] = {
    P_TEXT("label", label, REQ, 1, 0, XPAY_FORMAT_NONE, NOWHERE),
};
XPAY_PARAMS_TYPE(dropdown_option_params, "DropdownOptionInput", NULL, 0);
#undef T

#define T xpay_custom_field_params
static const xpay_field custom_field_params_fields[] = {
    P_TEXT("label", label, REQ, 1, 0, XPAY_FORMAT_NONE, NOWHERE),
    P_ENUM("type", type, REQ, custom_field_type, NOWHERE),
    P_BOOLEAN_OPT("isOptional", is_optional, NULLABLE, 0),
    P_BOOLEAN_OPT("hasLimits", has_limits, NULLABLE, 1),
    P_ENUM("limitType", limit_type, NULLABLE, custom_field_limit, 2),
    P_INTEGER_OPT("minCharacters", min_characters, NULLABLE, 1, SAFE_MAX, 3),
    P_INTEGER_OPT("maxCharacters", max_characters, NULLABLE, 1, SAFE_MAX, 4),
    P_OBJECTS("dropdownOptions", dropdown_options, NULLABLE, dropdown_option_params, 0, INT32_MAX,
              5),
};
static const xpay_rule custom_field_params_rules[] = {
    {XPAY_RULE_ORDERED, SET("min_characters"), SET("max_characters")},
    {XPAY_RULE_NEEDS, SET("dropdown_options"), IS("type", XPAY_CUSTOM_FIELD_TYPE_DROPDOWN)},
};
XPAY_PARAMS_TYPE(custom_field_params, "CustomFieldInput CreateCustomField",
                 custom_field_params_rules, XPAY_LENGTH(custom_field_params_rules));
#undef T
