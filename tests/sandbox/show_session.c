/* A checkout session as the API shows it. */
#include "graph.h"
#include "clock.h"
#include "json.h"
#include "sessions.h"
#include "text.h"

#include <stdlib.h>

static const char *const status_names[] = {"open", "complete", "expired"};
static const char *const payment_names[] = {"unpaid", "paid", "no_payment_required"};

bool session_has_presentment(const struct session *session)
{
    return session->currency != currency_processing();
}

void show_presentment(cJSON *object, const char *name, const struct session *session,
                      int64_t amount)
{
    if (!session_has_presentment(session)) {
        json_add_null(object, name);
        return;
    }
    cJSON *details = json_add_object(object, name);
    json_add_int(details, "amount", amount);
    json_add_text(details, "currency", session->currency->code);
    json_add_digits(details, "exchangeRate", session->currency->rate);
    json_add_text(details, "exchangeRateId", session->rate_id);
}

static void show_amounts(cJSON *shown, const struct session *session)
{
    const struct amounts *due = &session->processed;
    const cJSON *config = json_member(session->input, "feeConfig");
    bool passes_fee = json_flag_at(config, "feesPassThrough");
    bool collects_vat = json_flag_at(config, "vatCollectionEnabled");
    json_add_text(shown, "currency", currency_processing()->code);
    json_add_int(shown, "amountSubtotal", due->subtotal);
    json_add_int(shown, "amountTotal", due->total);
    cJSON *details = json_add_object(shown, "totalDetails");
    json_add_int(details, "amountDiscount", due->discount);
    json_add_int(details, "amountShipping", 0);
    json_add_int(details, "amountTax", 0);
    if (passes_fee)
        json_add_int(details, "amountPlatformFee", due->platform_fee);
    if (collects_vat)
        json_add_int(details, "amountCollectedVat", due->vat);
    if (!session_has_presentment(session))
        return;
    const struct amounts *priced = &session->priced;
    show_presentment(shown, "presentmentDetails", session, priced->total);
    cJSON *presentment = cJSON_GetObjectItemCaseSensitive(shown, "presentmentDetails");
    json_add_int(presentment, "amountSubtotal", priced->subtotal);
    json_add_int(presentment, "amountTotal", priced->total);
    json_add_int(presentment, "amountDiscount", priced->discount);
    if (collects_vat)
        json_add_int(presentment, "amountCollectedVat", priced->vat);
    if (passes_fee)
        json_add_int(presentment, "amountPlatformFee", priced->platform_fee);
}

static void show_lines(cJSON *shown, const struct session *session)
{
    cJSON *list = json_add_list(shown, "lineItems");
    for (size_t i = 0; i < session->line_count; i++) {
        const struct line *line = &session->lines[i];
        cJSON *item = cJSON_CreateObject();
        json_add_text(item, "id", line->id);
        json_add_int(item, "quantity", line->quantity);
        json_add_copy(item, "price", line->price);
        if (line->adjustable)
            json_add_copy(item, "adjustableQuantity", line->adjustable);
        json_add_int(item, "amountSubtotal", line->processed.subtotal);
        json_add_int(item, "amountTotal", line->processed.total);
        json_add_int(item, "amountDiscount", line->processed.discount);
        json_add_int(item, "amountTax", 0);
        json_add_text(item, "currency", currency_processing()->code);
        json_add_text(item, "description", line->description);
        if (session_has_presentment(session)) {
            cJSON *priced = json_add_object(item, "presentmentDetails");
            json_add_int(priced, "unitAmount", line->unit_amount);
            json_add_int(priced, "amountSubtotal", line->priced.subtotal);
            json_add_int(priced, "amountDiscount", line->priced.discount);
            json_add_int(priced, "amountTotal", line->priced.total);
            json_add_text(priced, "currency", session->currency->code);
        }
        cJSON_AddItemToArray(list, item);
    }
}

static void show_redeemed_coupon(cJSON *shown, const struct session *session)
{
    const struct coupon *coupon = session->coupon;
    json_add_time(shown, "createdAt", session->created);
    json_add_text(shown, "duration", "once");
    json_add_int(shown, "timesRedeemed", 1);
    json_add_flag(shown, "active", true);
    json_add_text(shown, "merchantId", merchant_of(session->world)->id);
    if (coupon->percent)
        json_add_digits(shown, "percentOff", coupon->percent);
    else
        json_add_int(shown, "amountOff", coupon->amount_off);
    if (!coupon->percent)
        json_add_text(shown, "currency", currency_processing()->code);
}

