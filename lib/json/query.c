/* Queries: the parameters of lists, checked by the same tables as bodies are. */
#include <string.h>

#include "encode.h"
#include "encoder.h"

/* Append text with everything but unreserved characters (RFC 3986) percent-encoded. */
static void write_percent(xpay_buffer *out, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        bool unreserved = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
                          (*c >= '0' && *c <= '9') || strchr("-._~", *c) != NULL;
        if (unreserved)
            xpay_buffer_byte(out, *c);
        else
            xpay_buffer_format(out, "%%%02X", (unsigned)(unsigned char)*c);
    }
}

/* A scalar in a query, its text as it is. */
static void write_plain(xpay_buffer *out, const xpay_field *field, const void *slot)
{
    switch (field->kind) {
    case XPAY_KIND_TEXT: xpay_buffer_text(out, *(const char *const *)slot); break;
    case XPAY_KIND_ENUM:
        xpay_buffer_text(out, xpay_enum_name(field->values, *(const int32_t *)slot));
        break;
    case XPAY_KIND_BOOLEAN: xpay_buffer_text(out, *(const bool *)slot ? "true" : "false"); break;
    default: xpay_buffer_format(out, "%lld", (long long)*(const int64_t *)slot); break;
    }
}

/* A filter: its first member says how to compare, the others with what: "bt:10,100". */
static xpay_status write_filter(const xpay_encoder *e, const xpay_type *type, const void *params,
                                const xpay_path *path)
{
    const char *separator = "";
    size_t size;
    xpay_status status = xpay_encoder_enter(e, type, params, path, &size);
    for (size_t i = 0; i < type->field_count && status == XPAY_OK; i++) {
        const xpay_field *field = &type->fields[i];
        const void *slot = xpay_at(params, field->offset);
        xpay_path here = {path, field->member, 0};
        if (xpay_state_of(type, params, size, field) != XPAY_STATE_VALUE)
            continue;
        status = xpay_check_value(field, slot, &here, e->error);
        if (status != XPAY_OK)
            return status;
        xpay_buffer_text(e->out, separator);
        write_plain(e->out, field, slot);
        separator = i == 0 ? ":" : ",";
    }
    return status;
}

/* The value of one field of a query: plain text, a filter, or JSON. */
static xpay_status write_query_value(const xpay_encoder *e, const xpay_field *field,
                                     const void *params, const xpay_path *path)
{
    const void *slot = xpay_at(params, field->offset);
    if (field->kind == XPAY_KIND_OBJECT)
        return write_filter(e, field->type, *(const void *const *)slot, path);
    if (field->kind == XPAY_KIND_TEXT_MAP)
        return xpay_encoder_list(e, field, params, path);
    if (field->kind == XPAY_KIND_JSON)
        return xpay_encoder_value(e, field, slot, path);
    xpay_status status = xpay_check_value(field, slot, path, e->error);
    if (status == XPAY_OK)
        write_plain(e->out, field, slot);
    return status;
}

xpay_status xpay_encode_query(const xpay_type *type, const void *params, xpay_buffer *query,
                              xpay_error *error)
{
    xpay_buffer value = XPAY_BUFFER_INIT;
    xpay_encoder e = {&value, error};
    if (params == NULL)
        return XPAY_OK;
    size_t size;
    xpay_status status = xpay_encoder_enter(&e, type, params, NULL, &size);
    bool first = true;
    for (size_t i = 0; i < type->field_count && status == XPAY_OK; i++) {
        const xpay_field *field = &type->fields[i];
        xpay_path here = {NULL, field->member, 0};
        if (xpay_state_of(type, params, size, field) != XPAY_STATE_VALUE)
            continue;
        value.length = 0;
        status = write_query_value(&e, field, params, &here);
        xpay_buffer_format(query, "%s%s=", first ? "" : "&", field->name);
        first = false;
        write_percent(query, value.length == 0 ? "" : value.bytes);
    }
    status = xpay_encoder_finish(status, &value, error);
    xpay_buffer_wipe(&value);
    return xpay_encoder_finish(status, query, error);
}
