/* Money as text: fifteen currencies, both directions, the whole range of int64_t. */
#include <stdio.h>
#include <string.h>

#include <xpay/money.h>

#include "random.h"
#include "suites.h"

static const struct currency_case {
    xpay_currency currency;
    const char *code;
    int32_t decimals;
} currency_cases[] = {
    {XPAY_CURRENCY_EGP, "EGP", 2}, {XPAY_CURRENCY_USD, "USD", 2}, {XPAY_CURRENCY_EUR, "EUR", 2},
    {XPAY_CURRENCY_GBP, "GBP", 2}, {XPAY_CURRENCY_SAR, "SAR", 2}, {XPAY_CURRENCY_AED, "AED", 2},
    {XPAY_CURRENCY_QAR, "QAR", 2}, {XPAY_CURRENCY_KWD, "KWD", 3}, {XPAY_CURRENCY_JOD, "JOD", 3},
    {XPAY_CURRENCY_OMR, "OMR", 3}, {XPAY_CURRENCY_BHD, "BHD", 3}, {XPAY_CURRENCY_LYD, "LYD", 3},
    {XPAY_CURRENCY_AUD, "AUD", 2}, {XPAY_CURRENCY_CAD, "CAD", 2}, {XPAY_CURRENCY_CNY, "CNY", 2},
};

START_TEST(test_currency_has_code_and_decimals)
{
    const struct currency_case *c = &currency_cases[_i];
    ck_assert_int_eq(c->currency, _i + 1);
    ck_assert_str_eq(xpay_currency_code(c->currency), c->code);
    ck_assert_int_eq(xpay_currency_from_code(c->code), c->currency);
    ck_assert_int_eq(xpay_currency_decimals(c->currency), c->decimals);
}
END_TEST

START_TEST(test_other_currencies_are_unknown)
{
    static const xpay_currency others[] = {INT32_MIN, -1, XPAY_CURRENCY_UNKNOWN,
                                           (xpay_currency)LENGTH(currency_cases) + 1, INT32_MAX};
    static const char *const codes[] = {"", "egp", "EG", "EGPX", "EGP ", " EGP", "JPY", "XXX"};
    for (size_t i = 0; i < LENGTH(others); i++) {
        ck_assert_ptr_null(xpay_currency_code(others[i]));
        ck_assert_int_eq(xpay_currency_decimals(others[i]), -1);
    }
    for (size_t i = 0; i < LENGTH(codes); i++)
        ck_assert_int_eq(xpay_currency_from_code(codes[i]), XPAY_CURRENCY_UNKNOWN);
    ck_assert_int_eq(xpay_currency_from_code(NULL), XPAY_CURRENCY_UNKNOWN);
}
END_TEST

/* An amount of two and of three decimals as text. */
static const struct amount_case {
    int64_t amount;
    const char *two;
    const char *three;
} amount_cases[] = {
    {0, "0.00", "0.000"},
    {1, "0.01", "0.001"},
    {-1, "-0.01", "-0.001"},
    {5, "0.05", "0.005"},
    {99, "0.99", "0.099"},
    {100, "1.00", "0.100"},
    {999, "9.99", "0.999"},
    {1000, "10.00", "1.000"},
    {-1005, "-10.05", "-1.005"},
    {149900, "1499.00", "149.900"},
    {9007199254740991, "90071992547409.91", "9007199254740.991"},
    {INT64_MAX, "92233720368547758.07", "9223372036854775.807"},
    {INT64_MIN, "-92233720368547758.08", "-9223372036854775.808"},
};

START_TEST(test_money_of_each_currency_goes_to_text_and_back)
{
    const struct currency_case *c = &currency_cases[_i];
    for (size_t i = 0; i < LENGTH(amount_cases); i++) {
        const char *number = c->decimals == 2 ? amount_cases[i].two : amount_cases[i].three;
        char expected[64], text[XPAY_MONEY_TEXT_SIZE];
        int64_t amount = 4711;
        snprintf(expected, sizeof expected, "%s %s", number, c->code);
        ck_assert_int_eq(xpay_money_format(amount_cases[i].amount, c->currency, text, sizeof text),
                         XPAY_OK);
        ck_assert_str_eq(text, expected);
        ck_assert_int_eq(xpay_money_parse(number, c->currency, &amount), XPAY_OK);
        ck_assert_int_eq(amount, amount_cases[i].amount);
    }
}
END_TEST

