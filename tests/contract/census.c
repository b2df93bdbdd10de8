/*
 * How much the contract holds below some schemas, counted by its keywords alone.
 *
 * The walk must come to the same numbers: then nothing was passed over in silence.
 */
#include "contract.h"

#include <string.h>

enum { MAX_SCHEMAS = 256 };

/* Keywords that say nothing that this test would have to compare, or are compared elsewhere. */
static const char known_keywords[] = "type format nullable enum required properties items anyOf "
                                     "allOf $ref additionalProperties pattern minimum "
                                     "maximum minLength maxLength default example x-note";

static void count_schema(const cJSON *schema, tally *sum)
{
    for (const cJSON *keyword = schema->child; keyword != NULL; keyword = keyword->next) {
        const char *name = keyword->string;
        const cJSON *child;
        if (!has_word(known_keywords, name))
            complain("keyword %s: not known to this test", name);
        if (strcmp(name, "enum") == 0)
            cJSON_ArrayForEach(child, keyword) sum->values += !cJSON_IsNull(child);
        if (strcmp(name, "items") == 0)
            count_schema(keyword, sum);
        if (strcmp(name, "anyOf") == 0 || strcmp(name, "allOf") == 0)
            cJSON_ArrayForEach(child, keyword) count_schema(child, sum);
        if (strcmp(name, "properties") == 0)
            cJSON_ArrayForEach(child, keyword)
            {
                sum->properties++;
                count_schema(child, sum);
            }
    }
}

void census_below(const cJSON *schema, tally *sum)
{
    count_schema(schema, sum);
}

typedef struct names {
    const char *list[MAX_SCHEMAS];
    size_t count;
} names;

static void add_name(names *n, const char *name)
{
    for (size_t i = 0; i < n->count; i++)
        if (strcmp(n->list[i], name) == 0)
            return;
    ck_assert_uint_lt(n->count, MAX_SCHEMAS);
    n->list[n->count++] = name;
}

static void add_references(names *n, const cJSON *node)
{
    if (cJSON_IsObject(node) && target_of(node) != NULL)
        add_name(n, target_of(node));
    for (const cJSON *child = node->child; child != NULL; child = child->next)
        add_references(n, child);
}

tally census(const char *const *roots, size_t count)
{
    names n = {.count = 0};
    tally sum = {0};
    for (size_t i = 0; i < count; i++)
        add_name(&n, roots[i]);
    for (size_t i = 0; i < n.count; i++) {
        const cJSON *schema = contract_schema(n.list[i]);
        if (schema == NULL)
            continue;
        sum.schemas++;
        count_schema(schema, &sum);
        add_references(&n, schema);
    }
    return sum;
}
