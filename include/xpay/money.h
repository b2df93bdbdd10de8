/*
 * Money: int64_t in the currency's minor unit (piastres, cents, fils), never floating point.
 *
 * All functions here work on exact integers and decimal digits.
 */
#ifndef XPAY_MONEY_H
#define XPAY_MONEY_H

#include <xpay/object.h>

/** ISO 4217 currencies of the contract. */
typedef int32_t xpay_currency;

enum {
    XPAY_CURRENCY_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_CURRENCY_EGP = 1,
    XPAY_CURRENCY_USD = 2,
    XPAY_CURRENCY_EUR = 3,
    XPAY_CURRENCY_GBP = 4,
    XPAY_CURRENCY_SAR = 5,
    XPAY_CURRENCY_AED = 6,
    XPAY_CURRENCY_QAR = 7,
    XPAY_CURRENCY_KWD = 8,
    XPAY_CURRENCY_JOD = 9,
    XPAY_CURRENCY_OMR = 10,
    XPAY_CURRENCY_BHD = 11,
    XPAY_CURRENCY_LYD = 12,
    XPAY_CURRENCY_AUD = 13,
    XPAY_CURRENCY_CAD = 14,
    XPAY_CURRENCY_CNY = 15
};

/** Room that any amount of money needs as text, currency and NUL included. */
#define XPAY_MONEY_TEXT_SIZE 32

XPAY_BEGIN_DECLS

/**
 * Three-letter code of a currency.
 *
 * @param currency XPAY_CURRENCY_….
 * @return such as "EGP", static; NULL for XPAY_CURRENCY_UNKNOWN and other values.
 */
XPAY_API const char *xpay_currency_code(xpay_currency currency);

/**
 * Currency of a three-letter code, upper case.
 *
 * @param code such as "KWD"; NULL allowed.
 * @return the constant; XPAY_CURRENCY_UNKNOWN when there is none.
 */
XPAY_API xpay_currency xpay_currency_from_code(const char *code);

/**
 * Decimal places of a currency's minor unit: 3 for KWD, JOD, OMR, BHD and LYD, 2 for the others.
 *
 * @param currency XPAY_CURRENCY_….
 * @return 2 or 3; -1 for XPAY_CURRENCY_UNKNOWN and other values.
 */
XPAY_API int32_t xpay_currency_decimals(xpay_currency currency);

/**
 * Write an amount as text: "1499.00 EGP", "-0.005 KWD".
 *
 * @param amount in minor units, any int64_t.
 * @param currency XPAY_CURRENCY_….
 * @param text receives the text, NUL-terminated.
 * @param size of text in bytes; XPAY_MONEY_TEXT_SIZE always suffices.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT for an unknown currency, a NULL or too small text (then text is "" if it has
 *         room for that).
 */
XPAY_API xpay_status xpay_money_format(int64_t amount, xpay_currency currency, char *text,
                                       size_t size);

/**
 * Read an amount in major units, such as "1499", "1499.5" or "-0.005", exactly.
 *
 * Digits with at most one point; a sign is allowed; no blanks, grouping, exponent or currency. More decimals than the
 * currency has are refused, not rounded.
 *
 * @param text NUL-terminated.
 * @param currency XPAY_CURRENCY_….
 * @param amount receives minor units; 0 on failure.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT when it is not such a number or the currency is unknown; XPAY_ERROR_OVERFLOW
 *         when it does not fit in int64_t.
 */
XPAY_API xpay_status xpay_money_parse(const char *text, xpay_currency currency, int64_t *amount);

/**
 * Convert an amount from the currency that the customer saw (presentment) to the one that is processed.
 *
 * presentment major units × rate = processing major units, in exact decimal arithmetic, truncated toward zero as XPay
 * does. Use it to state a partial refund of a session that was priced in another currency.
 *
 * @param amount in minor units of presentment.
 * @param presentment the currency the customer saw.
 * @param processing the currency of the charge.
 * @param rate the locked rate as digits: session->presentment_details->exchange_rate.digits.
 * @param converted receives minor units of processing; 0 on failure.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT for an unknown currency or a rate that is not a positive decimal number of at
 *         most 38 digits; XPAY_ERROR_OVERFLOW when the result does not fit.
 */
XPAY_API xpay_status xpay_money_to_processing(int64_t amount, xpay_currency presentment,
                                              xpay_currency processing, const char *rate,
                                              int64_t *converted);

/**
 * Convert an amount from the processing currency back to the one that the customer saw, truncated toward zero.
 *
 * There and back may lose one minor unit; compare exactly only in the processing currency.
 *
 * @param amount in minor units of processing.
 * @param processing the currency of the charge.
 * @param presentment the currency the customer saw.
 * @param rate the locked rate as digits.
 * @param converted receives minor units of presentment; 0 on failure.
 * @return as xpay_money_to_processing().
 */
XPAY_API xpay_status xpay_money_to_presentment(int64_t amount, xpay_currency processing,
                                               xpay_currency presentment, const char *rate,
                                               int64_t *converted);

XPAY_END_DECLS

#endif
