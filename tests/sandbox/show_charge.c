/* A charge as the API shows it: one attempt to pay, with what it was paid with, its ledger row
 * and its refunds. */
#include "graph.h"
#include "json.h"
#include "payments.h"
#include "text.h"

#include <stdlib.h>

const char *charge_status(const struct charge *charge)
{
    if (charge->outcome != CHARGE_SUCCEEDED)
        return charge->outcome == CHARGE_FAILED ? "FAILED" : "PENDING";
    if (!charge->refunded)
        return "SUCCEEDED";
    return charge->refunded < charge->amount ? "PARTIALLY_REFUNDED" : "REFUNDED";
}

void show_billing(cJSON *shown, const struct charge *charge)
{
    cJSON *billing = json_add_object(shown, "billingDetails");
    cJSON_AddItemToObject(billing, "address", cJSON_CreateObject());
    json_add_text(billing, "email", charge->email);
    json_add_text(billing, "name", charge->name);
    json_add_text(billing, "phone", charge->phone);
}

/* The test card, as a charge and as a payment method show it. */
static cJSON *show_card(const struct charge *charge, bool as_method)
{
    cJSON *card = cJSON_CreateObject();
    json_add_text(card, "brand", "mastercard");
    json_add_text(card, "country", "EG");
    json_add_int(card, "expMonth", 1);
    json_add_int(card, "expYear", 2039);
    json_add_text(card, "fingerprint", payment_card_fingerprint);
    json_add_text(card, "funding", "credit");
    json_add_text(card, "last4", "0008");
    json_add_null(card, "wallet");
    if (as_method) {
        json_add_text(card, "displayBrand", "mastercard");
        cJSON *networks = json_add_object(card, "networks");
        json_push_text(json_add_list(networks, "available"), "mastercard");
        json_add_text(networks, "preferred", "mastercard");
        json_add_text(card, "regulatedStatus", "unregulated");
        json_add_flag(json_add_object(card, "threeDSecureUsage"), "supported", true);
        return card;
    }
    json_add_text(card, "network", "mastercard");
    cJSON *secure = json_add_object(card, "threeDSecure");
    json_add_text(secure, "authenticationFlow", "challenge");
    json_add_text(secure, "electronicCommerceIndicator", "02");
    json_add_null(secure, "exemptionIndicator");
    json_add_text(secure, "result",
                  charge->outcome == CHARGE_SUCCEEDED ? "authenticated" : "attempted");
    json_add_null(secure, "resultReason");
    json_add_null(secure, "transactionId");
    json_add_text(secure, "version", "2.2.0");
    return card;
}

static cJSON *show_valu(const struct charge *charge)
{
    cJSON *valu = cJSON_CreateObject();
    char *financed = must_format("%lld", (long long)charge->amount);
    json_add_text(valu, "loanNumber", charge->id);
    json_add_int(valu, "tenure", 6);
    json_add_text(valu, "downPayment", "0");
    json_add_text(valu, "financedAmount", financed);
    free(financed);
    return valu;
}

static cJSON *show_fawry(const struct charge *charge)
{
    cJSON *fawry = cJSON_CreateObject();
    json_add_text(fawry, "fawryRefNumber", charge->reference);
    json_add_text(fawry, "paymentReferenceNumber", charge->reference);
    json_add_text(fawry, "paymentMethod", "PayAtFawry");
    if (charge->captured)
        json_add_int(fawry, "paymentTime", charge->captured);
    json_add_time(fawry, "expiresAt", charge->reference_expires);
    return fawry;
}

void show_method_parts(cJSON *shown, const struct charge *charge, bool as_method)
{
    const char *type = charge->method->type;
    cJSON_AddItemToObject(
        shown, "card", same_text(type, "card") ? show_card(charge, as_method) : cJSON_CreateNull());
    cJSON_AddItemToObject(shown, "valu",
                          same_text(type, "valu") ? show_valu(charge) : cJSON_CreateNull());
    cJSON_AddItemToObject(shown, "fawry",
                          same_text(type, "fawry") ? show_fawry(charge) : cJSON_CreateNull());
}

