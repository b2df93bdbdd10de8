/* Members of parameters. */
#include "members.h"

#define T xpay_address_params
static const c_member address_params[] = {
    MEMBER(line1), MEMBER(line2), MEMBER(city), MEMBER(state), MEMBER(postal_code), MEMBER(country),
};
#undef T

#define T xpay_shipping_params
static const c_member shipping_params[] = {
    MEMBER(name),
    MEMBER(phone),
    MEMBER(address),
};
#undef T

#define T xpay_billing_details_params
static const c_member billing_details_params[] = {
    MEMBER(name),
    MEMBER(email),
    MEMBER(phone),
    MEMBER(address),
};
#undef T

#define T xpay_product_data_params
static const c_member product_data_params[] = {
    MEMBER(name),       MEMBER(description), MEMBER(image),
    MEMBER(unit_label), LIST(metadata),      MEMBER(metadata_json),
};
#undef T

#define T xpay_recurring_params
static const c_member recurring_params[] = {
    MEMBER(interval),
    OPTIONAL(interval_count),
};
#undef T

#define T xpay_price_data_params
static const c_member price_data_params[] = {
    MEMBER(currency),  OPTIONAL(unit_amount), MEMBER(product_data),
    MEMBER(recurring), LIST(metadata),        MEMBER(metadata_json),
};
#undef T

#define T xpay_adjustable_quantity_params
static const c_member adjustable_quantity_params[] = {
    MEMBER(enabled),
    OPTIONAL(minimum),
    OPTIONAL(maximum),
};
#undef T

#define T xpay_line_item_params
static const c_member line_item_params[] = {
    MEMBER(price),
    MEMBER(price_data),
    MEMBER(quantity),
    MEMBER(adjustable_quantity),
};
#undef T

#define T xpay_dropdown_option_params
static const c_member dropdown_option_params[] = {
    MEMBER(label),
};
#undef T

#define T xpay_custom_field_params
static const c_member custom_field_params[] = {
    MEMBER(label),
    MEMBER(type),
    OPTIONAL(is_optional),
    OPTIONAL(has_limits),
    MEMBER(limit_type),
    OPTIONAL(min_characters),
    OPTIONAL(max_characters),
    LIST(dropdown_options),
};
#undef T

#define T xpay_discount_params
static const c_member discount_params[] = {
    MEMBER(coupon),
    MEMBER(promotion_code),
};
#undef T

#define T xpay_fee_config_params
static const c_member fee_config_params[] = {
    MEMBER(fees_pass_through),
    MEMBER(vat_collection_enabled),
    OPTIONAL(vat_collection_rate),
};
#undef T

#define T xpay_branding_colors_params
static const c_member branding_colors_params[] = {
    MEMBER(primary),
    MEMBER(primary_foreground),
    MEMBER(background),
    MEMBER(foreground),
    MEMBER(border),
    MEMBER(input),
    MEMBER(ring),
    MEMBER(muted),
    MEMBER(muted_foreground),
    MEMBER(accent),
    MEMBER(accent_foreground),
    MEMBER(destructive),
};
#undef T

#define T xpay_branding_settings_params
static const c_member branding_settings_params[] = {
    MEMBER(color_mode),  MEMBER(border_style), MEMBER(spacing), MEMBER(input_size),
    MEMBER(input_style), MEMBER(form_layout),  MEMBER(colors),  MEMBER(font_family),
};
#undef T

#define T xpay_after_completion_redirect_params
static const c_member after_completion_redirect_params[] = {
    MEMBER(url),
};
#undef T

#define T xpay_after_completion_hosted_confirmation_params
static const c_member after_completion_hosted_confirmation_params[] = {
    MEMBER(custom_message),
    MEMBER(return_url),
};
#undef T

#define T xpay_after_completion_params
static const c_member after_completion_params[] = {
    MEMBER(type),
    MEMBER(redirect),
    MEMBER(hosted_confirmation),
};
#undef T

#define T xpay_refund_create_params
static const c_member refund_create_params[] = {
    MEMBER(charge_id),   MEMBER(payment_intent_id),  OPTIONAL(amount), MEMBER(reason),
    MEMBER(description), MEMBER(instructions_email), LIST(metadata),   MEMBER(metadata_json),
};
#undef T

#define T xpay_refund_list_params
static const c_member refund_list_params[] = {
    MEMBER(charge_id),
    OPTIONAL(limit),
    OPTIONAL(offset),
};
#undef T

#define T xpay_customer_details_params
static const c_member customer_details_params[] = {
    MEMBER(name), MEMBER(email), MEMBER(phone), MEMBER(billing_details), MEMBER(shipping),
};
#undef T

