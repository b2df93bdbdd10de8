/*
 * The decoder: walks the parser's tree once, in step with the spans of the scan, and fills structs by their tables.
 *
 * The tree says which member belongs where; each value itself is read from the answer's own bytes.
 */
#include "decode.h"

#include "../base/fail.h"
#include "decoder.h"

static char *at(void *object, uint32_t offset)
{
    return (char *)object + offset;
}

static void set_presence(void *object, const xpay_field *field)
{
    if (field->presence != XPAY_NO_OFFSET)
        *(bool *)at(object, field->presence) = true;
}

/* Whether an object has another member of the same name further on: then this one does not count. */
static bool is_repeated(const cJSON *member)
{
    for (const cJSON *later = member->next; later != NULL; later = later->next)
        if (strcmp(later->string, member->string) == 0)
            return true;
    return false;
}

static size_t element_size(const xpay_field *field)
{
    return field->kind == XPAY_KIND_ENUM ? sizeof(int32_t) : sizeof(void *);
}

static bool read_array(decoder *d, xpay_object *object, const xpay_field *field, const value *v,
                       const place *p)
{
    size_t size = element_size(field);
    size_t length = (size_t)cJSON_GetArraySize(v->node);
    char *elements = xpay_arena_zeroed(&d->root->arena, (length + 1) * size);
    if (elements == NULL)
        return xpay_decoder_no_memory(d);
    size_t count = 0;
    place element = {p, NULL, 0};
    for (const cJSON *child = v->node->child; child != NULL; child = child->next, element.index++) {
        value item = take(d, child);
        switch (xpay_decoder_read_value(d, field, &item, elements + count * size, &element)) {
        case READ: count++; break;
        case ABSENT: break;
        case LEFT_OUT:
            if (!xpay_decoder_list_left_out(d, object))
                return false;
            break;
        case WRONG:
            xpay_decoder_skip(d, child);
            if (!xpay_decoder_wrong_kind(d, object, field, &item, &element, false))
                return false;
            break;
        case FAILED: return d->status != XPAY_OK ? false : xpay_decoder_no_memory(d);
        }
    }
    *(char **)at(object, field->offset) = elements;
    *(size_t *)at(object, field->presence) = count;
    return true;
}

/* The size of a field's member, for setting it back to absent. */
static size_t member_size(const xpay_field *field)
{
    if (field->flags & XPAY_FIELD_ARRAY)
        return sizeof(void *);
    switch (field->kind) {
    case XPAY_KIND_BOOLEAN: return sizeof(bool);
    case XPAY_KIND_ENUM: return sizeof(int32_t);
    case XPAY_KIND_DECIMAL: return sizeof(xpay_decimal);
    default: return sizeof(int64_t);
    }
}

/* Make a field absent again: an earlier member of the same name does not count. */
static void forget(void *object, const xpay_field *field)
{
    memset(at(object, field->offset), 0, member_size(field));
    if (field->presence != XPAY_NO_OFFSET)
        memset(at(object, field->presence), 0,
               field->flags & XPAY_FIELD_ARRAY ? sizeof(size_t) : sizeof(bool));
}

static bool read_field(decoder *d, xpay_object *object, const xpay_field *field, const value *v,
                       const place *p)
{
    bool list = (field->flags & XPAY_FIELD_ARRAY) != 0;
    if (v->bytes[0] == 'n') {
        forget(object, field);
        if ((field->flags & (XPAY_FIELD_REQUIRED | XPAY_FIELD_NULLABLE)) == XPAY_FIELD_REQUIRED)
            return xpay_decoder_wrong_kind(d, object, field, v, p, list);
        return true;
    }
    if (list) {
        if (v->bytes[0] == '[')
            return read_array(d, object, field, v, p);
        forget(object, field);
        xpay_decoder_skip(d, v->node);
        return xpay_decoder_wrong_kind(d, object, field, v, p, true);
    }
    switch (xpay_decoder_read_value(d, field, v, at(object, field->offset), p)) {
    case READ: set_presence(object, field); return true;
    case ABSENT: forget(object, field); return true;
    case LEFT_OUT: forget(object, field); return xpay_decoder_list_left_out(d, object);
    case FAILED: return d->status != XPAY_OK ? false : xpay_decoder_no_memory(d);
    default: break;
    }
    forget(object, field);
    xpay_decoder_skip(d, v->node);
    return xpay_decoder_wrong_kind(d, object, field, v, p, false);
}

