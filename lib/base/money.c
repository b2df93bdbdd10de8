/* Money as text, and between two currencies: integers and decimal digits, no floating point. */
#include <xpay/money.h>

#include <stdio.h>
#include <string.h>

static const struct {
    char code[4];
    int32_t decimals;
} currencies[] = {
    [XPAY_CURRENCY_UNKNOWN] = {"", -1}, [XPAY_CURRENCY_EGP] = {"EGP", 2},
    [XPAY_CURRENCY_USD] = {"USD", 2},   [XPAY_CURRENCY_EUR] = {"EUR", 2},
    [XPAY_CURRENCY_GBP] = {"GBP", 2},   [XPAY_CURRENCY_SAR] = {"SAR", 2},
    [XPAY_CURRENCY_AED] = {"AED", 2},   [XPAY_CURRENCY_QAR] = {"QAR", 2},
    [XPAY_CURRENCY_KWD] = {"KWD", 3},   [XPAY_CURRENCY_JOD] = {"JOD", 3},
    [XPAY_CURRENCY_OMR] = {"OMR", 3},   [XPAY_CURRENCY_BHD] = {"BHD", 3},
    [XPAY_CURRENCY_LYD] = {"LYD", 3},   [XPAY_CURRENCY_AUD] = {"AUD", 2},
    [XPAY_CURRENCY_CAD] = {"CAD", 2},   [XPAY_CURRENCY_CNY] = {"CNY", 2},
};

enum { CURRENCIES = sizeof currencies / sizeof currencies[0] };

static bool is_known(xpay_currency currency)
{
    return currency > XPAY_CURRENCY_UNKNOWN && currency < CURRENCIES;
}

const char *xpay_currency_code(xpay_currency currency)
{
    return is_known(currency) ? currencies[currency].code : NULL;
}

xpay_currency xpay_currency_from_code(const char *code)
{
    for (xpay_currency c = XPAY_CURRENCY_UNKNOWN + 1; code != NULL && c < CURRENCIES; c++)
        if (strcmp(currencies[c].code, code) == 0)
            return c;
    return XPAY_CURRENCY_UNKNOWN;
}

int32_t xpay_currency_decimals(xpay_currency currency)
{
    return is_known(currency) ? currencies[currency].decimals : -1;
}

