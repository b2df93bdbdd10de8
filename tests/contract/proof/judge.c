/*
 * What must come of an answer, whatever it holds: design by rule, not by looking at what the decoder does.
 *
 * A value of a kind that its field does not have is refused with its path in a critical field, and left out and listed
 * in any other. Null is none, and wrong only where the contract promises a value. Of members of one name the last
 * counts. Times may be empty, enumerations may have new values, amounts may come as text. An object that says itself
 * what it is, and would be refused as that, is left out and listed with the place. What is nested deeper than the limit
 * is not read at all.
 */
#include "proof.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH = 512, KEPT_FAULTS = 64 };

const xpay_field *field_named(const xpay_type *type, const char *name)
{
    for (size_t i = 0; i < xpay_type_field_count(type); i++)
        if (strcmp(xpay_type_field(type, i)->name, name) == 0)
            return xpay_type_field(type, i);
    return NULL;
}

/* The type of an object that says itself what it is: the one that has this tag. */
static const xpay_type *type_tagged(const char *tag)
{
    for (size_t i = 0; i < xpay_type_count(); i++) {
        const char *own = xpay_type_object_tag(xpay_type_at(i));
        if (own != NULL && strcmp(own, tag) == 0)
            return xpay_type_at(i);
    }
    return NULL;
}

static bool may_be_any(const xpay_field *field)
{
    return field->kind == XPAY_KIND_OBJECT && strcmp(xpay_type_name(field->type), "object") == 0;
}

const xpay_type *type_below(const xpay_field *field, const cJSON *value)
{
    if (!may_be_any(field))
        return field->type;
    const cJSON *tag = tree_member(value, "object");
    return cJSON_IsString(tag) ? type_tagged(tag->valuestring) : NULL;
}

static void judge_object(verdict *v, const xpay_type *type, const cJSON *object, const char *path);

/* Where an object is refused as what it says it is; NULL when it is not. To be freed. */
static char *refused_as_itself(const xpay_field *field, const cJSON *value, const char *path)
{
    verdict v = {.status = XPAY_OK};
    judge_object(&v, type_below(field, value), value, path);
    char *place = v.refused_at;
    v.refused_at = NULL;
    verdict_free(&v);
    return place;
}

static bool is_amount_text(const char *text)
{
    size_t digits = strspn(text + (*text == '-'), "0123456789");
    return digits > 0 && text[(*text == '-') + digits] == '\0';
}

/* Amounts as text may have zeros before them, numbers may not. */
static bool is_amount(const cJSON *value)
{
    int64_t whole;
    const char *text = value->valuestring;
    if (cJSON_IsRaw(value))
        return scalar_whole(text, &whole);
    if (!cJSON_IsString(value) || !is_amount_text(text))
        return false;
    const char *digits = text + (*text == '-');
    digits += strspn(digits, "0");
    return *digits == '\0' || scalar_whole(digits, &whole);
}

outcome outcome_of(const xpay_field *field, const cJSON *value)
{
    int64_t whole;
    double number;
    bool text = cJSON_IsString(value), digits = cJSON_IsRaw(value), fine = false;
    switch (field->kind) {
    case XPAY_KIND_TEXT:
    case XPAY_KIND_ENUM: fine = text; break;
    case XPAY_KIND_INTEGER: fine = digits && scalar_whole(value->valuestring, &whole); break;
    case XPAY_KIND_MONEY: fine = is_amount(value); break;
    case XPAY_KIND_DECIMAL:
        fine = (digits || text) && scalar_decimal(value->valuestring, &number);
        break;
    case XPAY_KIND_BOOLEAN: fine = cJSON_IsBool(value); break;
    case XPAY_KIND_TIME:
        if (text && *value->valuestring == '\0')
            return OUTCOME_ABSENT;
        fine = text && scalar_moment(value->valuestring, &whole);
        break;
    case XPAY_KIND_JSON: fine = cJSON_IsObject(value) || cJSON_IsArray(value); break;
    case XPAY_KIND_OBJECT:
        fine = cJSON_IsObject(value);
        if (fine && type_below(field, value) == NULL)
            return OUTCOME_ABSENT;
        if (fine && may_be_any(field)) {
            char *place = refused_as_itself(field, value, "");
            fine = place == NULL;
            free(place);
        }
        break;
    default: complain("%s: kind %d in an answer", field->name, field->kind);
    }
    return fine ? OUTCOME_READ : OUTCOME_WRONG;
}

static void refuse(verdict *v, const char *path)
{
    v->status = XPAY_ERROR_DECODE;
    v->refused_at = strdup(path);
}

static void list(verdict *v, const char *path)
{
    v->faults = realloc(v->faults, (v->fault_count + 1) * sizeof *v->faults);
    v->faults[v->fault_count++] = strdup(path);
}

static void wrong(verdict *v, const xpay_field *field, const char *path)
{
    if (field->flags & XPAY_FIELD_CRITICAL)
        refuse(v, path);
    else
        list(v, path);
}

static void judge_value(verdict *v, const xpay_field *field, const cJSON *value, const char *path)
{
    outcome o = outcome_of(field, value);
    if (o == OUTCOME_WRONG && may_be_any(field) && cJSON_IsObject(value)) {
        char *place = refused_as_itself(field, value, path);
        list(v, place);
        free(place);
    } else if (o == OUTCOME_WRONG)
        wrong(v, field, path);
    else if (o == OUTCOME_READ && field->kind == XPAY_KIND_OBJECT)
        judge_object(v, type_below(field, value), value, path);
}

