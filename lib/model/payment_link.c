/* Field tables of <xpay/payment_link.h>. */
#include <xpay/payment_link.h>

#include "model.h"

#define T xpay_payment_link
static const xpay_field payment_link_fields[] = {
    TEXT("id", id, REQ | CRIT),
    TEXT("merchantId", merchant_id, REQ),
    BOOLEAN("active", active, REQ),
    TIME_OPT("expiresAt", expires_at, 0),
    CURRENCY("currency", currency, REQ),
    MONEY("computedAmount", computed_amount, REQ),
    BOOLEAN("nameCollection", name_collection, REQ),
    BOOLEAN("billingAddressCollection", billing_address_collection, REQ),
    BOOLEAN("shippingAddressCollection", shipping_address_collection, REQ),
    BOOLEAN("phoneNumberCollection", phone_number_collection, REQ),
    BOOLEAN("allowPromotionCodes", allow_promotion_codes, REQ),
    ENUM("submitType", submit_type, REQ, submit_type),
    ENUM("customerCreation", customer_creation, 0, customer_creation),
    OBJECT("afterCompletion", after_completion, 0, after_completion),
    OBJECTS("lineItems", line_items, REQ, line_item),
    OBJECTS("customFields", custom_fields, NULLABLE, custom_field),
    OBJECT("feeConfig", fee_config, NULLABLE, fee_config),
    OPEN_JSON("metadata", metadata, 0),
    OBJECT("brandingSettings", branding_settings, NULLABLE, branding_settings),
    TEXT("paymentMethodConfigurationId", payment_method_configuration_id, NULLABLE),
    TIME("createdAt", created_at, REQ),
    TIME("updatedAt", updated_at, REQ),
};
XPAY_TYPE(payment_link, "PaymentLinkResponse", "payment_link");
#undef T

#define T xpay_payment_link_summary
static const xpay_field payment_link_summary_fields[] = {
    TEXT("id", id, REQ | CRIT),
    TEXT("merchantId", merchant_id, REQ),
    BOOLEAN("active", active, REQ),
    TIME_OPT("expiresAt", expires_at, 0),
    CURRENCY("currency", currency, REQ),
    MONEY("computedAmount", computed_amount, REQ),
    ENUM("submitType", submit_type, REQ, submit_type),
    OBJECT("afterCompletion", after_completion, 0, after_completion),
    OBJECTS("lineItems", line_items, REQ, line_item),
    TIME("createdAt", created_at, REQ),
    TIME("updatedAt", updated_at, REQ),
};
XPAY_TYPE(payment_link_summary, "ListPaymentLink", NULL);
#undef T

#define T xpay_payment_link_page
static const xpay_field payment_link_page_fields[] = {
    OBJECTS("data", data, REQ, payment_link_summary),
    INTEGER("totalCount", total_count, REQ),
};
XPAY_TYPE(payment_link_page, "ListPaymentLinksResponse", NULL);
#undef T

#define T xpay_payment_link_line_item_params
static const xpay_field payment_link_line_item_params_fields[] = {
    P_TEXT("priceId", price_id, REQ, 1, 255, XPAY_FORMAT_ID, NOWHERE),
    P_INTEGER("quantity", quantity, REQ, 0, INT32_MAX, NOWHERE),
    P_OBJECT("adjustableQuantity", adjustable_quantity, 0, adjustable_quantity_params, NOWHERE),
};
static const xpay_rule payment_link_line_item_params_rules[] = {
    {XPAY_RULE_NEEDS, IS("quantity", 0), IS("adjustable_quantity.enabled", true)},
    {XPAY_RULE_NEEDS, IS("quantity", 0), IS("adjustable_quantity.minimum", 0)},
};
XPAY_PARAMS_TYPE(payment_link_line_item_params, "CreateLineItem",
                 payment_link_line_item_params_rules,
                 XPAY_LENGTH(payment_link_line_item_params_rules));
#undef T

