/* Rules that look at two fields at once. Where the real API's behaviour is not known, the
 * stricter reading is taken; those places say so. */
#include "session_rules.h"
#include "formats.h"
#include "json.h"
#include "products.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

typedef bool (*rule)(const cJSON *input, enum world world, struct answer *answer);

static bool only_payments(const cJSON *input, enum world world, struct answer *answer)
{
    (void)world;
    const char *mode = json_text_at(input, "mode");
    if (same_text(mode, "subscription"))
        return refuse(answer, "price_recurring_not_supported", "mode",
                      "Subscriptions are not supported yet.");
    if (!same_text(mode, "payment")) /* unknown what setup needs: refused */
        return refuse(answer, "parameter_invalid", "mode", "Only payment is supported.");
    return true;
}

static bool exclusive_fields(const cJSON *input, enum world world, struct answer *answer)
{
    static const struct {
        const char *one, *other;
    } pairs[] = {
        {"customerId", "customerDetails"},
        {"paymentMethodTypes", "paymentMethodConfigurationId"},
    };
    (void)world;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (json_member(input, pairs[i].one) && json_member(input, pairs[i].other))
            return refuse(answer, "parameters_exclusive", pairs[i].one,
                          "%s and %s exclude each other.", pairs[i].one, pairs[i].other);
    return true;
}

static bool customer_link(const cJSON *input, enum world world, struct answer *answer)
{
    const char *id = json_text_at(input, "customerId");
    if (!id) /* the contract says "ignored", the error catalogue says refused: refused */
        return json_member(input, "customerUpdate")
                   ? refuse(answer, "parameter_requires_another", "customerUpdate",
                            "customerUpdate needs customerId.")
                   : true;
    if (same_text(json_text_at(input, "customerCreation"), "always"))
        return refuse(answer, "parameters_exclusive", "customerCreation",
                      "customerCreation always and customerId exclude each other.");
    const struct customer *customer = customer_find(id, world);
    if (!customer)
        return refuse(answer, "resource_missing", "customerId", "No such customer.");
    if (customer->guest)
        return refuse(answer, "parameter_invalid", "customerId",
                      "A guest cannot be linked to a session.");
    return true;
}

static bool custom_page(const cJSON *input, enum world world, struct answer *answer)
{
    static const char *const collections[] = {"nameCollection", "billingAddressCollection",
                                              "shippingAddressCollection", "phoneNumberCollection"};
    if (!same_text(json_text_at(input, "uiMode"), "custom"))
        return true;
    for (size_t i = 0; i < sizeof collections / sizeof collections[0]; i++)
        if (json_member(input, collections[i])) /* whether false is let through is not known */
            return refuse(answer, "parameter_invalid", collections[i],
                          "%s is not allowed with uiMode custom.", collections[i]);
    const cJSON *lines = json_list_at(input, "lineItems");
    int index = 0;
    for (const cJSON *line = lines ? lines->child : NULL; line; line = line->next, index++) {
        const struct price *price = price_find(json_text_at(line, "price"), world);
        char param[48];
        snprintf(param, sizeof param, "lineItems[%d].price", index);
        if (price && price_is_custom(price))
            return refuse(answer, "parameter_invalid", param,
                          "A CUSTOM price is not allowed with uiMode custom.");
    }
    return true;
}

static bool cancel_url(const cJSON *input, enum world world, struct answer *answer)
{
    (void)world;
    const char *url = json_text_at(input, "cancelUrl");
    if (!url)
        return true;
    if (!same_text(json_text_at(input, "uiMode"), "hosted"))
        return refuse(answer, "parameter_invalid", "cancelUrl",
                      "cancelUrl is allowed with uiMode hosted only.");
    return url_is_web(url) ? true
                           : refuse(answer, "parameter_invalid", "cancelUrl",
                                    "cancelUrl must be an http or https URL.");
}

static bool after_completion(const cJSON *input, enum world world, struct answer *answer)
{
    (void)world;
    const cJSON *after = json_member(input, "afterCompletion");
    const char *url = json_text_at(json_member(after, "redirect"), "url");
    const cJSON *confirmation = json_member(after, "hostedConfirmation");
    const char *back = json_text_at(confirmation, "returnUrl");
    if (same_text(json_text_at(after, "type"), "redirect")) {
        if (!url)
            return refuse(answer, "parameter_missing", "afterCompletion.redirect",
                          "redirect.url is needed for type redirect.");
        if (confirmation)
            return refuse(answer, "parameter_invalid", "afterCompletion.hostedConfirmation",
                          "hostedConfirmation is forbidden for type redirect.");
        /* The pages ask for https; plain http is let through for this machine only. */
        return url_is_secure(url)
                   ? true
                   : refuse(answer, "parameter_invalid", "afterCompletion.redirect.url",
                            "The redirect URL must be https.");
    }
    if (!same_text(json_text_at(input, "uiMode"), "hosted"))
        return refuse(answer, "parameter_invalid", "afterCompletion.type",
                      "hosted_confirmation is allowed with uiMode hosted only.");
    if (url)
        return refuse(answer, "parameter_invalid", "afterCompletion.redirect",
                      "redirect is forbidden for type hosted_confirmation.");
    return !back || url_is_web(back)
               ? true
               : refuse(answer, "parameter_invalid", "afterCompletion.hostedConfirmation.returnUrl",
                        "The return URL must be an http or https URL.");
}

static bool refuse_field(struct answer *answer, int index, const char *member, const char *why)
{
    char param[64];
    snprintf(param, sizeof param, "customFields[%d].%s", index, member);
    return refuse(answer, "parameter_invalid", param, "%s %s.", param, why);
}

