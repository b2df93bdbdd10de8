/* A URL is taken apart as little as possible: whatever a browser could read differently is refused. */
#include "redirect.h"

#include <string.h>
#include <strings.h>

/* checkout.xpay.app and api.xpay.app are among the subdomains. */
static const char domain[] = "xpay.app";

/* How long scheme and authority are; 0 when it does not begin with this scheme. */
static size_t origin_length(const char *url, const char *scheme)
{
    size_t length = strlen(scheme);
    return strncasecmp(url, scheme, length) == 0 ? length + strcspn(url + length, "/?#") : 0;
}

static bool is_xpays(const char *host, size_t length)
{
    static const char port[] = ":443";
    size_t own = sizeof domain - 1;
    if (length > sizeof port - 1 && strncmp(host + length - (sizeof port - 1), port, 4) == 0)
        length -= sizeof port - 1;
    if (length < own || strncasecmp(host + length - own, domain, own) != 0)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-.ABCDEFGHIJKLMNOPQRSTUVWXYZ", host[i]))
            return false;
    return length == own || (length > own + 1 && host[0] != '.' && host[length - own - 1] == '.');
}

static bool is_loopback(const char *host, size_t length)
{
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t name = strlen(names[i]);
        if (length >= name && strncasecmp(host, names[i], name) == 0 &&
            (length == name || host[name] == ':'))
            return true;
    }
    return false;
}

bool redirect_is_page(const char *url, const char *base_url)
{
    static const char https[] = "https://", http[] = "http://";
    if (!url)
        return false;
    for (const char *at = url; *at; at++)
        if ((unsigned char)*at <= ' ' || (unsigned char)*at >= 0x7f || *at == '\\')
            return false;
    size_t secure = origin_length(url, https);
    if (secure > sizeof https - 1 && is_xpays(url + sizeof https - 1, secure - (sizeof https - 1)))
        return true;
    const char *scheme = base_url && origin_length(base_url, https) ? https : http;
    size_t base = base_url ? origin_length(base_url, scheme) : 0;
    return base && is_loopback(base_url + strlen(scheme), base - strlen(scheme)) &&
           !memchr(base_url, '@', base) && origin_length(url, scheme) == base &&
           strncasecmp(url, base_url, base) == 0;
}
