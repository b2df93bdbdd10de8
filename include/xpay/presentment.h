/*
 * Presentment: what the customer saw, when that is another currency than the one that is processed.
 *
 * XPay processes and settles in one currency (EGP). A session priced in another keeps both: the amounts of the object
 * itself are the processing ones, those in its presentment details are the customer's. The rate is locked when the
 * session is made; presentment major units times rate are processing major units. xpay_money_to_processing() and
 * xpay_money_to_presentment() convert with the rate's own digits, exactly.
 */
#ifndef XPAY_PRESENTMENT_H
#define XPAY_PRESENTMENT_H

#include <xpay/money.h>

/** The customer's side of a payment intent, a charge or a refund. */
typedef struct xpay_presentment_details {
    xpay_object base;
    /** minor units of `currency`; may be off by one, so compare in the processing currency */
    int64_t amount;
    xpay_currency currency;       /**< XPAY_CURRENCY_…, the customer's */
    xpay_decimal exchange_rate;   /**< locked; processing per presentment, in major units */
    const char *exchange_rate_id; /**< exr_…, XPay's record of the rate */
} xpay_presentment_details;

/** The customer's side of a checkout session. Amounts are minor units of `currency`. */
typedef struct xpay_session_presentment_details {
    xpay_object base;
    int64_t amount;               /**< what the customer pays */
    xpay_currency currency;       /**< XPAY_CURRENCY_…, the customer's */
    xpay_decimal exchange_rate;   /**< locked; processing per presentment, in major units */
    const char *exchange_rate_id; /**< exr_…, XPay's record of the rate */
    int64_t amount_subtotal; /**< before discounts and fees: the one to compare with an order */
    int64_t amount_total;    /**< after discounts, with fees and VAT passed on */
    int64_t amount_discount; /**< 0 without discounts */
    bool has_amount_platform_fee;  /**< false unless fees are passed on */
    int64_t amount_platform_fee;   /**< XPay's fee that the customer pays */
    bool has_amount_collected_vat; /**< false unless VAT is collected */
    int64_t amount_collected_vat;  /**< VAT that the customer pays */
    bool has_amount_tax;           /**< false unless tax is charged */
    int64_t amount_tax;            /**< tax that the customer pays */
} xpay_session_presentment_details;

#endif
