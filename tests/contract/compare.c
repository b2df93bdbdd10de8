/* One row of a table against every place where the contract speaks of it: kind, enumeration, flags. */
#include "contract.h"

#include <string.h>

/*
 * What the contract leaves open and the library decides. "*" stands for any type; the name is the JSON name, and one
 * that begins with "*" stands for all that end so.
 */
static const struct {
    const char *kind;
    const char *type;
    const char *name;
    const char *reason;
} justified[] = {
    /* The contract has one kind of number. Those here are no amounts of money; all others are. */
    {"decimal", "*", "exchangeRate", "a rate"},
    {"decimal", "*", "percentOff", "a percentage"},
    {"decimal", "*", "feePercentage", "a percentage"},
    {"decimal", "*", "riskScore", "a score"},
    {"decimal", "*", "averageOrderValue", "a quotient, for display"},
    {"integer", "*", "decimals", "decimal places"},
    {"integer", "*", "expMonth", "a month"},
    {"integer", "*", "expYear", "a year"},
    {"integer", "*", "rateBps", "basis points"},
    {"integer", "*", "vatCollectionRate", "basis points"},
    {"integer", "*", "quantity", "a count"},
    {"integer", "*", "stock", "a count"},
    {"integer", "*", "intervalCount", "a count"},
    {"integer", "*", "durationInMonths", "a count"},
    {"integer", "*", "maxRedemptions", "a count"},
    {"integer", "*", "customerMaxRedemptions", "a count"},
    {"integer", "*", "timesRedeemed", "a count"},
    {"integer", "*", "chargeCount", "a count"},
    {"integer", "*", "numPayments", "a count"},
    {"integer", "*", "totalCount", "a count"},
    {"integer", "*", "tenure", "a count of months"},
    {"integer", "*", "minCharacters", "a count"},
    {"integer", "*", "maxCharacters", "a count"},
    {"integer", "*", "expiresAfterMinutes", "a count"},
    {"integer", "*", "totalPages", "a count"},
    {"integer", "*", "page", "a position"},
    {"integer", "*", "limit", "a count"},
    {"integer", "*", "offset", "a position"},
    {"integer", "fawry_details", "paymentTime", "Fawry's own number of the moment"},
    {"integer", "adjustable_quantity", "minimum", "a count"},
    {"integer", "adjustable_quantity", "maximum", "a count"},
    {"integer", "adjustable_quantity_params", "minimum", "a count"},
    {"integer", "adjustable_quantity_params", "maximum", "a count"},

    /* Plain strings in the contract that hold a moment in ISO 8601. */
    {"time", "*", "*At", "named so"},
    {"time", "*", "startDate", "a moment, as PriceInLine says it"},
    {"time", "*", "expirationDate", "a moment, as PriceInLine says it"},
    {"time", "coupon", "redeemBy", "a moment"},
    {"time", "discount", "start", "a moment"},
    {"time", "discount", "end", "a moment"},

    /* Strings in the contract that hold minor units. */
    {"money as text", "payment_method_option", "minTransactionAmount", "minor units"},
    {"money as text", "payment_method_option", "maxTransactionAmount", "minor units"},

    {"money as text", "promotion_code_restrictions", "minimumAmount", "minor units"},

    /* Strings in a query that are written from something better. */
    {"filter", "payment_link_list_params", "amount", "\"bt:10,100\""},
    {"filter", "payment_link_list_params", "date", "\"last:7,days\""},
    {"boolean as text", "payment_link_list_params", "active", "\"true\" or \"false\""},
    {"open JSON as text", "product_list_params", "metadata", "a JSON object"},

    /* Text although one of the schemas knows but one value. */
    {"text", "discount", "id", "\"pending\" until it is redeemed"},

    /* A `has_` member although the contract requires the value. */
    {"optional", "spend_data", "firstPurchaseAt", "an empty text says that there is none"},
    {"optional", "spend_data", "lastPurchaseAt", "an empty text says that there is none"},

    /* What the contract lacks. */
    {"extension", "payment_intent", "refunds", "drawn on the object model's page"},
    {"extension", "refund", "balanceTransaction", "drawn on the object model's page"},

    /* Members of structs that the library fills from others. */
    {"derived", "event", "kind", "from type"},
    {"derived", "event", "checkout_session", "data.object, if it is one"},
    {"derived", "event", "payment_intent", "data.object, if it is one"},
    {"derived", "event", "charge", "data.object, if it is one"},
    {"derived", "event", "refund", "data.object, if it is one"},
    {"derived", "event", "customer", "data.object, if it is one"},
    {"derived", "event", "product", "data.object, if it is one"},
    {"derived", "event", "coupon", "data.object, if it is one"},
    {"derived", "event", "promotion_code", "data.object, if it is one"},
    {"derived", "event", "other_version", "from api_version"},
    {"derived", "event", "secret_label", "from the verifier that it passed"},
    {"derived", "object", "*", "what all structs begin with"},

    /* Members whose name is not the JSON name in C's spelling; that name stands first. */
    {"renamed", "metadata", "metadata_json", "beside the pairs of metadata"},
    {"renamed", "", "data", "a bare list has no name"},

    /* Types that the walk does not reach. */
    {"unreached", "refund_page", "", "GET /refunds answers with a bare list: checked on its own"},
    {"unreached", "amount_filter_params", "", "text in the contract's query"},
    {"unreached", "date_filter_params", "", "text in the contract's query"},
    {"unreached", "event", "", "the envelope of webhooks is not in the contract"},
    {"unreached", "event_data", "", "the envelope of webhooks is not in the contract"},
    {"unreached", "object", "", "stands for any other type"},
    {"unreached", "ledger", "", "added up by the library itself"},
    {"unreached", "ledger_row", "", "added up by the library itself"},
    {"unreached", "ledger_totals", "", "added up by the library itself"},
    {"unreached", "ledger_batch", "", "added up by the library itself"},
};

