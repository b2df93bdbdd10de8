/* Intent, charge, refund and ledger row as the API shows them, in the shape that was asked for:
 * refunds below their charge (contract), below the intent with a whole ledger row (seed), or
 * both. */
#include "graph.h"
#include "clock.h"
#include "ledger.h"
#include "json.h"
#include "payments.h"
#include "schema.h"
#include "text.h"

#include <stdlib.h>

const char *const refund_status_names[REFUND_STATUSES] = {"PENDING", "REQUIRES_ACTION", "SUCCEEDED",
                                                          "FAILED", "CANCELED"};

static const struct schema_exemption shown_beside[] = {
    {"NestedPaymentIntentResponse", "refunds", "RefundResponse", true},
    {"PaymentIntentResponse", "refunds", "RefundResponse", true},
    {"RefundResponse", "balanceTransaction", "BalanceTransactionResponse", false},
    {"ChargeResponse", "refunds", NULL, false},
    {"RefundResponse", "balanceTransactionId", NULL, false},
};

void graph_choose(enum graph graph)
{
    static const size_t used[] = {[GRAPH_CONTRACT] = 0, [GRAPH_BOTH] = 3, [GRAPH_SEED] = 5};
    settings.graph = graph;
    schema_exempt(shown_beside, used[graph]);
}

static void show_batch(cJSON *shown, const struct payout_batch *batch)
{
    if (!batch) {
        json_add_null(shown, "payoutBatch");
        return;
    }
    cJSON *part = json_add_object(shown, "payoutBatch");
    char day[CLOCK_DATE_SIZE];
    clock_date(day, batch->closes);
    json_add_text(part, "id", batch->id);
    json_add_text(part, "object", "payout_batch");
    json_add_int(part, "amount", batch->amount);
    json_add_text(part, "currency", currency_processing()->code);
    json_add_text(part, "status", clock_now() >= batch->closes ? "paid" : "open");
    json_add_text(part, "arrivalDate", day);
    json_add_time(part, "createdAt", batch->created);
    json_add_time(part, "updatedAt", batch->updated);
}

cJSON *show_ledger_row(const struct ledger_row *row)
{
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", row->id);
    json_add_text(shown, "object", "balance_transaction");
    json_add_int(shown, "amount", row->amount);
    json_add_time(shown, "availableOn", row->available);
    json_add_time(shown, "createdAt", row->created);
    json_add_text(shown, "currency", currency_processing()->code);
    json_add_null(shown, "description");
    json_add_int(shown, "fee", fee_total(row->fee));
    json_add_int(shown, "net", row->amount - fee_total(row->fee));
    cJSON *details = json_add_list(shown, "feeDetails");
    if (fee_total(row->fee))
        fee_add_details(details, row->fee);
    json_add_text(shown, "status", clock_now() >= row->available ? "AVAILABLE" : "PENDING");
    json_add_text(shown, "type", row->type);
    json_add_text(shown, "reportingCategory", row->category);
    json_add_digits(shown, "exchangeRate", row->rate);
    json_add_text(shown, "source", row->source);
    show_batch(shown, row->batch);
    json_add_text(shown, "paymentIntentId", row->intent_id);
    json_add_text(shown, "merchantId", merchant_of(row->world)->id);
    return shown;
}

static void show_row_or_null(cJSON *shown, const char *name, const struct ledger_row *row)
{
    cJSON_AddItemToObject(shown, name, row ? show_ledger_row(row) : cJSON_CreateNull());
}

static void show_destination(cJSON *shown, const struct refund *refund)
{
    bool card = same_text(refund->charge->method->category, "card");
    bool settled = refund->status == REFUND_SUCCEEDED;
    cJSON *destination = json_add_object(shown, "destinationDetails");
    json_add_text(destination, "type", card ? "card" : "kiosk");
    cJSON *part = json_add_object(destination, card ? "card" : "kiosk");
    json_add_text(part, "reference", refund->external_id);
    if (card) {
        json_add_text(part, "referenceStatus", settled ? "available" : "pending");
        json_add_text(part, "referenceType", "acquirer_reference_number");
        json_add_text(part, "type", settled ? "refund" : "pending");
    } else {
        json_add_text(part, "provider", refund->charge->method->type);
    }
}

static void show_refund_state(cJSON *shown, const struct refund *refund)
{
    bool failed = refund->status == REFUND_FAILED;
    json_add_text(shown, "status", refund_status_names[refund->status]);
    json_add_text(shown, "failureReason", failed ? "declined" : NULL);
    json_add_text(shown, "failureCode", failed ? "refund_declined" : NULL);
    json_add_text(shown, "failureMessage", failed ? "The bank declined the refund." : NULL);
    json_add_text(shown, "pendingReason", refund->status == REFUND_PENDING ? "processing" : NULL);
    if (refund->status == REFUND_REQUIRES_ACTION)
        json_add_text(json_add_object(shown, "nextAction"), "type", "contact_support");
}

