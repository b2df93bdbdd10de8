/* What the texts and numbers of an answer say: read anew, sharing nothing with the library. */
#include "proof.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST INT64_C(9007199254740991) /* 2^53 - 1 */

/* Whether the text is a number of JSON. */
static bool is_number(const char *text)
{
    text += *text == '-';
    size_t whole = strspn(text, "0123456789");
    if (whole == 0 || (whole > 1 && *text == '0'))
        return false;
    text += whole;
    if (*text == '.') {
        size_t fraction = strspn(text + 1, "0123456789");
        if (fraction == 0)
            return false;
        text += 1 + fraction;
    }
    if (*text == 'e' || *text == 'E') {
        text += text[1] == '-' || text[1] == '+' ? 2 : 1;
        size_t exponent = strspn(text, "0123456789");
        if (exponent == 0)
            return false;
        text += exponent;
    }
    return *text == '\0';
}

/* Exact: the point is moved through the digits, no floating point is asked. */
bool scalar_whole(const char *text, int64_t *whole)
{
    char digits[512] = "";
    size_t count = 0;
    long exponent = 0;
    const char *at = text + (*text == '-');
    if (!is_number(text) || strlen(text) > sizeof digits - 32)
        return false;
    for (; *at != '\0' && *at != 'e' && *at != 'E'; at++) {
        if (*at == '.') {
            exponent = -(long)strcspn(at + 1, "eE");
        } else if (count > 0 || *at != '0') {
            digits[count++] = *at;
        }
    }
    if (*at != '\0')
        exponent += strtol(at + 1, NULL, 10);
    while (count > 0 && digits[count - 1] == '0') {
        digits[--count] = '\0';
        exponent++;
    }
    *whole = 0;
    if (count == 0)
        return true;
    if (exponent < 0 || (long)count + exponent > 16)
        return false;
    for (; exponent > 0; exponent--)
        digits[count++] = '0';
    digits[count] = '\0';
    *whole = strtoll(digits, NULL, 10) * (*text == '-' ? -1 : 1);
    return *whole <= LARGEST && *whole >= -LARGEST;
}

bool scalar_decimal(const char *digits, double *number)
{
    *number = strtod(digits, NULL);
    return is_number(digits) && isfinite(*number);
}

/* Days from 1970-01-01 to a date of the Gregorian calendar. */
static int64_t days_until(int64_t year, int64_t month, int64_t day)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    int64_t past = year + 399; /* 400 years, 146,097 days, too many, so that nothing is negative */
    int64_t days = past * 365 + past / 4 - past / 100 + past / 400 - INT64_C(146097);
    return days + before[month - 1] + (leap && month > 2) + day - 1 - INT64_C(719162);
}

static int64_t days_in(int64_t year, int64_t month)
{
    return month == 12 ? 31 : days_until(year, month + 1, 1) - days_until(year, month, 1);
}

/* YYYY-MM-DDThh:mm:ss[.fraction](Z|±hh:mm), as the contract's pattern has it; cut to milliseconds. */
bool scalar_moment(const char *text, int64_t *milliseconds)
{
    int year, month, day, hour, minute, second, used = 0, zone_hour = 0, zone_minute = 0;
    if (strspn(text, "0123456789") != 4 ||
        sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d%n", &year, &month, &day, &hour, &minute, &second,
               &used) != 6 ||
        used != 19)
        return false;
    if (month < 1 || month > 12 || day < 1 || day > days_in(year, month) || hour > 23 ||
        minute > 59 || second > 59)
        return false;
    int64_t fraction = 0;
    const char *at = text + 19;
    if (*at == '.') {
        size_t digits = strspn(at + 1, "0123456789");
        for (size_t i = 1; i <= 3; i++)
            fraction = fraction * 10 + (i <= digits ? at[i] - '0' : 0);
        at += digits == 0 ? 0 : 1 + digits;
    }
    if (*at == '+' || *at == '-') {
        if (sscanf(at + 1, "%2d:%2d%n", &zone_hour, &zone_minute, &used) != 2 || used != 5 ||
            at[6] != '\0' || zone_hour > 23 || zone_minute > 59)
            return false;
    } else if (strcmp(at, "Z") != 0) {
        return false;
    }
    int64_t zone = (zone_hour * 60 + zone_minute) * (*at == '-' ? -1 : 1);
    int64_t minutes = (days_until(year, month, day) * 24 + hour) * 60 + minute - zone;
    *milliseconds = (minutes * 60 + second) * 1000 + fraction;
    return true;
}
