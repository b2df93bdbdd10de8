/*
 * A growing byte string. It remembers when memory ran out, so a writer checks once, at the end.
 *
 * The bytes are NUL-terminated whenever anything was appended; the NUL is not counted.
 */
#ifndef XPAY_BASE_BUFFER_H
#define XPAY_BASE_BUFFER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct xpay_buffer {
    char *bytes;
    size_t length;
    size_t capacity;
    bool failed; /* memory ran out: the content is incomplete */
} xpay_buffer;

#define XPAY_BUFFER_INIT  \
    {                     \
        NULL, 0, 0, false \
    }

void xpay_buffer_append(xpay_buffer *buffer, const void *bytes, size_t length);
void xpay_buffer_text(xpay_buffer *buffer, const char *text);
void xpay_buffer_byte(xpay_buffer *buffer, char byte);
void xpay_buffer_format(xpay_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Hand the bytes over to the caller (free() them); NULL when memory had run out. The buffer is empty afterwards. */
char *xpay_buffer_take(xpay_buffer *buffer);

/* Forget the content and free the bytes; with wipe they are zeroed first. */
void xpay_buffer_free(xpay_buffer *buffer);
void xpay_buffer_wipe(xpay_buffer *buffer);

#endif
