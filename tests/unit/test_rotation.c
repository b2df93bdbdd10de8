/* Several secrets: which one fitted, until when each is accepted, and what configuration is refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "delivery.h"
#include "suites.h"

#define BODY                                                                              \
    "{\"id\":\"evt_1\",\"type\":\"x\",\"object\":\"event\",\"livemode\":false,\"data\":{" \
    "\"object\":{"                                                                        \
    "}}}"
#define BODY_LENGTH (sizeof(BODY) - 1)

#define OK       XPAY_OK
#define MISMATCH XPAY_ERROR_SIGNATURE_MISMATCH
#define EXPIRED  XPAY_ERROR_SIGNATURE_EXPIRED

static int64_t stopped_clock(void *context)
{
    (void)context;
    return TEST_NOW;
}

static xpay_webhook_secret named(const char *secret, const char *label, int64_t not_after)
{
    xpay_webhook_secret made = XPAY_WEBHOOK_SECRET_INIT;
    made.secret = secret;
    made.label = label;
    made.not_after = not_after;
    return made;
}

/* A verifier of `only`, which may be NULL, and up to two more. */
static xpay_status make(const char *only, const xpay_webhook_secret *more, size_t count,
                        xpay_webhook_verifier **verifier, xpay_error *error)
{
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    options.secret = only;
    options.secrets = more;
    options.secrets_count = count;
    options.clock = stopped_clock;
    return xpay_webhook_verifier_new(&options, verifier, error);
}

/* Two secrets with labels "one" and "two", their last seconds counted from now (0: for ever), and what is answered. */
static const struct rotation_case {
    int64_t one_until, two_until;
    const char *header;
    xpay_status status;
    const char *label;
} rotation_cases[] = {
    {0, 0, "t=<t>,v1=<good>", OK, "one"},
    {0, 0, "t=<t>,v1=<other>", OK, "two"},
    {0, 0, "t=<t>,v1=<bad>", MISMATCH, ""},
    {0, 0, "t=<t>,v1=<other>,v1=<good>", OK, "one"},
    {0, 0, "t=<t>,v1=<bad>,v1=<other>", OK, "two"},

    /* The last second counts, the next one does not. */
    {TEST_NOW, 0, "t=<t>,v1=<good>", OK, "one"},
    {TEST_NOW - 1, 0, "t=<t>,v1=<good>", MISMATCH, ""},
    {TEST_NOW + 1, 0, "t=<t>,v1=<good>", OK, "one"},
    {1, 0, "t=<t>,v1=<good>", MISMATCH, ""},
    {INT64_MAX, 0, "t=<t>,v1=<good>", OK, "one"},
    {TEST_NOW - 1, 0, "t=<t>,v1=<other>", OK, "two"},
    {0, TEST_NOW - 1, "t=<t>,v1=<other>", MISMATCH, ""},

    /* Signed with both: the one that is still accepted counts, wherever it stands. */
    {TEST_NOW - 1, 0, "t=<t>,v1=<good>,v1=<other>", OK, "two"},
    {0, TEST_NOW - 1, "t=<t>,v1=<good>,v1=<other>", OK, "one"},
    {TEST_NOW - 1, TEST_NOW - 1, "t=<t>,v1=<good>,v1=<other>", MISMATCH, ""},
};

START_TEST(test_secret_fits_until_its_last_second_and_is_named)
{
    const struct rotation_case *c = &rotation_cases[_i];
    const xpay_webhook_secret secrets[] = {named(TEST_SECRET, "one", c->one_until),
                                           named(OTHER_SECRET, "two", c->two_until)};
    xpay_webhook_verifier *verifier;
    ck_assert_int_eq(make(NULL, secrets, 2, &verifier, NULL), OK);
    char header[MAX_HEADER];
    write_header(header, c->header, BODY, BODY_LENGTH);
    xpay_webhook_match match;
    xpay_error error;
    memset(&match, 0xAA, sizeof match);
    ck_assert_int_eq(xpay_webhook_verify(verifier, BODY, BODY_LENGTH, header, &match, &error),
                     c->status);
    ck_assert_str_eq(match.label, c->label);
    ck_assert_int_eq(match.signed_at, c->status == OK ? TEST_NOW : 0);
    for (size_t i = 0; i < LENGTH(match.reserved); i++)
        ck_assert_uint_eq(match.reserved[i], 0);

    xpay_event *event;
    ck_assert_int_eq(
        xpay_webhook_construct_event(verifier, BODY, BODY_LENGTH, header, &event, NULL), c->status);
    xpay_webhook_verifier_free(verifier);
    if (event != NULL) /* its label outlives the verifier */
        ck_assert_str_eq(event->secret_label, c->label);
    xpay_object_free(event);
}
END_TEST

