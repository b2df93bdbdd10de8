#include "number.h"

#include <float.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool xpay_number_from_text(const char *bytes, size_t length, int64_t *integer)
{
    bool negative = length > 0 && bytes[0] == '-';
    size_t i = negative;
    int64_t magnitude = 0;
    if (i == length)
        return false;
    for (; i < length; i++) {
        if (!is_digit(bytes[i]))
            return false;
        magnitude = magnitude * 10 + (bytes[i] - '0');
        if (magnitude > XPAY_JSON_MAX_INTEGER)
            return false;
    }
    *integer = negative ? -magnitude : magnitude;
    return true;
}

/* A JSON number taken apart: ±digits × 10^exponent, no zero at the end of the digits. */
typedef struct parts {
    bool negative;
    uint64_t digits; /* the first significant ones, at most 18 */
    int64_t count;   /* how many those are */
    int64_t zeros;   /* zeros behind them that no other digit has followed yet */
    int64_t dropped; /* digits that found no room */
    int64_t exponent;
} parts;

static void add_digit(parts *p, char c)
{
    if (c == '0') {
        p->zeros += p->count > 0;
        return;
    }
    int64_t width = p->zeros + 1;
    if (p->dropped > 0 || p->count + width > 18) {
        p->dropped += width;
        p->zeros = 0;
        return;
    }
    for (; p->zeros > 0; p->zeros--)
        p->digits *= 10;
    p->digits = p->digits * 10 + (uint64_t)(c - '0');
    p->count += width;
}

/* Step over a run of digits; false when there is none. */
static bool run(const char **cursor, const char *end, parts *p)
{
    const char *start = *cursor;
    for (; *cursor < end && is_digit(**cursor); ++*cursor)
        add_digit(p, **cursor);
    return *cursor > start;
}

static bool exponent(const char **cursor, const char *end, parts *p)
{
    bool below = *cursor < end && **cursor == '-';
    int64_t value = 0;
    if (*cursor < end && (**cursor == '-' || **cursor == '+'))
        ++*cursor;
    if (*cursor == end || !is_digit(**cursor))
        return false;
    for (; *cursor < end && is_digit(**cursor); ++*cursor)
        if (value < 1000000)
            value = value * 10 + (**cursor - '0');
    p->exponent += below ? -value : value;
    return true;
}

/* False when the bytes are not a JSON number. */
static bool take_apart(const char *bytes, size_t length, parts *p)
{
    const char *cursor = bytes, *end = bytes + length;
    *p = (parts){0};
    if (cursor < end && *cursor == '-') {
        p->negative = true;
        cursor++;
    }
    const char *whole = cursor;
    if (!run(&cursor, end, p) || (*whole == '0' && cursor > whole + 1))
        return false;
    if (cursor < end && *cursor == '.') {
        const char *fraction = ++cursor;
        if (!run(&cursor, end, p))
            return false;
        p->exponent -= cursor - fraction;
    }
    if (cursor < end && (*cursor == 'e' || *cursor == 'E')) {
        cursor++;
        if (!exponent(&cursor, end, p))
            return false;
    }
    p->exponent = p->digits == 0 ? 0 : p->exponent + p->zeros + p->dropped;
    return cursor == end;
}

bool xpay_number_to_integer(const char *bytes, size_t length, int64_t *integer)
{
    if (xpay_number_from_text(bytes, length, integer))
        return true;
    parts p;
    if (!take_apart(bytes, length, &p) || p.dropped > 0)
        return false;
    if (p.exponent < 0)
        return false; /* no zero ends the digits, so one other than zero stands behind the point */
    uint64_t magnitude = p.digits;
    for (; p.exponent > 0 && magnitude <= (uint64_t)XPAY_JSON_MAX_INTEGER; p.exponent--)
        magnitude *= 10;
    if (magnitude > (uint64_t)XPAY_JSON_MAX_INTEGER)
        return false;
    *integer = p.negative ? -(int64_t)magnitude : (int64_t)magnitude;
    return true;
}

bool xpay_number_to_double(const char *bytes, size_t length, double *number)
{
    parts p;
    if (!take_apart(bytes, length, &p))
        return false;
    double result = (double)p.digits;
    double power = 1, base = 10;
    int64_t exponent = p.exponent < 0 ? -p.exponent : p.exponent;
    for (int64_t left = exponent > 400 ? 400 : exponent; left > 0; left >>= 1, base *= base)
        if (left & 1)
            power *= base;
    result = p.digits == 0 ? 0 : p.exponent < 0 ? result / power : result * power;
    *number = p.negative ? -result : result;
    return result <= DBL_MAX;
}
