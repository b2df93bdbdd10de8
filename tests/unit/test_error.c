/* Errors: one size, wholly written, on one line, cut between characters, and free of secrets. */
#include <stdlib.h>
#include <string.h>

#include <xpay/xpay.h>

#include "base/fail.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "json/decode.h"
#include "suites.h"

START_TEST(test_error_has_2048_bytes_in_every_version)
{
    ck_assert_uint_eq(sizeof(xpay_error), 2048);
    ck_assert_uint_eq(offsetof(xpay_error, reserved) + sizeof((xpay_error){0}.reserved), 2048);
}
END_TEST

START_TEST(test_clearing_writes_the_whole_error)
{
    xpay_error error, zero;
    memset(&error, 0xAA, sizeof error);
    memset(&zero, 0, sizeof zero);
    zero.offset = -1;
    xpay_error_clear(&error);
    ck_assert_mem_eq(&error, &zero, sizeof error);
    xpay_error_clear(NULL);
    ck_assert_int_eq(xpay_fail(NULL, XPAY_ERROR_MEMORY, "x", "y"), XPAY_ERROR_MEMORY);
}
END_TEST

/* A text, and what of it may be seen in an error. */
static const struct secret_case {
    const char *text, *masked;
} secret_cases[] = {
    {"plain text", "plain text"},
    {"", ""},

    /* Keys and signing secrets, wherever they stand. */
    {"sk_test_abc123", "**************"},
    {"rk_live_abc-123_x", "*****************"},
    {"pk_test_1", "*********"},
    {"whsec_AbC", "*********"},
    {"key sk_live_1 is bad", "key ********* is bad"},
    {"Bearer sk_live_1, rk_live_2.", "Bearer *********, *********."},
    {"key=sk_live_1&x=1", "key=*********&x=1"},
    {"\"sk_live_1\"", "\"*********\""},
    {"(whsec_1)", "(*******)"},
    {"-sk_live_1", "**********"},
    {"old_whsec_1", "***********"},
    {"caf\xc3\xa9 sk_live_1", "caf\xc3\xa9 *********"},

    /* Client secrets. */
    {"cs_test_1_secret_xyz", "********************"},
    {"at pi_1_secret_2 end", "at ************* end"},

    /* Words that only look like these. */
    {"other_secret", "other_secret"},
    {"client_secret is missing", "client_secret is missing"},
    {"secret_", "secret_"},
    {"_secret_", "_secret_"},
    {"sk_", "sk_"},
    {"task_list", "task_list"},
    {"desk_lamp", "desk_lamp"},
    {"whsec_", "whsec_"},
    {"cs_test_1 pi_1 re_1 evt_1", "cs_test_1 pi_1 re_1 evt_1"},

    /* Card numbers: 13 to 19 digits, in one piece or in groups. */
    {"4242424242424242", "****************"},
    {"card 4000000000000 x", "card ************* x"},
    {"6011000990139424123", "*******************"},
    {"4242 4242 4242 4242", "*******************"},
    {"4242-4242-4242-4242.", "*******************."},
    {"3782 822463 10005", "*****************"},
    {"number:4242424242424242!", "number:****************!"},
    {"420000000000", "420000000000"},
    {"42424242424242424242", "42424242424242424242"},
    {"4242 4242 4242", "4242 4242 4242"},
    {"4242 4242-4242 4242", "*******************"},
    {"4242  4242  4242  4242", "**********************"},
    {"4242.4242.4242.4242", "*******************"},
    {"card-4111111111111111", "card-****************"},
    {"pan_4111111111111111", "pan_****************"},
    {"4111111111111111abc", "****************abc"},
    {"4242 4242  4242 4242", "4242 4242  4242 4242"},
    {"pan_4111111111111112", "pan_4111111111111112"},
    {"order4111-1111111", "order4111-1111111"},
    {"1795423400000-2", "1795423400000-2"},
    {"2026-05-01 10:00:00", "2026-05-01 10:00:00"},
    {"12345 67890 12345", "12345 67890 12345"},
};

START_TEST(test_secrets_are_masked_in_message_and_param)
{
    const struct secret_case *c = &secret_cases[_i];
    xpay_error error;
    xpay_error_clear(&error);
    xpay_fail(&error, XPAY_ERROR_ARGUMENT, c->text, "it is %s", c->text);
    ck_assert_str_eq(error.param, c->masked);
    ck_assert_str_eq(error.message + 6, c->masked);
    ck_assert_int_eq(error.status, XPAY_ERROR_ARGUMENT);

    char text[128];
    strcpy(text, c->text);
    xpay_mask_secrets(text);
    ck_assert_str_eq(text, c->masked);
}
END_TEST

static bool is_whole_utf8(const char *text)
{
    return xpay_utf8_length(text) != SIZE_MAX;
}

