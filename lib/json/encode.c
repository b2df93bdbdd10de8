/*
 * The encoder: parameter structs to JSON, checked on the way by the same tables. For queries see query.c.
 *
 * Nothing of a struct that fails a check is sent, so the checks may run while the text is being written.
 */
#include "encode.h"

#include <stdlib.h>
#include <string.h>

#include "../base/fail.h"
#include "../base/moment.h"
#include "../base/utf8.h"
#include "encoder.h"
#include "number.h"

/* The greatest part of `params` that both the caller's headers and this library know. */
static size_t known_size(const xpay_type *type, const void *params)
{
    size_t size = *(const size_t *)xpay_at(params, type->size_offset);
    return size < type->size ? size : type->size;
}

/* The `size` member: set at all, and with nothing behind what this library knows. */
static xpay_status check_size(const xpay_encoder *e, const xpay_type *type, const void *params,
                              const xpay_path *path)
{
    size_t size = *(const size_t *)xpay_at(params, type->size_offset);
    if (size < type->clear_offset + sizeof(uint64_t))
        return xpay_refuse(e->error, path, "size",
                           "begin with the initial value that the header "
                           "defines for xpay_%s (…_INIT)",
                           type->name);
    for (size_t i = type->size; i < size; i++)
        if (((const char *)params)[i] != 0) {
            xpay_refuse(e->error, path, "size",
                        "xpay_%s has a member that this libxpay does not know: the headers are "
                        "newer than the library",
                        type->name);
            if (e->error != NULL)
                e->error->status = XPAY_ERROR_ABI;
            return XPAY_ERROR_ABI;
        }
    return XPAY_OK;
}

xpay_status xpay_encoder_enter(const xpay_encoder *e, const xpay_type *type, const void *params,
                               const xpay_path *path, size_t *size)
{
    xpay_status status = check_size(e, type, params, path);
    *size = status == XPAY_OK ? known_size(type, params) : 0;
    if (status == XPAY_OK)
        status = xpay_check_struct(type, params, *size, path, e->error);
    return status;
}

static void write_text(xpay_buffer *out, const char *text)
{
    static const char letters[] = "btn\vfr";
    xpay_buffer_byte(out, '"');
    for (const char *c = text; *c != '\0'; c++) {
        unsigned char byte = (unsigned char)*c;
        if (byte == '"' || byte == '\\') {
            xpay_buffer_byte(out, '\\');
            xpay_buffer_byte(out, *c);
        } else if (byte >= '\b' && byte <= '\r' && byte != '\v') {
            xpay_buffer_byte(out, '\\');
            xpay_buffer_byte(out, letters[byte - '\b']);
        } else if (byte < 0x20) {
            xpay_buffer_format(out, "\\u%04x", (unsigned)byte);
        } else {
            xpay_buffer_byte(out, *c);
        }
    }
    xpay_buffer_byte(out, '"');
}

static void write_time(xpay_buffer *out, int64_t milliseconds)
{
    char text[XPAY_TIME_TEXT_SIZE];
    xpay_time_format(milliseconds, text);
    write_text(out, text);
}

static xpay_status write_map(const xpay_encoder *e, const xpay_text_pair *pairs, size_t count,
                             const xpay_path *path)
{
    xpay_buffer_byte(e->out, '{');
    for (size_t i = 0; i < count; i++) {
        xpay_path here = {path, NULL, i};
        if (pairs[i].name == NULL || pairs[i].value == NULL)
            return xpay_refuse(e->error, &here, NULL, "name and value must both be given");
        if (xpay_utf8_length(pairs[i].name) == SIZE_MAX ||
            xpay_utf8_length(pairs[i].value) == SIZE_MAX)
            return xpay_refuse(e->error, &here, NULL, "must be valid UTF-8");
        for (size_t k = 0; k < i; k++)
            if (strcmp(pairs[k].name, pairs[i].name) == 0)
                return xpay_refuse(e->error, &here, NULL, "repeats the name of an earlier pair");
        if (i > 0)
            xpay_buffer_byte(e->out, ',');
        write_text(e->out, pairs[i].name);
        xpay_buffer_byte(e->out, ':');
        write_text(e->out, pairs[i].value);
    }
    xpay_buffer_byte(e->out, '}');
    return XPAY_OK;
}

static xpay_status write_object(const xpay_encoder *e, const xpay_type *type, const void *params,
                                const xpay_path *path);

