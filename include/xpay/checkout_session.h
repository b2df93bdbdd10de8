/*
 * Checkout sessions: one customer, one cart, one attempt to be paid, and the root of all that comes of it.
 *
 *     create -> the customer pays -> retrieve, or read the webhook -> fulfil when payment_status says paid
 *
 * A session is open, then complete or expired for good. Complete does not mean paid: a customer may have taken away a
 * reference to pay at a kiosk. Keep its cs_… on your order, with the payment intent's pi_…. There is no list of sessions.
 * Follows https://docs.xpay.app/integrate/checkout-session/overview.
 */
#ifndef XPAY_CHECKOUT_SESSION_H
#define XPAY_CHECKOUT_SESSION_H

#include <xpay/checkout_session_params.h>
#include <xpay/client.h>
#include <xpay/payment_intent.h>
#include <xpay/presentment.h>

/** Where a session stands. */
enum {
    XPAY_CHECKOUT_SESSION_STATUS_UNKNOWN = 0,  /**< absent, or not known to this version */
    XPAY_CHECKOUT_SESSION_STATUS_OPEN = 1,     /**< can be paid and changed */
    XPAY_CHECKOUT_SESSION_STATUS_COMPLETE = 2, /**< the customer is done: not always paid */
    XPAY_CHECKOUT_SESSION_STATUS_EXPIRED = 3   /**< out of time, or expired by you */
};

/** Whether a session is paid: what fulfilment goes by. */
enum {
    XPAY_PAYMENT_STATUS_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_PAYMENT_STATUS_PAID = 1,    /**< in full: fulfil */
    XPAY_PAYMENT_STATUS_UNPAID = 2, /**< not yet; a complete session may still be paid at a kiosk */
    XPAY_PAYMENT_STATUS_NO_PAYMENT_REQUIRED = 3 /**< fulfil once the session is complete */
};

/** What a total is made of, in minor units of the session's currency. */
typedef struct xpay_total_details {
    xpay_object base;
    int64_t amount_discount;       /**< taken off */
    int64_t amount_tax;            /**< added */
    bool has_amount_shipping;      /**< false without shipping */
    int64_t amount_shipping;       /**< added */
    bool has_amount_platform_fee;  /**< false unless passed on */
    int64_t amount_platform_fee;   /**< XPay's fee that the customer pays */
    bool has_amount_collected_vat; /**< false unless VAT is collected */
    int64_t amount_collected_vat;  /**< VAT that the customer pays */
} xpay_total_details;

