/*
 * Every property of every answer, read back through its C member.
 *
 * Where a member lies is what the compiler says (members.h), not the table that the decoder used.
 */
#include "payload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/decode.h"

enum { MAX_TYPES = 256, MAX_FIELDS = 64, MAX_VALUES = 64 };

/* Which rows, and which values of enumerations, were met at all. */
static bool met[MAX_TYPES][MAX_FIELDS];
static bool met_value[MAX_TYPES][MAX_FIELDS][MAX_VALUES];
static size_t values_read;

static size_t number_of_type(const xpay_type *type)
{
    size_t i = 0;
    while (xpay_type_at(i) != type)
        i++;
    return i;
}

static bool read_enum(const xpay_object *object, const xpay_field *field, int32_t value,
                      const cJSON *payload)
{
    const char *name = xpay_enum_name(field->values, value);
    if (name == NULL || strcmp(name, payload->valuestring) != 0)
        return false;
    size_t type = number_of_type(object->type), row = (size_t)(field - object->type->fields);
    met_value[type][row][value - 1] = true;
    return true;
}

static bool read_number(int64_t value, const cJSON *payload)
{
    const char *text = payload->valuestring;
    return value == (strchr(text, 'T') != NULL ? payload_moment(text) : strtoll(text, NULL, 10));
}

static bool read_open(const xpay_json *json, const cJSON *payload)
{
    char *text = cJSON_PrintUnformatted(payload);
    bool same = json != NULL && strcmp(json->text, text) == 0 && json->length == strlen(text);
    if (same && cJSON_IsArray(payload))
        same = json->members == NULL && json->members_count == 0;
    else if (same)
        same = json->members_count == (size_t)cJSON_GetArraySize(payload) &&
               (payload->child == NULL || strcmp(xpay_json_get(json, payload->child->string),
                                                 payload->child->valuestring) == 0);
    free(text);
    return same;
}

/* A value that is no list, at its place. */
static bool read_single(const xpay_object *object, const xpay_field *field, const c_member *m,
                        const char *at, const cJSON *payload)
{
    switch (m->type) {
    case C_TEXT: {
        const char *text = *(const char *const *)(const void *)at;
        return text != NULL && strcmp(text, payload->valuestring) == 0;
    }
    case C_INT64: return read_number(*(const int64_t *)(const void *)at, payload);
    case C_INT32: return read_enum(object, field, *(const int32_t *)(const void *)at, payload);
    case C_BOOL: return *(const bool *)at == (bool)cJSON_IsTrue(payload);
    case C_DECIMAL: {
        const xpay_decimal *decimal = (const xpay_decimal *)(const void *)at;
        double difference = decimal->value - strtod(payload->valuestring, NULL);
        return decimal->digits != NULL && strcmp(decimal->digits, payload->valuestring) == 0 &&
               difference < 1e-9 && difference > -1e-9;
    }
    case C_JSON: return read_open(*(const xpay_json *const *)(const void *)at, payload);
    case C_STRUCT: {
        const xpay_object *below = *(const xpay_object *const *)(const void *)at;
        if (below != NULL)
            read_object(below, payload, m->points_to);
        return below != NULL;
    }
    default: return false;
    }
}

static bool read_list(const xpay_object *object, const xpay_field *field, const c_member *m,
                      const cJSON *payload)
{
    const char *base = (const char *)object;
    const void *list = *(const void *const *)(const void *)(base + m->offset);
    size_t count = *(const size_t *)(const void *)(base + m->companion_offset);
    if (list == NULL || count != (size_t)cJSON_GetArraySize(payload))
        return false;
    for (size_t i = 0; i < count; i++) {
        const cJSON *item = cJSON_GetArrayItem(payload, (int)i);
        if (m->type == C_STRUCTS)
            read_object(((const xpay_object *const *)list)[i], item, m->points_to);
        else if (m->type == C_TEXTS &&
                 strcmp(((const char *const *)list)[i], item->valuestring) != 0)
            return false;
        else if (m->type == C_INT32S && !read_enum(object, field, ((const int32_t *)list)[i], item))
            return false;
    }
    return true;
}

static bool is_zero(const char *bytes, size_t size)
{
    while (size > 0 && bytes[size - 1] == 0)
        size--;
    return size == 0;
}