cJSON *show_refund(const struct refund *refund)
{
    const struct session *session = refund->charge->intent->session;
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", refund->id);
    json_add_text(shown, "object", "refund");
    json_add_int(shown, "amount", refund->amount);
    json_add_text(shown, "chargeId", refund->charge->id);
    json_add_text(shown, "paymentIntentId", refund->charge->intent->id);
    if (settings.graph != GRAPH_SEED)
        json_add_text(shown, "balanceTransactionId", refund->row ? refund->row->id : NULL);
    if (settings.graph != GRAPH_CONTRACT)
        show_row_or_null(shown, "balanceTransaction", refund->row);
    json_add_text(shown, "failureBalanceTransactionId",
                  refund->reversal ? refund->reversal->id : NULL);
    json_add_text(shown, "externalRefundId", refund->external_id);
    json_add_time(shown, "createdAt", refund->created);
    json_add_text(shown, "currency", currency_processing()->code);
    if (session_has_presentment(session))
        show_presentment(shown, "presentmentDetails", session,
                         refund->amount == refund->charge->amount
                             ? refund->charge->presentment
                             : money_to_presentment(refund->amount, session->currency));
    show_refund_state(shown, refund);
    json_add_text(shown, "reason", refund->reason);
    json_add_text(shown, "description", refund->description);
    json_add_text(shown, "instructionsEmail", refund->instructions_email);
    show_destination(shown, refund);
    json_add_text(shown, "receiptNumber", refund->receipt);
    json_add_int(shown, "feeAmount", fee_total(refund->charge->fee));
    return shown;
}

static const char *charge_status(const struct charge *charge)
{
    if (charge->outcome != CHARGE_SUCCEEDED)
        return charge->outcome == CHARGE_FAILED ? "FAILED" : "PENDING";
    if (!charge->refunded)
        return "SUCCEEDED";
    return charge->refunded < charge->amount ? "PARTIALLY_REFUNDED" : "REFUNDED";
}

static void show_billing(cJSON *shown, const struct charge *charge)
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

/* The card, valu and fawry members, of which the charge's own one is filled. */
static void show_method_parts(cJSON *shown, const struct charge *charge, bool as_method)
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
    json_add_int(config, "merchantFeeDeduction", fee_total(charge->fee));
}

static void push_refunds(cJSON *list, const struct charge *charge)
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

static cJSON *show_error(const struct charge *charge)
{
    const struct decline *decline = charge->decline;
    bool card = decline->decline_code != NULL;
    cJSON *error = cJSON_CreateObject();
    json_add_text(error, "type", card ? "card_error" : "payment_method_error");
    json_add_text(error, "code", decline->code);
    json_add_text(error, "declineCode", decline->decline_code);
    json_add_text(error, "networkDeclineCode", decline->network_code);
    char *url =
        must_format("https://docs.xpay.app/integrate/errors/payment-error-codes#%s", decline->code);
    json_add_text(error, "docUrl", url);
    free(url);
    json_add_text(error, "message", decline->message);
    json_add_text(error, "merchantMessage", decline->merchant);
    json_add_text(error, "adviceCode", decline->advice);
    json_add_null(error, "param");
    json_add_text(error, "chargeId", charge->id);
    json_add_text(error, "paymentMethodType", charge->method->type);
    cJSON *method = json_add_object(error, "paymentMethod");
    json_add_text(method, "id", charge->method_id);
    json_add_text(method, "type", charge->method->type);
    if (card) {
        cJSON *snapshot = json_add_object(method, "card");
        json_add_text(snapshot, "brand", "mastercard");
        json_add_text(snapshot, "last4", "0008");
        json_add_int(snapshot, "expMonth", 1);
        json_add_int(snapshot, "expYear", 2039);
        json_add_text(snapshot, "funding", "credit");
    }
    cJSON *billing = json_add_object(method, "billingDetails");
    json_add_text(billing, "name", charge->name);
    json_add_text(billing, "email", charge->email);
    json_add_null(error, "processorCode");
    json_add_null(error, "processorMessage");
    return error;
}

static cJSON *show_payment_method(const struct charge *charge)
{
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", charge->method_id);
    json_add_text(shown, "object", "payment_method");
    json_add_text(shown, "type", charge->method->type);
    json_add_time(shown, "createdAt", charge->created);
    show_billing(shown, charge);
    show_method_parts(shown, charge, true);
    return shown;
}

static const char *intent_status(const struct charge *last)
{
    if (last->outcome == CHARGE_PENDING)
        return "REQUIRES_ACTION";
    return charge_status(last);
}

