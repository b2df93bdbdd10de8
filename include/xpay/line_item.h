/*
 * Line items: what a session sells, each a price with a quantity.
 *
 * All lines of a session have one currency.
 */
#ifndef XPAY_LINE_ITEM_H
#define XPAY_LINE_ITEM_H

#include <xpay/price.h>

/** Whether the customer may change a line's quantity. */
typedef struct xpay_adjustable_quantity {
    xpay_object base;
    bool enabled;     /**< the customer may */
    bool has_minimum; /**< false without a lower bound */
    int64_t minimum;  /**< the least; 0 lets the customer leave the line out */
    bool has_maximum; /**< false without an upper bound */
    int64_t maximum;  /**< the most */
} xpay_adjustable_quantity;

/** A line in the currency that the customer saw. Amounts are minor units of `currency`. */
typedef struct xpay_line_item_presentment_details {
    xpay_object base;
    int64_t unit_amount;     /**< one unit */
    int64_t amount_subtotal; /**< before discount and tax */
    int64_t amount_discount; /**< the line's share of the session's discount */
    int64_t amount_total;    /**< after discount and tax */
    xpay_currency currency; /**< XPAY_CURRENCY_…, the same as the session's presentment currency */
} xpay_line_item_presentment_details;

/** One line of a session. Amounts are minor units of `currency`. */
typedef struct xpay_line_item {
    xpay_object base;
    const char *id;          /**< li_… */
    int64_t quantity;        /**< units; 0 is an optional line that nobody took */
    const xpay_price *price; /**< of one unit, with its product */
    const xpay_adjustable_quantity *adjustable_quantity; /**< NULL when the quantity is fixed */
    bool has_amount_subtotal;                            /**< false when there is none */
    int64_t amount_subtotal;                             /**< before discounts and taxes */
    bool has_amount_discount;                            /**< false when there is none */
    int64_t amount_discount; /**< the line's share of the session's discount */
    bool has_amount_tax;     /**< false when there is none */
    int64_t amount_tax;      /**< the line's share of the tax */
    bool has_amount_total;   /**< false when there is none */
    int64_t amount_total;    /**< after discounts and taxes */
    xpay_currency currency;  /**< XPAY_CURRENCY_…, of this line's amounts */
    const char *description; /**< NULL when there is none */
    /** NULL unless priced in another currency */
    const xpay_line_item_presentment_details *presentment_details;
} xpay_line_item;

/** @name Bits of xpay_adjustable_quantity_params.clear: send null for the member. */
/** @{ */
#define XPAY_ADJUSTABLE_QUANTITY_CLEAR_MINIMUM (UINT64_C(1) << 0)
#define XPAY_ADJUSTABLE_QUANTITY_CLEAR_MAXIMUM (UINT64_C(1) << 1)
/** @} */

/** Let the customer change a line's quantity. */
typedef struct xpay_adjustable_quantity_params {
    size_t size;      /**< set by XPAY_ADJUSTABLE_QUANTITY_PARAMS_INIT */
    uint64_t clear;   /**< XPAY_ADJUSTABLE_QUANTITY_CLEAR_… bits: send null */
    bool enabled;     /**< required */
    bool has_minimum; /**< send `minimum` */
    int64_t minimum;  /**< 0 to 2147483647, default 1; 0 makes the line optional */
    bool has_maximum; /**< send `maximum` */
    int64_t maximum;  /**< 1 to 2147483647, not less than `minimum` */
} xpay_adjustable_quantity_params;

/** Initial value of an xpay_adjustable_quantity_params. */
#define XPAY_ADJUSTABLE_QUANTITY_PARAMS_INIT XPAY_INITIAL(xpay_adjustable_quantity_params)

/** @name Bits of xpay_line_item_params.clear: send null for the member. */
/** @{ */
#define XPAY_LINE_ITEM_CLEAR_PRICE               (UINT64_C(1) << 0)
#define XPAY_LINE_ITEM_CLEAR_PRICE_DATA          (UINT64_C(1) << 1)
#define XPAY_LINE_ITEM_CLEAR_ADJUSTABLE_QUANTITY (UINT64_C(1) << 2)
/** @} */

/** One line to sell: exactly one of `price` and `price_data`. */
typedef struct xpay_line_item_params {
    size_t size;                              /**< set by XPAY_LINE_ITEM_PARAMS_INIT */
    uint64_t clear;                           /**< XPAY_LINE_ITEM_CLEAR_… bits: send null */
    const char *price;                        /**< price_… from the catalogue */
    const xpay_price_data_params *price_data; /**< a price made for this session */
    int64_t quantity; /**< required, 0 to 2147483647; 0 only if adjustable with minimum 0 */
    /** NULL: the customer cannot change the quantity */
    const xpay_adjustable_quantity_params *adjustable_quantity;
} xpay_line_item_params;

/** Initial value of an xpay_line_item_params. */
#define XPAY_LINE_ITEM_PARAMS_INIT XPAY_INITIAL(xpay_line_item_params)

XPAY_BEGIN_DECLS

/**
 * The same initial value as XPAY_ADJUSTABLE_QUANTITY_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_adjustable_quantity_params_init(xpay_adjustable_quantity_params *params,
                                                   size_t size);

/**
 * The same initial value as XPAY_LINE_ITEM_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_line_item_params_init(xpay_line_item_params *params, size_t size);

XPAY_END_DECLS

#endif
