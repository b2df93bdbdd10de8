/*
 * Customers: people who buy, stored under an id.
 *
 * You make registered ones, and keep their cus_… beside your own user. Guests are XPay's: it makes one for a checkout
 * without a customer and groups them by e-mail, phone and card. Do not store a guest's id and do not pass it to a new
 * session. Test and live mode have separate customers.
 * Follows https://docs.xpay.app/integrate/checkout-session/customer-lifecycle.
 */
#ifndef XPAY_CUSTOMER_H
#define XPAY_CUSTOMER_H

#include <xpay/address.h>
#include <xpay/client.h>
#include <xpay/iterator.h>
#include <xpay/metadata.h>
#include <xpay/payment_method.h>

/** Who made a customer. */
enum {
    XPAY_CUSTOMER_TYPE_UNKNOWN = 0,    /**< absent, or not known to this version */
    XPAY_CUSTOMER_TYPE_REGISTERED = 1, /**< you */
    XPAY_CUSTOMER_TYPE_GUEST = 2       /**< XPay, at a checkout */
};

/** A card that a guest has used. */
typedef struct xpay_card_fingerprint {
    xpay_object base;
    const char *fingerprint; /**< the same for the same card number */
    const char *brand;       /**< such as "visa" */
    const char *last4;       /**< last four digits */
    int64_t first_seen_at;   /**< milliseconds since the epoch, UTC */
    int64_t last_seen_at;    /**< milliseconds since the epoch, UTC */
    int64_t charge_count;    /**< charges with it */
} xpay_card_fingerprint;

/** By what XPay recognises a guest. */
typedef struct xpay_guest_fingerprint {
    xpay_object base;
    const char *const *emails;                             /**< e-mail addresses */
    size_t emails_count;                                   /**< elements of emails */
    const char *const *phones;                             /**< phone numbers */
    size_t phones_count;                                   /**< elements of phones */
    const xpay_card_fingerprint *const *card_fingerprints; /**< cards */
    size_t card_fingerprints_count;                        /**< elements of card_fingerprints */
} xpay_guest_fingerprint;

/** A customer. A payment intent tells only id, name, e-mail and phone; a session no times and no merchant. */
typedef struct xpay_customer {
    xpay_object base;
    const char *id;                                  /**< cus_… */
    int32_t type;                                    /**< XPAY_CUSTOMER_TYPE_… */
    const char *name;                                /**< NULL when not given */
    const char *email;                               /**< NULL when not given */
    const char *phone;                               /**< NULL when not given */
    const xpay_address *address;                     /**< NULL when not given */
    const xpay_shipping *shipping;                   /**< only in a session; NULL when not given */
    const xpay_guest_fingerprint *guest_fingerprint; /**< NULL unless a guest */
    const xpay_json *metadata; /**< your own entries; NULL when there are none */
    const char *merchant_id;   /**< the account; NULL inside other objects */
    bool has_created_at;       /**< false inside other objects */
    int64_t created_at;        /**< milliseconds since the epoch, UTC */
    bool has_updated_at;       /**< false inside other objects */
    int64_t updated_at;        /**< milliseconds since the epoch, UTC */
} xpay_customer;

/** What a customer has spent so far. Amounts are minor units of `currency`. */
typedef struct xpay_spend_data {
    xpay_object base;
    int64_t gross_spend;              /**< before refunds */
    int64_t amount_refunded;          /**< given back */
    int64_t net_spend;                /**< gross_spend - amount_refunded */
    int64_t amount_dispute_losses;    /**< lost in disputes */
    xpay_decimal average_order_value; /**< gross_spend / num_payments, in minor units */
    int64_t num_payments;             /**< that succeeded */
    xpay_currency currency;           /**< XPAY_CURRENCY_…, the customer's default */
    bool has_first_purchase_at;       /**< false before the first purchase */
    int64_t first_purchase_at;        /**< milliseconds since the epoch, UTC */
    bool has_last_purchase_at;        /**< false before the first purchase */
    int64_t last_purchase_at;         /**< milliseconds since the epoch, UTC */
} xpay_spend_data;

