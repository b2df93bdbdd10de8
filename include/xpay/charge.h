/*
 * Charges: attempts to take the money of a payment intent. Each retry of the customer is another one.
 *
 * Read-only. What was refunded is told by amount_refunded, not by the status: a charge refunded in full may still read
 * SUCCEEDED. Amounts are minor units of the processing currency.
 * Follows https://docs.xpay.app/integrate/object-model.
 */
#ifndef XPAY_CHARGE_H
#define XPAY_CHARGE_H

#include <xpay/balance_transaction.h>
#include <xpay/payment_method.h>
#include <xpay/presentment.h>
#include <xpay/refund.h>

/** What came of a charge. */
enum {
    XPAY_CHARGE_STATUS_UNKNOWN = 0,   /**< absent, or not known to this version */
    XPAY_CHARGE_STATUS_SUCCEEDED = 1, /**< paid; possibly refunded since */
    XPAY_CHARGE_STATUS_PENDING = 2,   /**< not decided */
    XPAY_CHARGE_STATUS_FAILED = 3,
    XPAY_CHARGE_STATUS_CANCELED = 4,
    XPAY_CHARGE_STATUS_REFUNDED = 5,
    XPAY_CHARGE_STATUS_PARTIALLY_REFUNDED = 6
};

/** Who pays the money out. */
enum {
    XPAY_SETTLEMENT_MODEL_UNKNOWN = 0,    /**< absent, or not known to this version */
    XPAY_SETTLEMENT_MODEL_AGGREGATED = 1, /**< XPay, in payouts */
    XPAY_SETTLEMENT_MODEL_DIRECT = 2      /**< the processor, directly */
};

/** How the network and the risk check judged a charge. */
typedef struct xpay_charge_outcome {
    xpay_object base;
    const char *type;           /**< such as "authorized" */
    const char *network_status; /**< NULL when not asked */
    const char *reason;         /**< NULL when there is none */
    const char *seller_message; /**< for your staff; NULL when there is none */
    const char *risk_level;     /**< such as "normal" */
    xpay_decimal risk_score;    /**< as XPay rates it */
} xpay_charge_outcome;

/** Fees and VAT as they were for a charge, in minor units of its currency. */
typedef struct xpay_charge_config {
    xpay_object base;
    bool vat_collection_enabled;     /**< VAT was collected */
    bool platform_fee_pass_through;  /**< the customer paid XPay's fee */
    bool has_vat_collection_rate;    /**< false when no VAT was collected */
    int64_t vat_collection_rate;     /**< basis points: 1400 is 14 % */
    bool has_collected_vat_amount;   /**< false when no VAT was collected */
    int64_t collected_vat_amount;    /**< VAT */
    bool has_merchant_fee_deduction; /**< false when nothing was deducted */
    int64_t merchant_fee_deduction;  /**< XPay's fee that you paid */
} xpay_charge_config;

/** Where a customer's network address is, roughly. */
typedef struct xpay_charge_location {
    xpay_object base;
    const char *country_code; /**< NULL when not known */
    const char *country_name; /**< NULL when not known */
    const char *region_code;  /**< NULL when not known */
    const char *region_name;  /**< NULL when not known */
    const char *city_name;    /**< NULL when not known */
} xpay_charge_location;

/** Where a charge came from. */
typedef struct xpay_charge_geocoding {
    xpay_object base;
    const char *ip_address;               /**< the customer's */
    const xpay_charge_location *location; /**< NULL when not known */
} xpay_charge_geocoding;

/** The browser and device that a charge came from. */
typedef struct xpay_charge_session {
    xpay_object base;
    const char *browser;         /**< NULL when not known */
    const char *browser_version; /**< NULL when not known */
    const char *platform;        /**< operating system; NULL when not known */
    const char *device;          /**< kind of device; NULL when not known */
    const char *device_vendor;   /**< NULL when not known */
    const char *device_model;    /**< NULL when not known */
} xpay_charge_session;

/** What the processor of a charge can do. */
typedef struct xpay_processor_capabilities {
    xpay_object base;
    bool supports_refund;         /**< refund it */
    bool supports_partial_refund; /**< refund it in parts */
} xpay_processor_capabilities;

/** One attempt to take the money. */
typedef struct xpay_charge {
    xpay_object base;
    const char *id;                /**< ch_… */
    const char *payment_intent_id; /**< pi_…, what it belongs to */
    int64_t amount;                /**< minor units of `currency` */
    int64_t amount_captured;       /**< taken, minor units of `currency` */
    int64_t amount_refunded;       /**< given back, minor units of `currency` */
    xpay_currency currency;        /**< XPAY_CURRENCY_…, the processing currency */
    int32_t status;                /**< XPAY_CHARGE_STATUS_… */
    bool paid;                     /**< it succeeded */
    bool captured;                 /**< the money was taken, not only reserved */
    bool refunded;                 /**< all of it went back */
    bool disputed;                 /**< the cardholder objects */
    bool has_captured_at;          /**< false until captured */
    int64_t captured_at;           /**< milliseconds since the epoch, UTC */
    int64_t created_at;            /**< milliseconds since the epoch, UTC */
    /** its ledger row: gross, fee, net; NULL until there is one */
    const xpay_balance_transaction *balance_transaction;
    const xpay_refund *const *refunds; /**< newest first */
    size_t refunds_count;              /**< elements of refunds */
    /** the customer's side; NULL unless the customer sees another currency */
    const xpay_presentment_details *presentment_details;
    const char *payment_method_id; /**< NULL when not known */
    /** how it was paid; NULL when not known */
    const xpay_payment_method_details *payment_method_details;
    const xpay_billing_details *billing_details; /**< whom the payment method belongs to */
    const xpay_charge_outcome *outcome;          /**< NULL until judged */
    const char *failure_code;                    /**< NULL unless failed */
    const char *failure_message;                 /**< for your staff; NULL unless failed */
    const char *receipt_url;   /**< the customer's receipt; NULL when there is none */
    const char *receipt_email; /**< where the receipt went; NULL when not sent */
    /** text on the card statement; NULL when not known */
    const char *calculated_statement_descriptor;
    const char *external_charge_id;         /**< the processor's id; NULL until known */
    const xpay_charge_config *config;       /**< fees and VAT; NULL when not recorded */
    const xpay_charge_geocoding *geocoding; /**< NULL when not known */
    const xpay_charge_session *session;     /**< NULL when not known */
    const char *merchant_origin; /**< web origin of your page; NULL for charges that you started */
    const char *merchant_domain; /**< registrable domain of merchant_origin; NULL as it */
    const xpay_processor_capabilities *processor_capabilities; /**< NULL when not known */
    const char *active_hold_id; /**< NULL when the money is not held */
    int32_t settlement_model;   /**< XPAY_SETTLEMENT_MODEL_… */
} xpay_charge;

#endif
