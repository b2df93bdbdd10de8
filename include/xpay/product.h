/*
 * Products: what is sold. A price says for how much.
 *
 * Those of your catalogue are made here, or in the dashboard, and have prices. A product whose price was used can no
 * longer be deleted; archive it with `active` false.
 * Follows https://docs.xpay.app/integrate/checkout-session/line-items-and-pricing.
 */
#ifndef XPAY_PRODUCT_H
#define XPAY_PRODUCT_H

#include <xpay/client.h>
#include <xpay/iterator.h>
#include <xpay/metadata.h>
#include <xpay/object.h>

/* <xpay/price.h> */
typedef struct xpay_price xpay_price;
typedef struct xpay_price_create_params xpay_price_create_params;

/** What is sold. One that was described in-line for a session never enters the catalogue. */
typedef struct xpay_product {
    xpay_object base;
    const char *id;          /**< prod_… */
    const char *name;        /**< as the customer reads it */
    const char *description; /**< NULL when not given */
    const char *image;       /**< XPay's identifier of the picture; NULL when there is none */
    const char *unit_label;  /**< what one of it is called, such as "seat"; NULL when not given */
    bool active;             /**< false when archived; in-line products are active */
    bool has_is_system_created;      /**< false inside a line item */
    bool is_system_created;          /**< by XPay, such as for a line without a product */
    const xpay_price *const *prices; /**< of the catalogue; none inside a line item */
    size_t prices_count;             /**< elements of prices */
    const char *default_price_id;    /**< one of prices; NULL when there is none, or not told */
    const xpay_json *metadata;       /**< your own entries; NULL when there are none */
    const char *merchant_id;         /**< the account; NULL where it is not told */
    bool has_created_at;             /**< false inside a line item */
    int64_t created_at;              /**< milliseconds since the epoch, UTC */
    bool has_updated_at;             /**< false inside a line item */
    int64_t updated_at;              /**< milliseconds since the epoch, UTC */
} xpay_product;

/** One page of the product list. */
typedef struct xpay_product_page {
    xpay_object base;
    const xpay_product *const *data; /**< the products of this page, without their default price */
    size_t data_count;               /**< elements of data */
    int64_t total_count;             /**< products on all pages */
    int64_t page;                    /**< this page's number, from 1 */
    int64_t limit;                   /**< at most so many a page */
    int64_t total_pages;             /**< how many pages there are */
} xpay_product_page;

/** @name Bits of xpay_product_data_params.clear: send null for the member. */
/** @{ */
#define XPAY_PRODUCT_DATA_CLEAR_DESCRIPTION (UINT64_C(1) << 0)
#define XPAY_PRODUCT_DATA_CLEAR_IMAGE       (UINT64_C(1) << 1)
#define XPAY_PRODUCT_DATA_CLEAR_UNIT_LABEL  (UINT64_C(1) << 2)
#define XPAY_PRODUCT_DATA_CLEAR_METADATA    (UINT64_C(1) << 3)
/** @} */

/** A product described in-line, for one session. */
typedef struct xpay_product_data_params {
    size_t size;             /**< set by XPAY_PRODUCT_DATA_PARAMS_INIT */
    uint64_t clear;          /**< XPAY_PRODUCT_DATA_CLEAR_… bits: send null */
    const char *name;        /**< required; 1 to 255 characters */
    const char *description; /**< at most 500 characters */
    const char *image;       /**< https URL of a picture, which XPay fetches */
    const char *unit_label;  /**< what one of it is called, such as "seat"; at most 50 characters */
    const xpay_text_pair *metadata; /**< your own entries; see metadata.h */
    size_t metadata_count;          /**< elements of metadata */
    const char *metadata_json;      /**< or JSON text: an object, not both */
} xpay_product_data_params;

/** Initial value of an xpay_product_data_params. */
#define XPAY_PRODUCT_DATA_PARAMS_INIT XPAY_INITIAL(xpay_product_data_params)

