/*
 * Whether a text is a URI of RFC 3986, with a scheme: what the contract's format "uri" asks for. {CHECKOUT_SESSION_ID} may
 * stand in it, although braces may not: XPay puts the session's id there.
 */
#include <arpa/inet.h>
#include <string.h>

#include "check.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS  "0123456789"

/* Past the scheme and its colon; NULL when there is none, or nothing that it says how to find. */
static const char *after_scheme(const char *text)
{
    size_t length = strspn(text, LETTERS DIGITS "+.-");
    if (length == 0 || strchr(DIGITS "+.-", text[0]) != NULL || text[length] != ':')
        return NULL;
    return strchr("?#", text[length + 1]) == NULL ? text + length + 1 : NULL;
}

/* Past what any part of a URI may have, the placeholder and escapes such as %20 among it, and past `others`. */
static const char *after_part(const char *text, const char *others)
{
    static const char placeholder[] = "{CHECKOUT_SESSION_ID}";
    for (;;) {
        if (strncmp(text, placeholder, sizeof(placeholder) - 1) == 0)
            text += sizeof(placeholder) - 1;
        else if (*text == '%' && strspn(text + 1, DIGITS "abcdefABCDEF") >= 2)
            text += 3;
        else if (*text != '\0' && (strchr(LETTERS DIGITS "-._~!$&'()*+,;=", *text) != NULL ||
                                   strchr(others, *text) != NULL))
            text++;
        else
            return text;
    }
}

/* Past an address in brackets, the only ones that a URI has; NULL when it is none. */
static const char *after_brackets(const char *text)
{
    struct in6_addr ignored;
    char address[INET6_ADDRSTRLEN] = "";
    size_t length = strcspn(text, "]") - 1;
    if (text[length + 1] == '\0' || length >= sizeof(address))
        return NULL;
    memcpy(address, text + 1, length);
    return inet_pton(AF_INET6, address, &ignored) == 1 ? text + length + 2 : NULL;
}

/* Past user, host and port; NULL when they are not such. */
static const char *after_authority(const char *text)
{
    const char *user = after_part(text, ":"), *host = *user == '@' ? user + 1 : text;
    const char *rest = *host == '[' ? after_brackets(host) : after_part(host, "");
    if (rest != NULL && *rest == ':')
        rest += 1 + strspn(rest + 1, DIGITS);
    return rest != NULL && strchr("/?#", *rest) != NULL ? rest : NULL;
}

bool xpay_is_uri(const char *text)
{
    const char *rest = after_scheme(text);
    if (rest != NULL && strncmp(rest, "//", 2) == 0)
        rest = after_authority(rest + 2);
    if (rest == NULL)
        return false;
    rest = after_part(rest, ":@/");
    if (*rest == '?')
        rest = after_part(rest + 1, ":@/?");
    if (*rest == '#')
        rest = after_part(rest + 1, ":@/?");
    return *rest == '\0';
}
