/*
 * What a checkout session knows of its customer, and what it may save to a stored one.
 */
#ifndef XPAY_CUSTOMER_DETAILS_H
#define XPAY_CUSTOMER_DETAILS_H

#include <xpay/address.h>

/** Whether what the customer enters is saved to the stored customer. */
enum {
    XPAY_CUSTOMER_UPDATE_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_CUSTOMER_UPDATE_AUTO = 1,    /**< it is */
    XPAY_CUSTOMER_UPDATE_NEVER = 2    /**< it is not */
};

/** What you or the customer filled in; NULL where nobody did. */
typedef struct xpay_customer_details {
    xpay_object base;
    const char *name;                            /**< the customer's */
    const char *email;                           /**< the customer's */
    const char *phone;                           /**< the customer's */
    const xpay_billing_details *billing_details; /**< whom the payment method belongs to */
    const xpay_shipping *shipping;               /**< where goods are sent */
} xpay_customer_details;

/** What is saved to the stored customer. */
typedef struct xpay_customer_update {
    xpay_object base;
    int32_t address;  /**< XPAY_CUSTOMER_UPDATE_…: the billing address */
    int32_t name;     /**< XPAY_CUSTOMER_UPDATE_…: the name */
    int32_t shipping; /**< XPAY_CUSTOMER_UPDATE_…: where goods are sent */
} xpay_customer_update;

/** @name Bits of xpay_customer_details_params.clear: send null for the member. */
/** @{ */
#define XPAY_CUSTOMER_DETAILS_CLEAR_NAME            (UINT64_C(1) << 0)
#define XPAY_CUSTOMER_DETAILS_CLEAR_EMAIL           (UINT64_C(1) << 1)
#define XPAY_CUSTOMER_DETAILS_CLEAR_PHONE           (UINT64_C(1) << 2)
#define XPAY_CUSTOMER_DETAILS_CLEAR_BILLING_DETAILS (UINT64_C(1) << 3)
#define XPAY_CUSTOMER_DETAILS_CLEAR_SHIPPING        (UINT64_C(1) << 4)
/** @} */

/** What you know of the customer: filled in beforehand. */
typedef struct xpay_customer_details_params {
    size_t size;       /**< set by XPAY_CUSTOMER_DETAILS_PARAMS_INIT */
    uint64_t clear;    /**< XPAY_CUSTOMER_DETAILS_CLEAR_… bits: send null */
    const char *name;  /**< the customer's */
    const char *email; /**< an e-mail address */
    const char *phone; /**< such as "+201234567890"; for valU an Egyptian or Jordanian mobile */
    const xpay_billing_details_params *billing_details; /**< whom the payment method belongs to */
    const xpay_shipping_params *shipping;               /**< where goods are sent */
} xpay_customer_details_params;

/** Initial value of an xpay_customer_details_params. */
#define XPAY_CUSTOMER_DETAILS_PARAMS_INIT XPAY_INITIAL(xpay_customer_details_params)

/** @name Bits of xpay_customer_update_params.clear: send null for the member. */
/** @{ */
#define XPAY_CUSTOMER_UPDATE_CLEAR_ADDRESS  (UINT64_C(1) << 0)
#define XPAY_CUSTOMER_UPDATE_CLEAR_NAME     (UINT64_C(1) << 1)
#define XPAY_CUSTOMER_UPDATE_CLEAR_SHIPPING (UINT64_C(1) << 2)
/** @} */

/** What to save to the stored customer; nothing by default. */
typedef struct xpay_customer_update_params {
    size_t size;      /**< set by XPAY_CUSTOMER_UPDATE_PARAMS_INIT */
    uint64_t clear;   /**< XPAY_CUSTOMER_UPDATE_CLEAR_… bits: send null */
    int32_t address;  /**< XPAY_CUSTOMER_UPDATE_…: the billing address */
    int32_t name;     /**< XPAY_CUSTOMER_UPDATE_…: the name */
    int32_t shipping; /**< XPAY_CUSTOMER_UPDATE_…: where goods are sent */
} xpay_customer_update_params;

/** Initial value of an xpay_customer_update_params. */
#define XPAY_CUSTOMER_UPDATE_PARAMS_INIT XPAY_INITIAL(xpay_customer_update_params)

XPAY_BEGIN_DECLS

/**
 * The same initial value as XPAY_CUSTOMER_DETAILS_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_customer_details_params_init(xpay_customer_details_params *params, size_t size);

/**
 * The same initial value as XPAY_CUSTOMER_UPDATE_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_customer_update_params_init(xpay_customer_update_params *params, size_t size);

XPAY_END_DECLS

#endif
