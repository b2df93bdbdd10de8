/*
 * Balance transactions: the ledger rows behind charges and refunds, the truth about the money.
 *
 * Read-only. A row is met inside a charge (and, where XPay sends it, inside a refund); there is no call to fetch one.
 * Follows https://docs.xpay.app/api-reference/objects/balance-transaction.
 */
#ifndef XPAY_BALANCE_TRANSACTION_H
#define XPAY_BALANCE_TRANSACTION_H

#include <xpay/money.h>

/** Whether the row's money can be paid out. */
enum {
    XPAY_BALANCE_TRANSACTION_STATUS_UNKNOWN = 0,   /**< absent, or not known to this version */
    XPAY_BALANCE_TRANSACTION_STATUS_AVAILABLE = 1, /**< in the available balance */
    XPAY_BALANCE_TRANSACTION_STATUS_PENDING = 2    /**< not before `available_on` */
};

/** What moved the money. */
enum {
    XPAY_BALANCE_TRANSACTION_TYPE_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_BALANCE_TRANSACTION_TYPE_CHARGE = 1,
    XPAY_BALANCE_TRANSACTION_TYPE_PAYMENT = 2,
    XPAY_BALANCE_TRANSACTION_TYPE_PAYMENT_FAILURE_REFUND = 3,
    XPAY_BALANCE_TRANSACTION_TYPE_PAYMENT_REFUND = 4,
    XPAY_BALANCE_TRANSACTION_TYPE_PAYMENT_REVERSAL = 5,
    XPAY_BALANCE_TRANSACTION_TYPE_REFUND = 6,
    XPAY_BALANCE_TRANSACTION_TYPE_REFUND_FAILURE = 7,
    XPAY_BALANCE_TRANSACTION_TYPE_ADJUSTMENT = 8,
    XPAY_BALANCE_TRANSACTION_TYPE_ADVANCE = 9,
    XPAY_BALANCE_TRANSACTION_TYPE_ADVANCE_FUNDING = 10,
    XPAY_BALANCE_TRANSACTION_TYPE_PAYOUT = 11,
    XPAY_BALANCE_TRANSACTION_TYPE_PAYOUT_CANCEL = 12,
    XPAY_BALANCE_TRANSACTION_TYPE_PAYOUT_FAILURE = 13,
    XPAY_BALANCE_TRANSACTION_TYPE_PAYOUT_MINIMUM_BALANCE_HOLD = 14,
    XPAY_BALANCE_TRANSACTION_TYPE_PAYOUT_MINIMUM_BALANCE_RELEASE = 15,
    XPAY_BALANCE_TRANSACTION_TYPE_RESERVED_FUNDS = 16,
    XPAY_BALANCE_TRANSACTION_TYPE_RESERVE_HOLD = 17,
    XPAY_BALANCE_TRANSACTION_TYPE_RESERVE_RELEASE = 18,
    XPAY_BALANCE_TRANSACTION_TYPE_RECOVERY_FROM_FUTURE_FUNDS = 19,
    XPAY_BALANCE_TRANSACTION_TYPE_XPAY_FEE = 20,
    XPAY_BALANCE_TRANSACTION_TYPE_XPAY_FX_FEE = 21,
    XPAY_BALANCE_TRANSACTION_TYPE_TAX_FEE = 22,
    XPAY_BALANCE_TRANSACTION_TYPE_TOPUP = 23,
    XPAY_BALANCE_TRANSACTION_TYPE_TOPUP_REVERSAL = 24
};

/** How far the payout that a row belongs to has come. */
enum {
    XPAY_PAYOUT_BATCH_STATUS_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_PAYOUT_BATCH_STATUS_OPEN = 1,
    XPAY_PAYOUT_BATCH_STATUS_PROCESSING = 2,
    XPAY_PAYOUT_BATCH_STATUS_IN_TRANSIT = 3,
    XPAY_PAYOUT_BATCH_STATUS_PAID = 4,
    XPAY_PAYOUT_BATCH_STATUS_PARTIAL_FAILED = 5,
    XPAY_PAYOUT_BATCH_STATUS_FAILED = 6,
    XPAY_PAYOUT_BATCH_STATUS_CANCELED = 7
};

/** One part of a row's fee; what XPay's processors cost XPay is not among them. */
typedef struct xpay_fee_detail {
    xpay_object base;
    int64_t amount;          /**< minor units of `currency` */
    xpay_currency currency;  /**< XPAY_CURRENCY_… */
    const char *description; /**< NULL when XPay gives none */
    const char *type;        /**< what the fee is for */
    const char *application; /**< NULL when no application took it */
} xpay_fee_detail;

/** The payout that carries a row's money to the merchant's bank. */
typedef struct xpay_payout_batch {
    xpay_object base;
    const char *id;           /**< pb_… */
    int64_t amount;           /**< of the whole batch, minor units of `currency` */
    xpay_currency currency;   /**< XPAY_CURRENCY_… */
    int32_t status;           /**< XPAY_PAYOUT_BATCH_STATUS_… */
    const char *arrival_date; /**< "YYYY-MM-DD" in the merchant's calendar; NULL until known */
    int64_t created_at;       /**< milliseconds since the epoch, UTC */
    int64_t updated_at;       /**< milliseconds since the epoch, UTC */
} xpay_payout_batch;

/** One ledger row: amount - fee = net, all signed; positive for charges, negative for refunds. */
typedef struct xpay_balance_transaction {
    xpay_object base;
    const char *id;                            /**< txn_… */
    int64_t amount;                            /**< gross, signed, minor units of `currency` */
    int64_t fee;                               /**< minor units of `currency` */
    int64_t net;                               /**< signed, minor units of `currency` */
    xpay_currency currency;                    /**< XPAY_CURRENCY_…, the processing currency */
    int32_t status;                            /**< XPAY_BALANCE_TRANSACTION_STATUS_… */
    int32_t type;                              /**< XPAY_BALANCE_TRANSACTION_TYPE_… */
    bool has_available_on;                     /**< false while XPay has not set the day */
    int64_t available_on;                      /**< milliseconds since the epoch, UTC */
    int64_t created_at;                        /**< milliseconds since the epoch, UTC */
    const char *description;                   /**< NULL when XPay gives none */
    const xpay_fee_detail *const *fee_details; /**< what `fee` is made of */
    size_t fee_details_count;                  /**< elements of fee_details */
    const char *reporting_category;            /**< XPay's grouping for reports */
    xpay_decimal exchange_rate; /**< when the row was converted; digits is NULL otherwise */
    const char *source;         /**< id of the charge, refund or payout that caused it */
    const xpay_payout_batch *payout_batch; /**< NULL until the row is in a payout */
    const char *payment_intent_id;         /**< pi_…; NULL for rows without a payment */
    const char *merchant_id;               /**< the account */
} xpay_balance_transaction;

#endif
