#include "secret.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

bool xpay_secret_set(xpay_secret *secret, const char *text)
{
    size_t length = strlen(text);
    char *copy = malloc(length + 1);
    if (copy == NULL)
        return false;
    memcpy(copy, text, length + 1);
    xpay_secret_free(secret);
    secret->text = copy;
    secret->length = length;
    return true;
}

void xpay_secret_free(xpay_secret *secret)
{
    if (secret->text != NULL)
        xpay_wipe(secret->text, secret->length);
    free(secret->text);
    secret->text = NULL;
    secret->length = 0;
}

/*
 * memset, through a pointer that the compiler must read each time, so it cannot leave the call out as useless. As sure as
 * OPENSSL_cleanse() and much faster: whole answers are wiped when they are freed.
 */
static void *(*const volatile set)(void *, int, size_t) = memset;

void xpay_wipe(void *memory, size_t size)
{
    if (memory != NULL && size > 0)
        set(memory, 0, size);
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* Whether a word of `length` bytes is or ends in a key or signing secret, or is a client secret. */
static bool looks_secret(const char *word, size_t length)
{
    static const char *const prefixes[] = {"sk_", "rk_", "pk_", "whsec_"};
    static const char mark[] = "_secret_";
    for (size_t i = 0; i < length; i++) {
        for (size_t k = 0; k < sizeof prefixes / sizeof prefixes[0]; k++) {
            size_t n = strlen(prefixes[k]);
            if (length - i > n && strncmp(word + i, prefixes[k], n) == 0 &&
                (i == 0 || !isalnum((unsigned char)word[i - 1])))
                return true;
        }
        if (i > 0 && length - i > sizeof mark - 1 && strncmp(word + i, mark, sizeof mark - 1) == 0)
            return true;
    }
    return false;
}

/* Length of the card number at the beginning of a word, in one piece or in groups; 0 when it is none. */
static size_t card_length(const char *text)
{
    size_t digits = 0, length = 0;
    for (char separator = '\0';; length++) {
        char c = text[length];
        if (isdigit((unsigned char)c))
            digits++;
        else if ((c == ' ' || c == '-') && isdigit((unsigned char)text[length + 1]) &&
                 (separator == '\0' ? digits == 4 : c == separator))
            separator = c;
        else
            break;
    }
    return digits >= 13 && digits <= 19 && !is_word(text[length]) ? length : 0;
}

void xpay_mask_secrets(char *text)
{
    for (char *word = text; *word != '\0';) {
        size_t length = 0, card = card_length(word);
        while (is_word(word[length]))
            length++;
        if (card > 0)
            length = card;
        if (card > 0 || looks_secret(word, length))
            memset(word, '*', length);
        word += length > 0 ? length : 1;
    }
}
