/*
 * Payment links: a page that many customers can pay at, each in a session of its own.
 *
 * No answer holds the URL of the page. XPay's guides show it as https://checkout.xpay.app/p/ with the link's id behind it.
 * Links sell what is in the catalogue; all lines of a link have one currency.
 * Follows https://docs.xpay.app/integrate/checkout-session/overview.
 */
#ifndef XPAY_PAYMENT_LINK_H
#define XPAY_PAYMENT_LINK_H

#include <xpay/checkout_session_params.h>
#include <xpay/client.h>
#include <xpay/filter.h>
#include <xpay/iterator.h>

/** A payment link. Amounts are minor units of `currency`. */
typedef struct xpay_payment_link {
    xpay_object base;
    const char *id;                   /**< plink_… */
    const char *merchant_id;          /**< the account */
    bool active;                      /**< false: it can no longer be paid at */
    bool has_expires_at;              /**< false: it does not expire */
    int64_t expires_at;               /**< milliseconds since the epoch, UTC */
    xpay_currency currency;           /**< XPAY_CURRENCY_…, of all lines */
    int64_t computed_amount;          /**< the lines added up */
    bool name_collection;             /**< the page asks for the name */
    bool billing_address_collection;  /**< the page asks for the billing address */
    bool shipping_address_collection; /**< the page asks for the shipping address */
    bool phone_number_collection;     /**< the page asks for the phone number */
    bool allow_promotion_codes;       /**< the customer may enter one */
    int32_t submit_type;              /**< XPAY_SUBMIT_TYPE_…: what the button says */
    int32_t customer_creation;        /**< XPAY_CUSTOMER_CREATION_… */
    const xpay_after_completion *after_completion; /**< where the customer goes; NULL if not told */
    const xpay_line_item *const *line_items;       /**< what is sold */
    size_t line_items_count;                       /**< elements of line_items */
    const xpay_custom_field *const *custom_fields; /**< questions of your own */
    size_t custom_fields_count;                    /**< elements of custom_fields */
    const xpay_fee_config *fee_config; /**< who pays fees and VAT; NULL: as the account has it */
    const xpay_json *metadata;         /**< your own entries; NULL when there are none */
    const xpay_branding_settings *branding_settings; /**< NULL: as the account has it */
    const char *payment_method_configuration_id;     /**< pmc_…; NULL: as the account has it */
    int64_t created_at;                              /**< milliseconds since the epoch, UTC */
    int64_t updated_at;                              /**< milliseconds since the epoch, UTC */
} xpay_payment_link;

/** One row of the list of payment links. Amounts are minor units of `currency`. */
typedef struct xpay_payment_link_summary {
    xpay_object base;
    const char *id;          /**< plink_… */
    const char *merchant_id; /**< the account */
    bool active;             /**< false: it can no longer be paid at */
    bool has_expires_at;     /**< false: it does not expire */
    int64_t expires_at;      /**< milliseconds since the epoch, UTC */
    xpay_currency currency;  /**< XPAY_CURRENCY_…, of all lines */
    int64_t computed_amount; /**< the lines added up */
    int32_t submit_type;     /**< XPAY_SUBMIT_TYPE_…: what the button says */
    const xpay_after_completion *after_completion; /**< where the customer goes; NULL if not told */
    const xpay_line_item *const *line_items;       /**< what is sold */
    size_t line_items_count;                       /**< elements of line_items */
    int64_t created_at;                            /**< milliseconds since the epoch, UTC */
    int64_t updated_at;                            /**< milliseconds since the epoch, UTC */
} xpay_payment_link_summary;

/** One page of the list of payment links. */
typedef struct xpay_payment_link_page {
    xpay_object base;
    const xpay_payment_link_summary *const *data; /**< the links of this page */
    size_t data_count;                            /**< elements of data */
    int64_t total_count;                          /**< links on all pages */
} xpay_payment_link_page;

/** One line of a payment link. */
typedef struct xpay_payment_link_line_item_params {
    size_t size;          /**< set by XPAY_PAYMENT_LINK_LINE_ITEM_PARAMS_INIT */
    uint64_t clear;       /**< no member can be null: 0 */
    const char *price_id; /**< price_… of the catalogue; required */
    int64_t quantity;     /**< required, 0 to 2147483647; 0 only if adjustable with minimum 0 */
    /** NULL: the customer cannot change the quantity */
    const xpay_adjustable_quantity_params *adjustable_quantity;
} xpay_payment_link_line_item_params;

/** Initial value of an xpay_payment_link_line_item_params. */
#define XPAY_PAYMENT_LINK_LINE_ITEM_PARAMS_INIT XPAY_INITIAL(xpay_payment_link_line_item_params)

