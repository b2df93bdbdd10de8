/* Asking a compiled schema about a value: the first thing that is wrong is reported with its path
 * and with the kind of error that the API has a code for. */
#include "schema_tree.h"
#include "json.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct schema_exemption *exemptions;
static size_t exemption_count;

void schema_exempt(const struct schema_exemption *rows, size_t count)
{
    exemptions = rows;
    exemption_count = count;
}

/* Where the checker is: a chain on the stack, turned into text only when something is wrong. */
struct place {
    const struct place *up;
    const char *member; /* NULL: a list item */
    int index;
};

struct check {
    enum schema_side side;
    struct violation *out; /* NULL while a branch of anyOf is merely tried */
};

static void add_place(struct text *path, const struct place *place)
{
    if (!place || !place->up)
        return;
    add_place(path, place->up);
    if (!place->member)
        text_addf(path, "[%d]", place->index);
    else
        text_addf(path, "%s%s", path->length ? "." : "", place->member);
}

static bool __attribute__((format(printf, 4, 5)))
violated(struct check *check, const struct place *place, enum violation_kind kind,
         const char *format, ...)
{
    if (!check->out)
        return false;
    check->out->kind = kind;
    check->out->path.length = 0;
    add_place(&check->out->path, place);
    va_list values;
    va_start(values, format);
    vsnprintf(check->out->what, sizeof check->out->what, format, values);
    va_end(values);
    return false;
}

static bool accepts(struct check *, const struct schema *, const cJSON *, const struct place *);

static const char *type_name(unsigned type)
{
    static const char *const names[] = {"",          "an object", "a list",    "a text",
                                        "a boolean", "a number",  "an integer"};
    return names[type];
}

static bool is_of_type(unsigned type, const cJSON *value)
{
    switch (type) {
    case TYPE_OBJECT: return cJSON_IsObject(value);
    case TYPE_ARRAY: return cJSON_IsArray(value);
    case TYPE_STRING: return cJSON_IsString(value);
    case TYPE_BOOLEAN: return cJSON_IsBool(value);
    case TYPE_NUMBER: return cJSON_IsNumber(value) && isfinite(value->valuedouble);
    case TYPE_INTEGER:
        return cJSON_IsNumber(value) && isfinite(value->valuedouble) && json_is_whole(value);
    default: return true;
    }
}

static const struct schema_exemption *exemption_for(const struct check *check, const char *schema,
                                                    const char *member)
{
    for (size_t i = 0; check->side == SCHEMA_ANSWER && i < exemption_count; i++)
        if (same_text(exemptions[i].schema, schema) && same_text(exemptions[i].member, member))
            return &exemptions[i];
    return NULL;
}

static bool accepts_exempted(struct check *check, const struct schema_exemption *exemption,
                             const cJSON *value, const struct place *place)
{
    const struct schema *schema = schema_named(exemption->shaped_as);
    if (!exemption->listed)
        return cJSON_IsNull(value) || accepts(check, schema, value, place);
    for (const cJSON *item = value->child; item; item = item->next)
        if (!accepts(check, schema, item, place))
            return false;
    return cJSON_IsArray(value);
}

static bool accepts_member(struct check *check, const struct schema *schema, const cJSON *member,
                           const struct place *place)
{
    struct place here = {place, member->string, 0};
    for (const cJSON *earlier = member->prev; earlier->next; earlier = earlier->prev)
        if (strcmp(earlier->string, member->string) == 0)
            return violated(check, &here, VIOLATION_INVALID, "is given twice");
    for (size_t i = 0; i < schema->property_count; i++)
        if (schema->properties[i].schema && strcmp(schema->properties[i].name, member->string) == 0)
            return accepts(check, schema->properties[i].schema, member, &here);
    const struct schema_exemption *exemption = exemption_for(check, schema->name, member->string);
    if (exemption && exemption->shaped_as)
        return accepts_exempted(check, exemption, member, &here);
    if (schema->closed)
        return violated(check, &here, VIOLATION_UNKNOWN, "is not a known field");
    return !schema->extra || accepts(check, schema->extra, member, &here);
}

