#include "check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../base/buffer.h"
#include "../base/fail.h"
#include "../base/moment.h"
#include "../base/utf8.h"
#include "number.h"
#include "scan.h"

static void write_path(xpay_buffer *out, const xpay_path *path)
{
    if (path == NULL)
        return;
    write_path(out, path->above);
    if (path->name == NULL)
        xpay_buffer_format(out, "[%zu]", path->index);
    else
        xpay_buffer_format(out, "%s%s", out->length > 0 ? "." : "", path->name);
}

xpay_status xpay_refuse(xpay_error *error, const xpay_path *path, const char *member,
                        const char *format, ...)
{
    char reason[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);

    xpay_path last = {path, member, 0};
    xpay_buffer name = XPAY_BUFFER_INIT;
    write_path(&name, member == NULL ? path : &last);
    const char *param = name.bytes == NULL ? "" : name.bytes;
    xpay_status status = xpay_fail(error, XPAY_ERROR_ARGUMENT, param, "%s: %s", param, reason);
    xpay_buffer_free(&name);
    return status;
}

/* Whether a field needs a `has_` beside it to be left out. */
static bool is_scalar(const xpay_field *field)
{
    return field->kind == XPAY_KIND_INTEGER || field->kind == XPAY_KIND_MONEY ||
           field->kind == XPAY_KIND_TIME || field->kind == XPAY_KIND_BOOLEAN;
}

static size_t member_size(const xpay_field *field)
{
    if (field->flags & XPAY_FIELD_ARRAY)
        return sizeof(void *);
    switch (field->kind) {
    case XPAY_KIND_BOOLEAN: return sizeof(bool);
    case XPAY_KIND_ENUM: return sizeof(int32_t);
    default: return sizeof(int64_t);
    }
}

/* Whether the caller's struct has a field at all: one of older headers may end before it. */
static bool reaches(const xpay_field *field, size_t size)
{
    return field->offset + member_size(field) <= size &&
           (field->presence == XPAY_NO_OFFSET || field->presence < size);
}

/* Whether the member itself differs from zero. */
static bool is_nonzero(const void *params, const xpay_field *field)
{
    static const char zero[sizeof(int64_t)];
    return memcmp(xpay_at(params, field->offset), zero, member_size(field)) != 0;
}

static bool has_value(const void *params, const xpay_field *field)
{
    if (!is_scalar(field) || (field->flags & XPAY_FIELD_ARRAY))
        return is_nonzero(params, field);
    return field->presence == XPAY_NO_OFFSET || *(const bool *)xpay_at(params, field->presence);
}

static bool is_cleared(const xpay_type *type, const void *params, const xpay_field *field)
{
    uint64_t clear = *(const uint64_t *)xpay_at(params, type->clear_offset);
    return field->clear_bit != XPAY_NO_OFFSET && (clear >> field->clear_bit & 1) != 0;
}

xpay_state xpay_state_of(const xpay_type *type, const void *params, size_t size,
                         const xpay_field *field)
{
    if (!reaches(field, size))
        return XPAY_STATE_UNTOUCHED;
    if (has_value(params, field))
        return XPAY_STATE_VALUE;
    return is_cleared(type, params, field) ? XPAY_STATE_NULL : XPAY_STATE_UNTOUCHED;
}

/* The checks of one field that need its whole struct. */
static xpay_status check_field(const xpay_type *type, const void *params, size_t size,
                               const xpay_field *field, const xpay_path *path, xpay_error *error)
{
    if (!reaches(field, size))
        return XPAY_OK;
    bool value = has_value(params, field);
    if (value && is_cleared(type, params, field))
        return xpay_refuse(error, path, field->member, "has a value and is also in `clear`");
    if (is_scalar(field) && !value && is_nonzero(params, field))
        return xpay_refuse(error, path, field->member, "has a value, but has_%s is false",
                           field->member);
    if (!value && (field->flags & XPAY_FIELD_REQUIRED))
        return is_scalar(field)
                   ? xpay_refuse(error, path, field->member,
                                 "is required: set it, and has_%s to true", field->member)
                   : xpay_refuse(error, path, field->member, "is required");
    if (!(field->flags & XPAY_FIELD_ARRAY))
        return XPAY_OK;

    size_t count = *(const size_t *)xpay_at(params, field->presence);
    if (!value && count > 0)
        return xpay_refuse(error, path, field->member, "is NULL, but %s_count is not 0",
                           field->member);
    if (value && field->maximum > 0 && count > (size_t)field->maximum)
        return xpay_refuse(error, path, field->member, "has more than %lld elements",
                           (long long)field->maximum);
    if (value && count < (size_t)field->minimum)
        return xpay_refuse(error, path, field->member, "has fewer than %lld elements",
                           (long long)field->minimum);
    return XPAY_OK;
}

