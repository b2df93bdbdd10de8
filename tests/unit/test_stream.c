/* Bodies in pieces: the same answer as at once, however they are cut; and how large they may be. */
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>

#include "allocation.h"
#include "delivery.h"
#include "suites.h"

#define BODY        "{\"id\":\"evt_1\",\"object\":\"event\"}"
#define BODY_LENGTH (sizeof(BODY) - 1)

#define OK        XPAY_OK
#define MISMATCH  XPAY_ERROR_SIGNATURE_MISMATCH
#define TOO_LARGE XPAY_ERROR_TOO_LARGE

static xpay_webhook_stream *begun(xpay_webhook_verifier *verifier, const char *header)
{
    xpay_webhook_stream *stream;
    ck_assert_int_eq(xpay_webhook_stream_begin(verifier, header, &stream, NULL), OK);
    return stream;
}

static xpay_status update(xpay_webhook_stream *stream, const char *bytes, size_t length)
{
    return xpay_webhook_stream_update(stream, bytes, length, NULL);
}

START_TEST(test_body_cut_anywhere_is_the_same_body)
{
    xpay_webhook_verifier *verifier = test_verifier(OTHER_SECRET, 0);
    char header[MAX_HEADER];
    write_header(header, "t=<t>,v1=<other>", BODY, BODY_LENGTH);
    for (size_t first = 0; first <= BODY_LENGTH; first++)
        for (size_t second = first; second <= BODY_LENGTH; second++)
            for (int changed = 0; changed <= 1; changed++) {
                char body[] = BODY;
                body[BODY_LENGTH / 2] = (char)(body[BODY_LENGTH / 2] ^ changed);
                xpay_webhook_match match;
                xpay_webhook_stream *stream = begun(verifier, header);
                ck_assert_int_eq(update(stream, body, first), OK);
                ck_assert_int_eq(update(stream, body + first, second - first), OK);
                ck_assert_int_eq(update(stream, NULL, 0), OK);
                ck_assert_int_eq(update(stream, body + second, BODY_LENGTH - second), OK);
                ck_assert_int_eq(xpay_webhook_stream_finish(stream, &match, NULL),
                                 changed ? MISMATCH : OK);
                ck_assert_str_eq(match.label, changed ? "" : "other");
                xpay_webhook_stream_free(stream);
            }
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_header_is_refused_before_the_body_is_read)
{
    static const struct {
        const char *header;
        xpay_status status;
    } headers[] = {{NULL, XPAY_ERROR_SIGNATURE_MISSING},
                   {" ", XPAY_ERROR_SIGNATURE_MISSING},
                   {"t=1", XPAY_ERROR_SIGNATURE_MALFORMED}};
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    for (size_t i = 0; i < LENGTH(headers); i++) {
        xpay_error error;
        xpay_webhook_stream *stream = (xpay_webhook_stream *)&error;
        ck_assert_int_eq(xpay_webhook_stream_begin(verifier, headers[i].header, &stream, &error),
                         headers[i].status);
        ck_assert_ptr_null(stream);
        ck_assert_int_eq(error.status, headers[i].status);
    }
    /* What was taken for a header that is no good waits for the next. */
    long live = allocation_live();
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(xpay_webhook_verify(verifier, BODY, BODY_LENGTH, "t=1", NULL, NULL),
                         XPAY_ERROR_SIGNATURE_MALFORMED);
    ck_assert_int_eq(allocation_live(), live);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

/* The clock moves on while a body drips in. */
static int64_t given_clock(void *context)
{
    return *(int64_t *)context;
}

START_TEST(test_age_is_that_of_the_end)
{
    int64_t now = TEST_NOW;
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    xpay_webhook_verifier *verifier;
    char header[MAX_HEADER];
    options.secret = TEST_SECRET;
    options.clock = given_clock;
    options.clock_context = &now;
    ck_assert_int_eq(xpay_webhook_verifier_new(&options, &verifier, NULL), OK);
    write_header(header, "t=<t>,v1=<good>", BODY, BODY_LENGTH);
    for (int64_t delay = 300; delay <= 301; delay++) {
        now = TEST_NOW;
        xpay_webhook_stream *stream = begun(verifier, header);
        ck_assert_int_eq(update(stream, BODY, BODY_LENGTH), OK);
        now += delay;
        ck_assert_int_eq(xpay_webhook_stream_finish(stream, NULL, NULL),
                         delay == 300 ? OK : XPAY_ERROR_SIGNATURE_EXPIRED);
        xpay_webhook_stream_free(stream);
    }
    xpay_webhook_verifier_free(verifier);
}
END_TEST

static xpay_webhook_verifier *limited(size_t max_body_bytes)
{
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    xpay_webhook_verifier *verifier;
    options.secret = TEST_SECRET;
    options.tolerance_seconds = XPAY_WEBHOOK_ANY_AGE;
    options.max_body_bytes = max_body_bytes;
    ck_assert_int_eq(xpay_webhook_verifier_new(&options, &verifier, NULL), OK);
    return verifier;
}

START_TEST(test_body_may_have_as_many_bytes_as_allowed_and_no_more)
{
    xpay_webhook_verifier *exact = limited(BODY_LENGTH), *less = limited(BODY_LENGTH - 1);
    char header[MAX_HEADER];
    xpay_error error;
    write_header(header, "t=<t>,v1=<good>", BODY, BODY_LENGTH);
    ck_assert_int_eq(xpay_webhook_verify(exact, BODY, BODY_LENGTH, header, NULL, NULL), OK);
    ck_assert_int_eq(xpay_webhook_verify(less, BODY, BODY_LENGTH, header, NULL, &error), TOO_LARGE);
    ck_assert_str_eq(error.param, "body");
    /* The header is looked at first: most of what is too large is not from XPay. */
    ck_assert_int_eq(xpay_webhook_verify(less, BODY, BODY_LENGTH, NULL, NULL, NULL),
                     XPAY_ERROR_SIGNATURE_MISSING);

    for (size_t first = 0; first <= BODY_LENGTH; first++) {
        xpay_webhook_stream *stream = begun(less, header);
        bool whole = first == BODY_LENGTH;
        ck_assert_int_eq(update(stream, BODY, first), whole ? TOO_LARGE : OK);
        if (!whole)
            ck_assert_int_eq(update(stream, &BODY[first], BODY_LENGTH - first), TOO_LARGE);
        /* It stays too large, whatever comes. */
        ck_assert_int_eq(update(stream, BODY, 0), TOO_LARGE);
        ck_assert_int_eq(update(stream, BODY, SIZE_MAX), TOO_LARGE);
        ck_assert_int_eq(xpay_webhook_stream_finish(stream, NULL, &error), TOO_LARGE);
        xpay_webhook_stream_free(stream);
    }
    /* A length that no memory has is not added up with what came before. */
    xpay_webhook_stream *stream = begun(exact, header);
    ck_assert_int_eq(update(stream, BODY, 1), OK);
    ck_assert_int_eq(update(stream, BODY, SIZE_MAX), TOO_LARGE);
    xpay_webhook_stream_free(stream);
    xpay_webhook_verifier_free(exact);
    xpay_webhook_verifier_free(less);
}
END_TEST

START_TEST(test_one_mebibyte_is_the_default_limit)
{
    static char large[XPAY_WEBHOOK_MAX_BODY_BYTES + 1];
    xpay_webhook_verifier *verifier = limited(0), *unlimited = limited(SIZE_MAX);
    char header[MAX_HEADER];
    write_header(header, "t=<t>,v1=<good>", large, sizeof large);
    ck_assert_int_eq(xpay_webhook_verify(verifier, large, sizeof large, header, NULL, NULL),
                     TOO_LARGE);
    ck_assert_int_eq(xpay_webhook_verify(unlimited, large, sizeof large, header, NULL, NULL), OK);
    write_header(header, "t=<t>,v1=<good>", large, sizeof large - 1);
    ck_assert_int_eq(xpay_webhook_verify(verifier, large, sizeof large - 1, header, NULL, NULL),
                     OK);
    xpay_webhook_verifier_free(verifier);
    xpay_webhook_verifier_free(unlimited);
}
END_TEST

START_TEST(test_stream_ends_once)
{
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    char header[MAX_HEADER];
    xpay_error error;
    write_header(header, "t=<t>,v1=<good>", BODY, BODY_LENGTH);
    xpay_webhook_stream *stream = begun(verifier, header);
    ck_assert_int_eq(update(stream, BODY, BODY_LENGTH), OK);
    ck_assert_int_eq(xpay_webhook_stream_finish(stream, NULL, NULL), OK);
    ck_assert_int_eq(xpay_webhook_stream_finish(stream, NULL, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "stream");
    ck_assert_int_eq(update(stream, BODY, 1), XPAY_ERROR_ARGUMENT);
    xpay_webhook_stream_free(stream);
    xpay_webhook_stream_free(NULL);

    /* What one left behind when it was given up is not in the next. */
    stream = begun(verifier, header);
    ck_assert_int_eq(update(stream, "rubbish", 7), OK);
    xpay_webhook_stream_free(stream);
    stream = begun(verifier, header);
    ck_assert_int_eq(update(stream, BODY, BODY_LENGTH), OK);
    ck_assert_int_eq(xpay_webhook_stream_finish(stream, NULL, NULL), OK);
    xpay_webhook_stream_free(stream);

    ck_assert_int_eq(xpay_webhook_stream_begin(NULL, header, &stream, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_ptr_null(stream);
    ck_assert_int_eq(xpay_webhook_stream_begin(verifier, header, NULL, &error),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(update(NULL, BODY, 1), XPAY_ERROR_ARGUMENT);
    stream = begun(verifier, header);
    ck_assert_int_eq(update(stream, NULL, 1), XPAY_ERROR_ARGUMENT);
    xpay_webhook_stream_free(stream);
    ck_assert_int_eq(xpay_webhook_stream_finish(NULL, NULL, &error), XPAY_ERROR_ARGUMENT);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_seventy_streams_at_a_time_do_not_mix)
{
    enum { STREAMS = 70 }; /* more than are kept ready */
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    xpay_webhook_stream *streams[STREAMS];
    char header[MAX_HEADER];
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < STREAMS; i++) {
            char body[3] = {'x', (char)(' ' + i), '\0'};
            write_header(header, "t=<t>,v1=<good>", body, 2);
            streams[i] = begun(verifier, header);
        }
        for (int i = 0; i < STREAMS; i++)
            ck_assert_int_eq(update(streams[i], "x", 1), OK);
        for (int i = STREAMS - 1; i >= 0; i--) {
            char byte = (char)(' ' + (i == 7 ? 0 : i));
            ck_assert_int_eq(update(streams[i], &byte, 1), OK);
        }
        for (int i = 0; i < STREAMS; i++) {
            ck_assert_int_eq(xpay_webhook_stream_finish(streams[i], NULL, NULL),
                             i == 7 ? MISMATCH : OK);
            xpay_webhook_stream_free(streams[i]);
        }
    }
    xpay_webhook_verifier_free(verifier);
}
END_TEST

static void free_streams(xpay_webhook_stream **streams, int count)
{
    for (int i = 0; i < count; i++)
        xpay_webhook_stream_free(streams[i]);
}

START_TEST(test_sixty_four_checks_are_kept_for_deliveries_to_come)
{
    enum { KEPT = 64 };
    xpay_webhook_stream *streams[KEPT + 1];
    char header[MAX_HEADER];
    if (!allocation_can_fail())
        return;
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    write_header(header, "t=<t>,v1=<good>", BODY, BODY_LENGTH);
    long kept = 0;
    for (int round = 0; round < 2; round++) {
        long before = allocation_live();
        for (int i = 0; i < KEPT; i++)
            streams[i] = begun(verifier, header);
        ck_assert_int_eq(allocation_live() == before, round > 0);
        /* One more is made, and dropped where sixty-four wait already. */
        kept = allocation_live();
        streams[KEPT] = begun(verifier, header);
        ck_assert_int_gt(allocation_live(), kept);
        free_streams(streams, KEPT + 1);
        ck_assert_int_eq(allocation_live(), kept);
    }
    xpay_webhook_verifier_free(verifier);
    ck_assert_int_lt(allocation_live(), kept);
}
END_TEST

/* What one HMAC of OpenSSL's allocates when its context is keyed already: some versions renew what holds the state. */
static long allocations_of_openssl(void)
{
    char digest[] = "SHA256";
    unsigned char signature[32];
    size_t written;
    OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                           OSSL_PARAM_construct_end()};
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *keyed = EVP_MAC_CTX_new(mac);
    ck_assert_int_eq(EVP_MAC_init(keyed, (const unsigned char *)"key", 3, params), 1);
    long before = 0;
    for (int i = 0; i < 2; i++) {
        before = allocation_total();
        EVP_MAC_init(keyed, NULL, 0, NULL);
        EVP_MAC_update(keyed, (const unsigned char *)BODY, BODY_LENGTH);
        EVP_MAC_final(keyed, signature, &written, sizeof signature);
    }
    long made = allocation_total() - before;
    EVP_MAC_CTX_free(keyed);
    EVP_MAC_free(mac);
    return made;
}

/* As many deliveries at a time as are promised to need nothing new. */
START_TEST(test_sixty_four_streams_at_a_time_allocate_nothing_themselves)
{
    enum { AT_A_TIME = 64 };
    xpay_webhook_stream *streams[AT_A_TIME];
    char header[MAX_HEADER];
    if (!allocation_can_fail())
        return;
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    write_header(header, "t=<t>,v1=<good>", BODY, BODY_LENGTH);
    long made = 0, each = allocations_of_openssl();
    for (int round = 0; round < 2; round++) {
        bool fine = true;
        long before = allocation_total();
        for (int i = 0; i < AT_A_TIME; i++)
            fine = fine && xpay_webhook_stream_begin(verifier, header, &streams[i], NULL) == OK &&
                   update(streams[i], BODY, BODY_LENGTH) == OK;
        for (int i = 0; i < AT_A_TIME; i++)
            fine = fine && xpay_webhook_stream_finish(streams[i], NULL, NULL) == OK;
        free_streams(streams, AT_A_TIME);
        made = allocation_total() - before;
        ck_assert(fine);
    }
    ck_assert_int_eq(made, AT_A_TIME * each);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_verification_allocates_nothing_itself_after_the_first)
{
    enum { TIMES = 10 };
    char header[MAX_HEADER];
    if (!allocation_can_fail())
        return;
    write_header(header, "t=<t>,v1=<good>", BODY, BODY_LENGTH);
    for (int secrets = 1; secrets <= 2; secrets++) {
        xpay_webhook_verifier *verifier = test_verifier(secrets == 2 ? OTHER_SECRET : NULL, 0);
        ck_assert_int_eq(xpay_webhook_verify(verifier, BODY, BODY_LENGTH, header, NULL, NULL), OK);
        long before = allocation_total();
        for (int i = 0; i < TIMES; i++) {
            xpay_status status =
                xpay_webhook_verify(verifier, BODY, BODY_LENGTH, header, NULL, NULL);
            if (status != OK)
                before = -1;
        }
        long made = allocation_total() - before;
        ck_assert_int_eq(made, TIMES * secrets * allocations_of_openssl());
        xpay_webhook_verifier_free(verifier);
    }
}
END_TEST

Suite *stream_suite(void)
{
    Suite *suite = suite_create("stream");
    TCase *tests = tcase_create("pieces");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_body_cut_anywhere_is_the_same_body);
    tcase_add_test(tests, test_header_is_refused_before_the_body_is_read);
    tcase_add_test(tests, test_age_is_that_of_the_end);
    tcase_add_test(tests, test_body_may_have_as_many_bytes_as_allowed_and_no_more);
    tcase_add_test(tests, test_one_mebibyte_is_the_default_limit);
    tcase_add_test(tests, test_stream_ends_once);
    tcase_add_test(tests, test_seventy_streams_at_a_time_do_not_mix);
    tcase_add_test(tests, test_sixty_four_checks_are_kept_for_deliveries_to_come);
    tcase_add_test(tests, test_sixty_four_streams_at_a_time_allocate_nothing_themselves);
    tcase_add_test(tests, test_verification_allocates_nothing_itself_after_the_first);
    suite_add_tcase(suite, tests);
    return suite;
}
