/* Growing text, and the three ways in which %s can be put into it. */
#include "text.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool grow(struct text *text, size_t more)
{
    if (text->failed)
        return false;
    if (more < text->capacity - text->length)
        return true;
    size_t capacity = text->capacity ? text->capacity : 256;
    while (capacity - text->length <= more) {
        if (capacity > SIZE_MAX / 2) {
            text->failed = true;
            return false;
        }
        capacity *= 2;
    }
    char *bytes = realloc(text->bytes, capacity);
    if (!bytes) {
        text->failed = true;
        return false;
    }
    text->bytes = bytes;
    text->capacity = capacity;
    return true;
}

void text_add_bytes(struct text *text, const char *bytes, size_t length)
{
    if (!grow(text, length))
        return;
    if (length)
        memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_add(struct text *text, const char *more)
{
    text_add_bytes(text, more, strlen(more));
}

void text_free(struct text *text)
{
    free(text->bytes);
    *text = (struct text){0};
}

static void add_plain(struct text *text, const char *value)
{
    text_add(text, value ? value : "");
}

static void add_html(struct text *text, const char *value)
{
    for (; value && *value; value++) {
        switch (*value) {
        case '&': text_add(text, "&amp;"); break;
        case '<': text_add(text, "&lt;"); break;
        case '>': text_add(text, "&gt;"); break;
        case '"': text_add(text, "&quot;"); break;
        case '\'': text_add(text, "&#39;"); break;
        default: text_add_bytes(text, value, 1);
        }
    }
}

static void add_json(struct text *text, const char *value)
{
    if (!value) {
        text_add(text, "null");
        return;
    }
    text_add(text, "\"");
    for (; *value; value++) {
        unsigned char byte = (unsigned char)*value;
        if (byte == '"' || byte == '\\') {
            char escaped[] = {'\\', *value};
            text_add_bytes(text, escaped, 2);
        } else if (byte < 0x20 || byte == 0x7f) {
            char escaped[8];
            snprintf(escaped, sizeof escaped, "\\u%04x", byte);
            text_add(text, escaped);
        } else {
            text_add_bytes(text, value, 1);
        }
    }
    text_add(text, "\"");
}

typedef void add_string(struct text *text, const char *value);

static void add_number(struct text *text, int64_t number)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, number);
    text_add(text, digits);
}

static void add_format(struct text *text, add_string *add, const char *format, va_list values)
{
    for (const char *percent; (percent = strchr(format, '%')); format++) {
        text_add_bytes(text, format, (size_t)(percent - format));
        format = percent + 1;
        if (*format == 's') {
            add(text, va_arg(values, const char *));
        } else if (*format == 'd') {
            add_number(text, va_arg(values, int));
        } else if (strncmp(format, PRId64, strlen(PRId64)) == 0) {
            add_number(text, va_arg(values, int64_t));
            format += strlen(PRId64) - 1;
        } else if (*format == '%') {
            text_add(text, "%");
        } else { /* a format of our own that this does not know */
            text->failed = true;
            return;
        }
    }
    text_add(text, format);
}

void text_addf(struct text *text, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    add_format(text, add_plain, format, values);
    va_end(values);
}

void html_addf(struct text *text, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    add_format(text, add_html, format, values);
    va_end(values);
}

void json_addf(struct text *text, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    add_format(text, add_json, format, values);
    va_end(values);
}

void text_cut(char *to, size_t size, const char *from)
{
    size_t length = from ? strlen(from) : 0;
    if (length >= size)
        for (length = size - 1; length && ((unsigned char)from[length] & 0xc0) == 0x80; length--)
            ;
    if (length)
        memcpy(to, from, length);
    to[length] = '\0';
}
