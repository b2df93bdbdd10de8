/* Answers made from the contract. The table only tells what kind of text or number a property holds. */
#include "payload.h"

#include <stdio.h>
#include <string.h>

/* Every value is made from the next number, so no two are alike. */
typedef struct maker {
    size_t turn;
    size_t number;
} maker;

/* 2026-03-01T00:00:00Z */
#define BASE_MOMENT INT64_C(1772323200000)

int64_t payload_moment(const char *text)
{
    int day, hour, minute, milliseconds;
    if (sscanf(text, "2026-03-%2dT%2d:%2d:00.%3dZ", &day, &hour, &minute, &milliseconds) != 4)
        return -1;
    return BASE_MOMENT + (((day - 1) * INT64_C(24) + hour) * 60 + minute) * 60000 + milliseconds;
}

static cJSON *make_moment(size_t number)
{
    char text[64];
    snprintf(text, sizeof text, "2026-03-%02zuT%02zu:%02zu:00.%03zuZ", 1 + number % 28,
             number / 28 % 24, number / 672 % 60, number % 1000);
    return cJSON_CreateString(text);
}

static cJSON *make_number(size_t number, const char *format, bool as_text)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%zu%s", 1000 + number, format);
    return as_text ? cJSON_CreateString(digits) : cJSON_CreateRaw(digits);
}

/* Every fifth text has escapes and letters beyond ASCII in it. */
static cJSON *make_text(size_t number)
{
    char text[64];
    snprintf(text, sizeof text,
             number % 5 == 0 ? "\"text\"\t%zu \\ \xd8\xac\xd9\x86\xd9\x8a\xd9\x87" : "text-%zu",
             number);
    return cJSON_CreateString(text);
}

static cJSON *make_open(size_t number)
{
    cJSON *object = cJSON_CreateObject();
    cJSON_AddItemToObject(object, "order_id", make_text(number));
    cJSON_AddItemToObject(object, "count", make_number(number, "", false));
    cJSON_AddItemToObject(cJSON_AddObjectToObject(object, "nested"), "a", cJSON_CreateTrue());
    return object;
}

static cJSON *make_name(const maker *m, const xpay_enum *values, const shape *s, size_t index)
{
    size_t choice = m->turn + index;
    if (s != NULL && s->values != NULL) {
        int count = cJSON_GetArraySize(s->values);
        return cJSON_Duplicate(cJSON_GetArrayItem(s->values, (int)(choice % (size_t)count)), true);
    }
    return cJSON_CreateString(values->names[choice % values->count]);
}

static cJSON *make_object(maker *m, const cJSON *schema, const xpay_type *type, int depth);

static cJSON *make_nested(maker *m, const xpay_field *field, const shape *s, int depth)
{
    const cJSON *schema = NULL;
    const xpay_type *type =
        field->type->resolve == NULL ? field->type : xpay_type_by_name("refund");
    if (depth == 0)
        return NULL;
    if (s != NULL)
        schema = s->target != NULL ? contract_schema(s->target) : s->inside;
    else
        schema = schema_of_type(type, 0);
    return make_object(m, schema, type, depth - 1);
}

/* One value, or one element of a list. NULL: no deeper. */
static cJSON *make_value(maker *m, const xpay_field *field, const shape *s, size_t index, int depth)
{
    size_t number = ++m->number;
    bool quoted = s != NULL && s->type != NULL && strcmp(s->type, "string") == 0;
    switch (field->kind) {
    case XPAY_KIND_TEXT:
        return s != NULL && s->values != NULL ? make_name(m, NULL, s, index) : make_text(number);
    case XPAY_KIND_ENUM: return make_name(m, field->values, s, index);
    case XPAY_KIND_MONEY:
    case XPAY_KIND_INTEGER: return make_number(number, "", quoted);
    case XPAY_KIND_DECIMAL: return make_number(number, ".25", quoted);
    case XPAY_KIND_BOOLEAN:
        if (s != NULL && s->values != NULL)
            return make_name(m, NULL, s, index);
        return cJSON_CreateBool((number + m->turn) % 2 == 0);
    case XPAY_KIND_TIME: return make_moment(number);
    case XPAY_KIND_JSON: return make_open(number);
    default: return make_nested(m, field, s, depth);
    }
}

