/* Names: words in lists, and how the API's camelCase becomes C. */
#include "contract.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

bool is_params(const xpay_type *type)
{
    return type->size_offset != XPAY_NO_OFFSET;
}

/* A query cannot send null. */
bool is_query(const xpay_type *type)
{
    return strstr(xpay_type_name(type), "_list_params") != NULL;
}

bool has_word(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = words; length > 0 && (at = strstr(at, word)) != NULL; at += length)
        if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0'))
            return true;
    return false;
}

void snake_case(char *out, size_t size, const char *name)
{
    size_t length = 0;
    for (; *name != '\0' && length + 3 < size; name++) {
        if (isupper((unsigned char)*name))
            out[length++] = '_';
        out[length++] = (char)tolower((unsigned char)*name);
    }
    out[length] = '\0';
}

/* "charge_status" and "PARTIALLY_REFUNDED" give "XPAY_CHARGE_STATUS_PARTIALLY_REFUNDED". */
void constant_case(char *out, size_t size, const char *prefix, const char *name)
{
    snprintf(out, size, "XPAY_%s_%s", prefix, name);
    for (char *c = out; *c != '\0'; c++)
        *c = isalnum((unsigned char)*c) ? (char)toupper((unsigned char)*c) : '_';
}