/** @name Bits of xpay_payment_link_create_params.clear: send null for the member. */
/** @{ */
#define XPAY_PAYMENT_LINK_CREATE_CLEAR_NAME_COLLECTION                 (UINT64_C(1) << 0)
#define XPAY_PAYMENT_LINK_CREATE_CLEAR_BILLING_ADDRESS_COLLECTION      (UINT64_C(1) << 1)
#define XPAY_PAYMENT_LINK_CREATE_CLEAR_SHIPPING_ADDRESS_COLLECTION     (UINT64_C(1) << 2)
#define XPAY_PAYMENT_LINK_CREATE_CLEAR_PHONE_NUMBER_COLLECTION         (UINT64_C(1) << 3)
#define XPAY_PAYMENT_LINK_CREATE_CLEAR_ALLOW_PROMOTION_CODES           (UINT64_C(1) << 4)
#define XPAY_PAYMENT_LINK_CREATE_CLEAR_SUBMIT_TYPE                     (UINT64_C(1) << 5)
#define XPAY_PAYMENT_LINK_CREATE_CLEAR_CUSTOM_FIELDS                   (UINT64_C(1) << 6)
#define XPAY_PAYMENT_LINK_CREATE_CLEAR_EXPIRES_AT                      (UINT64_C(1) << 7)
#define XPAY_PAYMENT_LINK_CREATE_CLEAR_METADATA                        (UINT64_C(1) << 8)
#define XPAY_PAYMENT_LINK_CREATE_CLEAR_FEE_CONFIG                      (UINT64_C(1) << 9)
#define XPAY_PAYMENT_LINK_CREATE_CLEAR_BRANDING_SETTINGS               (UINT64_C(1) << 10)
#define XPAY_PAYMENT_LINK_CREATE_CLEAR_PAYMENT_METHOD_CONFIGURATION_ID (UINT64_C(1) << 11)
/** @} */

/** A payment link to make. */
typedef struct xpay_payment_link_create_params {
    size_t size;    /**< set by XPAY_PAYMENT_LINK_CREATE_PARAMS_INIT */
    uint64_t clear; /**< XPAY_PAYMENT_LINK_CREATE_CLEAR_… bits: send null */
    const xpay_payment_link_line_item_params *line_items; /**< required, at least one */
    size_t line_items_count;                              /**< elements of line_items */
    bool has_name_collection;                             /**< send `name_collection` */
    bool name_collection;                                 /**< ask for the name; default false */
    bool has_billing_address_collection;                  /**< send `billing_address_collection` */
    bool billing_address_collection;      /**< ask for the billing address; default false */
    bool has_shipping_address_collection; /**< send `shipping_address_collection` */
    bool shipping_address_collection;     /**< ask for the shipping address; default false */
    bool has_phone_number_collection;     /**< send `phone_number_collection` */
    bool phone_number_collection;         /**< ask for the phone number; default false */
    bool has_allow_promotion_codes;       /**< send `allow_promotion_codes` */
    bool allow_promotion_codes;           /**< let the customer enter one; default false */
    int32_t submit_type;                  /**< XPAY_SUBMIT_TYPE_…; default pay */
    int32_t customer_creation;            /**< XPAY_CUSTOMER_CREATION_…; default "if required" */
    const xpay_after_completion_params *after_completion; /**< required: where the customer goes */
    /** at most 3 questions of your own; each must say `is_optional` */
    const xpay_custom_field_params *custom_fields;
    size_t custom_fields_count; /**< elements of custom_fields */
    bool has_expires_at;        /**< send `expires_at` */
    int64_t expires_at; /**< end of the link; milliseconds since the epoch, UTC; default: never */
    const xpay_text_pair *metadata;           /**< your own entries; see metadata.h */
    size_t metadata_count;                    /**< elements of metadata */
    const char *metadata_json;                /**< or JSON text: an object, not both */
    const xpay_fee_config_params *fee_config; /**< who pays fees and VAT; default the account's */
    const xpay_branding_settings_params *branding_settings; /**< on top of the account's */
    const char *payment_method_configuration_id;            /**< pmc_…; default the account's */
} xpay_payment_link_create_params;

/** Initial value of an xpay_payment_link_create_params. */
#define XPAY_PAYMENT_LINK_CREATE_PARAMS_INIT XPAY_INITIAL(xpay_payment_link_create_params)

/** @name Bits of xpay_payment_link_update_params.clear: send null for the member. */
/** @{ */
#define XPAY_PAYMENT_LINK_UPDATE_CLEAR_EXPIRES_AT                      (UINT64_C(1) << 0)
#define XPAY_PAYMENT_LINK_UPDATE_CLEAR_METADATA                        (UINT64_C(1) << 1)
#define XPAY_PAYMENT_LINK_UPDATE_CLEAR_FEE_CONFIG                      (UINT64_C(1) << 2)
#define XPAY_PAYMENT_LINK_UPDATE_CLEAR_BRANDING_SETTINGS               (UINT64_C(1) << 3)
#define XPAY_PAYMENT_LINK_UPDATE_CLEAR_PAYMENT_METHOD_CONFIGURATION_ID (UINT64_C(1) << 4)
/** @} */

