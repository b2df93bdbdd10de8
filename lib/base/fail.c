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

void xpay_error_text(char *field, size_t size, const char *text)
{
    /* Masked first, cut then: half a card number would not be known for what it is. */
    char whole[LONGEST_TEXT];
    size_t length = text == NULL ? 0 : strnlen(text, sizeof whole - 1);
    for (size_t i = 0; i < length; i++)
        whole[i] = (unsigned char)text[i] < 0x20 || text[i] == 0x7F ? ' ' : text[i];
    whole[length] = '\0';
    xpay_mask_secrets(whole);
    if (length >= size) {
        length = size - 1;
        while (length > 0 && ((unsigned char)whole[length] & 0xC0) == 0x80)
            length--;
    }
    memcpy(field, whole, length);
    memset(field + length, 0, size - length);
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
