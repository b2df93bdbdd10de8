/* What parameters say, read through the description, whether or not the library would send it. */
#include "proof.h"

#include <stdlib.h>
#include <string.h>

static const void *at(const void *params, uint32_t offset)
{
    return (const char *)params + offset;
}

state state_of(const void *params, const xpay_type *type, const xpay_field *field)
{
    const void *slot = at(params, field->offset);
    uint64_t clear = *(const uint64_t *)at(params, type->clear_offset);
    bool list = (field->flags & XPAY_FIELD_ARRAY) != 0, set, empty = false;
    if (list) {
        set = *(const void *const *)slot != NULL;
        empty = set && *(const size_t *)at(params, field->presence) == 0;
    } else if (field->kind == XPAY_KIND_ENUM) {
        set = *(const int32_t *)slot != 0;
    } else if (field->kind == XPAY_KIND_OBJECT) {
        set = *(const void *const *)slot != NULL;
    } else if (field->kind == XPAY_KIND_TEXT || field->kind == XPAY_KIND_JSON) {
        const char *text = *(const char *const *)slot;
        set = text != NULL;
        empty = set && (*text == '\0' || strcmp(text, "{}") == 0 || strcmp(text, "[]") == 0);
    } else {
        set = field->presence == XPAY_NO_OFFSET || *(const bool *)at(params, field->presence);
    }
    if (set)
        return empty ? STATE_EMPTY : STATE_VALUE;
    bool null = field->clear_bit != XPAY_NO_OFFSET && (clear >> field->clear_bit & 1) != 0;
    return null ? STATE_NULL : STATE_UNTOUCHED;
}

/* A day from its number since 1970-01-01, year by year: slow and plain. */
static void day_of(int64_t day, int *year, int *month, int *date)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (*year = 1970; day < 0;
         day += 365 + ((*year % 4 == 0 && *year % 100 != 0) || *year % 400 == 0))
        --*year;
    for (;; ++*year) {
        bool leap = (*year % 4 == 0 && *year % 100 != 0) || *year % 400 == 0;
        if (day < 365 + leap)
            break;
        day -= 365 + leap;
    }
    bool leap = (*year % 4 == 0 && *year % 100 != 0) || *year % 400 == 0;
    for (*month = 0; day >= lengths[*month] + (*month == 1 && leap); ++*month)
        day -= lengths[*month] + (*month == 1 && leap);
    ++*month;
    *date = (int)day + 1;
}

static cJSON *plain_time(int64_t milliseconds)
{
    int year, month, date;
    char text[64];
    int64_t days = milliseconds / 86400000, rest = milliseconds % 86400000;
    if (rest < 0) {
        rest += 86400000;
        days--;
    }
    day_of(days, &year, &month, &date);
    snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", year, month, date,
             (int)(rest / 3600000), (int)(rest / 60000 % 60), (int)(rest / 1000 % 60),
             (int)(rest % 1000));
    return cJSON_CreateString(text);
}

static cJSON *plain_number(int64_t number)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%lld", (long long)number);
    return cJSON_CreateRaw(digits);
}

static cJSON *plain_value(const xpay_field *field, const void *slot)
{
    switch (field->kind) {
    case XPAY_KIND_TEXT: return cJSON_CreateString(*(const char *const *)slot);
    case XPAY_KIND_JSON:
        return tree_of(*(const char *const *)slot, strlen(*(const char *const *)slot));
    case XPAY_KIND_ENUM:
        return cJSON_CreateString(field->values->names[*(const int32_t *)slot - 1]);
    case XPAY_KIND_BOOLEAN: return cJSON_CreateBool(*(const bool *)slot);
    case XPAY_KIND_TIME: return plain_time(*(const int64_t *)slot);
    default: return plain_number(*(const int64_t *)slot);
    }
}

static cJSON *plain_list(const xpay_field *field, const void *params)
{
    const char *elements = *(const char *const *)at(params, field->offset);
    size_t count = *(const size_t *)at(params, field->presence);
    if (field->kind == XPAY_KIND_TEXT_MAP) {
        const xpay_text_pair *pairs = (const xpay_text_pair *)(const void *)elements;
        cJSON *map = cJSON_CreateObject();
        for (size_t i = 0; i < count; i++)
            cJSON_AddStringToObject(map, pairs[i].name, pairs[i].value);
        return map;
    }
    cJSON *list = cJSON_CreateArray();
    for (size_t i = 0; i < count; i++) {
        if (field->kind == XPAY_KIND_OBJECT)
            cJSON_AddItemToArray(
                list, plain_json(elements + i * xpay_type_size(field->type), field->type));
        else if (field->kind == XPAY_KIND_ENUM)
            cJSON_AddItemToArray(list, plain_value(field, elements + i * sizeof(int32_t)));
        else
            cJSON_AddItemToArray(list, plain_value(field, elements + i * sizeof(char *)));
    }
    return list;
}

cJSON *plain_json(const void *params, const xpay_type *type)
{
    cJSON *object = cJSON_CreateObject();
    for (size_t i = 0; i < xpay_type_field_count(type); i++) {
        const xpay_field *field = xpay_type_field(type, i);
        state s = state_of(params, type, field);
        const void *slot = at(params, field->offset);
        cJSON *value;
        if (s == STATE_UNTOUCHED)
            continue;
        if (s == STATE_NULL)
            value = cJSON_CreateNull();
        else if (field->flags & XPAY_FIELD_ARRAY)
            value = plain_list(field, params);
        else if (field->kind == XPAY_KIND_OBJECT)
            value = plain_json(*(const void *const *)slot, field->type);
        else
            value = plain_value(field, slot);
        cJSON_AddItemToObject(object, field->name, value);
    }
    return object;
}

