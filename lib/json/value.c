/* One value of an answer, read from the answer's own bytes as the kind that its field has. */
#include "../base/moment.h"
#include "decoder.h"
#include "number.h"

/* Move the spans past everything below a node. */
void xpay_decoder_skip(decoder *d, const cJSON *node)
{
    for (const cJSON *child = node->child; child != NULL; child = child->next) {
        d->next++;
        if (child->child != NULL)
            xpay_decoder_skip(d, child);
    }
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
    xpay_decoder_skip(d, node);
    member->name = xpay_arena_copy(&d->root->arena, node->string, strlen(node->string));
    member->value =
        v.bytes[0] == '"' ? keep_text(d, &v) : xpay_arena_copy(&d->root->arena, v.bytes, v.length);
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
        xpay_decoder_skip(d, v->node);
    }
    *member = json;
    return json->text == NULL ? FAILED : READ;
}

/* A text value as it is without its escapes, quotes kept. False when memory ran out. */
bool xpay_decoder_undo_escapes(decoder *d, const value *v, value *plain)
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
        xpay_decoder_skip(&ahead, child);
        if (!is_tag(child->string))
            continue;
        if (member.escaped && !xpay_decoder_undo_escapes(d, &member, &member)) {
            xpay_decoder_no_memory(d);
            return NULL;
        }
        type = *member.bytes == '"' ? any->resolve(member.bytes + 1, member.length - 2) : NULL;
    }
    return type;
}

/*
 * An object of the type that it says it is. One that cannot be read as that is left out: whether it can be done without
 * is for those to say who know what it was wanted for.
 */
static reading read_any_object(decoder *d, const xpay_type *any, const value *v, void **slot,
                               const place *p)
{
    const xpay_json_span *inside = d->next;
    size_t faults = d->root->fault_count;
    const xpay_type *type = type_by_tag(d, any, v);
    if (d->status != XPAY_OK)
        return FAILED;
    if (type != NULL && (*slot = xpay_decoder_read_object(d, type, v, p)) != NULL)
        return READ;
    if (d->status != XPAY_OK && d->status != XPAY_ERROR_DECODE)
        return FAILED;
    d->status = XPAY_OK;
    d->root->fault_count = faults;
    d->next = inside;
    xpay_decoder_skip(d, v->node);
    return type == NULL ? ABSENT : LEFT_OUT;
}

/* Read one value as a field's kind into a member (or array element) at `slot`. */
reading xpay_decoder_read_value(decoder *d, const xpay_field *field, const value *v, void *slot,
                                const place *p)
{
    char c = v->bytes[0];
    value plain;
    if (v->escaped && field->kind != XPAY_KIND_TEXT) { /* "2026-05-01T12:00\u002b02:00" is a time */
        if (!xpay_decoder_undo_escapes(d, v, &plain))
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
    case XPAY_KIND_INTEGER: return xpay_number_to_integer(v->bytes, v->length, slot) ? READ : WRONG;
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
    if (field->type->resolve != NULL)
        return read_any_object(d, field->type, v, slot, p);
    *(void **)slot = xpay_decoder_read_object(d, field->type, v, p);
    return *(void **)slot == NULL ? FAILED : READ;
}