/* No end of a secret that is cut by its field may be seen, nor half a character. */
START_TEST(test_text_is_cut_between_characters_and_not_before_its_secrets_are_masked)
{
    static const char *const pieces[] = {"sk_live_Zq7Zq7Zq7Zq7",
                                         "4242424242424242",
                                         "4242 4242 4242 4242",
                                         "pi_1_secret_Zq7Zq7Zq7Zq7",
                                         "\xc3\xa9\xc3\xa9\xc3\xa9",
                                         "\xe2\x98\x95\xe2\x98\x95",
                                         "\xf0\x9f\x98\x80\xf0\x9f\x98\x80"};
    for (size_t p = 0; p < LENGTH(pieces); p++)
        for (size_t before = 600; before <= 660; before++) {
            char text[1200];
            memset(text, '.', before);
            strcpy(text + before, pieces[p]);
            strcat(text, " and more");
            xpay_error error;
            xpay_error_clear(&error);
            xpay_fail(&error, XPAY_ERROR_ARGUMENT, text + before - 150, "%s", text);
            ck_assert_uint_lt(strlen(error.message), sizeof error.message);
            ck_assert_uint_gt(strlen(error.message), sizeof error.message - 100);
            ck_assert(is_whole_utf8(error.message) && is_whole_utf8(error.param));
            ck_assert_ptr_null(strstr(error.message, "Zq7"));
            ck_assert_ptr_null(strpbrk(error.message, "42"));
            ck_assert_ptr_null(strstr(error.param, "Zq7"));
            ck_assert_ptr_null(strpbrk(error.param, "42"));
        }
}
END_TEST

START_TEST(test_text_fits_its_field_exactly)
{
    char field[8];
    xpay_error_text(field, sizeof field, "1234567");
    ck_assert_str_eq(field, "1234567");
    xpay_error_text(field, sizeof field, "12345678");
    ck_assert_str_eq(field, "1234567");
    xpay_error_text(field, sizeof field, "123456\xc3\xa9");
    ck_assert_str_eq(field, "123456");
    xpay_error_text(field, sizeof field, "12345\xc3\xa9");
    ck_assert_str_eq(field, "12345\xc3\xa9");
    memset(field, '#', sizeof field);
    xpay_error_text(field, sizeof field, "a");
    ck_assert_mem_eq(field, "a\0\0\0\0\0\0", sizeof field);
    xpay_error_text(field, sizeof field, NULL);
    ck_assert_mem_eq(field, "\0\0\0\0\0\0\0", sizeof field);
}
END_TEST

START_TEST(test_text_of_an_error_stays_on_one_line)
{
    xpay_error error;
    xpay_error_clear(&error);
    xpay_fail(&error, XPAY_ERROR_ARGUMENT, "a\r\nb", "x\ny\tz\x1b[31m\x7f\x1f\x01%%s%%n");
    ck_assert_str_eq(error.param, "a  b");
    ck_assert_str_eq(error.message, "x y z [31m   %s%n");
}
END_TEST

START_TEST(test_param_may_be_the_error_s_own)
{
    xpay_error error;
    xpay_error_clear(&error);
    xpay_fail(&error, XPAY_ERROR_DECODE, "/a/b", "first");
    xpay_fail(&error, XPAY_ERROR_NOT_AN_EVENT, error.param, "see %s", error.param);
    ck_assert_str_eq(error.param, "/a/b");
    ck_assert_str_eq(error.message, "see /a/b");
}
END_TEST

#define ENVELOPE(inside) "{\"error\":{" inside "},\"request_id\":\"req_1\"}"

START_TEST(test_xpay_s_own_error_is_taken_over_without_secrets)
{
    static const char body[] = ENVELOPE(
        "\"type\":\"invalid_request_error\",\"code\":\"resource_missing\",\"param\":\"id\","
        "\"message\":\"No such key:\\nsk_live_Zq7, card 4242 4242 4242 4242\","
        "\"doc_url\":\"https://docs.xpay.app/x\"");
    xpay_error error;
    xpay_error_clear(&error);
    ck_assert(xpay_decode_api_error(body, sizeof body - 1, &error));
    ck_assert_str_eq(error.type, "invalid_request_error");
    ck_assert_str_eq(error.code, "resource_missing");
    ck_assert_str_eq(error.param, "id");
    ck_assert_str_eq(error.message, "No such key: ***********, card *******************");
    ck_assert_str_eq(error.doc_url, "https://docs.xpay.app/x");
    ck_assert_str_eq(error.request_id, "req_1");
}
END_TEST

