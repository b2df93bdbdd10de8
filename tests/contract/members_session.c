/* Members of customers, payment intents, the account, sessions, events and ledgers. */
#include "members.h"

#define T xpay_customer_details
static const c_member customer_details[] = {
    MEMBER(name), MEMBER(email), MEMBER(phone), MEMBER(billing_details), MEMBER(shipping),
};
#undef T

#define T xpay_customer_update
static const c_member customer_update[] = {
    MEMBER(address),
    MEMBER(name),
    MEMBER(shipping),
};
#undef T

#define T xpay_card_fingerprint
static const c_member card_fingerprint[] = {
    MEMBER(fingerprint),   MEMBER(last4),        MEMBER(brand),
    MEMBER(first_seen_at), MEMBER(last_seen_at), MEMBER(charge_count),
};
#undef T

#define T xpay_guest_fingerprint
static const c_member guest_fingerprint[] = {
    LIST(emails),
    LIST(phones),
    LIST(card_fingerprints),
};
#undef T

#define T xpay_customer
static const c_member customer[] = {
    MEMBER(id),           MEMBER(type),        OPTIONAL(created_at),
    OPTIONAL(updated_at), MEMBER(name),        MEMBER(email),
    MEMBER(phone),        MEMBER(address),     MEMBER(guest_fingerprint),
    MEMBER(metadata),     MEMBER(merchant_id), MEMBER(shipping),
};
#undef T

#define T xpay_spend_data
static const c_member spend_data[] = {
    MEMBER(amount_dispute_losses), MEMBER(amount_refunded),
    MEMBER(average_order_value),   MEMBER(currency),
    OPTIONAL(first_purchase_at),   MEMBER(gross_spend),
    OPTIONAL(last_purchase_at),    MEMBER(net_spend),
    MEMBER(num_payments),
};
#undef T

#define T xpay_customer_summary
static const c_member customer_summary[] = {
    MEMBER(id),         MEMBER(type),  MEMBER(created_at), MEMBER(name),
    MEMBER(email),      MEMBER(phone), MEMBER(country),    MEMBER(latest_payment_method),
    MEMBER(spend_data),
};
#undef T

#define T xpay_customer_page
static const c_member customer_page[] = {
    LIST(data),
    MEMBER(total_count),
};
#undef T

#define T xpay_amount_details_tax
static const c_member amount_details_tax[] = {
    MEMBER(amount),
    MEMBER(rate_bps),
};
#undef T

#define T xpay_amount_details_platform_fees
static const c_member amount_details_platform_fees[] = {
    MEMBER(amount),
    MEMBER(vat_amount),
};
#undef T

#define T xpay_amount_details
static const c_member amount_details[] = {
    MEMBER(product_amount), MEMBER(tax), MEMBER(platform_fees), OPTIONAL(tip), OPTIONAL(discount),
};
#undef T

#define T xpay_next_action_redirect
static const c_member next_action_redirect[] = {
    MEMBER(url),
    MEMBER(return_url),
};
#undef T

#define T xpay_next_action_voucher
static const c_member next_action_voucher[] = {
    MEMBER(provider),     MEMBER(reference),          OPTIONAL(expires_at),
    MEMBER(instructions), MEMBER(hosted_voucher_url),
};
#undef T

#define T xpay_next_action
static const c_member next_action[] = {
    MEMBER(type),
    MEMBER(redirect_to_url),
    MEMBER(display_voucher_details),
};
#undef T

#define T xpay_payment_error
static const c_member payment_error[] = {
    MEMBER(code),
    MEMBER(decline_code),
    MEMBER(network_decline_code),
    MEMBER(doc_url),
    MEMBER(message),
    MEMBER(merchant_message),
    MEMBER(advice_code),
    MEMBER(param),
    MEMBER(charge_id),
    MEMBER(payment_method),
    MEMBER(payment_method_type),
    MEMBER(type),
    MEMBER(processor_code),
    MEMBER(processor_message),
};
#undef T

#define T xpay_payment_intent
static const c_member payment_intent[] = {
    MEMBER(id),
    MEMBER(checkout_session_id),
    MEMBER(amount),
    MEMBER(amount_capturable),
    MEMBER(amount_received),
    MEMBER(currency),
    MEMBER(status),
    MEMBER(created_at),
    MEMBER(updated_at),
    MEMBER(client_secret),
    MEMBER(capture_method),
    MEMBER(confirmation_method),
    MEMBER(description),
    MEMBER(receipt_email),
    OPTIONAL(canceled_at),
    MEMBER(shipping),
    MEMBER(amount_details),
    MEMBER(presentment_details),
    MEMBER(latest_charge),
    LIST(charges),
    MEMBER(payment_method),
    MEMBER(customer),
    MEMBER(next_action),
    MEMBER(metadata),
    MEMBER(last_payment_error),
    MEMBER(checkout_session),
    LIST(refunds),
};
#undef T