/* One value of a field that is set, checked. */
xpay_status xpay_encoder_value(const xpay_encoder *e, const xpay_field *field, const void *slot,
                               const xpay_path *path)
{
    xpay_status status = xpay_check_value(field, slot, path, e->error);
    if (status != XPAY_OK)
        return status;
    switch (field->kind) {
    case XPAY_KIND_TEXT: write_text(e->out, *(const char *const *)slot); break;
    case XPAY_KIND_JSON: xpay_buffer_text(e->out, *(const char *const *)slot); break;
    case XPAY_KIND_ENUM:
        write_text(e->out, xpay_enum_name(field->values, *(const int32_t *)slot));
        break;
    case XPAY_KIND_BOOLEAN: xpay_buffer_text(e->out, *(const bool *)slot ? "true" : "false"); break;
    case XPAY_KIND_TIME: write_time(e->out, *(const int64_t *)slot); break;
    case XPAY_KIND_OBJECT: return write_object(e, field->type, *(const void *const *)slot, path);
    default: xpay_buffer_format(e->out, "%lld", (long long)*(const int64_t *)slot); break;
    }
    return XPAY_OK;
}

/* The bytes from one element of a list to the next. */
static size_t step_of(const xpay_field *field, const char *elements, size_t count)
{
    if (field->kind == XPAY_KIND_ENUM)
        return sizeof(int32_t);
    if (field->kind == XPAY_KIND_TEXT)
        return sizeof(char *);
    return count == 0 ? 0 : *(const size_t *)xpay_at(elements, field->type->size_offset);
}

/* Elements of a list: enumerations and texts by value, or structs that stand one behind the other. */
xpay_status xpay_encoder_list(const xpay_encoder *e, const xpay_field *field, const void *params,
                              const xpay_path *path)
{
    const char *elements = *(const char *const *)xpay_at(params, field->offset);
    size_t count = *(const size_t *)xpay_at(params, field->presence);
    if (field->kind == XPAY_KIND_TEXT_MAP)
        return write_map(e, (const xpay_text_pair *)(const void *)elements, count, path);

    size_t step = step_of(field, elements, count);
    xpay_buffer_byte(e->out, '[');
    for (size_t i = 0; i < count; i++) {
        xpay_path here = {path, NULL, i};
        const void *element = elements + i * step;
        if (i > 0)
            xpay_buffer_byte(e->out, ',');
        if (field->kind == XPAY_KIND_TEXT && *(const char *const *)element == NULL)
            return xpay_refuse(e->error, &here, NULL, "must not be NULL");
        xpay_status status = field->kind == XPAY_KIND_OBJECT
                                 ? write_object(e, field->type, element, &here)
                                 : xpay_encoder_value(e, field, element, &here);
        if (status != XPAY_OK)
            return status;
    }
    xpay_buffer_byte(e->out, ']');
    return XPAY_OK;
}

static xpay_status write_object(const xpay_encoder *e, const xpay_type *type, const void *params,
                                const xpay_path *path)
{
    size_t size;
    xpay_status status = xpay_encoder_enter(e, type, params, path, &size);

    xpay_buffer_byte(e->out, '{');
    bool first = true;
    for (size_t i = 0; i < type->field_count && status == XPAY_OK; i++) {
        const xpay_field *field = &type->fields[i];
        xpay_path here = {path, field->member, 0};
        xpay_state state = xpay_state_of(type, params, size, field);
        if (state == XPAY_STATE_UNTOUCHED)
            continue;
        if (!first)
            xpay_buffer_byte(e->out, ',');
        first = false;
        write_text(e->out, field->name);
        xpay_buffer_byte(e->out, ':');
        if (state == XPAY_STATE_NULL)
            xpay_buffer_text(e->out, "null");
        else if (field->flags & XPAY_FIELD_ARRAY)
            status = xpay_encoder_list(e, field, params, &here);
        else
            status = xpay_encoder_value(e, field, xpay_at(params, field->offset), &here);
    }
    xpay_buffer_byte(e->out, '}');
    return status;
}

xpay_status xpay_encoder_finish(xpay_status status, const xpay_buffer *out, xpay_error *error)
{
    if (status == XPAY_OK && out->failed)
        return xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "out of memory while writing the request");
    return status;
}

/* A struct of a type with its initial value: what a NULL from the caller stands for. NULL when memory ran out. */
static void *initial(const xpay_type *type)
{
    void *params = calloc(1, type->size);
    if (params != NULL)
        *(size_t *)(void *)((char *)params + type->size_offset) = type->size;
    return params;
}

xpay_status xpay_encode_json(const xpay_type *type, const void *params, xpay_buffer *body,
                             xpay_error *error)
{
    xpay_encoder e = {body, error};
    void *nothing = params == NULL ? initial(type) : NULL;
    if (params == NULL && nothing == NULL)
        return xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "out of memory while writing the request");
    xpay_status status = write_object(&e, type, params == NULL ? nothing : params, NULL);
    free(nothing);
    return xpay_encoder_finish(status, body, error);
}