/** One row of the customer list. */
typedef struct xpay_customer_summary {
    xpay_object base;
    const char *id;      /**< cus_… */
    int32_t type;        /**< XPAY_CUSTOMER_TYPE_… */
    const char *name;    /**< NULL when not given */
    const char *email;   /**< NULL when not given */
    const char *phone;   /**< NULL when not given */
    const char *country; /**< ISO 3166-1 alpha-2; NULL when not known */
    const xpay_payment_method *latest_payment_method; /**< the newest; NULL when there is none */
    const xpay_spend_data *spend_data;                /**< sums */
    int64_t created_at;                               /**< milliseconds since the epoch, UTC */
} xpay_customer_summary;

/** One page of the customer list. */
typedef struct xpay_customer_page {
    xpay_object base;
    const xpay_customer_summary *const *data; /**< the customers of this page */
    size_t data_count;                        /**< elements of data */
    int64_t total_count;                      /**< customers on all pages */
} xpay_customer_page;

/** @name Bits of xpay_customer_create_params.clear: send null for the member. */
/** @{ */
#define XPAY_CUSTOMER_CREATE_CLEAR_NAME     (UINT64_C(1) << 0)
#define XPAY_CUSTOMER_CREATE_CLEAR_EMAIL    (UINT64_C(1) << 1)
#define XPAY_CUSTOMER_CREATE_CLEAR_PHONE    (UINT64_C(1) << 2)
#define XPAY_CUSTOMER_CREATE_CLEAR_ADDRESS  (UINT64_C(1) << 3)
#define XPAY_CUSTOMER_CREATE_CLEAR_METADATA (UINT64_C(1) << 4)
#define XPAY_CUSTOMER_CREATE_CLEAR_CURRENCY (UINT64_C(1) << 5)
/** @} */

/** A customer to store: an e-mail address or a phone number at least, and not an empty one. */
typedef struct xpay_customer_create_params {
    size_t size;       /**< set by XPAY_CUSTOMER_CREATE_PARAMS_INIT */
    uint64_t clear;    /**< XPAY_CUSTOMER_CREATE_CLEAR_… bits: send null */
    const char *name;  /**< the customer's */
    const char *email; /**< an e-mail address, not yet used in this account and mode */
    const char *phone; /**< made E.164 by XPay where it can be */
    const xpay_address_params *address; /**< a postal address */
    const xpay_text_pair *metadata;     /**< your own entries; see metadata.h */
    size_t metadata_count;              /**< elements of metadata */
    const char *metadata_json;          /**< or JSON text: an object, not both */
    xpay_currency currency;             /**< XPAY_CURRENCY_…, default EGP */
} xpay_customer_create_params;

/** Initial value of an xpay_customer_create_params. */
#define XPAY_CUSTOMER_CREATE_PARAMS_INIT XPAY_INITIAL(xpay_customer_create_params)

/** Which customers to list; all zero lists the first page. */
typedef struct xpay_customer_list_params {
    size_t size;        /**< set by XPAY_CUSTOMER_LIST_PARAMS_INIT */
    uint64_t clear;     /**< no member can be null: 0 */
    bool has_page;      /**< false: the first */
    int64_t page;       /**< from 1 */
    bool has_limit;     /**< false: 20 */
    int64_t limit;      /**< at most so many a page, 1 to 100 */
    const char *search; /**< terms with commas between; matches id, name, e-mail and phone */
    int32_t type;       /**< XPAY_CUSTOMER_TYPE_… */
} xpay_customer_list_params;

/** Initial value of an xpay_customer_list_params. */
#define XPAY_CUSTOMER_LIST_PARAMS_INIT XPAY_INITIAL(xpay_customer_list_params)

XPAY_BEGIN_DECLS

