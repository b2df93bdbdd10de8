/* JSON pointers (RFC 6901), answered from an object's own bytes, which were scanned when it was decoded. */
#include <string.h>

#include <xpay/object.h>

#include "scan.h"

/* One step of a pointer, as it stands there: bytes up to the next slash. */
typedef struct token {
    const char *bytes;
    size_t length;
} token;

/* Take the next token; `*pointer` stands at its slash. False when the token has a tilde that escapes nothing. */
static bool next_token(const char **pointer, token *t)
{
    t->bytes = ++*pointer;
    t->length = strcspn(t->bytes, "/");
    *pointer += t->length;
    for (size_t i = 0; i < t->length; i++)
        if (t->bytes[i] == '~' && t->bytes[i + 1] != '0' && t->bytes[i + 1] != '1')
            return false;
    return true;
}

/* The next character of a token, its escapes undone. */
static char token_char(const token *t, size_t *i)
{
    char c = t->bytes[(*i)++];
    if (c != '~')
        return c;
    return t->bytes[(*i)++] == '0' ? '~' : '/';
}

/* Whether a member's name, of `length` bytes between its quotes, is the token. */
static bool name_is(const char *name, size_t length, const token *t)
{
    size_t i = 0;
    for (const char *end = name + length; name < end;) {
        char character[12]; /* an escaped pair of surrogates is the longest */
        size_t used = 1;
        character[0] = name[0];
        if (name[0] == '\\') {
            used = name[1] != 'u' ? 2 : 6;
            if (used == 6 && (name[2] == 'd' || name[2] == 'D') &&
                strchr("89abAB", name[3]) != NULL)
                used = 12;
            memcpy(character, name, used);
        }
        size_t plain = used == 1 ? 1 : xpay_json_unescape(character, used);
        for (size_t k = 0; k < plain; k++)
            if (i >= t->length || token_char(t, &i) != character[k])
                return false;
        name += used;
    }
    return i == t->length;
}

/* The last member of an object with the token's name; NULL when there is none. */
static const char *find_member(const char *object, const token *t)
{
    const char *found = NULL;
    for (const char *p = xpay_json_blanks(object + 1); *p != '}';) {
        const char *name = p + 1, *name_end = xpay_json_skip(p) - 1;
        p = xpay_json_blanks(xpay_json_blanks(name_end + 1) + 1);
        if (name_is(name, (size_t)(name_end - name), t))
            found = p;
        p = xpay_json_blanks(xpay_json_skip(p));
        if (*p == ',')
            p = xpay_json_blanks(p + 1);
    }
    return found;
}

/* The element of a list with the token's number; NULL when there is none. */
static const char *find_element(const char *list, const token *t)
{
    size_t wanted = 0;
    if (t->length == 0 || t->length > 9 || (t->bytes[0] == '0' && t->length > 1))
        return NULL;
    for (size_t i = 0; i < t->length; i++) {
        if (t->bytes[i] < '0' || t->bytes[i] > '9')
            return NULL;
        wanted = wanted * 10 + (size_t)(t->bytes[i] - '0');
    }
    for (const char *p = xpay_json_blanks(list + 1); *p != ']'; wanted--) {
        if (wanted == 0)
            return p;
        p = xpay_json_blanks(xpay_json_skip(p));
        if (*p == ',')
            p = xpay_json_blanks(p + 1);
    }
    return NULL;
}

xpay_status xpay_object_get(const void *object, const char *pointer, const char **value,
                            size_t *length)
{
    if (value != NULL)
        *value = NULL;
    if (length != NULL)
        *length = 0;
    if (object == NULL || pointer == NULL || value == NULL || length == NULL ||
        (*pointer != '\0' && *pointer != '/'))
        return XPAY_ERROR_ARGUMENT;

    const char *found = ((const xpay_object *)object)->json;
    while (*pointer != '\0') {
        token t;
        if (!next_token(&pointer, &t))
            return XPAY_ERROR_ARGUMENT;
        if (found != NULL)
            found = *found == '{'   ? find_member(found, &t)
                    : *found == '[' ? find_element(found, &t)
                                    : NULL;
    }
    if (found == NULL || *found == '\0') /* there may have been no JSON at all */
        return XPAY_ERROR_ABSENT;
    *value = found;
    *length = (size_t)(xpay_json_skip(found) - found);
    return XPAY_OK;
}
