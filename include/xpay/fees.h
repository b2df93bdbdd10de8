/*
 * Fees: who pays XPay's fee and the VAT, and what that adds for one payment method.
 */
#ifndef XPAY_FEES_H
#define XPAY_FEES_H

#include <xpay/money.h>

/** Where a session's fee configuration comes from. */
enum {
    XPAY_FEE_CONFIG_SOURCE_UNKNOWN = 0,  /**< absent, or not known to this version */
    XPAY_FEE_CONFIG_SOURCE_SESSION = 1,  /**< given with the session */
    XPAY_FEE_CONFIG_SOURCE_MERCHANT = 2, /**< the account's default */
    XPAY_FEE_CONFIG_SOURCE_SYSTEM = 3    /**< XPay's default */
};

/** Who pays, as it holds for a session. */
typedef struct xpay_fee_config {
    xpay_object base;
    bool fees_pass_through;       /**< the customer pays XPay's fee */
    bool vat_collection_enabled;  /**< the customer pays VAT */
    bool has_vat_collection_rate; /**< false when no VAT is collected */
    int64_t vat_collection_rate;  /**< basis points: 1400 is 14 % */
    int32_t source;               /**< XPAY_FEE_CONFIG_SOURCE_…; unknown in payment links */
} xpay_fee_config;

/** What is known of a card from its first digits. */
typedef struct xpay_card_info {
    xpay_object base;
    const char *brand;     /**< such as "visa" */
    bool is_on_us;         /**< issued by the acquiring bank */
    bool is_international; /**< issued abroad */
} xpay_card_info;

/** What one payment method adds to a session, in minor units of the session's currency. */
typedef struct xpay_fees {
    xpay_object base;
    const char *payment_method_type; /**< such as "card" */
    int64_t fee_amount;              /**< XPay's fee */
    xpay_decimal fee_percentage;     /**< the part of it that is a percentage */
    bool has_vat_amount;             /**< false when no VAT is collected */
    int64_t vat_amount;              /**< VAT */
    int64_t total_amount;            /**< what the customer pays in all */
    const xpay_card_info *card_info; /**< NULL until a card number was begun */
} xpay_fees;

/** @name Bits of xpay_fee_config_params.clear: send null for the member. */
/** @{ */
#define XPAY_FEE_CONFIG_CLEAR_VAT_COLLECTION_RATE (UINT64_C(1) << 0)
/** @} */

/** Who pays, for one session; the account's default holds without it. */
typedef struct xpay_fee_config_params {
    size_t size;                  /**< set by XPAY_FEE_CONFIG_PARAMS_INIT */
    uint64_t clear;               /**< XPAY_FEE_CONFIG_CLEAR_… bits: send null */
    bool fees_pass_through;       /**< required: the customer pays XPay's fee */
    bool vat_collection_enabled;  /**< required: the customer pays VAT */
    bool has_vat_collection_rate; /**< send `vat_collection_rate` */
    int64_t vat_collection_rate;  /**< basis points: 1400 is 14 % */
} xpay_fee_config_params;

/** Initial value of an xpay_fee_config_params. */
#define XPAY_FEE_CONFIG_PARAMS_INIT XPAY_INITIAL(xpay_fee_config_params)

XPAY_BEGIN_DECLS

/**
 * The same initial value as XPAY_FEE_CONFIG_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_fee_config_params_init(xpay_fee_config_params *params, size_t size);

XPAY_END_DECLS

#endif
