/* Ways to spoil an answer: each changes a copy at one place, chosen by chance. */
#include "proof.h"

#include <stdlib.h>
#include <string.h>

/* A place in an answer: a member of an object. */
typedef struct spot {
    cJSON *object;
    cJSON *member;
    size_t depth; /* of the object: 1 for the root */
} spot;

static size_t count_members(const cJSON *tree)
{
    size_t count = 0;
    for (const cJSON *child = tree->child; child != NULL; child = child->next)
        count += count_members(child) + (cJSON_IsObject(tree) ? 1 : 0);
    return count;
}

/* Member number `*left` of a tree, counted in order. */
static bool find_member(cJSON *tree, size_t *left, size_t depth, spot *found)
{
    for (cJSON *child = tree->child; child != NULL; child = child->next) {
        if (cJSON_IsObject(tree) && (*left)-- == 0) {
            *found = (spot){tree, child, depth};
            return true;
        }
        if (find_member(child, left, depth + 1, found))
            return true;
    }
    return false;
}

static cJSON *nested(size_t depth)
{
    cJSON *inner = cJSON_CreateArray();
    for (size_t i = 1; i < depth; i++) {
        cJSON *outer = cJSON_CreateArray();
        cJSON_AddItemToArray(outer, inner);
        inner = outer;
    }
    return inner;
}

static cJSON *of_kind(size_t kind)
{
    switch (kind) {
    case 0: return cJSON_CreateTrue();
    case 1: return cJSON_CreateRaw("12");
    case 2: return cJSON_CreateRaw("-0.5e1");
    case 3: return cJSON_CreateRaw("9007199254740993");
    case 4: return cJSON_CreateRaw("1e400");
    case 5: return cJSON_CreateString("12");
    case 6: return cJSON_CreateString("");
    case 7: return cJSON_CreateString("2026-02-29T00:00:00Z");
    case 8: return cJSON_CreateArray();
    case 9: return cJSON_CreateObject();
    case 10: return cJSON_CreateRaw("1.5");
    case 11: return nested(2);
    default: return cJSON_CreateNull();
    }
}

enum { KINDS = 12 };

static void replace(const spot *s, cJSON *value)
{
    cJSON *member = s->member;
    value->string = strdup(member->string);
    cJSON_ReplaceItemViaPointer(s->object, member, value);
}

static void drop(const spot *s, chance *random)
{
    (void)random;
    cJSON_Delete(cJSON_DetachItemViaPointer(s->object, s->member));
}

static void change_kind(const spot *s, chance *random)
{
    replace(s, of_kind(chance_below(random, KINDS)));
}

static void make_null(const spot *s, chance *random)
{
    (void)random;
    replace(s, cJSON_CreateNull());
}

static void rename_value(const spot *s, chance *random)
{
    static const char *const values[] = {"a_value_of_next_year", "PAID ", "paid\u0301", "Open"};
    replace(s, cJSON_CreateString(values[chance_below(random, LENGTH(values))]));
}

/* The same name again: the same value or one of another kind, at the end or at the beginning. */
static void repeat(const spot *s, chance *random)
{
    cJSON *again = chance_happens(random, 40) ? cJSON_Duplicate(s->member, true)
                                              : of_kind(chance_below(random, KINDS + 1));
    if (again->string == NULL)
        again->string = strdup(s->member->string);
    if (chance_happens(random, 50))
        cJSON_InsertItemInArray(s->object, 0, again);
    else
        cJSON_AddItemToArray(s->object, again);
}

/* As deep as may be, one deeper, and much deeper. */
static void nest(const spot *s, chance *random)
{
    static const size_t totals[] = {DEEPEST, DEEPEST + 1, 800};
    replace(s, nested(totals[chance_below(random, LENGTH(totals))] - s->depth));
}

static void add_unknown(const spot *s, chance *random)
{
    cJSON_AddItemToObject(s->object, chance_happens(random, 50) ? "ofNextYear" : "amount_total",
                          of_kind(chance_below(random, KINDS + 1)));
}

static const struct {
    const char *name;
    void (*spoil)(const spot *s, chance *random);
} ways[] = {
    {"a member dropped", drop},         {"another kind", change_kind}, {"null", make_null},
    {"an unknown value", rename_value}, {"a name twice", repeat},      {"deep nesting", nest},
    {"an unknown member", add_unknown}};

const size_t spoil_ways = LENGTH(ways);

const char *spoil_name(size_t way)
{
    return ways[way].name;
}

cJSON *spoil(const cJSON *answer, size_t way, chance *random, char place[64])
{
    size_t members = count_members(answer);
    if (members == 0)
        return NULL;
    cJSON *copy = cJSON_Duplicate(answer, true);
    spot s = {NULL, NULL, 0};
    size_t index = chance_below(random, members);
    find_member(copy, &index, 1, &s);
    snprintf(place, 64, "%s", s.member->string);
    ways[way].spoil(&s, random);
    return copy;
}
