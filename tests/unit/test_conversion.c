/* Money between two currencies: exact decimals, truncated toward zero, against an oracle of 128 bits. */
#include <stdio.h>
#include <string.h>

#include <xpay/money.h>

#include "random.h"
#include "suites.h"

__extension__ typedef unsigned __int128 wide;

#define EGP XPAY_CURRENCY_EGP
#define USD XPAY_CURRENCY_USD
#define KWD XPAY_CURRENCY_KWD
#define BHD XPAY_CURRENCY_BHD

enum { TO_PROCESSING, TO_PRESENTMENT };

/* One conversion and what it comes to. `from` is the currency of `amount`. */
typedef struct conversion {
    int direction;
    int64_t amount;
    xpay_currency from, to;
    const char *rate;
    xpay_status status;
    int64_t expected;
} conversion;

#define ONES38 "11111111111111111111111111111111111111"

static const conversion conversions[] = {
    /* Measured at XPay. */
    {TO_PROCESSING, 11000, USD, EGP, "51.01", XPAY_OK, 561110},
    {TO_PROCESSING, 110000, KWD, EGP, "165.47", XPAY_OK, 1820170},
    {TO_PROCESSING, 110000, BHD, EGP, "135.27", XPAY_OK, 1487970},
    {TO_PRESENTMENT, 561110, EGP, USD, "51.01", XPAY_OK, 11000},
    {TO_PRESENTMENT, 1820170, EGP, KWD, "165.47", XPAY_OK, 110000},
    {TO_PRESENTMENT, 1487970, EGP, BHD, "135.27", XPAY_OK, 110000},

    /* Truncated, never rounded, toward zero on both sides. */
    {TO_PROCESSING, 1, USD, EGP, "51.99", XPAY_OK, 51},
    {TO_PROCESSING, -1, USD, EGP, "51.99", XPAY_OK, -51},
    {TO_PROCESSING, 3, KWD, EGP, "3.33", XPAY_OK, 0},
    {TO_PROCESSING, -3, KWD, EGP, "3.33", XPAY_OK, 0},
    {TO_PROCESSING, 1999, KWD, EGP, "1", XPAY_OK, 199},
    {TO_PROCESSING, -1999, KWD, EGP, "1", XPAY_OK, -199},
    {TO_PROCESSING, 100, USD, EGP, "0.999999", XPAY_OK, 99},
    {TO_PRESENTMENT, 5100, EGP, USD, "51.01", XPAY_OK, 99},
    {TO_PRESENTMENT, -5100, EGP, USD, "51.01", XPAY_OK, -99},
    {TO_PRESENTMENT, 5101, EGP, USD, "51.01", XPAY_OK, 100},
    {TO_PRESENTMENT, 1, EGP, KWD, "165.47", XPAY_OK, 0},
    {TO_PRESENTMENT, 17, EGP, KWD, "165.47", XPAY_OK, 1},

    /* There and back may lose one. */
    {TO_PROCESSING, 333, USD, EGP, "47.1234", XPAY_OK, 15692},
    {TO_PRESENTMENT, 15692, EGP, USD, "47.1234", XPAY_OK, 332},

    /* A double would miss these. */
    {TO_PROCESSING, 100, USD, EGP, "1.15", XPAY_OK, 115},
    {TO_PROCESSING, 100, USD, EGP, "4.35", XPAY_OK, 435},
    {TO_PROCESSING, 9007199254740993, USD, EGP, "1", XPAY_OK, 9007199254740993},
    {TO_PROCESSING, 9007199254740993, USD, EGP, "1.000", XPAY_OK, 9007199254740993},
    {TO_PROCESSING, 1000000000000000000, USD, EGP, "0.100000000000000001", XPAY_OK,
     100000000000000001},

    /* Zero, identity, limits. */
    {TO_PROCESSING, 0, USD, EGP, "51.01", XPAY_OK, 0},
    {TO_PRESENTMENT, 0, EGP, USD, "51.01", XPAY_OK, 0},
    {TO_PROCESSING, INT64_MAX, EGP, EGP, "1", XPAY_OK, INT64_MAX},
    {TO_PROCESSING, INT64_MIN, EGP, EGP, "1", XPAY_OK, INT64_MIN},
    {TO_PRESENTMENT, INT64_MAX, EGP, EGP, "1.0", XPAY_OK, INT64_MAX},
    {TO_PRESENTMENT, INT64_MIN, EGP, EGP, "1.0", XPAY_OK, INT64_MIN},
    {TO_PROCESSING, INT64_MAX, EGP, EGP, "0000000000000001.000000", XPAY_OK, INT64_MAX},
    {TO_PROCESSING, INT64_MAX, EGP, EGP, "1.0000000000000000000000000000000000000", XPAY_OK,
     INT64_MAX},
    {TO_PROCESSING, INT64_MIN, KWD, EGP, "10", XPAY_OK, INT64_MIN},
    {TO_PROCESSING, 1, EGP, EGP, "9223372036854775807", XPAY_OK, INT64_MAX},
    {TO_PROCESSING, -1, EGP, EGP, "9223372036854775808", XPAY_OK, INT64_MIN},
    {TO_PRESENTMENT, 1, EGP, EGP, "0.0000000000000000001", XPAY_ERROR_OVERFLOW, 0},
    {TO_PROCESSING, INT64_MAX, EGP, EGP, "0.0000000000000000000000000000000000001", XPAY_OK, 0},
    {TO_PRESENTMENT, INT64_MAX, EGP, EGP, ONES38, XPAY_OK, 0},

    /* What does not fit. */
    {TO_PROCESSING, INT64_MAX, EGP, EGP, "1.0000000000000000002", XPAY_ERROR_OVERFLOW, 0},
    {TO_PROCESSING, 1, EGP, EGP, "9223372036854775808", XPAY_ERROR_OVERFLOW, 0},
    {TO_PROCESSING, -1, EGP, EGP, "9223372036854775809", XPAY_ERROR_OVERFLOW, 0},
    {TO_PROCESSING, INT64_MAX, EGP, KWD, "1", XPAY_ERROR_OVERFLOW, 0},
    {TO_PROCESSING, INT64_MIN, EGP, EGP, "2", XPAY_ERROR_OVERFLOW, 0},
    {TO_PROCESSING, INT64_MAX, EGP, KWD, ONES38, XPAY_ERROR_OVERFLOW, 0},
    {TO_PROCESSING, 4294967296, EGP, EGP, "4294967296", XPAY_ERROR_OVERFLOW, 0},
    {TO_PRESENTMENT, INT64_MIN, EGP, EGP, "0.5", XPAY_ERROR_OVERFLOW, 0},
    {TO_PRESENTMENT, INT64_MAX, EGP, KWD, "0.0000000000000000000000000000000000001",
     XPAY_ERROR_OVERFLOW, 0},

    /* Unknown currencies. */
    {TO_PROCESSING, 1, XPAY_CURRENCY_UNKNOWN, EGP, "1", XPAY_ERROR_ARGUMENT, 0},
    {TO_PROCESSING, 1, EGP, XPAY_CURRENCY_UNKNOWN, "1", XPAY_ERROR_ARGUMENT, 0},
    {TO_PRESENTMENT, 1, EGP, 16, "1", XPAY_ERROR_ARGUMENT, 0},
    {TO_PRESENTMENT, 1, -1, EGP, "1", XPAY_ERROR_ARGUMENT, 0},
};

