/* uri, email, date and date-time, and the translation of patterns to POSIX. */
#include "formats.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* A scheme and something after it; no blanks, quotes, backslashes or control characters. Braces
 * are let through, because {CHECKOUT_SESSION_ID} is allowed in such a text. */
static bool is_uri(const char *text)
{
    const char *at = text;
    if (!isalpha((unsigned char)*at))
        return false;
    while (isalnum((unsigned char)*at) || (*at && strchr("+.-", *at)))
        at++;
    if (*at != ':' || !at[1])
        return false;
    for (at++; *at; at++)
        if ((unsigned char)*at <= 0x20 || *at == 0x7F || strchr("\"<>\\^`|", *at))
            return false;
    if (strncmp(text, "http:", 5) == 0 || strncmp(text, "https:", 6) == 0)
        return url_is_web(text);
    return true;
}

static bool is_email(const char *text)
{
    const char *sign = strchr(text, '@');
    if (!sign || sign == text || strlen(text) > 254 || sign - text > 64)
        return false;
    for (const char *at = text; at < sign; at++) {
        bool dot = *at == '.';
        if ((unsigned char)*at <= 0x20 || strchr("\"(),:;<>[]\\\x7f", *at))
            return false;
        if (dot && (at == text || at[1] == '.' || at[1] == '@'))
            return false;
    }
    const char *domain = sign + 1;
    if (!strchr(domain, '.') || *domain == '.' || *domain == '-')
        return false;
    for (const char *at = domain; *at; at++) {
        if (!isalnum((unsigned char)*at) && *at != '.' && *at != '-')
            return false;
        if (*at == '.' && (at[1] == '.' || at[1] == '\0' || at[1] == '-' || at[-1] == '-'))
            return false;
    }
    return true;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

/* Reads COUNT digits; -1 if they are not there. */
static int number_at(const char *text, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (!isdigit((unsigned char)text[i]))
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

static const char *after_date(const char *text)
{
    if (strlen(text) < 10 || text[4] != '-' || text[7] != '-')
        return NULL;
    int year = number_at(text, 4), month = number_at(text + 5, 2), day = number_at(text + 8, 2);
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > days_in(year, month))
        return NULL;
    return text + 10;
}

static bool is_date(const char *text)
{
    const char *rest = after_date(text);
    return rest && !*rest;
}

bool date_read(const char *text, int64_t *milliseconds)
{
    if (!is_date(text))
        return false;
    struct tm parts = {.tm_year = number_at(text, 4) - 1900,
                       .tm_mon = number_at(text + 5, 2) - 1,
                       .tm_mday = number_at(text + 8, 2)};
    *milliseconds = (int64_t)timegm(&parts) * 1000;
    return true;
}

/* Minutes since midnight of hh:mm, or -1. */
static int clock_at(const char *text)
{
    int hour = number_at(text, 2);
    int minute = hour >= 0 && text[2] == ':' ? number_at(text + 3, 2) : -1;
    return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 ? hour * 60 + minute : -1;
}

/* Past a fraction of a second, of which the milliseconds are kept; NULL if it has no digit. */
static const char *after_fraction(const char *at, int *milliseconds)
{
    *milliseconds = 0;
    if (*at != '.')
        return at;
    const char *first = ++at;
    for (int worth = 100; isdigit((unsigned char)*at); at++, worth /= 10)
        *milliseconds += (*at - '0') * worth;
    return at > first ? at : NULL;
}

bool date_time_read(const char *text, int64_t *milliseconds)
{
    char date[11];
    snprintf(date, sizeof date, "%s", text);
    int minutes, second, fraction, offset = 0;
    if (!date_read(date, milliseconds) || text[10] != 'T' || (minutes = clock_at(text + 11)) < 0 ||
        text[16] != ':')
        return false;
    second = number_at(text + 17, 2);
    const char *at = second >= 0 && second < 60 ? after_fraction(text + 19, &fraction) : NULL;
    if (!at)
        return false;
    *milliseconds += minutes * INT64_C(60000) + second * 1000 + fraction;
    if (*at == 'Z')
        return !at[1];
    if ((*at != '+' && *at != '-') || (offset = clock_at(at + 1)) < 0 || at[6])
        return false;
    *milliseconds -= (*at == '+' ? offset : -offset) * INT64_C(60000);
    return true;
}

static bool is_date_time(const char *text)
{
    int64_t unused;
    return date_time_read(text, &unused);
}

format_check format_find(const char *name)
{
    static const struct {
        const char *name;
        format_check check;
    } formats[] = {
        {"uri", is_uri},
        {"email", is_email},
        {"date", is_date},
        {"date-time", is_date_time},
    };
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (same_text(formats[i].name, name))
            return formats[i].check;
    return NULL;
}

bool pattern_compile(regex_t *out, const char *pattern, struct text *problem)
{
    struct text posix = {0};
    bool known = true;
    for (const char *at = pattern; *at && known; at++) {
        if (strncmp(at, "(?:", 3) == 0) {
            text_add(&posix, "(");
            at += 2;
        } else if (strncmp(at, "(?", 2) == 0) {
            known = false;
        } else if (*at == '\\' && at[1] == 'd') {
            text_add(&posix, "[0-9]");
            at++;
        } else if (*at == '\\') {
            known = at[1] && ispunct((unsigned char)at[1]);
            text_add_bytes(&posix, at, known ? 2 : 1);
            at += known;
        } else {
            text_add_bytes(&posix, at, 1);
        }
    }
    if (known)
        known = posix.bytes && regcomp(out, posix.bytes, REG_EXTENDED | REG_NOSUB) == 0;
    if (!known)
        text_addf(problem, "pattern %s has a construct that the sandbox does not implement",
                  pattern);
    text_free(&posix);
    return known;
}

bool url_is_web(const char *url)
{
    const char *host = strncmp(url, "https://", 8) == 0  ? url + 8
                       : strncmp(url, "http://", 7) == 0 ? url + 7
                                                         : NULL;
    return host && *host && !strchr("/?#:", *host);
}

bool url_is_secure(const char *url)
{
    static const char *const loopback[] = {"127.0.0.1", "localhost", "[::1]"};
    if (strncmp(url, "https://", 8) == 0)
        return url_is_web(url);
    if (strncmp(url, "http://", 7) != 0)
        return false;
    for (size_t i = 0; i < sizeof loopback / sizeof loopback[0]; i++) {
        size_t length = strlen(loopback[i]);
        if (strncmp(url + 7, loopback[i], length) == 0 &&
            (!url[7 + length] || strchr(":/?#", url[7 + length])))
            return true;
    }
    return false;
}
