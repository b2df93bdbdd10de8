#include "moment.h"

#include <stdio.h>

/* Days from 1970-01-01 to a day of the proleptic Gregorian calendar; years start in March so that leap days end them. */
static int64_t days_from_civil(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

static void civil_from_days(int64_t days, int64_t *year, int64_t *month, int64_t *day)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted + (shifted < 10 ? 3 : -9);
    *year = year_of_era + era * 400 + (*month <= 2);
}

/* Exactly `count` digits at *cursor. */
static bool digits(const char **cursor, const char *end, int count, int64_t *value)
{
    if (end - *cursor < count)
        return false;
    *value = 0;
    for (int i = 0; i < count; i++) {
        char c = *(*cursor)++;
        if (c < '0' || c > '9')
            return false;
        *value = *value * 10 + (c - '0');
    }
    return true;
}

static bool one(const char **cursor, const char *end, char expected)
{
    if (*cursor == end || **cursor != expected)
        return false;
    ++*cursor;
    return true;
}

static bool leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static bool zone(const char **cursor, const char *end, int64_t *minutes)
{
    *minutes = 0;
    if (one(cursor, end, 'Z') || one(cursor, end, 'z'))
        return true;
    bool west = one(cursor, end, '-');
    int64_t hours, rest;
    if ((!west && !one(cursor, end, '+')) || !digits(cursor, end, 2, &hours))
        return false;
    one(cursor, end, ':');
    if (!digits(cursor, end, 2, &rest) || hours > 23 || rest > 59)
        return false;
    *minutes = west ? -(hours * 60 + rest) : hours * 60 + rest;
    return true;
}

bool xpay_time_parse(const char *text, size_t length, int64_t *milliseconds)
{
    static const int64_t month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const char *cursor = text, *end = text + length;
    int64_t year, month, day, hour, minute, second = 0, fraction = 0, offset;

    if (!digits(&cursor, end, 4, &year) || !one(&cursor, end, '-') ||
        !digits(&cursor, end, 2, &month) || !one(&cursor, end, '-') ||
        !digits(&cursor, end, 2, &day) || !one(&cursor, end, 'T') ||
        !digits(&cursor, end, 2, &hour) || !one(&cursor, end, ':') ||
        !digits(&cursor, end, 2, &minute))
        return false;
    if (one(&cursor, end, ':')) {
        if (!digits(&cursor, end, 2, &second))
            return false;
        if (one(&cursor, end, '.')) {
            int64_t digit, scale = 100;
            if (!digits(&cursor, end, 1, &digit))
                return false;
            do {
                fraction += digit * scale;
                scale /= 10;
            } while (cursor < end && *cursor >= '0' && *cursor <= '9' &&
                     digits(&cursor, end, 1, &digit));
        }
    }
    if (!zone(&cursor, end, &offset) || cursor != end)
        return false;
    if (month < 1 || month > 12 || day < 1 ||
        day > month_days[month - 1] + (month == 2 && leap(year)) || hour > 23 || minute > 59 ||
        second > 60)
        return false;

    int64_t seconds =
        days_from_civil(year, month, day) * 86400 + hour * 3600 + (minute - offset) * 60 + second;
    *milliseconds = seconds * 1000 + fraction;
    return true;
}

void xpay_time_format(int64_t milliseconds, char text[XPAY_TIME_TEXT_SIZE])
{
    int64_t days = milliseconds / 86400000, rest = milliseconds % 86400000;
    if (rest < 0) {
        days--;
        rest += 86400000;
    }
    int64_t year, month, day;
    civil_from_days(days, &year, &month, &day);
    snprintf(text, XPAY_TIME_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", (int)year,
             (int)month, (int)day, (int)(rest / 3600000), (int)(rest / 60000 % 60),
             (int)(rest / 1000 % 60), (int)(rest % 1000));
}
