/* Members of payment methods, ledger rows, refunds and charges. */
#include "members.h"

#define T xpay_three_d_secure
static const c_member three_d_secure[] = {
    MEMBER(authentication_flow),
    MEMBER(electronic_commerce_indicator),
    MEMBER(exemption_indicator),
    MEMBER(result),
    MEMBER(result_reason),
    MEMBER(transaction_id),
    MEMBER(version),
};
#undef T

#define T xpay_three_d_secure_usage
static const c_member three_d_secure_usage[] = {
    MEMBER(supported),
};
#undef T

#define T xpay_wallet
static const c_member wallet[] = {
    MEMBER(type),
    MEMBER(dynamic_last4),
};
#undef T

#define T xpay_card_networks
static const c_member card_networks[] = {
    LIST(available),
    MEMBER(preferred),
};
#undef T

#define T xpay_card
static const c_member card[] = {
    MEMBER(brand),
    MEMBER(country),
    MEMBER(exp_month),
    MEMBER(exp_year),
    MEMBER(funding),
    MEMBER(last4),
    MEMBER(network),
    MEMBER(fingerprint),
    MEMBER(three_d_secure),
    MEMBER(wallet),
    MEMBER(display_brand),
    MEMBER(networks),
    MEMBER(regulated_status),
    MEMBER(three_d_secure_usage),
    MEMBER(cardholder_name),
};
#undef T

#define T xpay_valu_details
static const c_member valu_details[] = {
    MEMBER(loan_number),           OPTIONAL(tenure),        MEMBER(emi),
    MEMBER(down_payment),          MEMBER(financed_amount), MEMBER(first_emi_due_date),
    MEMBER(last_installment_date),
};
#undef T

#define T xpay_fawry_details
static const c_member fawry_details[] = {
    MEMBER(fawry_ref_number), MEMBER(payment_reference_number),
    MEMBER(payment_method),   OPTIONAL(payment_time),
    OPTIONAL(expires_at),
};
#undef T

#define T xpay_payment_method
static const c_member payment_method[] = {
    MEMBER(id),   MEMBER(card),         MEMBER(valu), MEMBER(fawry), MEMBER(billing_details),
    MEMBER(type), OPTIONAL(created_at),
};
#undef T

#define T xpay_payment_method_details
static const c_member payment_method_details[] = {
    MEMBER(type),
    MEMBER(card),
    MEMBER(valu),
    MEMBER(fawry),
};
#undef T

#define T xpay_payment_method_option
static const c_member payment_method_option[] = {
    MEMBER(type),
    MEMBER(display_name),
    MEMBER(category),
    OPTIONAL(min_transaction_amount),
    OPTIONAL(max_transaction_amount),
    LIST(required_customer_fields),
    OPTIONAL(supports_refund),
    OPTIONAL(supports_partial_refund),
    OPTIONAL(supports_partial_capture),
    MEMBER(payment_confirmation),
};
#undef T

#define T xpay_fee_detail
static const c_member fee_detail[] = {
    MEMBER(amount), MEMBER(currency), MEMBER(description), MEMBER(type), MEMBER(application),
};
#undef T

#define T xpay_payout_batch
static const c_member payout_batch[] = {
    MEMBER(id),           MEMBER(amount),     MEMBER(currency),   MEMBER(status),
    MEMBER(arrival_date), MEMBER(created_at), MEMBER(updated_at),
};
#undef T

#define T xpay_balance_transaction
static const c_member balance_transaction[] = {
    MEMBER(id),
    MEMBER(amount),
    OPTIONAL(available_on),
    MEMBER(created_at),
    MEMBER(currency),
    MEMBER(description),
    MEMBER(fee),
    MEMBER(net),
    LIST(fee_details),
    MEMBER(status),
    MEMBER(type),
    MEMBER(reporting_category),
    MEMBER(exchange_rate),
    MEMBER(source),
    MEMBER(payout_batch),
    MEMBER(payment_intent_id),
    MEMBER(merchant_id),
};
#undef T

#define T xpay_refund_card_destination
static const c_member refund_card_destination[] = {
    MEMBER(reference),
    MEMBER(reference_status),
    MEMBER(reference_type),
    MEMBER(type),
};
#undef T

#define T xpay_refund_wallet_destination
static const c_member refund_wallet_destination[] = {
    MEMBER(reference),
    MEMBER(provider),
};
#undef T

#define T xpay_refund_bank_transfer_destination
static const c_member refund_bank_transfer_destination[] = {
    MEMBER(reference),
    MEMBER(reference_status),
};
#undef T

#define T xpay_refund_kiosk_destination
static const c_member refund_kiosk_destination[] = {
    MEMBER(reference),
    MEMBER(provider),
};
#undef T

#define T xpay_refund_destination
static const c_member refund_destination[] = {
    MEMBER(type), MEMBER(card), MEMBER(wallet), MEMBER(bank_transfer), MEMBER(kiosk),
};
#undef T

