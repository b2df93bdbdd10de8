/*
 * How much the contract holds below some schemas, counted by its keywords alone.
 *
 * The walk must come to the same numbers: then nothing was passed over in silence.
 */
#include "contract.h"

#include <string.h>

/* Keywords that say nothing that this test would have to compare, or are compared elsewhere. */
static const char known_keywords[] = "type format nullable enum required properties items anyOf "
                                     "allOf $ref additionalProperties pattern minimum "
                                     "maximum minLength maxLength minItems maxItems default "
                                     "example x-note";

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

bool has_name_of(const names *n, const char *name)
{
    for (size_t i = 0; i < n->count; i++)
        if (strcmp(n->list[i], name) == 0)
            return true;
    return false;
}

void add_name(names *n, const char *name)
{
    if (has_name_of(n, name))
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

void add_reachable(names *n)
{
    for (size_t i = 0; i < n->count; i++) {
        const cJSON *schema = contract_schema(n->list[i]);
        if (schema != NULL)
            add_references(n, schema);
    }
}

tally census(const names *roots)
{
    names n = *roots;
    tally sum = {0};
    add_reachable(&n);
    for (size_t i = 0; i < n.count; i++) {
        const cJSON *schema = contract_schema(n.list[i]);
        if (schema == NULL)
            continue;
        sum.schemas++;
        count_schema(schema, &sum);
    }
    return sum;
}
