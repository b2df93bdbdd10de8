/* Field tables of <xpay/customer.h>. */
#include <xpay/customer.h>

#include "model.h"

XPAY_ENUM(customer_type, "registered", "guest");

#define T xpay_card_fingerprint
static const xpay_field card_fingerprint_fields[] = {
    TEXT("fingerprint", fingerprint, REQ),
    TEXT("last4", last4, REQ),
    TEXT("brand", brand, REQ),
    TIME("firstSeenAt", first_seen_at, REQ),
    TIME("lastSeenAt", last_seen_at, REQ),
    INTEGER("chargeCount", charge_count, REQ),
};
XPAY_TYPE(card_fingerprint, "CustomerCardFingerprint", NULL);
#undef T

#define T xpay_guest_fingerprint
static const xpay_field guest_fingerprint_fields[] = {
    TEXTS("emails", emails, REQ),
    TEXTS("phones", phones, REQ),
    OBJECTS("cardFingerprints", card_fingerprints, REQ, card_fingerprint),
};
XPAY_TYPE(guest_fingerprint, "CustomerGuestFingerprint", NULL);
#undef T

#define T xpay_customer
static const xpay_field customer_fields[] = {
    TEXT("id", id, REQ | CRIT),
    ENUM("type", type, 0, customer_type),
    TIME_OPT("createdAt", created_at, 0),
    TIME_OPT("updatedAt", updated_at, 0),
    TEXT("name", name, NULLABLE),
    TEXT("email", email, NULLABLE),
    TEXT("phone", phone, NULLABLE),
    OBJECT("address", address, NULLABLE, address),
    OBJECT("guestFingerprint", guest_fingerprint, NULLABLE, guest_fingerprint),
    OPEN_JSON("metadata", metadata, NULLABLE),
    TEXT("merchantId", merchant_id, 0),
    OBJECT("shipping", shipping, NULLABLE, shipping),
};
XPAY_TYPE(customer, "CustomerResponse CheckoutSessionCustomer Customer TransactionCustomer",
          "customer");
#undef T

#define T xpay_spend_data
static const xpay_field spend_data_fields[] = {
    MONEY("amountDisputeLosses", amount_dispute_losses, REQ),
    MONEY("amountRefunded", amount_refunded, REQ),
    DECIMAL("averageOrderValue", average_order_value, REQ),
    CURRENCY("currency", currency, REQ),
    TIME_OPT("firstPurchaseAt", first_purchase_at, REQ),
    MONEY("grossSpend", gross_spend, REQ),
    TIME_OPT("lastPurchaseAt", last_purchase_at, REQ),
    MONEY("netSpend", net_spend, REQ),
    INTEGER("numPayments", num_payments, REQ),
};
XPAY_TYPE(spend_data, "SpendData", NULL);
#undef T

#define T xpay_customer_summary
static const xpay_field customer_summary_fields[] = {
    TEXT("id", id, REQ | CRIT),
    ENUM("type", type, REQ, customer_type),
    TIME("createdAt", created_at, REQ),
    TEXT("name", name, NULLABLE),
    TEXT("email", email, NULLABLE),
    TEXT("phone", phone, NULLABLE),
    TEXT("country", country, NULLABLE),
    OBJECT("latestPaymentMethod", latest_payment_method, NULLABLE, payment_method),
    OBJECT("spendData", spend_data, REQ, spend_data),
};
XPAY_TYPE(customer_summary, "ListCustomer", NULL);
#undef T

#define T xpay_customer_page
static const xpay_field customer_page_fields[] = {
    OBJECTS("data", data, REQ, customer_summary),
    INTEGER("totalCount", total_count, REQ),
};
XPAY_TYPE(customer_page, "ListCustomersResponse", NULL);
#undef T

#define T xpay_customer_create_params
static const xpay_field customer_create_params_fields[] = {
    P_TEXT("name", name, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 0),
    P_TEXT("email", email, NULLABLE, 0, 0, XPAY_FORMAT_EMAIL, 1),
    P_TEXT("phone", phone, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 2),
    P_OBJECT("address", address, NULLABLE, address_params, 3),
    P_METADATA(NULLABLE, XPAY_FORMAT_OBJECT, 4),
    P_ENUM("currency", currency, NULLABLE, currency, 5),
};
static const xpay_rule customer_create_params_rules[] = {
    {XPAY_RULE_AT_LEAST_ONE, FILLED("email"), FILLED("phone")},
    METADATA_RULES,
};
XPAY_PARAMS_TYPE(customer_create_params, "CreateCustomer", customer_create_params_rules,
                 XPAY_LENGTH(customer_create_params_rules));
#undef T

#define T xpay_customer_list_params
static const xpay_field customer_list_params_fields[] = {
    P_INTEGER_OPT("page", page, 0, 1, INT32_MAX, NOWHERE),
    P_INTEGER_OPT("limit", limit, 0, 1, 100, NOWHERE),
    P_TEXT("search", search, 0, 0, 0, XPAY_FORMAT_NONE, NOWHERE),
    P_ENUM("type", type, 0, customer_type, NOWHERE),
};
XPAY_PARAMS_TYPE(customer_list_params, "", NULL, 0);
#undef T
