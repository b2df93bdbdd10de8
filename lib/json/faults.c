/* What is wrong with an answer, and where: the end of the decode, or a fault that the root lists. */
#include "decode.h"

#include "../base/buffer.h"
#include "../base/fail.h"
#include "decoder.h"

bool xpay_decoder_no_memory(decoder *d)
{
    d->status = XPAY_ERROR_MEMORY;
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

/* The JSON pointer to a place, kept in the arena; NULL when memory ran out. */
static const char *keep_path(decoder *d, const place *p)
{
    xpay_buffer path = XPAY_BUFFER_INIT;
    write_path(&path, p);
    const char *kept =
        path.failed
            ? NULL
            : xpay_arena_copy(&d->root->arena, path.bytes == NULL ? "" : path.bytes, path.length);
    xpay_buffer_free(&path);
    return kept;
}

bool xpay_decoder_unreadable(decoder *d, const place *p, const char *expected, const char *found)
{
    const char *path = keep_path(d, p);
    if (path == NULL)
        return xpay_decoder_no_memory(d);
    d->status = XPAY_ERROR_DECODE;
    d->unreadable = (xpay_fault){path, expected, found, NULL};
    return false;
}

/* Room for one more; NULL when there are enough of them, or memory ran out. */
static xpay_fault *new_fault(decoder *d)
{
    xpay_root *root = d->root;
    if (root->fault_count++ >= XPAY_MAX_FAULTS)
        return NULL;
    if (root->faults == NULL)
        root->faults = xpay_arena_zeroed(&root->arena, XPAY_MAX_FAULTS * sizeof(xpay_fault));
    if (root->faults == NULL) {
        xpay_decoder_no_memory(d);
        return NULL;
    }
    return &root->faults[root->fault_count - 1];
}

bool xpay_decoder_list_left_out(decoder *d, const xpay_object *owner)
{
    xpay_fault *fault = new_fault(d);
    if (fault == NULL)
        return d->status == XPAY_OK;
    *fault = d->unreadable;
    fault->object = owner;
    return true;
}

bool xpay_decoder_list_fault(decoder *d, const xpay_object *object, const place *p,
                             const char *expected, const char *found)
{
    xpay_fault *fault = new_fault(d);
    if (fault == NULL)
        return d->status == XPAY_OK;
    *fault = (xpay_fault){keep_path(d, p), expected, found, object};
    return fault->path != NULL || xpay_decoder_no_memory(d);
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

xpay_status xpay_fail_by_fault(xpay_error *error, const xpay_fault *fault)
{
    return xpay_fail(error, XPAY_ERROR_DECODE, fault->path, "\"%s\" is %s where %s belongs",
                     fault->path, fault->found, fault->expected);
}
