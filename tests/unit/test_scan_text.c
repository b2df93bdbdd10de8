/* Text in JSON: escapes, control characters and UTF-8, at every place of the wide steps in which it is scanned. */
#include <stdbool.h>
#include <string.h>

#include "json/scan.h"
#include "scanned.h"
#include "suites.h"

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
    BAD("\"\\ud83d\\udbff\"", 1),
    BAD("\"\\ud83d\\ue000\"", 1),
    BAD("\"\\ud83d\\uffff\"", 1),
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

START_TEST(test_text_has_whole_escapes_and_no_control_characters)
{
    check_scan(&text_cases[_i]);
}
END_TEST

START_TEST(test_text_is_valid_utf8)
{
    check_scan(&utf8_cases[_i]);
}
END_TEST

static const struct word_case {
    const char *bytes;
    size_t length;
    const char *word; /* of the complaint */
} word_cases[] = {
#define SAID(text, word)             \
    {                                \
        text, sizeof(text) - 1, word \
    }
    SAID("\"\\u0000\"", "NUL"),
    SAID("\"a\0\"", "NUL"),
    SAID("\"\\ud800\"", "surrogate"),
    SAID("\"\\u12\"", "four hex digits"),
    SAID("\"\\x\"", "escape"),
    SAID("\"\xff\"", "UTF-8"),
    SAID("\"\n\"", "control character"),
    SAID("\"a", "does not end"),
    SAID("007", "leading zeros"),
    SAID("1.", "point"),
    SAID("1e", "exponent"),
    SAID("{} {}", "after the value"),
    SAID("", "nothing"),
    SAID("[1", "end of the bytes"),
    SAID("[1 2]", "comma"),
    SAID("{\"a\" 1}", "colon"),
    SAID("{a:1}", "quotes"),
};

START_TEST(test_complaint_says_what_is_wrong)
{
    const struct word_case *c = &word_cases[_i];
    xpay_json_scan found;
    ck_assert(!xpay_json_scan_bytes(&found, c->bytes, c->length));
    ck_assert_msg(strstr(found.problem, c->word) != NULL, "%s: %s", c->bytes, found.problem);
    xpay_json_scan_free(&found);
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
            ck_assert_int_eq(scanned(text, (size_t)(end - text)), expected);

            /* And where the text is not closed. */
            ck_assert_int_eq(scanned(text, (size_t)(end - text) - 1), s->fine ? 0 : expected);
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
        ck_assert_int_eq(scanned(text, length + 2), FINE);
        ck_assert_int_eq(scanned(text, length + 3), (long)length + 2);
    }
}
END_TEST

Suite *scan_text_suite(void)
{
    Suite *suite = suite_create("scan text");
    TCase *tests = tcase_create("characters");
    tcase_add_loop_test(tests, test_text_has_whole_escapes_and_no_control_characters, 0,
                        LENGTH(text_cases));
    tcase_add_loop_test(tests, test_text_is_valid_utf8, 0, LENGTH(utf8_cases));
    tcase_add_loop_test(tests, test_complaint_says_what_is_wrong, 0, LENGTH(word_cases));
    suite_add_tcase(suite, tests);

    tests = tcase_create("wide steps");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, test_special_bytes_are_seen_at_every_place_of_a_text, 0,
                        LENGTH(specials));
    tcase_add_test(tests, test_quote_ends_a_text_at_every_place);
    suite_add_tcase(suite, tests);
    return suite;
}
