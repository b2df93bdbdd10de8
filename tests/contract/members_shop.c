/* Members of what is sold, of discounts and fees, and of the checkout page's looks. */
#include "members.h"

#define T xpay_address
static const c_member address[] = {
    MEMBER(city), MEMBER(country), MEMBER(line1), MEMBER(line2), MEMBER(postal_code), MEMBER(state),
};
#undef T

#define T xpay_shipping
static const c_member shipping[] = {
    MEMBER(address),
    MEMBER(name),
    MEMBER(phone),
};
#undef T

#define T xpay_billing_details
static const c_member billing_details[] = {
    MEMBER(address),
    MEMBER(email),
    MEMBER(name),
    MEMBER(phone),
};
#undef T

#define T xpay_presentment_details
static const c_member presentment_details[] = {
    MEMBER(amount),
    MEMBER(currency),
    MEMBER(exchange_rate),
    MEMBER(exchange_rate_id),
};
#undef T

#define T xpay_session_presentment_details
static const c_member session_presentment_details[] = {
    MEMBER(amount),
    MEMBER(currency),
    MEMBER(exchange_rate),
    MEMBER(exchange_rate_id),
    MEMBER(amount_subtotal),
    MEMBER(amount_total),
    MEMBER(amount_discount),
    OPTIONAL(amount_collected_vat),
    OPTIONAL(amount_platform_fee),
    OPTIONAL(amount_tax),
};
#undef T

#define T xpay_product
static const c_member product[] = {
    MEMBER(id),
    MEMBER(name),
    MEMBER(description),
    MEMBER(image),
    MEMBER(unit_label),
    MEMBER(active),
    OPTIONAL(is_system_created),
    LIST(prices),
    MEMBER(default_price_id),
    MEMBER(metadata),
    MEMBER(merchant_id),
    OPTIONAL(created_at),
    OPTIONAL(updated_at),
};
#undef T

#define T xpay_product_page
static const c_member product_page[] = {
    LIST(data), MEMBER(total_count), MEMBER(page), MEMBER(limit), MEMBER(total_pages),
};
#undef T

#define T xpay_recurring
static const c_member recurring[] = {
    MEMBER(interval),
    OPTIONAL(interval_count),
};
#undef T

#define T xpay_custom_unit_amount
static const c_member custom_unit_amount[] = {
    OPTIONAL(minimum),
    OPTIONAL(maximum),
    OPTIONAL(preset),
};
#undef T

#define T xpay_price
static const c_member price[] = {
    MEMBER(id),           MEMBER(product),
    MEMBER(product_id),   MEMBER(name),
    MEMBER(description),  OPTIONAL(unit_amount),
    MEMBER(currency),     MEMBER(type),
    MEMBER(recurring),    MEMBER(custom_unit_amount),
    OPTIONAL(active),     OPTIONAL(stock),
    OPTIONAL(start_date), OPTIONAL(expiration_date),
    MEMBER(created_at),   OPTIONAL(updated_at),
};
#undef T

#define T xpay_adjustable_quantity
static const c_member adjustable_quantity[] = {
    MEMBER(enabled),
    OPTIONAL(minimum),
    OPTIONAL(maximum),
};
#undef T

#define T xpay_line_item_presentment_details
static const c_member line_item_presentment_details[] = {
    MEMBER(unit_amount),  MEMBER(amount_subtotal), MEMBER(amount_discount),
    MEMBER(amount_total), MEMBER(currency),
};
#undef T

#define T xpay_line_item
static const c_member line_item[] = {
    MEMBER(id),
    MEMBER(quantity),
    MEMBER(price),
    MEMBER(adjustable_quantity),
    OPTIONAL(amount_subtotal),
    OPTIONAL(amount_total),
    OPTIONAL(amount_discount),
    OPTIONAL(amount_tax),
    MEMBER(currency),
    MEMBER(description),
    MEMBER(presentment_details),
};
#undef T

#define T xpay_dropdown_option
static const c_member dropdown_option[] = {
    MEMBER(label),
};
#undef T

#define T xpay_custom_field_value
static const c_member custom_field_value[] = {
    MEMBER(value),
};
#undef T

#define T xpay_custom_field
static const c_member custom_field[] = {
    MEMBER(key),
    MEMBER(label),
    MEMBER(type),
    MEMBER(is_optional),
    OPTIONAL(has_limits),
    MEMBER(limit_type),
    OPTIONAL(min_characters),
    OPTIONAL(max_characters),
    LIST(dropdown_options),
    MEMBER(text),
    MEMBER(numeric),
    MEMBER(dropdown),
};
#undef T

#define T xpay_coupon
static const c_member coupon[] = {
    MEMBER(id),
    OPTIONAL(created_at),
    MEMBER(discount_type),
    MEMBER(percent_off),
    OPTIONAL(amount_off),
    MEMBER(currency),
    MEMBER(duration),
    OPTIONAL(duration_in_months),
    MEMBER(name),
    OPTIONAL(max_discount_amount),
    OPTIONAL(min_value),
    OPTIONAL(max_redemptions),
    OPTIONAL(customer_max_redemptions),
    OPTIONAL(times_redeemed),
    OPTIONAL(redeem_by),
    MEMBER(valid),
    OPTIONAL(active),
    LIST(applies_to_product_ids),
    MEMBER(metadata),
    MEMBER(merchant_id),
    MEMBER(livemode),
};
#undef T

#define T xpay_discount
static const c_member discount[] = {
    MEMBER(id),
    MEMBER(coupon),
    MEMBER(promotion_code_id),
    MEMBER(promotion_code_code),
    MEMBER(checkout_session_id),
    MEMBER(customer_id),
    MEMBER(start),
    OPTIONAL(end),
};
#undef T

