#include "redact.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <xpay/describe.h>

#include "../base/secret.h"

enum { MAX_NAMES = 16 };

/* Names of members that some table marks as secret, such as "clientSecret"; collected once. */
static struct {
    const char *name[MAX_NAMES];
    size_t count;
} secrets;

static bool is_listed(const char *name, size_t length)
{
    for (size_t i = 0; i < secrets.count; i++)
        if (strlen(secrets.name[i]) == length && memcmp(secrets.name[i], name, length) == 0)
            return true;
    return false;
}

static void collect(void)
{
    for (size_t i = 0; i < xpay_type_count(); i++) {
        const xpay_type *type = xpay_type_at(i);
        for (size_t k = 0; k < xpay_type_field_count(type); k++) {
            const xpay_field *field = xpay_type_field(type, k);
            if ((field->flags & XPAY_FIELD_SECRET) != 0 && secrets.count < MAX_NAMES &&
                !is_listed(field->name, strlen(field->name)))
                secrets.name[secrets.count++] = field->name;
        }
    }
}

/* The first byte after a string that begins at the quote `text`, or the end. */
static char *after_string(char *text, const char *end)
{
    for (text++; text < end && *text != '"'; text++)
        if (*text == '\\' && text + 1 < end)
            text++;
    return text < end ? text + 1 : text;
}

static char *after_blanks(char *text, const char *end)
{
    while (text < end && strchr(" \t\r\n", *text) != NULL && *text != '\0')
        text++;
    return text;
}

/* Mask the text that begins at `text`; a value of another kind holds no secret, or is searched on its own. */
static char *mask_value(char *text, char *end)
{
    if (text >= end || *text != '"')
        return text;
    char *after = after_string(text, end);
    char *close = after > text + 1 && after[-1] == '"' ? after - 1 : after;
    memset(text + 1, '*', (size_t)(close - text - 1));
    return after;
}

static void mask_members(char *text, char *end)
{
    while (text < end) {
        if (*text != '"') {
            text++;
            continue;
        }
        const char *name = text + 1;
        text = after_string(text, end);
        size_t length = text > name ? (size_t)(text - name - 1) : 0;
        char *colon = after_blanks(text, end);
        if (colon < end && *colon == ':' && is_listed(name, length))
            text = mask_value(after_blanks(colon + 1, end), end);
    }
}

/* The value of two hexadecimal digits; -1 when they are none. */
static int hex_pair(const char *text)
{
    int value = 0;
    for (int i = 0; i < 2; i++) {
        const char *digits = "0123456789abcdef0123456789ABCDEF";
        const char *found = text[i] == '\0' ? NULL : strchr(digits, text[i]);
        if (found == NULL)
            return -1;
        value = 16 * value + (int)(found - digits) % 16;
    }
    return value;
}

/* Letters, digits and the like that are written as \u00XX are written plainly: a secret is not to hide behind that. */
static size_t write_plainly(char *text, size_t length)
{
    size_t end = 0;
    for (size_t i = 0; i < length; end++) {
        bool escape = text[i] == '\\' && i + 1 < length;
        int value = escape && length - i >= 6 && memcmp(text + i, "\\u00", 4) == 0
                        ? hex_pair(text + i + 4)
                        : -1;
        if (value > ' ' && value < 0x7f && value != '"' && value != '\\') {
            text[end] = (char)value;
            i += 6;
            continue;
        }
        text[end] = text[i++];
        if (escape)
            text[++end] = text[i++];
    }
    return end;
}

char *xpay_redact_json(const char *bytes, size_t length)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, collect);
    char *text = malloc(length + 1);
    if (text == NULL)
        return NULL;
    for (size_t i = 0; i < length; i++)
        text[i] = bytes[i] == '\0' ? ' ' : bytes[i]; /* a NUL would hide what follows */
    size_t end = write_plainly(text, length);
    memset(text + end, '\0', length + 1 - end);
    mask_members(text, text + end);
    xpay_mask_secrets(text);
    return text;
}

void xpay_redact_free(char *text, size_t length)
{
    xpay_wipe(text, text == NULL ? 0 : length);
    free(text);
}
