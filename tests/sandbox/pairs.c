/* Taking name=value pairs apart. */
#include "pairs.h"
#include "text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static int hex_digit(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    return isxdigit((unsigned char)digit) ? (digit | 0x20) - 'a' + 10 : -1;
}

char *percent_decoded(const char *text, size_t length, bool plus_is_blank)
{
    char *out = must_alloc(length + 1);
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        int high = i + 2 < length && text[i] == '%' ? hex_digit(text[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
        if (high >= 0 && low >= 0 && (high || low)) {
            out[used++] = (char)(high * 16 + low);
            i += 2;
        } else {
            out[used++] = text[i] == '+' && plus_is_blank ? ' ' : text[i];
        }
    }
    out[used] = '\0';
    return out;
}

void pairs_read(struct pairs *out, const char *text, size_t length)
{
    *out = (struct pairs){0};
    const char *end = text + length;
    while (text < end) {
        const char *stop = memchr(text, '&', (size_t)(end - text));
        if (!stop)
            stop = end;
        const char *sign = memchr(text, '=', (size_t)(stop - text));
        const char *name_end = sign ? sign : stop;
        if (name_end > text) {
            out->items = must_grow(out->items, (out->count + 1) * sizeof *out->items);
            struct pair *pair = &out->items[out->count++];
            pair->name = percent_decoded(text, (size_t)(name_end - text), true);
            pair->value =
                sign ? percent_decoded(sign + 1, (size_t)(stop - sign - 1), true) : must_copy("");
        }
        if (stop == end)
            break;
        text = stop + 1;
    }
}

void pairs_free(struct pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++) {
        free(pairs->items[i].name);
        free(pairs->items[i].value);
    }
    free(pairs->items);
    *pairs = (struct pairs){0};
}

const char *pairs_find(const struct pairs *pairs, const char *name)
{
    for (size_t i = 0; i < pairs->count; i++)
        if (same_text(pairs->items[i].name, name))
            return pairs->items[i].value;
    return NULL;
}

const char *pairs_find_filled(const struct pairs *pairs, const char *name)
{
    const char *value = pairs_find(pairs, name);
    return value && *value ? value : NULL;
}
