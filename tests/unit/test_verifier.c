/* How a verifier is made, what it refuses, and the header that tests may sign with. */
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>
#include <openssl/evp.h>

#include "delivery.h"
#include "suites.h"

/* Options, and the one that is refused; NULL: none is. */
static const struct options_case {
    const char *secret, *other_secret;
    int64_t tolerance;
    const char *param;
} options_cases[] = {
    {"whsec_x", NULL, 0, NULL},
    {NULL, TEST_SECRET, 0, NULL},
    {TEST_SECRET, OTHER_SECRET, 0, NULL},
    {TEST_SECRET, TEST_SECRET, 1, NULL},
    {TEST_SECRET, NULL, INT64_MAX, NULL},
    {TEST_SECRET, NULL, XPAY_WEBHOOK_ANY_AGE, NULL},

    {NULL, NULL, 0, "secret"},
    {"", NULL, 0, "secret"},
    {"whsec_", NULL, 0, "secret"},
    {"whsec", NULL, 0, "secret"},
    {"WHSEC_x1y2z3", NULL, 0, "secret"},
    {"x1y2z3", NULL, 0, "secret"},
    {"sk_test_x1y2z3", NULL, 0, "secret"},
    {" whsec_x1y2z3", NULL, 0, "secret"},
    {"whsec_x1y2z3 ", NULL, 0, "secret"},
    {"whsec_x1y2z3\n", NULL, 0, "secret"},
    {"whsec_x1y2z3\r\n", NULL, 0, "secret"},
    {"whsec_x1\ty2z3", NULL, 0, "secret"},
    {"whsec_x1 y2z3", NULL, 0, "secret"},
    {"whsec_x1\vy2z3", NULL, 0, "secret"},
    {"whsec_x1\fy2z3", NULL, 0, "secret"},
    {"whsec_x1\x7fy2z3", NULL, 0, "secret"},
    {"whsec_x1\xc3\xa9y2z3", NULL, 0, "secret"},
    {TEST_SECRET, "", 0, "secrets[0].secret"},
    {TEST_SECRET, "x1y2z3", 0, "secrets[0].secret"},
    {TEST_SECRET, "whsec_x1y2z3\n", 0, "secrets[0].secret"},
    {NULL, "x1y2z3", 0, "secrets[0].secret"},
    {TEST_SECRET, NULL, -2, "tolerance_seconds"},
    {TEST_SECRET, NULL, -300, "tolerance_seconds"},
    {TEST_SECRET, NULL, INT64_MIN, "tolerance_seconds"},
};