static void judge_list(verdict *v, const xpay_field *field, const cJSON *values, const char *path)
{
    size_t index = 0;
    char here[PATH];
    for (const cJSON *item = values->child; item != NULL && v->status == XPAY_OK;
         item = item->next) {
        snprintf(here, sizeof here, "%.400s/%zu", path, index++);
        judge_value(v, field, item, here);
    }
}

static void judge_member(verdict *v, const xpay_field *field, const cJSON *value, const char *path)
{
    bool promised = (field->flags & XPAY_FIELD_REQUIRED) && !(field->flags & XPAY_FIELD_NULLABLE);
    if (cJSON_IsNull(value)) {
        if (promised)
            wrong(v, field, path);
    } else if (!(field->flags & XPAY_FIELD_ARRAY)) {
        judge_value(v, field, value, path);
    } else if (cJSON_IsArray(value)) {
        judge_list(v, field, value, path);
    } else {
        wrong(v, field, path);
    }
}

/* An amount, status, currency or id that the contract promises, and that reads as 0 or NULL when it is not there. */
static bool would_be_missed(const xpay_field *field)
{
    return (field->flags & XPAY_FIELD_CRITICAL) && (field->flags & XPAY_FIELD_REQUIRED) &&
           !(field->flags & XPAY_FIELD_NULLABLE) && field->presence == XPAY_NO_OFFSET;
}

static void judge_object(verdict *v, const xpay_type *type, const cJSON *object, const char *path)
{
    char here[PATH];
    const char *tag = xpay_type_object_tag(type);
    for (const cJSON *member = object->child; member != NULL && v->status == XPAY_OK;
         member = member->next) {
        const xpay_field *field = field_named(type, member->string);
        snprintf(here, sizeof here, "%.400s/%.100s", path, member->string);
        if (tree_is_repeated(member))
            continue;
        if (tag != NULL && strcmp(member->string, "object") == 0) {
            if (!cJSON_IsString(member) || strcmp(member->valuestring, tag) != 0)
                refuse(v, here);
        } else if (field != NULL) {
            judge_member(v, field, member, here);
        }
    }
    for (size_t i = 0; i < xpay_type_field_count(type) && v->status == XPAY_OK; i++) {
        const xpay_field *field = xpay_type_field(type, i);
        snprintf(here, sizeof here, "%.400s/%.100s", path, field->name);
        if (would_be_missed(field) && tree_member(object, field->name) == NULL)
            list(v, here);
    }
}

/* A root must say what it is, if all of its kind do, and have the id that the contract promises. */
static void judge_root(verdict *v, const xpay_type *type, const cJSON *answer)
{
    const xpay_field *id = field_named(type, "id");
    if (xpay_type_object_tag(type) != NULL && !type->may_lack_tag &&
        tree_member(answer, "object") == NULL)
        refuse(v, "/object");
    else if (id != NULL && (id->flags & XPAY_FIELD_REQUIRED) && tree_member(answer, "id") == NULL)
        refuse(v, "/id");
}

verdict judge(const xpay_type *type, const cJSON *answer)
{
    verdict v = {.status = XPAY_OK};
    const xpay_field *bare = field_named(type, "");
    if (tree_depth(answer) > DEEPEST) {
        v.status = XPAY_ERROR_JSON;
    } else if (bare != NULL ? !cJSON_IsArray(answer) : !cJSON_IsObject(answer)) {
        refuse(&v, "");
    } else if (bare != NULL) {
        judge_list(&v, bare, answer, "");
    } else {
        judge_object(&v, type, answer, "");
        if (v.status == XPAY_OK)
            judge_root(&v, type, answer);
    }
    return v;
}

void verdict_free(verdict *v)
{
    for (size_t i = 0; i < v->fault_count; i++)
        free(v->faults[i]);
    free(v->faults);
    free(v->refused_at);
    *v = (verdict){.status = XPAY_OK};
}

static bool faults_match(const verdict *v, const void *object, const char *what)
{
    size_t count = xpay_object_fault_count(object);
    if (count != v->fault_count) {
        const xpay_fault *first = xpay_object_fault(object, 0);
        complain("%s: %zu faults listed, the first at %s; it has %zu, the first at %s", what, count,
                 first == NULL ? "nowhere" : first->path, v->fault_count,
                 v->fault_count == 0 ? "nowhere" : v->faults[0]);
        return false;
    }
    for (size_t i = 0; i < count && i < KEPT_FAULTS; i++) {
        const xpay_fault *fault = xpay_object_fault(object, i);
        if (strcmp(fault->path, v->faults[i]) != 0 || *fault->expected == '\0' ||
            *fault->found == '\0' || fault->object == NULL) {
            complain("%s: fault %zu listed at %s, it is at %s", what, i, fault->path, v->faults[i]);
            return false;
        }
    }
    return true;
}

bool verdict_holds(const verdict *v, const xpay_type *type, const cJSON *answer, xpay_status status,
                   const void *object, const xpay_error *error, const char *what, bool pointers)
{
    bool fine = false;
    if (status != v->status)
        complain("%s: %s (%s), not %s at %s", what, xpay_status_name(status), error->message,
                 xpay_status_name(v->status), v->refused_at == NULL ? "nowhere" : v->refused_at);
    else if ((status == XPAY_OK) != (object != NULL))
        complain("%s: the status and the object do not agree", what);
    else if (status == XPAY_ERROR_DECODE &&
             strncmp(error->param, v->refused_at, sizeof error->param - 1) != 0)
        complain("%s: refused at \"%s\", it is wrong at \"%s\"", what, error->param, v->refused_at);
    else if (status != XPAY_OK)
        fine = error->message[0] != '\0';
    else
        fine = faults_match(v, object, what) && reading_matches(object, type, answer, pointers);
    if (fine)
        pass();
    return fine;
}
