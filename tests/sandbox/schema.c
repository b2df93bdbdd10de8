/* Compiling schemas: one handler per keyword, in a table; a keyword without a row is refused. */
#include "schema_tree.h"
#include "formats.h"
#include "json.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct schema *all_schemas;

struct compiling {
    struct schema *schema;
    const char *name;
    struct text *problem;
};

typedef bool (*keyword_reader)(struct compiling *, const cJSON *value);

static struct schema *compile(const cJSON *node, const char *name, struct text *problem);

static bool complain(struct compiling *at, const char *keyword)
{
    text_addf(at->problem, "%s: unexpected value of \"%s\"", at->name, keyword);
    return false;
}

static bool read_type(struct compiling *at, const cJSON *value)
{
    static const struct {
        const char *name;
        unsigned type;
    } types[] = {
        {"object", TYPE_OBJECT},   {"array", TYPE_ARRAY},   {"string", TYPE_STRING},
        {"boolean", TYPE_BOOLEAN}, {"number", TYPE_NUMBER}, {"integer", TYPE_INTEGER},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (cJSON_IsString(value) && same_text(types[i].name, value->valuestring))
            at->schema->type = types[i].type;
    return at->schema->type ? true : complain(at, "type");
}

static bool read_nullable(struct compiling *at, const cJSON *value)
{
    at->schema->nullable = cJSON_IsTrue(value);
    return cJSON_IsBool(value) ? true : complain(at, "nullable");
}

static bool read_ref(struct compiling *at, const cJSON *value)
{
    static const char prefix[] = "#/components/schemas/";
    if (!cJSON_IsString(value) || strncmp(value->valuestring, prefix, sizeof prefix - 1))
        return complain(at, "$ref");
    at->schema->target_name = value->valuestring + sizeof prefix - 1;
    return true;
}

static bool read_list(struct compiling *at, const cJSON *value, struct schema_list *out)
{
    if (!cJSON_IsArray(value) || !value->child)
        return complain(at, "allOf or anyOf");
    out->items = must_alloc_zero((size_t)cJSON_GetArraySize(value) * sizeof(struct schema *));
    for (const cJSON *item = value->child; item; item = item->next) {
        struct schema *schema = compile(item, at->name, at->problem);
        if (!schema)
            return false;
        out->items[out->count++] = schema;
    }
    return true;
}

static bool read_all_of(struct compiling *at, const cJSON *value)
{
    return read_list(at, value, &at->schema->all);
}

static bool read_any_of(struct compiling *at, const cJSON *value)
{
    return read_list(at, value, &at->schema->any);
}

static struct property *property_of(struct schema *schema, const char *name)
{
    for (size_t i = 0; i < schema->property_count; i++)
        if (same_text(schema->properties[i].name, name))
            return &schema->properties[i];
    size_t size = (schema->property_count + 1) * sizeof(struct property);
    schema->properties = must_grow(schema->properties, size);
    struct property *property = &schema->properties[schema->property_count++];
    *property = (struct property){.name = name};
    return property;
}

static bool read_properties(struct compiling *at, const cJSON *value)
{
    if (!cJSON_IsObject(value))
        return complain(at, "properties");
    for (const cJSON *member = value->child; member; member = member->next) {
        struct schema *schema = compile(member, at->name, at->problem);
        if (!schema)
            return false;
        property_of(at->schema, member->string)->schema = schema;
    }
    return true;
}

static bool read_required(struct compiling *at, const cJSON *value)
{
    for (const cJSON *name = cJSON_IsArray(value) ? value->child : NULL; name; name = name->next) {
        if (!cJSON_IsString(name))
            return complain(at, "required");
        property_of(at->schema, name->valuestring)->required = true;
    }
    return cJSON_IsArray(value) ? true : complain(at, "required");
}

static bool read_additional(struct compiling *at, const cJSON *value)
{
    at->schema->closed = cJSON_IsFalse(value);
    if (cJSON_IsBool(value))
        return true;
    at->schema->extra = compile(value, at->name, at->problem);
    return at->schema->extra != NULL;
}

static bool read_items(struct compiling *at, const cJSON *value)
{
    at->schema->items = compile(value, at->name, at->problem);
    return at->schema->items != NULL;
}

static bool read_enum(struct compiling *at, const cJSON *value)
{
    at->schema->choices = value;
    return cJSON_IsArray(value) ? true : complain(at, "enum");
}

static bool read_default(struct compiling *at, const cJSON *value)
{
    at->schema->fallback = value;
    return true;
}

static bool read_format(struct compiling *at, const cJSON *value)
{
    at->schema->format_name = cJSON_IsString(value) ? value->valuestring : "";
    at->schema->format = format_find(at->schema->format_name);
    if (!at->schema->format)
        text_addf(at->problem, "%s: format \"%s\" is not implemented", at->name,
                  at->schema->format_name);
    return at->schema->format != NULL;
}

static bool read_pattern(struct compiling *at, const cJSON *value)
{
    if (!cJSON_IsString(value))
        return complain(at, "pattern");
    regex_t *pattern = must_alloc_zero(sizeof *pattern);
    if (!pattern_compile(pattern, value->valuestring, at->problem)) {
        free(pattern);
        return false;
    }
    at->schema->pattern = pattern;
    return true;
}

static bool read_bound(struct compiling *at, const cJSON *value, struct bound *out)
{
    if (!cJSON_IsNumber(value))
        return complain(at, "a bound");
    *out = (struct bound){.set = true, .value = value->valuedouble};
    return true;
}

static bool read_minimum(struct compiling *at, const cJSON *value)
{
    return read_bound(at, value, &at->schema->minimum);
}

static bool read_maximum(struct compiling *at, const cJSON *value)
{
    return read_bound(at, value, &at->schema->maximum);
}

static bool read_least(struct compiling *at, const cJSON *value)
{
    return read_bound(at, value, &at->schema->shortest);
}

static bool read_most(struct compiling *at, const cJSON *value)
{
    return read_bound(at, value, &at->schema->longest);
}

static bool read_note(struct compiling *at, const cJSON *value)
{
    (void)at;
    (void)value;
    return true;
}

static const struct {
    const char *keyword;
    keyword_reader read;
} keywords[] = {
    {"type", read_type},         {"nullable", read_nullable},
    {"$ref", read_ref},          {"allOf", read_all_of},
    {"anyOf", read_any_of},      {"properties", read_properties},
    {"required", read_required}, {"additionalProperties", read_additional},
    {"items", read_items},       {"enum", read_enum},
    {"default", read_default},   {"format", read_format},
    {"pattern", read_pattern},   {"minimum", read_minimum},
    {"maximum", read_maximum},   {"minLength", read_least},
    {"maxLength", read_most},    {"minItems", read_least},
    {"maxItems", read_most},     {"example", read_note},
    {"description", read_note},  {"x-note", read_note},
};

static struct schema *compile(const cJSON *node, const char *name, struct text *problem)
{
    if (!cJSON_IsObject(node)) {
        text_addf(problem, "%s: a schema must be an object", name);
        return NULL;
    }
    struct schema *schema = must_alloc_zero(sizeof *schema);
    schema->next = all_schemas;
    all_schemas = schema;
    struct compiling at = {schema, name, problem};
    for (const cJSON *member = node->child; member; member = member->next) {
        keyword_reader read = NULL;
        for (size_t i = 0; i < sizeof keywords / sizeof keywords[0]; i++)
            if (same_text(keywords[i].keyword, member->string))
                read = keywords[i].read;
        if (!read) {
            text_addf(problem, "%s: schema keyword \"%s\" is not implemented", name,
                      member->string);
            return NULL;
        }
        if (!read(&at, member))
            return NULL;
    }
    return schema;
}

struct schema *schema_compile(const cJSON *node, const char *name, struct text *problem)
{
    struct schema *schema = compile(node, name, problem);
    if (schema)
        schema->name = name;
    return schema;
}

const struct schema *schema_named(const char *name)
{
    for (const struct schema *schema = all_schemas; schema; schema = schema->next)
        if (same_text(schema->name, name))
            return schema;
    return NULL;
}

bool schema_link(struct text *problem)
{
    for (struct schema *schema = all_schemas; schema; schema = schema->next) {
        if (!schema->target_name)
            continue;
        schema->target = schema_named(schema->target_name);
        if (!schema->target) {
            text_addf(problem, "$ref to \"%s\", which is not there", schema->target_name);
            return false;
        }
    }
    return true;
}

void schema_free_all(void)
{
    while (all_schemas) {
        struct schema *schema = all_schemas;
        all_schemas = schema->next;
        if (schema->pattern) {
            regfree(schema->pattern);
            free(schema->pattern);
        }
        free(schema->properties);
        free(schema->all.items);
        free(schema->any.items);
        free(schema);
    }
}

const struct schema *schema_resolved(const struct schema *schema)
{
    while (schema && (schema->target || (schema->all.count == 1 && !schema->property_count)))
        schema = schema->target ? schema->target : schema->all.items[0];
    return schema;
}

const cJSON *schema_choices(const char *name, const char *const *path)
{
    const struct schema *schema = schema_resolved(schema_named(name));
    for (; schema && *path; path++) {
        const struct schema *next = same_text(*path, "[]") ? schema->items : NULL;
        for (size_t i = 0; i < schema->property_count; i++)
            if (same_text(schema->properties[i].name, *path))
                next = schema->properties[i].schema;
        schema = schema_resolved(next);
    }
    return schema ? schema->choices : NULL;
}
