/* Text that grows, and memory that is there or ends the program. */
#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *must_grow(void *old, size_t size)
{
    void *memory = realloc(old, size ? size : 1);
    if (!memory) {
        fputs("xpay-sandbox: out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

void *must_alloc(size_t size)
{
    return must_grow(NULL, size);
}

void *must_alloc_zero(size_t size)
{
    return memset(must_alloc(size), 0, size);
}

char *must_copy_bytes(const char *bytes, size_t length)
{
    char *copy = must_alloc(length + 1);
    if (length)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

char *must_copy(const char *text)
{
    return must_copy_bytes(text, strlen(text));
}

char *must_copy_filled(const char *text)
{
    return text && *text ? must_copy(text) : NULL;
}

size_t text_characters(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

bool same_text(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static void reserve(struct text *text, size_t more)
{
    size_t needed = text->length + more + 1;
    if (needed <= text->capacity)
        return;
    size_t capacity = text->capacity ? text->capacity : 128;
    while (capacity < needed)
        capacity *= 2;
    text->bytes = must_grow(text->bytes, capacity);
    text->capacity = capacity;
}

void text_add_bytes(struct text *text, const void *bytes, size_t length)
{
    reserve(text, length);
    if (length)
        memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_add(struct text *text, const char *more)
{
    text_add_bytes(text, more, strlen(more));
}

static void add_formatted(struct text *text, const char *format, va_list values)
{
    va_list again;
    va_copy(again, values);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        return;
    reserve(text, (size_t)length);
    vsnprintf(text->bytes + text->length, (size_t)length + 1, format, values);
    text->length += (size_t)length;
}

void text_addf(struct text *text, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    add_formatted(text, format, values);
    va_end(values);
}

char *must_format_list(const char *format, va_list values)
{
    struct text text = {0};
    add_formatted(&text, format, values);
    return text_take(&text);
}

char *must_format(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    char *text = must_format_list(format, values);
    va_end(values);
    return text;
}

void text_add_html(struct text *text, const char *more)
{
    static const struct {
        char plain;
        const char *entity;
    } entities[] = {
        {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"},
    };
    for (; more && *more; more++) {
        const char *entity = NULL;
        for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++)
            if (entities[i].plain == *more)
                entity = entities[i].entity;
        if (entity)
            text_add(text, entity);
        else
            text_add_bytes(text, more, 1);
    }
}

char *text_take(struct text *text)
{
    char *bytes = text->bytes ? text->bytes : must_copy("");
    *text = (struct text){0};
    return bytes;
}

void text_free(struct text *text)
{
    free(text->bytes);
    *text = (struct text){0};
}