xpay_status xpay_money_format(int64_t amount, xpay_currency currency, char *text, size_t size)
{
    if (text != NULL && size > 0)
        *text = '\0';
    if (text == NULL || !is_known(currency))
        return XPAY_ERROR_ARGUMENT;
    uint64_t magnitude = amount < 0 ? 0 - (uint64_t)amount : (uint64_t)amount;
    uint64_t unit = currencies[currency].decimals == 3 ? 1000 : 100;
    char whole[XPAY_MONEY_TEXT_SIZE];
    int length =
        snprintf(whole, sizeof whole, "%s%llu.%0*llu %s", amount < 0 ? "-" : "",
                 (unsigned long long)(magnitude / unit), (int)currencies[currency].decimals,
                 (unsigned long long)(magnitude % unit), currencies[currency].code);
    if (length < 0 || (size_t)length >= size)
        return XPAY_ERROR_ARGUMENT;
    memcpy(text, whole, (size_t)length + 1);
    return XPAY_OK;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* value * 10 + digit; false when it does not fit. */
static bool push_digit(uint64_t *value, char digit)
{
    uint64_t added = (uint64_t)(digit - '0');
    if (*value > (UINT64_MAX - added) / 10)
        return false;
    *value = *value * 10 + added;
    return true;
}

/* The amount of a sign and a magnitude; false when it does not fit. */
static bool with_sign(bool negative, uint64_t magnitude, int64_t *amount)
{
    if (magnitude > (uint64_t)INT64_MAX + negative)
        return false;
    *amount = negative ? (int64_t)(0 - magnitude) : (int64_t)magnitude;
    return true;
}

xpay_status xpay_money_parse(const char *text, xpay_currency currency, int64_t *amount)
{
    if (amount == NULL)
        return XPAY_ERROR_ARGUMENT;
    *amount = 0;
    if (text == NULL || !is_known(currency))
        return XPAY_ERROR_ARGUMENT;

    bool negative = *text == '-', fits = true;
    const char *c = text + (*text == '-' || *text == '+');
    uint64_t magnitude = 0;
    if (!is_digit(*c))
        return XPAY_ERROR_ARGUMENT;
    for (; is_digit(*c); c++)
        fits = fits && push_digit(&magnitude, *c);
    int32_t decimals = 0;
    if (*c == '.') {
        if (!is_digit(*++c))
            return XPAY_ERROR_ARGUMENT;
        for (; is_digit(*c); c++, decimals++)
            fits = fits && push_digit(&magnitude, *c);
    }
    if (*c != '\0' || decimals > currencies[currency].decimals)
        return XPAY_ERROR_ARGUMENT;
    for (; decimals < currencies[currency].decimals; decimals++)
        fits = fits && push_digit(&magnitude, '0');
    return fits && with_sign(negative, magnitude, amount) ? XPAY_OK : XPAY_ERROR_OVERFLOW;
}

/*
 * Long arithmetic for conversions: an unsigned integer of 256 bits holds any amount (64 bits) times any rate of 38
 * digits (127 bits) times the powers of ten between currencies.
 */
typedef struct wide {
    uint32_t words[8]; /* least significant first */
} wide;

/* wide = wide * factor + addend; false when it does not fit. */
static bool multiply(wide *number, uint32_t factor, uint32_t addend)
{
    uint64_t carry = addend;
    for (int i = 0; i < 8; i++) {
        carry += (uint64_t)number->words[i] * factor;
        number->words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    return carry == 0;
}

static wide from_amount(uint64_t amount)
{
    return (wide){{(uint32_t)amount, (uint32_t)(amount >> 32)}};
}

static int compare(const wide *a, const wide *b)
{
    for (int i = 7; i >= 0; i--)
        if (a->words[i] != b->words[i])
            return a->words[i] < b->words[i] ? -1 : 1;
    return 0;
}

/* a - b, where a >= b. */
static void subtract(wide *a, const wide *b)
{
    int64_t borrow = 0;
    for (int i = 0; i < 8; i++) {
        int64_t difference = (int64_t)a->words[i] - b->words[i] - borrow;
        borrow = difference < 0;
        a->words[i] = (uint32_t)difference;
    }
}

static wide product(const wide *a, const wide *b, bool *fits)
{
    wide result = {{0}};
    for (int i = 0; i < 8; i++) {
        uint64_t carry = 0;
        for (int k = 0; k < 8; k++) {
            uint64_t sum = carry + (uint64_t)a->words[i] * b->words[k];
            if (i + k < 8) {
                sum += result.words[i + k];
                result.words[i + k] = (uint32_t)sum;
            } else if ((uint32_t)sum != 0) {
                *fits = false;
            }
            carry = sum >> 32;
        }
        *fits = *fits && carry == 0;
    }
    return result;
}

/* Quotient, truncated, bit by bit; false when it does not fit in 64 bits. */
static bool divide(wide dividend, const wide *divisor, uint64_t *quotient)
{
    wide rest = {{0}};
    *quotient = 0;
    for (int bit = 255; bit >= 0; bit--) {
        multiply(&rest, 2, dividend.words[bit / 32] >> (bit % 32) & 1);
        bool one = compare(&rest, divisor) >= 0;
        if (one)
            subtract(&rest, divisor);
        if (*quotient >> 63)
            return false;
        *quotient = *quotient << 1 | one;
    }
    return true;
}

enum { MAX_RATE_DIGITS = 38 };

/* The exponent "e-1" behind a rate's digits, which JSON allows; false when it is not one, or a rate beyond reason. */
static bool read_exponent(const char *text, int *exponent)
{
    *exponent = 0;
    if (*text == '\0')
        return true;
    bool below = text[1] == '-';
    text += text[1] == '-' || text[1] == '+' ? 2 : 1;
    if (!is_digit(*text))
        return false;
    for (; is_digit(*text); text++)
        if ((*exponent = *exponent * 10 + (*text - '0')) > MAX_RATE_DIGITS)
            return false;
    if (below)
        *exponent = -*exponent;
    return *text == '\0';
}

/* A rate "51.01" as 5101 and 2 decimals; false when it is not a positive decimal number of at most 38 digits. */
static bool read_rate(const char *rate, wide *digits, int *decimals)
{
    *digits = (wide){{0}};
    *decimals = 0;
    int count = 0, exponent;
    bool point = false, positive = false;
    if (rate == NULL || !is_digit(*rate))
        return false;
    for (; *rate != '\0' && *rate != 'e' && *rate != 'E'; rate++) {
        if (*rate == '.' && !point && is_digit(rate[1])) {
            point = true;
            continue;
        }
        if (!is_digit(*rate) || ++count > MAX_RATE_DIGITS)
            return false;
        multiply(digits, 10, (uint32_t)(*rate - '0'));
        positive = positive || *rate != '0';
        *decimals += point;
    }
    if (!read_exponent(rate, &exponent) || count + exponent > MAX_RATE_DIGITS)
        return false;
    for (*decimals -= exponent; *decimals < 0; ++*decimals)
        multiply(digits, 10, 0);
    return positive && *decimals <= MAX_RATE_DIGITS;
}

static bool scale(wide *number, int powers_of_ten)
{
    bool fits = true;
    for (; powers_of_ten > 0; powers_of_ten--)
        fits = multiply(number, 10, 0) && fits;
    return fits;
}

/* amount × rate^(±1) × 10^(decimals of `to` - decimals of `from`), truncated toward zero. */
static xpay_status convert(int64_t amount, xpay_currency from, xpay_currency to, const char *rate,
                           bool by_rate, int64_t *converted)
{
    if (converted == NULL)
        return XPAY_ERROR_ARGUMENT;
    *converted = 0;
    wide digits;
    int decimals;
    if (!is_known(from) || !is_known(to) || !read_rate(rate, &digits, &decimals))
        return XPAY_ERROR_ARGUMENT;

    uint64_t magnitude = amount < 0 ? 0 - (uint64_t)amount : (uint64_t)amount;
    wide above = from_amount(magnitude), below = from_amount(1);
    bool fits = true;
    if (by_rate)
        above = product(&above, &digits, &fits);
    else
        below = digits;
    fits = scale(by_rate ? &below : &above, decimals) && fits;
    fits = scale(&above, currencies[to].decimals) && fits;
    fits = scale(&below, currencies[from].decimals) && fits;

    uint64_t quotient;
    if (!fits || !divide(above, &below, &quotient) || !with_sign(amount < 0, quotient, converted))
        return XPAY_ERROR_OVERFLOW;
    return XPAY_OK;
}

xpay_status xpay_money_to_processing(int64_t amount, xpay_currency presentment,
                                     xpay_currency processing, const char *rate, int64_t *converted)
{
    return convert(amount, presentment, processing, rate, true, converted);
}

xpay_status xpay_money_to_presentment(int64_t amount, xpay_currency processing,
                                      xpay_currency presentment, const char *rate,
                                      int64_t *converted)
{
    return convert(amount, processing, presentment, rate, false, converted);
}
