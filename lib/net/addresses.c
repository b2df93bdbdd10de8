/* Where a client sends to, and through which proxy: URLs that are taken apart before they are trusted. */
#include "addresses.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <string.h>

#include "../base/fail.h"

#define DEFAULT_BASE_URL "https://api.xpay.app"

static const char *const proxy_schemes[] = {"http",    "https",  "socks4",
                                            "socks4a", "socks5", "socks5h"};

bool xpay_is_plain(const char *text, unsigned char lowest)
{
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++)
        if (*c < lowest || *c > '~')
            return false;
    return true;
}

static bool is_loopback(const char *host)
{
    struct in_addr address;
    if (inet_pton(AF_INET, host, &address) == 1)
        return (ntohl(address.s_addr) >> 24) == 127;
    return curl_strequal(host, "localhost") || strcmp(host, "[::1]") == 0;
}

/* Whether a part of the URL is there; absent parts are not an error of ours. */
static bool has_part(CURLU *url, CURLUPart part)
{
    char *text = NULL;
    CURLUcode code = curl_url_get(url, part, &text, 0);
    bool there = code == CURLUE_OK && text[0] != '\0';
    curl_free(text);
    return there;
}

xpay_status xpay_settings_base_url(xpay_settings *settings, const char *base_url, xpay_error *error)
{
    if (base_url == NULL)
        base_url = DEFAULT_BASE_URL;
    xpay_status status = XPAY_ERROR_MEMORY;
    char *scheme = NULL;
    char *host = NULL;
    char *text = NULL;
    CURLU *url = curl_url();
    if (url == NULL)
        goto done;

    status = XPAY_ERROR_ARGUMENT;
    CURLUcode code = xpay_is_plain(base_url, '!') ? curl_url_set(url, CURLUPART_URL, base_url, 0)
                                                  : CURLUE_MALFORMED_INPUT;
    if (code == CURLUE_OK)
        code = curl_url_get(url, CURLUPART_SCHEME, &scheme, 0);
    if (code == CURLUE_OK)
        code = curl_url_get(url, CURLUPART_HOST, &host, 0);
    if (code == CURLUE_OK)
        code = curl_url_get(url, CURLUPART_URL, &text, 0);
    if (code == CURLUE_OUT_OF_MEMORY) {
        status = XPAY_ERROR_MEMORY;
        goto done;
    }
    if (code != CURLUE_OK) {
        xpay_fail(error, status, "base_url", "the base URL is not a URL such as %s",
                  DEFAULT_BASE_URL);
        goto done;
    }
    if (has_part(url, CURLUPART_USER) || has_part(url, CURLUPART_PASSWORD) ||
        has_part(url, CURLUPART_QUERY) || has_part(url, CURLUPART_FRAGMENT)) {
        xpay_fail(error, status, "base_url",
                  "the base URL must not have a user, a query or a fragment");
        goto done;
    }
    settings->https = strcmp(scheme, "https") == 0;
    settings->loopback = is_loopback(host);
    if (!settings->https && !(settings->loopback && strcmp(scheme, "http") == 0)) {
        xpay_fail(error, status, "base_url",
                  "the base URL must begin with https:// (http:// only for 127.0.0.0/8, [::1] and "
                  "localhost)");
        goto done;
    }
    settings->base_url = strdup(text);
    status = settings->base_url == NULL ? XPAY_ERROR_MEMORY : XPAY_OK;
    for (size_t n = status == XPAY_OK ? strlen(text) : 0; n > 0 && text[n - 1] == '/'; n--)
        settings->base_url[n - 1] = '\0';

done:
    curl_free(scheme);
    curl_free(host);
    curl_free(text);
    curl_url_cleanup(url);
    if (status == XPAY_ERROR_MEMORY)
        return xpay_fail(error, status, NULL, "no memory for a client");
    return status;
}

static bool is_proxy_scheme(const char *scheme)
{
    for (size_t i = 0; i < sizeof(proxy_schemes) / sizeof(proxy_schemes[0]); i++)
        if (strcmp(scheme, proxy_schemes[i]) == 0)
            return true;
    return false;
}

xpay_status xpay_settings_proxy(xpay_settings *settings, const char *proxy, xpay_error *error)
{
    if (proxy == NULL)
        return XPAY_OK;
    char *scheme = NULL;
    CURLU *url = curl_url();
    CURLUcode code = url == NULL ? CURLUE_OUT_OF_MEMORY : CURLUE_OK;
    if (code == CURLUE_OK)
        code = xpay_is_plain(proxy, '!')
                   ? curl_url_set(url, CURLUPART_URL, proxy,
                                  CURLU_NON_SUPPORT_SCHEME | CURLU_GUESS_SCHEME)
                   : CURLUE_MALFORMED_INPUT;
    if (code == CURLUE_OK)
        code = curl_url_get(url, CURLUPART_SCHEME, &scheme, 0);
    bool usable = code == CURLUE_OK && (strstr(proxy, "://") == NULL || is_proxy_scheme(scheme));
    curl_free(scheme);
    curl_url_cleanup(url);

    if (usable)
        settings->proxy = strdup(proxy);
    if (code == CURLUE_OUT_OF_MEMORY || (usable && settings->proxy == NULL))
        return xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "no memory for a client");
    if (!usable)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "proxy",
                         "the proxy is not a URL such as http://proxy.example:3128 (or https, "
                         "socks4, socks4a, socks5, socks5h)");
    return XPAY_OK;
}
