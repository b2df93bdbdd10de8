/*
 * What a checkout session is made from, and what of it can be changed while it is open.
 */
#ifndef XPAY_CHECKOUT_SESSION_PARAMS_H
#define XPAY_CHECKOUT_SESSION_PARAMS_H

#include <xpay/after_completion.h>
#include <xpay/branding.h>
#include <xpay/custom_field.h>
#include <xpay/customer_details.h>
#include <xpay/discount.h>
#include <xpay/fees.h>
#include <xpay/line_item.h>
#include <xpay/locale.h>
#include <xpay/metadata.h>
#include <xpay/payment_method.h>

/** What a session is for. */
enum {
    XPAY_CHECKOUT_SESSION_MODE_UNKNOWN = 0,     /**< absent, or not known to this version */
    XPAY_CHECKOUT_SESSION_MODE_PAYMENT = 1,     /**< to be paid once */
    XPAY_CHECKOUT_SESSION_MODE_SETUP = 2,       /**< to store a payment method */
    XPAY_CHECKOUT_SESSION_MODE_SUBSCRIPTION = 3 /**< XPay does not take recurring prices yet */
};

/** Where the checkout page lives. */
enum {
    XPAY_UI_MODE_UNKNOWN = 0,  /**< absent, or not known to this version */
    XPAY_UI_MODE_HOSTED = 1,   /**< at XPay: send the customer to `url` */
    XPAY_UI_MODE_EMBEDDED = 2, /**< in your page, by XPay's browser SDK */
    XPAY_UI_MODE_CUSTOM = 3    /**< your own form, with elements of the SDK */
};

/** What the button says. */
enum {
    XPAY_SUBMIT_TYPE_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_SUBMIT_TYPE_PAY = 1,
    XPAY_SUBMIT_TYPE_SUBSCRIBE = 2,
    XPAY_SUBMIT_TYPE_BOOK = 3,
    XPAY_SUBMIT_TYPE_DONATE = 4
};

/** Whether a session stores its customer. */
enum {
    XPAY_CUSTOMER_CREATION_UNKNOWN = 0,    /**< absent, or not known to this version */
    XPAY_CUSTOMER_CREATION_ALWAYS = 1,     /**< as a registered one */
    XPAY_CUSTOMER_CREATION_IF_REQUIRED = 2 /**< only where something needs it */
};

/** @name Bits of xpay_checkout_session_create_params.clear: send null for the member. */
/** @{ */
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_MODE                            (UINT64_C(1) << 0)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_UI_MODE                         (UINT64_C(1) << 1)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_SUBMIT_TYPE                     (UINT64_C(1) << 2)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_CURRENCY                        (UINT64_C(1) << 3)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_LINE_ITEMS                      (UINT64_C(1) << 4)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_CANCEL_URL                      (UINT64_C(1) << 5)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_CUSTOMER_ID                     (UINT64_C(1) << 6)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_CUSTOMER_DETAILS                (UINT64_C(1) << 7)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_CUSTOMER_UPDATE                 (UINT64_C(1) << 8)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_CUSTOMER_CREATION               (UINT64_C(1) << 9)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_ALLOW_PROMOTION_CODES           (UINT64_C(1) << 10)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_DISCOUNTS                       (UINT64_C(1) << 11)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_NAME_COLLECTION                 (UINT64_C(1) << 12)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_BILLING_ADDRESS_COLLECTION      (UINT64_C(1) << 13)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_SHIPPING_ADDRESS_COLLECTION     (UINT64_C(1) << 14)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_PHONE_NUMBER_COLLECTION         (UINT64_C(1) << 15)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_CUSTOM_FIELDS                   (UINT64_C(1) << 16)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_METADATA                        (UINT64_C(1) << 17)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_FEE_CONFIG                      (UINT64_C(1) << 18)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_BRANDING_SETTINGS               (UINT64_C(1) << 19)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_LOCALE                          (UINT64_C(1) << 20)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_PAYMENT_METHOD_TYPES            (UINT64_C(1) << 21)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_PAYMENT_METHOD_CONFIGURATION_ID (UINT64_C(1) << 22)
#define XPAY_CHECKOUT_SESSION_CREATE_CLEAR_EXPIRES_AFTER_MINUTES           (UINT64_C(1) << 23)
/** @} */

