/* Field tables of <xpay/refund.h>. */
#include <xpay/refund.h>

#include "model.h"

XPAY_ENUM(refund_status, "PENDING", "REQUIRES_ACTION", "SUCCEEDED", "FAILED", "CANCELED");

XPAY_ENUM(refund_reason, "DUPLICATE", "FRAUDULENT", "REQUESTED_BY_CUSTOMER", "RISK_HOLD_CAPTURE");

XPAY_ENUM(refund_failure_reason, "lost_or_stolen_card", "expired_or_canceled_card",
          "charge_for_pending_refund_disputed", "insufficient_funds", "declined",
          "merchant_request", "unknown");

XPAY_ENUM(refund_pending_reason, "processing", "insufficient_funds", "charge_pending");

XPAY_ENUM(refund_destination_type, "card", "wallet", "bank_transfer", "kiosk");

XPAY_ENUM(refund_reference_status, "pending", "available", "unavailable");

XPAY_ENUM(refund_card_type, "pending", "refund", "reversal");

XPAY_ENUM(refund_next_action_type, "display_details", "verify_identity", "contact_support");

#define T xpay_refund_card_destination
static const xpay_field refund_card_destination_fields[] = {
    TEXT("reference", reference, 0),
    ENUM("referenceStatus", reference_status, 0, refund_reference_status),
    TEXT("referenceType", reference_type, 0),
    ENUM("type", type, 0, refund_card_type),
};
XPAY_TYPE(refund_card_destination, "CardDestinationDetails", NULL);
#undef T

#define T xpay_refund_wallet_destination
static const xpay_field refund_wallet_destination_fields[] = {
    TEXT("reference", reference, 0),
    TEXT("provider", provider, 0),
};
XPAY_TYPE(refund_wallet_destination, "WalletDestinationDetails", NULL);
#undef T

#define T xpay_refund_bank_transfer_destination
static const xpay_field refund_bank_transfer_destination_fields[] = {
    TEXT("reference", reference, 0),
    ENUM("referenceStatus", reference_status, 0, refund_reference_status),
};
XPAY_TYPE(refund_bank_transfer_destination, "BankTransferDestinationDetails", NULL);
#undef T

#define T xpay_refund_kiosk_destination
static const xpay_field refund_kiosk_destination_fields[] = {
    TEXT("reference", reference, 0),
    TEXT("provider", provider, 0),
};
XPAY_TYPE(refund_kiosk_destination, "KioskDestinationDetails", NULL);
#undef T

#define T xpay_refund_destination
static const xpay_field refund_destination_fields[] = {
    ENUM("type", type, REQ, refund_destination_type),
    OBJECT("card", card, 0, refund_card_destination),
    OBJECT("wallet", wallet, 0, refund_wallet_destination),
    OBJECT("bankTransfer", bank_transfer, 0, refund_bank_transfer_destination),
    OBJECT("kiosk", kiosk, 0, refund_kiosk_destination),
};
XPAY_TYPE(refund_destination, "RefundDestinationDetails", NULL);
#undef T

#define T xpay_refund_display_details
static const xpay_field refund_display_details_fields[] = {
    TIME_OPT("emailSentAt", email_sent_at, 0),
    TEXT("emailSentTo", email_sent_to, 0),
    TIME_OPT("expiresAt", expires_at, 0),
};
XPAY_TYPE(refund_display_details, "RefundNextActionDisplayDetails", NULL);
#undef T

#define T xpay_refund_next_action
static const xpay_field refund_next_action_fields[] = {
    ENUM("type", type, REQ, refund_next_action_type),
    OBJECT("displayDetails", display_details, 0, refund_display_details),
};
XPAY_TYPE(refund_next_action, "RefundNextAction", NULL);
#undef T

#define T xpay_refund
static const xpay_field refund_fields[] = {
    TEXT("id", id, REQ | CRIT),
    MONEY("amount", amount, REQ),
    TEXT("chargeId", charge_id, REQ),
    TEXT("paymentIntentId", payment_intent_id, REQ),
    TEXT("balanceTransactionId", balance_transaction_id, REQ | NULLABLE),
    TEXT("failureBalanceTransactionId", failure_balance_transaction_id, REQ | NULLABLE),
    TEXT("externalRefundId", external_refund_id, REQ | NULLABLE),
    TIME("createdAt", created_at, REQ),
    CURRENCY("currency", currency, REQ),
    OBJECT("presentmentDetails", presentment_details, 0, presentment_details),
    ENUM("status", status, REQ | CRIT, refund_status),
    ENUM("reason", reason, NULLABLE, refund_reason),
    ENUM("failureReason", failure_reason, NULLABLE, refund_failure_reason),
    TEXT("failureCode", failure_code, NULLABLE),
    TEXT("failureMessage", failure_message, NULLABLE),
    ENUM("pendingReason", pending_reason, NULLABLE, refund_pending_reason),
    TEXT("description", description, NULLABLE),
    OBJECT("destinationDetails", destination_details, 0, refund_destination),
    OBJECT("nextAction", next_action, 0, refund_next_action),
    TEXT("instructionsEmail", instructions_email, NULLABLE),
    TEXT("receiptNumber", receipt_number, 0),
    MONEY_OPT("feeAmount", fee_amount, 0),
    OBJECT("balanceTransaction", balance_transaction, EXT, balance_transaction),
};
XPAY_TYPE(refund, "RefundResponse", "refund");
#undef T

#define T xpay_refund_page
static const xpay_field refund_page_fields[] = {
    OBJECTS("", data, REQ, refund),
};
XPAY_TYPE(refund_page, "", NULL);
#undef T

#define T xpay_refund_create_params
static const xpay_field refund_create_params_fields[] = {
    P_TEXT("chargeId", charge_id, NULLABLE, 1, 255, XPAY_FORMAT_ID, 0),
    P_TEXT("paymentIntentId", payment_intent_id, NULLABLE, 1, 255, XPAY_FORMAT_ID, 1),
    P_MONEY("amount", amount, NULLABLE, 1, SAFE_MAX, 2),
    P_ENUM("reason", reason, NULLABLE, refund_reason, 3),
    P_TEXT("description", description, NULLABLE, 0, 500, XPAY_FORMAT_NONE, 4),
    P_TEXT("instructionsEmail", instructions_email, NULLABLE, 0, 0, XPAY_FORMAT_EMAIL, 5),
    P_METADATA(NULLABLE, XPAY_FORMAT_OBJECT, 6),
};
static const xpay_rule refund_create_params_rules[] = {
    {XPAY_RULE_EXACTLY_ONE, SET("charge_id"), SET("payment_intent_id")},
    METADATA_RULES,
};
XPAY_PARAMS_TYPE(refund_create_params, "CreateRefund", refund_create_params_rules,
                 XPAY_LENGTH(refund_create_params_rules));
#undef T

#define T xpay_refund_list_params
static const xpay_field refund_list_params_fields[] = {
    P_TEXT("chargeId", charge_id, 0, 1, 255, XPAY_FORMAT_ID, NOWHERE),
    P_INTEGER_OPT("limit", limit, 0, 1, 100, NOWHERE),
    P_INTEGER_OPT("offset", offset, 0, 0, SAFE_MAX, NOWHERE),
};
XPAY_PARAMS_TYPE(refund_list_params, "", NULL, 0);
#undef T
