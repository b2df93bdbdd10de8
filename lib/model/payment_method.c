/* Field tables of <xpay/payment_method.h>. */
#include <xpay/payment_method.h>

#include "model.h"

XPAY_ENUM(payment_method_type, "card", "fawry", "aman", "valu", "sympl", "tabby", "tamara",
          "vodafone_cash", "etisalat_cash", "orange_cash", "we_pay", "apple_pay", "google_pay",
          "samsung_pay", "instapay", "bank_transfer", "cash_on_delivery");

#define T xpay_three_d_secure
static const xpay_field three_d_secure_fields[] = {
    TEXT("authenticationFlow", authentication_flow, REQ | NULLABLE),
    TEXT("electronicCommerceIndicator", electronic_commerce_indicator, REQ | NULLABLE),
    TEXT("exemptionIndicator", exemption_indicator, REQ | NULLABLE),
    TEXT("result", result, REQ | NULLABLE),
    TEXT("resultReason", result_reason, REQ | NULLABLE),
    TEXT("transactionId", transaction_id, REQ | NULLABLE),
    TEXT("version", version, REQ | NULLABLE),
};
XPAY_TYPE(three_d_secure, "ThreeDSecure", NULL);
#undef T

#define T xpay_three_d_secure_usage
static const xpay_field three_d_secure_usage_fields[] = {
    BOOLEAN("supported", supported, REQ),
};
XPAY_TYPE(three_d_secure_usage, "ThreeDSecureUsage", NULL);
#undef T

#define T xpay_wallet
static const xpay_field wallet_fields[] = {
    TEXT("type", type, REQ),
    TEXT("dynamicLast4", dynamic_last4, REQ | NULLABLE),
};
XPAY_TYPE(wallet, "Wallet", NULL);
#undef T

#define T xpay_card_networks
static const xpay_field card_networks_fields[] = {
    TEXTS("available", available, 0),
    TEXT("preferred", preferred, 0),
};
XPAY_TYPE(card_networks, "", NULL);
#undef T

#define T xpay_card
static const xpay_field card_fields[] = {
    TEXT("brand", brand, REQ),
    TEXT("country", country, NULLABLE),
    INTEGER("expMonth", exp_month, REQ),
    INTEGER("expYear", exp_year, REQ),
    TEXT("funding", funding, NULLABLE),
    TEXT("last4", last4, REQ),
    TEXT("network", network, NULLABLE),
    TEXT("fingerprint", fingerprint, NULLABLE),
    OBJECT("threeDSecure", three_d_secure, NULLABLE, three_d_secure),
    OBJECT("wallet", wallet, NULLABLE, wallet),
    TEXT("displayBrand", display_brand, NULLABLE),
    OBJECT("networks", networks, NULLABLE, card_networks),
    TEXT("regulatedStatus", regulated_status, NULLABLE),
    OBJECT("threeDSecureUsage", three_d_secure_usage, NULLABLE, three_d_secure_usage),
    TEXT("cardholderName", cardholder_name, NULLABLE),
};
XPAY_TYPE(card,
          "ChargeCardDetails PaymentMethodCard TransactionCardDetails PaymentMethodSnapshotCard",
          NULL);
#undef T

#define T xpay_valu_details
static const xpay_field valu_details_fields[] = {
    TEXT("loanNumber", loan_number, NULLABLE),
    INTEGER_OPT("tenure", tenure, NULLABLE),
    TEXT("emi", emi, NULLABLE),
    TEXT("downPayment", down_payment, NULLABLE),
    TEXT("financedAmount", financed_amount, NULLABLE),
    TEXT("firstEmiDueDate", first_emi_due_date, NULLABLE),
    TEXT("lastInstallmentDate", last_installment_date, NULLABLE),
};
XPAY_TYPE(valu_details, "ValuDetails", NULL);
#undef T

#define T xpay_fawry_details
static const xpay_field fawry_details_fields[] = {
    TEXT("fawryRefNumber", fawry_ref_number, NULLABLE),
    TEXT("paymentReferenceNumber", payment_reference_number, NULLABLE),
    TEXT("paymentMethod", payment_method, NULLABLE),
    INTEGER_OPT("paymentTime", payment_time, NULLABLE),
    TIME_OPT("expiresAt", expires_at, NULLABLE),
};
XPAY_TYPE(fawry_details, "FawryDetails", NULL);
#undef T

#define T xpay_payment_method
static const xpay_field payment_method_fields[] = {
    TEXT("id", id, REQ | CRIT),
    OBJECT("card", card, NULLABLE, card),
    OBJECT("valu", valu, NULLABLE, valu_details),
    OBJECT("fawry", fawry, NULLABLE, fawry_details),
    OBJECT("billingDetails", billing_details, 0, billing_details),
    ENUM("type", type, REQ, payment_method_type),
    TIME_OPT("createdAt", created_at, 0),
};
XPAY_TYPE(payment_method, "PaymentMethodObject TransactionPaymentMethod PaymentMethodSnapshot",
          "payment_method");
#undef T

#define T xpay_payment_method_details
static const xpay_field payment_method_details_fields[] = {
    TEXT("type", type, REQ),
    OBJECT("card", card, REQ | NULLABLE, card),
    OBJECT("valu", valu, REQ | NULLABLE, valu_details),
    OBJECT("fawry", fawry, REQ | NULLABLE, fawry_details),
};
XPAY_TYPE(payment_method_details, "PaymentMethodDetails", NULL);
#undef T

#define T xpay_payment_method_option
static const xpay_field payment_method_option_fields[] = {
    TEXT("type", type, REQ),
    TEXT("displayName", display_name, REQ),
    TEXT("category", category, 0),
    MONEY_OPT("minTransactionAmount", min_transaction_amount, NULLABLE),
    MONEY_OPT("maxTransactionAmount", max_transaction_amount, NULLABLE),
    TEXTS("requiredCustomerFields", required_customer_fields, NULLABLE),
    BOOLEAN_OPT("supportsRefund", supports_refund, 0),
    BOOLEAN_OPT("supportsPartialRefund", supports_partial_refund, 0),
    BOOLEAN_OPT("supportsPartialCapture", supports_partial_capture, 0),
    TEXT("paymentConfirmation", payment_confirmation, 0),
};
XPAY_TYPE(payment_method_option, "PaymentMethodTypeResponse", NULL);
#undef T