/** A session to make. Only after_completion is required; lines are what makes it worth paying. */
typedef struct xpay_checkout_session_create_params {
    size_t size;    /**< set by XPAY_CHECKOUT_SESSION_CREATE_PARAMS_INIT */
    uint64_t clear; /**< XPAY_CHECKOUT_SESSION_CREATE_CLEAR_… bits: send null */
    const xpay_after_completion_params *after_completion; /**< required: where the customer goes */
    int32_t mode;           /**< XPAY_CHECKOUT_SESSION_MODE_…; default payment */
    int32_t ui_mode;        /**< XPAY_UI_MODE_…; default hosted */
    int32_t submit_type;    /**< XPAY_SUBMIT_TYPE_…; default pay; not for custom */
    xpay_currency currency; /**< XPAY_CURRENCY_…, of the lines */
    const xpay_line_item_params *line_items; /**< what is sold; all lines in one currency */
    size_t line_items_count;                 /**< elements of line_items */
    const char *cancel_url;                  /**< URL of the page's back link; hosted only */
    const char *customer_id; /**< cus_… of a registered customer; not beside customer_details */
    const xpay_customer_details_params *customer_details; /**< not beside customer_id */
    /** what to save to customer_id; needs it */
    const xpay_customer_update_params *customer_update;
    int32_t customer_creation; /**< XPAY_CUSTOMER_CREATION_…; "always" excludes customer_id */
    bool has_allow_promotion_codes;        /**< send `allow_promotion_codes` */
    bool allow_promotion_codes;            /**< let the customer enter one */
    const xpay_discount_params *discounts; /**< at most one */
    size_t discounts_count;                /**< elements of discounts */
    bool has_name_collection;              /**< send `name_collection` */
    bool name_collection;                  /**< ask for the name; not for custom */
    bool has_billing_address_collection;   /**< send `billing_address_collection` */
    bool billing_address_collection;       /**< ask for the billing address; not for custom */
    bool has_shipping_address_collection;  /**< send `shipping_address_collection` */
    bool shipping_address_collection;      /**< ask for the shipping address; not for custom */
    bool has_phone_number_collection;      /**< send `phone_number_collection` */
    bool phone_number_collection;          /**< ask for the phone number; not for custom */
    const xpay_custom_field_params *custom_fields; /**< questions of your own */
    size_t custom_fields_count;                    /**< elements of custom_fields */
    const xpay_text_pair *metadata; /**< your own entries, such as the order's id; see metadata.h */
    size_t metadata_count;          /**< elements of metadata */
    const char *metadata_json;      /**< or JSON text: an object or an array, not both */
    const xpay_fee_config_params *fee_config; /**< who pays fees and VAT; default the account's */
    const xpay_branding_settings_params *branding_settings; /**< on top of the account's */
    int32_t locale;                      /**< XPAY_LOCALE_…; default the account's */
    const int32_t *payment_method_types; /**< XPAY_PAYMENT_METHOD_TYPE_…, enabled for you */
    size_t payment_method_types_count;   /**< elements of payment_method_types */
    const char *payment_method_configuration_id; /**< pmc_…; not beside payment_method_types */
    bool has_expires_after_minutes;              /**< send `expires_after_minutes` */
    int64_t expires_after_minutes;               /**< at least 30; default 1440, a day */
} xpay_checkout_session_create_params;

/** Initial value of an xpay_checkout_session_create_params. */
#define XPAY_CHECKOUT_SESSION_CREATE_PARAMS_INIT XPAY_INITIAL(xpay_checkout_session_create_params)

/** @name Bits of xpay_checkout_session_update_params.clear: send null for the member. */
/** @{ */
#define XPAY_CHECKOUT_SESSION_UPDATE_CLEAR_AFTER_COMPLETION                (UINT64_C(1) << 0)
#define XPAY_CHECKOUT_SESSION_UPDATE_CLEAR_LINE_ITEMS                      (UINT64_C(1) << 1)
#define XPAY_CHECKOUT_SESSION_UPDATE_CLEAR_CANCEL_URL                      (UINT64_C(1) << 2)
#define XPAY_CHECKOUT_SESSION_UPDATE_CLEAR_CUSTOMER_ID                     (UINT64_C(1) << 3)
#define XPAY_CHECKOUT_SESSION_UPDATE_CLEAR_CUSTOMER_DETAILS                (UINT64_C(1) << 4)
#define XPAY_CHECKOUT_SESSION_UPDATE_CLEAR_CUSTOMER_UPDATE                 (UINT64_C(1) << 5)
#define XPAY_CHECKOUT_SESSION_UPDATE_CLEAR_DISCOUNTS                       (UINT64_C(1) << 6)
#define XPAY_CHECKOUT_SESSION_UPDATE_CLEAR_CUSTOM_FIELDS                   (UINT64_C(1) << 7)
#define XPAY_CHECKOUT_SESSION_UPDATE_CLEAR_METADATA                        (UINT64_C(1) << 8)
#define XPAY_CHECKOUT_SESSION_UPDATE_CLEAR_FEE_CONFIG                      (UINT64_C(1) << 9)
#define XPAY_CHECKOUT_SESSION_UPDATE_CLEAR_BRANDING_SETTINGS               (UINT64_C(1) << 10)
#define XPAY_CHECKOUT_SESSION_UPDATE_CLEAR_LOCALE                          (UINT64_C(1) << 11)
#define XPAY_CHECKOUT_SESSION_UPDATE_CLEAR_PAYMENT_METHOD_TYPES            (UINT64_C(1) << 12)
#define XPAY_CHECKOUT_SESSION_UPDATE_CLEAR_PAYMENT_METHOD_CONFIGURATION_ID (UINT64_C(1) << 13)
/** @} */