xpay_status xpay_check_struct(const xpay_type *type, const void *params, size_t size,
                              const xpay_path *path, xpay_error *error)
{
    uint64_t known = 0;
    for (size_t i = 0; i < type->field_count; i++)
        if (type->fields[i].clear_bit != XPAY_NO_OFFSET)
            known |= UINT64_C(1) << type->fields[i].clear_bit;
    if (*(const uint64_t *)xpay_at(params, type->clear_offset) & ~known)
        return xpay_refuse(error, path, "clear",
                           "has a bit that stands for no field that may be null");

    xpay_status status = XPAY_OK;
    for (size_t i = 0; i < type->field_count && status == XPAY_OK; i++)
        status = check_field(type, params, size, &type->fields[i], path, error);
    for (size_t i = 0; i < type->rule_count && status == XPAY_OK; i++)
        status = xpay_check_rule(type, params, size, &type->rules[i], path, error);
    return status;
}

static bool is_visible_ascii(const char *text)
{
    for (; *text != '\0'; text++)
        if (*text <= ' ' || *text >= 0x7F)
            return false;
    return true;
}

static bool is_https(const char *text)
{
    return strncmp(text, "https://", 8) == 0 && text[8] != '\0' && text[8] != '/' &&
           xpay_is_uri(text);
}

