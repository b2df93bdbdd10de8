/* Whether a request says what its struct does: the struct is read through its C members, not by the encoder's table. */
#include "params.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "json/encode.h"

static const void *slot(const void *params, size_t offset)
{
    return (const char *)params + offset;
}

/* Whether a member is sent with a value; one that an older struct ends before is not. */
static bool is_set(const void *params, const xpay_type *type, const c_member *m)
{
    const void *at = slot(params, m->offset);
    size_t size = size_of_params(params);
    if (m->offset + m->size > size || (m->companion != NULL && m->companion_offset >= size))
        return false;
    switch (m->type) {
    case C_INT32: return *(const int32_t *)at != 0;
    case C_INT64:
    case C_BOOL:
        if (m->companion != NULL)
            return *(const bool *)slot(params, m->companion_offset);
        return (row_of(type, m->name)->flags & XPAY_FIELD_REQUIRED) != 0;
    default: return *(const void *const *)at != NULL;
    }
}

static bool is_cleared(const void *params, const xpay_field *field)
{
    uint64_t clear = *(const uint64_t *)slot(params, sizeof(size_t));
    return field->clear_bit != XPAY_NO_OFFSET && (clear >> field->clear_bit & 1) != 0;
}

static bool number_matches(int64_t value, const cJSON *json)
{
    return cJSON_IsNumber(json) && (int64_t)json->valuedouble == value;
}

static bool text_matches(const char *text, const cJSON *json)
{
    return cJSON_IsString(json) && text != NULL && strcmp(json->valuestring, text) == 0;
}

/* A moment in ISO 8601, UTC, with milliseconds. */
static bool time_matches(int64_t milliseconds, const cJSON *json)
{
    time_t seconds = (time_t)(milliseconds / 1000);
    struct tm parts;
    char text[64], tail[16];
    if (!cJSON_IsString(json) || milliseconds < 0 || gmtime_r(&seconds, &parts) == NULL)
        return false;
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(tail, sizeof tail, ".%03dZ", (int)(milliseconds % 1000));
    return text_matches(strcat(text, tail), json);
}

static bool json_matches(const char *text, const cJSON *json)
{
    cJSON *expected = cJSON_Parse(text);
    bool fine = cJSON_Compare(expected, json, true);
    cJSON_Delete(expected);
    return fine;
}

static bool pairs_match(const xpay_text_pair *pairs, size_t count, const cJSON *json)
{
    if (!cJSON_IsObject(json) || (size_t)cJSON_GetArraySize(json) != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!text_matches(pairs[i].value, cJSON_GetObjectItemCaseSensitive(json, pairs[i].name)))
            return false;
    return true;
}

static bool list_matches(const void *elements, size_t count, const xpay_field *field,
                         const cJSON *json)
{
    if (!cJSON_IsArray(json) || (size_t)cJSON_GetArraySize(json) != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        const cJSON *item = cJSON_GetArrayItem(json, (int)i);
        if (field->kind == XPAY_KIND_TEXT) {
            if (!text_matches(((const char *const *)elements)[i], item))
                return false;
        } else if (field->kind == XPAY_KIND_ENUM) {
            if (!text_matches(xpay_enum_name(field->values, ((const int32_t *)elements)[i]), item))
                return false;
        } else if (!params_match_json(slot(elements, i * size_of_params(elements)), field->type,
                                      item)) {
            return false;
        }
    }
    return true;
}

static bool value_matches(const void *params, const xpay_field *field, const c_member *m,
                          const cJSON *json)
{
    const void *at = slot(params, m->offset);
    const void *pointer = m->size == sizeof(void *) ? *(const void *const *)at : NULL;
    size_t count = m->companion_type == C_SIZE && m->companion != NULL
                       ? *(const size_t *)slot(params, m->companion_offset)
                       : 0;
    switch (m->type) {
    case C_TEXT:
        return field->kind == XPAY_KIND_JSON ? json_matches(pointer, json)
                                             : text_matches(pointer, json);
    case C_INT64:
        return field->kind == XPAY_KIND_TIME ? time_matches(*(const int64_t *)at, json)
                                             : number_matches(*(const int64_t *)at, json);
    case C_TEXTS: return list_matches(pointer, count, field, json);
    case C_INT32: return text_matches(xpay_enum_name(field->values, *(const int32_t *)at), json);
    case C_BOOL: return cJSON_IsBool(json) && (bool)cJSON_IsTrue(json) == *(const bool *)at;
    case C_PAIRS: return pairs_match(pointer, count, json);
    case C_INT32S: return list_matches(pointer, count, field, json);
    case C_STRUCT:
        return m->companion == NULL ? params_match_json(pointer, field->type, json)
                                    : list_matches(pointer, count, field, json);
    default: return false;
    }
}

bool params_match_json(const void *params, const xpay_type *type, const cJSON *json)
{
    const c_struct *s = c_struct_of(xpay_type_name(type));
    size_t sent = 0;
    for (size_t i = 0; i < s->count; i++) {
        const c_member *m = &s->members[i];
        const xpay_field *field = row_of(type, m->name);
        const cJSON *member = cJSON_GetObjectItemCaseSensitive(json, field->name);
        if (is_set(params, type, m)) {
            sent++;
            if (!value_matches(params, field, m, member))
                return false;
        } else if (is_cleared(params, field)) {
            sent++;
            if (!cJSON_IsNull(member))
                return false;
        }
    }
    return cJSON_IsObject(json) && (size_t)cJSON_GetArraySize(json) == sent;
}