/* Whether `length` bytes are the same: words at a time, since a call for a dozen bytes costs more than they do. */
static inline bool same(const char *a, const char *b, size_t length)
{
    uint64_t x, y;
    if (length < sizeof x)
        return memcmp(a, b, length) == 0;
    for (size_t i = 0; i + sizeof x < length; i += sizeof x) {
        memcpy(&x, a + i, sizeof x);
        memcpy(&y, b + i, sizeof y);
        if (x != y)
            return false;
    }
    memcpy(&x, a + length - sizeof x, sizeof x);
    memcpy(&y, b + length - sizeof y, sizeof y);
    return x == y;
}

/*
 * Whether the member whose value begins at `start` has a field's name, seen in the bytes before it: `"name":`. False
 * also where blanks or escapes hide that; then the name itself has to be compared.
 */
static bool is_named(const decoder *d, const char *start, const xpay_field *field)
{
    size_t length = field->name_length, needed = length + 4; /* {"name": or ,"name": */
    if ((size_t)(start - d->root->json) < needed || start[-1] != ':' || start[-2] != '"')
        return false;
    const char *name = start - 2 - length;
    return name[-1] == '"' && (name[-2] == '{' || name[-2] == ',') &&
           same(name, field->name, length);
}

/* The field of a member's name. Members mostly come in the order of the table, so the search starts at `expected`. */
static const xpay_field *find_field(const xpay_type *type, const char *name, size_t expected)
{
    for (size_t i = 0, candidate = expected; i < type->field_count; i++, candidate++) {
        if (candidate == type->field_count)
            candidate = 0;
        const xpay_field *field = &type->fields[candidate];
        if (field->name[0] == name[0] && strcmp(field->name, name) == 0)
            return field;
    }
    return NULL;
}

/* The member `object` must say what the struct is. */
static bool check_tag(decoder *d, const xpay_type *type, const value *v, const place *p)
{
    size_t length = strlen(type->object_tag);
    value plain = *v;
    if (v->escaped && !xpay_decoder_undo_escapes(d, v, &plain))
        return xpay_decoder_no_memory(d);
    if (plain.bytes[0] == '"' && plain.length == length + 2 &&
        memcmp(plain.bytes + 1, type->object_tag, length) == 0)
        return true;
    place tag = {p, "object", 0};
    return xpay_decoder_unreadable(d, &tag, type->object_tag,
                                   v->bytes[0] == '"' ? "another object"
                                                      : xpay_decoder_kind_name(v));
}

/* Critical, always there by the contract, and with no way of its own to be seen as absent. */
static bool is_missed(const xpay_field *field)
{
    uint32_t both = XPAY_FIELD_REQUIRED | XPAY_FIELD_CRITICAL;
    return (field->flags & both) == both && (field->flags & XPAY_FIELD_NULLABLE) == 0 &&
           field->presence == XPAY_NO_OFFSET;
}

/* List critical members that the contract promises and the answer lacks: 0 would pass for an amount or a status. */
static bool list_missing(decoder *d, xpay_object *object, uint64_t seen, const place *p)
{
    const xpay_type *type = object->type;
    for (size_t i = 0; i < type->field_count; i++) {
        const xpay_field *field = &type->fields[i];
        if (!is_missed(field) || (seen >> i & 1) != 0)
            continue;
        place missing = {p, field->name, 0};
        if (!xpay_decoder_list_fault(d, object, &missing, xpay_decoder_expectation(field, false),
                                     "nothing"))
            return false;
    }
    return true;
}

/* Where the decoder was before it read a member's value. */
typedef struct mark {
    const xpay_json_span *next;
    size_t faults;
} mark;

