/*
 * Discounts: a coupon at work on a session, and the coupon itself.
 *
 * While a session is open, its discount is pending: the id is the text "pending", and of the coupon only the terms are
 * there. It becomes real when the payment completes.
 */
#ifndef XPAY_DISCOUNT_H
#define XPAY_DISCOUNT_H

#include <xpay/money.h>

/** How a coupon reduces the price. */
enum {
    XPAY_DISCOUNT_TYPE_UNKNOWN = 0,     /**< absent, or not known to this version */
    XPAY_DISCOUNT_TYPE_PERCENTAGE = 1,  /**< by percent_off */
    XPAY_DISCOUNT_TYPE_FIXED_AMOUNT = 2 /**< by amount_off */
};

/** How long a coupon works for subscriptions. */
enum {
    XPAY_COUPON_DURATION_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_COUPON_DURATION_ONCE = 1,
    XPAY_COUPON_DURATION_REPEATING = 2, /**< for duration_in_months */
    XPAY_COUPON_DURATION_FOREVER = 3
};

/** The terms of a discount. Amounts are minor units of `currency`. */
typedef struct xpay_coupon {
    xpay_object base;
    const char *id;                    /**< XPay's id */
    const char *name;                  /**< as the customer reads it; NULL when not given */
    int32_t discount_type;             /**< XPAY_DISCOUNT_TYPE_… */
    xpay_decimal percent_off;          /**< 0.01 to 100; digits is NULL for fixed amounts */
    bool has_amount_off;               /**< false for percentages */
    int64_t amount_off;                /**< taken off */
    xpay_currency currency;            /**< XPAY_CURRENCY_…, of the amounts; 0 for a percentage */
    bool has_max_discount_amount;      /**< false without a cap */
    int64_t max_discount_amount;       /**< the most that a percentage takes off */
    bool has_min_value;                /**< false without a lower bound */
    int64_t min_value;                 /**< least subtotal of an order */
    int32_t duration;                  /**< XPAY_COUPON_DURATION_… */
    bool has_duration_in_months;       /**< false unless repeating */
    int64_t duration_in_months;        /**< how many months it repeats */
    bool has_max_redemptions;          /**< false without a limit */
    int64_t max_redemptions;           /**< by all customers together */
    bool has_customer_max_redemptions; /**< false without a limit */
    int64_t customer_max_redemptions;  /**< by one customer */
    bool has_times_redeemed;           /**< false while pending */
    int64_t times_redeemed;            /**< so far */
    bool has_redeem_by;                /**< false without a deadline */
    int64_t redeem_by;                 /**< last moment; milliseconds since the epoch, UTC */
    bool has_created_at;               /**< false while pending */
    int64_t created_at;                /**< milliseconds since the epoch, UTC */
    bool valid;                        /**< it can be redeemed now */
    bool has_active;                   /**< false while pending */
    bool active;                       /**< not switched off */
    bool livemode;                     /**< false in test mode */
    const char *const *applies_to_product_ids; /**< prod_…; none: to every product */
    size_t applies_to_product_ids_count;       /**< elements of applies_to_product_ids */
    const xpay_json *metadata;                 /**< your own entries; NULL when there are none */
    const char *merchant_id;                   /**< the account; NULL while pending */
} xpay_coupon;

/** A coupon at work on a session. */
typedef struct xpay_discount {
    xpay_object base;
    const char *id;                  /**< "pending" until the payment completes */
    const xpay_coupon *coupon;       /**< what it takes off */
    const char *promotion_code_id;   /**< promo_…; NULL when the coupon was given directly */
    const char *promotion_code_code; /**< what the customer typed; NULL without one */
    const char *checkout_session_id; /**< cs_… */
    const char *customer_id;         /**< cus_…; NULL when there is none */
    int64_t start;                   /**< milliseconds since the epoch, UTC */
    bool has_end;                    /**< false without an end */
    int64_t end;                     /**< milliseconds since the epoch, UTC */
} xpay_discount;

/** What else must hold for a promotion code to work. */
typedef struct xpay_promotion_code_restrictions {
    xpay_object base;
    bool has_first_time_transaction;       /**< false when XPay does not say */
    bool first_time_transaction;           /**< only for a customer's first payment */
    bool has_minimum_amount;               /**< false without a lower bound */
    int64_t minimum_amount;                /**< minor units of minimum_amount_currency */
    xpay_currency minimum_amount_currency; /**< XPAY_CURRENCY_…; 0 without a lower bound */
} xpay_promotion_code_restrictions;

/** A code that a customer can enter to use a coupon. It is met in webhooks only. */
typedef struct xpay_promotion_code {
    xpay_object base;
    const char *id;            /**< promo_… */
    const char *code;          /**< what the customer enters */
    bool active;               /**< can be redeemed now */
    const xpay_coupon *coupon; /**< what it gives */
    const char *customer_id;   /**< cus_… of the only one who may use it; NULL: anyone */
    bool has_max_redemptions;  /**< false: unlimited */
    int64_t max_redemptions;   /**< by all customers together */
    int64_t times_redeemed;    /**< so far */
    bool has_expires_at;       /**< false: it does not expire */
    int64_t expires_at;        /**< milliseconds since the epoch, UTC */
    const xpay_promotion_code_restrictions *restrictions; /**< NULL when there are none */
    const xpay_json *metadata; /**< your own entries; NULL when there are none */
    const char *merchant_id;   /**< the account */
    bool livemode;             /**< false for test mode */
    int64_t created_at;        /**< milliseconds since the epoch, UTC */
} xpay_promotion_code;

/** @name Bits of xpay_discount_params.clear: send null for the member. */
/** @{ */
#define XPAY_DISCOUNT_CLEAR_COUPON         (UINT64_C(1) << 0)
#define XPAY_DISCOUNT_CLEAR_PROMOTION_CODE (UINT64_C(1) << 1)
/** @} */

/** A discount to apply: exactly one of its members. */
typedef struct xpay_discount_params {
    size_t size;                /**< set by XPAY_DISCOUNT_PARAMS_INIT */
    uint64_t clear;             /**< XPAY_DISCOUNT_CLEAR_… bits: send null */
    const char *coupon;         /**< id of a coupon */
    const char *promotion_code; /**< promo_…, the id and not the text that a customer types */
} xpay_discount_params;

/** Initial value of an xpay_discount_params. */
#define XPAY_DISCOUNT_PARAMS_INIT XPAY_INITIAL(xpay_discount_params)

XPAY_BEGIN_DECLS

/**
 * The same initial value as XPAY_DISCOUNT_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_discount_params_init(xpay_discount_params *params, size_t size);

XPAY_END_DECLS

#endif
