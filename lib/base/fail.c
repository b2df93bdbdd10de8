#include "fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "secret.h"

_Static_assert(sizeof(xpay_error) == 2048, "xpay_error has one size for ever");

void xpay_error_clear(xpay_error *error)
{
    if (error == NULL)
        return;
    memset(error, 0, sizeof *error);
    error->offset = -1;
}

/* More than any field holds. */
enum { LONGEST_TEXT = 1024 };

/* The first `length` bytes, or as many whole characters of them as fit; the rest of the field is zero. */
static void cut(char *field, size_t size, const char *text, size_t length)
{
    if (length >= size) {
        length = size - 1;
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
            length--;
    }
    memcpy(field, text, length);
    memset(field + length, 0, size - length);
}

/* Control characters, line breaks among them, to blanks. */
static void make_one_line(char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7F)
            *text = ' ';
}

void xpay_plain_text(char *field, size_t size, const char *text)
{
    if (text == NULL)
        text = "";
    cut(field, size, text, strnlen(text, size));
    make_one_line(field);
}

void xpay_error_text(char *field, size_t size, const char *text)
{
    /* Masked first, cut then: half a card number would not be known for what it is. */
    char whole[LONGEST_TEXT];
    xpay_plain_text(whole, sizeof whole, text);
    xpay_mask_secrets(whole);
    cut(field, size, whole, strlen(whole));
}

xpay_status xpay_fail(xpay_error *error, xpay_status status, const char *param, const char *format,
                      ...)
{
    if (error == NULL)
        return status;
    char message[LONGEST_TEXT];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);

    error->status = status;
    xpay_error_text(error->param, sizeof error->param, param);
    xpay_error_text(error->message, sizeof error->message, message);
    return status;
}
