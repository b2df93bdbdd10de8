/* A customer by itself, and as a row of the list. */
#include "graph.h"
#include "json.h"
#include "payments.h"

cJSON *show_customer(const struct customer *customer)
{
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", customer->id);
    json_add_text(shown, "object", "customer");
    json_add_text(shown, "type", customer->guest ? "guest" : "registered");
    json_add_time(shown, "createdAt", customer->created);
    json_add_time(shown, "updatedAt", customer->updated);
    json_add_text(shown, "name", customer->name);
    json_add_text(shown, "email", customer->email);
    json_add_text(shown, "phone", customer->phone);
    json_add_copy(shown, "address", customer->address);
    json_add_copy(shown, "metadata", customer->metadata);
    json_add_text(shown, "merchantId", merchant_of(customer->world)->id);
    if (!customer->guest) {
        json_add_null(shown, "guestFingerprint");
        return shown;
    }
    cJSON *fingerprint = json_add_object(shown, "guestFingerprint");
    cJSON *emails = json_add_list(fingerprint, "emails");
    cJSON *phones = json_add_list(fingerprint, "phones");
    cJSON *cards = json_add_list(fingerprint, "cardFingerprints");
    if (customer->email)
        json_push_text(emails, customer->email);
    if (customer->phone)
        json_push_text(phones, customer->phone);
    if (customer->card_charges) {
        cJSON *card = cJSON_CreateObject();
        json_add_text(card, "fingerprint", payment_card_fingerprint);
        json_add_text(card, "last4", "0008");
        json_add_text(card, "brand", "mastercard");
        json_add_time(card, "firstSeenAt", customer->card_seen_first);
        json_add_time(card, "lastSeenAt", customer->card_seen_last);
        json_add_int(card, "chargeCount", customer->card_charges);
        cJSON_AddItemToArray(cards, card);
    }
    return shown;
}

static void show_latest_method(cJSON *shown, const struct charge *charge)
{
    if (!charge) {
        json_add_null(shown, "latestPaymentMethod");
        return;
    }
    static const char *const kinds[] = {"card", "valu", "fawry"};
    cJSON *method = json_add_object(shown, "latestPaymentMethod");
    json_add_text(method, "id", charge->method_id);
    json_add_text(method, "type", charge->method->type);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (!cJSON_IsString(cJSON_GetObjectItemCaseSensitive(method, "type")) ||
            method_find(kinds[i]) != charge->method) {
            json_add_null(method, kinds[i]);
            continue;
        }
        cJSON *part = json_add_object(method, kinds[i]);
        if (i > 0)
            continue;
        json_add_text(part, "brand", "mastercard");
        json_add_text(part, "last4", "0008");
        json_add_int(part, "expMonth", 1);
        json_add_int(part, "expYear", 2039);
        json_add_text(part, "cardholderName", charge->name);
        json_add_text(part, "funding", "credit");
        json_add_text(part, "country", "EG");
        json_add_text(part, "fingerprint", payment_card_fingerprint);
    }
}

static void add_time_or_empty(cJSON *object, const char *name, int64_t time)
{
    if (time)
        json_add_time(object, name, time);
    else
        json_add_text(object, name, "");
}

cJSON *show_listed_customer(const struct customer *customer)
{
    const struct spending *spent = &customer->spent;
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", customer->id);
    json_add_text(shown, "type", customer->guest ? "guest" : "registered");
    json_add_time(shown, "createdAt", customer->created);
    json_add_text(shown, "name", customer->name);
    json_add_text(shown, "email", customer->email);
    json_add_text(shown, "phone", customer->phone);
    json_add_copy(shown, "country", json_member(customer->address, "country"));
    show_latest_method(shown, customer->latest);
    cJSON *data = json_add_object(shown, "spendData");
    json_add_int(data, "amountDisputeLosses", 0);
    json_add_int(data, "amountRefunded", spent->refunded);
    json_add_int(data, "averageOrderValue", spent->payments ? spent->gross / spent->payments : 0);
    json_add_text(data, "currency", customer->currency->code);
    add_time_or_empty(data, "firstPurchaseAt", spent->first);
    json_add_int(data, "grossSpend", spent->gross);
    add_time_or_empty(data, "lastPurchaseAt", spent->last);
    json_add_int(data, "netSpend", spent->gross - spent->refunded);
    json_add_int(data, "numPayments", spent->payments);
    return shown;
}
