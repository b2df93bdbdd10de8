/*
 * Answers that were made from the contract: each is decoded, alone and (if it says what it is) inside an event, and
 * compared leaf by leaf; then it is spoiled in each way, at a place chosen by chance, and judged.
 */
#include "proof.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/decode.h"
#include "json/scan.h"

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
    static const size_t totals[] = {XPAY_JSON_MAX_DEPTH, XPAY_JSON_MAX_DEPTH + 1, 800};
    replace(s, nested(totals[chance_below(random, LENGTH(totals))] - s->depth));
}

static void add_unknown(const spot *s, chance *random)
{
    cJSON_AddItemToObject(s->object, chance_happens(random, 50) ? "ofNextYear" : "amount_total",
                          of_kind(chance_below(random, KINDS + 1)));
}

static struct {
    const char *name;
    void (*spoil)(const spot *s, chance *random);
    size_t read, listed, refused; /* what became of the answers */
} mutations[] = {{"a member dropped", drop, 0, 0, 0},
                 {"another kind", change_kind, 0, 0, 0},
                 {"null", make_null, 0, 0, 0},
                 {"an unknown value", rename_value, 0, 0, 0},
                 {"a name twice", repeat, 0, 0, 0},
                 {"deep nesting", nest, 0, 0, 0},
                 {"an unknown member", add_unknown, 0, 0, 0}};

/* Decode a tree as it prints, and see whether that comes of it which should. */
static verdict try_answer(const xpay_type *type, const cJSON *answer, const char *what,
                          bool pointers)
{
    void *object = NULL;
    xpay_error error;
    memset(&error, 0, sizeof error);
    char *text = cJSON_PrintUnformatted(answer);
    verdict v = judge(type, answer);
    xpay_status status = xpay_decode(type, text, strlen(text), NULL, &object, &error);
    if (!verdict_holds(&v, type, answer, status, object, &error, what, pointers))
        complain("  in %.600s", text);
    xpay_object_free(object);
    free(text);
    return v;
}

static void mutate(const xpay_type *type, const cJSON *answer, const char *what, chance *random)
{
    size_t members = count_members(answer);
    for (size_t i = 0; i < LENGTH(mutations) && members > 0; i++) {
        cJSON *copy = cJSON_Duplicate(answer, true);
        spot s = {NULL, NULL, 0};
        size_t index = chance_below(random, members);
        char where[200];
        find_member(copy, &index, 1, &s);
        snprintf(where, sizeof where, "%s, %s at %s", what, mutations[i].name, s.member->string);
        mutations[i].spoil(&s, random);
        verdict v = try_answer(type, copy, where, false);
        mutations[i].refused += v.status != XPAY_OK;
        mutations[i].listed += v.status == XPAY_OK && v.fault_count > 0;
        mutations[i].read += v.status == XPAY_OK && v.fault_count == 0;
        verdict_free(&v);
        cJSON_Delete(copy);
    }
}

/* The webhook that brings an answer. */
static cJSON *event_with(const cJSON *answer)
{
    cJSON *event = tree_of("{\"id\":\"evt_1\",\"object\":\"event\",\"api_version\":\"3.1.0\","
                           "\"created\":\"2026-05-01T12:00:00.000Z\",\"type\":\"x.y\","
                           "\"livemode\":false,\"data\":{}}",
                           137);
    cJSON_AddItemToObject(cJSON_GetObjectItemCaseSensitive(event, "data"), "object",
                          cJSON_Duplicate(answer, true));
    return event;
}

static const xpay_type *type_of_schema(const char *schema)
{
    for (size_t i = 0; i < xpay_type_count(); i++)
        if (!is_params(xpay_type_at(i)) && has_word(xpay_type_schemas(xpay_type_at(i)), schema))
            return xpay_type_at(i);
    return NULL;
}

static bool is_errors_own(const char *schema)
{
    return strncmp(schema, "ApiError", 8) == 0;
}

/* What the error's own fields have room for. */
static bool field_holds(const char *field, size_t size, const cJSON *value)
{
    const char *text = cJSON_IsString(value) ? value->valuestring : "";
    return strlen(text) >= size || strpbrk(text, "\t\n\001") != NULL || strcmp(field, text) == 0;
}

/* An error answer becomes an xpay_error, not an object. */
static void prove_error(const char *schema, const cJSON *answer, const char *json)
{
    static xpay_error error;
    if (strcmp(schema, "ApiErrorResponse") != 0)
        return;
    memset(&error, 0, sizeof error);
    const cJSON *body = tree_member(answer, "error");
    if (!xpay_decode_api_error(json, strlen(json), &error) ||
        !field_holds(error.type, sizeof error.type, tree_member(body, "type")) ||
        !field_holds(error.code, sizeof error.code, tree_member(body, "code")) ||
        !field_holds(error.param, sizeof error.param, tree_member(body, "param")) ||
        !field_holds(error.request_id, sizeof error.request_id, tree_member(answer, "request_id")))
        complain("%s: not what the error says: %s", schema, json);
    else
        pass();
}

static void prove_answer(const xpay_type *type, cJSON *answer, const char *schema, size_t number,
                         chance *random)
{
    char what[120];
    const char *tag = xpay_type_object_tag(type);
    snprintf(what, sizeof what, "%s number %zu", schema, number);
    /* What the contract has only inside other objects need not say what it is, a root must. */
    if (tag != NULL && !type->may_lack_tag && tree_member(answer, "object") == NULL)
        cJSON_AddStringToObject(answer, "object", tag);
    verdict v = try_answer(type, answer, what, number % 8 == 0);
    if (v.status != XPAY_OK || v.fault_count > 0)
        complain("%s: fits the contract, but is not read whole: %s", what,
                 v.status != XPAY_OK ? v.refused_at : v.faults[0]);
    verdict_free(&v);
    mutate(type, answer, what, random);
    if (xpay_type_object_tag(type) == NULL)
        return;
    const xpay_type *event_type = xpay_type_by_name("event");
    cJSON *event = event_with(answer);
    snprintf(what, sizeof what, "an event with %s number %zu", schema, number);
    v = try_answer(event_type, event, what, false);
    verdict_free(&v);
    mutate(event_type, event, what, random);
    cJSON_Delete(event);
}

bool prove_generated(FILE *answers, uint64_t seed)
{
    chance random = {seed};
    line l = {0};
    char schema[96] = "";
    size_t schemas = 0, number = 0, total = 0;
    const xpay_type *type = NULL;
    while (line_read(&l, answers)) {
        if (strcmp(schema, l.what) != 0) {
            snprintf(schema, sizeof schema, "%s", l.what);
            schemas++;
            number = 0;
            type = type_of_schema(schema);
            if (type == NULL && !is_errors_own(schema))
                complain("%s: no type stands for it", schema);
        }
        cJSON *answer = tree_of(l.rest, strlen(l.rest));
        if (type != NULL)
            prove_answer(type, answer, schema, number, &random);
        else if (is_errors_own(schema))
            prove_error(schema, answer, l.rest);
        cJSON_Delete(answer);
        number++;
        total++;
    }
    line_free(&l);
    fprintf(stderr, "generated: %zu answers of %zu schemas, %zu leaves compared\n", total, schemas,
            leaves_read());
    for (size_t i = 0; i < LENGTH(mutations); i++)
        fprintf(stderr, "  %-18s %7zu read whole, %6zu with faults listed, %6zu refused\n",
                mutations[i].name, mutations[i].read, mutations[i].listed, mutations[i].refused);
    return total > 0;
}
