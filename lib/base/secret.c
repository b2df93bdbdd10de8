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

/* What may stand between the groups of a card number that begins with four digits; 0 when nothing does. */
static size_t gap_length(const char *text)
{
    size_t length = 0;
    while (length < 2 && (text[length] == ' ' || text[length] == '-' || text[length] == '.'))
        length++;
    return isdigit((unsigned char)text[length]) ? length : 0;
}

/* Whether digits end in the check digit that card numbers have (ISO/IEC 7812: the Luhn sum). */
static bool has_check_digit(const char *digits, size_t count)
{
    int sum = 0;
    for (size_t i = 0; i < count; i++) {
        int digit = digits[count - 1 - i] - '0';
        if (i % 2 == 1)
            digit = digit < 5 ? 2 * digit : 2 * digit - 9;
        sum += digit;
    }
    return sum % 10 == 0;
}

/*
 * Length of the card number at the beginning of a run of digits, in one piece or in groups; 0 when it is none. One that
 * is not a word by itself is told from other numbers by its check digit.
 */
static size_t card_length(const char *text, bool begins_word)
{
    enum { SHORTEST = 13, LONGEST = 19 };
    char digits[LONGEST];
    size_t count = 0, length = 0, gap = 0;
    for (;; length++) {
        if (isdigit((unsigned char)text[length])) {
            if (count == LONGEST)
                return 0;
            digits[count++] = text[length];
            continue;
        }
        size_t here = gap_length(text + length);
        if (here == 0 || (gap == 0 ? count != 4 || length != 4 : here != gap))
            break;
        gap = here;
        length += here - 1;
    }
    bool word = begins_word && !is_word(text[length]);
    return count >= SHORTEST && (word || has_check_digit(digits, count)) ? length : 0;
}

static void mask_cards(char *text)
{
    for (size_t i = 0; text[i] != '\0';) {
        bool begins =
            isdigit((unsigned char)text[i]) && (i == 0 || !isdigit((unsigned char)text[i - 1]));
        size_t length = begins ? card_length(text + i, i == 0 || !is_word(text[i - 1])) : 0;
        memset(text + i, '*', length);
        i += length > 0 ? length : 1;
    }
}

void xpay_mask_secrets(char *text)
{
    for (char *word = text; *word != '\0';) {
        size_t length = 0;
        while (is_word(word[length]))
            length++;
        if (looks_secret(word, length))
            memset(word, '*', length);
        word += length > 0 ? length : 1;
    }
    mask_cards(text);
}
