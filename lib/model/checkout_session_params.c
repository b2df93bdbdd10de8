/* Field tables of <xpay/checkout_session_params.h>. */
#include <xpay/checkout_session_params.h>

#include "model.h"

XPAY_ENUM(checkout_session_mode, "payment", "setup", "subscription");

XPAY_ENUM(ui_mode, "hosted", "embedded", "custom");

XPAY_ENUM(submit_type, "PAY", "SUBSCRIBE", "BOOK", "DONATE");

XPAY_ENUM(customer_creation, "always", "if_required");

#define T xpay_checkout_session_create_params
static const xpay_field checkout_session_create_params_fields[] = {
    P_OBJECT("afterCompletion", after_completion, REQ, after_completion_params, NOWHERE),
    P_ENUM("mode", mode, NULLABLE, checkout_session_mode, 0),
    P_ENUM("uiMode", ui_mode, NULLABLE, ui_mode, 1),
    P_ENUM("submitType", submit_type, NULLABLE, submit_type, 2),
    P_ENUM("currency", currency, NULLABLE, currency, 3),
    P_OBJECTS("lineItems", line_items, NULLABLE, line_item_params, 0, INT32_MAX, 4),
    P_TEXT("cancelUrl", cancel_url, NULLABLE, 0, 0, XPAY_FORMAT_URI, 5),
    P_TEXT("customerId", customer_id, NULLABLE, 1, 255, XPAY_FORMAT_ID, 6),
    P_OBJECT("customerDetails", customer_details, NULLABLE, customer_details_params, 7),
    P_OBJECT("customerUpdate", customer_update, NULLABLE, customer_update_params, 8),
    P_ENUM("customerCreation", customer_creation, NULLABLE, customer_creation, 9),
    P_BOOLEAN_OPT("allowPromotionCodes", allow_promotion_codes, NULLABLE, 10),
    P_OBJECTS("discounts", discounts, NULLABLE, discount_params, 0, 1, 11),
    P_BOOLEAN_OPT("nameCollection", name_collection, NULLABLE, 12),
    P_BOOLEAN_OPT("billingAddressCollection", billing_address_collection, NULLABLE, 13),
    P_BOOLEAN_OPT("shippingAddressCollection", shipping_address_collection, NULLABLE, 14),
    P_BOOLEAN_OPT("phoneNumberCollection", phone_number_collection, NULLABLE, 15),
    P_OBJECTS("customFields", custom_fields, NULLABLE, custom_field_params, 0, INT32_MAX, 16),
    P_METADATA(NULLABLE, XPAY_FORMAT_NONE, 17),
    P_OBJECT("feeConfig", fee_config, NULLABLE, fee_config_params, 18),
    P_OBJECT("brandingSettings", branding_settings, NULLABLE, branding_settings_params, 19),
    P_ENUM("locale", locale, NULLABLE, locale, 20),
    P_ENUMS("paymentMethodTypes", payment_method_types, NULLABLE, payment_method_type, 21),
    P_TEXT("paymentMethodConfigurationId", payment_method_configuration_id, NULLABLE, 1, 255,
           XPAY_FORMAT_ID, 22),
    P_INTEGER_OPT("expiresAfterMinutes", expires_after_minutes, NULLABLE, 30, SAFE_MAX, 23),
};
static const xpay_rule checkout_session_create_params_rules[] = {
    {XPAY_RULE_EXCLUSIVE, SET("customer_id"), SET("customer_details")},
    {XPAY_RULE_FORBIDS, IS("customer_creation", XPAY_CUSTOMER_CREATION_ALWAYS), SET("customer_id")},
    {XPAY_RULE_EXCLUSIVE, SET("payment_method_types"), SET("payment_method_configuration_id")},
    {XPAY_RULE_SAME, SET("line_items[].price_data.currency"), NOTHING},
    {XPAY_RULE_NEEDS, SET("customer_update"), SET("customer_id")},
    {XPAY_RULE_FORBIDS, IS("ui_mode", XPAY_UI_MODE_CUSTOM), SET("submit_type")},
    {XPAY_RULE_FORBIDS, IS("ui_mode", XPAY_UI_MODE_CUSTOM), SET("name_collection")},
    {XPAY_RULE_FORBIDS, IS("ui_mode", XPAY_UI_MODE_CUSTOM), SET("billing_address_collection")},
    {XPAY_RULE_FORBIDS, IS("ui_mode", XPAY_UI_MODE_CUSTOM), SET("shipping_address_collection")},
    {XPAY_RULE_FORBIDS, IS("ui_mode", XPAY_UI_MODE_CUSTOM), SET("phone_number_collection")},
    {XPAY_RULE_FORBIDS, IS("ui_mode", XPAY_UI_MODE_CUSTOM), SET("cancel_url")},
    {XPAY_RULE_FORBIDS, IS("ui_mode", XPAY_UI_MODE_EMBEDDED), SET("cancel_url")},
    {XPAY_RULE_FORBIDS, IS("ui_mode", XPAY_UI_MODE_CUSTOM),
     IS("after_completion.type", XPAY_AFTER_COMPLETION_TYPE_HOSTED_CONFIRMATION)},
    {XPAY_RULE_FORBIDS, IS("ui_mode", XPAY_UI_MODE_EMBEDDED),
     IS("after_completion.type", XPAY_AFTER_COMPLETION_TYPE_HOSTED_CONFIRMATION)},
    METADATA_RULES,
};
XPAY_PARAMS_TYPE(checkout_session_create_params, "CreateCheckoutSession",
                 checkout_session_create_params_rules,
                 XPAY_LENGTH(checkout_session_create_params_rules));
