#include "header.h"

#include <string.h>

/* More digits than any time that a 64-bit number of milliseconds can say. */
enum { MAX_TIMESTAMP_DIGITS = 15 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* ASCII digits, nothing else: no sign, no fraction. */
static bool read_timestamp(const char *text, size_t length, int64_t *timestamp)
{
    int64_t value = 0;
    if (length == 0 || length > MAX_TIMESTAMP_DIGITS)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        value = value * 10 + (text[i] - '0');
    }
    *timestamp = value;
    return true;
}

/* Values of hexadecimal digits, and one more so that 0 is none. */
static const unsigned char hex_digits[256] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,  ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
    ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16,
};

static bool read_signature(const char *text, size_t length,
                           unsigned char signature[XPAY_SIGNATURE_BYTES])
{
    if (length != (size_t)2 * XPAY_SIGNATURE_BYTES)
        return false;
    for (size_t i = 0; i < XPAY_SIGNATURE_BYTES; i++) {
        unsigned high = hex_digits[(unsigned char)text[2 * i]];
        unsigned low = hex_digits[(unsigned char)text[2 * i + 1]];
        if (high == 0 || low == 0)
            return false;
        signature[i] = (unsigned char)((high - 1) * 16 + (low - 1));
    }
    return true;
}

const char *xpay_signature_header_read(const char *text, xpay_signature_header *header)
{
    bool has_timestamp = false;
    size_t offered = 0;
    header->count = 0;
    if (strnlen(text, XPAY_MAX_HEADER_LENGTH + 1) > XPAY_MAX_HEADER_LENGTH)
        return "is longer than 8 KiB";

    for (const char *part = text; part != NULL;) {
        const char *comma = strchr(part, ',');
        const char *end = comma != NULL ? comma : part + strlen(part);
        while (part < end && is_blank(*part))
            part++;
        while (end > part && is_blank(end[-1]))
            end--;
        size_t length = (size_t)(end - part);
        if (length >= 2 && memcmp(part, "t=", 2) == 0) {
            has_timestamp |= read_timestamp(part + 2, length - 2, &header->timestamp);
        } else if (length >= 3 && memcmp(part, "v1=", 3) == 0) {
            if (++offered > XPAY_MAX_SIGNATURES)
                return "has more than 32 v1 signatures";
            header->count +=
                read_signature(part + 3, length - 3, header->signatures[header->count]);
        }
        part = comma != NULL ? comma + 1 : NULL;
    }
    if (!has_timestamp)
        return "has no t with a time in seconds";
    return header->count > 0 ? NULL : "has no v1 with 64 hexadecimal digits";
}