static xpay_status convert(const conversion *c, int64_t *converted)
{
    return c->direction == TO_PROCESSING
               ? xpay_money_to_processing(c->amount, c->from, c->to, c->rate, converted)
               : xpay_money_to_presentment(c->amount, c->from, c->to, c->rate, converted);
}

START_TEST(test_conversion_is_exact_and_truncates_toward_zero)
{
    const conversion *c = &conversions[_i];
    int64_t converted = 4711;
    ck_assert_int_eq(convert(c, &converted), c->status);
    ck_assert_int_eq(converted, c->expected);
}
END_TEST

static const char *const no_rates[] = {
    "",      "0",    "0.0", "0.00000", "-1",      "+1",       ".5",       "5.",
    "1.2.3", "1..2", "1,5", " 1",      "1 ",      "1e",       "0x1",      "inf",
    "nan",   "1.-5", ".",   "1.5x",    "51.01\n", "\xd9\xa1", "1" ONES38, "1." ONES38,
};

START_TEST(test_rate_must_be_a_positive_decimal_of_38_digits_at_most)
{
    int64_t converted = 4711;
    ck_assert_int_eq(xpay_money_to_processing(1, USD, EGP, no_rates[_i], &converted),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(converted, 0);
    ck_assert_int_eq(xpay_money_to_presentment(1, EGP, USD, no_rates[_i], &converted),
                     XPAY_ERROR_ARGUMENT);
}
END_TEST

/* JSON may write a rate with an exponent; the digits count, not their spelling. */
START_TEST(test_rate_with_an_exponent_is_the_same_rate)
{
    static const char *const spellings[] = {"51.01", "5.101e1", "5101E-2", "0.5101e+2", "51.01e0"};
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        int64_t converted = 0;
        ck_assert_int_eq(xpay_money_to_processing(11000, USD, EGP, spellings[i], &converted),
                         XPAY_OK);
        ck_assert_int_eq(converted, 561110);
    }
    int64_t converted = 4711;
    ck_assert_int_eq(xpay_money_to_processing(1, USD, EGP, "1e39", &converted),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_money_to_processing(1, USD, EGP, "1e-39", &converted),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_money_to_processing(1, USD, EGP, "1e1x", &converted),
                     XPAY_ERROR_ARGUMENT);
}
END_TEST