/** What to change of a payment link. What is not given stays as it is; lists replace the old ones. */
typedef struct xpay_payment_link_update_params {
    size_t size;    /**< set by XPAY_PAYMENT_LINK_UPDATE_PARAMS_INIT */
    uint64_t clear; /**< XPAY_PAYMENT_LINK_UPDATE_CLEAR_… bits: send null */
    const xpay_payment_link_line_item_params *line_items; /**< all lines anew, at least one */
    size_t line_items_count;                              /**< elements of line_items */
    bool has_name_collection;                             /**< send `name_collection` */
    bool name_collection;                                 /**< ask for the name */
    bool has_billing_address_collection;                  /**< send `billing_address_collection` */
    bool billing_address_collection;                      /**< ask for the billing address */
    bool has_shipping_address_collection;                 /**< send `shipping_address_collection` */
    bool shipping_address_collection;                     /**< ask for the shipping address */
    bool has_phone_number_collection;                     /**< send `phone_number_collection` */
    bool phone_number_collection;                         /**< ask for the phone number */
    bool has_allow_promotion_codes;                       /**< send `allow_promotion_codes` */
    bool allow_promotion_codes;                           /**< let the customer enter one */
    int32_t submit_type;                                  /**< XPAY_SUBMIT_TYPE_… */
    int32_t customer_creation;                            /**< XPAY_CUSTOMER_CREATION_… */
    const xpay_after_completion_params *after_completion; /**< where the customer goes */
    /** at most 3 questions of your own; each must say `is_optional`; no element removes all */
    const xpay_custom_field_params *custom_fields;
    size_t custom_fields_count; /**< elements of custom_fields */
    bool has_expires_at;        /**< send `expires_at` */
    int64_t expires_at; /**< end of the link; milliseconds since the epoch, UTC; null: never */
    bool has_active;    /**< send `active` */
    bool active;        /**< false: it can no longer be paid at */
    const xpay_text_pair *metadata;           /**< your own entries; see metadata.h */
    size_t metadata_count;                    /**< elements of metadata */
    const char *metadata_json;                /**< or JSON text: an object, not both */
    const xpay_fee_config_params *fee_config; /**< who pays fees and VAT; null: the account's */
    const xpay_branding_settings_params *branding_settings; /**< on top of the account's */
    const char *payment_method_configuration_id;            /**< pmc_…; null: the account's */
} xpay_payment_link_update_params;

/** Initial value of an xpay_payment_link_update_params. */
#define XPAY_PAYMENT_LINK_UPDATE_PARAMS_INIT XPAY_INITIAL(xpay_payment_link_update_params)

/** Which payment links to list; all zero lists the first page. */
typedef struct xpay_payment_link_list_params {
    size_t size;        /**< set by XPAY_PAYMENT_LINK_LIST_PARAMS_INIT */
    uint64_t clear;     /**< no member can be null: 0 */
    bool has_page;      /**< false: the first */
    int64_t page;       /**< from 1 */
    bool has_limit;     /**< false: 20 */
    int64_t limit;      /**< at most so many a page, 1 to 100 */
    bool has_active;    /**< false: both */
    bool active;        /**< only such as are active, or only the others */
    const char *search; /**< terms with commas between; matches name, description, unit label */
    const xpay_amount_filter_params *amount; /**< only such amounts */
    const xpay_date_filter_params *date;     /**< only of such days */
    const char *timezone; /**< in which days begin, such as "Africa/Cairo"; its form is not told */
} xpay_payment_link_list_params;

/** Initial value of an xpay_payment_link_list_params. */
#define XPAY_PAYMENT_LINK_LIST_PARAMS_INIT XPAY_INITIAL(xpay_payment_link_list_params)

XPAY_BEGIN_DECLS

