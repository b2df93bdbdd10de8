/* Field tables of <xpay/balance_transaction.h>. */
#include <xpay/balance_transaction.h>

#include "model.h"

XPAY_ENUM(balance_transaction_status, "AVAILABLE", "PENDING");

XPAY_ENUM(balance_transaction_type, "CHARGE", "PAYMENT", "PAYMENT_FAILURE_REFUND", "PAYMENT_REFUND",
          "PAYMENT_REVERSAL", "REFUND", "REFUND_FAILURE", "ADJUSTMENT", "ADVANCE",
          "ADVANCE_FUNDING", "PAYOUT", "PAYOUT_CANCEL", "PAYOUT_FAILURE",
          "PAYOUT_MINIMUM_BALANCE_HOLD", "PAYOUT_MINIMUM_BALANCE_RELEASE", "RESERVED_FUNDS",
          "RESERVE_HOLD", "RESERVE_RELEASE", "RECOVERY_FROM_FUTURE_FUNDS", "XPAY_FEE",
          "XPAY_FX_FEE", "TAX_FEE", "TOPUP", "TOPUP_REVERSAL");

XPAY_ENUM(payout_batch_status, "open", "processing", "in_transit", "paid", "partial_failed",
          "failed", "canceled");

#define T xpay_fee_detail
static const xpay_field fee_detail_fields[] = {
    MONEY("amount", amount, REQ),
    CURRENCY("currency", currency, REQ),
    TEXT("description", description, NULLABLE),
    TEXT("type", type, REQ),
    TEXT("application", application, REQ | NULLABLE),
};
XPAY_TYPE(fee_detail, "BalanceTransactionFeeDetail", NULL);
#undef T

#define T xpay_payout_batch
static const xpay_field payout_batch_fields[] = {
    TEXT("id", id, REQ | CRIT),
    MONEY("amount", amount, REQ),
    CURRENCY("currency", currency, REQ),
    ENUM("status", status, REQ | CRIT, payout_batch_status),
    TEXT("arrivalDate", arrival_date, REQ | NULLABLE),
    TIME("createdAt", created_at, REQ),
    TIME("updatedAt", updated_at, REQ),
};
XPAY_TYPE(payout_batch, "BalanceTransactionPayoutBatch", "payout_batch");
#undef T

#define T xpay_balance_transaction
static const xpay_field balance_transaction_fields[] = {
    TEXT("id", id, REQ | CRIT),
    MONEY("amount", amount, REQ),
    TIME_OPT("availableOn", available_on, REQ | NULLABLE),
    TIME("createdAt", created_at, REQ),
    CURRENCY("currency", currency, REQ),
    TEXT("description", description, REQ | NULLABLE),
    MONEY("fee", fee, REQ),
    MONEY("net", net, REQ),
    OBJECTS("feeDetails", fee_details, REQ, fee_detail),
    ENUM("status", status, REQ | CRIT, balance_transaction_status),
    ENUM("type", type, REQ, balance_transaction_type),
    TEXT("reportingCategory", reporting_category, REQ),
    DECIMAL("exchangeRate", exchange_rate, REQ | NULLABLE),
    TEXT("source", source, REQ),
    OBJECT("payoutBatch", payout_batch, REQ | NULLABLE, payout_batch),
    TEXT("paymentIntentId", payment_intent_id, REQ | NULLABLE),
    TEXT("merchantId", merchant_id, REQ),
};
XPAY_TYPE(balance_transaction, "BalanceTransactionResponse", "balance_transaction");
#undef T
