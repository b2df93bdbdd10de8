/*
 * What the customer sees after the checkout: your page, or XPay's.
 *
 * Coming back to your page proves nothing: fulfil by the session's payment status.
 */
#ifndef XPAY_AFTER_COMPLETION_H
#define XPAY_AFTER_COMPLETION_H

#include <xpay/object.h>

/** Where the customer goes. */
enum {
    XPAY_AFTER_COMPLETION_TYPE_UNKNOWN = 0,            /**< absent, or not known to this version */
    XPAY_AFTER_COMPLETION_TYPE_REDIRECT = 1,           /**< to your page */
    XPAY_AFTER_COMPLETION_TYPE_HOSTED_CONFIRMATION = 2 /**< XPay's page; hosted sessions only */
};

/** Your page. */
typedef struct xpay_after_completion_redirect {
    xpay_object base;
    const char *url; /**< as you gave it, {CHECKOUT_SESSION_ID} not yet replaced */
} xpay_after_completion_redirect;

/** XPay's page. */
typedef struct xpay_after_completion_hosted_confirmation {
    xpay_object base;
    const char *custom_message; /**< your thanks; NULL for XPay's own */
    const char *return_url;     /**< where its button leads; NULL: no button */
} xpay_after_completion_hosted_confirmation;

/** Where the customer goes. */
typedef struct xpay_after_completion {
    xpay_object base;
    int32_t type;                                   /**< XPAY_AFTER_COMPLETION_TYPE_… */
    const xpay_after_completion_redirect *redirect; /**< NULL unless `type` says so */
    /** NULL unless `type` says so */
    const xpay_after_completion_hosted_confirmation *hosted_confirmation;
} xpay_after_completion;

/** Your page. */
typedef struct xpay_after_completion_redirect_params {
    size_t size;     /**< set by XPAY_AFTER_COMPLETION_REDIRECT_PARAMS_INIT */
    uint64_t clear;  /**< no member can be null: 0 */
    const char *url; /**< required; XPay puts the session's id for {CHECKOUT_SESSION_ID} */
} xpay_after_completion_redirect_params;

/** Initial value of an xpay_after_completion_redirect_params. */
#define XPAY_AFTER_COMPLETION_REDIRECT_PARAMS_INIT \
    XPAY_INITIAL(xpay_after_completion_redirect_params)

/** @name Bits of xpay_after_completion_hosted_confirmation_params.clear: send null for the member. */
/** @{ */
#define XPAY_AFTER_COMPLETION_HOSTED_CONFIRMATION_CLEAR_CUSTOM_MESSAGE (UINT64_C(1) << 0)
#define XPAY_AFTER_COMPLETION_HOSTED_CONFIRMATION_CLEAR_RETURN_URL     (UINT64_C(1) << 1)
/** @} */

/** XPay's page. */
typedef struct xpay_after_completion_hosted_confirmation_params {
    size_t size;    /**< set by XPAY_AFTER_COMPLETION_HOSTED_CONFIRMATION_PARAMS_INIT */
    uint64_t clear; /**< XPAY_AFTER_COMPLETION_HOSTED_CONFIRMATION_CLEAR_… bits: send null */
    const char *custom_message; /**< your thanks, at most 500 characters */
    const char *return_url;     /**< where its button leads; without it there is no button */
} xpay_after_completion_hosted_confirmation_params;

/** Initial value of an xpay_after_completion_hosted_confirmation_params. */
#define XPAY_AFTER_COMPLETION_HOSTED_CONFIRMATION_PARAMS_INIT \
    XPAY_INITIAL(xpay_after_completion_hosted_confirmation_params)

/** @name Bits of xpay_after_completion_params.clear: send null for the member. */
/** @{ */
#define XPAY_AFTER_COMPLETION_CLEAR_REDIRECT            (UINT64_C(1) << 0)
#define XPAY_AFTER_COMPLETION_CLEAR_HOSTED_CONFIRMATION (UINT64_C(1) << 1)
/** @} */

/** Where the customer goes. */
typedef struct xpay_after_completion_params {
    size_t size;    /**< set by XPAY_AFTER_COMPLETION_PARAMS_INIT */
    uint64_t clear; /**< XPAY_AFTER_COMPLETION_CLEAR_… bits: send null */
    int32_t type;   /**< XPAY_AFTER_COMPLETION_TYPE_…; required */
    /** required for type redirect, refused otherwise */
    const xpay_after_completion_redirect_params *redirect;
    /** optional for type hosted_confirmation, refused otherwise */
    const xpay_after_completion_hosted_confirmation_params *hosted_confirmation;
} xpay_after_completion_params;

/** Initial value of an xpay_after_completion_params. */
#define XPAY_AFTER_COMPLETION_PARAMS_INIT XPAY_INITIAL(xpay_after_completion_params)

XPAY_BEGIN_DECLS

/**
 * The same initial value as XPAY_AFTER_COMPLETION_REDIRECT_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void
xpay_after_completion_redirect_params_init(xpay_after_completion_redirect_params *params,
                                           size_t size);

/**
 * The same initial value as XPAY_AFTER_COMPLETION_HOSTED_CONFIRMATION_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_after_completion_hosted_confirmation_params_init(
    xpay_after_completion_hosted_confirmation_params *params, size_t size);

/**
 * The same initial value as XPAY_AFTER_COMPLETION_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_after_completion_params_init(xpay_after_completion_params *params, size_t size);

XPAY_END_DECLS

#endif