START_TEST(test_options_are_checked_when_the_verifier_is_made)
{
    const struct options_case *c = &options_cases[_i];
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    options.secret = c->secret;
    xpay_webhook_secret other = XPAY_WEBHOOK_SECRET_INIT;
    other.secret = c->other_secret;
    options.secrets = &other;
    options.secrets_count = c->other_secret != NULL;
    options.tolerance_seconds = c->tolerance;
    xpay_error error;
    memset(&error, 0xAA, sizeof error);
    xpay_webhook_verifier *verifier = (xpay_webhook_verifier *)&error;
    xpay_status status = xpay_webhook_verifier_new(&options, &verifier, &error);
    ck_assert_int_eq(status, c->param == NULL ? XPAY_OK : XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(error.status, status);
    ck_assert_int_eq(verifier == NULL, c->param != NULL);
    ck_assert_str_eq(error.param, c->param == NULL ? "" : c->param);
    ck_assert_ptr_null(strstr(error.message, "x1")); /* no part of a secret is shown */
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_options_of_other_sizes_are_read_as_far_as_they_go)
{
    struct {
        xpay_webhook_options options;
        int64_t newer;
    } more = {.options = XPAY_WEBHOOK_OPTIONS_INIT};
    xpay_webhook_verifier *verifier;
    xpay_error error;
    more.options.secret = TEST_SECRET;

    more.options.size = sizeof more;
    ck_assert_int_eq(xpay_webhook_verifier_new(&more.options, &verifier, &error), XPAY_OK);
    xpay_webhook_verifier_free(verifier);
    more.newer = 1;
    ck_assert_int_eq(xpay_webhook_verifier_new(&more.options, &verifier, &error), XPAY_ERROR_ABI);
    ck_assert_ptr_null(verifier);

    /* An older caller's struct ends after the secret: what stands behind it is not read. */
    more.options.size = offsetof(xpay_webhook_options, secrets);
    more.options.secrets_count = 3;
    more.options.tolerance_seconds = -5;
    ck_assert_int_eq(xpay_webhook_verifier_new(&more.options, &verifier, &error), XPAY_OK);
    xpay_webhook_verifier_free(verifier);

    for (size_t size = 0; size < offsetof(xpay_webhook_options, secrets); size += 4) {
        more.options.size = size;
        ck_assert_int_eq(xpay_webhook_verifier_new(&more.options, &verifier, &error),
                         XPAY_ERROR_ARGUMENT);
        ck_assert_str_eq(error.param, "options");
    }
}
END_TEST

START_TEST(test_initial_options_are_zero_but_for_their_size)
{
    xpay_webhook_options options, zero = XPAY_WEBHOOK_OPTIONS_INIT;
    memset(&options, 0xAA, sizeof options);
    xpay_webhook_options_init(&options, sizeof options);
    ck_assert_uint_eq(options.size, sizeof options);
    ck_assert_uint_eq(zero.size, sizeof options);
    ck_assert_ptr_null(options.secret);
    ck_assert_ptr_null(options.secrets);
    ck_assert_uint_eq(options.secrets_count, 0);
    ck_assert_uint_eq(options.max_body_bytes, 0);
    ck_assert_int_eq(options.tolerance_seconds, 0);
    ck_assert(options.clock == NULL);
    ck_assert_ptr_null(options.clock_context);
}
END_TEST

START_TEST(test_verifier_keeps_its_own_copy_of_secrets)
{
    char secret[] = TEST_SECRET, other[] = OTHER_SECRET, header[MAX_HEADER];
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    xpay_webhook_verifier *verifier;
    options.secret = secret;
    xpay_webhook_secret second = XPAY_WEBHOOK_SECRET_INIT;
    second.secret = other;
    options.secrets = &second;
    options.secrets_count = 1;
    options.tolerance_seconds = XPAY_WEBHOOK_ANY_AGE;
    ck_assert_int_eq(xpay_webhook_verifier_new(&options, &verifier, NULL), XPAY_OK);
    memset(secret, '#', sizeof secret - 1);
    memset(other, '#', sizeof other - 1);
    write_header(header, "t=<t>,v1=<good>", "x", 1);
    ck_assert_int_eq(xpay_webhook_verify(verifier, "x", 1, header, NULL, NULL), XPAY_OK);
    write_header(header, "t=<t>,v1=<other>", "x", 1);
    ck_assert_int_eq(xpay_webhook_verify(verifier, "x", 1, header, NULL, NULL), XPAY_OK);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_verifier_without_an_argument_is_refused)
{
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    xpay_webhook_verifier *verifier = (xpay_webhook_verifier *)&options;
    xpay_error error;
    options.secret = TEST_SECRET;
    ck_assert_int_eq(xpay_webhook_verifier_new(NULL, &verifier, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_ptr_null(verifier);
    ck_assert_int_eq(xpay_webhook_verifier_new(&options, NULL, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "verifier");
    ck_assert_int_eq(xpay_webhook_verify(NULL, "x", 1, "t=1,v1=2", NULL, &error),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "verifier");
    verifier = test_verifier(NULL, 0);
    ck_assert_int_eq(xpay_webhook_verify(verifier, NULL, 1, "t=1,v1=2", NULL, &error),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "body");
    xpay_webhook_verifier_free(verifier);
    xpay_webhook_verifier_free(NULL);
}
END_TEST

START_TEST(test_any_bytes_are_a_body)
{
    static const struct {
        const char *bytes;
        size_t length;
    } bodies[] = {{NULL, 0},      {"", 0}, {"\0", 1}, {"a\0b", 3}, {"\xef\xbb\xbf{}", 5},
                  {"\xff\xfe", 2}};
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    for (size_t i = 0; i < LENGTH(bodies); i++) {
        char header[MAX_HEADER];
        write_header(header, "t=<t>,v1=<good>", bodies[i].bytes, bodies[i].length);
        ck_assert_int_eq(
            xpay_webhook_verify(verifier, bodies[i].bytes, bodies[i].length, header, NULL, NULL),
            XPAY_OK);
    }
    size_t size = (size_t)1 << 20;
    char *large = calloc(size, 1), header[MAX_HEADER];
    ck_assert_ptr_nonnull(large);
    write_header(header, "t=<t>,v1=<good>", large, size);
    ck_assert_int_eq(xpay_webhook_verify(verifier, large, size, header, NULL, NULL), XPAY_OK);
    large[size - 1] = 1;
    ck_assert_int_eq(xpay_webhook_verify(verifier, large, size, header, NULL, NULL),
                     XPAY_ERROR_SIGNATURE_MISMATCH);
    free(large);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

/*
 * printf '1777629600.' | openssl dgst -sha256 -hmac whsec_test_1234567890abcdef
 */
#define EMPTY_VECTOR "137b194e411ab6622951ca81b28cd6f9d3763e374f63ce66bdf3082c081b0b08"

START_TEST(test_signing_writes_a_whole_header_or_none)
{
    static const char whole[] = "t=1777629600,v1=" EMPTY_VECTOR;
    char header[XPAY_WEBHOOK_SIGNATURE_SIZE];
    for (size_t size = 0; size <= sizeof whole + 1; size++) {
        memset(header, '#', sizeof header);
        bool fits = size >= sizeof whole;
        ck_assert_int_eq(xpay_webhook_sign(TEST_SECRET, TEST_NOW, NULL, 0, header, size),
                         fits ? XPAY_OK : XPAY_ERROR_ARGUMENT);
        if (size > 0)
            ck_assert_str_eq(header, fits ? whole : "");
        ck_assert_int_eq(header[size], '#');
    }
    ck_assert_int_eq(xpay_webhook_sign(TEST_SECRET, INT64_MAX, NULL, 0, header, sizeof header),
                     XPAY_OK);
    ck_assert_mem_eq(header, "t=9223372036854775807,v1=", 25);
    ck_assert_int_eq(xpay_webhook_sign(TEST_SECRET, 0, "x", 1, header, sizeof header), XPAY_OK);
    ck_assert_mem_eq(header, "t=0,v1=", 7);
}
END_TEST

START_TEST(test_signing_without_an_argument_is_refused)
{
    char header[XPAY_WEBHOOK_SIGNATURE_SIZE] = "x";
    ck_assert_int_eq(xpay_webhook_sign(NULL, 1, "x", 1, header, sizeof header),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(header, "");
    ck_assert_int_eq(xpay_webhook_sign(TEST_SECRET, -1, "x", 1, header, sizeof header),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_webhook_sign(TEST_SECRET, 1, NULL, 1, header, sizeof header),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_webhook_sign(TEST_SECRET, 1, "x", 1, NULL, 0), XPAY_ERROR_ARGUMENT);
}
END_TEST

/* An OpenSSL that was built or configured without: no want of memory, whatever an earlier failure has left behind. */
START_TEST(test_openssl_without_hmac_is_told_apart_from_want_of_memory)
{
    char header[XPAY_WEBHOOK_SIGNATURE_SIZE];
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    xpay_webhook_verifier *verifier;
    xpay_error error;
    options.secret = TEST_SECRET;
    ck_assert_int_eq(EVP_set_default_properties(NULL, "provider=none"), 1);
    for (int i = 0; i < 2; i++) {
        if (i > 0)
            ERR_raise(ERR_LIB_USER, ERR_R_MALLOC_FAILURE);
        ck_assert_int_eq(xpay_webhook_verifier_new(&options, &verifier, &error),
                         XPAY_ERROR_UNSUPPORTED);
        ck_assert_ptr_null(verifier);
        ck_assert_int_eq(error.status, XPAY_ERROR_UNSUPPORTED);
        if (i > 0)
            ERR_raise(ERR_LIB_USER, ERR_R_MALLOC_FAILURE);
        ck_assert_int_eq(xpay_webhook_sign(TEST_SECRET, 1, "x", 1, header, sizeof header),
                         XPAY_ERROR_UNSUPPORTED);
        ck_assert_str_eq(header, "");
    }
    ck_assert_int_eq(EVP_set_default_properties(NULL, ""), 1);
    ck_assert_int_eq(xpay_webhook_sign(TEST_SECRET, 1, "x", 1, header, sizeof header), XPAY_OK);
}
END_TEST

Suite *verifier_suite(void)
{
    Suite *suite = suite_create("verifier");
    TCase *tests = tcase_create("options");
    tcase_add_loop_test(tests, test_options_are_checked_when_the_verifier_is_made, 0,
                        LENGTH(options_cases));
    tcase_add_test(tests, test_options_of_other_sizes_are_read_as_far_as_they_go);
    tcase_add_test(tests, test_initial_options_are_zero_but_for_their_size);
    tcase_add_test(tests, test_verifier_keeps_its_own_copy_of_secrets);
    tcase_add_test(tests, test_verifier_without_an_argument_is_refused);
    tcase_add_test(tests, test_openssl_without_hmac_is_told_apart_from_want_of_memory);
    suite_add_tcase(suite, tests);

    tests = tcase_create("bodies and headers");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_any_bytes_are_a_body);
    tcase_add_test(tests, test_signing_writes_a_whole_header_or_none);
    tcase_add_test(tests, test_signing_without_an_argument_is_refused);
    suite_add_tcase(suite, tests);
    return suite;
}
