/* Field tables of <xpay/checkout_session.h>. */
#include <xpay/checkout_session.h>

#include "model.h"

XPAY_ENUM(checkout_session_status, "open", "complete", "expired");

XPAY_ENUM(payment_status, "paid", "unpaid", "no_payment_required");

#define T xpay_total_details
static const xpay_field total_details_fields[] = {
    MONEY("amountDiscount", amount_discount, REQ),
    MONEY_OPT("amountShipping", amount_shipping, 0),
    MONEY("amountTax", amount_tax, REQ),
    MONEY_OPT("amountPlatformFee", amount_platform_fee, 0),
    MONEY_OPT("amountCollectedVat", amount_collected_vat, 0),
};
XPAY_TYPE(total_details, "TotalDetailsResponse", NULL);
#undef T

#define T xpay_checkout_session
static const xpay_field checkout_session_fields[] = {
    TEXT("id", id, CRIT),
    TIME("createdAt", created_at, REQ),
    TIME_OPT("updatedAt", updated_at, 0),
    ENUM("mode", mode, REQ, checkout_session_mode),
    ENUM("uiMode", ui_mode, REQ, ui_mode),
    ENUM("submitType", submit_type, REQ, submit_type),
    ENUM("customerCreation", customer_creation, REQ, customer_creation),
    ENUM("status", status, REQ | CRIT, checkout_session_status),
    ENUM("paymentStatus", payment_status, REQ | CRIT, payment_status),
    CURRENCY("currency", currency, NULLABLE),
    MONEY_OPT("amountSubtotal", amount_subtotal, 0),
    MONEY_OPT("amountTotal", amount_total, 0),
    OBJECT("totalDetails", total_details, 0, total_details),
    OBJECT("presentmentDetails", presentment_details, 0, session_presentment_details),
    OBJECT("afterCompletion", after_completion, REQ, after_completion),
    TEXT("cancelUrl", cancel_url, NULLABLE),
    TEXT("url", url, NULLABLE),
    TEXT("clientSecret", client_secret, NULLABLE | SECRET),
    TIME_OPT("expiresAt", expires_at, 0),
    BOOLEAN("isExpired", is_expired, REQ),
    TEXT("customerId", customer_id, NULLABLE),
    OBJECT("customer", customer, 0, customer),
    OBJECT("customerDetails", customer_details, NULLABLE, customer_details),
    TEXT("paymentIntentId", payment_intent_id, NULLABLE),
    OBJECTS("lineItems", line_items, 0, line_item),
    OBJECTS("customFields", custom_fields, NULLABLE, custom_field),
    OBJECTS("discounts", discounts, 0, discount),
    BOOLEAN("allowPromotionCodes", allow_promotion_codes, REQ),
    BOOLEAN("nameCollection", name_collection, REQ),
    BOOLEAN("billingAddressCollection", billing_address_collection, REQ),
    BOOLEAN("shippingAddressCollection", shipping_address_collection, REQ),
    BOOLEAN("phoneNumberCollection", phone_number_collection, REQ),
    OBJECT("feeConfig", fee_config, 0, fee_config),
    OBJECT("brandingSettings", branding_settings, 0, branding_settings),
    ENUM("locale", locale, 0, locale),
    OBJECTS("paymentMethodTypes", payment_method_types, 0, payment_method_option),
    TEXT("paymentMethodConfigurationId", payment_method_configuration_id, NULLABLE),
    OBJECT("fees", fees, 0, fees),
    OBJECT("customerUpdate", customer_update, NULLABLE, customer_update),
    OPEN_JSON("metadata", metadata, NULLABLE),
    TEXT("merchantId", merchant_id, REQ),
    TEXT("merchantName", merchant_name, NULLABLE),
    TEXT("merchantLogo", merchant_logo, NULLABLE),
    TEXT("paymentLinkId", payment_link_id, NULLABLE),
    BOOLEAN("livemode", livemode, REQ),
    OBJECT("paymentIntent", payment_intent, NULLABLE, payment_intent),
};
XPAY_TYPE(checkout_session, "CheckoutSessionResponse NestedCheckoutSessionResponse",
          "checkout.session");
#undef T