static void show_pending_coupon(cJSON *shown, const struct coupon *coupon)
{
    char *amount = must_format("%lld", (long long)coupon->amount_off);
    json_add_digits(shown, "percentOff", coupon->percent);
    json_add_text(shown, "amountOff", coupon->percent ? NULL : amount);
    json_add_text(shown, "currency", coupon->percent ? NULL : currency_processing()->code);
    free(amount);
}

/* "pending" until the payment redeems it. */
static void show_discounts(cJSON *shown, const struct session *session)
{
    cJSON *list = json_add_list(shown, "discounts");
    if (!session->coupon)
        return;
    cJSON *discount = cJSON_CreateObject();
    json_add_text(discount, "id", session->redeemed ? session->discount_id : "pending");
    json_add_text(discount, "object", "discount");
    cJSON *coupon = json_add_object(discount, "coupon");
    json_add_text(coupon, "id", session->coupon->id);
    json_add_text(coupon, "object", "coupon");
    json_add_text(coupon, "name", session->coupon->name);
    json_add_text(coupon, "discountType", session->coupon->percent ? "percentage" : "fixed_amount");
    json_add_flag(coupon, "valid", true);
    json_add_flag(coupon, "livemode", session->world != WORLD_TEST);
    if (session->redeemed)
        show_redeemed_coupon(coupon, session);
    else
        show_pending_coupon(coupon, session->coupon);
    if (session->promotion) {
        json_add_text(discount, "promotionCodeId", session->promotion->id);
        json_add_text(discount, "promotionCodeCode", session->promotion->code);
    }
    json_add_text(discount, "checkoutSessionId", session->id);
    json_add_time(discount, "start", session->created);
    cJSON_AddItemToArray(list, discount);
}

static void show_fees(cJSON *shown, const struct session *session)
{
    const cJSON *config = json_member(session->input, "feeConfig");
    bool passes_fee = json_flag_at(config, "feesPassThrough");
    bool collects_vat = json_flag_at(config, "vatCollectionEnabled");
    cJSON *resolved = json_add_object(shown, "feeConfig");
    json_add_flag(resolved, "feesPassThrough", passes_fee);
    json_add_flag(resolved, "vatCollectionEnabled", collects_vat);
    if (collects_vat)
        json_add_int(resolved, "vatCollectionRate",
                     json_int_at(config, "vatCollectionRate", DEFAULT_VAT_RATE_BPS));
    else
        json_add_null(resolved, "vatCollectionRate");
    json_add_text(resolved, "source", config ? "session" : "system");
    /* Known once a method was chosen, that is with the first attempt. */
    if ((!passes_fee && !collects_vat) || !session->intent)
        return;
    const struct charge *last = session->intent->charges[session->intent->charge_count - 1];
    cJSON *fees = json_add_object(shown, "fees");
    json_add_text(fees, "paymentMethodType", last->method->type);
    json_add_int(fees, "feeAmount", session->passed_fee.platform);
    json_add_digits(fees, "feePercentage", FEE_PERCENTAGE);
    json_add_int(fees, "vatAmount", session->passed_fee.vat + session->processed.vat);
    json_add_int(fees, "totalAmount", session->processed.total);
}

static void show_branding(cJSON *shown, const struct session *session)
{
    cJSON *branding = cJSON_Parse(branding_defaults);
    const cJSON *chosen = json_member(session->input, "brandingSettings");
    for (const cJSON *member = chosen ? chosen->child : NULL; member; member = member->next) {
        if (cJSON_IsNull(member))
            continue;
        if (!same_text(member->string, "colors")) {
            json_put(branding, member->string, cJSON_Duplicate(member, true));
            continue;
        }
        cJSON *colors = cJSON_GetObjectItemCaseSensitive(branding, "colors");
        for (const cJSON *color = member->child; color; color = color->next)
            if (!cJSON_IsNull(color))
                json_put(colors, color->string, cJSON_Duplicate(color, true));
    }
    cJSON_AddItemToObject(shown, "brandingSettings", branding);
}

static void show_methods(cJSON *shown, const struct session *session)
{
    const struct method *offered[METHODS_MAX];
    size_t count = session_methods(session, offered);
    cJSON *list = json_add_list(shown, "paymentMethodTypes");
    for (size_t i = 0; i < count; i++) {
        cJSON *item = cJSON_CreateObject();
        json_add_text(item, "type", offered[i]->type);
        json_add_text(item, "displayName", offered[i]->name);
        json_add_text(item, "category", offered[i]->category);
        json_add_null(item, "minTransactionAmount");
        json_add_null(item, "maxTransactionAmount");
        cJSON *required = json_add_list(item, "requiredCustomerFields");
        if (offered[i]->required_field)
            json_push_text(required, offered[i]->required_field);
        json_add_flag(item, "supportsRefund", offered[i]->refundable);
        json_add_flag(item, "supportsPartialRefund", offered[i]->refundable);
        json_add_flag(item, "supportsPartialCapture", false);
        json_add_text(item, "paymentConfirmation", offered[i]->pays_later ? "async" : "sync");
        cJSON_AddItemToArray(list, item);
    }
    json_add_copy(shown, "paymentMethodConfigurationId",
                  json_member(session->input, "paymentMethodConfigurationId"));
}