/* A scalar's text, without the quotes of JSON. */
static void add_text(char *text, size_t size, const cJSON *value)
{
    size_t length = strlen(text);
    const char *word = cJSON_IsTrue(value)    ? "true"
                       : cJSON_IsFalse(value) ? "false"
                                              : value->valuestring;
    snprintf(text + length, size - length, "%s", word);
}

/* "bt:10,100": how, and with what. */
static void add_filter(char *text, size_t size, const cJSON *filter)
{
    size_t number = 0;
    for (const cJSON *child = filter->child; child != NULL; child = child->next, number++) {
        size_t length = strlen(text);
        snprintf(text + length, size - length, "%s", number == 0 ? "" : number == 1 ? ":" : ",");
        add_text(text, size, child);
    }
}

cJSON *plain_query(const void *params, const xpay_type *type)
{
    cJSON *query = cJSON_CreateObject();
    for (size_t i = 0; i < xpay_type_field_count(type); i++) {
        const xpay_field *field = xpay_type_field(type, i);
        const void *slot = at(params, field->offset);
        char text[2048] = "";
        if (state_of(params, type, field) == STATE_UNTOUCHED)
            continue;
        if (field->kind == XPAY_KIND_JSON) {
            snprintf(text, sizeof text, "%s", *(const char *const *)slot);
        } else {
            cJSON *value = field->kind == XPAY_KIND_OBJECT
                               ? plain_json(*(const void *const *)slot, field->type)
                           : field->flags & XPAY_FIELD_ARRAY ? plain_list(field, params)
                                                             : plain_value(field, slot);
            char *json = cJSON_PrintUnformatted(value);
            if (field->kind == XPAY_KIND_OBJECT)
                add_filter(text, sizeof text, value);
            else if (field->flags & XPAY_FIELD_ARRAY)
                snprintf(text, sizeof text, "%s", json);
            else
                add_text(text, sizeof text, value);
            free(json);
            cJSON_Delete(value);
        }
        cJSON_AddStringToObject(query, field->name, text);
    }
    return query;
}

/* Which states of which fields have been met. */
enum { MAX_TYPES = 512, MAX_FIELDS = 64 };
static bool met[MAX_TYPES][MAX_FIELDS][STATES];

static size_t number_of(const xpay_type *type)
{
    size_t i = 0;
    while (xpay_type_at(i) != type)
        i++;
    return i;
}

void states_forget(void)
{
    memset(met, 0, sizeof met);
}

size_t states_meet(const void *params, const xpay_type *type)
{
    size_t fresh = 0, number = number_of(type);
    for (size_t i = 0; i < xpay_type_field_count(type); i++) {
        const xpay_field *field = xpay_type_field(type, i);
        state s = state_of(params, type, field);
        fresh += !met[number][i][s];
        met[number][i][s] = true;
        if (field->kind != XPAY_KIND_OBJECT || s == STATE_UNTOUCHED || s == STATE_NULL)
            continue;
        const char *below = *(const char *const *)at(params, field->offset);
        bool list = (field->flags & XPAY_FIELD_ARRAY) != 0;
        size_t count = list ? *(const size_t *)at(params, field->presence) : 1;
        for (size_t k = 0; k < count; k++)
            fresh += states_meet(below + k * xpay_type_size(field->type), field->type);
    }
    return fresh;
}

/* Whether a type above wants a member wherever it can be. */
static bool is_wanted(const xpay_type *type, const char *member)
{
    for (size_t i = 0; i < type->rule_count; i++) {
        const char *path = type->rules[i].a.member, *dot = strrchr(path, '.');
        if (type->rules[i].kind == XPAY_RULE_EACH && dot != NULL && strcmp(dot + 1, member) == 0)
            return true;
    }
    return false;
}

/* An empty text, list or map. */
static bool may_be_empty(const xpay_field *field)
{
    bool list = (field->flags & XPAY_FIELD_ARRAY) != 0;
    return field->minimum == 0 &&
           (list || (field->kind == XPAY_KIND_TEXT && field->format == XPAY_FORMAT_NONE));
}

/* The fields of a type and of all below it: each must have been in each of its states. */
static void find_unmet(const xpay_type *root, const xpay_type *above, const xpay_type *type,
                       bool query, size_t depth)
{
    static const char *const words[] = {"left alone", "set", "null", "empty"};
    for (size_t i = 0; i < xpay_type_field_count(type) && depth < 8; i++) {
        const xpay_field *field = xpay_type_field(type, i);
        bool required = (field->flags & XPAY_FIELD_REQUIRED) != 0;
        bool wanted =
            depth > 0 && (is_wanted(root, field->member) || is_wanted(above, field->member));
        bool nullable = !query && !wanted && field->clear_bit != XPAY_NO_OFFSET;
        const bool possible[STATES] = {!required && !wanted, true, nullable, may_be_empty(field)};
        for (state s = STATE_UNTOUCHED; s <= STATE_EMPTY; s++)
            if (possible[s] && !met[number_of(type)][i][s])
                complain("%s.%s: never was %s", xpay_type_name(type), field->member, words[s]);
        if (field->kind == XPAY_KIND_OBJECT)
            find_unmet(root, type, field->type, query, depth + 1);
    }
}

void states_find_unmet(const xpay_type *type, bool query)
{
    find_unmet(type, type, type, query, 0);
}
