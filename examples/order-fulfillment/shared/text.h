/*
 * A text that grows, for pages and JSON.
 *
 * When memory runs out the text becomes `failed` and stays so: whoever sends it off looks at that once, at the end.
 */
#ifndef SHOP_TEXT_H
#define SHOP_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct text {
    char *bytes; /* NUL-terminated once anything was added; NULL before */
    size_t length;
    size_t capacity;
    bool failed;
};

void text_add(struct text *text, const char *more);
void text_add_bytes(struct text *text, const char *bytes, size_t length);
void text_free(struct text *text);

/* Formats with %s, %d and PRId64 only. In HTML each %s is escaped; in JSON it becomes a quoted
 * string, or null for NULL. So what comes from outside cannot be added raw by mistake. */
void text_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void html_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void json_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Copies a text from outside as far as there is room, never half a character; "" for NULL. */
void text_cut(char *to, size_t size, const char *from);

#endif