static bool matches(const char *pattern, const char *name)
{
    if (pattern[0] != '*')
        return strcmp(pattern, name) == 0;
    size_t tail = strlen(pattern) - 1, length = strlen(name);
    return length >= tail && strcmp(name + length - tail, pattern + 1) == 0;
}

bool is_justified(const char *kind, const char *type, const char *name)
{
    for (size_t i = 0; i < LENGTH(justified); i++)
        if (strcmp(justified[i].kind, kind) == 0 && matches(justified[i].type, type) &&
            matches(justified[i].name, name))
            return true;
    return false;
}

static bool any_has_values(const sighting *const *seen, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (seen[i]->shape.values != NULL)
            return true;
    return false;
}

static bool any_is_number(const sighting *const *seen, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (seen[i]->shape.type != NULL && strcmp(seen[i]->shape.type, "number") == 0)
            return true;
    return false;
}

static int32_t kind_of_number(const char *type, const char *name)
{
    if (is_justified("decimal", type, name))
        return XPAY_KIND_DECIMAL;
    return is_justified("integer", type, name) ? XPAY_KIND_INTEGER : XPAY_KIND_MONEY;
}

/*
 * A string. Where two schemas of one type differ, the stricter one tells what the other's string holds: a pending
 * coupon has its amount as text and its currency without the list of currencies.
 */
static int32_t kind_of_string(const char *type, const char *name, const shape *s,
                              const sighting *const *seen, size_t count)
{
    if (is_justified("text", type, name))
        return XPAY_KIND_TEXT;
    if (is_justified("filter", type, name))
        return XPAY_KIND_OBJECT;
    if (is_justified("boolean as text", type, name))
        return XPAY_KIND_BOOLEAN;
    if (any_has_values(seen, count))
        return XPAY_KIND_ENUM;
    if (is_justified("money as text", type, name) || any_is_number(seen, count))
        return XPAY_KIND_MONEY;
    if (s->format != NULL && strcmp(s->format, "date") == 0)
        return XPAY_KIND_TEXT;
    if (s->format != NULL && strcmp(s->format, "date-time") == 0)
        return XPAY_KIND_TIME;
    return is_justified("time", type, name) ? XPAY_KIND_TIME : XPAY_KIND_TEXT;
}

static int32_t kind_of(const xpay_type *type, const xpay_field *field, const shape *s,
                       const sighting *const *seen, size_t count)
{
    const char *name = xpay_type_name(type);
    if (is_params(type) && (s->open || is_justified("open JSON as text", name, field->name)))
        return strcmp(field->member, "metadata_json") == 0 ? XPAY_KIND_JSON : XPAY_KIND_TEXT_MAP;
    if (s->open)
        return XPAY_KIND_JSON;
    if (s->target != NULL || s->inside != NULL)
        return XPAY_KIND_OBJECT;
    if (strcmp(s->type, "boolean") == 0)
        return XPAY_KIND_BOOLEAN;
    if (strcmp(s->type, "string") == 0)
        return kind_of_string(name, field->name, s, seen, count);
    return kind_of_number(name, field->name);
}

