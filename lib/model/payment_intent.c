/* Field tables of <xpay/payment_intent.h>. */
#include <xpay/payment_intent.h>

#include "model.h"

XPAY_ENUM(payment_intent_status, "REQUIRES_PAYMENT_METHOD", "REQUIRES_CONFIRMATION",
          "REQUIRES_ACTION", "PROCESSING", "UNCAPTURED", "CANCELED", "SUCCEEDED", "FAILED",
          "REFUNDED", "PARTIALLY_REFUNDED", "AMOUNT_CAPTURABLE_UPDATED", "PAYMENT_FAILED");

XPAY_ENUM(next_action_type, "redirect_to_url", "display_qr_code", "display_voucher_details",
          "display_bank_transfer_instructions", "verify_with_otp", "use_sdk");

XPAY_ENUM(payment_error_type, "api_error", "card_error", "payment_method_error", "processor_error",
          "invalid_request_error", "idempotency_error", "authentication_error");

XPAY_ENUM(advice_code, "confirm_card_data", "do_not_try_again", "try_again_later");

#define T xpay_amount_details_tax
static const xpay_field amount_details_tax_fields[] = {
    MONEY("amount", amount, REQ),
    INTEGER("rateBps", rate_bps, REQ),
};
XPAY_TYPE(amount_details_tax, "AmountDetailsTax TransactionAmountDetailsTax", NULL);
#undef T

#define T xpay_amount_details_platform_fees
static const xpay_field amount_details_platform_fees_fields[] = {
    MONEY("amount", amount, REQ),
    MONEY("vatAmount", vat_amount, REQ),
};
XPAY_TYPE(amount_details_platform_fees,
          "AmountDetailsPlatformFees TransactionAmountDetailsPlatformFees", NULL);
#undef T

#define T xpay_amount_details
static const xpay_field amount_details_fields[] = {
    MONEY("productAmount", product_amount, REQ),
    OBJECT("tax", tax, REQ | NULLABLE, amount_details_tax),
    OBJECT("platformFees", platform_fees, REQ | NULLABLE, amount_details_platform_fees),
    MONEY_OPT("tip", tip, REQ | NULLABLE),
    MONEY_OPT("discount", discount, REQ | NULLABLE),
};
XPAY_TYPE(amount_details, "AmountDetails", NULL);
#undef T

#define T xpay_next_action_redirect
static const xpay_field next_action_redirect_fields[] = {
    TEXT("url", url, REQ),
    TEXT("returnUrl", return_url, REQ | NULLABLE),
};
XPAY_TYPE(next_action_redirect, "NextActionRedirect", NULL);
#undef T

#define T xpay_next_action_voucher
static const xpay_field next_action_voucher_fields[] = {
    TEXT("provider", provider, REQ),
    TEXT("reference", reference, REQ),
    TIME_OPT("expiresAt", expires_at, REQ | NULLABLE),
    TEXT("instructions", instructions, REQ | NULLABLE),
    TEXT("hostedVoucherUrl", hosted_voucher_url, REQ | NULLABLE),
};
XPAY_TYPE(next_action_voucher, "NextActionVoucher", NULL);
#undef T

#define T xpay_next_action
static const xpay_field next_action_fields[] = {
    ENUM("type", type, REQ, next_action_type),
    OBJECT("redirectToUrl", redirect_to_url, REQ | NULLABLE, next_action_redirect),
    OBJECT("displayVoucherDetails", display_voucher_details, REQ | NULLABLE, next_action_voucher),
};
XPAY_TYPE(next_action, "NextActionDetail", NULL);
#undef T

#define T xpay_payment_error
static const xpay_field payment_error_fields[] = {
    TEXT("code", code, REQ | NULLABLE),
    TEXT("declineCode", decline_code, REQ | NULLABLE),
    TEXT("networkDeclineCode", network_decline_code, REQ | NULLABLE),
    TEXT("docUrl", doc_url, REQ | NULLABLE),
    TEXT("message", message, REQ),
    TEXT("merchantMessage", merchant_message, REQ | NULLABLE),
    ENUM("adviceCode", advice_code, REQ | NULLABLE, advice_code),
    TEXT("param", param, REQ | NULLABLE),
    TEXT("chargeId", charge_id, REQ | NULLABLE),
    OBJECT("paymentMethod", payment_method, REQ | NULLABLE, payment_method),
    TEXT("paymentMethodType", payment_method_type, REQ | NULLABLE),
    ENUM("type", type, REQ, payment_error_type),
    TEXT("processorCode", processor_code, REQ | NULLABLE),
    TEXT("processorMessage", processor_message, REQ | NULLABLE),
};
XPAY_TYPE(payment_error, "LastPaymentErrorDetail", NULL);
#undef T

#define T xpay_payment_intent
static const xpay_field payment_intent_fields[] = {
    TEXT("id", id, REQ | CRIT),
    TEXT("checkoutSessionId", checkout_session_id, REQ | NULLABLE),
    MONEY("amount", amount, REQ),
    MONEY("amountCapturable", amount_capturable, REQ),
    MONEY("amountReceived", amount_received, REQ),
    CURRENCY("currency", currency, REQ),
    ENUM("status", status, REQ | CRIT, payment_intent_status),
    TIME("createdAt", created_at, REQ),
    TIME("updatedAt", updated_at, REQ),
    TEXT("clientSecret", client_secret, REQ | SECRET),
    TEXT("captureMethod", capture_method, REQ),
    TEXT("confirmationMethod", confirmation_method, REQ),
    TEXT("description", description, REQ | NULLABLE),
    TEXT("receiptEmail", receipt_email, REQ | NULLABLE),
    TIME_OPT("canceledAt", canceled_at, REQ | NULLABLE),
    OBJECT("shipping", shipping, REQ | NULLABLE, shipping),
    OBJECT("amountDetails", amount_details, REQ | NULLABLE, amount_details),
    OBJECT("presentmentDetails", presentment_details, REQ | NULLABLE, presentment_details),
    OBJECT("latestCharge", latest_charge, REQ | NULLABLE, charge),
    OBJECTS("charges", charges, REQ, charge),
    OBJECT("paymentMethod", payment_method, REQ | NULLABLE, payment_method),
    OBJECT("customer", customer, REQ | NULLABLE, customer),
    OBJECT("nextAction", next_action, REQ | NULLABLE, next_action),
    OPEN_JSON("metadata", metadata, REQ),
    OBJECT("lastPaymentError", last_payment_error, REQ | NULLABLE, payment_error),
    OBJECT("checkoutSession", checkout_session, NULLABLE, checkout_session),
    OBJECTS("refunds", refunds, EXT, refund),
};
XPAY_TYPE(payment_intent, "PaymentIntentResponse NestedPaymentIntentResponse", "payment_intent");
#undef T
