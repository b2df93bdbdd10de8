/* An object as a tree that a person can read. */
#include <string.h>

#include <xpay/money.h>

#include "../base/buffer.h"
#include "../base/moment.h"
#include "redact.h"
#include "table.h"

static const void *member(const void *object, uint32_t offset)
{
    return (const char *)object + offset;
}

static void indent(xpay_buffer *out, int depth)
{
    for (int i = 0; i < depth; i++)
        xpay_buffer_text(out, "  ");
}

/* Text in quotes on one line; what would break the line or the terminal is written as JSON would. */
static void print_text(xpay_buffer *out, const char *text)
{
    xpay_buffer_byte(out, '"');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            xpay_buffer_byte(out, '\\');
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            xpay_buffer_format(out, "\\u%04x", (unsigned)(unsigned char)*c);
        else
            xpay_buffer_byte(out, *c);
    }
    xpay_buffer_byte(out, '"');
}

/* The currency that an object's amounts are in: its own member `currency`, if it has one. */
static xpay_currency currency_of(const xpay_object *object)
{
    const xpay_field *field = xpay_type_field_by_name(object->type, "currency");
    return field == NULL ? XPAY_CURRENCY_UNKNOWN : *(const int32_t *)member(object, field->offset);
}

static void print_money(xpay_buffer *out, const xpay_object *object, int64_t amount)
{
    char text[XPAY_MONEY_TEXT_SIZE];
    xpay_buffer_format(out, "%lld", (long long)amount);
    if (xpay_money_format(amount, currency_of(object), text, sizeof text) == XPAY_OK)
        xpay_buffer_format(out, " (%s)", text);
}

static void print_object(xpay_buffer *out, const xpay_object *object, int depth);

/* Open JSON on one line. It is looked through for secrets, since no table says where they are. */
static void print_json(xpay_buffer *out, const xpay_json *json)
{
    char *text = xpay_redact_json(json->text, json->length);
    for (const char *c = text; c != NULL && *c != '\0'; c++)
        xpay_buffer_byte(out, (unsigned char)*c < 0x20 ? ' ' : *c);
    out->failed = out->failed || text == NULL;
    xpay_redact_free(text, json->length);
}

/* One value of a field, on the line of its name or below it. */
static void print_value(xpay_buffer *out, const xpay_object *object, const xpay_field *field,
                        const void *slot, int depth)
{
    if (field->flags & XPAY_FIELD_SECRET) {
        xpay_buffer_text(out, "********");
        return;
    }
    switch (field->kind) {
    case XPAY_KIND_TEXT: print_text(out, *(const char *const *)slot); break;
    case XPAY_KIND_INTEGER:
        xpay_buffer_format(out, "%lld", (long long)*(const int64_t *)slot);
        break;
    case XPAY_KIND_MONEY: print_money(out, object, *(const int64_t *)slot); break;
    case XPAY_KIND_BOOLEAN: xpay_buffer_text(out, *(const bool *)slot ? "true" : "false"); break;
    case XPAY_KIND_TIME: {
        char text[XPAY_TIME_TEXT_SIZE];
        xpay_time_format(*(const int64_t *)slot, text);
        xpay_buffer_text(out, text);
        break;
    }
    case XPAY_KIND_DECIMAL: xpay_buffer_text(out, ((const xpay_decimal *)slot)->digits); break;
    case XPAY_KIND_ENUM: {
        const char *name = xpay_enum_name(field->values, *(const int32_t *)slot);
        xpay_buffer_text(out, name == NULL ? "?" : name);
        break;
    }
    case XPAY_KIND_JSON: print_json(out, *(const xpay_json *const *)slot); break;
    default: print_object(out, *(const xpay_object *const *)slot, depth); break;
    }
}

/* Whether a field that is not an array has a value. */
static bool is_present(const xpay_object *object, const xpay_field *field)
{
    const void *slot = member(object, field->offset);
    if (field->presence != XPAY_NO_OFFSET)
        return *(const bool *)member(object, field->presence);
    switch (field->kind) {
    case XPAY_KIND_INTEGER:
    case XPAY_KIND_MONEY:
    case XPAY_KIND_BOOLEAN: return true;
    case XPAY_KIND_TIME: return *(const int64_t *)slot != 0; /* the answer lacked it: not 1970 */
    case XPAY_KIND_ENUM: return *(const int32_t *)slot != 0;
    default: return *(const void *const *)slot != NULL;
    }
}

static void print_list(xpay_buffer *out, const xpay_object *object, const xpay_field *field,
                       int depth)
{
    const char *elements = *(const char *const *)member(object, field->offset);
    size_t count = *(const size_t *)member(object, field->presence);
    size_t size = field->kind == XPAY_KIND_ENUM ? sizeof(int32_t) : sizeof(void *);
    if (elements == NULL)
        return;
    if (count == 0) {
        indent(out, depth);
        xpay_buffer_format(out, "%s: none\n", field->name);
    }
    for (size_t i = 0; i < count; i++) {
        indent(out, depth);
        xpay_buffer_format(out, "%s[%zu]: ", field->name, i);
        print_value(out, object, field, elements + i * size, depth);
        xpay_buffer_byte(out, '\n');
    }
}

static void print_object(xpay_buffer *out, const xpay_object *object, int depth)
{
    const xpay_type *type = object->type;
    xpay_buffer_text(out, type->object_tag != NULL ? type->object_tag : type->name);
    size_t start = out->length;
    for (size_t i = 0; i < type->field_count; i++) {
        const xpay_field *field = &type->fields[i];
        if (start == out->length || out->bytes[out->length - 1] != '\n')
            xpay_buffer_byte(out, '\n');
        if (field->flags & XPAY_FIELD_ARRAY) {
            print_list(out, object, field, depth + 1);
        } else if (is_present(object, field)) {
            indent(out, depth + 1);
            xpay_buffer_format(out, "%s%s", field->name, field->name[0] == '\0' ? "" : ": ");
            print_value(out, object, field, member(object, field->offset), depth + 1);
            xpay_buffer_byte(out, '\n');
        }
        if (out->failed)
            return;
    }
    if (depth > 0 && out->length > start && out->bytes[out->length - 1] == '\n')
        out->length--;
}

xpay_status xpay_object_print(const void *object, char **text)
{
    if (text == NULL)
        return XPAY_ERROR_ARGUMENT;
    *text = NULL;
    if (object == NULL)
        return XPAY_ERROR_ARGUMENT;
    xpay_buffer out = XPAY_BUFFER_INIT;
    print_object(&out, object, 0);
    *text = xpay_buffer_take(&out);
    return *text == NULL ? XPAY_ERROR_MEMORY : XPAY_OK;
}
