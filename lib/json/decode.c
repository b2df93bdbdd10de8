/*
 * The decoder: walks the parser's tree once, in step with the spans of the scan, and fills structs by their tables.
 *
 * The tree says which member belongs where; each value itself is read from the answer's own bytes.
 */
#include "decode.h"

#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "../base/buffer.h"
#include "../base/fail.h"
#include "../base/moment.h"
#include "table.h"
#include "number.h"
#include "root.h"
#include "scan.h"

/* Where the decoder is, for messages: a member's name or, below an array, a number. */
typedef struct place {
    const struct place *above;
    const char *name;
    size_t index;
} place;

typedef struct decoder {
    xpay_root *root;
    const xpay_json_span *next; /* the span of the value that comes next */
    xpay_error *error;
    xpay_status status;
} decoder;

/* One value: its bytes in the answer and its node in the tree. */
typedef struct value {
    const char *bytes;
    size_t length;
    bool escaped;
    const cJSON *node;
} value;

static bool no_memory(decoder *d)
{
    d->status = XPAY_ERROR_MEMORY;
    xpay_fail(d->error, d->status, NULL, "out of memory while reading the answer");
    return false;
}

static void write_path(xpay_buffer *path, const place *p)
{
    if (p == NULL)
        return;
    write_path(path, p->above);
    if (p->name == NULL) {
        xpay_buffer_format(path, "/%zu", p->index);
        return;
    }
    xpay_buffer_byte(path, '/');
    for (const char *c = p->name; *c != '\0'; c++) {
        if (*c == '~' || *c == '/')
            xpay_buffer_text(path, *c == '~' ? "~0" : "~1");
        else
            xpay_buffer_byte(path, *c);
    }
}

static const char *kind_name(const value *v)
{
    switch (v->bytes[0]) {
    case '{': return "an object";
    case '[': return "a list";
    case '"': return "text";
    case 't':
    case 'f': return "a boolean";
    case 'n': return "null";
    default: return "a number";
    }
}

/* Give the whole decode up because of what stands at a place. */
static bool unreadable(decoder *d, const place *p, const char *expected, const char *found)
{
    xpay_buffer path = XPAY_BUFFER_INIT;
    write_path(&path, p);
    d->status = XPAY_ERROR_DECODE;
    xpay_fail(d->error, d->status, path.bytes, "\"%s\" is %s where %s belongs",
              path.bytes == NULL ? "" : path.bytes, found, expected);
    xpay_buffer_free(&path);
    return false;
}

/* List a member that is left out on the root. */
static bool list_fault(decoder *d, const xpay_object *object, const place *p, const char *expected,
                       const char *found)
{
    xpay_root *root = d->root;
    if (root->fault_count >= XPAY_MAX_FAULTS) {
        root->fault_count++;
        return true;
    }
    if (root->faults == NULL)
        root->faults = xpay_arena_zeroed(&root->arena, XPAY_MAX_FAULTS * sizeof(xpay_fault));
    xpay_buffer path = XPAY_BUFFER_INIT;
    write_path(&path, p);
    const char *kept = NULL;
    if (root->faults != NULL && !path.failed)
        kept = xpay_arena_copy(&root->arena, path.bytes, path.length);
    xpay_buffer_free(&path);
    if (kept == NULL)
        return no_memory(d);
    root->faults[root->fault_count++] = (xpay_fault){kept, expected, found, object};
    return true;
}

/* Whether an object has another member of the same name further on: then this one does not count. */
static bool is_repeated(const cJSON *member)
{
    for (const cJSON *later = member->next; later != NULL; later = later->next)
        if (strcmp(later->string, member->string) == 0)
            return true;
    return false;
}

/* The value whose node is at hand; the spans move on by one. */
static value take(decoder *d, const cJSON *node)
{
    const xpay_json_span *span = d->next++;
    return (value){d->root->json + span->start, span->end - span->start, span->escaped, node};
}

/* Move the spans past everything below a node. */
static void skip_below(decoder *d, const cJSON *node)
{
    for (const cJSON *child = node->child; child != NULL; child = child->next) {
        d->next++;
        if (child->child != NULL)
            skip_below(d, child);
    }
}

static char *at(void *object, uint32_t offset)
{
    return (char *)object + offset;
}

static void set_presence(void *object, const xpay_field *field)
{
    if (field->presence != XPAY_NO_OFFSET)
        *(bool *)at(object, field->presence) = true;
}