/* Replayed deliveries may be of any age, and the secret's last second is that of the replay. */
START_TEST(test_last_second_counts_for_signatures_of_any_age_as_well)
{
    for (int64_t late = 0; late <= 1; late++) {
        const xpay_webhook_secret one = named(TEST_SECRET, "one", TEST_NOW - late);
        xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
        xpay_webhook_verifier *verifier;
        char header[XPAY_WEBHOOK_SIGNATURE_SIZE];
        options.secrets = &one;
        options.secrets_count = 1;
        options.clock = stopped_clock;
        options.tolerance_seconds = XPAY_WEBHOOK_ANY_AGE;
        ck_assert_int_eq(xpay_webhook_verifier_new(&options, &verifier, NULL), OK);
        ck_assert_int_eq(
            xpay_webhook_sign(TEST_SECRET, 1, BODY, BODY_LENGTH, header, sizeof header), OK);
        ck_assert_int_eq(xpay_webhook_verify(verifier, BODY, BODY_LENGTH, header, NULL, NULL),
                         late == 0 ? OK : MISMATCH);
        xpay_webhook_verifier_free(verifier);
    }
}
END_TEST

START_TEST(test_expired_secret_is_told_by_its_label)
{
    const xpay_webhook_secret old = named(TEST_SECRET, "spring 2026", TEST_NOW - 1);
    xpay_webhook_verifier *verifier;
    xpay_error error;
    char header[MAX_HEADER];
    ck_assert_int_eq(make(OTHER_SECRET, &old, 1, &verifier, NULL), OK);
    write_header(header, "t=<t>,v1=<good>", BODY, BODY_LENGTH);
    ck_assert_int_eq(xpay_webhook_verify(verifier, BODY, BODY_LENGTH, header, NULL, &error),
                     MISMATCH);
    ck_assert_ptr_nonnull(strstr(error.message, "spring 2026"));
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_one_secret_needs_no_label)
{
    xpay_webhook_verifier *verifier;
    xpay_webhook_match match;
    xpay_event *event;
    char header[MAX_HEADER];
    ck_assert_int_eq(make(TEST_SECRET, NULL, 0, &verifier, NULL), OK);
    write_header(header, "t=<t>,v1=<good>", BODY, BODY_LENGTH);
    ck_assert_int_eq(xpay_webhook_verify(verifier, BODY, BODY_LENGTH, header, &match, NULL), OK);
    ck_assert_str_eq(match.label, "");
    ck_assert_int_eq(
        xpay_webhook_construct_event(verifier, BODY, BODY_LENGTH, header, &event, NULL), OK);
    ck_assert_str_eq(event->secret_label, "");
    xpay_object_free(event);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_stale_signature_names_no_secret)
{
    xpay_webhook_verifier *verifier;
    xpay_webhook_match match;
    char header[XPAY_WEBHOOK_SIGNATURE_SIZE];
    const xpay_webhook_secret one = named(TEST_SECRET, "one", 0);
    ck_assert_int_eq(make(NULL, &one, 1, &verifier, NULL), OK);
    ck_assert_int_eq(
        xpay_webhook_sign(TEST_SECRET, TEST_NOW - 301, BODY, BODY_LENGTH, header, sizeof header),
        OK);
    ck_assert_int_eq(xpay_webhook_verify(verifier, BODY, BODY_LENGTH, header, &match, NULL),
                     EXPIRED);
    ck_assert_str_eq(match.label, "");
    xpay_webhook_verifier_free(verifier);
}
END_TEST

#define LABEL_63 "123456789012345678901234567890123456789012345678901234567890123"

static const struct label_case {
    const char *label;
    int64_t not_after;
    const char *param;
} label_cases[] = {
    {NULL, 0, ""},
    {"", 0, ""},
    {"2026-05 (dashboard)", 1, ""},
    {LABEL_63, 0, ""},
    {LABEL_63 "4", 0, "secrets[1].label"},
    {"line\nbreak", 0, "secrets[1].label"},
    {"caf\xc3\xa9", 0, "secrets[1].label"},
    {TEST_SECRET, 0, "secrets[1].label"},
    {"old whsec_x1y2z3", 0, "secrets[1].label"},
    {"x", -1, "secrets[1].not_after"},
    {"x", INT64_MIN, "secrets[1].not_after"},
};