/* A filter such as "bt:10,100" as the JSON object that would say the same. */
static cJSON *json_of_filter(const xpay_type *type, char *text)
{
    static const struct {
        const char *type, *comparison;
        const char *operands[2];
    } forms[] = {
        {"amount_filter_params", "eq", {"amount"}},
        {"amount_filter_params", "gt", {"amount"}},
        {"amount_filter_params", "lt", {"amount"}},
        {"amount_filter_params", "bt", {"amount", "upper"}},
        {"date_filter_params", "eq", {"day"}},
        {"date_filter_params", "after", {"day"}},
        {"date_filter_params", "before", {"day"}},
        {"date_filter_params", "bt", {"day", "lastDay"}},
        {"date_filter_params", "last", {"count", "unit"}},
    };
    char *operands = strchr(text, ':');
    if (operands == NULL)
        return cJSON_CreateNull();
    *operands++ = '\0';
    cJSON *object = cJSON_CreateObject();
    cJSON_AddStringToObject(object, "comparison", text);
    for (size_t i = 0; i < LENGTH(forms); i++) {
        if (strcmp(forms[i].type, xpay_type_name(type)) != 0 ||
            strcmp(forms[i].comparison, text) != 0)
            continue;
        for (size_t k = 0; k < 2 && forms[i].operands[k] != NULL && operands != NULL; k++) {
            const char *name = forms[i].operands[k];
            char *comma = strchr(operands, ',');
            if (comma != NULL)
                *comma++ = '\0';
            if (strcmp(name, "amount") == 0 || strcmp(name, "upper") == 0 ||
                strcmp(name, "count") == 0)
                cJSON_AddNumberToObject(object, name, strtod(operands, NULL));
            else
                cJSON_AddStringToObject(object, name, operands);
            operands = comma;
        }
    }
    return object;
}

static cJSON *json_of_value(const xpay_field *field, char *text)
{
    switch (field == NULL ? XPAY_KIND_TEXT : field->kind) {
    case XPAY_KIND_INTEGER: return cJSON_CreateNumber(strtod(text, NULL));
    case XPAY_KIND_OBJECT: return json_of_filter(field->type, text);
    case XPAY_KIND_BOOLEAN:
    case XPAY_KIND_JSON:
    case XPAY_KIND_TEXT_MAP: return cJSON_Parse(text);
    default: return cJSON_CreateString(text);
    }
}

/* A query as the JSON object that would say the same. */
static cJSON *json_of_query(const xpay_type *type, char *query)
{
    cJSON *object = cJSON_CreateObject();
    for (char *pair = strtok(query, "&"); pair != NULL; pair = strtok(NULL, "&")) {
        char *value = strchr(pair, '='), *out = value + 1;
        *value = '\0';
        for (const char *c = value + 1; *c != '\0'; c++) {
            char hex[3] = "";
            if (*c == '%' && isxdigit((unsigned char)c[1]) && isxdigit((unsigned char)c[2])) {
                memcpy(hex, c + 1, 2);
                *out++ = (char)strtol(hex, NULL, 16);
                c += 2;
            } else if (isalnum((unsigned char)*c) || strchr("-._~", *c) != NULL) {
                *out++ = *c;
            } else {
                complain("%s: the query has a bare '%c'", xpay_type_name(type), *c);
            }
        }
        *out = '\0';
        const xpay_field *field = xpay_type_field_by_name(type, pair);
        cJSON_AddItemToObject(object, pair, json_of_value(field, value + 1));
    }
    return object;
}

static xpay_status encode(const void *params, const xpay_type *type, xpay_buffer *text,
                          xpay_error *error)
{
    return is_query(type) ? xpay_encode_query(type, params, text, error)
                          : xpay_encode_json(type, params, text, error);
}

static size_t tried;

size_t requests_tried(void)
{
    return tried;
}

void expect_sent(const void *params, const xpay_type *type, const char *what)
{
    xpay_buffer text = XPAY_BUFFER_INIT;
    xpay_error error;
    xpay_status status = encode(params, type, &text, &error);
    tried++;
    if (status != XPAY_OK) {
        complain("%s, %s: %s", xpay_type_name(type), what, error.message);
    } else {
        char *query = is_query(type)
                          ? strcpy(take(text.length + 1), text.length > 0 ? text.bytes : "")
                          : NULL;
        cJSON *json = query != NULL ? json_of_query(type, query) : cJSON_Parse(text.bytes);
        if (!params_match_json(params, type, json))
            complain("%s, %s: sent as %s", xpay_type_name(type), what, text.bytes);
        cJSON_Delete(json);
    }
    xpay_buffer_free(&text);
}

void expect_refused(const void *params, const xpay_type *type, const char *what, xpay_status status,
                    const char *param)
{
    xpay_buffer text = XPAY_BUFFER_INIT;
    xpay_error error = {0};
    xpay_status found = encode(params, type, &text, &error);
    tried++;
    if (found != status)
        complain("%s, %s: %s, not %s at %s", xpay_type_name(type), what, xpay_status_name(found),
                 xpay_status_name(status), param);
    else if ((param != NULL && strcmp(error.param, param) != 0) || error.status != status ||
             error.message[0] == '\0')
        complain("%s, %s: refused at \"%s\", not at %s", xpay_type_name(type), what, error.param,
                 param);
    xpay_buffer_free(&text);
}

xpay_status request_status(const void *params, const xpay_type *type)
{
    xpay_buffer text = XPAY_BUFFER_INIT;
    xpay_status status = encode(params, type, &text, NULL);
    xpay_buffer_free(&text);
    return status;
}