static void show_customer_parts(cJSON *shown, const struct session *session)
{
    const struct customer *customer = session->customer;
    json_add_text(shown, "customerId", customer && !customer->guest ? customer->id : NULL);
    if (customer) {
        cJSON *part = json_add_object(shown, "customer");
        json_add_text(part, "id", customer->id);
        json_add_text(part, "type", customer->guest ? "guest" : "registered");
        json_add_text(part, "name", customer->name);
        json_add_text(part, "email", customer->email);
        json_add_text(part, "phone", customer->phone);
        cJSON *address = customer->address ? json_add_object(part, "address") : NULL;
        static const char *const lines[] = {"city",  "country",    "line1",
                                            "line2", "postalCode", "state"};
        for (size_t i = 0; address && i < sizeof lines / sizeof lines[0]; i++)
            json_add_text(address, lines[i], json_text_at(customer->address, lines[i]));
        if (!address)
            json_add_null(part, "address");
        json_add_null(part, "shipping");
        json_add_copy(part, "metadata", customer->metadata);
    }
    json_add_copy(shown, "customerDetails", session->collected);
    json_add_copy(shown, "customerUpdate", json_member(session->input, "customerUpdate"));
}

static void show_completion(cJSON *shown, const struct session *session)
{
    const cJSON *given = json_member(session->input, "afterCompletion");
    cJSON *after = json_add_object(shown, "afterCompletion");
    json_add_copy(after, "type", json_member(given, "type"));
    json_add_copy(after, "redirect", json_member(given, "redirect"));
    json_add_copy(after, "hostedConfirmation", json_member(given, "hostedConfirmation"));
    json_add_copy(shown, "cancelUrl", json_member(session->input, "cancelUrl"));
    bool hosted = same_text(json_text_at(session->input, "uiMode"), "hosted");
    char *url = must_format("%s/c/%s", settings.origin, session->id);
    json_add_text(shown, "url", hosted ? url : NULL);
    free(url);
}

cJSON *show_session_fields(const struct session *session)
{
    static const char *const copied[] = {"mode", "uiMode", "submitType", "customerCreation"};
    static const char *const flags[] = {"allowPromotionCodes", "nameCollection",
                                        "billingAddressCollection", "shippingAddressCollection",
                                        "phoneNumberCollection"};
    const struct merchant *merchant = merchant_of(session->world);
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", session->id);
    json_add_text(shown, "object", "checkout.session");
    json_add_time(shown, "createdAt", session->created);
    json_add_time(shown, "updatedAt", session->updated);
    for (size_t i = 0; i < sizeof copied / sizeof copied[0]; i++)
        json_add_copy(shown, copied[i], json_member(session->input, copied[i]));
    json_add_text(shown, "status", status_names[session->status]);
    json_add_text(shown, "paymentStatus", payment_names[session->payment]);
    show_amounts(shown, session);
    show_completion(shown, session);
    json_add_text(shown, "clientSecret", session->secret);
    json_add_time(shown, "expiresAt", session->expires);
    json_add_flag(shown, "isExpired", session_is_expired(session));
    show_customer_parts(shown, session);
    json_add_text(shown, "paymentIntentId", session->intent ? session->intent->id : NULL);
    show_lines(shown, session);
    json_add_copy(shown, "customFields", session->fields);
    show_discounts(shown, session);
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        json_add_flag(shown, flags[i], json_flag_at(session->input, flags[i]));
    show_fees(shown, session);
    show_branding(shown, session);
    const char *locale = json_text_at(session->input, "locale");
    json_add_text(shown, "locale", locale ? locale : "en");
    show_methods(shown, session);
    json_add_copy(shown, "metadata", json_member(session->input, "metadata"));
    json_add_text(shown, "merchantId", merchant->id);
    json_add_text(shown, "merchantName", merchant->name);
    json_add_null(shown, "merchantLogo");
    json_add_text(shown, "paymentLinkId", *session->link_id ? session->link_id : NULL);
    json_add_flag(shown, "livemode", session->world != WORLD_TEST);
    return shown;
}

cJSON *show_session(const struct session *session)
{
    cJSON *shown = show_session_fields(session);
    cJSON_AddItemToObject(shown, "paymentIntent",
                          session->intent ? show_intent_fields(session->intent)
                                          : cJSON_CreateNull());
    return shown;
}