/**
 * Make a payment link.
 *
 * XPay is not known to de-duplicate this call. It carries an idempotency key, but is not repeated by the
 * library once it may have arrived; after an UNKNOWN outcome, look with xpay_payment_link_list().
 *
 * Follows POST /payment-links, https://docs.xpay.app/integrate/checkout-session/overview.
 *
 * @param client not NULL.
 * @param params the link; not NULL, may be freed afterwards.
 * @param options what this call does differently; NULL for the client's way.
 * @param link receives the link, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong, and what it may have done; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL, or a value that is missing, misshapen
 *         or excluded by another; error->param says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by
 *         XPay: XPAY_ERROR_REQUEST (XPay finds a value wrong), XPAY_ERROR_NOT_FOUND (no such price),
 *         XPAY_ERROR_CONFLICT, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION, XPAY_ERROR_IDEMPOTENCY,
 *         XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT,
 *         XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT,
 *         XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that cannot be read:
 *         XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_payment_link_create(
    xpay_client *client, const xpay_payment_link_create_params *params,
    const xpay_request_options *options, xpay_payment_link **link, xpay_error *error);

/**
 * Read one payment link.
 *
 * Follows GET /payment-links/{id}, https://docs.xpay.app/integrate/checkout-session/overview.
 *
 * @param client not NULL.
 * @param id plink_…; not NULL.
 * @param options what this call does differently; NULL for the client's way.
 * @param link receives the link, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL or misshapen argument; error->param
 *         says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay: XPAY_ERROR_NOT_FOUND (no such link
 *         in the key's mode), XPAY_ERROR_REQUEST, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION,
 *         XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT,
 *         XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT,
 *         XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that cannot be read:
 *         XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_payment_link_retrieve(xpay_client *client, const char *id,
                                                                const xpay_request_options *options,
                                                                xpay_payment_link **link,
                                                                xpay_error *error);

/**
 * Change a payment link.
 *
 * XPay is not known to de-duplicate this call. It carries an idempotency key, but is not repeated by the
 * library once it may have arrived; after an UNKNOWN outcome, look with xpay_payment_link_retrieve().
 *
 * Follows PATCH /payment-links/{id}, https://docs.xpay.app/integrate/checkout-session/overview.
 *
 * @param client not NULL.
 * @param id plink_…; not NULL.
 * @param params what changes; not NULL, may be freed afterwards.
 * @param options what this call does differently; NULL for the client's way.
 * @param link receives the link as it now is, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong, and what it may have done; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL, or a value that is missing, misshapen
 *         or excluded by another; error->param says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by
 *         XPay: XPAY_ERROR_REQUEST (XPay finds a value wrong), XPAY_ERROR_NOT_FOUND (no such link, or
 *         something that it refers to), XPAY_ERROR_CONFLICT, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION,
 *         XPAY_ERROR_IDEMPOTENCY, XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE,
 *         XPAY_ERROR_CONNECT, XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK,
 *         XPAY_ERROR_TIMEOUT, XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that
 *         cannot be read: XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_payment_link_update(
    xpay_client *client, const char *id, const xpay_payment_link_update_params *params,
    const xpay_request_options *options, xpay_payment_link **link, xpay_error *error);

/**
 * List payment links, page by page; xpay_payment_link_iterate() walks them all.
 *
 * Follows GET /payment-links, https://docs.xpay.app/integrate/checkout-session/overview.
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
XPAY_API XPAY_MUST_CHECK xpay_status xpay_payment_link_list(
    xpay_client *client, const xpay_payment_link_list_params *params,
    const xpay_request_options *options, xpay_payment_link_page **page, xpay_error *error);

/**
 * Walk all payment links, one after the other: see iterator.h.
 *
 * Nothing is sent yet. Follows GET /payment-links, https://docs.xpay.app/integrate/checkout-session/overview.
 *
 * @param client not NULL; to be freed after the iterator.
 * @param params which ones, and from which page on; `limit` is the size of a page, 100 when not given. NULL walks all.
 *        May be freed afterwards.
 * @param options what the request for each page does differently; NULL for the client's way. Copied; its `cancel` must
 *        outlive the iterator.
 * @param iterator receives the iterator, whose items are xpay_payment_link_summary; to be freed with xpay_iterator_free().
 *        NULL on failure.
 * @param error receives what went wrong; NULL allowed.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT (a NULL or a misshapen value; error->param says which), XPAY_ERROR_ABI,
 *         XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_payment_link_iterate(
    xpay_client *client, const xpay_payment_link_list_params *params,
    const xpay_request_options *options, xpay_iterator **iterator, xpay_error *error);

/**
 * The same initial value as XPAY_PAYMENT_LINK_LINE_ITEM_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_payment_link_line_item_params_init(xpay_payment_link_line_item_params *params,
                                                      size_t size);

/**
 * The same initial value as XPAY_PAYMENT_LINK_CREATE_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_payment_link_create_params_init(xpay_payment_link_create_params *params,
                                                   size_t size);

/**
 * The same initial value as XPAY_PAYMENT_LINK_UPDATE_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_payment_link_update_params_init(xpay_payment_link_update_params *params,
                                                   size_t size);

/**
 * The same initial value as XPAY_PAYMENT_LINK_LIST_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_payment_link_list_params_init(xpay_payment_link_list_params *params,
                                                 size_t size);

XPAY_END_DECLS

#endif
