#include "utf8.h"

#include <stdint.h>

size_t xpay_utf8_character(const char *text)
{
    const unsigned char *p = (const unsigned char *)text;
    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xC2 || (p[1] & 0xC0) != 0x80)
        return 0;
    if (p[0] < 0xE0)
        return 2;
    if ((p[2] & 0xC0) != 0x80 || (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F))
        return 0;
    if (p[0] < 0xF0)
        return 3;
    if ((p[3] & 0xC0) != 0x80 || (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F))
        return 0;
    return p[0] < 0xF5 ? 4 : 0;
}

size_t xpay_utf8_length(const char *text)
{
    size_t characters = 0;
    for (; *text != '\0'; characters++) {
        size_t length = xpay_utf8_character(text);
        if (length == 0)
            return SIZE_MAX;
        text += length;
    }
    return characters;
}