static void add_member(maker *m, cJSON *object, const xpay_field *field, const shape *s, int depth)
{
    if (!(field->flags & XPAY_FIELD_ARRAY)) {
        cJSON *value = make_value(m, field, s, 0, depth);
        if (value != NULL)
            cJSON_AddItemToObject(object, field->name, value);
        return;
    }
    cJSON *list = cJSON_AddArrayToObject(object, field->name);
    for (size_t i = 0; i < 2; i++) {
        cJSON *value = make_value(m, field, s, i, depth);
        if (value != NULL)
            cJSON_AddItemToArray(list, value);
    }
}

/* Behind wrappers and unions: the schema with the properties. */
static const cJSON *schema_behind(const maker *m, const cJSON *schema)
{
    const cJSON *wrapped = cJSON_GetObjectItemCaseSensitive(schema, "allOf");
    const cJSON *branches = cJSON_GetObjectItemCaseSensitive(schema, "anyOf");
    if (cJSON_GetObjectItemCaseSensitive(schema, "properties") != NULL)
        return schema;
    if (wrapped != NULL)
        return schema_behind(m, contract_schema(target_of(wrapped->child)));
    int branch = (int)(m->turn % (size_t)cJSON_GetArraySize(branches));
    return contract_schema(target_of(cJSON_GetArrayItem(branches, branch)));
}

static cJSON *make_object(maker *m, const cJSON *schema, const xpay_type *type, int depth)
{
    cJSON *object = cJSON_CreateObject();
    const char *tag = xpay_type_object_tag(type);
    const cJSON *property;
    if (tag != NULL)
        cJSON_AddStringToObject(object, "object", tag);
    if (schema != NULL)
        schema = schema_behind(m, schema);
    cJSON_ArrayForEach(property, cJSON_GetObjectItemCaseSensitive(schema, "properties"))
    {
        const xpay_field *field = xpay_type_field_by_name(type, property->string);
        shape s = shape_of(property);
        if (tag != NULL && strcmp(property->string, "object") == 0)
            continue;
        if (field == NULL)
            complain("%s: has no field for %s", xpay_type_name(type), property->string);
        else
            add_member(m, object, field, &s, depth);
    }
    for (size_t i = 0; i < xpay_type_field_count(type); i++)
        if (schema == NULL || (xpay_type_field(type, i)->flags & XPAY_FIELD_EXTENSION))
            add_member(m, object, xpay_type_field(type, i), NULL, depth);
    return object;
}

cJSON *payload_of(const cJSON *schema, const xpay_type *type, size_t turn, int depth)
{
    maker m = {turn, turn * 10000};
    if (!is_bare_list(type))
        return make_object(&m, schema, type, depth);
    cJSON *wrapper = cJSON_CreateObject();
    add_member(&m, wrapper, xpay_type_field(type, 0), NULL, depth);
    cJSON *list = cJSON_DetachItemFromArray(wrapper, 0);
    cJSON_Delete(wrapper);
    return list;
}

cJSON *payload_of_type(const xpay_type *type, size_t turn, int depth)
{
    return payload_of(schema_of_type(type, 0), type, turn, depth);
}

const cJSON *schema_of_type(const xpay_type *type, size_t index)
{
    char words[256];
    snprintf(words, sizeof words, "%s", xpay_type_schemas(type));
    char *word = strtok(words, " ");
    for (; word != NULL && index > 0; index--)
        word = strtok(NULL, " ");
    return word == NULL ? NULL : contract_schema(word);
}

bool is_bare_list(const xpay_type *type)
{
    return xpay_type_field_count(type) == 1 && xpay_type_field(type, 0)->name[0] == '\0';
}

/* All members that any of a type's schemas has. */
cJSON *whole_payload(const xpay_type *type, size_t turn, int depth)
{
    cJSON *whole = payload_of_type(type, turn, depth);
    for (size_t i = 1; schema_of_type(type, i) != NULL; i++) {
        cJSON *more = payload_of(schema_of_type(type, i), type, turn, depth);
        while (more->child != NULL) {
            cJSON *member = cJSON_DetachItemViaPointer(more, more->child);
            if (cJSON_HasObjectItem(whole, member->string))
                cJSON_Delete(member);
            else
                cJSON_AddItemToObject(whole, member->string, member);
        }
        cJSON_Delete(more);
    }
    return whole;
}

/* A node that prints as the text given, numbers digit by digit. */
cJSON *node_of(const char *json)
{
    return strchr("-0123456789", json[0]) != NULL ? cJSON_CreateRaw(json) : cJSON_Parse(json);
}