/** @name Bits of xpay_product_create_params.clear: send null for the member. */
/** @{ */
#define XPAY_PRODUCT_CREATE_CLEAR_DESCRIPTION   (UINT64_C(1) << 0)
#define XPAY_PRODUCT_CREATE_CLEAR_IMAGE         (UINT64_C(1) << 1)
#define XPAY_PRODUCT_CREATE_CLEAR_UNIT_LABEL    (UINT64_C(1) << 2)
#define XPAY_PRODUCT_CREATE_CLEAR_METADATA      (UINT64_C(1) << 3)
#define XPAY_PRODUCT_CREATE_CLEAR_DEFAULT_PRICE (UINT64_C(1) << 4)
/** @} */

/** A product for the catalogue. */
typedef struct xpay_product_create_params {
    size_t size;                    /**< set by XPAY_PRODUCT_CREATE_PARAMS_INIT */
    uint64_t clear;                 /**< XPAY_PRODUCT_CREATE_CLEAR_… bits: send null */
    const char *name;               /**< required; as the customer reads it */
    const char *description;        /**< more about it */
    const char *image;              /**< URL of a picture */
    const char *unit_label;         /**< what one of it is called, such as "seat" */
    bool has_active;                /**< send `active` */
    bool active;                    /**< false: archived from the beginning */
    const xpay_text_pair *metadata; /**< your own entries; see metadata.h */
    size_t metadata_count;          /**< elements of metadata */
    const char *metadata_json;      /**< or JSON text: an object, not both */
    const xpay_price_create_params *default_price; /**< its first price */
} xpay_product_create_params;

/** Initial value of an xpay_product_create_params. */
#define XPAY_PRODUCT_CREATE_PARAMS_INIT XPAY_INITIAL(xpay_product_create_params)

/** @name Bits of xpay_product_update_params.clear: send null for the member. */
/** @{ */
#define XPAY_PRODUCT_UPDATE_CLEAR_DESCRIPTION   (UINT64_C(1) << 0)
#define XPAY_PRODUCT_UPDATE_CLEAR_IMAGE         (UINT64_C(1) << 1)
#define XPAY_PRODUCT_UPDATE_CLEAR_UNIT_LABEL    (UINT64_C(1) << 2)
#define XPAY_PRODUCT_UPDATE_CLEAR_METADATA      (UINT64_C(1) << 3)
#define XPAY_PRODUCT_UPDATE_CLEAR_DEFAULT_PRICE (UINT64_C(1) << 4)
/** @} */

/** What to change of a product. What is not given stays as it is. */
typedef struct xpay_product_update_params {
    size_t size;                    /**< set by XPAY_PRODUCT_UPDATE_PARAMS_INIT */
    uint64_t clear;                 /**< XPAY_PRODUCT_UPDATE_CLEAR_… bits: send null */
    const char *name;               /**< as the customer reads it */
    const char *description;        /**< more about it */
    const char *image;              /**< URL of a picture */
    const char *unit_label;         /**< what one of it is called, such as "seat" */
    bool has_active;                /**< send `active` */
    bool active;                    /**< false archives it */
    const xpay_text_pair *metadata; /**< entries to add or replace; XPay keeps the others */
    size_t metadata_count;          /**< elements of metadata */
    const char *metadata_json;      /**< or JSON text: an object, not both */
    const char *default_price;      /**< price_… of this product; "" or null: none */
} xpay_product_update_params;

/** Initial value of an xpay_product_update_params. */
#define XPAY_PRODUCT_UPDATE_PARAMS_INIT XPAY_INITIAL(xpay_product_update_params)

/** Which products to list; all zero lists the first page. */
typedef struct xpay_product_list_params {
    size_t size;        /**< set by XPAY_PRODUCT_LIST_PARAMS_INIT */
    uint64_t clear;     /**< no member can be null: 0 */
    bool has_page;      /**< false: the first */
    int64_t page;       /**< from 1 */
    bool has_limit;     /**< false: 20 */
    int64_t limit;      /**< at most so many a page, 1 to 100 */
    bool has_active;    /**< false: archived ones as well */
    bool active;        /**< only such as are active, or only archived ones */
    const char *search; /**< terms with commas between; matches name, description, unit label */
    const xpay_text_pair *metadata; /**< only those that have these entries */
    size_t metadata_count;          /**< elements of metadata */
    const char *metadata_json;      /**< or JSON text: an object, not both */
} xpay_product_list_params;

