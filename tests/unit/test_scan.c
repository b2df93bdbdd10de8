/* The grammar of JSON as the scan reads it: what passes, what does not, and at which byte it is refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scanned.h"
#include "suites.h"

static const scan_case syntax_cases[] = {
    GOOD("{}"),
    GOOD("[]"),
    GOOD("null"),
    GOOD("true"),
    GOOD("false"),
    GOOD("\"\""),
    GOOD(" \t\r\n{ \t\r\n} \t\r\n"),
    GOOD("{\"a\":1,\"b\":[1,2,{\"c\":null}],\"d\":{}}"),
    GOOD("{ \"a\" : 1 , \"b\" : [ 1 , 2 , { \"c\" : null } ] , \"d\" : { } }"),
    GOOD("{\"a\":1,\"a\":2}"),
    GOOD("{\"\":0}"),
    GOOD("[[],{},[[]],\"\",0]"),

    BAD("", 0),
    BAD(" ", 1),
    BAD("x", 0),
    BAD("nul", 0),
    BAD("nulx", 0),
    BAD("nullx", 4),
    BAD("True", 0),
    BAD("NULL", 0),
    BAD("tru e", 0),
    BAD("NaN", 0),
    BAD("Infinity", 0),
    BAD("-Infinity", 0),
    BAD("undefined", 0),
    BAD("'a'", 0),
    BAD("{", 1),
    BAD("[", 1),
    BAD("}", 0),
    BAD("]", 0),
    BAD("[}", 1),
    BAD("{]", 1),
    BAD("[1}", 2),
    BAD("{\"a\":1]", 6),
    BAD("[1,]", 3),
    BAD("[,1]", 1),
    BAD("[1,,2]", 3),
    BAD("[1 2]", 3),
    BAD("[1", 2),
    BAD("[1,", 3),
    BAD("{\"a\":1,}", 7),
    BAD("{,\"a\":1}", 1),
    BAD("{\"a\":1,,}", 7),
    BAD("{\"a\"}", 4),
    BAD("{\"a\",1}", 4),
    BAD("{\"a\":}", 5),
    BAD("{\"a\"::1}", 5),
    BAD("{\"a\" 1}", 5),
    BAD("{\"a\":1 \"b\":2}", 7),
    BAD("{a:1}", 1),
    BAD("{'a':1}", 1),
    BAD("{1:1}", 1),
    BAD("{null:1}", 1),
    BAD("{\"a\"", 4),
    BAD("{\"a\":", 5),
    BAD("{\"a\":1", 6),
    BAD("{\"a", 1),
    BAD("// note\n1", 0),
    BAD("/* note */1", 0),
    BAD("[1]/**/", 3),

    /* Bytes after the value. */
    BAD("{}x", 2),
    BAD("{} {}", 3),
    BAD("{}\n]", 3),
    BAD("1 2", 2),
    BAD("null,", 4),
    BAD("\"a\"\"b\"", 3),
    BAD("{}\0", 2),
    BAD("{} \0 ", 3),

    /* A byte order mark, other encodings, NUL, other blanks. */
    BAD("\xef\xbb\xbf{}", 0),
    BAD("{}\xef\xbb\xbf", 2),
    BAD("\xff\xfe{\0}\0", 0),
    BAD("{\0}\0", 1),
    BAD("\0{}", 0),
    BAD("\0", 0),
    BAD("[1\0]", 2),
    BAD("{\"a\0\":1}", 3),
    BAD("{\"a\":\"b\0\"}", 7),
    BAD("[1,\v2]", 3),
    BAD("[1,\f2]", 3),
    BAD("[1,\xc2\xa0"
        "2]",
        3),
    BAD("[1,\xe2\x80\xa8"
        "2]",
        3),
};