/**
 * Store a customer.
 *
 * XPay is not known to de-duplicate this call. It carries an idempotency key, but is not repeated by the library
 * once it may have arrived; after an UNKNOWN outcome, look with xpay_customer_list() and `search`.
 *
 * Follows POST /customers, https://docs.xpay.app/integrate/checkout-session/customer-lifecycle.
 *
 * @param client not NULL.
 * @param params the customer; not NULL, may be freed afterwards.
 * @param options what this call does differently; NULL for the client's way.
 * @param customer receives the customer, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong, and what it may have done; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL, or a value that is missing, misshapen or
 *         excluded by another; error->param says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay:
 *         XPAY_ERROR_REQUEST (neither e-mail nor phone), XPAY_ERROR_CONFLICT (the e-mail address is used already),
 *         XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION, XPAY_ERROR_NOT_FOUND, XPAY_ERROR_IDEMPOTENCY,
 *         XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT,
 *         XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT,
 *         XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that cannot be read:
 *         XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_customer_create(xpay_client *client,
                                                          const xpay_customer_create_params *params,
                                                          const xpay_request_options *options,
                                                          xpay_customer **customer,
                                                          xpay_error *error);

/**
 * Read one customer.
 *
 * Follows GET /customers/{id}, https://docs.xpay.app/integrate/checkout-session/customer-lifecycle.
 *
 * @param client not NULL.
 * @param id cus_…; not NULL.
 * @param options what this call does differently; NULL for the client's way.
 * @param customer receives the customer, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL or misshapen argument; error->param says
 *         which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay: XPAY_ERROR_NOT_FOUND (no such customer in
 *         the key's mode), XPAY_ERROR_REQUEST, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION,
 *         XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT,
 *         XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT,
 *         XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that cannot be read:
 *         XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_customer_retrieve(xpay_client *client, const char *id,
                                                            const xpay_request_options *options,
                                                            xpay_customer **customer,
                                                            xpay_error *error);

/**
 * List customers, page by page; xpay_customer_iterate() walks them all.
 *
 * Follows GET /customers, https://docs.xpay.app/integrate/checkout-session/customer-lifecycle.
 *
 * @param client not NULL.
 * @param params which ones; NULL lists the first page.
 * @param options what this call does differently; NULL for the client's way.
 * @param page receives the page, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL, or a value that is missing, misshapen or
 *         excluded by another; error->param says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay:
 *         XPAY_ERROR_REQUEST, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION, XPAY_ERROR_NOT_FOUND,
 *         XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT,
 *         XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT,
 *         XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that cannot be read:
 *         XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_customer_list(xpay_client *client,
                                                        const xpay_customer_list_params *params,
                                                        const xpay_request_options *options,
                                                        xpay_customer_page **page,
                                                        xpay_error *error);

/**
 * Walk all customers, one after the other: see iterator.h.
 *
 * Nothing is sent yet. Follows GET /customers, https://docs.xpay.app/integrate/checkout-session/customer-lifecycle.
 *
 * @param client not NULL; to be freed after the iterator.
 * @param params which ones, and from which page on; `limit` is the size of a page, 100 when not given. NULL walks all.
 *        May be freed afterwards.
 * @param options what the request for each page does differently; NULL for the client's way. Copied; its `cancel` must
 *        outlive the iterator.
 * @param iterator receives the iterator, whose items are xpay_customer_summary; to be freed with xpay_iterator_free().
 *        NULL on failure.
 * @param error receives what went wrong; NULL allowed.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT (a NULL or a misshapen value; error->param says which), XPAY_ERROR_ABI,
 *         XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_customer_iterate(xpay_client *client,
                                                           const xpay_customer_list_params *params,
                                                           const xpay_request_options *options,
                                                           xpay_iterator **iterator,
                                                           xpay_error *error);

/**
 * The same initial value as XPAY_CUSTOMER_CREATE_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_customer_create_params_init(xpay_customer_create_params *params, size_t size);

/**
 * The same initial value as XPAY_CUSTOMER_LIST_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_customer_list_params_init(xpay_customer_list_params *params, size_t size);

XPAY_END_DECLS

#endif
