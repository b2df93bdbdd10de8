/*
 * Payment methods: what a customer pays with.
 *
 * Read-only. The same card appears on a payment intent, a charge, a failed attempt and in the customer list; each place
 * tells a different part of it, so members may be NULL in one and there in another.
 */
#ifndef XPAY_PAYMENT_METHOD_H
#define XPAY_PAYMENT_METHOD_H

#include <xpay/address.h>
#include <xpay/money.h>

/** Ways to pay. */
enum {
    XPAY_PAYMENT_METHOD_TYPE_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_PAYMENT_METHOD_TYPE_CARD = 1,    /**< Visa, Mastercard, Meeza */
    XPAY_PAYMENT_METHOD_TYPE_FAWRY = 2,   /**< cash at a kiosk, with a reference; EGP only */
    XPAY_PAYMENT_METHOD_TYPE_AMAN = 3,
    XPAY_PAYMENT_METHOD_TYPE_VALU = 4, /**< instalments; EGP only, not refundable through XPay */
    XPAY_PAYMENT_METHOD_TYPE_SYMPL = 5,
    XPAY_PAYMENT_METHOD_TYPE_TABBY = 6,
    XPAY_PAYMENT_METHOD_TYPE_TAMARA = 7,
    XPAY_PAYMENT_METHOD_TYPE_VODAFONE_CASH = 8,
    XPAY_PAYMENT_METHOD_TYPE_ETISALAT_CASH = 9,
    XPAY_PAYMENT_METHOD_TYPE_ORANGE_CASH = 10,
    XPAY_PAYMENT_METHOD_TYPE_WE_PAY = 11,
    XPAY_PAYMENT_METHOD_TYPE_APPLE_PAY = 12,
    XPAY_PAYMENT_METHOD_TYPE_GOOGLE_PAY = 13,
    XPAY_PAYMENT_METHOD_TYPE_SAMSUNG_PAY = 14,
    XPAY_PAYMENT_METHOD_TYPE_INSTAPAY = 15,
    XPAY_PAYMENT_METHOD_TYPE_BANK_TRANSFER = 16,
    XPAY_PAYMENT_METHOD_TYPE_CASH_ON_DELIVERY = 17
};

/** How the cardholder was authenticated (3-D Secure). */
typedef struct xpay_three_d_secure {
    xpay_object base;
    const char *authentication_flow;           /**< NULL when not known */
    const char *electronic_commerce_indicator; /**< ECI of the network; NULL when not known */
    const char *exemption_indicator;           /**< NULL without exemption */
    const char *result;                        /**< NULL when not known */
    const char *result_reason;                 /**< NULL when not known */
    const char *transaction_id;                /**< of the authentication; NULL when not known */
    const char *version;                       /**< of the protocol; NULL when not known */
} xpay_three_d_secure;

/** Whether a card can be authenticated by 3-D Secure. */
typedef struct xpay_three_d_secure_usage {
    xpay_object base;
    bool supported; /**< it can */
} xpay_three_d_secure_usage;

/** The wallet that a card was presented from. */
typedef struct xpay_wallet {
    xpay_object base;
    const char *type;          /**< such as "apple_pay" */
    const char *dynamic_last4; /**< last digits of the device's number; NULL when not known */
} xpay_wallet;

/** Networks that a card can run on. */
typedef struct xpay_card_networks {
    xpay_object base;
    const char *const *available; /**< names */
    size_t available_count;       /**< elements of available */
    const char *preferred;        /**< NULL when there is no preference */
} xpay_card_networks;

/** A card, as far as anybody may know it. */
typedef struct xpay_card {
    xpay_object base;
    const char *brand;       /**< such as "visa" */
    const char *last4;       /**< last four digits */
    int64_t exp_month;       /**< 1 to 12 */
    int64_t exp_year;        /**< four digits */
    const char *funding;     /**< such as "credit" or "debit"; NULL when not known */
    const char *country;     /**< of the issuer; NULL when not known */
    const char *network;     /**< that ran the charge; NULL until processed, and outside charges */
    const char *fingerprint; /**< the same for the same card number; NULL when not known */
    const xpay_three_d_secure *three_d_secure; /**< of a charge; NULL when not authenticated */
    const xpay_wallet *wallet;                 /**< NULL when none was used */
    const char *display_brand;                 /**< brand to show; NULL when not known */
    const xpay_card_networks *networks;        /**< NULL when not known */
    const char *regulated_status;              /**< NULL when not known */
    const xpay_three_d_secure_usage *three_d_secure_usage; /**< NULL when not known */
    const char *cardholder_name; /**< only in the customer list; NULL when not known */
} xpay_card;