static const scan_case number_cases[] = {
    GOOD("0"),
    GOOD("-0"),
    GOOD("7"),
    GOOD("10"),
    GOOD("-10.25"),
    GOOD("0.5"),
    GOOD("0e0"),
    GOOD("1E5"),
    GOOD("1e+5"),
    GOOD("1e-5"),
    GOOD("1.5e05"),
    GOOD("1e400"),
    GOOD("123456789012345678901234567890"),
    GOOD("[0,-0,0.0,1e1]"),

    BAD("007", 0),
    BAD("00", 0),
    BAD("01", 0),
    BAD("-01", 0),
    BAD("00.5", 0),
    BAD("1.", 0),
    BAD("1.e5", 0),
    BAD(".5", 0),
    BAD("-.5", 0),
    BAD("+1", 0),
    BAD("1e", 0),
    BAD("1E", 0),
    BAD("1e+", 0),
    BAD("1e-", 0),
    BAD("1.5e", 0),
    BAD("-", 0),
    BAD("--1", 0),
    BAD("-a", 0),
    BAD("1-", 1),
    BAD("1.2.3", 3),
    BAD("1e5.5", 3),
    BAD("1ee5", 0),
    BAD("0x10", 1),
    BAD("1_000", 1),
    BAD("1,0", 1),
    BAD("[1,007]", 3),
    BAD("{\"a\":1.}", 5),
    BAD("{\"a\":+1}", 5),
    BAD("{\"a\":-}", 5),
    BAD("[\xd9\xa1]", 1),
    BAD("[1\xd9\xa1]", 2),
};

START_TEST(test_syntax_is_that_of_rfc_8259)
{
    check_scan(&syntax_cases[_i]);
}
END_TEST

START_TEST(test_numbers_are_spelled_as_json_has_them)
{
    check_scan(&number_cases[_i]);
}
END_TEST

static char *nested(const char *opening, const char *inside, const char *closing, size_t depth)
{
    size_t a = strlen(opening), b = strlen(closing), length = 0;
    char *text = malloc(depth * (a + b) + strlen(inside) + 1);
    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; i < depth; i++, length += a)
        memcpy(text + length, opening, a);
    length += (size_t)sprintf(text + length, "%s", inside);
    for (size_t i = 0; i < depth; i++, length += b)
        memcpy(text + length, closing, b);
    text[length] = '\0';
    return text;
}

static const struct nesting_case {
    const char *opening, *inside, *closing;
    size_t depth;
    long offset;
} nesting_cases[] = {
    {"[", "", "]", 128, FINE},           {"[", "0", "]", 128, FINE},
    {"{\"a\":", "0", "}", 128, FINE},    {"[", "", "]", 129, 128},
    {"[", "0", "]", 129, 128},           {"{\"a\":", "0", "}", 129, 128 * 5},
    {"[{\"a\":", "0", "}]", 64, FINE},   {"[{\"a\":", "0", "}]", 65, 64 * 6},
    {"[", "", "]", 10000, 128},          {"[", "", "", 10000, 128},
    {"{\"a\":", "", "", 10000, 128 * 5}, {"", "", "]", 10000, 0},
};

START_TEST(test_nesting_goes_128_levels_deep)
{
    const struct nesting_case *c = &nesting_cases[_i];
    char *text = nested(c->opening, c->inside, c->closing, c->depth);
    ck_assert_int_eq(scanned(text, strlen(text)), c->offset);
    free(text);
}
END_TEST

START_TEST(test_nesting_is_depth_not_number)
{
    char *text = nested("[],", "0", "", 1000), list[4096];
    snprintf(list, sizeof list, "[%s]", text);
    ck_assert_int_eq(scanned(list, strlen(list)), FINE);
    free(text);
}
END_TEST

/* A text, cut anywhere, is not JSON any more. */
START_TEST(test_json_cut_anywhere_is_refused)
{
    static const char text[] =
        "{\"a\\u00e9\":[1.5e3,\"\xc3\xa9\\n\",true,null,{}],\"b\":{\"c\":-0.1}}";
    for (size_t length = 0; length < sizeof text - 1; length++)
        ck_assert_int_ne(scanned(text, length), FINE);
    ck_assert_int_eq(scanned(text, sizeof text - 1), FINE);
}
END_TEST

Suite *scan_suite(void)
{
    Suite *suite = suite_create("scan");
    TCase *tests = tcase_create("grammar");
    tcase_add_loop_test(tests, test_syntax_is_that_of_rfc_8259, 0, LENGTH(syntax_cases));
    tcase_add_loop_test(tests, test_numbers_are_spelled_as_json_has_them, 0, LENGTH(number_cases));
    tcase_add_test(tests, test_json_cut_anywhere_is_refused);
    suite_add_tcase(suite, tests);

    tests = tcase_create("nesting");
    tcase_add_loop_test(tests, test_nesting_goes_128_levels_deep, 0, LENGTH(nesting_cases));
    tcase_add_test(tests, test_nesting_is_depth_not_number);
    suite_add_tcase(suite, tests);
    return suite;
}
