/* Field tables of <xpay/account.h>. */
#include <xpay/account.h>

#include "model.h"

XPAY_ENUM(api_key_type, "SECRET", "RESTRICTED");

XPAY_ENUM(api_key_mode, "live", "test");

XPAY_ENUM(permission, "BALANCE_READ", "BALANCE_WRITE", "CHARGES_READ", "CHARGES_WRITE",
          "CHECKOUT_SESSIONS_READ", "CHECKOUT_SESSIONS_WRITE", "COUPONS_READ", "COUPONS_WRITE",
          "CUSTOMERS_READ", "CUSTOMERS_WRITE", "DISPUTES_READ", "DISPUTES_WRITE", "EVENTS_READ",
          "EVENTS_WRITE", "MANDATES_READ", "MANDATES_WRITE", "PAYMENT_INTENTS_READ",
          "PAYMENT_INTENTS_WRITE", "PAYMENT_LINKS_READ", "PAYMENT_LINKS_WRITE",
          "PAYMENT_METHODS_READ", "PAYMENT_METHODS_WRITE", "PAYOUTS_READ", "PAYOUTS_WRITE",
          "PRODUCTS_READ", "PRODUCTS_WRITE", "REFUNDS_READ", "REFUNDS_WRITE", "REPORTING_READ",
          "REPORTING_WRITE", "SUBSCRIPTIONS_READ", "SUBSCRIPTIONS_WRITE", "TAX_CALCULATIONS_READ",
          "TAX_CALCULATIONS_WRITE", "TAX_RATES_READ", "TAX_RATES_WRITE", "TERMINAL_READ",
          "TERMINAL_WRITE", "TOKENS_READ", "TOKENS_WRITE", "TOPUPS_READ", "TOPUPS_WRITE",
          "TRANSFERS_READ", "TRANSFERS_WRITE", "WEBHOOK_ENDPOINTS_READ", "WEBHOOK_ENDPOINTS_WRITE",
          "TEAM_READ", "TEAM_WRITE", "MERCHANT_SETTINGS_READ", "MERCHANT_SETTINGS_WRITE",
          "ONBOARDING_READ", "ONBOARDING_WRITE", "API_KEYS_READ", "API_KEYS_WRITE");

#define T xpay_supported_currency
static const xpay_field supported_currency_fields[] = {
    CURRENCY("code", code, REQ),
    INTEGER("decimals", decimals, REQ),
    ENUMS("paymentMethodTypes", payment_method_types, REQ, payment_method_type),
};
XPAY_TYPE(supported_currency, "AccountSupportedCurrency", NULL);
#undef T

#define T xpay_account_api_key
static const xpay_field account_api_key_fields[] = {
    ENUM("type", type, REQ, api_key_type),
    ENUM("mode", mode, REQ, api_key_mode),
    ENUMS("permissions", permissions, REQ, permission),
};
XPAY_TYPE(account_api_key, "AccountApiKey", NULL);
#undef T

#define T xpay_account
static const xpay_field account_fields[] = {
    TEXT("id", id, REQ | CRIT),
    TEXT("displayName", display_name, 0),
    TEXT("country", country, 0),
    CURRENCY("defaultCurrency", default_currency, REQ),
    ENUM("defaultLocale", default_locale, REQ, locale),
    OBJECTS("supportedCurrencies", supported_currencies, REQ, supported_currency),
    BOOLEAN("livemode", livemode, REQ),
    BOOLEAN("livePaymentsEnabled", live_payments_enabled, REQ),
    OBJECT("apiKey", api_key, REQ, account_api_key),
};
XPAY_TYPE(account, "AccountResponse", NULL);
#undef T