static void show_next_action(cJSON *shown, const struct charge *last)
{
    if (last->outcome != CHARGE_PENDING) {
        json_add_null(shown, "nextAction");
        return;
    }
    cJSON *action = json_add_object(shown, "nextAction");
    json_add_text(action, "type", "display_voucher_details");
    json_add_null(action, "redirectToUrl");
    cJSON *voucher = json_add_object(action, "displayVoucherDetails");
    json_add_text(voucher, "provider", last->method->type);
    json_add_text(voucher, "reference", last->reference);
    json_add_time(voucher, "expiresAt", last->reference_expires);
    json_add_text(voucher, "instructions", "Pay at any Fawry point with this number.");
    json_add_null(voucher, "hostedVoucherUrl");
}

static void show_amount_details(cJSON *shown, const struct session *session)
{
    cJSON *details = json_add_object(shown, "amountDetails");
    json_add_int(details, "productAmount", session->processed.subtotal);
    if (session->processed.vat) {
        const cJSON *config = json_member(session->input, "feeConfig");
        cJSON *tax = json_add_object(details, "tax");
        json_add_int(tax, "amount", session->processed.vat);
        json_add_int(tax, "rateBps",
                     json_int_at(config, "vatCollectionRate", DEFAULT_VAT_RATE_BPS));
    } else {
        json_add_null(details, "tax");
    }
    if (session->processed.platform_fee) {
        cJSON *fees = json_add_object(details, "platformFees");
        json_add_int(fees, "amount", session->passed_fee.platform);
        json_add_int(fees, "vatAmount", session->passed_fee.vat);
    } else {
        json_add_null(details, "platformFees");
    }
    json_add_null(details, "tip");
    if (session->processed.discount)
        json_add_int(details, "discount", session->processed.discount);
    else
        json_add_null(details, "discount");
}

static void show_charges(cJSON *shown, const struct intent *intent)
{
    const struct charge *last = intent->charges[intent->charge_count - 1];
    cJSON_AddItemToObject(shown, "latestCharge", show_charge(last));
    cJSON *charges = json_add_list(shown, "charges");
    for (size_t i = 0; i < intent->charge_count; i++)
        cJSON_AddItemToArray(charges, show_charge(intent->charges[i]));
    if (settings.graph == GRAPH_CONTRACT)
        return;
    cJSON *refunds = json_add_list(shown, "refunds");
    for (size_t i = intent->charge_count; i > 0; i--)
        push_refunds(refunds, intent->charges[i - 1]);
}

cJSON *show_intent_fields(const struct intent *intent)
{
    const struct session *session = intent->session;
    const struct charge *last = intent->charges[intent->charge_count - 1];
    const struct customer *customer = session->customer;
    bool succeeded = last->outcome == CHARGE_SUCCEEDED;
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", intent->id);
    json_add_text(shown, "object", "payment_intent");
    json_add_text(shown, "checkoutSessionId", session->id);
    json_add_int(shown, "amount", last->amount);
    json_add_int(shown, "amountCapturable", 0);
    json_add_int(shown, "amountReceived", succeeded ? last->amount : 0);
    json_add_text(shown, "currency", currency_processing()->code);
    json_add_text(shown, "status", intent_status(last));
    json_add_time(shown, "createdAt", intent->created);
    json_add_time(shown, "updatedAt", intent->updated);
    json_add_text(shown, "clientSecret", intent->secret);
    json_add_text(shown, "captureMethod", "automatic");
    json_add_text(shown, "confirmationMethod", "automatic");
    json_add_null(shown, "description");
    json_add_text(shown, "receiptEmail", last->email);
    json_add_null(shown, "canceledAt");
    json_add_null(shown, "shipping");
    show_amount_details(shown, session);
    show_presentment(shown, "presentmentDetails", session, last->presentment);
    show_charges(shown, intent);
    cJSON_AddItemToObject(shown, "paymentMethod",
                          last->outcome == CHARGE_FAILED ? cJSON_CreateNull()
                                                         : show_payment_method(last));
    if (customer) {
        cJSON *part = json_add_object(shown, "customer");
        json_add_text(part, "id", customer->id);
        json_add_text(part, "name", customer->name);
        json_add_text(part, "email", customer->email);
        json_add_text(part, "phone", customer->phone);
    } else {
        json_add_null(shown, "customer");
    }
    show_next_action(shown, last);
    json_add_copy(shown, "metadata", intent->metadata);
    cJSON_AddItemToObject(shown, "lastPaymentError",
                          intent->failed ? show_error(intent->failed) : cJSON_CreateNull());
    return shown;
}

cJSON *show_intent(const struct intent *intent)
{
    cJSON *shown = show_intent_fields(intent);
    cJSON_AddItemToObject(shown, "checkoutSession", show_session_fields(intent->session));
    return shown;
}