/*
 * A member that was found wrong does not matter when another of the same name follows: the last one counts. Then the
 * decoder goes on behind its value as if it had not been there; false when it does matter.
 */
static bool excuse(decoder *d, const cJSON *member, const mark *before)
{
    if ((d->status != XPAY_OK && d->status != XPAY_ERROR_DECODE) || !is_repeated(member))
        return false;
    d->status = XPAY_OK;
    d->root->fault_count = before->faults;
    d->next = before->next;
    xpay_decoder_skip(d, member);
    return true;
}

void *xpay_decoder_read_object(decoder *d, const xpay_type *type, const value *v, const place *p)
{
    xpay_object *object = xpay_arena_zeroed(&d->root->arena, type->size);
    if (object == NULL) {
        xpay_decoder_no_memory(d);
        return NULL;
    }
    *object = (xpay_object){type, d->root, v->bytes};

    size_t expected = 0;
    uint64_t seen = 0;
    for (const cJSON *child = v->node->child; child != NULL; child = child->next) {
        value member = take(d, child);
        const mark before = {d->next, d->root->fault_count};
        const xpay_field *field = &type->fields[expected];
        if (expected == type->field_count || !is_named(d, member.bytes, field)) {
            if (type->object_tag != NULL && is_tag(child->string)) {
                if (!check_tag(d, type, &member, p) && !excuse(d, child, &before))
                    return NULL;
                continue;
            }
            field = find_field(type, child->string, expected);
        }
        if (field == NULL) {
            xpay_decoder_skip(d, child);
            continue;
        }
        size_t index = (size_t)(field - type->fields);
        expected = index + 1;
        seen |= UINT64_C(1) << index;
        place here = {p, field->name, 0};
        bool fine = read_field(d, object, field, &member, &here);
        if (fine && d->root->fault_count == before.faults)
            continue;
        if (excuse(d, child, &before))
            forget(object, field);
        else if (!fine)
            return NULL;
    }
    return list_missing(d, object, seen, p) ? object : NULL;
}

/* Whether the answer itself is the one field of a type: a list without an envelope, or any JSON. */
static bool is_bare(const xpay_type *type)
{
    return type->field_count > 0 && type->fields[0].name[0] == '\0';
}

static bool is_any(const xpay_type *type)
{
    return is_bare(type) && type->fields[0].kind == XPAY_KIND_JSON;
}

/* Any JSON: unlike a member, an answer may also be a text, a number or a word. */
static bool read_any(decoder *d, xpay_object *object, const xpay_field *field, const value *v)
{
    const xpay_json **slot = (const xpay_json **)(void *)at(object, field->offset);
    switch (xpay_decoder_read_value(d, field, v, slot, NULL)) {
    case READ: return true;
    case WRONG: break;
    default: return xpay_decoder_no_memory(d);
    }
    xpay_json *json = xpay_arena_zeroed(&d->root->arena, sizeof *json);
    if (json == NULL ||
        (json->text = xpay_arena_copy(&d->root->arena, v->bytes, v->length)) == NULL)
        return xpay_decoder_no_memory(d);
    json->length = v->length;
    *slot = json;
    return true;
}

/* `v` is NULL when nothing came. */
static void *read_bare(decoder *d, const xpay_type *type, const value *v)
{
    const xpay_field *field = &type->fields[0];
    xpay_object *object = xpay_arena_zeroed(&d->root->arena, type->size);
    if (object == NULL) {
        xpay_decoder_no_memory(d);
        return NULL;
    }
    *object = (xpay_object){type, d->root, d->root->json};
    if (v == NULL)
        return object;
    object->json = v->bytes;
    bool fine = field->kind == XPAY_KIND_JSON ? read_any(d, object, field, v)
                                              : read_array(d, object, field, v, NULL);
    return fine ? object : NULL;
}

