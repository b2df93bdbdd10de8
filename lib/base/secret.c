#include "secret.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>

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

void xpay_wipe(void *memory, size_t size)
{
    if (memory != NULL && size > 0)
        OPENSSL_cleanse(memory, size);
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* Whether a word of `length` bytes is a key, a signing secret or a client secret. */
static bool looks_secret(const char *word, size_t length)
{
    static const char *const prefixes[] = {"sk_", "rk_", "pk_", "whsec_"};
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        size_t n = strlen(prefixes[i]);
        if (length > n && strncmp(word, prefixes[i], n) == 0)
            return true;
    }
    static const char mark[] = "_secret";
    for (size_t i = 1; i + sizeof mark - 1 <= length; i++)
        if (strncmp(word + i, mark, sizeof mark - 1) == 0)
            return true;
    return false;
}

/* Whether a word is a run of digits as long as a card number. */
static bool looks_card(const char *word, size_t length)
{
    if (length < 13 || length > 19)
        return false;
    for (size_t i = 0; i < length; i++)
        if (!isdigit((unsigned char)word[i]))
            return false;
    return true;
}

void xpay_mask_secrets(char *text)
{
    for (char *word = text; *word != '\0';) {
        size_t length = 0;
        while (is_word(word[length]))
            length++;
        if (looks_secret(word, length) || looks_card(word, length))
            memset(word, '*', length);
        word += length > 0 ? length : 1;
    }
}