START_TEST(test_money_of_random_amounts_goes_to_text_and_back)
{
    uint64_t state = RANDOM_SEED;
    for (int i = 0; i < 20000; i++) {
        int64_t amount = (int64_t)next_random(&state) >> next_random(&state) % 64, read;
        xpay_currency currency = 1 + (xpay_currency)(next_random(&state) % LENGTH(currency_cases));
        char text[XPAY_MONEY_TEXT_SIZE];
        ck_assert_int_eq(xpay_money_format(amount, currency, text, sizeof text), XPAY_OK);
        *strchr(text, ' ') = '\0';
        ck_assert_int_eq(xpay_money_parse(text, currency, &read), XPAY_OK);
        ck_assert_int_eq(read, amount);
    }
}
END_TEST

/* Text in major units, read as money of two and of three decimals. */
static const struct parse_case {
    const char *text;
    xpay_status two;
    int64_t two_amount;
    xpay_status three;
    int64_t three_amount;
} parse_cases[] = {
    {"0", XPAY_OK, 0, XPAY_OK, 0},
    {"-0", XPAY_OK, 0, XPAY_OK, 0},
    {"1499", XPAY_OK, 149900, XPAY_OK, 1499000},
    {"1499.5", XPAY_OK, 149950, XPAY_OK, 1499500},
    {"+1.5", XPAY_OK, 150, XPAY_OK, 1500},
    {"-1.5", XPAY_OK, -150, XPAY_OK, -1500},
    {"007", XPAY_OK, 700, XPAY_OK, 7000},
    {"1.005", XPAY_ERROR_ARGUMENT, 0, XPAY_OK, 1005},
    {"1.000", XPAY_ERROR_ARGUMENT, 0, XPAY_OK, 1000},
    {"-0.005", XPAY_ERROR_ARGUMENT, 0, XPAY_OK, -5},
    {"1.0000", XPAY_ERROR_ARGUMENT, 0, XPAY_ERROR_ARGUMENT, 0},
    {"92233720368547758.07", XPAY_OK, INT64_MAX, XPAY_ERROR_OVERFLOW, 0},
    {"92233720368547758.08", XPAY_ERROR_OVERFLOW, 0, XPAY_ERROR_OVERFLOW, 0},
    {"-92233720368547758.08", XPAY_OK, INT64_MIN, XPAY_ERROR_OVERFLOW, 0},
    {"-92233720368547758.09", XPAY_ERROR_OVERFLOW, 0, XPAY_ERROR_OVERFLOW, 0},
    {"9223372036854775.807", XPAY_ERROR_ARGUMENT, 0, XPAY_OK, INT64_MAX},
    {"-9223372036854775.808", XPAY_ERROR_ARGUMENT, 0, XPAY_OK, INT64_MIN},
    {"9223372036854775.808", XPAY_ERROR_ARGUMENT, 0, XPAY_ERROR_OVERFLOW, 0},
    {"184467440737095516.16", XPAY_ERROR_OVERFLOW, 0, XPAY_ERROR_OVERFLOW, 0}, /* 2^64 of cents */
    {"99999999999999999999999999999999", XPAY_ERROR_OVERFLOW, 0, XPAY_ERROR_OVERFLOW, 0},
    {"00000000000000000000000000000001", XPAY_OK, 100, XPAY_OK, 1000},
};

