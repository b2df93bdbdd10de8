/*
 * Prices: how much one unit of a product costs, once or at intervals.
 *
 * Those of your catalogue belong to a product; see them in xpay_product.prices. XPay does not take recurring prices in
 * sessions yet.
 * Follows https://docs.xpay.app/integrate/checkout-session/line-items-and-pricing.
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

/** What one unit costs. One that was given in-line for a session never enters the catalogue. */
typedef struct xpay_price {
    xpay_object base;
    const char *id;                  /**< price_… */
    const xpay_product *product;     /**< what is sold; NULL in the catalogue: see product_id */
    const char *product_id;          /**< prod_…; NULL in a line item: see product */
    const char *name;                /**< your own word for it; NULL when not given */
    const char *description;         /**< more about it; NULL when not given */
    bool has_unit_amount;            /**< false for prices that the customer chooses */
    int64_t unit_amount;             /**< minor units of `currency` */
    xpay_currency currency;          /**< XPAY_CURRENCY_… */
    int32_t type;                    /**< XPAY_PRICE_TYPE_… */
    const xpay_recurring *recurring; /**< NULL unless recurring */
    const xpay_custom_unit_amount *custom_unit_amount; /**< NULL unless type is custom */
    bool has_active;          /**< false in lists of products, which do not tell */
    bool active;              /**< false when no longer sold; in-line prices are active */
    bool has_stock;           /**< false: unlimited */
    int64_t stock;            /**< units left; negative when oversold */
    bool has_start_date;      /**< false: sold from the beginning */
    int64_t start_date;       /**< earliest sale; milliseconds since the epoch, UTC */
    bool has_expiration_date; /**< false: sold without end */
    int64_t expiration_date;  /**< end of sale; milliseconds since the epoch, UTC */
    int64_t created_at;       /**< milliseconds since the epoch, UTC */
    bool has_updated_at;      /**< false in line items and in lists */
    int64_t updated_at;       /**< milliseconds since the epoch, UTC */
} xpay_price;

/** @name Bits of xpay_recurring_params.clear: send null for the member. */
/** @{ */
#define XPAY_RECURRING_CLEAR_INTERVAL_COUNT (UINT64_C(1) << 0)
#define XPAY_RECURRING_CLEAR_INTERVAL       (UINT64_C(1) << 1)
/** @} */

/** How often a price is charged. XPay refuses recurring prices in sessions for now. */
typedef struct xpay_recurring_params {
    size_t size;      /**< set by XPAY_RECURRING_PARAMS_INIT */
    uint64_t clear;   /**< XPAY_RECURRING_CLEAR_… bits: send null */
    int32_t interval; /**< XPAY_RECURRING_INTERVAL_…; required in-line, where it may not be null */
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
    bool has_unit_amount;   /**< required: without it, a price that was forgotten would be 0 */
    int64_t unit_amount;    /**< required, minor units, 0 to 2147483647; 0 gives the product away */
    const xpay_product_data_params *product_data; /**< required */
    const xpay_recurring_params *recurring;       /**< for subscriptions only */
    const xpay_text_pair *metadata;               /**< your own entries; see metadata.h */
    size_t metadata_count;                        /**< elements of metadata */
    const char *metadata_json;                    /**< or JSON text: an object, not both */
} xpay_price_data_params;

/** Initial value of an xpay_price_data_params. */
#define XPAY_PRICE_DATA_PARAMS_INIT XPAY_INITIAL(xpay_price_data_params)

/** @name Bits of xpay_custom_unit_amount_params.clear: send null for the member. */
/** @{ */
#define XPAY_CUSTOM_UNIT_AMOUNT_CLEAR_MINIMUM (UINT64_C(1) << 0)
#define XPAY_CUSTOM_UNIT_AMOUNT_CLEAR_MAXIMUM (UINT64_C(1) << 1)
#define XPAY_CUSTOM_UNIT_AMOUNT_CLEAR_PRESET  (UINT64_C(1) << 2)
/** @} */