/* The unescaped text of a string value, kept in the arena. */
static const char *keep_text(decoder *d, const value *v)
{
    size_t length = v->length - 2;
    char *text = xpay_arena_bytes(&d->root->arena, length + 1);
    if (text == NULL)
        return NULL;
    memcpy(text, v->bytes + 1, length);
    if (v->escaped)
        length = xpay_json_unescape(text, length);
    text[length] = '\0';
    return text;
}

/* The number of an enumeration's name; 0 when this version does not know it. */
static int32_t enum_value(const xpay_enum *values, const value *v)
{
    size_t length = v->length - 2;
    const char *text = v->bytes + 1;
    for (size_t i = 0; i < values->count; i++) {
        const char *name = values->names[i];
        if (name[0] == text[0] && strncmp(name, text, length) == 0 && name[length] == '\0')
            return (int32_t)i + 1;
    }
    return 0;
}

/* What one read came to. */
typedef enum reading { READ, WRONG, ABSENT, FAILED } reading;

static reading read_decimal(decoder *d, const value *v, xpay_decimal *decimal)
{
    bool quoted = v->bytes[0] == '"';
    const char *digits = v->bytes + quoted;
    size_t length = v->length - (quoted ? 2 : 0);
    double rounded;
    if (!xpay_number_to_double(digits, length, &rounded))
        return WRONG;
    decimal->digits = xpay_arena_copy(&d->root->arena, digits, length);
    if (decimal->digits == NULL)
        return FAILED;
    decimal->value = rounded;
    return READ;
}

/* A member of open JSON: its name, and its text or JSON. */
static bool read_json_member(decoder *d, const cJSON *node, xpay_json_member *member)
{
    value v = take(d, node);
    skip_below(d, node);
    member->name = xpay_arena_copy(&d->root->arena, node->string, strlen(node->string));
    member->value = v.bytes[0] == '"' ? keep_text(d, &v)
                                      : xpay_arena_copy(&d->root->arena, v.bytes, v.length);
    return member->name != NULL && member->value != NULL;
}

static reading read_json(decoder *d, const value *v, const xpay_json **member)
{
    if (v->bytes[0] != '{' && v->bytes[0] != '[')
        return WRONG;
    xpay_arena *arena = &d->root->arena;
    xpay_json *json = xpay_arena_zeroed(arena, sizeof *json);
    if (json == NULL)
        return FAILED;
    json->text = xpay_arena_copy(arena, v->bytes, v->length);
    json->length = v->length;
    if (v->bytes[0] == '{') {
        size_t count = (size_t)cJSON_GetArraySize(v->node);
        xpay_json_member *members = xpay_arena_zeroed(arena, count * sizeof *members);
        if (members == NULL)
            return FAILED;
        for (const cJSON *child = v->node->child; child != NULL; child = child->next)
            if (!read_json_member(d, child, &members[json->members_count++]))
                return FAILED;
        json->members = members;
    } else {
        skip_below(d, v->node);
    }
    *member = json;
    return json->text == NULL ? FAILED : READ;
}

static void *read_object(decoder *d, const xpay_type *type, const value *v, const place *p);

/* Whether a member's name is the one by which objects say what they are. */
static bool is_tag(const char *name)
{
    return name[0] == 'o' && strcmp(name, "object") == 0;
}

/* A text value as it is without its escapes, quotes kept. False when memory ran out. */
static bool undo_escapes(decoder *d, const value *v, value *plain)
{
    char *bytes = xpay_arena_copy(&d->root->arena, v->bytes, v->length);
    if (bytes == NULL)
        return false;
    *plain = (value){bytes, xpay_json_unescape(bytes + 1, v->length - 2) + 2, false, v->node};
    return true;
}

/*
 * The type that an object says it is by its member `object`, by the last of that name as everywhere; NULL when this
 * version does not know it. The spans stay where they are.
 */
static const xpay_type *type_by_tag(decoder *d, const xpay_type *any, const value *v)
{
    const xpay_type *type = NULL;
    decoder ahead = *d;
    for (const cJSON *child = v->node->child; child != NULL; child = child->next) {
        value member = take(&ahead, child);
        skip_below(&ahead, child);
        if (!is_tag(child->string))
            continue;
        if (member.escaped && !undo_escapes(d, &member, &member)) {
            no_memory(d);
            return NULL;
        }
        type = *member.bytes == '"' ? any->resolve(member.bytes + 1, member.length - 2) : NULL;
    }
    return type;
}