#define T xpay_fee_config
static const c_member fee_config[] = {
    MEMBER(fees_pass_through),
    MEMBER(vat_collection_enabled),
    OPTIONAL(vat_collection_rate),
    MEMBER(source),
};
#undef T

#define T xpay_card_info
static const c_member card_info[] = {
    MEMBER(brand),
    MEMBER(is_on_us),
    MEMBER(is_international),
};
#undef T

#define T xpay_fees
static const c_member fees[] = {
    MEMBER(payment_method_type), MEMBER(fee_amount),   MEMBER(fee_percentage),
    OPTIONAL(vat_amount),        MEMBER(total_amount), MEMBER(card_info),
};
#undef T

#define T xpay_branding_colors
static const c_member branding_colors[] = {
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

#define T xpay_branding_settings
static const c_member branding_settings[] = {
    MEMBER(color_mode),  MEMBER(border_style), MEMBER(spacing), MEMBER(input_size),
    MEMBER(input_style), MEMBER(form_layout),  MEMBER(colors),  MEMBER(font_family),
};
#undef T

#define T xpay_after_completion_redirect
static const c_member after_completion_redirect[] = {
    MEMBER(url),
};
#undef T

#define T xpay_after_completion_hosted_confirmation
static const c_member after_completion_hosted_confirmation[] = {
    MEMBER(custom_message),
    MEMBER(return_url),
};
#undef T

#define T xpay_after_completion
static const c_member after_completion[] = {
    MEMBER(type),
    MEMBER(redirect),
    MEMBER(hosted_confirmation),
};
#undef T

#define T xpay_promotion_code_restrictions
static const c_member promotion_code_restrictions[] = {
    OPTIONAL(first_time_transaction),
    OPTIONAL(minimum_amount),
    MEMBER(minimum_amount_currency),
};
#undef T

#define T xpay_promotion_code
static const c_member promotion_code[] = {
    MEMBER(id),
    MEMBER(code),
    MEMBER(active),
    MEMBER(coupon),
    MEMBER(customer_id),
    OPTIONAL(max_redemptions),
    MEMBER(times_redeemed),
    OPTIONAL(expires_at),
    MEMBER(restrictions),
    MEMBER(metadata),
    MEMBER(merchant_id),
    MEMBER(livemode),
    MEMBER(created_at),
};
#undef T

#define T xpay_payment_link
static const c_member payment_link[] = {
    MEMBER(id),
    MEMBER(merchant_id),
    MEMBER(active),
    OPTIONAL(expires_at),
    MEMBER(currency),
    MEMBER(computed_amount),
    MEMBER(name_collection),
    MEMBER(billing_address_collection),
    MEMBER(shipping_address_collection),
    MEMBER(phone_number_collection),
    MEMBER(allow_promotion_codes),
    MEMBER(submit_type),
    MEMBER(customer_creation),
    MEMBER(after_completion),
    LIST(line_items),
    LIST(custom_fields),
    MEMBER(fee_config),
    MEMBER(metadata),
    MEMBER(branding_settings),
    MEMBER(payment_method_configuration_id),
    MEMBER(created_at),
    MEMBER(updated_at),
};
#undef T

#define T xpay_payment_link_summary
static const c_member payment_link_summary[] = {
    MEMBER(id),       MEMBER(merchant_id),     MEMBER(active),      OPTIONAL(expires_at),
    MEMBER(currency), MEMBER(computed_amount), MEMBER(submit_type), MEMBER(after_completion),
    LIST(line_items), MEMBER(created_at),      MEMBER(updated_at),
};
#undef T

#define T xpay_payment_link_page
static const c_member payment_link_page[] = {
    LIST(data),
    MEMBER(total_count),
};
#undef T

#define T xpay_webhook_endpoint
static const c_member webhook_endpoint[] = {
    MEMBER(id),     MEMBER(url),      MEMBER(description), MEMBER(status),     LIST(enabled_events),
    MEMBER(secret), MEMBER(livemode), MEMBER(metadata),    MEMBER(created_at), MEMBER(updated_at),
};
#undef T

#define T xpay_webhook_endpoint_page
static const c_member webhook_endpoint_page[] = {
    LIST(data),
};
#undef T

const c_struct shop_structs[] = {
    STRUCT(address),
    STRUCT(shipping),
    STRUCT(billing_details),
    STRUCT(presentment_details),
    STRUCT(session_presentment_details),
    STRUCT(product),
    STRUCT(recurring),
    STRUCT(custom_unit_amount),
    STRUCT(price),
    STRUCT(adjustable_quantity),
    STRUCT(line_item_presentment_details),
    STRUCT(line_item),
    STRUCT(dropdown_option),
    STRUCT(custom_field_value),
    STRUCT(custom_field),
    STRUCT(coupon),
    STRUCT(discount),
    STRUCT(fee_config),
    STRUCT(card_info),
    STRUCT(fees),
    STRUCT(branding_colors),
    STRUCT(branding_settings),
    STRUCT(after_completion_redirect),
    STRUCT(after_completion_hosted_confirmation),
    STRUCT(after_completion),
    STRUCT(product_page),
    STRUCT(promotion_code_restrictions),
    STRUCT(promotion_code),
    STRUCT(payment_link),
    STRUCT(payment_link_summary),
    STRUCT(payment_link_page),
    STRUCT(webhook_endpoint),
    STRUCT(webhook_endpoint_page),
    {NULL, 0, NULL, 0},
};
