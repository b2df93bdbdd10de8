/*
 * The ledger of a session: what was taken, what it cost, what went back, what remains, and where it is.
 *
 * Every figure comes from balance transactions, XPay's own ledger rows, and is exact. Currencies are never added to
 * each other: each has totals of its own (usually there is one, the processing currency).
 */
#ifndef XPAY_LEDGER_H
#define XPAY_LEDGER_H

#include <xpay/checkout_session.h>

/** One movement of money, or one that is expected. Amounts are minor units of `currency`. */
typedef struct xpay_ledger_row {
    xpay_object base;
    const char *source;      /**< ch_… or re_… that moved it */
    const char *transaction; /**< txn_…; NULL while XPay has not booked it */
    xpay_currency currency;  /**< XPAY_CURRENCY_… */
    int64_t amount;          /**< gross: positive for charges, negative for refunds */
    int64_t fee;             /**< XPay's */
    int64_t net;             /**< what your balance moves by */
    int32_t status;          /**< XPAY_BALANCE_TRANSACTION_STATUS_…; 0 when derived */
    bool derived;            /**< worked out from the refund: no row of XPay's counts for it */
    bool counted; /**< false for what is pending or did not happen: not in gross or net */
    const char *payout_batch; /**< pb_… that pays it out; NULL when in none yet */
} xpay_ledger_row;

/** The figures of one currency, in its minor units. gross - refunded - fees = net. */
typedef struct xpay_ledger_totals {
    xpay_object base;
    xpay_currency currency; /**< XPAY_CURRENCY_… */
    int64_t gross;          /**< taken by charges */
    int64_t fees;           /**< kept by XPay */
    int64_t refunded;       /**< given back, as a positive figure */
    int64_t net;            /**< what your balance gained */
    int64_t pending;        /**< part of net that cannot be paid out yet */
    int64_t available;      /**< part of net that can be, or was, paid out */
    int64_t
        refunds_pending; /**< on its way back to the customer, as a positive figure; not in net */
    int64_t unbooked;    /**< captured by charges that have no ledger row yet; not in gross */
    bool adds_up;        /**< XPay's own net figures agree with gross - refunded - fees */
} xpay_ledger_totals;

/** What one payout carries of the session's money. */
typedef struct xpay_ledger_batch {
    xpay_object base;
    const char *id;           /**< pb_… */
    int32_t status;           /**< XPAY_PAYOUT_BATCH_STATUS_… */
    const char *arrival_date; /**< "YYYY-MM-DD"; NULL until known */
    xpay_currency currency;   /**< XPAY_CURRENCY_… */
    int64_t net;              /**< minor units of `currency`, of this session only */
} xpay_ledger_batch;

/** The ledger of one session. */
typedef struct xpay_ledger {
    xpay_object base;
    const xpay_ledger_totals *const *totals; /**< one for each currency */
    size_t totals_count;                     /**< elements of totals */
    const xpay_ledger_row *const *rows;      /**< charges oldest first, then refunds newest first */
    size_t rows_count;                       /**< elements of rows */
    const xpay_ledger_batch *const *batches; /**< one for each payout and currency */
    size_t batches_count;                    /**< elements of batches */
} xpay_ledger;

XPAY_BEGIN_DECLS

/**
 * Add a session's ledger up.
 *
 * Charges count by their balance transaction. So do refunds; one without a row counts minus its amount when it
 * SUCCEEDED, is kept apart when it is PENDING, and counts nothing when it FAILED, was CANCELED or was reversed. Such
 * rows are marked as derived. `latest_charge` repeats a charge and is not counted again.
 *
 * @param session not NULL; retrieved, or from a webhook.
 * @param ledger receives the ledger, to be freed with xpay_object_free(); it has copies of all it needs. NULL on
 *        failure.
 * @param error NULL allowed.
 * @return XPAY_OK, also for a session without a payment (no totals then); XPAY_ERROR_ARGUMENT; XPAY_ERROR_DECODE when
 *         an amount or currency that is needed was missing in the answer (error->param is its name, the message says whose);
 *         XPAY_ERROR_OVERFLOW when a sum does not fit in 64 bits; XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_checkout_session_ledger(
    const xpay_checkout_session *session, xpay_ledger **ledger, xpay_error *error);

XPAY_END_DECLS

#endif
