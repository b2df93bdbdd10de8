/* Signatures: the right one by another hand's reckoning, the clock, many threads. */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "allocation.h"
#include "delivery.h"
#include "suites.h"

#define BODY        "{\"id\":\"evt_1\",\"object\":\"event\"}"
#define BODY_LENGTH (sizeof(BODY) - 1)

#define OK       XPAY_OK
#define MISMATCH XPAY_ERROR_SIGNATURE_MISMATCH
#define EXPIRED  XPAY_ERROR_SIGNATURE_EXPIRED

static xpay_status verify(xpay_webhook_verifier *verifier, const char *header)
{
    return xpay_webhook_verify(verifier, BODY, BODY_LENGTH, header, NULL, NULL);
}

static int64_t counting_clock(void *context)
{
    ++*(int *)context;
    return TEST_NOW;
}

START_TEST(test_clock_is_asked_once_for_each_fresh_verification)
{
    int calls = 0;
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    xpay_webhook_verifier *verifier;
    options.secret = TEST_SECRET;
    options.clock = counting_clock;
    options.clock_context = &calls;
    ck_assert_int_eq(xpay_webhook_verifier_new(&options, &verifier, NULL), OK);
    char header[MAX_HEADER];
    write_header(header, "t=<t>,v1=<good>", BODY, BODY_LENGTH);
    ck_assert_int_eq(verify(verifier, header), OK);
    ck_assert_int_eq(calls, 1);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_system_s_clock_is_the_default)
{
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    xpay_webhook_verifier *verifier;
    options.secret = TEST_SECRET;
    ck_assert_int_eq(xpay_webhook_verifier_new(&options, &verifier, NULL), OK);
    char header[XPAY_WEBHOOK_SIGNATURE_SIZE];
    ck_assert_int_eq(xpay_webhook_sign(TEST_SECRET, (int64_t)time(NULL), BODY, BODY_LENGTH, header,
                                       sizeof header),
                     OK);
    ck_assert_int_eq(verify(verifier, header), OK);
    ck_assert_int_eq(
        xpay_webhook_sign(TEST_SECRET, 1000000000, BODY, BODY_LENGTH, header, sizeof header), OK);
    ck_assert_int_eq(verify(verifier, header), EXPIRED);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

static int64_t earliest_clock(void *context)
{
    (void)context;
    return INT64_MIN;
}

/* No time is so wrong that its distance to the signature's wraps around. */
START_TEST(test_clock_before_all_time_makes_no_signature_fresh)
{
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    xpay_webhook_verifier *verifier;
    xpay_error error;
    char header[MAX_HEADER];
    options.secret = TEST_SECRET;
    options.clock = earliest_clock;
    options.tolerance_seconds = INT64_MAX - 1;
    ck_assert_int_eq(xpay_webhook_verifier_new(&options, &verifier, NULL), OK);
    write_header(header, "t=<t>,v1=<good>", BODY, BODY_LENGTH);
    ck_assert_int_eq(xpay_webhook_verify(verifier, BODY, BODY_LENGTH, header, NULL, &error),
                     EXPIRED);
    ck_assert_ptr_nonnull(strstr(error.message, "in the future"));
    xpay_webhook_verifier_free(verifier);
}
END_TEST

/*
 * Made by another hand:
 *     printf '%s' '1777629600.{"id":"evt_1","object":"event"}' |
 *         openssl dgst -sha256 -hmac whsec_test_1234567890abcdef
 */
#define VECTOR "ff36db8477974e597ebe5fee164f58cd55d974e6e8f16fde21eaf05f725e52c2"

START_TEST(test_signature_is_the_one_that_openssl_computes)
{
    char header[XPAY_WEBHOOK_SIGNATURE_SIZE];
    ck_assert_int_eq(
        xpay_webhook_sign(TEST_SECRET, TEST_NOW, BODY, BODY_LENGTH, header, sizeof header), OK);
    ck_assert_str_eq(header, "t=1777629600,v1=" VECTOR);
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    ck_assert_int_eq(verify(verifier, "t=1777629600,v1=" VECTOR), OK);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_body_of_another_length_does_not_fit)
{
    static const char header[] = "t=1777629600,v1=" VECTOR;
    xpay_webhook_verifier *verifier = test_verifier(NULL, XPAY_WEBHOOK_ANY_AGE);
    ck_assert_int_eq(xpay_webhook_verify(verifier, BODY " ", BODY_LENGTH + 1, header, NULL, NULL),
                     MISMATCH);
    ck_assert_int_eq(xpay_webhook_verify(verifier, BODY, BODY_LENGTH + 1, header, NULL, NULL),
                     MISMATCH);
    ck_assert_int_eq(xpay_webhook_verify(verifier, BODY, BODY_LENGTH - 1, header, NULL, NULL),
                     MISMATCH);
    ck_assert_int_eq(xpay_webhook_verify(verifier, BODY, BODY_LENGTH, header, NULL, NULL), OK);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

enum { THREADS = 8, ROUNDS = 200 };

static void *verify_often(void *verifier)
{
    static const char good[] = "t=1777629600,v1=" VECTOR, bad[] = "t=1777629601,v1=" VECTOR;
    for (int i = 0; i < ROUNDS; i++)
        if (xpay_webhook_verify(verifier, BODY, BODY_LENGTH, good, NULL, NULL) != OK ||
            xpay_webhook_verify(verifier, BODY, BODY_LENGTH, bad, NULL, NULL) != MISMATCH)
            return NULL;
    return verifier;
}

START_TEST(test_eight_threads_share_a_verifier)
{
    xpay_webhook_verifier *verifier = test_verifier(OTHER_SECRET, 0);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, verify_often, verifier), 0);
    for (int i = 0; i < THREADS; i++) {
        void *result;
        ck_assert_int_eq(pthread_join(threads[i], &result), 0);
        ck_assert_ptr_eq(result, verifier);
    }
    xpay_webhook_verifier_free(verifier);
}
END_TEST