#define T xpay_supported_currency
static const c_member supported_currency[] = {
    MEMBER(code),
    MEMBER(decimals),
    LIST(payment_method_types),
};
#undef T

#define T xpay_account_api_key
static const c_member account_api_key[] = {
    MEMBER(type),
    MEMBER(mode),
    LIST(permissions),
};
#undef T

#define T xpay_account
static const c_member account[] = {
    MEMBER(id),
    MEMBER(display_name),
    MEMBER(country),
    MEMBER(default_currency),
    MEMBER(default_locale),
    LIST(supported_currencies),
    MEMBER(livemode),
    MEMBER(live_payments_enabled),
    MEMBER(api_key),
};
#undef T

#define T xpay_total_details
static const c_member total_details[] = {
    MEMBER(amount_discount),       OPTIONAL(amount_shipping),      MEMBER(amount_tax),
    OPTIONAL(amount_platform_fee), OPTIONAL(amount_collected_vat),
};
#undef T

#define T xpay_checkout_session
static const c_member checkout_session[] = {
    MEMBER(id),
    MEMBER(created_at),
    OPTIONAL(updated_at),
    MEMBER(mode),
    MEMBER(ui_mode),
    MEMBER(submit_type),
    MEMBER(customer_creation),
    MEMBER(status),
    MEMBER(payment_status),
    MEMBER(currency),
    OPTIONAL(amount_subtotal),
    OPTIONAL(amount_total),
    MEMBER(total_details),
    MEMBER(presentment_details),
    MEMBER(after_completion),
    MEMBER(cancel_url),
    MEMBER(url),
    MEMBER(client_secret),
    OPTIONAL(expires_at),
    MEMBER(is_expired),
    MEMBER(customer_id),
    MEMBER(customer),
    MEMBER(customer_details),
    MEMBER(payment_intent_id),
    LIST(line_items),
    LIST(custom_fields),
    LIST(discounts),
    MEMBER(allow_promotion_codes),
    MEMBER(name_collection),
    MEMBER(billing_address_collection),
    MEMBER(shipping_address_collection),
    MEMBER(phone_number_collection),
    MEMBER(fee_config),
    MEMBER(branding_settings),
    MEMBER(locale),
    LIST(payment_method_types),
    MEMBER(payment_method_configuration_id),
    MEMBER(fees),
    MEMBER(customer_update),
    MEMBER(metadata),
    MEMBER(merchant_id),
    MEMBER(merchant_name),
    MEMBER(merchant_logo),
    MEMBER(payment_link_id),
    MEMBER(livemode),
    MEMBER(payment_intent),
};
#undef T

#define T xpay_event_data
static const c_member event_data[] = {
    MEMBER(object),
};
#undef T

#define T xpay_event
static const c_member event[] = {
    MEMBER(id),   MEMBER(api_version), OPTIONAL(created),
    MEMBER(type), MEMBER(livemode),    MEMBER(data),
};
#undef T

#define T xpay_ledger_row
static const c_member ledger_row[] = {
    MEMBER(source), MEMBER(transaction), MEMBER(currency), MEMBER(amount),  MEMBER(fee),
    MEMBER(net),    MEMBER(status),      MEMBER(derived),  MEMBER(counted), MEMBER(payout_batch),
};
#undef T

#define T xpay_ledger_totals
static const c_member ledger_totals[] = {
    MEMBER(currency), MEMBER(gross),   MEMBER(fees),      MEMBER(refunded),
    MEMBER(net),      MEMBER(pending), MEMBER(available), MEMBER(refunds_pending),
    MEMBER(unbooked), MEMBER(adds_up),
};
#undef T

#define T xpay_ledger_batch
static const c_member ledger_batch[] = {
    MEMBER(id), MEMBER(status), MEMBER(arrival_date), MEMBER(currency), MEMBER(net),
};
#undef T

#define T xpay_ledger
static const c_member ledger[] = {
    LIST(totals),
    LIST(batches),
    LIST(rows),
};
#undef T

const c_struct session_structs[] = {
    STRUCT(customer_details),
    STRUCT(customer_update),
    STRUCT(card_fingerprint),
    STRUCT(guest_fingerprint),
    STRUCT(customer),
    STRUCT(spend_data),
    STRUCT(customer_summary),
    STRUCT(customer_page),
    STRUCT(amount_details_tax),
    STRUCT(amount_details_platform_fees),
    STRUCT(amount_details),
    STRUCT(next_action_redirect),
    STRUCT(next_action_voucher),
    STRUCT(next_action),
    STRUCT(payment_error),
    STRUCT(payment_intent),
    STRUCT(supported_currency),
    STRUCT(account_api_key),
    STRUCT(account),
    STRUCT(total_details),
    STRUCT(checkout_session),
    STRUCT(event_data),
    STRUCT(event),
    STRUCT(ledger_row),
    STRUCT(ledger_totals),
    STRUCT(ledger_batch),
    STRUCT(ledger),
    {NULL, 0, NULL, 0},
};