/* Which limits each kind of limit needs; what the platform does without them is not known. */
static bool field_limits(const cJSON *field, int index, struct answer *answer)
{
    static const struct {
        const char *type;
        bool minimum, maximum;
    } kinds[] = {{"AT_MOST", false, true}, {"AT_LEAST", true, false}, {"BETWEEN", true, true}};
    int64_t least = json_int_at(field, "minCharacters", 0);
    int64_t most = json_int_at(field, "maxCharacters", 0);
    if (!json_flag_at(field, "hasLimits"))
        return true;
    if (!json_text_at(field, "limitType"))
        return refuse_field(answer, index, "limitType", "is needed with hasLimits");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (!same_text(json_text_at(field, "limitType"), kinds[i].type))
            continue;
        if (kinds[i].minimum && !least)
            return refuse_field(answer, index, "minCharacters", "is needed for this limitType");
        if (kinds[i].maximum && !most)
            return refuse_field(answer, index, "maxCharacters", "is needed for this limitType");
    }
    if (same_text(json_text_at(field, "limitType"), "EXACTLY") && !least && !most)
        return refuse_field(answer, index, "maxCharacters", "is needed for this limitType");
    return !least || !most || least <= most
               ? true
               : refuse_field(answer, index, "minCharacters", "is above maxCharacters");
}

static bool custom_fields(const cJSON *input, enum world world, struct answer *answer)
{
    (void)world;
    const cJSON *fields = json_list_at(input, "customFields");
    int index = 0;
    for (const cJSON *field = fields ? fields->child : NULL; field; field = field->next, index++) {
        const cJSON *options = json_list_at(field, "dropdownOptions");
        bool dropdown = same_text(json_text_at(field, "type"), "DROPDOWN");
        if (dropdown && (!options || !options->child))
            return refuse_field(answer, index, "dropdownOptions", "is needed for a DROPDOWN");
        if (!dropdown && options && options->child)
            return refuse_field(answer, index, "dropdownOptions", "is for a DROPDOWN only");
        if (!field_limits(field, index, answer))
            return false;
    }
    return true;
}

static bool numbers(const cJSON *input, enum world world, struct answer *answer)
{
    (void)world;
    /* No maximum is known; a year keeps the clock's arithmetic safe. */
    static const int most_minutes = 525600;
    const cJSON *minutes = json_member(input, "expiresAfterMinutes");
    const cJSON *rate = json_member(json_member(input, "feeConfig"), "vatCollectionRate");
    if (minutes && !json_is_whole(minutes))
        return refuse(answer, "parameter_invalid", "expiresAfterMinutes",
                      "expiresAfterMinutes must be a whole number.");
    if (minutes && minutes->valuedouble > most_minutes)
        return refuse(answer, "parameter_out_of_range", "expiresAfterMinutes",
                      "expiresAfterMinutes must be at most %d.", most_minutes);
    if (rate && !json_is_whole(rate))
        return refuse(answer, "parameter_invalid", "feeConfig.vatCollectionRate",
                      "The rate is a whole number of basis points.");
    if (rate && (rate->valuedouble < 0 || rate->valuedouble > 10000))
        return refuse(answer, "parameter_out_of_range", "feeConfig.vatCollectionRate",
                      "The rate is between 0 and 10000 basis points.");
    return true;
}

bool session_create_rules(const cJSON *body, struct answer *answer)
{
    if (same_text(json_text_at(body, "uiMode"), "custom") && json_member(body, "submitType"))
        return refuse(answer, "parameter_invalid", "submitType",
                      "submitType is not allowed with uiMode custom.");
    return true;
}

bool session_update_rules(const cJSON *body, struct answer *answer)
{
    static const char *const never_null[] = {"lineItems", "afterCompletion"};
    for (size_t i = 0; i < sizeof never_null / sizeof never_null[0]; i++)
        if (json_member_or_null(body, never_null[i]) && !json_member(body, never_null[i]))
            return refuse(answer, "parameter_invalid", never_null[i], "%s cannot be removed.",
                          never_null[i]);
    const cJSON *lines = json_list_at(body, "lineItems");
    if (lines && !lines->child)
        return refuse(answer, "parameter_invalid", "lineItems", "The list is empty.");
    return true;
}

bool session_rules(const cJSON *input, enum world world, struct answer *answer)
{
    static const rule rules[] = {
        only_payments, exclusive_fields, customer_link, custom_page,
        cancel_url,    after_completion, custom_fields, numbers,
    };
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (!rules[i](input, world, answer))
            return false;
    return true;
}

bool session_method_rules(const cJSON *input, const struct currency *currency,
                          struct answer *answer)
{
    static const char param[] = "paymentMethodTypes";
    const char *configuration = json_text_at(input, "paymentMethodConfigurationId");
    const cJSON *types = json_list_at(input, param);
    if (configuration && !configuration_find(configuration))
        return refuse(answer, "resource_missing", "paymentMethodConfigurationId",
                      "No such payment method configuration.");
    if (!types)
        return true;
    if (!types->child)
        return refuse(answer, "parameter_invalid", param, "The list is empty.");
    for (const cJSON *type = types->child; type; type = type->next) {
        const struct method *method = method_find(type->valuestring);
        if (!method)
            return refuse(answer, "parameter_invalid", param, "%s is not enabled on this account.",
                          type->valuestring);
        if (method->processing_only && currency != currency_processing())
            return refuse(answer, "parameter_invalid", param, "%s takes sessions in %s only.",
                          type->valuestring, currency_processing()->code);
        for (const cJSON *earlier = types->child; earlier != type; earlier = earlier->next)
            if (same_text(earlier->valuestring, type->valuestring))
                return refuse(answer, "parameter_invalid", param, "%s is listed twice.",
                              type->valuestring);
    }
    return true;
}