static const char *const no_envelopes[] = {
    "",
    "{}",
    "[]",
    "<html>",
    "{\"error\":\"x\"}",
    "{\"error\":{}}",
    "{\"error\":null}",
    "{\"error\":{\"type\":7}}",
    "{\"error\":{\"message\":\"x\"}}",
    "{\"error\":{\"type\":\"x\"}",
};

START_TEST(test_what_is_not_xpay_s_envelope_writes_nothing)
{
    xpay_error error, before;
    memset(&error, 0x55, sizeof error);
    before = error;
    ck_assert(!xpay_decode_api_error(no_envelopes[_i], strlen(no_envelopes[_i]), &error));
    ck_assert_mem_eq(&error, &before, sizeof error);
}
END_TEST

static const xpay_status statuses[] = {0,   1,   2,   3,   4,   5,   6,   100, 101, 102, 103,
                                       104, 105, 106, 107, 108, 200, 201, 202, 203, 204, 205,
                                       206, 207, 300, 301, 400, 401, 402, 403, 404};

START_TEST(test_every_status_has_a_name_and_a_sentence)
{
    for (size_t i = 0; i < LENGTH(statuses); i++) {
        const char *name = xpay_status_name(statuses[i]);
        ck_assert_str_ne(name, "XPAY_ERROR_?");
        ck_assert_mem_eq(name, "XPAY_", 5);
        ck_assert_uint_gt(strlen(xpay_status_text(statuses[i])), 5);
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(name, xpay_status_name(statuses[k]));
    }
    ck_assert_str_eq(xpay_status_name(XPAY_ERROR_TIMEOUT), "XPAY_ERROR_TIMEOUT");
    ck_assert_str_eq(xpay_status_name(XPAY_OK), "XPAY_OK");
    ck_assert_str_eq(xpay_status_name(-1), "XPAY_ERROR_?");
    ck_assert_str_eq(xpay_status_name(INT32_MAX), "XPAY_ERROR_?");
    ck_assert_ptr_nonnull(xpay_status_text(99));
}
END_TEST

START_TEST(test_outcomes_and_next_steps_have_names)
{
    ck_assert_str_eq(xpay_outcome_name(XPAY_OUTCOME_NONE), "NONE");
    ck_assert_str_eq(xpay_outcome_name(XPAY_OUTCOME_NOT_SENT), "NOT_SENT");
    ck_assert_str_eq(xpay_outcome_name(XPAY_OUTCOME_REJECTED), "REJECTED");
    ck_assert_str_eq(xpay_outcome_name(XPAY_OUTCOME_APPLIED), "APPLIED");
    ck_assert_str_eq(xpay_outcome_name(XPAY_OUTCOME_UNKNOWN), "UNKNOWN");
    ck_assert_str_eq(xpay_next_step_name(XPAY_NEXT_NONE), "NONE");
    ck_assert_str_eq(xpay_next_step_name(XPAY_NEXT_FIX), "FIX");
    ck_assert_str_eq(xpay_next_step_name(XPAY_NEXT_SAME_KEY), "SAME_KEY");
    ck_assert_str_eq(xpay_next_step_name(XPAY_NEXT_NEW_GENERATION), "NEW_GENERATION");
    ck_assert_str_eq(xpay_next_step_name(XPAY_NEXT_LOOK), "LOOK");
    ck_assert_str_eq(xpay_outcome_name(-1), "?");
    ck_assert_str_eq(xpay_outcome_name(5), "?");
    ck_assert_str_eq(xpay_next_step_name(-1), "?");
    ck_assert_str_eq(xpay_next_step_name(5), "?");
}
END_TEST

Suite *error_suite(void)
{
    Suite *suite = suite_create("error");
    TCase *tests = tcase_create("text");
    tcase_add_test(tests, test_error_has_2048_bytes_in_every_version);
    tcase_add_test(tests, test_clearing_writes_the_whole_error);
    tcase_add_loop_test(tests, test_secrets_are_masked_in_message_and_param, 0,
                        LENGTH(secret_cases));
    tcase_add_test(tests,
                   test_text_is_cut_between_characters_and_not_before_its_secrets_are_masked);
    tcase_add_test(tests, test_text_fits_its_field_exactly);
    tcase_add_test(tests, test_text_of_an_error_stays_on_one_line);
    tcase_add_test(tests, test_param_may_be_the_error_s_own);
    suite_add_tcase(suite, tests);

    tests = tcase_create("XPay's and names");
    tcase_add_test(tests, test_xpay_s_own_error_is_taken_over_without_secrets);
    tcase_add_loop_test(tests, test_what_is_not_xpay_s_envelope_writes_nothing, 0,
                        LENGTH(no_envelopes));
    tcase_add_test(tests, test_every_status_has_a_name_and_a_sentence);
    tcase_add_test(tests, test_outcomes_and_next_steps_have_names);
    suite_add_tcase(suite, tests);
    return suite;
}