/** Bounds of an amount that the customer chooses, in minor units of the price's currency. */
typedef struct xpay_custom_unit_amount_params {
    size_t size;      /**< set by XPAY_CUSTOM_UNIT_AMOUNT_PARAMS_INIT */
    uint64_t clear;   /**< XPAY_CUSTOM_UNIT_AMOUNT_CLEAR_… bits: send null */
    bool has_minimum; /**< send `minimum` */
    int64_t minimum;  /**< the least; at least 1 */
    bool has_maximum; /**< send `maximum` */
    int64_t maximum;  /**< the most; at least 1, not less than `minimum` */
    bool has_preset;  /**< send `preset` */
    int64_t preset;   /**< filled in beforehand; within the bounds */
} xpay_custom_unit_amount_params;

/** Initial value of an xpay_custom_unit_amount_params. */
#define XPAY_CUSTOM_UNIT_AMOUNT_PARAMS_INIT XPAY_INITIAL(xpay_custom_unit_amount_params)

/** @name Bits of xpay_price_create_params.clear: send null for the member. */
/** @{ */
#define XPAY_PRICE_CREATE_CLEAR_NAME               (UINT64_C(1) << 0)
#define XPAY_PRICE_CREATE_CLEAR_DESCRIPTION        (UINT64_C(1) << 1)
#define XPAY_PRICE_CREATE_CLEAR_CURRENCY           (UINT64_C(1) << 2)
#define XPAY_PRICE_CREATE_CLEAR_UNIT_AMOUNT        (UINT64_C(1) << 3)
#define XPAY_PRICE_CREATE_CLEAR_TYPE               (UINT64_C(1) << 4)
#define XPAY_PRICE_CREATE_CLEAR_RECURRING          (UINT64_C(1) << 5)
#define XPAY_PRICE_CREATE_CLEAR_CUSTOM_UNIT_AMOUNT (UINT64_C(1) << 6)
#define XPAY_PRICE_CREATE_CLEAR_STOCK              (UINT64_C(1) << 7)
#define XPAY_PRICE_CREATE_CLEAR_START_DATE         (UINT64_C(1) << 8)
#define XPAY_PRICE_CREATE_CLEAR_EXPIRATION_DATE    (UINT64_C(1) << 9)
#define XPAY_PRICE_CREATE_CLEAR_METADATA           (UINT64_C(1) << 10)
/** @} */

/** A price for the catalogue; also the first one of a new product. */
typedef struct xpay_price_create_params {
    size_t size;             /**< set by XPAY_PRICE_CREATE_PARAMS_INIT */
    uint64_t clear;          /**< XPAY_PRICE_CREATE_CLEAR_… bits: send null */
    const char *name;        /**< your own word for it */
    const char *description; /**< more about it */
    xpay_currency currency;  /**< XPAY_CURRENCY_…; give it, XPay names no default */
    bool has_unit_amount;    /**< send `unit_amount` */
    int64_t
        unit_amount; /**< minor units, 0 to 2147483647; needed for ONE_TIME and RECURRING, not allowed for CUSTOM */
    int32_t type; /**< XPAY_PRICE_TYPE_…; give it, XPay names no default */
    const xpay_recurring_params *recurring;                   /**< needed for type RECURRING */
    const xpay_custom_unit_amount_params *custom_unit_amount; /**< for type CUSTOM only */
    bool has_stock;                                           /**< send `stock` */
    int64_t stock;            /**< units for sale, 0 to 2147483647; null: unlimited */
    bool has_start_date;      /**< send `start_date` */
    int64_t start_date;       /**< earliest sale; milliseconds since the epoch, UTC */
    bool has_expiration_date; /**< send `expiration_date` */
    int64_t
        expiration_date; /**< end of sale, not before `start_date`; milliseconds since the epoch, UTC */
    bool has_active;     /**< send `active` */
    bool active;         /**< false: not for sale */
    const xpay_text_pair *metadata; /**< your own entries; see metadata.h */
    size_t metadata_count;          /**< elements of metadata */
    const char *metadata_json;      /**< or JSON text: an object, not both */
} xpay_price_create_params;