static void read_member(const xpay_object *object, const c_member *m, const cJSON *payload)
{
    const char *base = (const char *)object;
    const xpay_field *field = xpay_type_field_by_name(object->type, m->name);
    bool has = m->companion == NULL || !is_zero(base + m->companion_offset, m->companion_size);
    bool fine;
    if (payload == NULL) {
        fine = is_zero(base + m->offset, m->size) && (m->companion == NULL || !has);
    } else {
        bool list = cJSON_IsArray(payload) && m->type != C_JSON;
        met[number_of_type(object->type)][field - object->type->fields] = true;
        fine = list ? read_list(object, field, m, payload)
                    : has && read_single(object, field, m, base + m->offset, payload);
        values_read++;
    }
    if (!fine)
        complain("xpay_%s.%s: not what the answer says", xpay_type_name(object->type), m->name);
}

static const cJSON *payload_member(const xpay_type *type, const cJSON *payload, const char *member)
{
    if (is_bare_list(type))
        return payload;
    char name[96];
    for (const cJSON *child = payload->child; child != NULL; child = child->next) {
        snake_case(name, sizeof name, child->string);
        if (strcmp(name, member) == 0)
            return child;
    }
    return NULL;
}

void read_object(const xpay_object *object, const cJSON *payload, const char *expected)
{
    const xpay_type *type = object->type;
    if (strcmp(expected, "object") != 0 && strcmp(xpay_type_name(type), expected) != 0) {
        complain("xpay_%s stands where xpay_%s belongs", xpay_type_name(type), expected);
        return;
    }
    const c_struct *s = c_struct_of(xpay_type_name(type));
    for (size_t i = 0; s != NULL && i < s->count; i++)
        read_member(object, &s->members[i], payload_member(type, payload, s->members[i].name));
}

static void decode_and_read(const xpay_type *type, cJSON *payload)
{
    void *object = NULL;
    xpay_error error;
    char *text = cJSON_PrintUnformatted(payload);
    xpay_status status = xpay_decode(type, text, strlen(text), NULL, &object, &error);
    if (status != XPAY_OK) {
        complain("%s: %s", xpay_type_name(type), error.message);
    } else {
        read_object(object, payload, xpay_type_name(type));
        if (xpay_object_fault_count(object) > 0)
            complain("%s: %s is a fault", xpay_type_name(type), xpay_object_fault(object, 0)->path);
    }
    xpay_object_free(object);
    free(text);
    cJSON_Delete(payload);
}

/* How many turns it takes until every enumerated value of a type was there. */
static size_t turns_of(const xpay_type *type)
{
    size_t turns = 2;
    for (size_t i = 0; i < xpay_type_field_count(type); i++) {
        const xpay_field *field = xpay_type_field(type, i);
        if (field->values != NULL && field->values->count > turns)
            turns = field->values->count;
    }
    return turns;
}

/* Rows and enumerated values that no payload brought. */
static void find_unmet(const xpay_type *type)
{
    size_t number = number_of_type(type);
    for (size_t i = 0; i < xpay_type_field_count(type); i++) {
        const xpay_field *field = xpay_type_field(type, i);
        if (!met[number][i])
            complain("%s.%s: was never read", xpay_type_name(type), field->member);
        for (size_t v = 0; field->values != NULL && v < field->values->count; v++)
            if (!met_value[number][i][v])
                complain("%s.%s: never was %s", xpay_type_name(type), field->member,
                         field->values->names[v]);
    }
}

START_TEST(test_every_property_is_read_through_its_member)
{
    size_t answers = 0, types = 0;
    values_read = 0;
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        if (is_params(type) || xpay_type_field_count(type) == 0)
            continue;
        types++;
        for (size_t turn = 0; turn < turns_of(type); turn++) {
            size_t schema = 0;
            do {
                decode_and_read(type, payload_of(schema_of_type(type, schema), type, turn, 2));
                answers++;
            } while (schema_of_type(type, ++schema) != NULL);
        }
    }
    for (size_t t = 0; t < xpay_type_count(); t++)
        if (!is_params(xpay_type_at(t)))
            find_unmet(xpay_type_at(t));
    printf("read back: %zu values of %zu answers of %zu types\n", values_read, answers, types);
    NO_COMPLAINTS();
}
END_TEST

/* The whole graph at once, as deep as a real answer goes. */
START_TEST(test_deep_graph_is_read)
{
    static const char *const roots[] = {"checkout_session", "payment_intent", "event"};
    values_read = 0;
    for (size_t i = 0; i < LENGTH(roots); i++)
        for (size_t turn = 0; turn < 2; turn++) {
            const xpay_type *type = xpay_type_by_name(roots[i]);
            decode_and_read(type, payload_of_type(type, turn, 6));
        }
    printf("read back: %zu values of deep graphs\n", values_read);
    NO_COMPLAINTS();
}
END_TEST

TCase *read_back_case(void)
{
    TCase *tcase = tcase_create("read back");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, test_every_property_is_read_through_its_member);
    tcase_add_test(tcase, test_deep_graph_is_read);
    return tcase;
}
