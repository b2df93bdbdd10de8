/*
 * Payment intents: the money side of a checkout session, with every attempt to pay it.
 *
 * Read-only: one is met in a session, or in a webhook, where it holds the session instead. Keep its pi_… on your order
 * beside the session's cs_…: refunds are made against it. Amounts are minor units of the processing currency.
 * Follows https://docs.xpay.app/integrate/object-model.
 */
#ifndef XPAY_PAYMENT_INTENT_H
#define XPAY_PAYMENT_INTENT_H

#include <xpay/charge.h>
#include <xpay/customer.h>

/* <xpay/checkout_session.h> */
typedef struct xpay_checkout_session xpay_checkout_session;

/** How far a payment has come: the processor's view, overlaid by refunds. */
enum {
    XPAY_PAYMENT_INTENT_STATUS_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_PAYMENT_INTENT_STATUS_REQUIRES_PAYMENT_METHOD = 1, /**< the customer has to choose */
    XPAY_PAYMENT_INTENT_STATUS_REQUIRES_CONFIRMATION = 2,
    XPAY_PAYMENT_INTENT_STATUS_REQUIRES_ACTION = 3, /**< the customer has to act: see next_action */
    XPAY_PAYMENT_INTENT_STATUS_PROCESSING = 4,
    XPAY_PAYMENT_INTENT_STATUS_UNCAPTURED = 5, /**< authorized; to be captured by hand */
    XPAY_PAYMENT_INTENT_STATUS_CANCELED = 6,
    XPAY_PAYMENT_INTENT_STATUS_SUCCEEDED = 7, /**< paid */
    XPAY_PAYMENT_INTENT_STATUS_FAILED = 8,    /**< may be retried while the session is open */
    XPAY_PAYMENT_INTENT_STATUS_REFUNDED = 9,  /**< paid, and all given back */
    XPAY_PAYMENT_INTENT_STATUS_PARTIALLY_REFUNDED = 10, /**< paid, and a part given back */
    XPAY_PAYMENT_INTENT_STATUS_AMOUNT_CAPTURABLE_UPDATED = 11,
    XPAY_PAYMENT_INTENT_STATUS_PAYMENT_FAILED = 12
};

/** What a customer has to do for a payment. */
enum {
    XPAY_NEXT_ACTION_TYPE_UNKNOWN = 0,         /**< absent, or not known to this version */
    XPAY_NEXT_ACTION_TYPE_REDIRECT_TO_URL = 1, /**< go to redirect_to_url */
    XPAY_NEXT_ACTION_TYPE_DISPLAY_QR_CODE = 2,
    XPAY_NEXT_ACTION_TYPE_DISPLAY_VOUCHER_DETAILS = 3, /**< pay display_voucher_details */
    XPAY_NEXT_ACTION_TYPE_DISPLAY_BANK_TRANSFER_INSTRUCTIONS = 4,
    XPAY_NEXT_ACTION_TYPE_VERIFY_WITH_OTP = 5,
    XPAY_NEXT_ACTION_TYPE_USE_SDK = 6
};

/** Who refused a payment. */
enum {
    XPAY_PAYMENT_ERROR_TYPE_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_PAYMENT_ERROR_TYPE_API_ERROR = 1,
    XPAY_PAYMENT_ERROR_TYPE_CARD_ERROR = 2,
    XPAY_PAYMENT_ERROR_TYPE_PAYMENT_METHOD_ERROR = 3, /**< instalments, wallet, kiosk or transfer */
    XPAY_PAYMENT_ERROR_TYPE_PROCESSOR_ERROR = 4,
    XPAY_PAYMENT_ERROR_TYPE_INVALID_REQUEST_ERROR = 5,
    XPAY_PAYMENT_ERROR_TYPE_IDEMPOTENCY_ERROR = 6,
    XPAY_PAYMENT_ERROR_TYPE_AUTHENTICATION_ERROR = 7
};

/** What a refusal means for another try. */
enum {
    XPAY_ADVICE_CODE_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_ADVICE_CODE_CONFIRM_CARD_DATA = 1,
    XPAY_ADVICE_CODE_DO_NOT_TRY_AGAIN = 2,
    XPAY_ADVICE_CODE_TRY_AGAIN_LATER = 3
};

/** Tax in an amount. */
typedef struct xpay_amount_details_tax {
    xpay_object base;
    int64_t amount;   /**< minor units of the payment intent's currency */
    int64_t rate_bps; /**< basis points: 1400 is 14 % */
} xpay_amount_details_tax;

/** XPay's fee in an amount, in minor units of the payment intent's currency. */
typedef struct xpay_amount_details_platform_fees {
    xpay_object base;
    int64_t amount;     /**< the fee */
    int64_t vat_amount; /**< VAT on it */
} xpay_amount_details_platform_fees;