/* How many words stand in a text, of letters, digits and `others`, with one dot between two; 0 when it is no such text. */
static size_t dotted_words(const char *text, size_t length, const char *others)
{
    static const char always[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    size_t words = 0, begin = 0;
    for (size_t i = 0; i <= length; i++) {
        if (i < length && text[i] != '.') {
            if (strchr(always, text[i]) == NULL && strchr(others, text[i]) == NULL)
                return 0;
            continue;
        }
        if (i == begin)
            return 0;
        words++;
        begin = i + 1;
    }
    return words;
}

/* What JSON Schema calls an e-mail address: ASCII, nothing quoted, and a domain of two names or more. */
static bool is_email(const char *text)
{
    const char *sign = strchr(text, '@');
    if (sign == NULL || dotted_words(text, (size_t)(sign - text), "!#$%&'*+/=?^_`{|}~-") == 0)
        return false;
    const char *domain = sign + 1;
    size_t length = strlen(domain);
    return dotted_words(domain, length, "-") >= 2 && domain[0] != '-' &&
           domain[length - 1] != '-' && strstr(domain, "-.") == NULL &&
           strstr(domain, ".-") == NULL;
}

static bool is_color(const char *text)
{
    size_t digits = text[0] == '#' ? strspn(text + 1, "0123456789abcdefABCDEF") : 0;
    return (digits == 3 || digits == 4 || digits == 6 || digits == 8) && text[digits + 1] == '\0';
}

static bool is_id(const char *text)
{
    return *text != '\0' && is_visible_ascii(text) && strlen(text) <= 255;
}

/* A day of the calendar: it is one if midnight of it is a moment. */
static bool is_date(const char *text)
{
    char midnight[] = "YYYY-MM-DDT00:00:00Z";
    int64_t moment;
    if (strlen(text) != 10)
        return false;
    memcpy(midnight, text, 10);
    return xpay_time_parse(midnight, sizeof(midnight) - 1, &moment);
}

/* The rule behind each XPAY_FORMAT_…, and how to say it. */
static const struct {
    bool (*matches)(const char *text);
    const char *rule;
} formats[] = {
    [XPAY_FORMAT_URI] = {xpay_is_uri,
                         "must be an absolute URL by RFC 3986, such as https://shop.example/a%20b"},
    [XPAY_FORMAT_HTTPS] = {is_https, "must be a URL by RFC 3986 that begins with https://"},
    [XPAY_FORMAT_EMAIL] = {is_email,
                           "must be an e-mail address in ASCII, such as mona@shop.example"},
    [XPAY_FORMAT_COLOR] = {is_color, "must be a color such as #1a2b3c"},
    [XPAY_FORMAT_DATE] = {is_date, "must be a day such as 2026-05-31"},
    [XPAY_FORMAT_ID] = {is_id, "must be an id: 1 to 255 visible ASCII characters, no blanks"},
};

static xpay_status check_text(const xpay_field *field, const char *text, const xpay_path *path,
                              xpay_error *error)
{
    bool element = (field->flags & XPAY_FIELD_ARRAY) != 0; /* the bounds are those of its list */
    int64_t least = element ? 0 : field->minimum, most = element ? 0 : field->maximum;
    size_t length = xpay_utf8_length(text);
    if (length == SIZE_MAX)
        return xpay_refuse(error, path, NULL, "must be valid UTF-8");
    if (most > 0 && length > (size_t)most)
        return xpay_refuse(error, path, NULL, "has %zu characters, at most %lld are allowed",
                           length, (long long)most);
    if (length < (size_t)least)
        return xpay_refuse(error, path, NULL, "must have at least %lld characters",
                           (long long)least);
    if (field->format != XPAY_FORMAT_NONE && !formats[field->format].matches(text))
        return xpay_refuse(error, path, NULL, "%s", formats[field->format].rule);
    return XPAY_OK;
}

static xpay_status check_number(const xpay_field *field, int64_t number, const xpay_path *path,
                                xpay_error *error)
{
    bool bounded = field->minimum != 0 || field->maximum != 0;
    int64_t least = bounded ? field->minimum : -XPAY_JSON_MAX_INTEGER;
    int64_t most = bounded ? field->maximum : XPAY_JSON_MAX_INTEGER;
    if (number < least)
        return least == -XPAY_JSON_MAX_INTEGER
                   ? xpay_refuse(error, path, NULL, "must be at least -(2^53 - 1)")
                   : xpay_refuse(error, path, NULL, "must be at least %lld", (long long)least);
    if (number > most)
        return most == XPAY_JSON_MAX_INTEGER
                   ? xpay_refuse(error, path, NULL, "must be at most 2^53 - 1")
                   : xpay_refuse(error, path, NULL, "must be at most %lld", (long long)most);
    return XPAY_OK;
}

/* Years that have four digits. */
static xpay_status check_time(int64_t milliseconds, const xpay_path *path, xpay_error *error)
{
    if (milliseconds < INT64_C(-62135596800000) || milliseconds > INT64_C(253402300799999))
        return xpay_refuse(error, path, NULL,
                           "is not a time: it counts milliseconds since 1970, and must lie within "
                           "the years 1 to 9999");
    return XPAY_OK;
}

static xpay_status check_json(const xpay_field *field, const char *text, const xpay_path *path,
                              xpay_error *error)
{
    char first = *xpay_json_blanks(text);
    bool list_fits = field->format != XPAY_FORMAT_OBJECT;
    xpay_json_scan scan;
    bool fine = xpay_json_scan_bytes(&scan, text, strlen(text));
    xpay_status status = XPAY_OK;
    if (!fine && scan.problem == NULL)
        status = xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "out of memory");
    else if (!fine)
        status = xpay_refuse(error, path, NULL, "is not JSON: %s at byte %zu", scan.problem,
                             scan.offset);
    else if (first != '{' && (first != '[' || !list_fits))
        status =
            xpay_refuse(error, path, NULL, "must be a JSON object%s", list_fits ? " or list" : "");
    xpay_json_scan_free(&scan);
    return status;
}

xpay_status xpay_check_value(const xpay_field *field, const void *slot, const xpay_path *path,
                             xpay_error *error)
{
    switch (field->kind) {
    case XPAY_KIND_TEXT: return check_text(field, *(const char *const *)slot, path, error);
    case XPAY_KIND_JSON: return check_json(field, *(const char *const *)slot, path, error);
    case XPAY_KIND_INTEGER:
    case XPAY_KIND_MONEY: return check_number(field, *(const int64_t *)slot, path, error);
    case XPAY_KIND_TIME: return check_time(*(const int64_t *)slot, path, error);
    case XPAY_KIND_ENUM:
        if (xpay_enum_name(field->values, *(const int32_t *)slot) == NULL)
            return xpay_refuse(error, path, NULL, "is not one of the XPAY_… constants");
        return XPAY_OK;
    default: return XPAY_OK;
    }
}
