/* Numbers of JSON: exact integers up to 2^53 - 1, amounts as text, doubles for display. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/number.h"
#include "random.h"
#include "suites.h"

#define NONE INT64_MIN /* no integer, or too large */

/* A text, the integer that it is as a JSON number, and the one that it is as text. */
static const struct integer_case {
    const char *text;
    int64_t number;
    int64_t as_text;
} integer_cases[] = {
    {"0", 0, 0},
    {"-0", 0, 0},
    {"1", 1, 1},
    {"-1", -1, -1},
    {"2147483648", 2147483648, 2147483648},
    {"9007199254740991", 9007199254740991, 9007199254740991},
    {"-9007199254740991", -9007199254740991, -9007199254740991},
    {"9007199254740992", NONE, NONE},
    {"9007199254740993", NONE, NONE},
    {"-9007199254740992", NONE, NONE},
    {"9223372036854775807", NONE, NONE},
    {"9223372036854775808", NONE, NONE},
    {"18446744073709551617", NONE, NONE}, /* 2^64 + 1 */
    {"100000000000000000000000000000000000000000", NONE, NONE},
    {"007", 7, 7}, /* the scan before has refused it as a number */
    {"1.0", 1, NONE},
    {"50.00", 50, NONE},
    {"0.0", 0, NONE},
    {"-0.0", 0, NONE},
    {"1.5", NONE, NONE},
    {"-0.1", NONE, NONE},
    {"0.00000000000000000000000000000001", NONE, NONE},
    {"9007199254740991.0", 9007199254740991, NONE},
    {"9007199254740991.00000000000000000000000000000", 9007199254740991, NONE},
    {"9007199254740991.00000000000000000000000000001", NONE, NONE},
    {"9007199254740990.9999999", NONE, NONE},
    {"0.99999999999999999999999999999999", NONE, NONE},
    {"1e2", 100, NONE},
    {"1E2", 100, NONE},
    {"1e+2", 100, NONE},
    {"100e-2", 1, NONE},
    {"12300e-2", 123, NONE},
    {"12345e-2", NONE, NONE},
    {"1.5e1", 15, NONE},
    {"-1.5e1", -15, NONE},
    {"1.55e1", NONE, NONE},
    {"1e15", 1000000000000000, NONE},
    {"1e16", NONE, NONE},
    {"9.007199254740991e15", 9007199254740991, NONE},
    {"9.007199254740992e15", NONE, NONE},
    {"0.0000000000009007199254740991e28", 9007199254740991, NONE},
    {"90071992547409910000000000e-10", 9007199254740991, NONE},
    {"1e400", NONE, NONE},
    {"1e-400", NONE, NONE},
    {"0e400", 0, NONE},
    {"0e-400", 0, NONE},
    {"0.000e99999999999999999999", 0, NONE},
    {"1e99999999999999999999", NONE, NONE},
    {"1e-99999999999999999999", NONE, NONE},
    {"", NONE, NONE},
    {"-", NONE, NONE},
    {"+1", NONE, NONE},
    {" 1", NONE, NONE},
    {"1 ", NONE, NONE},
    {"1,0", NONE, NONE},
    {"1.", NONE, NONE},
    {".5", NONE, NONE},
    {"1e", NONE, NONE},
    {"1e+", NONE, NONE},
    {"--1", NONE, NONE},
    {"0x10", NONE, NONE},
    {"EGP", NONE, NONE},
    {"NaN", NONE, NONE},
    {"Infinity", NONE, NONE},
};

START_TEST(test_integers_are_exact_or_refused)
{
    const struct integer_case *c = &integer_cases[_i];
    int64_t integer = NONE;
    bool read = xpay_number_to_integer(c->text, strlen(c->text), &integer);
    ck_assert_msg(read == (c->number != NONE), "%s", c->text);
    ck_assert_int_eq(integer, c->number);
    integer = NONE;
    read = xpay_number_from_text(c->text, strlen(c->text), &integer);
    ck_assert_msg(read == (c->as_text != NONE), "\"%s\"", c->text);
    ck_assert_int_eq(integer, c->as_text);
}
END_TEST

START_TEST(test_number_ends_where_its_length_says)
{
    int64_t integer;
    double number;
    ck_assert(xpay_number_to_integer("12345", 3, &integer));
    ck_assert_int_eq(integer, 123);
    ck_assert(xpay_number_from_text("12345", 2, &integer));
    ck_assert_int_eq(integer, 12);
    ck_assert(xpay_number_to_double("1.25e3", 4, &number));
    ck_assert(number >= 1.25 && number <= 1.25);
}
END_TEST

#define ZEROS "000000000000000000000000000000000000000000000000000000000000"

