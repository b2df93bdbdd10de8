/*
 * The account: whose key this is, and what it may do.
 *
 * Make it the first call of your program: it is the cheapest check of a key, needs no permission, and works before the
 * account is approved for live payments, when XPay refuses all else that a live key asks for with
 * merchant_not_activated. xpay_account_explain() puts into words what it says.
 */
#ifndef XPAY_ACCOUNT_H
#define XPAY_ACCOUNT_H

#include <xpay/client.h>
#include <xpay/locale.h>
#include <xpay/money.h>
#include <xpay/payment_method.h>

/** What kind of key this is. */
enum {
    XPAY_API_KEY_TYPE_UNKNOWN = 0,   /**< absent, or not known to this version */
    XPAY_API_KEY_TYPE_SECRET = 1,    /**< sk_…: may do everything */
    XPAY_API_KEY_TYPE_RESTRICTED = 2 /**< rk_…: has the permissions listed */
};

/** What a key works on. */
enum {
    XPAY_API_KEY_MODE_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_API_KEY_MODE_LIVE = 1,
    XPAY_API_KEY_MODE_TEST = 2
};

/** What a key may do. Writing includes reading; an area listed here need not have calls in this API. */
enum {
    XPAY_PERMISSION_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_PERMISSION_BALANCE_READ = 1,
    XPAY_PERMISSION_BALANCE_WRITE = 2,
    XPAY_PERMISSION_CHARGES_READ = 3,
    XPAY_PERMISSION_CHARGES_WRITE = 4,
    XPAY_PERMISSION_CHECKOUT_SESSIONS_READ = 5,
    XPAY_PERMISSION_CHECKOUT_SESSIONS_WRITE = 6,
    XPAY_PERMISSION_COUPONS_READ = 7,
    XPAY_PERMISSION_COUPONS_WRITE = 8,
    XPAY_PERMISSION_CUSTOMERS_READ = 9,
    XPAY_PERMISSION_CUSTOMERS_WRITE = 10,
    XPAY_PERMISSION_DISPUTES_READ = 11,
    XPAY_PERMISSION_DISPUTES_WRITE = 12,
    XPAY_PERMISSION_EVENTS_READ = 13,
    XPAY_PERMISSION_EVENTS_WRITE = 14,
    XPAY_PERMISSION_MANDATES_READ = 15,
    XPAY_PERMISSION_MANDATES_WRITE = 16,
    XPAY_PERMISSION_PAYMENT_INTENTS_READ = 17,
    XPAY_PERMISSION_PAYMENT_INTENTS_WRITE = 18,
    XPAY_PERMISSION_PAYMENT_LINKS_READ = 19,
    XPAY_PERMISSION_PAYMENT_LINKS_WRITE = 20,
    XPAY_PERMISSION_PAYMENT_METHODS_READ = 21,
    XPAY_PERMISSION_PAYMENT_METHODS_WRITE = 22,
    XPAY_PERMISSION_PAYOUTS_READ = 23,
    XPAY_PERMISSION_PAYOUTS_WRITE = 24,
    XPAY_PERMISSION_PRODUCTS_READ = 25,
    XPAY_PERMISSION_PRODUCTS_WRITE = 26,
    XPAY_PERMISSION_REFUNDS_READ = 27,
    XPAY_PERMISSION_REFUNDS_WRITE = 28,
    XPAY_PERMISSION_REPORTING_READ = 29,
    XPAY_PERMISSION_REPORTING_WRITE = 30,
    XPAY_PERMISSION_SUBSCRIPTIONS_READ = 31,
    XPAY_PERMISSION_SUBSCRIPTIONS_WRITE = 32,
    XPAY_PERMISSION_TAX_CALCULATIONS_READ = 33,
    XPAY_PERMISSION_TAX_CALCULATIONS_WRITE = 34,
    XPAY_PERMISSION_TAX_RATES_READ = 35,
    XPAY_PERMISSION_TAX_RATES_WRITE = 36,
    XPAY_PERMISSION_TERMINAL_READ = 37,
    XPAY_PERMISSION_TERMINAL_WRITE = 38,
    XPAY_PERMISSION_TOKENS_READ = 39,
    XPAY_PERMISSION_TOKENS_WRITE = 40,
    XPAY_PERMISSION_TOPUPS_READ = 41,
    XPAY_PERMISSION_TOPUPS_WRITE = 42,
    XPAY_PERMISSION_TRANSFERS_READ = 43,
    XPAY_PERMISSION_TRANSFERS_WRITE = 44,
    XPAY_PERMISSION_WEBHOOK_ENDPOINTS_READ = 45,
    XPAY_PERMISSION_WEBHOOK_ENDPOINTS_WRITE = 46,
    XPAY_PERMISSION_TEAM_READ = 47,
    XPAY_PERMISSION_TEAM_WRITE = 48,
    XPAY_PERMISSION_MERCHANT_SETTINGS_READ = 49,
    XPAY_PERMISSION_MERCHANT_SETTINGS_WRITE = 50,
    XPAY_PERMISSION_ONBOARDING_READ = 51,
    XPAY_PERMISSION_ONBOARDING_WRITE = 52,
    XPAY_PERMISSION_API_KEYS_READ = 53,
    XPAY_PERMISSION_API_KEYS_WRITE = 54
};