static bool accepts_object(struct check *check, const struct schema *schema, const cJSON *value,
                           const struct place *place)
{
    for (const cJSON *member = value->child; member; member = member->next)
        if (!accepts_member(check, schema, member, place))
            return false;
    for (size_t i = 0; i < schema->property_count; i++) {
        const struct property *property = &schema->properties[i];
        if (!property->required || json_member_or_null(value, property->name))
            continue;
        const struct schema_exemption *exemption =
            exemption_for(check, schema->name, property->name);
        if (exemption && !exemption->shaped_as)
            continue;
        struct place here = {place, property->name, 0};
        return violated(check, &here, VIOLATION_MISSING, "is required");
    }
    return true;
}

static bool within(struct check *check, const struct schema *schema, size_t length,
                   const char *unit, const struct place *place)
{
    if (schema->shortest.set && (double)length < schema->shortest.value)
        return violated(check, place, VIOLATION_INVALID, "has fewer than %.0f %s",
                        schema->shortest.value, unit);
    if (schema->longest.set && (double)length > schema->longest.value)
        return violated(check, place, VIOLATION_INVALID, "has more than %.0f %s",
                        schema->longest.value, unit);
    return true;
}

static bool accepts_list(struct check *check, const struct schema *schema, const cJSON *value,
                         const struct place *place)
{
    int index = 0;
    for (const cJSON *item = value->child; item; item = item->next, index++) {
        struct place here = {place, NULL, index};
        if (schema->items && !accepts(check, schema->items, item, &here))
            return false;
    }
    return within(check, schema, (size_t)index, "items", place);
}

static bool accepts_string(struct check *check, const struct schema *schema, const cJSON *value,
                           const struct place *place)
{
    if (!within(check, schema, text_characters(value->valuestring), "characters", place))
        return false;
    if (schema->format && !schema->format(value->valuestring))
        return violated(check, place, VIOLATION_INVALID, "is not a valid %s", schema->format_name);
    if (schema->pattern && regexec(schema->pattern, value->valuestring, 0, NULL, 0) != 0)
        return violated(check, place, VIOLATION_INVALID, "does not match the pattern");
    return true;
}

static bool accepts_number(struct check *check, const struct schema *schema, const cJSON *value,
                           const struct place *place)
{
    if (schema->minimum.set && value->valuedouble < schema->minimum.value)
        return violated(check, place, VIOLATION_OUT_OF_RANGE, "must be at least %.0f",
                        schema->minimum.value);
    if (schema->maximum.set && value->valuedouble > schema->maximum.value)
        return violated(check, place, VIOLATION_OUT_OF_RANGE, "must be at most %.0f",
                        schema->maximum.value);
    return true;
}

static bool is_choice(const cJSON *choices, const cJSON *value)
{
    for (const cJSON *choice = choices->child; choice; choice = choice->next)
        if (cJSON_Compare(choice, value, true))
            return true;
    return false;
}

/* A branch that only lets null through says nothing useful about another value. */
static bool is_null_branch(const struct schema *branch)
{
    return branch->choices && cJSON_GetArraySize(branch->choices) == 1 &&
           cJSON_IsNull(branch->choices->child);
}

static bool accepts_any(struct check *check, const struct schema *schema, const cJSON *value,
                        const struct place *place)
{
    struct check quiet = {check->side, NULL};
    const struct schema *telling = NULL;
    for (size_t i = 0; i < schema->any.count; i++) {
        const struct schema *branch = schema_resolved(schema->any.items[i]);
        if (accepts(&quiet, schema->any.items[i], value, place))
            return true;
        if (!is_null_branch(branch) && (!telling || is_of_type(branch->type, value)))
            telling = schema->any.items[i];
    }
    return telling ? accepts(check, telling, value, place)
                   : violated(check, place, VIOLATION_INVALID, "must be null");
}