START_TEST(test_conversion_without_a_rate_or_room_is_refused)
{
    int64_t converted = 4711;
    ck_assert_int_eq(xpay_money_to_processing(1, USD, EGP, NULL, &converted), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(converted, 0);
    ck_assert_int_eq(xpay_money_to_processing(1, USD, EGP, "1", NULL), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_money_to_presentment(1, USD, EGP, "1", NULL), XPAY_ERROR_ARGUMENT);
}
END_TEST

static wide power_of_ten(int exponent)
{
    wide power = 1;
    for (; exponent > 0; exponent--)
        power *= 10;
    return power;
}

/* What a conversion must come to, for amounts and rates whose product stays below 2^127. */
static xpay_status oracle(const conversion *c, uint64_t rate_digits, int rate_decimals,
                          int64_t *expected)
{
    bool negative = c->amount < 0;
    wide magnitude = negative ? 0 - (wide)c->amount : (wide)c->amount;
    int from = xpay_currency_decimals(c->from), to = xpay_currency_decimals(c->to);
    wide above = magnitude * power_of_ten(to), below = power_of_ten(from);
    if (c->direction == TO_PROCESSING) {
        above *= rate_digits;
        below *= power_of_ten(rate_decimals);
    } else {
        above *= power_of_ten(rate_decimals);
        below *= rate_digits;
    }
    wide quotient = above / below;
    *expected = 0;
    if (quotient > (wide)INT64_MAX + negative)
        return XPAY_ERROR_OVERFLOW;
    *expected = negative ? (int64_t)(0 - (uint64_t)quotient) : (int64_t)quotient;
    return XPAY_OK;
}

START_TEST(test_random_conversions_agree_with_an_oracle)
{
    uint64_t state = RANDOM_SEED;
    size_t fitted = 0;
    for (int i = 0; i < 40000; i++) {
        uint64_t digits = 1 + next_random_below(&state, UINT64_C(1) << 44);
        int decimals = (int)(next_random(&state) % 13);
        uint64_t unit = (uint64_t)power_of_ten(decimals);
        char rate[64], *end = rate;
        end += sprintf(end, "%llu", (unsigned long long)(digits / unit));
        if (decimals > 0)
            sprintf(end, ".%0*llu", decimals, (unsigned long long)(digits % unit));
        conversion c = {.direction = (int)(next_random(&state) % 2),
                        .amount = (int64_t)next_random_below(&state, UINT64_C(1) << 62),
                        .from = 1 + (xpay_currency)(next_random(&state) % 15),
                        .to = 1 + (xpay_currency)(next_random(&state) % 15),
                        .rate = rate};
        if (next_random(&state) % 2)
            c.amount = -c.amount;
        int64_t expected, converted;
        c.status = oracle(&c, digits, decimals, &expected);
        fitted += c.status == XPAY_OK;
        ck_assert_msg(convert(&c, &converted) == c.status && converted == expected,
                      "%lld from %d to %d at %s (%d)", (long long)c.amount, c.from, c.to, rate,
                      c.direction);
    }
    ck_assert_uint_gt(fitted, 20000);
    ck_assert_uint_lt(fitted, 39000);
}
END_TEST

START_TEST(test_there_and_back_loses_one_minor_unit_at_most)
{
    uint64_t state = RANDOM_SEED;
    for (int i = 0; i < 20000; i++) {
        int64_t amount = (int64_t)next_random_below(&state, INT32_MAX), there, back;
        char rate[32];
        uint64_t digits = 1000000 + next_random(&state) % 200000000;
        sprintf(rate, "%llu.%06llu", (unsigned long long)(digits / 1000000),
                (unsigned long long)(digits % 1000000));
        ck_assert_int_eq(xpay_money_to_processing(amount, USD, EGP, rate, &there), XPAY_OK);
        ck_assert_int_eq(xpay_money_to_presentment(there, EGP, USD, rate, &back), XPAY_OK);
        ck_assert_int_le(back, amount);
        ck_assert_int_ge(back, amount - 1);
    }
}
END_TEST

Suite *conversion_suite(void)
{
    Suite *suite = suite_create("conversion");
    TCase *tests = tcase_create("rates");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, test_conversion_is_exact_and_truncates_toward_zero, 0,
                        LENGTH(conversions));
    tcase_add_loop_test(tests, test_rate_must_be_a_positive_decimal_of_38_digits_at_most, 0,
                        LENGTH(no_rates));
    tcase_add_test(tests, test_rate_with_an_exponent_is_the_same_rate);
    tcase_add_test(tests, test_conversion_without_a_rate_or_room_is_refused);
    tcase_add_test(tests, test_random_conversions_agree_with_an_oracle);
    tcase_add_test(tests, test_there_and_back_loses_one_minor_unit_at_most);
    suite_add_tcase(suite, tests);
    return suite;
}