/* Digits with a point and an exponent that together are `value`. */
static void spell(char *out, uint64_t value, int zeros, int shift, int exponent)
{
    char digits[128];
    int count = sprintf(digits, "%llu%.*s", (unsigned long long)value, zeros, ZEROS);
    int point = count - shift; /* digits before the point */
    if (point <= 0)
        out += sprintf(out, "0.%.*s%s", -point, ZEROS, digits);
    else if (shift > 0)
        out += sprintf(out, "%.*s.%s", point, digits, digits + point);
    else
        out += sprintf(out, "%s", digits);
    if (exponent != 0)
        sprintf(out, "e%d", exponent);
}

START_TEST(test_random_spellings_of_an_integer_are_that_integer)
{
    uint64_t state = RANDOM_SEED;
    for (int i = 0; i < 40000; i++) {
        uint64_t value = next_random_below(&state, UINT64_C(1) << 54);
        int zeros = value == 0 ? 0 : (int)(next_random(&state) % 30),
            shift = (int)(next_random(&state) % 50);
        char text[256];
        spell(text, value, zeros, shift, shift - zeros);
        int64_t integer = NONE;
        bool read = xpay_number_to_integer(text, strlen(text), &integer);
        bool fits = value <= (uint64_t)XPAY_JSON_MAX_INTEGER;
        ck_assert_msg(read == fits, "%s", text);
        if (fits)
            ck_assert_msg(integer == (int64_t)value, "%s is not %lld", text, (long long)integer);

        /* A tenth of it is an integer only when it ends in a zero. */
        spell(text, value, zeros, shift, shift - zeros - 1);
        fits = value % 10 == 0 && value / 10 <= (uint64_t)XPAY_JSON_MAX_INTEGER;
        ck_assert_msg(xpay_number_to_integer(text, strlen(text), &integer) == fits, "%s", text);
        if (fits)
            ck_assert_int_eq(integer, (int64_t)(value / 10));
    }
}
END_TEST

static const char *const doubles[] = {
    "0",
    "-0",
    "1",
    "51.01",
    "165.47",
    "2.75",
    "0.1",
    "-0.1",
    "1e2",
    "1E-2",
    "3.0e10",
    "123456789012345678",
    "0.30000000000000004",
    "1e22",
    "1e-22",
    "1e300",
    "-1e-300",
    "99999999999999999999999999",
    "0.000000000000000000000000000000012345",
    "1.7976931348623157e307",
};

START_TEST(test_double_is_near_its_digits)
{
    double number = 4711, expected = strtod(doubles[_i], NULL);
    ck_assert(xpay_number_to_double(doubles[_i], strlen(doubles[_i]), &number));
    double error = fabs(number - expected), allowed = fabs(expected) * 4 * DBL_EPSILON;
    ck_assert_msg(error <= allowed, "%s read as %.17g", doubles[_i], number);
}
END_TEST

START_TEST(test_double_of_usual_rates_is_the_nearest)
{
    for (int i = 0; i <= 20000; i++) {
        char text[32];
        double number;
        sprintf(text, "%d.%02d", i / 100, i % 100);
        ck_assert(xpay_number_to_double(text, strlen(text), &number));
        double nearest = strtod(text, NULL);
        ck_assert_msg(memcmp(&number, &nearest, sizeof number) == 0, "%s", text);
    }
}
END_TEST

START_TEST(test_double_too_large_is_refused_too_small_is_zero)
{
    double number;
    ck_assert(!xpay_number_to_double("1e400", 5, &number));
    ck_assert(!xpay_number_to_double("-1e400", 6, &number));
    ck_assert(xpay_number_to_double("1e-400", 6, &number));
    ck_assert(number >= 0 && number <= 0);
    ck_assert(xpay_number_to_double("0e400", 5, &number));
    ck_assert(number >= 0 && number <= 0);
}
END_TEST

static const char *const no_doubles[] = {"",    "-",   "+1",  "1.",    ".5", "1e",
                                         "1e+", "007", "0x1", " 1",    "1 ", "1_",
                                         "--1", "nan", "inf", "51,01", "-01"};

START_TEST(test_double_of_no_number_is_refused)
{
    double number;
    ck_assert(!xpay_number_to_double(no_doubles[_i], strlen(no_doubles[_i]), &number));
}
END_TEST

Suite *number_suite(void)
{
    Suite *suite = suite_create("number");
    TCase *tests = tcase_create("integers");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, test_integers_are_exact_or_refused, 0, LENGTH(integer_cases));
    tcase_add_test(tests, test_number_ends_where_its_length_says);
    tcase_add_test(tests, test_random_spellings_of_an_integer_are_that_integer);
    suite_add_tcase(suite, tests);

    tests = tcase_create("doubles");
    tcase_add_loop_test(tests, test_double_is_near_its_digits, 0, LENGTH(doubles));
    tcase_add_test(tests, test_double_of_usual_rates_is_the_nearest);
    tcase_add_test(tests, test_double_too_large_is_refused_too_small_is_zero);
    tcase_add_loop_test(tests, test_double_of_no_number_is_refused, 0, LENGTH(no_doubles));
    suite_add_tcase(suite, tests);
    return suite;
}