/** Initial value of an xpay_price_create_params. */
#define XPAY_PRICE_CREATE_PARAMS_INIT XPAY_INITIAL(xpay_price_create_params)

/** @name Bits of xpay_price_update_params.clear: send null for the member. */
/** @{ */
#define XPAY_PRICE_UPDATE_CLEAR_NAME               (UINT64_C(1) << 0)
#define XPAY_PRICE_UPDATE_CLEAR_DESCRIPTION        (UINT64_C(1) << 1)
#define XPAY_PRICE_UPDATE_CLEAR_UNIT_AMOUNT        (UINT64_C(1) << 2)
#define XPAY_PRICE_UPDATE_CLEAR_CUSTOM_UNIT_AMOUNT (UINT64_C(1) << 3)
#define XPAY_PRICE_UPDATE_CLEAR_STOCK              (UINT64_C(1) << 4)
#define XPAY_PRICE_UPDATE_CLEAR_START_DATE         (UINT64_C(1) << 5)
#define XPAY_PRICE_UPDATE_CLEAR_EXPIRATION_DATE    (UINT64_C(1) << 6)
#define XPAY_PRICE_UPDATE_CLEAR_METADATA           (UINT64_C(1) << 7)
/** @} */

/** What to change of a price. What is not given stays as it is; XPay refuses some of it once the price was used. */
typedef struct xpay_price_update_params {
    size_t size;             /**< set by XPAY_PRICE_UPDATE_PARAMS_INIT */
    uint64_t clear;          /**< XPAY_PRICE_UPDATE_CLEAR_… bits: send null */
    const char *name;        /**< your own word for it */
    const char *description; /**< more about it */
    xpay_currency currency;  /**< XPAY_CURRENCY_… */
    bool has_unit_amount;    /**< send `unit_amount` */
    int64_t unit_amount;     /**< minor units, 0 to 2147483647; not allowed with type CUSTOM */
    int32_t type;            /**< XPAY_PRICE_TYPE_… */
    const xpay_recurring_params *recurring;                   /**< how often it is charged */
    const xpay_custom_unit_amount_params *custom_unit_amount; /**< for type CUSTOM only */
    bool has_stock;                                           /**< send `stock` */
    int64_t stock;            /**< units for sale, 0 to 2147483647; null: unlimited */
    bool has_start_date;      /**< send `start_date` */
    int64_t start_date;       /**< earliest sale; milliseconds since the epoch, UTC */
    bool has_expiration_date; /**< send `expiration_date` */
    int64_t
        expiration_date; /**< end of sale, not before `start_date`; milliseconds since the epoch, UTC */
    bool has_active;     /**< send `active` */
    bool active;         /**< false: not for sale */
    const xpay_text_pair *metadata; /**< your own entries; see metadata.h */
    size_t metadata_count;          /**< elements of metadata */
    const char *metadata_json;      /**< or JSON text: an object, not both */
} xpay_price_update_params;

/** Initial value of an xpay_price_update_params. */
#define XPAY_PRICE_UPDATE_PARAMS_INIT XPAY_INITIAL(xpay_price_update_params)

XPAY_BEGIN_DECLS