static bool accepts(struct check *check, const struct schema *schema, const cJSON *value,
                    const struct place *place)
{
    if (schema->target)
        return accepts(check, schema->target, value, place);
    if (cJSON_IsNull(value) && schema->nullable)
        return true;
    if (schema->type && !is_of_type(schema->type, value))
        return violated(check, place, VIOLATION_INVALID, "must be %s", type_name(schema->type));
    if (schema->choices && !is_choice(schema->choices, value))
        return violated(check, place, VIOLATION_INVALID, "is not one of the accepted values");
    for (size_t i = 0; i < schema->all.count; i++)
        if (!accepts(check, schema->all.items[i], value, place))
            return false;
    if (schema->any.count && !accepts_any(check, schema, value, place))
        return false;
    if (cJSON_IsObject(value))
        return accepts_object(check, schema, value, place);
    if (cJSON_IsArray(value))
        return accepts_list(check, schema, value, place);
    if (cJSON_IsString(value))
        return accepts_string(check, schema, value, place);
    if (cJSON_IsNumber(value))
        return accepts_number(check, schema, value, place);
    return true;
}

bool schema_accepts(const struct schema *schema, const cJSON *value, enum schema_side side,
                    struct violation *out)
{
    struct check check = {side, out};
    struct place root = {NULL, NULL, 0};
    return accepts(&check, schema, value, &root);
}

/* Whether the schema takes that type, itself or in one of its branches. */
static bool takes(const struct schema *schema, unsigned type)
{
    schema = schema_resolved(schema);
    if (schema->type == type || (type == TYPE_NUMBER && schema->type == TYPE_INTEGER))
        return true;
    for (size_t i = 0; i < schema->any.count; i++)
        if (takes(schema->any.items[i], type))
            return true;
    return false;
}

bool schema_accepts_text(const struct schema *schema, const char *text, struct violation *out)
{
    cJSON *value = NULL;
    if (takes(schema, TYPE_NUMBER)) {
        value = json_read(text, strlen(text), NULL);
        if (!cJSON_IsNumber(value)) {
            cJSON_Delete(value);
            out->kind = VIOLATION_INVALID;
            snprintf(out->what, sizeof out->what, "must be a number");
            return false;
        }
    } else if (takes(schema, TYPE_BOOLEAN) && (!strcmp(text, "true") || !strcmp(text, "false"))) {
        value = cJSON_CreateBool(*text == 't');
    } else {
        value = cJSON_CreateString(text);
    }
    bool accepted = schema_accepts(schema, value, SCHEMA_REQUEST, out);
    cJSON_Delete(value);
    return accepted;
}

void schema_fill_defaults(const struct schema *schema, cJSON *value)
{
    if (schema->target)
        schema = schema->target;
    for (size_t i = 0; i < schema->all.count; i++)
        schema_fill_defaults(schema->all.items[i], value);
    for (size_t i = 0; i < schema->any.count && !cJSON_IsNull(value); i++)
        if (!is_null_branch(schema->any.items[i]))
            schema_fill_defaults(schema->any.items[i], value);
    for (cJSON *item = cJSON_IsArray(value) && schema->items ? value->child : NULL; item;
         item = item->next)
        schema_fill_defaults(schema->items, item);
    for (size_t i = 0; cJSON_IsObject(value) && i < schema->property_count; i++) {
        const struct property *property = &schema->properties[i];
        if (!property->schema)
            continue;
        if (property->schema->fallback && !json_member(value, property->name))
            json_put(value, property->name, cJSON_Duplicate(property->schema->fallback, true));
        else if (json_member(value, property->name))
            schema_fill_defaults(property->schema,
                                 cJSON_GetObjectItemCaseSensitive(value, property->name));
    }
}