/* A root must say what it is, and have its id where the contract promises one, or it is some other answer. */
static bool check_root(decoder *d, xpay_object *object, const value *v)
{
    const xpay_type *type = object->type;
    bool tagged = type->object_tag == NULL || type->may_lack_tag;
    for (const cJSON *child = v->node->child; child != NULL && !tagged; child = child->next)
        tagged = is_tag(child->string);
    place tag = {NULL, "object", 0}, id = {NULL, "id", 0};
    if (!tagged)
        return xpay_decoder_unreadable(d, &tag, type->object_tag, "nothing");
    const xpay_field *field = xpay_type_field_by_name(type, "id");
    if (field != NULL && (field->flags & XPAY_FIELD_REQUIRED) &&
        *(const char **)at(object, field->offset) == NULL)
        return xpay_decoder_unreadable(d, &id, "text", "nothing");
    return true;
}

/* `whole`: the bytes are all of an answer, not a part of one. */
static void *read_root(decoder *d, const xpay_type *type, const cJSON *tree, bool whole)
{
    value v = take(d, tree);
    bool bare = is_bare(type);
    if (!is_any(type) && v.bytes[0] != (bare ? '[' : '{')) {
        xpay_decoder_unreadable(d, NULL, bare ? "a list" : "an object", xpay_decoder_kind_name(&v));
        return NULL;
    }
    if (bare)
        return read_bare(d, type, &v);
    void *object = xpay_decoder_read_object(d, type, &v, NULL);
    return object != NULL && (!whole || check_root(d, object, &v)) ? object : NULL;
}

/* Why nothing came of it. */
static void tell(const decoder *d, const xpay_json_scan *scan, xpay_error *error)
{
    switch (d->status) {
    case XPAY_ERROR_JSON:
        xpay_fail(error, d->status, NULL, "not JSON: %s at byte %zu", scan->problem, scan->offset);
        if (error != NULL)
            error->offset = (int64_t)scan->offset;
        break;
    case XPAY_ERROR_DECODE: xpay_fail_by_fault(error, &d->unreadable); break;
    default: xpay_fail(error, d->status, NULL, "out of memory while reading the answer");
    }
}

static xpay_status decode(const xpay_type *type, const char *bytes, size_t length, bool whole,
                          const xpay_response *response, void **object, xpay_error *error)
{
    xpay_json_scan scan = {0};
    cJSON *tree = NULL;
    decoder d = {0};
    *object = NULL;

    d.root = xpay_root_new(bytes, length, response);
    if (d.root == NULL) {
        xpay_decoder_no_memory(&d);
        goto done;
    }
    if (length == 0 && is_any(type)) {
        *object = d.root->top = read_bare(&d, type, NULL);
        goto done;
    }
    if (!xpay_json_scan_bytes(&scan, d.root->json, length)) {
        if (scan.problem == NULL) {
            xpay_decoder_no_memory(&d);
            goto done;
        }
        d.status = XPAY_ERROR_JSON;
        goto done;
    }
    /* The skeleton is well-formed, so the parser can only run out of memory. */
    tree = cJSON_ParseWithLength(scan.skeleton, scan.skeleton_length);
    if (tree == NULL) {
        xpay_decoder_no_memory(&d);
        goto done;
    }
    d.next = scan.spans;
    d.root->top = read_root(&d, type, tree, whole);
    d.root->decoded = true;
    *object = d.root->top;

done:
    if (d.status != XPAY_OK)
        tell(&d, &scan, error);
    cJSON_Delete(tree);
    xpay_json_scan_free(&scan);
    if (d.root != NULL && *object == NULL)
        xpay_root_free(d.root);
    return d.status;
}

xpay_status xpay_decode(const xpay_type *type, const char *bytes, size_t length,
                        const xpay_response *response, void **object, xpay_error *error)
{
    return decode(type, bytes, length, true, response, object, error);
}

xpay_status xpay_object_copy(const void *object, void *copy)
{
    const xpay_object *given = object;
    void *made = NULL;
    xpay_status status = XPAY_ERROR_ARGUMENT;
    if (copy == NULL)
        return status;
    if (given != NULL && given->root->decoded && given->root->top != given) {
        size_t length;
        const char *json = xpay_object_json(given, &length);
        status = decode(given->type, json, length, false, xpay_object_response(given), &made, NULL);
    }
    memcpy(copy, &made, sizeof(made));
    return status;
}