START_TEST(test_money_is_read_exactly_or_not_at_all)
{
    const struct parse_case *c = &parse_cases[_i];
    int64_t amount = 4711;
    ck_assert_int_eq(xpay_money_parse(c->text, XPAY_CURRENCY_EGP, &amount), c->two);
    ck_assert_int_eq(amount, c->two_amount);
    amount = 4711;
    ck_assert_int_eq(xpay_money_parse(c->text, XPAY_CURRENCY_KWD, &amount), c->three);
    ck_assert_int_eq(amount, c->three_amount);
}
END_TEST

static const char *const no_amounts[] = {
    "",
    " ",
    "-",
    "+",
    ".",
    "-.",
    ".5",
    "-.5",
    "5.",
    "1.2.3",
    "1..2",
    "--1",
    "+-1",
    "- 1",
    " 1",
    "1 ",
    "1 000",
    "1,00",
    "1_0",
    "1e2",
    "0x10",
    "inf",
    "nan",
    "1.0-",
    "1.00EGP",
    "$1",
    "1\n",
    "\t1",
    "1.-5",
    "1.+5",
    "\xd9\xa1" /* an Arabic digit one */,
};

START_TEST(test_money_of_other_spellings_is_refused)
{
    for (size_t i = 0; i < LENGTH(currency_cases); i++) {
        int64_t amount = 4711;
        ck_assert_msg(xpay_money_parse(no_amounts[_i], currency_cases[i].currency, &amount) ==
                          XPAY_ERROR_ARGUMENT,
                      "\"%s\"", no_amounts[_i]);
        ck_assert_int_eq(amount, 0);
    }
}
END_TEST

START_TEST(test_money_of_an_unknown_currency_is_refused)
{
    char text[XPAY_MONEY_TEXT_SIZE] = "x";
    int64_t amount = 4711;
    ck_assert_int_eq(xpay_money_format(1, XPAY_CURRENCY_UNKNOWN, text, sizeof text),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(text, "");
    ck_assert_int_eq(xpay_money_format(1, 16, text, sizeof text), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_money_parse("1", XPAY_CURRENCY_UNKNOWN, &amount), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(amount, 0);
    ck_assert_int_eq(xpay_money_parse("1", 16, &amount), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_money_parse(NULL, XPAY_CURRENCY_EGP, &amount), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_money_parse("1", XPAY_CURRENCY_EGP, NULL), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_money_format(1, XPAY_CURRENCY_EGP, NULL, 0), XPAY_ERROR_ARGUMENT);
}
END_TEST

START_TEST(test_money_is_not_written_past_its_room)
{
    static const char whole[] = "-92233720368547758.08 EGP";
    for (size_t size = 0; size <= sizeof whole; size++) {
        char text[XPAY_MONEY_TEXT_SIZE];
        memset(text, '#', sizeof text);
        bool fits = size >= sizeof whole;
        ck_assert_int_eq(xpay_money_format(INT64_MIN, XPAY_CURRENCY_EGP, text, size),
                         fits ? XPAY_OK : XPAY_ERROR_ARGUMENT);
        if (size > 0)
            ck_assert_str_eq(text, fits ? whole : "");
        ck_assert_int_eq(text[size], '#');
    }
}
END_TEST

Suite *money_suite(void)
{
    Suite *suite = suite_create("money");
    TCase *tests = tcase_create("text");
    tcase_add_loop_test(tests, test_currency_has_code_and_decimals, 0, LENGTH(currency_cases));
    tcase_add_test(tests, test_other_currencies_are_unknown);
    tcase_add_loop_test(tests, test_money_of_each_currency_goes_to_text_and_back, 0,
                        LENGTH(currency_cases));
    tcase_add_test(tests, test_money_of_random_amounts_goes_to_text_and_back);
    tcase_add_loop_test(tests, test_money_is_read_exactly_or_not_at_all, 0, LENGTH(parse_cases));
    tcase_add_loop_test(tests, test_money_of_other_spellings_is_refused, 0, LENGTH(no_amounts));
    tcase_add_test(tests, test_money_of_an_unknown_currency_is_refused);
    tcase_add_test(tests, test_money_is_not_written_past_its_room);
    suite_add_tcase(suite, tests);
    return suite;
}