/** One checkout. Amounts are minor units of `currency`. */
typedef struct xpay_checkout_session {
    xpay_object base;
    const char *id;           /**< cs_…; NULL only on a payment link that nobody has touched */
    int32_t status;           /**< XPAY_CHECKOUT_SESSION_STATUS_… */
    int32_t payment_status;   /**< XPAY_PAYMENT_STATUS_…: fulfil by this one */
    xpay_currency currency;   /**< XPAY_CURRENCY_…, the processing currency; 0 until known */
    bool is_expired;          /**< XPay's own verdict: do not compare clocks */
    bool livemode;            /**< false in test mode */
    bool has_amount_subtotal; /**< false when there is none */
    /** before discounts; the one to compare with your order, in presentment_details where that is there */
    int64_t amount_subtotal;
    bool has_amount_total; /**< false when there is none */
    int64_t amount_total;  /**< due: after discounts, with fees and VAT passed on */
    const xpay_total_details *total_details; /**< NULL when not known */
    /** the customer's side; NULL unless the customer sees another currency */
    const xpay_session_presentment_details *presentment_details;
    int64_t created_at;  /**< milliseconds since the epoch, UTC */
    bool has_updated_at; /**< false when there is none */
    int64_t updated_at;  /**< milliseconds since the epoch, UTC */
    bool has_expires_at; /**< false when there is none */
    int64_t expires_at;  /**< end of payment; milliseconds since the epoch, UTC */
    const char *url;     /**< the checkout page; send the customer there. NULL unless hosted */
    const char *client_secret;     /**< for XPay's browser SDK; never log it. NULL when not given */
    const char *payment_intent_id; /**< pi_…; NULL until a payment is started */
    /** NULL until a payment is started, and for a session inside a payment intent */
    const xpay_payment_intent *payment_intent;
    const char *customer_id;                       /**< cus_…; NULL when there is none */
    const xpay_customer *customer;                 /**< NULL unless customer_id was given */
    const xpay_customer_details *customer_details; /**< what was filled in; NULL when nothing was */
    int32_t customer_creation;                     /**< XPAY_CUSTOMER_CREATION_… */
    const xpay_customer_update *customer_update;   /**< NULL when nothing is saved */
    const xpay_line_item *const *line_items; /**< what is sold; none when XPay leaves them out */
    size_t line_items_count;                 /**< elements of line_items */
    const xpay_discount *const *discounts;   /**< at most one */
    size_t discounts_count;                  /**< elements of discounts */
    int32_t mode;                            /**< XPAY_CHECKOUT_SESSION_MODE_… */
    int32_t ui_mode;                         /**< XPAY_UI_MODE_… */
    int32_t submit_type;                     /**< XPAY_SUBMIT_TYPE_… */
    int32_t locale;                          /**< XPAY_LOCALE_…; of the page */
    const xpay_after_completion *after_completion; /**< where the customer goes */
    const char *cancel_url;           /**< of the page's back link; NULL when not given */
    bool allow_promotion_codes;       /**< the customer may enter one */
    bool name_collection;             /**< the page asks for the name */
    bool billing_address_collection;  /**< the page asks for the billing address */
    bool shipping_address_collection; /**< the page asks for the shipping address */
    bool phone_number_collection;     /**< the page asks for the phone number */
    /** questions of your own, with answers once submitted */
    const xpay_custom_field *const *custom_fields;
    size_t custom_fields_count;        /**< elements of custom_fields */
    const xpay_fee_config *fee_config; /**< who pays fees and VAT; NULL when not known */
    const xpay_fees *fees; /**< for the method chosen; NULL unless fees or VAT are passed on */
    const xpay_branding_settings *branding_settings;               /**< NULL when not known */
    const xpay_payment_method_option *const *payment_method_types; /**< ways to pay */
    size_t payment_method_types_count;           /**< elements of payment_method_types */
    const char *payment_method_configuration_id; /**< pmc_…; NULL when not given */
    const char *payment_link_id; /**< plink_… that made the session; NULL otherwise */
    const xpay_json *metadata;   /**< your own entries; NULL when there are none */
    const char *merchant_id;     /**< the account */
    const char *merchant_name;   /**< as the customer reads it; NULL when not known */
    const char *merchant_logo;   /**< URL; NULL when there is none */
} xpay_checkout_session;

XPAY_BEGIN_DECLS