#define T xpay_refund_display_details
static const c_member refund_display_details[] = {
    OPTIONAL(email_sent_at),
    MEMBER(email_sent_to),
    OPTIONAL(expires_at),
};
#undef T

#define T xpay_refund_next_action
static const c_member refund_next_action[] = {
    MEMBER(type),
    MEMBER(display_details),
};
#undef T

#define T xpay_refund
static const c_member refund[] = {
    MEMBER(id),
    MEMBER(amount),
    MEMBER(charge_id),
    MEMBER(payment_intent_id),
    MEMBER(balance_transaction_id),
    MEMBER(failure_balance_transaction_id),
    MEMBER(external_refund_id),
    MEMBER(created_at),
    MEMBER(currency),
    MEMBER(presentment_details),
    MEMBER(status),
    MEMBER(reason),
    MEMBER(failure_reason),
    MEMBER(failure_code),
    MEMBER(failure_message),
    MEMBER(pending_reason),
    MEMBER(description),
    MEMBER(destination_details),
    MEMBER(next_action),
    MEMBER(instructions_email),
    MEMBER(receipt_number),
    OPTIONAL(fee_amount),
    MEMBER(balance_transaction),
};
#undef T

#define T xpay_refund_page
static const c_member refund_page[] = {
    LIST(data),
};
#undef T

#define T xpay_charge_outcome
static const c_member charge_outcome[] = {
    MEMBER(network_status), MEMBER(reason),         MEMBER(risk_level),
    MEMBER(risk_score),     MEMBER(seller_message), MEMBER(type),
};
#undef T

#define T xpay_charge_config
static const c_member charge_config[] = {
    MEMBER(vat_collection_enabled),   OPTIONAL(vat_collection_rate),
    OPTIONAL(collected_vat_amount),   MEMBER(platform_fee_pass_through),
    OPTIONAL(merchant_fee_deduction),
};
#undef T

#define T xpay_charge_location
static const c_member charge_location[] = {
    MEMBER(country_code), MEMBER(country_name), MEMBER(region_code),
    MEMBER(region_name),  MEMBER(city_name),
};
#undef T

#define T xpay_charge_geocoding
static const c_member charge_geocoding[] = {
    MEMBER(ip_address),
    MEMBER(location),
};
#undef T

#define T xpay_charge_session
static const c_member charge_session[] = {
    MEMBER(browser), MEMBER(browser_version), MEMBER(platform),
    MEMBER(device),  MEMBER(device_vendor),   MEMBER(device_model),
};
#undef T

#define T xpay_processor_capabilities
static const c_member processor_capabilities[] = {
    MEMBER(supports_refund),
    MEMBER(supports_partial_refund),
};
#undef T

#define T xpay_charge
static const c_member charge[] = {
    MEMBER(id),
    MEMBER(amount),
    MEMBER(amount_captured),
    MEMBER(amount_refunded),
    MEMBER(currency),
    MEMBER(created_at),
    MEMBER(status),
    MEMBER(paid),
    MEMBER(refunded),
    MEMBER(captured),
    OPTIONAL(captured_at),
    MEMBER(failure_code),
    MEMBER(failure_message),
    MEMBER(receipt_url),
    MEMBER(receipt_email),
    MEMBER(billing_details),
    MEMBER(payment_method_details),
    MEMBER(outcome),
    MEMBER(balance_transaction),
    MEMBER(presentment_details),
    LIST(refunds),
    MEMBER(payment_intent_id),
    MEMBER(payment_method_id),
    MEMBER(calculated_statement_descriptor),
    MEMBER(disputed),
    MEMBER(external_charge_id),
    MEMBER(config),
    MEMBER(geocoding),
    MEMBER(session),
    MEMBER(merchant_origin),
    MEMBER(merchant_domain),
    MEMBER(processor_capabilities),
    MEMBER(active_hold_id),
    MEMBER(settlement_model),
};
#undef T

const c_struct payment_structs[] = {
    STRUCT(three_d_secure),
    STRUCT(three_d_secure_usage),
    STRUCT(wallet),
    STRUCT(card_networks),
    STRUCT(card),
    STRUCT(valu_details),
    STRUCT(fawry_details),
    STRUCT(payment_method),
    STRUCT(payment_method_details),
    STRUCT(payment_method_option),
    STRUCT(fee_detail),
    STRUCT(payout_batch),
    STRUCT(balance_transaction),
    STRUCT(refund_card_destination),
    STRUCT(refund_wallet_destination),
    STRUCT(refund_bank_transfer_destination),
    STRUCT(refund_kiosk_destination),
    STRUCT(refund_destination),
    STRUCT(refund_display_details),
    STRUCT(refund_next_action),
    STRUCT(refund),
    STRUCT(refund_page),
    STRUCT(charge_outcome),
    STRUCT(charge_config),
    STRUCT(charge_location),
    STRUCT(charge_geocoding),
    STRUCT(charge_session),
    STRUCT(processor_capabilities),
    STRUCT(charge),
    {NULL, 0, NULL, 0},
};
