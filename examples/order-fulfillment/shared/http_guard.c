/* The staff's password, and where a form came from. */
#include "http_guard.h"

#include <stdio.h>
#include <string.h>

/* "Basic " and base64 of "staff:<password>". */
bool guard_prepare(char authorization[GUARD_SIZE], const char *password)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned char plain[256] = {0};
    int length = snprintf((char *)plain, sizeof plain - 2, "staff:%s", password);
    authorization[0] = '\0';
    if (!*password)
        return true;
    if (length < 0 || (size_t)length >= sizeof plain - 2) {
        log_line("the staff's password is too long");
        return false;
    }
    char *to = authorization + sprintf(authorization, "Basic ");
    for (int i = 0; i < length; i += 3) {
        unsigned bits = (unsigned)plain[i] << 16 | (unsigned)plain[i + 1] << 8 | plain[i + 2];
        for (int part = 0; part < 4; part++)
            *to++ = i + part > length ? '=' : digits[bits >> (18 - 6 * part) & 63];
    }
    *to = '\0';
    return true;
}

/* Of texts of one length, takes as long for a wrong one as for the right one. */
static bool same_secret(const char *given, const char *expected)
{
    size_t length = strlen(expected);
    unsigned difference = 0;
    if (strlen(given) != length)
        return false;
    for (size_t i = 0; i < length; i++)
        difference |= (unsigned char)(given[i] ^ expected[i]);
    return difference == 0;
}

bool guard_is_staff(const char *authorization, const struct http_request *request)
{
    const char *given = http_header(request, "Authorization");
    return *authorization && given && same_secret(given, authorization);
}

/* A browser says where the page with the form came from; a script says nothing. */
bool guard_is_own_page(const struct http_request *request)
{
    const char *origin = http_header(request, "Origin");
    const char *host = http_header(request, "Host");
    const char *origin_host = origin ? strstr(origin, "://") : NULL;
    return !origin || (origin_host && host && strcmp(origin_host + 3, host) == 0);
}
