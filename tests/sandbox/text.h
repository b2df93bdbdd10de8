/* Text that grows: pages, bodies, log lines and paths are put together in one of these.
 * Running out of memory ends the sandbox: it is a test server, and half an answer is worse than
 * none. */
#ifndef SANDBOX_TEXT_H
#define SANDBOX_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct text {
    char *bytes; /* NUL-terminated once anything was added; NULL before */
    size_t length;
    size_t capacity;
};

void text_add(struct text *text, const char *more);
void text_add_bytes(struct text *text, const void *bytes, size_t length);
void text_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds MORE so that a browser shows it and never interprets it. NULL adds nothing. */
void text_add_html(struct text *text, const char *more);

/* Hands the bytes over to the caller (never NULL) and leaves TEXT empty. */
char *text_take(struct text *text);
void text_free(struct text *text);

void *must_alloc(size_t size);
void *must_alloc_zero(size_t size);
void *must_grow(void *old, size_t size);
char *must_copy(const char *text);
char *must_copy_bytes(const char *bytes, size_t length);
char *must_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

char *must_format_list(const char *format, va_list values) __attribute__((format(printf, 1, 0)));
/* NULL for NULL and for an empty text. */
char *must_copy_filled(const char *text);

/* Characters of UTF-8, which are not its bytes. */
size_t text_characters(const char *text);

/* NULL-tolerant comparison: two absent texts are not the same text. */
bool same_text(const char *a, const char *b);

#endif