static void show_outcome(cJSON *shown, const struct charge *charge)
{
    static const struct {
        const char *network, *type, *message;
    } outcomes[] = {
        [CHARGE_PENDING] = {"pending", "pending", "Waiting for the customer to pay."},
        [CHARGE_SUCCEEDED] = {"approved_by_network", "authorized", "Payment complete."},
        [CHARGE_FAILED] = {"declined_by_network", "issuer_declined", "The payment was declined."},
    };
    cJSON *outcome = json_add_object(shown, "outcome");
    json_add_text(outcome, "networkStatus", outcomes[charge->outcome].network);
    json_add_text(outcome, "reason", charge->decline ? charge->decline->code : NULL);
    json_add_text(outcome, "riskLevel", "normal");
    json_add_int(outcome, "riskScore", 12);
    json_add_text(outcome, "sellerMessage", outcomes[charge->outcome].message);
    json_add_text(outcome, "type", outcomes[charge->outcome].type);
}

static void show_charge_config(cJSON *shown, const struct charge *charge)
{
    const struct session *session = charge->intent->session;
    const cJSON *given = json_member(session->input, "feeConfig");
    bool collects = json_flag_at(given, "vatCollectionEnabled");
    cJSON *config = json_add_object(shown, "config");
    json_add_flag(config, "vatCollectionEnabled", collects);
    if (collects) {
        json_add_int(config, "vatCollectionRate",
                     json_int_at(given, "vatCollectionRate", DEFAULT_VAT_RATE_BPS));
        json_add_int(config, "collectedVatAmount", session->processed.vat);
    } else {
        json_add_null(config, "vatCollectionRate");
        json_add_null(config, "collectedVatAmount");
    }
    json_add_flag(config, "platformFeePassThrough", json_flag_at(given, "feesPassThrough"));
    if (charge->row)
        json_add_int(config, "merchantFeeDeduction", fee_total(charge->fee));
    else
        json_add_null(config, "merchantFeeDeduction");
}

void push_refunds(cJSON *list, const struct charge *charge)
{
    for (size_t i = charge->refund_count; i > 0; i--)
        cJSON_AddItemToArray(list, show_refund(charge->refunds[i - 1]));
}

static void show_refund_side(cJSON *shown, const struct charge *charge)
{
    json_add_int(shown, "amountRefunded", charge->refunded);
    json_add_flag(shown, "refunded", charge->refunded && charge->refunded == charge->amount);
    if (settings.graph != GRAPH_SEED)
        push_refunds(json_add_list(shown, "refunds"), charge);
    cJSON *capabilities = json_add_object(shown, "processorCapabilities");
    json_add_flag(capabilities, "supportsRefund", charge->method->refundable);
    json_add_flag(capabilities, "supportsPartialRefund", charge->method->refundable);
}

cJSON *show_charge(const struct charge *charge)
{
    static const char *const always_null[] = {"receiptUrl",     "geocoding",      "session",
                                              "merchantOrigin", "merchantDomain", "activeHoldId"};
    bool captured = charge->outcome == CHARGE_SUCCEEDED;
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", charge->id);
    json_add_text(shown, "object", "charge");
    json_add_int(shown, "amount", charge->amount);
    json_add_int(shown, "amountCaptured", captured ? charge->amount : 0);
    json_add_text(shown, "currency", currency_processing()->code);
    json_add_time(shown, "createdAt", charge->created);
    json_add_text(shown, "status", charge_status(charge));
    json_add_flag(shown, "paid", captured);
    json_add_flag(shown, "captured", captured);
    json_add_time(shown, "capturedAt", charge->captured);
    json_add_text(shown, "failureCode", charge->decline ? charge->decline->code : NULL);
    json_add_text(shown, "failureMessage", charge->decline ? charge->decline->message : NULL);
    json_add_text(shown, "receiptEmail", charge->email);
    show_billing(shown, charge);
    cJSON *details = json_add_object(shown, "paymentMethodDetails");
    json_add_text(details, "type", charge->method->type);
    show_method_parts(details, charge, false);
    show_outcome(shown, charge);
    show_row_or_null(shown, "balanceTransaction", charge->row);
    show_presentment(shown, "presentmentDetails", charge->intent->session, charge->presentment);
    show_refund_side(shown, charge);
    json_add_text(shown, "paymentIntentId", charge->intent->id);
    json_add_text(shown, "paymentMethodId", charge->method_id);
    json_add_text(shown, "calculatedStatementDescriptor", "XPAY* SANDBOX");
    json_add_flag(shown, "disputed", false);
    json_add_text(shown, "externalChargeId", charge->id + 3);
    show_charge_config(shown, charge);
    for (size_t i = 0; i < sizeof always_null / sizeof always_null[0]; i++)
        json_add_null(shown, always_null[i]);
    json_add_text(shown, "settlementModel", "aggregated");
    return shown;
}