/** What an amount is made of, in minor units of the payment intent's currency. */
typedef struct xpay_amount_details {
    xpay_object base;
    int64_t product_amount;                                 /**< the goods */
    const xpay_amount_details_tax *tax;                     /**< NULL without tax */
    const xpay_amount_details_platform_fees *platform_fees; /**< NULL unless passed on */
    bool has_tip;                                           /**< false without a tip */
    int64_t tip;                                            /**< on top */
    bool has_discount;                                      /**< false without a discount */
    int64_t discount;                                       /**< taken off */
} xpay_amount_details;

/** A page that the customer has to visit, such as the bank's. */
typedef struct xpay_next_action_redirect {
    xpay_object base;
    const char *url;        /**< the page */
    const char *return_url; /**< where it leads back to; NULL when not given */
} xpay_next_action_redirect;

/** A reference that the customer has to pay, at a kiosk for example. */
typedef struct xpay_next_action_voucher {
    xpay_object base;
    const char *provider;           /**< such as "fawry" */
    const char *reference;          /**< what the customer quotes */
    bool has_expires_at;            /**< false without an end */
    int64_t expires_at;             /**< end of the reference; milliseconds since the epoch, UTC */
    const char *instructions;       /**< for the customer; NULL when there are none */
    const char *hosted_voucher_url; /**< a page that shows all this; NULL when there is none */
} xpay_next_action_voucher;

/** What the customer has to do. */
typedef struct xpay_next_action {
    xpay_object base;
    int32_t type;                                            /**< XPAY_NEXT_ACTION_TYPE_… */
    const xpay_next_action_redirect *redirect_to_url;        /**< NULL for other types */
    const xpay_next_action_voucher *display_voucher_details; /**< NULL for other types */
} xpay_next_action;

/** Why the last attempt failed. */
typedef struct xpay_payment_error {
    xpay_object base;
    int32_t type;     /**< XPAY_PAYMENT_ERROR_TYPE_… */
    const char *code; /**< XPay's, such as "card_declined"; NULL when there is none */
    /** the issuer's, such as "insufficient_funds"; NULL unless declined */
    const char *decline_code;
    const char *network_decline_code; /**< 2 to 4 characters, by brand; NULL when not known */
    int32_t advice_code;              /**< XPAY_ADVICE_CODE_… */
    const char *message;              /**< may be shown to the customer */
    const char *merchant_message;     /**< for your staff; NULL when there is none */
    const char *param;                /**< the field concerned; NULL when there is none */
    const char *doc_url;              /**< XPay's page about the code; NULL when there is none */
    const char *charge_id;            /**< ch_… that failed; NULL when there is none */
    const xpay_payment_method *payment_method; /**< what was tried; NULL when not known */
    const char *payment_method_type;           /**< such as "card"; NULL when not known */
    const char *processor_code;                /**< the processor's; NULL when not known */
    const char *processor_message; /**< the processor's, for your staff; NULL when not known */
} xpay_payment_error;

/** One payment. Amounts are minor units of `currency`. */
typedef struct xpay_payment_intent {
    xpay_object base;
    const char *id;                  /**< pi_… */
    const char *checkout_session_id; /**< cs_…; NULL without a session */
    /** its session, in a webhook only, without a payment intent of its own; NULL otherwise */
    const xpay_checkout_session *checkout_session;
    int64_t amount;            /**< to be paid */
    int64_t amount_capturable; /**< authorized and not yet captured */
    int64_t amount_received;   /**< captured; 0 until paid */
    xpay_currency currency;    /**< XPAY_CURRENCY_…, the processing currency */
    int32_t status;            /**< XPAY_PAYMENT_INTENT_STATUS_… */
    int64_t created_at;        /**< milliseconds since the epoch, UTC */
    int64_t updated_at;        /**< milliseconds since the epoch, UTC */
    bool has_canceled_at;      /**< false unless canceled */
    int64_t canceled_at;       /**< milliseconds since the epoch, UTC */
    /** the newest of `charges` once more: never add it to them; NULL before the first attempt */
    const xpay_charge *latest_charge;
    const xpay_charge *const *charges; /**< all attempts, oldest first */
    size_t charges_count;              /**< elements of charges */
    /** where XPay sends them here; usually they are in charges[]->refunds only */
    const xpay_refund *const *refunds;
    size_t refunds_count;                         /**< elements of refunds */
    const xpay_payment_method *payment_method;    /**< NULL until attached, and after a failure */
    const xpay_customer *customer;                /**< NULL when there is none */
    const xpay_payment_error *last_payment_error; /**< NULL when no attempt failed */
    const xpay_next_action *next_action;          /**< NULL when the customer need not act */
    /** the customer's side; NULL unless the customer sees another currency */
    const xpay_presentment_details *presentment_details;
    const xpay_amount_details *amount_details; /**< NULL when not recorded */
    const xpay_shipping *shipping;             /**< NULL when not collected */
    const xpay_json *metadata;       /**< the session's; an empty object when there is none */
    const char *description;         /**< NULL when not given */
    const char *receipt_email;       /**< NULL when not given */
    const char *capture_method;      /**< "automatic", or "manual": to be captured within 7 days */
    const char *confirmation_method; /**< "automatic" or "manual" */
    const char *client_secret;       /**< for XPay's browser SDK; never log it */
} xpay_payment_intent;

#endif