START_TEST(test_label_and_last_second_are_checked)
{
    const struct label_case *c = &label_cases[_i];
    const xpay_webhook_secret secrets[] = {named(TEST_SECRET, "first", 0),
                                           named(OTHER_SECRET, c->label, c->not_after)};
    xpay_webhook_verifier *verifier;
    xpay_error error;
    ck_assert_int_eq(make(NULL, secrets, 2, &verifier, &error),
                     *c->param == '\0' ? OK : XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, c->param);
    ck_assert_ptr_null(strstr(error.message, "whsec_x"));
    ck_assert_ptr_null(strstr(error.message, "whsec_test"));
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_sixteen_secrets_at_most)
{
    char texts[17][32], header[XPAY_WEBHOOK_SIGNATURE_SIZE];
    xpay_webhook_secret secrets[17];
    xpay_webhook_verifier *verifier;
    xpay_webhook_match match;
    xpay_error error;
    for (size_t i = 0; i < 17; i++) {
        snprintf(texts[i], sizeof texts[i], "whsec_%zu", i);
        secrets[i] = named(texts[i], texts[i] + 6, 0);
    }
    ck_assert_int_eq(make(NULL, secrets, 17, &verifier, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "secrets");
    ck_assert_int_eq(make("whsec_x", secrets, 16, &verifier, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(make(NULL, secrets, SIZE_MAX, &verifier, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(make("whsec_x", secrets, SIZE_MAX, &verifier, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(make(NULL, NULL, 1, &verifier, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "secrets");
    ck_assert_int_eq(make(NULL, secrets, 16, &verifier, &error), OK);
    for (size_t i = 0; i < 17; i++) {
        ck_assert_int_eq(
            xpay_webhook_sign(texts[i], TEST_NOW, BODY, BODY_LENGTH, header, sizeof header), OK);
        ck_assert_int_eq(xpay_webhook_verify(verifier, BODY, BODY_LENGTH, header, &match, NULL),
                         i < 16 ? OK : MISMATCH);
        ck_assert_str_eq(match.label, i < 16 ? texts[i] + 6 : "");
    }
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_secrets_of_other_sizes_are_read_as_far_as_they_go)
{
    struct larger {
        xpay_webhook_secret secret;
        int64_t newer;
    } larger[2] = {{named(TEST_SECRET, "one", 0), 0}, {named(OTHER_SECRET, "two", 0), 0}};
    xpay_webhook_verifier *verifier;
    xpay_webhook_match match;
    xpay_error error;
    char header[MAX_HEADER];
    larger[0].secret.size = larger[1].secret.size = sizeof *larger;
    ck_assert_int_eq(make(NULL, &larger[0].secret, 2, &verifier, &error), OK);
    write_header(header, "t=<t>,v1=<other>", BODY, BODY_LENGTH);
    ck_assert_int_eq(xpay_webhook_verify(verifier, BODY, BODY_LENGTH, header, &match, NULL), OK);
    ck_assert_str_eq(match.label, "two");
    xpay_webhook_verifier_free(verifier);

    larger[1].newer = 1;
    ck_assert_int_eq(make(NULL, &larger[0].secret, 2, &verifier, &error), XPAY_ERROR_ABI);
    larger[1].newer = 0;
    larger[1].secret.size = 0;
    ck_assert_int_eq(make(NULL, &larger[0].secret, 2, &verifier, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "secrets[1].size");

    /* An older caller's knows no label. */
    struct {
        size_t size;
        const char *secret;
    } smaller[2] = {{sizeof *smaller, TEST_SECRET}, {sizeof *smaller, OTHER_SECRET}};
    xpay_webhook_secret *older = (xpay_webhook_secret *)(void *)smaller;
    ck_assert_int_eq(make(NULL, older, 2, &verifier, &error), OK);
    ck_assert_int_eq(xpay_webhook_verify(verifier, BODY, BODY_LENGTH, header, &match, NULL), OK);
    ck_assert_str_eq(match.label, "");
    xpay_webhook_verifier_free(verifier);
    smaller[0].size = smaller[1].size = sizeof(size_t);
    ck_assert_int_eq(make(NULL, older, 2, &verifier, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "secrets[0].size");

    xpay_webhook_secret fresh;
    memset(&fresh, 0xAA, sizeof fresh);
    xpay_webhook_secret_init(&fresh, sizeof fresh);
    ck_assert_uint_eq(fresh.size, sizeof fresh);
    ck_assert(fresh.secret == NULL && fresh.label == NULL && fresh.not_after == 0);
}
END_TEST

Suite *rotation_suite(void)
{
    Suite *suite = suite_create("rotation");
    TCase *tests = tcase_create("secrets");
    tcase_add_loop_test(tests, test_secret_fits_until_its_last_second_and_is_named, 0,
                        LENGTH(rotation_cases));
    tcase_add_test(tests, test_last_second_counts_for_signatures_of_any_age_as_well);
    tcase_add_test(tests, test_expired_secret_is_told_by_its_label);
    tcase_add_test(tests, test_one_secret_needs_no_label);
    tcase_add_test(tests, test_stale_signature_names_no_secret);
    tcase_add_loop_test(tests, test_label_and_last_second_are_checked, 0, LENGTH(label_cases));
    tcase_add_test(tests, test_sixteen_secrets_at_most);
    tcase_add_test(tests, test_secrets_of_other_sizes_are_read_as_far_as_they_go);
    suite_add_tcase(suite, tests);
    return suite;
}