/* Read one value as a field's kind into a member (or array element) at `slot`. */
static reading read_value(decoder *d, const xpay_field *field, const value *v, void *slot,
                          const place *p)
{
    char c = v->bytes[0];
    value plain;
    if (v->escaped && field->kind != XPAY_KIND_TEXT) { /* "2026-05-01T12:00\u002b02:00" is a time */
        if (!undo_escapes(d, v, &plain))
            return FAILED;
        v = &plain;
    }
    switch (field->kind) {
    case XPAY_KIND_TEXT:
        if (c != '"')
            return WRONG;
        *(const char **)slot = keep_text(d, v);
        return *(const char **)slot == NULL ? FAILED : READ;
    case XPAY_KIND_ENUM:
        if (c != '"')
            return WRONG;
        *(int32_t *)slot = enum_value(field->values, v);
        return READ;
    case XPAY_KIND_MONEY:
        if (c == '"')
            return xpay_number_from_text(v->bytes + 1, v->length - 2, slot) ? READ : WRONG;
        return xpay_number_to_integer(v->bytes, v->length, slot) ? READ : WRONG;
    case XPAY_KIND_INTEGER:
        return xpay_number_to_integer(v->bytes, v->length, slot) ? READ : WRONG;
    case XPAY_KIND_BOOLEAN:
        if (c != 't' && c != 'f')
            return WRONG;
        *(bool *)slot = c == 't';
        return READ;
    case XPAY_KIND_TIME:
        if (c != '"')
            return WRONG;
        if (v->length == 2)
            return ABSENT;
        return xpay_time_parse(v->bytes + 1, v->length - 2, slot) ? READ : WRONG;
    case XPAY_KIND_DECIMAL: return read_decimal(d, v, slot);
    case XPAY_KIND_JSON: return read_json(d, v, slot);
    default: break;
    }
    if (c != '{')
        return WRONG;
    const xpay_type *type = field->type;
    if (type->resolve != NULL)
        type = type_by_tag(d, type, v);
    if (type == NULL) {
        skip_below(d, v->node);
        return d->status == XPAY_OK ? ABSENT : FAILED;
    }
    *(void **)slot = read_object(d, type, v, p);
    return *(void **)slot == NULL ? FAILED : READ;
}

/* What belongs in a field, for messages. */
static const char *expectation(const xpay_field *field, bool list)
{
    static const char *const names[] = {
        [XPAY_KIND_TEXT] = "text",
        [XPAY_KIND_INTEGER] = "an integer",
        [XPAY_KIND_MONEY] = "an amount (an integer of at most 2^53 - 1)",
        [XPAY_KIND_BOOLEAN] = "a boolean",
        [XPAY_KIND_TIME] = "a time in ISO 8601",
        [XPAY_KIND_DECIMAL] = "a decimal number",
        [XPAY_KIND_ENUM] = "text",
        [XPAY_KIND_OBJECT] = "an object",
        [XPAY_KIND_JSON] = "an object or a list",
    };
    return list ? "a list" : names[field->kind];
}

