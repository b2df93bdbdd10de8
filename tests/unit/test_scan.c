/* The grammar of JSON as the scan reads it: what passes, what does not, and at which byte it is refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/scan.h"
#include "suites.h"

enum { FINE = -1 };

/* Scan a copy that ends where its memory ends; FINE, or the offset of the complaint. */
static long scan(const char *bytes, size_t length)
{
    char *copy = malloc(length + 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    xpay_json_scan found;
    bool fine = xpay_json_scan_bytes(&found, copy, length);
    long offset = FINE;
    if (!fine) {
        ck_assert_ptr_nonnull(found.problem);
        ck_assert_uint_le(found.offset, length);
        offset = (long)found.offset;
    }
    xpay_json_scan_free(&found);
    free(copy);
    return offset;
}

typedef struct scan_case {
    const char *bytes;
    size_t length;
    long offset;
} scan_case;

#define GOOD(text)                   \
    {                                \
        text, sizeof(text) - 1, FINE \
    }
#define BAD(text, offset)              \
    {                                  \
        text, sizeof(text) - 1, offset \
    }

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

static const scan_case text_cases[] = {
    GOOD("\"a\""),
    GOOD("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""),
    GOOD("\"\\u0001\\u007f\\u00e9\\uFFFF\""),
    GOOD("\"\\ud83d\\ude00\""),
    GOOD("\"\\uD83D\\uDE00\""),
    GOOD("\"\\uD800\\uDC00\\uDBFF\\uDFFF\""),
    GOOD("\"\x7f\""),
    GOOD("{\"\\u0061\":1}"),

    BAD("\"", 0),
    BAD("\"a", 0),
    BAD("[1,\"abc", 3),
    BAD("\"a\\\"", 0),
    BAD("\"\\", 1),
    BAD("\"\\\"", 0),
    BAD("\"\\a\"", 1),
    BAD("\"ab\\x41\"", 3),
    BAD("\"\\U0041\"", 1),
    BAD("\"\\'\"", 1),
    BAD("\"\\\0\"", 1),
    BAD("\"\\u\"", 1),
    BAD("\"\\u004\"", 1),
    BAD("\"\\u00g1\"", 1),
    BAD("\"\\u 041\"", 1),
    BAD("\"\\u+041\"", 1),
    BAD("\"\\u004", 1),

    /* NUL by escape, halves of surrogate pairs. */
    BAD("\"\\u0000\"", 1),
    BAD("\"abc\\u0000def\"", 4),
    BAD("{\"\\u0000\":1}", 2),
    BAD("\"\\ud800\"", 1),
    BAD("\"\\udbff\"", 1),
    BAD("\"\\udc00\"", 1),
    BAD("\"\\uDFFF\"", 1),
    BAD("\"a\\ud83d\"", 2),
    BAD("\"\\ud83dx\"", 1),
    BAD("\"\\ud83d\\n\"", 1),
    BAD("\"\\ud83d\\u0041\"", 1),
    BAD("\"\\ud83d\\ud83d\"", 1),
    BAD("\"\\ude00\\ud83d\"", 1),
    BAD("\"\\ud83d\\ude0\"", 1),
    BAD("\"\\ud83d\\ude00\\ud83d\"", 13),

    /* Control characters. */
    BAD("\"a\nb\"", 2),
    BAD("\"\t\"", 1),
    BAD("\"\r\"", 1),
    BAD("\"\x01\"", 1),
    BAD("\"\x1f\"", 1),
    BAD("{\"\n\":1}", 2),
};

static const scan_case utf8_cases[] = {
    GOOD("\"\xc2\x80\xdf\xbf\""),
    GOOD("\"\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf\""),
    GOOD("\"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\""),
    GOOD("\"\xef\xbb\xbf\""), /* a byte order mark is a character like others inside text */
    GOOD("{\"caf\xc3\xa9\":1}"),

    BAD("\"\x80\"", 1),
    BAD("\"\xbf\"", 1),
    BAD("\"\xc0\x80\"", 1), /* overlong NUL */
    BAD("\"\xc1\xbf\"", 1),
    BAD("\"\xc0\xaf\"", 1), /* overlong slash */
    BAD("\"\xe0\x80\xaf\"", 1),
    BAD("\"\xe0\x9f\xbf\"", 1),
    BAD("\"\xf0\x80\x80\xaf\"", 1),
    BAD("\"\xf0\x8f\xbf\xbf\"", 1),
    BAD("\"\xed\xa0\x80\"", 1), /* surrogates */
    BAD("\"\xed\xbf\xbf\"", 1),
    BAD("\"\xf4\x90\x80\x80\"", 1), /* beyond U+10FFFF */
    BAD("\"\xf5\x80\x80\x80\"", 1),
    BAD("\"\xf8\x88\x80\x80\x80\"", 1),
    BAD("\"\xfe\"", 1),
    BAD("\"\xff\"", 1),
    BAD("\"\xc3\"", 1), /* cut by the quote */
    BAD("\"\xe2\x82\"", 1),
    BAD("\"\xf0\x9f\x98\"", 1),
    BAD("\"\xc3", 1), /* cut at the end */
    BAD("\"\xe2\x82", 1),
    BAD("\"\xe2", 1),
    BAD("\"\xf0\x9f\x98", 1),
    BAD("\"\xf0\x9f", 1),
    BAD("\"\xf0", 1),
    BAD("\"\xc3\x41\"", 1),
    BAD("\"\xe2\x41\xac\"", 1),
    BAD("\"\xe2\x82\x41\"", 1),
    BAD("\"\xf0\x9f\x98\x41\"", 1),
    BAD("\"ok \xc3\xa9 \xc3(\"", 7),
    BAD("{\"\xff\":1}", 2),
    BAD("\xc3\xa9", 0),
};

static void check_cases(const scan_case *cases, int i)
{
    const scan_case *c = &cases[i];
    long offset = scan(c->bytes, c->length);
    ck_assert_msg(offset == c->offset, "%s: refused at %ld, not at %ld", c->bytes, offset,
                  c->offset);
}

START_TEST(test_syntax_is_that_of_rfc_8259)
{
    check_cases(syntax_cases, _i);
}
END_TEST

START_TEST(test_numbers_are_spelled_as_json_has_them)
{
    check_cases(number_cases, _i);
}
END_TEST

START_TEST(test_text_has_whole_escapes_and_no_control_characters)
{
    check_cases(text_cases, _i);
}
END_TEST

START_TEST(test_text_is_valid_utf8)
{
    check_cases(utf8_cases, _i);
}
END_TEST

/* One thing that may stand in a text, and how far behind its beginning it is refused. */
static const struct special {
    const char *bytes;
    size_t length;
    bool fine;
} specials[] = {
#define SPECIAL(text, fine)          \
    {                                \
        text, sizeof(text) - 1, fine \
    }
    SPECIAL("x", true),
    SPECIAL("\\\"", true),
    SPECIAL("\\\\", true),
    SPECIAL("\\u00e9", true),
    SPECIAL("\xc3\xa9", true),
    SPECIAL("\xf0\x9f\x98\x80", true),
    SPECIAL("\x7f", true),
    SPECIAL(" ", true),
    SPECIAL("\\ud83d\\ude00", true),
    SPECIAL("\n", false),
    SPECIAL("\0", false),
    SPECIAL("\x1f", false),
    SPECIAL("\x80", false),
    SPECIAL("\xff", false),
    SPECIAL("\xc3", false),
    SPECIAL("\\x", false),
    SPECIAL("\\u0000", false),
    SPECIAL("\\ud800", false),
    SPECIAL("\xed\xa0\x80", false),
    SPECIAL("\xf4\x90\x80\x80", false),
};

START_TEST(test_special_bytes_are_seen_at_every_place_of_a_text)
{
    const struct special *s = &specials[_i];
    for (size_t before = 0; before <= 40; before++)
        for (size_t after = 0; after <= 40; after += after < 4 ? 1 : 12) {
            char text[128], *end = text;
            *end++ = '"';
            memset(end, 'p', before);
            memcpy(end + before, s->bytes, s->length);
            memset(end + before + s->length, 's', after);
            end += before + s->length + after;
            *end++ = '"';
            long expected = s->fine ? FINE : (long)before + 1;
            ck_assert_int_eq(scan(text, (size_t)(end - text)), expected);

            /* And where the text is not closed. */
            ck_assert_int_eq(scan(text, (size_t)(end - text) - 1), s->fine ? 0 : expected);
        }
}
END_TEST

START_TEST(test_quote_ends_a_text_at_every_place)
{
    for (size_t length = 0; length <= 40; length++) {
        char text[64];
        memset(text, 'p', sizeof text);
        text[0] = '"';
        text[1 + length] = '"';
        ck_assert_int_eq(scan(text, length + 2), FINE);
        ck_assert_int_eq(scan(text, length + 3), (long)length + 2);
    }
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
    ck_assert_int_eq(scan(text, strlen(text)), c->offset);
    free(text);
}
END_TEST

START_TEST(test_nesting_is_depth_not_number)
{
    char *text = nested("[],", "0", "", 1000), list[4096];
    snprintf(list, sizeof list, "[%s]", text);
    ck_assert_int_eq(scan(list, strlen(list)), FINE);
    free(text);
}
END_TEST

/* A text, cut anywhere, is not JSON any more. */
START_TEST(test_json_cut_anywhere_is_refused)
{
    static const char text[] =
        "{\"a\\u00e9\":[1.5e3,\"\xc3\xa9\\n\",true,null,{}],\"b\":{\"c\":-0.1}}";
    for (size_t length = 0; length < sizeof text - 1; length++)
        ck_assert_int_ne(scan(text, length), FINE);
    ck_assert_int_eq(scan(text, sizeof text - 1), FINE);
}
END_TEST

Suite *scan_suite(void)
{
    Suite *suite = suite_create("scan");
    TCase *tests = tcase_create("grammar");
    tcase_add_loop_test(tests, test_syntax_is_that_of_rfc_8259, 0, LENGTH(syntax_cases));
    tcase_add_loop_test(tests, test_numbers_are_spelled_as_json_has_them, 0, LENGTH(number_cases));
    tcase_add_loop_test(tests, test_text_has_whole_escapes_and_no_control_characters, 0,
                        LENGTH(text_cases));
    tcase_add_loop_test(tests, test_text_is_valid_utf8, 0, LENGTH(utf8_cases));
    tcase_add_test(tests, test_json_cut_anywhere_is_refused);
    suite_add_tcase(suite, tests);

    tests = tcase_create("text in wide steps");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, test_special_bytes_are_seen_at_every_place_of_a_text, 0,
                        LENGTH(specials));
    tcase_add_test(tests, test_quote_ends_a_text_at_every_place);
    suite_add_tcase(suite, tests);

    tests = tcase_create("nesting");
    tcase_add_loop_test(tests, test_nesting_goes_128_levels_deep, 0, LENGTH(nesting_cases));
    tcase_add_test(tests, test_nesting_is_depth_not_number);
    suite_add_tcase(suite, tests);
    return suite;
}