#define T xpay_payment_link_create_params
static const xpay_field payment_link_create_params_fields[] = {
    P_OBJECTS("lineItems", line_items, REQ, payment_link_line_item_params, 1, INT32_MAX, NOWHERE),
    P_BOOLEAN_OPT("nameCollection", name_collection, NULLABLE, 0),
    P_BOOLEAN_OPT("billingAddressCollection", billing_address_collection, NULLABLE, 1),
    P_BOOLEAN_OPT("shippingAddressCollection", shipping_address_collection, NULLABLE, 2),
    P_BOOLEAN_OPT("phoneNumberCollection", phone_number_collection, NULLABLE, 3),
    P_BOOLEAN_OPT("allowPromotionCodes", allow_promotion_codes, NULLABLE, 4),
    P_ENUM("submitType", submit_type, NULLABLE, submit_type, 5),
    P_ENUM("customerCreation", customer_creation, 0, customer_creation, NOWHERE),
    P_OBJECT("afterCompletion", after_completion, REQ, after_completion_params, NOWHERE),
    P_OBJECTS("customFields", custom_fields, NULLABLE, custom_field_params, 0, 3, 6),
    P_TIME_OPT("expiresAt", expires_at, NULLABLE, 7),
    P_METADATA(NULLABLE, XPAY_FORMAT_OBJECT, 8),
    P_OBJECT("feeConfig", fee_config, NULLABLE, fee_config_params, 9),
    P_OBJECT("brandingSettings", branding_settings, NULLABLE, branding_settings_params, 10),
    P_TEXT("paymentMethodConfigurationId", payment_method_configuration_id, NULLABLE, 1, 255,
           XPAY_FORMAT_ID, 11),
};
static const xpay_rule payment_link_create_params_rules[] = {
    {XPAY_RULE_EACH, SET("custom_fields[].is_optional"), NOTHING},
    METADATA_RULES,
};
XPAY_PARAMS_TYPE(payment_link_create_params, "CreatePaymentLink", payment_link_create_params_rules,
                 XPAY_LENGTH(payment_link_create_params_rules));
#undef T

#define T xpay_payment_link_update_params
static const xpay_field payment_link_update_params_fields[] = {
    P_OBJECTS("lineItems", line_items, 0, payment_link_line_item_params, 1, INT32_MAX, NOWHERE),
    P_BOOLEAN_OPT("nameCollection", name_collection, 0, NOWHERE),
    P_BOOLEAN_OPT("billingAddressCollection", billing_address_collection, 0, NOWHERE),
    P_BOOLEAN_OPT("shippingAddressCollection", shipping_address_collection, 0, NOWHERE),
    P_BOOLEAN_OPT("phoneNumberCollection", phone_number_collection, 0, NOWHERE),
    P_BOOLEAN_OPT("allowPromotionCodes", allow_promotion_codes, 0, NOWHERE),
    P_ENUM("submitType", submit_type, 0, submit_type, NOWHERE),
    P_ENUM("customerCreation", customer_creation, 0, customer_creation, NOWHERE),
    P_OBJECT("afterCompletion", after_completion, 0, after_completion_params, NOWHERE),
    P_OBJECTS("customFields", custom_fields, 0, custom_field_params, 0, 3, NOWHERE),
    P_TIME_OPT("expiresAt", expires_at, NULLABLE, 0),
    P_BOOLEAN_OPT("active", active, 0, NOWHERE),
    P_METADATA(NULLABLE, XPAY_FORMAT_OBJECT, 1),
    P_OBJECT("feeConfig", fee_config, NULLABLE, fee_config_params, 2),
    P_OBJECT("brandingSettings", branding_settings, NULLABLE, branding_settings_params, 3),
    P_TEXT("paymentMethodConfigurationId", payment_method_configuration_id, NULLABLE, 1, 255,
           XPAY_FORMAT_ID, 4),
};
static const xpay_rule payment_link_update_params_rules[] = {
    {XPAY_RULE_EACH, SET("custom_fields[].is_optional"), NOTHING},
    METADATA_RULES,
};
XPAY_PARAMS_TYPE(payment_link_update_params, "UpdatePaymentLink", payment_link_update_params_rules,
                 XPAY_LENGTH(payment_link_update_params_rules));
#undef T

#define T xpay_payment_link_list_params
static const xpay_field payment_link_list_params_fields[] = {
    P_INTEGER_OPT("page", page, 0, 1, INT32_MAX, NOWHERE),
    P_INTEGER_OPT("limit", limit, 0, 1, 100, NOWHERE),
    P_BOOLEAN_OPT("active", active, 0, NOWHERE),
    P_TEXT("search", search, 0, 0, 0, XPAY_FORMAT_NONE, NOWHERE),
    P_OBJECT("amount", amount, 0, amount_filter_params, NOWHERE),
    P_OBJECT("date", date, 0, date_filter_params, NOWHERE),
    P_TEXT("timezone", timezone, 0, 0, 0, XPAY_FORMAT_NONE, NOWHERE),
};
XPAY_PARAMS_TYPE(payment_link_list_params, "", NULL, 0);
#undef T