/** A currency that the account can charge in. */
typedef struct xpay_supported_currency {
    xpay_object base;
    xpay_currency code;                  /**< XPAY_CURRENCY_… */
    int64_t decimals;                    /**< decimal places of its minor unit */
    const int32_t *payment_method_types; /**< XPAY_PAYMENT_METHOD_TYPE_…, preferred first */
    size_t payment_method_types_count;   /**< elements of payment_method_types */
} xpay_supported_currency;

/** The key that asked. */
typedef struct xpay_account_api_key {
    xpay_object base;
    int32_t type;               /**< XPAY_API_KEY_TYPE_… */
    int32_t mode;               /**< XPAY_API_KEY_MODE_… */
    const int32_t *permissions; /**< XPAY_PERMISSION_… */
    size_t permissions_count;   /**< elements of permissions */
} xpay_account_api_key;

/** The account behind the client's key. */
typedef struct xpay_account {
    xpay_object base;
    const char *id;                 /**< mer_… or merch_… */
    const char *display_name;       /**< NULL until onboarding is complete */
    const char *country;            /**< ISO 3166-1 alpha-2; NULL when not given */
    xpay_currency default_currency; /**< XPAY_CURRENCY_… */
    int32_t default_locale;         /**< XPAY_LOCALE_…; of the checkout page */
    const xpay_supported_currency *const *supported_currencies; /**< all settle to EGP */
    size_t supported_currencies_count;   /**< elements of supported_currencies */
    bool livemode;                       /**< false for test keys */
    bool live_payments_enabled;          /**< while false, live keys can only read the account */
    const xpay_account_api_key *api_key; /**< the key that asked */
} xpay_account;

XPAY_BEGIN_DECLS

/**
 * Read the account behind the client's key.
 *
 * Works before the account is approved for live payments, when every other call of a live key is refused.
 *
 * Follows GET /account, https://docs.xpay.app/features/account-and-operations/api-keys.
 *
 * @param client not NULL.
 * @param options what this call does differently; NULL for the client's way.
 * @param account receives the account, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL or misshapen argument; error->param says
 *         which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay: XPAY_ERROR_REQUEST,
 *         XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION, XPAY_ERROR_NOT_FOUND, XPAY_ERROR_RATE_LIMIT,
 *         XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT, XPAY_ERROR_TLS_HANDSHAKE,
 *         XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT, XPAY_ERROR_CANCELED,
 *         XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that cannot be read: XPAY_ERROR_JSON,
 *         XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_account_retrieve(xpay_client *client,
                                                           const xpay_request_options *options,
                                                           xpay_account **account,
                                                           xpay_error *error);

/**
 * Put an account into words, for the log of a program that starts: whose it is, what the key is and may do, whether
 * live payments are enabled and what to do if not, and which currencies and payment methods there are.
 *
 * @param account what xpay_account_retrieve() gave.
 * @param text receives a few lines, NUL-terminated, without any part of the key, and with a blank for each control
 *        character of a name; release it with xpay_text_free(). NULL on failure.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT when account or text is NULL; XPAY_ERROR_MEMORY.
 */
XPAY_API xpay_status xpay_account_explain(const xpay_account *account, char **text);

/**
 * Whether the key that asked may do something. A secret key may do everything, and writing includes reading.
 *
 * It does not tell whether live payments are enabled: see xpay_account.live_payments_enabled.
 *
 * @param account what xpay_account_retrieve() gave; NULL gives false.
 * @param permission XPAY_PERMISSION_…
 * @return true when it may.
 */
XPAY_API bool xpay_account_may(const xpay_account *account, int32_t permission);

XPAY_END_DECLS

#endif