enum { FORKS = 200, PATIENCE_SECONDS = 20 };

static atomic_bool stops;

static void *verify_until_told(void *verifier)
{
    while (!atomic_load(&stops))
        verify_often(verifier);
    return NULL;
}

/* Whatever the other threads were doing at the moment of the fork: they do not live on in the child. */
START_TEST(test_child_forked_from_busy_threads_verifies)
{
    if (!allocation_can_fail())
        return; /* a sanitizer's malloc may itself be locked for ever in the child */
    xpay_webhook_verifier *verifier = test_verifier(OTHER_SECRET, 0);
    pthread_t threads[2];
    int wrong = 0;
    atomic_store(&stops, false);
    for (size_t i = 0; i < LENGTH(threads); i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, verify_until_told, verifier), 0);
    for (int i = 0; i < FORKS && wrong == 0; i++) {
        pid_t child = fork();
        if (child == 0) {
            signal(SIGALRM, SIG_DFL);
            alarm(PATIENCE_SECONDS);
            _exit(verify_often(verifier) == verifier ? 0 : 1);
        }
        if (child < 0 || waitpid(child, &wrong, 0) != child)
            wrong = -1;
    }
    atomic_store(&stops, true);
    for (size_t i = 0; i < LENGTH(threads); i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    ck_assert_int_eq(wrong, 0);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

Suite *signature_suite(void)
{
    Suite *suite = suite_create("signature");
    TCase *tests = tcase_create("signature and clock");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_clock_is_asked_once_for_each_fresh_verification);
    tcase_add_test(tests, test_system_s_clock_is_the_default);
    tcase_add_test(tests, test_clock_before_all_time_makes_no_signature_fresh);
    tcase_add_test(tests, test_signature_is_the_one_that_openssl_computes);
    tcase_add_test(tests, test_body_of_another_length_does_not_fit);
    tcase_add_test(tests, test_eight_threads_share_a_verifier);
    tcase_add_test(tests, test_child_forked_from_busy_threads_verifies);
    suite_add_tcase(suite, tests);
    return suite;
}
