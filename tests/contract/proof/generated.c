/*
 * Answers that were made from the contract: each is decoded, alone and (if it says what it is) inside an event, and
 * compared leaf by leaf; then it is spoiled in each way, at a place chosen by chance, and judged.
 */
#include "proof.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/decode.h"

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

/* What became of the answers that were spoiled in each way. */
enum { MOST_WAYS = 16 };
static struct {
    size_t read, listed, refused;
} became[MOST_WAYS];

static void spoil_each_way(const xpay_type *type, const cJSON *answer, const char *what,
                           chance *random)
{
    for (size_t i = 0; i < spoil_ways; i++) {
        char place[64], where[240];
        cJSON *copy = spoil(answer, i, random, place);
        if (copy == NULL)
            return;
        snprintf(where, sizeof where, "%s, %s at %s", what, spoil_name(i), place);
        verdict v = try_answer(type, copy, where, false);
        became[i].refused += v.status != XPAY_OK;
        became[i].listed += v.status == XPAY_OK && v.fault_count > 0;
        became[i].read += v.status == XPAY_OK && v.fault_count == 0;
        verdict_free(&v);
        cJSON_Delete(copy);
    }
}

/* The webhook that brings an answer. */
static cJSON *event_with(const cJSON *answer)
{
    static const char envelope[] =
        "{\"id\":\"evt_1\",\"object\":\"event\",\"api_version\":\"3.1.0\",\"created\":"
        "\"2026-05-01T12:00:00.000Z\",\"type\":\"x.y\",\"livemode\":false,\"data\":{}}";
    cJSON *event = tree_of(envelope, sizeof envelope - 1);
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

/* Which fields the answers brought, and brought as nothing but their kind can read: a rate with a fraction, words. */
enum { MAX_TYPES = 512, MAX_FIELDS = 64 };
static bool brought[MAX_TYPES][MAX_FIELDS], brought_as_text[MAX_TYPES][MAX_FIELDS];

static size_t number_of(const xpay_type *type)
{
    size_t i = 0;
    while (xpay_type_at(i) != type)
        i++;
    return i;
}

static void note(const xpay_type *type, const xpay_field *field, const cJSON *value)
{
    int64_t whole;
    const char *text = value->valuestring;
    bool telling = !cJSON_IsNull(value);
    if (cJSON_IsArray(value) && (field->flags & XPAY_FIELD_ARRAY))
        telling = value->child != NULL;
    else if (field->kind == XPAY_KIND_DECIMAL && telling)
        telling = !scalar_whole(text, &whole);
    else if (field->kind == XPAY_KIND_TEXT && telling)
        telling = *text != '\0' && !scalar_moment(text, &whole);
    brought[number_of(type)][field - xpay_type_field(type, 0)] |= telling;
    brought_as_text[number_of(type)][field - xpay_type_field(type, 0)] |= cJSON_IsString(value);
}

/* Complain of the fields of the contract that no answer brought, and of amounts that never were a text. */
static void find_missed(void)
{
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        if (is_params(type) || *xpay_type_schemas(type) == '\0')
            continue;
        for (size_t i = 0; i < xpay_type_field_count(type); i++) {
            const xpay_field *field = xpay_type_field(type, i);
            if (field->flags & XPAY_FIELD_EXTENSION)
                continue;
            if (!brought[t][i])
                complain("xpay_%s.%s: no answer brought it, or only as another kind",
                         xpay_type_name(type), field->member);
            else if (field->kind == XPAY_KIND_MONEY && !brought_as_text[t][i])
                complain("xpay_%s.%s: no answer brought this amount as text", xpay_type_name(type),
                         field->member);
        }
    }
}

/* Complain of members of an answer that fits the contract for which there is no field. */
static void find_unread(const xpay_type *type, const cJSON *answer, const char *what)
{
    const cJSON *member, *item;
    cJSON_ArrayForEach(member, answer)
    {
        const xpay_field *field = field_named(type, member->string);
        bool tag = xpay_type_object_tag(type) != NULL && strcmp(member->string, "object") == 0;
        if (field == NULL && !tag)
            complain("%s: %s of xpay_%s is passed over", what, member->string,
                     xpay_type_name(type));
        if (field != NULL)
            note(type, field, member);
        if (field == NULL || field->kind != XPAY_KIND_OBJECT)
            continue;
        if (cJSON_IsObject(member))
            find_unread(field->type, member, what);
        else
            cJSON_ArrayForEach(item, member) find_unread(field->type, item, what);
    }
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
    find_unread(type, answer, what);
    verdict v = try_answer(type, answer, what, number % 8 == 0);
    if (v.status != XPAY_OK || v.fault_count > 0)
        complain("%s: fits the contract, but is not read whole: %s", what,
                 v.status != XPAY_OK ? v.refused_at : v.faults[0]);
    verdict_free(&v);
    spoil_each_way(type, answer, what, random);
    if (xpay_type_object_tag(type) == NULL)
        return;
    const xpay_type *event_type = xpay_type_by_name("event");
    cJSON *event = event_with(answer);
    snprintf(what, sizeof what, "an event with %s number %zu", schema, number);
    v = try_answer(event_type, event, what, false);
    verdict_free(&v);
    spoil_each_way(event_type, event, what, random);
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
    find_missed();
    fprintf(stderr, "generated: %zu answers of %zu schemas, %zu leaves compared\n", total, schemas,
            leaves_read());
    for (size_t i = 0; i < spoil_ways; i++)
        fprintf(stderr, "  %-18s %7zu read whole, %6zu with faults listed, %6zu refused\n",
                spoil_name(i), became[i].read, became[i].listed, became[i].refused);
    return total > 0;
}
