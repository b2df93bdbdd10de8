/* UTF-8 by RFC 3629. */
#ifndef XPAY_BASE_UTF8_H
#define XPAY_BASE_UTF8_H

#include <stddef.h>

/* Length of the character at `text`, 0 when it is not one. Reads no further than a NUL. */
size_t xpay_utf8_character(const char *text);

/* Characters in a NUL-terminated text; SIZE_MAX when it is not valid. */
size_t xpay_utf8_length(const char *text);

#endif