#define T xpay_customer_update_params
static const c_member customer_update_params[] = {
    MEMBER(address),
    MEMBER(name),
    MEMBER(shipping),
};
#undef T

#define T xpay_customer_create_params
static const c_member customer_create_params[] = {
    MEMBER(name),   MEMBER(email),         MEMBER(phone),    MEMBER(address),
    LIST(metadata), MEMBER(metadata_json), MEMBER(currency),
};
#undef T

#define T xpay_customer_list_params
static const c_member customer_list_params[] = {
    OPTIONAL(page),
    OPTIONAL(limit),
    MEMBER(search),
    MEMBER(type),
};
#undef T

#define T xpay_checkout_session_create_params
static const c_member checkout_session_create_params[] = {
    MEMBER(after_completion),
    MEMBER(mode),
    MEMBER(ui_mode),
    MEMBER(submit_type),
    MEMBER(currency),
    LIST(line_items),
    MEMBER(cancel_url),
    MEMBER(customer_id),
    MEMBER(customer_details),
    MEMBER(customer_update),
    MEMBER(customer_creation),
    OPTIONAL(allow_promotion_codes),
    LIST(discounts),
    OPTIONAL(name_collection),
    OPTIONAL(billing_address_collection),
    OPTIONAL(shipping_address_collection),
    OPTIONAL(phone_number_collection),
    LIST(custom_fields),
    LIST(metadata),
    MEMBER(metadata_json),
    MEMBER(fee_config),
    MEMBER(branding_settings),
    MEMBER(locale),
    LIST(payment_method_types),
    MEMBER(payment_method_configuration_id),
    OPTIONAL(expires_after_minutes),
};
#undef T

#define T xpay_checkout_session_update_params
static const c_member checkout_session_update_params[] = {
    MEMBER(after_completion),
    LIST(line_items),
    MEMBER(cancel_url),
    MEMBER(customer_id),
    MEMBER(customer_details),
    MEMBER(customer_update),
    MEMBER(customer_creation),
    OPTIONAL(allow_promotion_codes),
    LIST(discounts),
    OPTIONAL(name_collection),
    OPTIONAL(billing_address_collection),
    OPTIONAL(shipping_address_collection),
    OPTIONAL(phone_number_collection),
    LIST(custom_fields),
    LIST(metadata),
    MEMBER(metadata_json),
    MEMBER(fee_config),
    MEMBER(branding_settings),
    MEMBER(locale),
    LIST(payment_method_types),
    MEMBER(payment_method_configuration_id),
};
#undef T

#define T xpay_product_create_params
static const c_member product_create_params[] = {
    MEMBER(name),     MEMBER(description), MEMBER(image),         MEMBER(unit_label),
    OPTIONAL(active), LIST(metadata),      MEMBER(metadata_json), MEMBER(default_price),
};
#undef T

#define T xpay_product_update_params
static const c_member product_update_params[] = {
    MEMBER(name),     MEMBER(description), MEMBER(image),         MEMBER(unit_label),
    OPTIONAL(active), LIST(metadata),      MEMBER(metadata_json), MEMBER(default_price),
};
#undef T

#define T xpay_product_list_params
static const c_member product_list_params[] = {
    OPTIONAL(page), OPTIONAL(limit), OPTIONAL(active),
    MEMBER(search), LIST(metadata),  MEMBER(metadata_json),
};
#undef T

#define T xpay_custom_unit_amount_params
static const c_member custom_unit_amount_params[] = {
    OPTIONAL(minimum),
    OPTIONAL(maximum),
    OPTIONAL(preset),
};
#undef T

#define T xpay_price_create_params
static const c_member price_create_params[] = {
    MEMBER(name),
    MEMBER(description),
    MEMBER(currency),
    OPTIONAL(unit_amount),
    MEMBER(type),
    MEMBER(recurring),
    MEMBER(custom_unit_amount),
    OPTIONAL(stock),
    OPTIONAL(start_date),
    OPTIONAL(expiration_date),
    OPTIONAL(active),
    LIST(metadata),
    MEMBER(metadata_json),
};
#undef T

#define T xpay_price_update_params
static const c_member price_update_params[] = {
    MEMBER(name),
    MEMBER(description),
    MEMBER(currency),
    OPTIONAL(unit_amount),
    MEMBER(type),
    MEMBER(recurring),
    MEMBER(custom_unit_amount),
    OPTIONAL(stock),
    OPTIONAL(start_date),
    OPTIONAL(expiration_date),
    OPTIONAL(active),
    LIST(metadata),
    MEMBER(metadata_json),
};
#undef T

