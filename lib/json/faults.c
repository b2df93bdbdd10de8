/* What is wrong with an answer, and where: the end of the decode, or a fault that the root lists. */
#include "../base/buffer.h"
#include "../base/fail.h"
#include "decoder.h"

bool xpay_decoder_no_memory(decoder *d)
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

const char *xpay_decoder_kind_name(const value *v)
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
bool xpay_decoder_unreadable(decoder *d, const place *p, const char *expected, const char *found)
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
bool xpay_decoder_list_fault(decoder *d, const xpay_object *object, const place *p,
                             const char *expected, const char *found)
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
        return xpay_decoder_no_memory(d);
    root->faults[root->fault_count++] = (xpay_fault){kept, expected, found, object};
    return true;
}

/* What belongs in a field, for messages. */
const char *xpay_decoder_expectation(const xpay_field *field, bool list)
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
bool xpay_decoder_wrong_kind(decoder *d, xpay_object *object, const xpay_field *field,
                             const value *v, const place *p, bool list)
{
    const char *expected = xpay_decoder_expectation(field, list);
    if (field->flags & XPAY_FIELD_CRITICAL)
        return xpay_decoder_unreadable(d, p, expected, xpay_decoder_kind_name(v));
    return xpay_decoder_list_fault(d, object, p, expected, xpay_decoder_kind_name(v));
}
