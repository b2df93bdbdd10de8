/* What the contract allows in a request: null, lengths, ranges, formats. */
#include "contract.h"

#include <string.h>

/* Where the library is stricter than the contract's keywords, or has to choose. */
static const struct {
    const char *type;
    const char *name;
    int64_t minimum;
    int64_t maximum;
    const char *reason;
} stricter[] = {
    {"checkout_session_create_params", "discounts", 0, 1, "the contract says so in words"},
    {"checkout_session_update_params", "discounts", 0, 1, "the contract says so in words"},
    {"checkout_session_update_params", "lineItems", 1, INT32_MAX, "an empty order is not payable"},
    {"fee_config_params", "vatCollectionRate", 0, SAFE_MAX, "no rate is negative"},
    {"refund_list_params", "limit", 1, 100, "none asked for is no list"},
    {"refund_list_params", "offset", 0, SAFE_MAX, "a position"},
};

/* Where null may be sent by another schema of the same struct, and a rule above forbids it here. */
static const struct {
    const char *where;
    const char *rule_of;
} narrower[] = {
    {"RecurringData.interval", "price_data_params"},
    {"CreateCustomField.isOptional", "payment_link_create_params"},
};

/* URLs that only the words beside an operation tell. */
static const char *const urls[] = {"CreateProduct.image"};

/* Ids by what they refer to, beside all that end with "Id". */
static const char *const ids[] = {"price", "coupon", "promotionCode"};

typedef struct bounds {
    int64_t minimum;
    int64_t maximum;
    int32_t format;
} bounds;

static bool number_of(const cJSON *schema, const char *keyword, int64_t *number)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(schema, keyword);
    if (item != NULL)
        *number = (int64_t)item->valuedouble;
    return item != NULL;
}

static bool is_id(const char *name)
{
    size_t length = strlen(name);
    if (length > 2 && strcmp(name + length - 2, "Id") == 0)
        return true;
    for (size_t i = 0; i < LENGTH(ids); i++)
        if (strcmp(ids[i], name) == 0)
            return true;
    return false;
}

static int32_t format_of(const sighting *s)
{
    const char *format = s->shape.format, *pattern = text_of(s->shape.bounds, "pattern");
    const char *note = text_of(s->shape.bounds, "x-note");
    if (format != NULL && strcmp(format, "email") == 0)
        return XPAY_FORMAT_EMAIL;
    if (format != NULL && strcmp(format, "uri") == 0)
        return note != NULL &&
                       (strstr(note, "https only") != NULL || strstr(note, "must be https") != NULL)
                   ? XPAY_FORMAT_HTTPS
                   : XPAY_FORMAT_URI;
    for (size_t i = 0; i < LENGTH(urls); i++)
        if (strcmp(urls[i], s->where) == 0)
            return XPAY_FORMAT_URI;
    if (format == NULL && note != NULL && strcmp(note, "URL") == 0)
        return XPAY_FORMAT_URI;
    if (pattern != NULL &&
        strcmp(pattern, "^#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$") == 0)
        return XPAY_FORMAT_COLOR;
    if (format != NULL || pattern != NULL)
        complain("%s: a format or pattern that this test does not know", s->where);
    return XPAY_FORMAT_NONE;
}

static bounds bounds_of(const xpay_type *type, const xpay_field *field, const sighting *s)
{
    bounds b = {0, 0, XPAY_FORMAT_NONE};
    bool number = field->kind == XPAY_KIND_INTEGER || field->kind == XPAY_KIND_MONEY;
    if (s->shape.open || is_justified("open JSON as text", xpay_type_name(type), field->name)) {
        b.format = s->shape.open_list ? XPAY_FORMAT_NONE : XPAY_FORMAT_OBJECT;
        if (field->kind == XPAY_KIND_TEXT_MAP)
            b.format = XPAY_FORMAT_NONE; /* always an object */
    } else if (s->shape.list) {
        b.maximum = INT32_MAX;
        number_of(s->shape.bounds, "minItems", &b.minimum);
        number_of(s->shape.bounds, "maxItems", &b.maximum);
    } else if (number) {
        b.maximum = SAFE_MAX;
        number_of(s->shape.bounds, "minimum", &b.minimum);
        number_of(s->shape.bounds, "maximum", &b.maximum);
    } else if (field->kind == XPAY_KIND_TEXT) {
        b.format = format_of(s);
        number_of(s->shape.bounds, "minLength", &b.minimum);
        number_of(s->shape.bounds, "maxLength", &b.maximum);
        if (b.format == XPAY_FORMAT_NONE && is_id(field->name))
            b = (bounds){1, 255, XPAY_FORMAT_ID};
    }
    for (size_t i = 0; i < LENGTH(stricter); i++)
        if (strcmp(stricter[i].type, xpay_type_name(type)) == 0 &&
            strcmp(stricter[i].name, field->name) == 0) {
            b.minimum = stricter[i].minimum;
            b.maximum = stricter[i].maximum;
        }
    return b;
}

/* Whether a struct above wants a member set wherever it stands. */
static bool has_rule_for_each(const char *type_name, const char *member)
{
    const xpay_type *type = xpay_type_by_name(type_name);
    for (size_t i = 0; i < type->rule_count; i++) {
        const char *dot = strrchr(type->rules[i].a.member, '.');
        if (type->rules[i].kind == XPAY_RULE_EACH && dot != NULL && strcmp(dot + 1, member) == 0)
            return true;
    }
    return false;
}

void compare_bounds(const xpay_type *type, const xpay_field *field, const sighting *s)
{
    bounds b = bounds_of(type, field, s);
    if (field->minimum != b.minimum || field->maximum != b.maximum)
        complain("%s: bounds %lld to %lld in the table, %lld to %lld by the contract", s->where,
                 (long long)field->minimum, (long long)field->maximum, (long long)b.minimum,
                 (long long)b.maximum);
    if (field->format != b.format)
        complain("%s: format %d in the table, %d by the contract", s->where, field->format,
                 b.format);

    /* Null is sent through the bit of `metadata`, and a query has no null. */
    bool bit = s->shape.nullable && !is_query(type) && strcmp(field->member, "metadata_json") != 0;
    for (size_t i = 0; i < LENGTH(narrower); i++)
        bit = bit || (strcmp(narrower[i].where, s->where) == 0 &&
                      has_rule_for_each(narrower[i].rule_of, field->member));
    if ((field->clear_bit != XPAY_NO_OFFSET) != bit)
        complain("%s: %s", s->where,
                 bit ? "null may be sent, but there is no bit for it"
                     : "there is a bit for null, which may not be sent");
}