/** A payment in instalments by valU. Amounts and dates are valU's own text. */
typedef struct xpay_valu_details {
    xpay_object base;
    const char *loan_number;           /**< NULL when not known */
    bool has_tenure;                   /**< false when not known */
    int64_t tenure;                    /**< months */
    const char *emi;                   /**< one instalment; NULL when not known */
    const char *down_payment;          /**< NULL when not known */
    const char *financed_amount;       /**< NULL when not known */
    const char *first_emi_due_date;    /**< NULL when not known */
    const char *last_installment_date; /**< NULL when not known */
} xpay_valu_details;

/** A payment in cash by Fawry. */
typedef struct xpay_fawry_details {
    xpay_object base;
    const char *fawry_ref_number;         /**< Fawry's reference; NULL when not known */
    const char *payment_reference_number; /**< quoted at the kiosk; NULL when not known */
    const char *payment_method; /**< Fawry's own name of the way it was paid; NULL when not known */
    bool has_payment_time;      /**< false until paid */
    int64_t payment_time;       /**< Fawry's own time stamp; XPay does not state its unit */
    bool has_expires_at;        /**< false when not known */
    int64_t expires_at;         /**< end of the reference; milliseconds since the epoch, UTC */
} xpay_fawry_details;

/** What a customer pays or paid with. */
typedef struct xpay_payment_method {
    xpay_object base;
    const char *id;                              /**< XPay's id */
    int32_t type;                                /**< XPAY_PAYMENT_METHOD_TYPE_… */
    const xpay_card *card;                       /**< NULL unless a card */
    const xpay_valu_details *valu;               /**< NULL unless valU */
    const xpay_fawry_details *fawry;             /**< NULL unless Fawry */
    const xpay_billing_details *billing_details; /**< NULL where XPay tells only the method */
    bool has_created_at;                         /**< false where XPay tells only the method */
    int64_t created_at;                          /**< milliseconds since the epoch, UTC */
} xpay_payment_method;

/** How one charge was paid. */
typedef struct xpay_payment_method_details {
    xpay_object base;
    const char *type;                /**< such as "card" */
    const xpay_card *card;           /**< NULL unless a card */
    const xpay_valu_details *valu;   /**< NULL unless valU */
    const xpay_fawry_details *fawry; /**< NULL unless Fawry */
} xpay_payment_method_details;

/** A way to pay that a session offers. Amounts are minor units of the session's currency. */
typedef struct xpay_payment_method_option {
    xpay_object base;
    const char *type;                /**< such as "card" */
    const char *display_name;        /**< as the customer reads it */
    const char *category;            /**< a grouping for the page; NULL when there is none */
    bool has_min_transaction_amount; /**< false without a lower bound */
    int64_t min_transaction_amount;  /**< the least that it takes */
    bool has_max_transaction_amount; /**< false without an upper bound */
    int64_t max_transaction_amount;  /**< the most that it takes */
    const char *const *required_customer_fields; /**< what the customer must fill in */
    size_t required_customer_fields_count;       /**< elements of required_customer_fields */
    bool has_supports_refund;                    /**< false when XPay does not say */
    bool supports_refund;                        /**< payments can be refunded */
    bool has_supports_partial_refund;            /**< false when XPay does not say */
    bool supports_partial_refund;                /**< in parts, too */
    bool has_supports_partial_capture;           /**< false when XPay does not say */
    bool supports_partial_capture;               /**< less than authorized can be captured */
    const char *payment_confirmation;            /**< how it is confirmed; NULL when not known */
} xpay_payment_method_option;

#endif