/** Initial value of an xpay_product_list_params. */
#define XPAY_PRODUCT_LIST_PARAMS_INIT XPAY_INITIAL(xpay_product_list_params)

XPAY_BEGIN_DECLS

/**
 * Add a product to the catalogue.
 *
 * The answer tells neither the default price nor the account; xpay_product_retrieve() does.
 *
 * XPay is not known to de-duplicate this call. It carries an idempotency key, but is not repeated by the
 * library once it may have arrived; after an UNKNOWN outcome, look with xpay_product_list() and `search`.
 *
 * Follows POST /products, https://docs.xpay.app/integrate/checkout-session/line-items-and-pricing.
 *
 * @param client not NULL.
 * @param params the product; not NULL, may be freed afterwards.
 * @param options what this call does differently; NULL for the client's way.
 * @param product receives the product, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong, and what it may have done; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL, or a value that is missing, misshapen
 *         or excluded by another; error->param says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by
 *         XPay: XPAY_ERROR_REQUEST (XPay finds a value wrong), XPAY_ERROR_NOT_FOUND, XPAY_ERROR_CONFLICT,
 *         XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION, XPAY_ERROR_IDEMPOTENCY, XPAY_ERROR_RATE_LIMIT,
 *         XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT, XPAY_ERROR_TLS_HANDSHAKE,
 *         XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT, XPAY_ERROR_CANCELED,
 *         XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that cannot be read: XPAY_ERROR_JSON,
 *         XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_product_create(xpay_client *client,
                                                         const xpay_product_create_params *params,
                                                         const xpay_request_options *options,
                                                         xpay_product **product, xpay_error *error);

/**
 * Read one product with its prices.
 *
 * Follows GET /products/{id}, https://docs.xpay.app/integrate/checkout-session/line-items-and-pricing.
 *
 * @param client not NULL.
 * @param id prod_…; not NULL.
 * @param options what this call does differently; NULL for the client's way.
 * @param product receives the product, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL or misshapen argument; error->param
 *         says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay: XPAY_ERROR_NOT_FOUND (no such
 *         product in the key's mode), XPAY_ERROR_REQUEST, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION,
 *         XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT,
 *         XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT,
 *         XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that cannot be read:
 *         XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_product_retrieve(xpay_client *client, const char *id,
                                                           const xpay_request_options *options,
                                                           xpay_product **product,
                                                           xpay_error *error);

/**
 * Change a product.
 *
 * XPay is not known to de-duplicate this call. It carries an idempotency key, but is not repeated by the
 * library once it may have arrived; after an UNKNOWN outcome, look with xpay_product_retrieve().
 *
 * Follows PATCH /products/{id}, https://docs.xpay.app/integrate/checkout-session/line-items-and-pricing.
 *
 * @param client not NULL.
 * @param id prod_…; not NULL.
 * @param params what changes; not NULL, may be freed afterwards.
 * @param options what this call does differently; NULL for the client's way.
 * @param product receives the product as it now is, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong, and what it may have done; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL, or a value that is missing, misshapen
 *         or excluded by another; error->param says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by
 *         XPay: XPAY_ERROR_REQUEST (XPay finds a value wrong), XPAY_ERROR_NOT_FOUND (no such product, or
 *         something that it refers to), XPAY_ERROR_CONFLICT, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION,
 *         XPAY_ERROR_IDEMPOTENCY, XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE,
 *         XPAY_ERROR_CONNECT, XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK,
 *         XPAY_ERROR_TIMEOUT, XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that
 *         cannot be read: XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_product_update(xpay_client *client, const char *id,
                                                         const xpay_product_update_params *params,
                                                         const xpay_request_options *options,
                                                         xpay_product **product, xpay_error *error);

/**
 * Delete a product with all its prices.
 *
 * XPay refuses that once any of its prices was used in a line item. Archive it then: update it with `active`
 * false.
 *
 * It may be repeated at will. When an answer was lost and the repeat finds nothing, it is gone, and the call
 * succeeds. After an UNKNOWN outcome, call it again: XPAY_ERROR_NOT_FOUND then means that it is gone.
 *
 * Follows DELETE /products/{id}, https://docs.xpay.app/integrate/checkout-session/line-items-and-pricing.
 *
 * @param client not NULL.
 * @param id prod_…; not NULL.
 * @param options what this call does differently; NULL for the client's way.
 * @param error receives what went wrong, and what it may have done; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL or misshapen argument; error->param
 *         says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay: XPAY_ERROR_REQUEST (a price of it
 *         was used: code "resource_invalid_state"), XPAY_ERROR_NOT_FOUND (no such product in the key's mode),
 *         XPAY_ERROR_CONFLICT, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION, XPAY_ERROR_RATE_LIMIT,
 *         XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT, XPAY_ERROR_TLS_HANDSHAKE,
 *         XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT, XPAY_ERROR_CANCELED,
 *         XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that is not XPay's: XPAY_ERROR_JSON,
 *         XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_product_delete(xpay_client *client, const char *id,
                                                         const xpay_request_options *options,
                                                         xpay_error *error);

/**
 * List products, page by page; xpay_product_iterate() walks them all.
 *
 * Follows GET /products, https://docs.xpay.app/integrate/checkout-session/line-items-and-pricing.
 *
 * @param client not NULL.
 * @param params which ones; NULL lists the first page.
 * @param options what this call does differently; NULL for the client's way.
 * @param page receives the page, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL, or a value that is missing, misshapen
 *         or excluded by another; error->param says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by
 *         XPay: XPAY_ERROR_REQUEST, XPAY_ERROR_NOT_FOUND, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION,
 *         XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT,
 *         XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT,
 *         XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that cannot be read:
 *         XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_product_list(xpay_client *client,
                                                       const xpay_product_list_params *params,
                                                       const xpay_request_options *options,
                                                       xpay_product_page **page, xpay_error *error);

/**
 * Walk all products, one after the other: see iterator.h.
 *
 * Nothing is sent yet. Follows GET /products, https://docs.xpay.app/integrate/checkout-session/line-items-and-pricing.
 *
 * @param client not NULL; to be freed after the iterator.
 * @param params which ones, and from which page on; `limit` is the size of a page, 100 when not given. NULL walks all.
 *        May be freed afterwards.
 * @param options what the request for each page does differently; NULL for the client's way. Copied; its `cancel` must
 *        outlive the iterator.
 * @param iterator receives the iterator, whose items are xpay_product; to be freed with xpay_iterator_free().
 *        NULL on failure.
 * @param error receives what went wrong; NULL allowed.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT (a NULL or a misshapen value; error->param says which), XPAY_ERROR_ABI,
 *         XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_product_iterate(xpay_client *client,
                                                          const xpay_product_list_params *params,
                                                          const xpay_request_options *options,
                                                          xpay_iterator **iterator,
                                                          xpay_error *error);

/**
 * The same initial value as XPAY_PRODUCT_CREATE_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_product_create_params_init(xpay_product_create_params *params, size_t size);

/**
 * The same initial value as XPAY_PRODUCT_UPDATE_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_product_update_params_init(xpay_product_update_params *params, size_t size);

/**
 * The same initial value as XPAY_PRODUCT_LIST_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_product_list_params_init(xpay_product_list_params *params, size_t size);

/**
 * The same initial value as XPAY_PRODUCT_DATA_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_product_data_params_init(xpay_product_data_params *params, size_t size);

XPAY_END_DECLS

#endif
