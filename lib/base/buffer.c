#include "buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "secret.h"

/* Room for `extra` more bytes and a NUL. */
static bool grow(xpay_buffer *buffer, size_t extra)
{
    if (buffer->failed)
        return false;
    if (extra < buffer->capacity - buffer->length)
        return true;

    size_t needed = buffer->length + extra + 1;
    size_t capacity = buffer->capacity < 128 ? 256 : buffer->capacity * 2;
    if (capacity < needed)
        capacity = needed;
    char *bytes = needed > extra && capacity >= needed ? malloc(capacity) : NULL;
    if (bytes == NULL) {
        buffer->failed = true;
        return false;
    }
    /* Not realloc(): it would free the old bytes as they are, and they may be secret. */
    if (buffer->length > 0)
        memcpy(bytes, buffer->bytes, buffer->length + 1);
    xpay_wipe(buffer->bytes, buffer->capacity);
    free(buffer->bytes);
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return true;
}

void xpay_buffer_append(xpay_buffer *buffer, const void *bytes, size_t length)
{
    if (!grow(buffer, length))
        return;
    if (length > 0)
        memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
}

void xpay_buffer_text(xpay_buffer *buffer, const char *text)
{
    xpay_buffer_append(buffer, text, strlen(text));
}

void xpay_buffer_byte(xpay_buffer *buffer, char byte)
{
    xpay_buffer_append(buffer, &byte, 1);
}

void xpay_buffer_format(xpay_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0 || !grow(buffer, (size_t)length)) {
        buffer->failed = true;
        return;
    }
    va_start(arguments, format);
    vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buffer->length += (size_t)length;
}

char *xpay_buffer_take(xpay_buffer *buffer)
{
    if (!buffer->failed && buffer->bytes == NULL)
        grow(buffer, 0);
    if (buffer->failed) {
        xpay_buffer_free(buffer);
        return NULL;
    }
    char *bytes = buffer->bytes;
    bytes[buffer->length] = '\0';
    *buffer = (xpay_buffer)XPAY_BUFFER_INIT;
    return bytes;
}

void xpay_buffer_free(xpay_buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (xpay_buffer)XPAY_BUFFER_INIT;
}

void xpay_buffer_wipe(xpay_buffer *buffer)
{
    xpay_wipe(buffer->bytes, buffer->capacity);
    xpay_buffer_free(buffer);
}