#undef T

#define T xpay_checkout_session_update_params
static const xpay_field checkout_session_update_params_fields[] = {
    P_OBJECT("afterCompletion", after_completion, NULLABLE, after_completion_params, 0),
    P_OBJECTS("lineItems", line_items, NULLABLE, line_item_params, 1, INT32_MAX, 1),
    P_TEXT("cancelUrl", cancel_url, NULLABLE, 0, 0, XPAY_FORMAT_URI, 2),
    P_TEXT("customerId", customer_id, NULLABLE, 1, 255, XPAY_FORMAT_ID, 3),
    P_OBJECT("customerDetails", customer_details, NULLABLE, customer_details_params, 4),
    P_OBJECT("customerUpdate", customer_update, NULLABLE, customer_update_params, 5),
    P_ENUM("customerCreation", customer_creation, 0, customer_creation, NOWHERE),
    P_BOOLEAN_OPT("allowPromotionCodes", allow_promotion_codes, 0, NOWHERE),
    P_OBJECTS("discounts", discounts, NULLABLE, discount_params, 0, 1, 6),
    P_BOOLEAN_OPT("nameCollection", name_collection, 0, NOWHERE),
    P_BOOLEAN_OPT("billingAddressCollection", billing_address_collection, 0, NOWHERE),
    P_BOOLEAN_OPT("shippingAddressCollection", shipping_address_collection, 0, NOWHERE),
    P_BOOLEAN_OPT("phoneNumberCollection", phone_number_collection, 0, NOWHERE),
    P_OBJECTS("customFields", custom_fields, NULLABLE, custom_field_params, 0, INT32_MAX, 7),
    P_METADATA(NULLABLE, XPAY_FORMAT_NONE, 8),
    P_OBJECT("feeConfig", fee_config, NULLABLE, fee_config_params, 9),
    P_OBJECT("brandingSettings", branding_settings, NULLABLE, branding_settings_params, 10),
    P_ENUM("locale", locale, NULLABLE, locale, 11),
    P_ENUMS("paymentMethodTypes", payment_method_types, NULLABLE, payment_method_type, 12),
    P_TEXT("paymentMethodConfigurationId", payment_method_configuration_id, NULLABLE, 1, 255,
           XPAY_FORMAT_ID, 13),
};
static const xpay_rule checkout_session_update_params_rules[] = {
    {XPAY_RULE_EXCLUSIVE, SET("customer_id"), SET("customer_details")},
    {XPAY_RULE_FORBIDS, IS("customer_creation", XPAY_CUSTOMER_CREATION_ALWAYS), SET("customer_id")},
    {XPAY_RULE_EXCLUSIVE, SET("payment_method_types"), SET("payment_method_configuration_id")},
    {XPAY_RULE_SAME, SET("line_items[].price_data.currency"), NOTHING},
    METADATA_RULES,
};
XPAY_PARAMS_TYPE(checkout_session_update_params, "UpdateMerchantCheckoutSession",
                 checkout_session_update_params_rules,
                 XPAY_LENGTH(checkout_session_update_params_rules));
#undef T
