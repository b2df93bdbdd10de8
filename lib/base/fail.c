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

void xpay_error_text(char *field, size_t size, const char *text)
{
    size_t length = text == NULL ? 0 : strlen(text);
    if (length >= size) {
        length = size - 1;
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
            length--;
    }
    for (size_t i = 0; i < length; i++)
        field[i] = (unsigned char)text[i] < 0x20 || text[i] == 0x7F ? ' ' : text[i];
    memset(field + length, 0, size - length);
    xpay_mask_secrets(field);
}

xpay_status xpay_fail(xpay_error *error, xpay_status status, const char *param, const char *format,
                      ...)
{
    if (error == NULL)
        return status;
    char message[sizeof error->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);

    error->status = status;
    xpay_error_text(error->param, sizeof error->param, param);
    xpay_error_text(error->message, sizeof error->message, message);
    return status;
}
