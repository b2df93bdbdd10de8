/* Moments: ISO 8601 text to milliseconds and back, against a calendar that is counted day by day. */
#include <stdio.h>
#include <string.h>

#include "base/moment.h"
#include "suites.h"

/* A text and the moment that it says. */
static const struct moment_case {
    const char *text;
    int64_t milliseconds;
} moment_cases[] = {
    {"1970-01-01T00:00:00.000Z", 0},
    {"1970-01-01T00:00:00Z", 0},
    {"1970-01-01T00:00Z", 0},
    {"1970-01-01T00:00z", 0},
    {"2025-03-25T12:00:00.000Z", 1742904000000},
    {"2026-05-01T10:00:00.000Z", 1777629600000},
    {"2026-05-01T10:00:00.5Z", 1777629600500},
    {"2026-05-01T10:00:00.05Z", 1777629600050},
    {"2026-05-01T10:00:00.123Z", 1777629600123},
    {"2026-05-01T10:00:00.1239Z", 1777629600123},
    {"2026-05-01T10:00:00.999999999Z", 1777629600999},
    {"2026-05-01T12:00:00.000+02:00", 1777629600000},
    {"2026-05-01T12:00:00+0200", 1777629600000},
    {"2026-05-01T12:00+02:00", 1777629600000},
    {"2026-05-01T04:30:00.000-05:30", 1777629600000},
    {"2026-05-01T10:00:00+00:00", 1777629600000},
    {"2026-05-01T10:00:00-00:00", 1777629600000},
    {"2026-01-01T01:00:00+02:00", 1767222000000}, /* the year before, in UTC */
    {"2024-02-29T23:59:59.999Z", 1709251199999},
    {"2000-02-29T00:00:00Z", 951782400000},
    {"2016-12-31T23:59:60Z", 1483228800000}, /* a leap second is the second after it */
    {"1969-12-31T23:59:59.999Z", -1},
    {"1900-03-01T00:00:00Z", -2203891200000},
    {"0000-01-01T00:00:00Z", -62167219200000},
    {"9999-12-31T23:59:59.999Z", 253402300799999},
    {"1970-01-01T00:00:00+23:59", -86340000},
    {"1970-01-01T00:00:00-23:59", 86340000},
};

START_TEST(test_moments_are_read_in_every_spelling)
{
    const struct moment_case *c = &moment_cases[_i];
    int64_t milliseconds = 4711;
    ck_assert_msg(xpay_time_parse(c->text, strlen(c->text), &milliseconds), "%s", c->text);
    ck_assert_int_eq(milliseconds, c->milliseconds);
}
END_TEST

static const char *const no_moments[] = {
    "",
    "T",
    "2026-05-01",
    "2026-05-01T10:00:00.000", /* no zone: whose clock? */
    "2026-05-01 10:00:00Z",
    "2026-05-01t10:00:00Z",
    "2026-05-01T10Z",
    "2026-05-01T10:00:00.Z",
    "2026-05-01T10:00:00,5Z",
    "2026-05-01T10:00:0Z",
    "2026-05-01T1:00:00Z",
    "2026-5-01T10:00:00Z",
    "26-05-01T10:00:00Z",
    "02026-05-01T10:00:00Z",
    "-026-05-01T10:00:00Z",
    "+026-05-01T10:00:00Z",
    "2026-05-01T10:00:00.000ZZ",
    "2026-05-01T10:00:00.000Z ",
    " 2026-05-01T10:00:00.000Z",
    "2026-05-01T10:00:00.000+2:00",
    "2026-05-01T10:00:00.000+02",
    "2026-05-01T10:00:00.000+24:00",
    "2026-05-01T10:00:00.000+02:60",
    "2026-05-01T10:00:00.000 +02:00",
    "2026-05-01T10:00:00.000+02:00Z",
    "2026-00-01T10:00:00Z",
    "2026-13-01T10:00:00Z",
    "2026-05-00T10:00:00Z",
    "2026-05-32T10:00:00Z",
    "2026-04-31T10:00:00Z",
    "2026-02-29T10:00:00Z",
    "2100-02-29T10:00:00Z",
    "2024-02-30T10:00:00Z",
    "2026-05-01T24:00:00Z",
    "2026-05-01T10:60:00Z",
    "2026-05-01T10:00:61Z",
    "2026-05-0xT10:00:00Z",
    "1777629600000",
};

