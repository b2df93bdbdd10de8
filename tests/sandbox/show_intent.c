/* A payment intent as the API shows it, nested in its session or with the session nested in it. */
#include "graph.h"
#include "json.h"
#include "text.h"

#include <stdlib.h>

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
