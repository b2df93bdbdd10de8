/*
 * Where somebody lives, where goods go, whom the bill names.
 *
 * Nothing here is checked by XPay or promised to be there: a customer fills in what the page asks for.
 */
#ifndef XPAY_ADDRESS_H
#define XPAY_ADDRESS_H

#include <xpay/object.h>

/** A postal address. A customer's may have further members; xpay_object_get() finds them. */
typedef struct xpay_address {
    xpay_object base;
    const char *line1;       /**< street and number; NULL when not given */
    const char *line2;       /**< flat, floor, building; NULL when not given */
    const char *city;        /**< NULL when not given */
    const char *state;       /**< state or governorate; NULL when not given */
    const char *postal_code; /**< NULL when not given */
    const char *country;     /**< usually ISO 3166-1 alpha-2, such as "EG"; NULL when not given */
} xpay_address;

/** Where goods are sent. */
typedef struct xpay_shipping {
    xpay_object base;
    const char *name;            /**< the recipient; NULL when not given */
    const char *phone;           /**< the recipient's; NULL when not given */
    const xpay_address *address; /**< NULL when not collected */
} xpay_shipping;

/** Whom a payment method belongs to. */
typedef struct xpay_billing_details {
    xpay_object base;
    const char *name;            /**< the name on the card; NULL when not given */
    const char *email;           /**< NULL when not given */
    const char *phone;           /**< NULL when not given */
    const xpay_address *address; /**< its members are NULL where not given; may itself be NULL */
} xpay_billing_details;

/** @name Bits of xpay_address_params.clear: send null for the member. */
/** @{ */
#define XPAY_ADDRESS_CLEAR_LINE1       (UINT64_C(1) << 0)
#define XPAY_ADDRESS_CLEAR_LINE2       (UINT64_C(1) << 1)
#define XPAY_ADDRESS_CLEAR_CITY        (UINT64_C(1) << 2)
#define XPAY_ADDRESS_CLEAR_STATE       (UINT64_C(1) << 3)
#define XPAY_ADDRESS_CLEAR_POSTAL_CODE (UINT64_C(1) << 4)
#define XPAY_ADDRESS_CLEAR_COUNTRY     (UINT64_C(1) << 5)
/** @} */

/** An address to send. */
typedef struct xpay_address_params {
    size_t size;             /**< set by XPAY_ADDRESS_PARAMS_INIT */
    uint64_t clear;          /**< XPAY_ADDRESS_CLEAR_… bits: send null */
    const char *line1;       /**< street and number */
    const char *line2;       /**< flat, floor, building */
    const char *city;        /**< the city */
    const char *state;       /**< state or governorate */
    const char *postal_code; /**< the postal code */
    const char *country;     /**< ISO 3166-1 alpha-2, such as "EG" */
} xpay_address_params;

/** Initial value of an xpay_address_params. */
#define XPAY_ADDRESS_PARAMS_INIT XPAY_INITIAL(xpay_address_params)

/** @name Bits of xpay_shipping_params.clear: send null for the member. */
/** @{ */
#define XPAY_SHIPPING_CLEAR_NAME    (UINT64_C(1) << 0)
#define XPAY_SHIPPING_CLEAR_PHONE   (UINT64_C(1) << 1)
#define XPAY_SHIPPING_CLEAR_ADDRESS (UINT64_C(1) << 2)
/** @} */

/** Where goods are sent. */
typedef struct xpay_shipping_params {
    size_t size;                        /**< set by XPAY_SHIPPING_PARAMS_INIT */
    uint64_t clear;                     /**< XPAY_SHIPPING_CLEAR_… bits: send null */
    const char *name;                   /**< the recipient */
    const char *phone;                  /**< the recipient's */
    const xpay_address_params *address; /**< where to */
} xpay_shipping_params;

/** Initial value of an xpay_shipping_params. */
#define XPAY_SHIPPING_PARAMS_INIT XPAY_INITIAL(xpay_shipping_params)

/** @name Bits of xpay_billing_details_params.clear: send null for the member. */
/** @{ */
#define XPAY_BILLING_DETAILS_CLEAR_NAME    (UINT64_C(1) << 0)
#define XPAY_BILLING_DETAILS_CLEAR_EMAIL   (UINT64_C(1) << 1)
#define XPAY_BILLING_DETAILS_CLEAR_PHONE   (UINT64_C(1) << 2)
#define XPAY_BILLING_DETAILS_CLEAR_ADDRESS (UINT64_C(1) << 3)
/** @} */

/** Whom the payment method belongs to. */
typedef struct xpay_billing_details_params {
    size_t size;                        /**< set by XPAY_BILLING_DETAILS_PARAMS_INIT */
    uint64_t clear;                     /**< XPAY_BILLING_DETAILS_CLEAR_… bits: send null */
    const char *name;                   /**< the name on the card */
    const char *email;                  /**< an e-mail address */
    const char *phone;                  /**< with its country code, such as "+201234567890" */
    const xpay_address_params *address; /**< the cardholder's */
} xpay_billing_details_params;

/** Initial value of an xpay_billing_details_params. */
#define XPAY_BILLING_DETAILS_PARAMS_INIT XPAY_INITIAL(xpay_billing_details_params)

XPAY_BEGIN_DECLS

/**
 * The same initial value as XPAY_ADDRESS_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_address_params_init(xpay_address_params *params, size_t size);

/**
 * The same initial value as XPAY_SHIPPING_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_shipping_params_init(xpay_shipping_params *params, size_t size);

/**
 * The same initial value as XPAY_BILLING_DETAILS_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_billing_details_params_init(xpay_billing_details_params *params, size_t size);

XPAY_END_DECLS

#endif