START_TEST(test_what_is_not_a_moment_is_refused)
{
    int64_t milliseconds;
    ck_assert_msg(!xpay_time_parse(no_moments[_i], strlen(no_moments[_i]), &milliseconds), "%s",
                  no_moments[_i]);
}
END_TEST

START_TEST(test_moment_ends_where_its_length_says)
{
    static const char text[] = "2026-05-01T12:00:00.123+02:00";
    int64_t milliseconds;
    for (size_t length = 0; length < sizeof text - 1; length++)
        ck_assert_msg(!xpay_time_parse(text, length, &milliseconds), "%zu bytes", length);
    ck_assert(!xpay_time_parse("2026-05-01T10:00Z\0", 18, &milliseconds));
    ck_assert(xpay_time_parse("2026-05-01T10:00Zx", 17, &milliseconds));
}
END_TEST

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* 12:34:56.789 of a day, which is the one of that number since 1970. */
static void check_day(int64_t day, int year, int month, int of_month)
{
    char expected[64], text[XPAY_TIME_TEXT_SIZE];
    int64_t moment = day * 86400000 + 45296789, read;
    snprintf(expected, sizeof expected, "%04d-%02d-%02dT12:34:56.789Z", year, month, of_month);
    xpay_time_format(moment, text);
    if (strcmp(text, expected) != 0 || !xpay_time_parse(text, strlen(text), &read) ||
        read != moment)
        ck_abort_msg("%s is day %lld, and was written %s", expected, (long long)day, text);
}

/* All days of the years about ours; of the others the first and the last ones of each month. */
START_TEST(test_days_from_1583_to_2500_go_there_and_back)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t day = -141349; /* 1583-01-01 */
    for (int year = 1583; year <= 2500; year++)
        for (int month = 1; month <= 12; month++)
            for (int d = 1; d <= lengths[month - 1] + (month == 2 && is_leap(year)); d++, day++)
                if ((year > 1960 && year < 2060) || d == 1 || d >= 28)
                    check_day(day, year, month, d);
}
END_TEST

static const struct written_case {
    int64_t milliseconds;
    const char *text;
} written_cases[] = {
    {0, "1970-01-01T00:00:00.000Z"},
    {-1, "1969-12-31T23:59:59.999Z"},
    {86399999, "1970-01-01T23:59:59.999Z"},
    {-86400000, "1969-12-31T00:00:00.000Z"},
    {1777629600007, "2026-05-01T10:00:00.007Z"},
    {INT64_MAX, "292278994-08-17T07:12:55.807Z"},
    {INT64_MIN, "-292275055-05-16T16:47:04.192Z"},
};

START_TEST(test_any_moment_can_be_written)
{
    char text[XPAY_TIME_TEXT_SIZE];
    xpay_time_format(written_cases[_i].milliseconds, text);
    ck_assert_str_eq(text, written_cases[_i].text);
}
END_TEST

Suite *moment_suite(void)
{
    Suite *suite = suite_create("moment");
    TCase *tests = tcase_create("text");
    tcase_add_loop_test(tests, test_moments_are_read_in_every_spelling, 0, LENGTH(moment_cases));
    tcase_add_loop_test(tests, test_what_is_not_a_moment_is_refused, 0, LENGTH(no_moments));
    tcase_add_loop_test(tests, test_any_moment_can_be_written, 0, LENGTH(written_cases));
    tcase_add_test(tests, test_moment_ends_where_its_length_says);
    suite_add_tcase(suite, tests);

    tests = tcase_create("calendar");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_days_from_1583_to_2500_go_there_and_back);
    suite_add_tcase(suite, tests);
    return suite;
}