#define T xpay_amount_filter_params
static const c_member amount_filter_params[] = {
    MEMBER(comparison),
    OPTIONAL(amount),
    OPTIONAL(upper),
};
#undef T

#define T xpay_date_filter_params
static const c_member date_filter_params[] = {
    MEMBER(comparison), MEMBER(day), MEMBER(last_day), OPTIONAL(count), MEMBER(unit),
};
#undef T

#define T xpay_payment_link_line_item_params
static const c_member payment_link_line_item_params[] = {
    MEMBER(price_id),
    MEMBER(quantity),
    MEMBER(adjustable_quantity),
};
#undef T

#define T xpay_payment_link_create_params
static const c_member payment_link_create_params[] = {
    LIST(line_items),
    OPTIONAL(name_collection),
    OPTIONAL(billing_address_collection),
    OPTIONAL(shipping_address_collection),
    OPTIONAL(phone_number_collection),
    OPTIONAL(allow_promotion_codes),
    MEMBER(submit_type),
    MEMBER(customer_creation),
    MEMBER(after_completion),
    LIST(custom_fields),
    OPTIONAL(expires_at),
    LIST(metadata),
    MEMBER(metadata_json),
    MEMBER(fee_config),
    MEMBER(branding_settings),
    MEMBER(payment_method_configuration_id),
};
#undef T

#define T xpay_payment_link_update_params
static const c_member payment_link_update_params[] = {
    LIST(line_items),
    OPTIONAL(name_collection),
    OPTIONAL(billing_address_collection),
    OPTIONAL(shipping_address_collection),
    OPTIONAL(phone_number_collection),
    OPTIONAL(allow_promotion_codes),
    MEMBER(submit_type),
    MEMBER(customer_creation),
    MEMBER(after_completion),
    LIST(custom_fields),
    OPTIONAL(expires_at),
    OPTIONAL(active),
    LIST(metadata),
    MEMBER(metadata_json),
    MEMBER(fee_config),
    MEMBER(branding_settings),
    MEMBER(payment_method_configuration_id),
};
#undef T

#define T xpay_payment_link_list_params
static const c_member payment_link_list_params[] = {
    OPTIONAL(page), OPTIONAL(limit), OPTIONAL(active), MEMBER(search),
    MEMBER(amount), MEMBER(date),    MEMBER(timezone),
};
#undef T

#define T xpay_webhook_endpoint_create_params
static const c_member webhook_endpoint_create_params[] = {
    MEMBER(url), MEMBER(description), LIST(enabled_events), LIST(metadata), MEMBER(metadata_json),
};
#undef T

#define T xpay_webhook_endpoint_update_params
static const c_member webhook_endpoint_update_params[] = {
    MEMBER(url),    MEMBER(description), LIST(enabled_events),
    MEMBER(status), LIST(metadata),      MEMBER(metadata_json),
};
#undef T

const c_struct params_structs[] = {
    STRUCT(address_params),
    STRUCT(shipping_params),
    STRUCT(billing_details_params),
    STRUCT(product_data_params),
    STRUCT(recurring_params),
    STRUCT(price_data_params),
    STRUCT(adjustable_quantity_params),
    STRUCT(line_item_params),
    STRUCT(dropdown_option_params),
    STRUCT(custom_field_params),
    STRUCT(discount_params),
    STRUCT(fee_config_params),
    STRUCT(branding_colors_params),
    STRUCT(branding_settings_params),
    STRUCT(after_completion_redirect_params),
    STRUCT(after_completion_hosted_confirmation_params),
    STRUCT(after_completion_params),
    STRUCT(refund_create_params),
    STRUCT(refund_list_params),
    STRUCT(customer_details_params),
    STRUCT(customer_update_params),
    STRUCT(customer_create_params),
    STRUCT(customer_list_params),
    STRUCT(checkout_session_create_params),
    STRUCT(checkout_session_update_params),
    STRUCT(product_create_params),
    STRUCT(product_update_params),
    STRUCT(product_list_params),
    STRUCT(custom_unit_amount_params),
    STRUCT(price_create_params),
    STRUCT(price_update_params),
    STRUCT(amount_filter_params),
    STRUCT(date_filter_params),
    STRUCT(payment_link_line_item_params),
    STRUCT(payment_link_create_params),
    STRUCT(payment_link_update_params),
    STRUCT(payment_link_list_params),
    STRUCT(webhook_endpoint_create_params),
    STRUCT(webhook_endpoint_update_params),
    {NULL, 0, NULL, 0},
};
