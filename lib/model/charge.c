/* Field tables of <xpay/charge.h>. */
#include <xpay/charge.h>

#include "model.h"

XPAY_ENUM(charge_status, "SUCCEEDED", "PENDING", "FAILED", "CANCELED", "REFUNDED",
          "PARTIALLY_REFUNDED");

XPAY_ENUM(settlement_model, "aggregated", "direct");

#define T xpay_charge_outcome
static const xpay_field charge_outcome_fields[] = {
    TEXT("networkStatus", network_status, REQ | NULLABLE),
    TEXT("reason", reason, REQ | NULLABLE),
    TEXT("riskLevel", risk_level, REQ),
    DECIMAL("riskScore", risk_score, REQ),
    TEXT("sellerMessage", seller_message, REQ | NULLABLE),
    TEXT("type", type, REQ),
};
XPAY_TYPE(charge_outcome, "Outcome", NULL);
#undef T

#define T xpay_charge_config
static const xpay_field charge_config_fields[] = {
    BOOLEAN("vatCollectionEnabled", vat_collection_enabled, REQ),
    INTEGER_OPT("vatCollectionRate", vat_collection_rate, REQ | NULLABLE),
    MONEY_OPT("collectedVatAmount", collected_vat_amount, REQ | NULLABLE),
    BOOLEAN("platformFeePassThrough", platform_fee_pass_through, REQ),
    MONEY_OPT("merchantFeeDeduction", merchant_fee_deduction, REQ | NULLABLE),
};
XPAY_TYPE(charge_config, "ChargeConfig", NULL);
#undef T

#define T xpay_charge_location
static const xpay_field charge_location_fields[] = {
    TEXT("countryCode", country_code, 0), TEXT("countryName", country_name, 0),
    TEXT("regionCode", region_code, 0),   TEXT("regionName", region_name, 0),
    TEXT("cityName", city_name, 0),
};
XPAY_TYPE(charge_location, "ChargeGeocodingLocation", NULL);
#undef T

#define T xpay_charge_geocoding
static const xpay_field charge_geocoding_fields[] = {
    TEXT("ipAddress", ip_address, REQ),
    OBJECT("location", location, 0, charge_location),
};
XPAY_TYPE(charge_geocoding, "ChargeGeocoding", NULL);
#undef T

#define T xpay_charge_session
static const xpay_field charge_session_fields[] = {
    TEXT("browser", browser, 0),
    TEXT("browserVersion", browser_version, 0),
    TEXT("platform", platform, 0),
    TEXT("device", device, 0),
    TEXT("deviceVendor", device_vendor, 0),
    TEXT("deviceModel", device_model, 0),
};
XPAY_TYPE(charge_session, "ChargeSession", NULL);
#undef T

#define T xpay_processor_capabilities
static const xpay_field processor_capabilities_fields[] = {
    BOOLEAN("supportsRefund", supports_refund, REQ),
    BOOLEAN("supportsPartialRefund", supports_partial_refund, REQ),
};
XPAY_TYPE(processor_capabilities, "ProcessorCapabilities", NULL);
#undef T

#define T xpay_charge
static const xpay_field charge_fields[] = {
    TEXT("id", id, REQ | CRIT),
    MONEY("amount", amount, REQ),
    MONEY("amountCaptured", amount_captured, REQ),
    MONEY("amountRefunded", amount_refunded, REQ),
    CURRENCY("currency", currency, REQ),
    TIME("createdAt", created_at, REQ),
    ENUM("status", status, REQ | CRIT, charge_status),
    BOOLEAN("paid", paid, REQ),
    BOOLEAN("refunded", refunded, REQ),
    BOOLEAN("captured", captured, REQ),
    TIME_OPT("capturedAt", captured_at, REQ | NULLABLE),
    TEXT("failureCode", failure_code, REQ | NULLABLE),
    TEXT("failureMessage", failure_message, REQ | NULLABLE),
    TEXT("receiptUrl", receipt_url, REQ | NULLABLE),
    TEXT("receiptEmail", receipt_email, REQ | NULLABLE),
    OBJECT("billingDetails", billing_details, REQ, billing_details),
    OBJECT("paymentMethodDetails", payment_method_details, REQ | NULLABLE, payment_method_details),
    OBJECT("outcome", outcome, REQ | NULLABLE, charge_outcome),
    OBJECT("balanceTransaction", balance_transaction, REQ | NULLABLE, balance_transaction),
    OBJECT("presentmentDetails", presentment_details, REQ | NULLABLE, presentment_details),
    OBJECTS("refunds", refunds, REQ, refund),
    TEXT("paymentIntentId", payment_intent_id, REQ),
    TEXT("paymentMethodId", payment_method_id, REQ | NULLABLE),
    TEXT("calculatedStatementDescriptor", calculated_statement_descriptor, REQ | NULLABLE),
    BOOLEAN("disputed", disputed, REQ),
    TEXT("externalChargeId", external_charge_id, REQ | NULLABLE),
    OBJECT("config", config, REQ | NULLABLE, charge_config),
    OBJECT("geocoding", geocoding, REQ | NULLABLE, charge_geocoding),
    OBJECT("session", session, REQ | NULLABLE, charge_session),
    TEXT("merchantOrigin", merchant_origin, REQ | NULLABLE),
    TEXT("merchantDomain", merchant_domain, REQ | NULLABLE),
    OBJECT("processorCapabilities", processor_capabilities, REQ | NULLABLE, processor_capabilities),
    TEXT("activeHoldId", active_hold_id, REQ | NULLABLE),
    ENUM("settlementModel", settlement_model, REQ, settlement_model),
};
XPAY_TYPE(charge, "ChargeResponse", "charge");
#undef T