/**
 * Make a checkout session.
 *
 * For a hosted one, send the customer to its `url`. Put your order's id into the metadata, and store the session's
 * id on the order before you redirect.
 *
 * After a failure whose outcome is UNKNOWN or APPLIED, repeat the identical call with error->idempotency_key: XPay
 * then answers with the session that it already made.
 *
 * Follows POST /checkout/sessions, https://docs.xpay.app/integrate/checkout-session/overview.
 *
 * @param client not NULL.
 * @param params the session; not NULL, may be freed afterwards.
 * @param options what this call does differently; NULL for the client's way.
 * @param session receives the session, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong, and what it may have done; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL, or a value that is missing, misshapen or
 *         excluded by another; error->param says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay:
 *         XPAY_ERROR_REQUEST (lines missing, wrong or in several currencies; a payment method that is not
 *         enabled), XPAY_ERROR_NOT_FOUND (a price, product, customer or coupon that does not exist; error->param
 *         says which), XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION, XPAY_ERROR_CONFLICT,
 *         XPAY_ERROR_IDEMPOTENCY, XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE,
 *         XPAY_ERROR_CONNECT, XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK,
 *         XPAY_ERROR_TIMEOUT, XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that
 *         cannot be read: XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_checkout_session_create(
    xpay_client *client, const xpay_checkout_session_create_params *params,
    const xpay_request_options *options, xpay_checkout_session **session, xpay_error *error);

/**
 * Read a checkout session with its payment intent, charges, refunds and ledger rows.
 *
 * Do so when the customer comes back and where a webhook is missing; both have the same shape.
 *
 * Follows GET /checkout/sessions/{id}, https://docs.xpay.app/integrate/checkout-session/overview.
 *
 * @param client not NULL.
 * @param id cs_…; not NULL.
 * @param options what this call does differently; NULL for the client's way.
 * @param session receives the session, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL or misshapen argument; error->param says
 *         which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay: XPAY_ERROR_NOT_FOUND (no such session in the
 *         key's mode), XPAY_ERROR_REQUEST, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION,
 *         XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT,
 *         XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT,
 *         XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that cannot be read:
 *         XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_checkout_session_retrieve(
    xpay_client *client, const char *id, const xpay_request_options *options,
    xpay_checkout_session **session, xpay_error *error);

/**
 * Change an open checkout session.
 *
 * Its id, client secret and locked exchange rate stay. XPay does not refuse a change while a payment is being
 * processed: where that may be, make a new session and expire this one.
 *
 * A repeat under a key that was used before is answered, but not done again. With keys of your own, give each
 * change a sequence number.
 *
 * Follows PATCH /checkout/sessions/{id}, https://docs.xpay.app/integrate/checkout-session/overview.
 *
 * @param client not NULL.
 * @param id cs_…; not NULL.
 * @param params what changes; not NULL, may be freed afterwards.
 * @param options what this call does differently; NULL for the client's way.
 * @param session receives the session as it now is, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong, and what it may have done; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL, or a value that is missing, misshapen or
 *         excluded by another; error->param says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay:
 *         XPAY_ERROR_REQUEST (XPay finds a value wrong), XPAY_ERROR_NOT_FOUND (no such session, or something that
 *         it refers to), XPAY_ERROR_CONFLICT (it is not open any more), XPAY_ERROR_AUTHENTICATION,
 *         XPAY_ERROR_PERMISSION, XPAY_ERROR_IDEMPOTENCY, XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way:
 *         XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT, XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE,
 *         XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT, XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE.
 *         An answer that cannot be read: XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_checkout_session_update(
    xpay_client *client, const char *id, const xpay_checkout_session_update_params *params,
    const xpay_request_options *options, xpay_checkout_session **session, xpay_error *error);

/**
 * Close an open checkout session, so that it cannot be paid any more.
 *
 * A conflict means that it is complete or expired already: retrieve it before you give the goods away elsewhere.
 *
 * Follows POST /checkout/sessions/{id}/expire, https://docs.xpay.app/integrate/checkout-session/overview.
 *
 * @param client not NULL.
 * @param id cs_…; not NULL.
 * @param options what this call does differently; NULL for the client's way.
 * @param session receives the session, now expired, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong, and what it may have done; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL or misshapen argument; error->param says
 *         which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay: XPAY_ERROR_NOT_FOUND (no such session in the
 *         key's mode), XPAY_ERROR_CONFLICT (it is not open any more), XPAY_ERROR_REQUEST,
 *         XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION, XPAY_ERROR_IDEMPOTENCY, XPAY_ERROR_RATE_LIMIT,
 *         XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT, XPAY_ERROR_TLS_HANDSHAKE,
 *         XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT, XPAY_ERROR_CANCELED,
 *         XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that cannot be read: XPAY_ERROR_JSON,
 *         XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_checkout_session_expire(
    xpay_client *client, const char *id, const xpay_request_options *options,
    xpay_checkout_session **session, xpay_error *error);

XPAY_END_DECLS

#endif