/* A value of the wrong kind: the end of the decode in a critical field, listed on the root in any other. */
static bool wrong_kind(decoder *d, xpay_object *object, const xpay_field *field, const value *v,
                       const place *p, bool list)
{
    const char *expected = expectation(field, list);
    if (field->flags & XPAY_FIELD_CRITICAL)
        return unreadable(d, p, expected, kind_name(v));
    return list_fault(d, object, p, expected, kind_name(v));
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
        return no_memory(d);
    size_t count = 0;
    place element = {p, NULL, 0};
    for (const cJSON *child = v->node->child; child != NULL; child = child->next, element.index++) {
        value item = take(d, child);
        switch (read_value(d, field, &item, elements + count * size, &element)) {
        case READ: count++; break;
        case ABSENT: break;
        case WRONG:
            skip_below(d, child);
            if (!wrong_kind(d, object, field, &item, &element, false))
                return false;
            break;
        case FAILED: return d->status != XPAY_OK ? false : no_memory(d);
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
            return wrong_kind(d, object, field, v, p, list);
        return true;
    }
    if (list) {
        if (v->bytes[0] == '[')
            return read_array(d, object, field, v, p);
        forget(object, field);
        skip_below(d, v->node);
        return wrong_kind(d, object, field, v, p, true);
    }
    switch (read_value(d, field, v, at(object, field->offset), p)) {
    case READ: set_presence(object, field); return true;
    case ABSENT: forget(object, field); return true;
    case FAILED: return d->status != XPAY_OK ? false : no_memory(d);
    default: break;
    }
    forget(object, field);
    skip_below(d, v->node);
    return wrong_kind(d, object, field, v, p, false);
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
    return name[-1] == '"' && (name[-2] == '{' || name[-2] == ',') && same(name, field->name, length);
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
    if (v->escaped && !undo_escapes(d, v, &plain))
        return no_memory(d);
    if (plain.bytes[0] == '"' && plain.length == length + 2 &&
        memcmp(plain.bytes + 1, type->object_tag, length) == 0)
        return true;
    place tag = {p, "object", 0};
    return unreadable(d, &tag, type->object_tag, v->bytes[0] == '"' ? "another object" : kind_name(v));
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
        if (!list_fault(d, object, &missing, expectation(field, false), "nothing"))
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
    if (d->status != XPAY_OK)
        xpay_fail(d->error, XPAY_OK, NULL, "%s", "");
    d->status = XPAY_OK;
    d->root->fault_count = before->faults;
    d->next = before->next;
    skip_below(d, member);
    return true;
}

static void *read_object(decoder *d, const xpay_type *type, const value *v, const place *p)
{
    xpay_object *object = xpay_arena_zeroed(&d->root->arena, type->size);
    if (object == NULL) {
        no_memory(d);
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
            skip_below(d, child);
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

/* A list answer without an envelope: the array itself is the one field of its type. */
static void *read_bare_list(decoder *d, const xpay_type *type, const value *v)
{
    xpay_object *object = xpay_arena_zeroed(&d->root->arena, type->size);
    if (object == NULL) {
        no_memory(d);
        return NULL;
    }
    *object = (xpay_object){type, d->root, v->bytes};
    return read_array(d, object, &type->fields[0], v, NULL) ? object : NULL;
}

/* A root must say what it is, and have its id where the contract promises one, or it is some other answer. */
static bool check_root(decoder *d, xpay_object *object, const value *v)
{
    const xpay_type *type = object->type;
    bool tagged = type->object_tag == NULL;
    for (const cJSON *child = v->node->child; child != NULL && !tagged; child = child->next)
        tagged = is_tag(child->string);
    place tag = {NULL, "object", 0}, id = {NULL, "id", 0};
    if (!tagged)
        return unreadable(d, &tag, type->object_tag, "nothing");
    const xpay_field *field = xpay_type_field_by_name(type, "id");
    if (field != NULL && (field->flags & XPAY_FIELD_REQUIRED) &&
        *(const char **)at(object, field->offset) == NULL)
        return unreadable(d, &id, "text", "nothing");
    return true;
}

static void *read_root(decoder *d, const xpay_type *type, const cJSON *tree)
{
    value v = take(d, tree);
    bool bare_list = type->field_count > 0 && type->fields[0].name[0] == '\0';
    if (v.bytes[0] != (bare_list ? '[' : '{')) {
        unreadable(d, NULL, bare_list ? "a list" : "an object", kind_name(&v));
        return NULL;
    }
    if (bare_list)
        return read_bare_list(d, type, &v);
    void *object = read_object(d, type, &v, NULL);
    return object != NULL && check_root(d, object, &v) ? object : NULL;
}

xpay_status xpay_decode(const xpay_type *type, const char *bytes, size_t length,
                        const xpay_response *response, void **object, xpay_error *error)
{
    xpay_json_scan scan = {0};
    cJSON *tree = NULL;
    decoder d = {NULL, NULL, error, XPAY_OK};
    *object = NULL;

    d.root = xpay_root_new(bytes, length, response);
    if (d.root == NULL) {
        no_memory(&d);
        goto done;
    }
    if (!xpay_json_scan_bytes(&scan, d.root->json, length)) {
        if (scan.problem == NULL) {
            no_memory(&d);
            goto done;
        }
        d.status = xpay_fail(error, XPAY_ERROR_JSON, NULL, "not JSON: %s at byte %zu",
                             scan.problem, scan.offset);
        if (error != NULL)
            error->offset = (int64_t)scan.offset;
        goto done;
    }
    /* The skeleton is well-formed, so the parser can only run out of memory. */
    tree = cJSON_ParseWithLength(scan.skeleton, scan.skeleton_length);
    if (tree == NULL) {
        no_memory(&d);
        goto done;
    }
    d.next = scan.spans;
    d.root->top = read_root(&d, type, tree);
    *object = d.root->top;

done:
    cJSON_Delete(tree);
    xpay_json_scan_free(&scan);
    if (d.root != NULL && *object == NULL)
        xpay_root_free(d.root);
    return d.status;
}