/**
 * Add a price to a product of the catalogue.
 *
 * XPay is not known to de-duplicate this call. It carries an idempotency key, but is not repeated by the
 * library once it may have arrived; after an UNKNOWN outcome, look with xpay_product_retrieve().
 *
 * Follows POST /prices, https://docs.xpay.app/integrate/checkout-session/line-items-and-pricing.
 *
 * @param client not NULL.
 * @param product_id prod_… that it is for; not NULL.
 * @param params the price; not NULL, may be freed afterwards.
 * @param options what this call does differently; NULL for the client's way.
 * @param price receives the price, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong, and what it may have done; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL, or a value that is missing, misshapen
 *         or excluded by another; error->param says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by
 *         XPay: XPAY_ERROR_REQUEST (XPay finds a value wrong), XPAY_ERROR_NOT_FOUND (no such product),
 *         XPAY_ERROR_CONFLICT, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION, XPAY_ERROR_IDEMPOTENCY,
 *         XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT,
 *         XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT,
 *         XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that cannot be read:
 *         XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_price_create(xpay_client *client, const char *product_id,
                                                       const xpay_price_create_params *params,
                                                       const xpay_request_options *options,
                                                       xpay_price **price, xpay_error *error);

/**
 * Change a price.
 *
 * XPay is not known to de-duplicate this call. It carries an idempotency key, but is not repeated by the
 * library once it may have arrived; after an UNKNOWN outcome, look with xpay_product_retrieve().
 *
 * Follows PATCH /prices/{id}, https://docs.xpay.app/integrate/checkout-session/line-items-and-pricing.
 *
 * @param client not NULL.
 * @param id price_…; not NULL.
 * @param params what changes; not NULL, may be freed afterwards.
 * @param options what this call does differently; NULL for the client's way.
 * @param price receives the price as it now is, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong, and what it may have done; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL, or a value that is missing, misshapen
 *         or excluded by another; error->param says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by
 *         XPay: XPAY_ERROR_REQUEST (XPay finds a value wrong, or the price was used: code
 *         "price_immutable_while_used"), XPAY_ERROR_NOT_FOUND (no such price, or something that it refers to),
 *         XPAY_ERROR_CONFLICT, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION, XPAY_ERROR_IDEMPOTENCY,
 *         XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT,
 *         XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT,
 *         XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that cannot be read:
 *         XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_price_update(xpay_client *client, const char *id,
                                                       const xpay_price_update_params *params,
                                                       const xpay_request_options *options,
                                                       xpay_price **price, xpay_error *error);

/**
 * Delete a price.
 *
 * XPay refuses that once it was used in a line item; update it with `active` false then. Where it was its
 * product's default, the product has none afterwards.
 *
 * It may be repeated at will. When an answer was lost and the repeat finds nothing, it is gone, and the call
 * succeeds. After an UNKNOWN outcome, call it again: XPAY_ERROR_NOT_FOUND then means that it is gone.
 *
 * Follows DELETE /prices/{id}, https://docs.xpay.app/integrate/checkout-session/line-items-and-pricing.
 *
 * @param client not NULL.
 * @param id price_…; not NULL.
 * @param options what this call does differently; NULL for the client's way.
 * @param error receives what went wrong, and what it may have done; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL or misshapen argument; error->param
 *         says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay: XPAY_ERROR_REQUEST (it was used:
 *         code "resource_invalid_state"), XPAY_ERROR_NOT_FOUND (no such price in the key's mode),
 *         XPAY_ERROR_CONFLICT, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION, XPAY_ERROR_RATE_LIMIT,
 *         XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT, XPAY_ERROR_TLS_HANDSHAKE,
 *         XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT, XPAY_ERROR_CANCELED,
 *         XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that is not XPay's: XPAY_ERROR_JSON,
 *         XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_price_delete(xpay_client *client, const char *id,
                                                       const xpay_request_options *options,
                                                       xpay_error *error);

/**
 * The same initial value as XPAY_CUSTOM_UNIT_AMOUNT_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_custom_unit_amount_params_init(xpay_custom_unit_amount_params *params,
                                                  size_t size);

/**
 * The same initial value as XPAY_PRICE_CREATE_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_price_create_params_init(xpay_price_create_params *params, size_t size);

/**
 * The same initial value as XPAY_PRICE_UPDATE_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_price_update_params_init(xpay_price_update_params *params, size_t size);

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
