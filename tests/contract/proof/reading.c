/* What stands in the structs, leaf by leaf, against the answer: found through the description, and by JSON pointer. */
#include "proof.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t leaves;

size_t leaves_read(void)
{
    return leaves;
}

static const void *at(const void *object, uint32_t offset)
{
    return (const char *)object + offset;
}

static bool same_text(const char *text, const cJSON *value)
{
    return text != NULL && strcmp(text, value->valuestring) == 0;
}

static int32_t enum_value(const xpay_enum *values, const char *name)
{
    for (size_t i = 0; i < values->count; i++)
        if (strcmp(values->names[i], name) == 0)
            return (int32_t)i + 1;
    return 0;
}

static bool amount_matches(int64_t amount, const cJSON *value)
{
    int64_t expected = 0;
    if (cJSON_IsRaw(value))
        return scalar_whole(value->valuestring, &expected) && amount == expected;
    return amount == strtoll(value->valuestring, NULL, 10);
}

static bool decimal_matches(const xpay_decimal *decimal, const cJSON *value)
{
    double expected = 0;
    if (!same_text(decimal->digits, value) || !scalar_decimal(value->valuestring, &expected))
        return false;
    double difference = decimal->value - expected, size = expected < 0 ? -expected : expected;
    return (difference < 0 ? -difference : difference) <= size * 1e-15 * 8;
}

static bool member_matches(const xpay_json_member *member, const cJSON *value)
{
    if (strcmp(member->name, value->string) != 0)
        return false;
    return cJSON_IsString(value) ? same_text(member->value, value)
                                 : tree_is_text(value, member->value, strlen(member->value));
}

static bool open_matches(const xpay_json *json, const cJSON *value)
{
    if (json == NULL || strlen(json->text) != json->length ||
        !tree_is_text(value, json->text, json->length))
        return false;
    if (cJSON_IsArray(value))
        return json->members == NULL && json->members_count == 0;
    size_t index = 0;
    for (const cJSON *child = value->child; child != NULL; child = child->next, index++)
        if (index >= json->members_count || !member_matches(&json->members[index], child))
            return false;
    return index == json->members_count;
}

/* One value that was read; `slot` is where it stands. */
static bool value_matches(const xpay_field *field, const void *slot, const cJSON *value,
                          bool pointers)
{
    int64_t moment;
    leaves++;
    switch (field->kind) {
    case XPAY_KIND_TEXT: return same_text(*(const char *const *)slot, value);
    case XPAY_KIND_INTEGER:
    case XPAY_KIND_MONEY: return amount_matches(*(const int64_t *)slot, value);
    case XPAY_KIND_BOOLEAN: return *(const bool *)slot == (bool)cJSON_IsTrue(value);
    case XPAY_KIND_TIME:
        return scalar_moment(value->valuestring, &moment) && *(const int64_t *)slot == moment;
    case XPAY_KIND_DECIMAL: return decimal_matches(slot, value);
    case XPAY_KIND_ENUM:
        return *(const int32_t *)slot == enum_value(field->values, value->valuestring);
    case XPAY_KIND_JSON: return open_matches(*(const xpay_json *const *)slot, value);
    default: break;
    }
    leaves--;
    const xpay_object *below = *(const xpay_object *const *)slot;
    return below != NULL && reading_matches(below, type_below(field, value), value, pointers);
}

static bool list_matches(const xpay_field *field, const void *object, const cJSON *values,
                         bool pointers)
{
    const char *elements = *(const char *const *)at(object, field->offset);
    size_t count = *(const size_t *)at(object, field->presence), index = 0;
    size_t step = field->kind == XPAY_KIND_ENUM ? sizeof(int32_t) : sizeof(void *);
    if (elements == NULL)
        return false;
    for (const cJSON *item = values->child; item != NULL; item = item->next) {
        if (outcome_of(field, item) != OUTCOME_READ)
            continue;
        if (index >= count || !value_matches(field, elements + index * step, item, pointers))
            return false;
        index++;
    }
    return index == count;
}

static bool is_zero(const void *bytes, size_t size)
{
    static const char zero[sizeof(xpay_decimal)];
    return memcmp(bytes, zero, size) == 0;
}

/* Nothing stands where nothing was read, and `has_` or the count says so. */
static bool is_absent(const xpay_field *field, const void *object)
{
    size_t size = sizeof(int64_t);
    bool array = (field->flags & XPAY_FIELD_ARRAY) != 0;
    if (!array && field->kind == XPAY_KIND_BOOLEAN)
        size = sizeof(bool);
    else if (!array && field->kind == XPAY_KIND_ENUM)
        size = sizeof(int32_t);
    else if (!array && field->kind == XPAY_KIND_DECIMAL)
        size = sizeof(xpay_decimal);
    return is_zero(at(object, field->offset), size) &&
           (field->presence == XPAY_NO_OFFSET ||
            is_zero(at(object, field->presence), array ? sizeof(size_t) : sizeof(bool)));
}

static bool field_matches(const xpay_field *field, const void *object, const cJSON *value,
                          bool pointers)
{
    bool array = (field->flags & XPAY_FIELD_ARRAY) != 0;
    if (value == NULL || cJSON_IsNull(value) || (array && !cJSON_IsArray(value)) ||
        (!array && outcome_of(field, value) != OUTCOME_READ))
        return is_absent(field, object);
    if (array)
        return list_matches(field, object, value, pointers);
    if (field->presence != XPAY_NO_OFFSET && !*(const bool *)at(object, field->presence))
        return false;
    return value_matches(field, at(object, field->offset), value, pointers);
}

/* The member as the answer's own bytes have it. */
static bool pointer_matches(const void *object, const char *name, const cJSON *value)
{
    char pointer[128];
    const char *json;
    size_t length;
    snprintf(pointer, sizeof pointer, "/%s", name);
    xpay_status status = xpay_object_get(object, pointer, &json, &length);
    if (value == NULL)
        return status == XPAY_ERROR_ABSENT;
    return status == XPAY_OK && tree_is_text(value, json, length);
}

bool reading_matches(const xpay_object *object, const xpay_type *type, const cJSON *answer,
                     bool pointers)
{
    if (object->type != type) {
        complain("xpay_%s stands where xpay_%s belongs", xpay_type_name(object->type),
                 xpay_type_name(type));
        return false;
    }
    if (field_named(type, "") != NULL)
        return list_matches(field_named(type, ""), object, answer, pointers);
    for (size_t i = 0; i < xpay_type_field_count(type); i++) {
        const xpay_field *field = xpay_type_field(type, i);
        const cJSON *value = tree_member(answer, field->name);
        size_t before = leaves;
        if (field_matches(field, object, value, pointers) &&
            (!pointers || pointer_matches(object, field->name, value)))
            continue;
        if (leaves <= before + 1) /* deeper, it has been told */
            complain("xpay_%s.%s: not what the answer says", xpay_type_name(type), field->member);
        return false;
    }
    return true;
}
