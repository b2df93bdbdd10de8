/*
 * Prices: how much one unit of a product costs, once or at intervals.
 */
#ifndef XPAY_PRICE_H
#define XPAY_PRICE_H

#include <xpay/money.h>
#include <xpay/product.h>

/** How a price is charged. */
enum {
    XPAY_PRICE_TYPE_UNKNOWN = 0,   /**< absent, or not known to this version */
    XPAY_PRICE_TYPE_ONE_TIME = 1,  /**< a fixed amount, once */
    XPAY_PRICE_TYPE_RECURRING = 2, /**< a fixed amount at intervals */
    XPAY_PRICE_TYPE_CUSTOM = 3     /**< the customer says how much */
};

/** How often a recurring price is charged. */
enum {
    XPAY_RECURRING_INTERVAL_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_RECURRING_INTERVAL_DAY = 1,
    XPAY_RECURRING_INTERVAL_WEEK = 2,
    XPAY_RECURRING_INTERVAL_MONTH = 3,
    XPAY_RECURRING_INTERVAL_YEAR = 4,
    XPAY_RECURRING_INTERVAL_CUSTOM = 5
};

/** How often a recurring price is charged. */
typedef struct xpay_recurring {
    xpay_object base;
    int32_t interval;        /**< XPAY_RECURRING_INTERVAL_… */
    bool has_interval_count; /**< false when XPay gives none */
    int64_t interval_count;  /**< every so many intervals */
} xpay_recurring;

/** Bounds of an amount that the customer chooses, in minor units of the price's currency. */
typedef struct xpay_custom_unit_amount {
    xpay_object base;
    bool has_minimum; /**< false without a lower bound */
    int64_t minimum;  /**< the least */
    bool has_maximum; /**< false without an upper bound */
    int64_t maximum;  /**< the most */
    bool has_preset;  /**< false when nothing is suggested */
    int64_t preset;   /**< filled in beforehand */
} xpay_custom_unit_amount;

/** What one unit of a line item costs. One that was given in-line for a session never enters the catalogue. */
typedef struct xpay_price {
    xpay_object base;
    const char *id;                  /**< price_… */
    const xpay_product *product;     /**< what is sold */
    bool has_unit_amount;            /**< false for prices that the customer chooses */
    int64_t unit_amount;             /**< minor units of `currency` */
    xpay_currency currency;          /**< XPAY_CURRENCY_… */
    int32_t type;                    /**< XPAY_PRICE_TYPE_… */
    const xpay_recurring *recurring; /**< NULL unless recurring */
    const xpay_custom_unit_amount *custom_unit_amount; /**< NULL unless type is custom */
    bool active;              /**< false when no longer sold; in-line prices are active */
    bool has_stock;           /**< false: unlimited */
    int64_t stock;            /**< units left; negative when oversold */
    bool has_start_date;      /**< false: sold from the beginning */
    int64_t start_date;       /**< earliest sale; milliseconds since the epoch, UTC */
    bool has_expiration_date; /**< false: sold without end */
    int64_t expiration_date;  /**< end of sale; milliseconds since the epoch, UTC */
    int64_t created_at;       /**< milliseconds since the epoch, UTC */
} xpay_price;

/** @name Bits of xpay_recurring_params.clear: send null for the member. */
/** @{ */
#define XPAY_RECURRING_CLEAR_INTERVAL_COUNT (UINT64_C(1) << 0)
/** @} */

/** How often an in-line price is charged. XPay refuses recurring prices for now. */
typedef struct xpay_recurring_params {
    size_t size;             /**< set by XPAY_RECURRING_PARAMS_INIT */
    uint64_t clear;          /**< XPAY_RECURRING_CLEAR_… bits: send null */
    int32_t interval;        /**< XPAY_RECURRING_INTERVAL_…; required */
    bool has_interval_count; /**< send `interval_count` */
    int64_t interval_count;  /**< every so many intervals; at least 1, default 1 */
} xpay_recurring_params;

/** Initial value of an xpay_recurring_params. */
#define XPAY_RECURRING_PARAMS_INIT XPAY_INITIAL(xpay_recurring_params)

/** @name Bits of xpay_price_data_params.clear: send null for the member. */
/** @{ */
#define XPAY_PRICE_DATA_CLEAR_RECURRING (UINT64_C(1) << 0)
#define XPAY_PRICE_DATA_CLEAR_METADATA  (UINT64_C(1) << 1)
/** @} */

/** A price given in-line, for one session, with the product that it is for. */
typedef struct xpay_price_data_params {
    size_t size;            /**< set by XPAY_PRICE_DATA_PARAMS_INIT */
    uint64_t clear;         /**< XPAY_PRICE_DATA_CLEAR_… bits: send null */
    xpay_currency currency; /**< XPAY_CURRENCY_…, required; the same for all lines of a session */
    int64_t unit_amount;    /**< required, minor units, 0 to 2147483647; 0 gives the product away */
    const xpay_product_data_params *product_data; /**< required */
    const xpay_recurring_params *recurring;       /**< for subscriptions only */
    const xpay_text_pair *metadata;               /**< your own entries; see metadata.h */
    size_t metadata_count;                        /**< elements of metadata */
    const char *metadata_json;                    /**< or JSON text: an object, not both */
} xpay_price_data_params;

/** Initial value of an xpay_price_data_params. */
#define XPAY_PRICE_DATA_PARAMS_INIT XPAY_INITIAL(xpay_price_data_params)

XPAY_BEGIN_DECLS

/**
 * The same initial value as XPAY_RECURRING_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_recurring_params_init(xpay_recurring_params *params, size_t size);

/**
 * The same initial value as XPAY_PRICE_DATA_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_price_data_params_init(xpay_price_data_params *params, size_t size);

XPAY_END_DECLS

#endif