/** What to change of an open session. What is not given stays as it is; lists replace the old ones. */
typedef struct xpay_checkout_session_update_params {
    size_t size;    /**< set by XPAY_CHECKOUT_SESSION_UPDATE_PARAMS_INIT */
    uint64_t clear; /**< XPAY_CHECKOUT_SESSION_UPDATE_CLEAR_… bits: send null */
    const xpay_after_completion_params *after_completion; /**< where the customer goes */
    const xpay_line_item_params *line_items; /**< all lines anew; XPay is known to refuse null */
    size_t line_items_count;                 /**< elements of line_items */
    const char *cancel_url;                  /**< URL of the page's back link; hosted only */
    const char *customer_id; /**< cus_… of a registered customer; not beside customer_details */
    const xpay_customer_details_params *customer_details; /**< not beside customer_id */
    const xpay_customer_update_params *customer_update;   /**< what to save to customer_id */
    int32_t customer_creation; /**< XPAY_CUSTOMER_CREATION_…; "always" excludes customer_id */
    bool has_allow_promotion_codes;        /**< send `allow_promotion_codes` */
    bool allow_promotion_codes;            /**< let the customer enter one */
    const xpay_discount_params *discounts; /**< at most one */
    size_t discounts_count;                /**< elements of discounts */
    bool has_name_collection;              /**< send `name_collection` */
    bool name_collection;                  /**< ask for the name; not for custom */
    bool has_billing_address_collection;   /**< send `billing_address_collection` */
    bool billing_address_collection;       /**< ask for the billing address; not for custom */
    bool has_shipping_address_collection;  /**< send `shipping_address_collection` */
    bool shipping_address_collection;      /**< ask for the shipping address; not for custom */
    bool has_phone_number_collection;      /**< send `phone_number_collection` */
    bool phone_number_collection;          /**< ask for the phone number; not for custom */
    const xpay_custom_field_params *custom_fields; /**< questions of your own */
    size_t custom_fields_count;                    /**< elements of custom_fields */
    const xpay_text_pair *metadata; /**< your own entries, such as the order's id; see metadata.h */
    size_t metadata_count;          /**< elements of metadata */
    const char *metadata_json;      /**< or JSON text: an object or an array, not both */
    const xpay_fee_config_params *fee_config;               /**< who pays fees and VAT */
    const xpay_branding_settings_params *branding_settings; /**< on top of the account's */
    int32_t locale;                                         /**< XPAY_LOCALE_…; of the page */
    const int32_t *payment_method_types; /**< XPAY_PAYMENT_METHOD_TYPE_…, enabled for you */
    size_t payment_method_types_count;   /**< elements of payment_method_types */
    const char *payment_method_configuration_id; /**< pmc_…; not beside payment_method_types */
} xpay_checkout_session_update_params;

/** Initial value of an xpay_checkout_session_update_params. */
#define XPAY_CHECKOUT_SESSION_UPDATE_PARAMS_INIT XPAY_INITIAL(xpay_checkout_session_update_params)

XPAY_BEGIN_DECLS

/**
 * The same initial value as XPAY_CHECKOUT_SESSION_CREATE_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_checkout_session_create_params_init(xpay_checkout_session_create_params *params,
                                                       size_t size);

/**
 * The same initial value as XPAY_CHECKOUT_SESSION_UPDATE_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_checkout_session_update_params_init(xpay_checkout_session_update_params *params,
                                                       size_t size);

XPAY_END_DECLS

#endif