static bool has_value(const cJSON *values, const char *name)
{
    const cJSON *value;
    cJSON_ArrayForEach(value, values) if (cJSON_IsString(value) &&
                                          strcmp(value->valuestring, name) == 0) return true;
    return false;
}

static bool has_name(const xpay_enum *values, const char *name)
{
    for (size_t i = 0; i < values->count; i++)
        if (strcmp(values->names[i], name) == 0)
            return true;
    return false;
}

/* Both lists of an enumeration, either way. Returns how many of the contract's values it looked at. */
static size_t compare_values(const xpay_field *field, const sighting *s)
{
    size_t count = 0;
    const cJSON *value;
    cJSON_ArrayForEach(value, s->shape.values)
    {
        count++;
        if (field->kind == XPAY_KIND_ENUM && !has_name(field->values, value->valuestring))
            complain("%s: %s lacks \"%s\"", s->where, field->values->name, value->valuestring);
    }
    for (size_t i = 0; count > 0 && field->kind == XPAY_KIND_ENUM && i < field->values->count; i++)
        if (!has_value(s->shape.values, field->values->names[i]))
            complain("%s: the contract has no \"%s\"", s->where, field->values->names[i]);
    return count;
}

static void expect_flag(const xpay_type *type, const xpay_field *field, uint32_t flag, bool wanted,
                        const char *name)
{
    if (((field->flags & flag) != 0) != wanted)
        complain("%s.%s: the flag %s %s", xpay_type_name(type), field->member, name,
                 wanted ? "is missing" : "is too much");
}

/* Flags that follow from what a field is, not from the contract's own keywords. */
static void compare_nature(const xpay_type *type, const xpay_field *field)
{
    bool money = field->kind == XPAY_KIND_MONEY;
    bool currency = field->kind == XPAY_KIND_ENUM && strcmp(field->values->name, "currency") == 0;
    bool critical = money || currency || has_word("id status paymentStatus", field->name);
    expect_flag(type, field, XPAY_FIELD_CRITICAL, critical && !is_params(type), "CRITICAL");
    bool secret = strstr(field->member, "secret") != NULL;
    expect_flag(type, field, XPAY_FIELD_SECRET, secret, "SECRET");

    bool optional = !(field->flags & XPAY_FIELD_REQUIRED) || (field->flags & XPAY_FIELD_NULLABLE) ||
                    is_justified("optional", xpay_type_name(type), field->name) ||
                    (money && is_params(type)); /* never 0 because it was forgotten */
    bool scalar = money || field->kind == XPAY_KIND_INTEGER || field->kind == XPAY_KIND_BOOLEAN ||
                  field->kind == XPAY_KIND_TIME;
    bool list = (field->flags & XPAY_FIELD_ARRAY) != 0;
    if ((field->presence != XPAY_NO_OFFSET) != (list || (scalar && optional)))
        complain("%s.%s: presence is told by %s", xpay_type_name(type), field->member,
                 list                 ? "a count"
                 : scalar && optional ? "a has_ member"
                                      : "the value alone");
}

size_t compare_row(const xpay_type *type, const xpay_field *field, const sighting *const *seen,
                   size_t count, size_t schemas)
{
    bool required = count == schemas, nullable = false, list = false;
    size_t values = 0;
    for (size_t i = 0; i < count; i++) {
        const shape *s = &seen[i]->shape;
        int32_t kind = kind_of(type, field, s, seen, count);
        if (field->kind != kind)
            complain("%s: kind %d in the table, %d by the contract", seen[i]->where, field->kind,
                     kind);
        required = required && seen[i]->required;
        nullable = nullable || (s->nullable && !is_query(type));
        list = list || s->list || kind == XPAY_KIND_TEXT_MAP;
        values += compare_values(field, seen[i]);
    }
    compare_nature(type, field);
    expect_flag(type, field, XPAY_FIELD_EXTENSION, count == 0, "EXTENSION");
    if (count == 0 && !is_justified("extension", xpay_type_name(type), field->name))
        complain("%s.%s: the contract lacks it", xpay_type_name(type), field->member);
    if (count == 0)
        return 0;
    expect_flag(type, field, XPAY_FIELD_REQUIRED, required, "REQUIRED");
    expect_flag(type, field, XPAY_FIELD_NULLABLE, nullable, "NULLABLE");
    expect_flag(type, field, XPAY_FIELD_ARRAY, list, "ARRAY");
    return values;
}
