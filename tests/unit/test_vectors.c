/* Signatures that others computed are accepted, and none of them with one bit changed, in header or body. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "delivery.h"
#include "suites.h"

static const struct vector {
    const char *source, *secret;
    int64_t timestamp;
    const char *text; /* the body is this so many times */
    size_t length;
    size_t count;
    const char *header;
} vectors[] = {
#include "webhook_vectors.h"
};

static xpay_webhook_verifier *verifier_of(const char *secret)
{
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    xpay_webhook_verifier *verifier;
    options.secret = secret;
    options.tolerance_seconds = XPAY_WEBHOOK_ANY_AGE;
    ck_assert_int_eq(xpay_webhook_verifier_new(&options, &verifier, NULL), XPAY_OK);
    return verifier;
}

/* Bodies from this length on are verified, but not bit by bit, which would only take long. */
enum { LONG = 500 };

/* To be released with free(); one byte longer, so that an empty body has an address. */
static char *body_of(const struct vector *v, size_t *length)
{
    char *body = calloc(v->length * v->count + 1, 1);
    ck_assert_ptr_nonnull(body);
    for (size_t i = 0; i < v->count; i++)
        memcpy(body + i * v->length, v->text, v->length);
    *length = v->length * v->count;
    return body;
}

START_TEST(test_signatures_of_others_are_accepted)
{
    size_t from_stripe = 0;
    for (size_t i = 0; i < LENGTH(vectors); i++) {
        const struct vector *v = &vectors[i];
        size_t length;
        char *body = body_of(v, &length), header[XPAY_WEBHOOK_SIGNATURE_SIZE];
        xpay_webhook_verifier *right = verifier_of(v->secret), *wrong = verifier_of("whsec_y");
        ck_assert_msg(xpay_webhook_verify(right, body, length, v->header, NULL, NULL) == XPAY_OK,
                      "%zu: %s", i, v->header);
        ck_assert_int_eq(xpay_webhook_verify(wrong, body, length, v->header, NULL, NULL),
                         XPAY_ERROR_SIGNATURE_MISMATCH);
        ck_assert_int_eq(
            xpay_webhook_sign(v->secret, v->timestamp, body, length, header, sizeof header),
            XPAY_OK);
        ck_assert_str_eq(header, v->header);
        from_stripe += strcmp(v->source, "stripe") == 0;
        xpay_webhook_verifier_free(right);
        xpay_webhook_verifier_free(wrong);
        free(body);
    }
    ck_assert_uint_ge(from_stripe, 50);
    ck_assert_uint_ge(LENGTH(vectors) - from_stripe, 30);
}
END_TEST

/*
 * The changes of one bit that leave a header as good as it was: bit 5 of a letter among the hexadecimal digits, which
 * makes it upper case. XPay's connectors take both cases for the same digit. There are no others.
 */
static bool is_harmless(const char *header, size_t at, int bit)
{
    size_t first_digit = (size_t)(strstr(header, "v1=") - header) + 3;
    return at >= first_digit && isalpha((unsigned char)header[at]) && bit == 5;
}

START_TEST(test_every_bit_of_a_header_counts)
{
    size_t harmless = 0, letters = 0, refused = 0;
    for (size_t i = 0; i < LENGTH(vectors); i++) {
        const struct vector *v = &vectors[i];
        size_t length;
        char *body = body_of(v, &length), changed[XPAY_WEBHOOK_SIGNATURE_SIZE];
        xpay_webhook_verifier *verifier = verifier_of(v->secret);
        for (size_t at = 0; length < LONG && v->header[at] != '\0'; at++)
            for (int bit = 0; bit < 8; bit++) {
                strcpy(changed, v->header);
                changed[at] = (char)(changed[at] ^ (1 << bit));
                xpay_status status =
                    xpay_webhook_verify(verifier, body, length, changed, NULL, NULL);
                harmless += status == XPAY_OK;
                refused += status != XPAY_OK;
                bool fine = is_harmless(v->header, at, bit)
                                ? status == XPAY_OK
                                : status == XPAY_ERROR_SIGNATURE_MALFORMED ||
                                      status == XPAY_ERROR_SIGNATURE_MISMATCH;
                if (!fine)
                    ck_abort_msg("bit %d of byte %zu: %s: %s", bit, at, changed,
                                 xpay_status_name(status));
            }
        const char *digits = strstr(v->header, "v1=") + 3;
        for (size_t k = 0; length < LONG && digits[k] != '\0'; k++)
            letters += isalpha((unsigned char)digits[k]) != 0;
        xpay_webhook_verifier_free(verifier);
        free(body);
    }
    ck_assert_uint_eq(harmless, letters);
    ck_assert_uint_ge(refused, 50000);
}
END_TEST

START_TEST(test_every_bit_of_a_body_counts)
{
    size_t refused = 0;
    bool event_seen = false;
    for (size_t i = 0; i < LENGTH(vectors); i++) {
        const struct vector *v = &vectors[i];
        size_t length;
        char *body = body_of(v, &length);
        xpay_webhook_verifier *verifier = verifier_of(v->secret);
        for (size_t at = 0; length < LONG && at < length; at++)
            for (int bit = 0; bit < 8; bit++) {
                body[at] = (char)(body[at] ^ (1 << bit));
                xpay_status status =
                    xpay_webhook_verify(verifier, body, length, v->header, NULL, NULL);
                body[at] = (char)(body[at] ^ (1 << bit));
                if (status != XPAY_ERROR_SIGNATURE_MISMATCH)
                    ck_abort_msg("%zu: bit %d of byte %zu: %s", i, bit, at,
                                 xpay_status_name(status));
                refused++;
            }
        event_seen = event_seen || (length < LONG && strstr(body, "\"api_version\"") != NULL);
        xpay_webhook_verifier_free(verifier);
        free(body);
    }
    ck_assert(event_seen);
    ck_assert_uint_ge(refused, 30000);
}
END_TEST

Suite *vectors_suite(void)
{
    Suite *suite = suite_create("vectors");
    TCase *tests = tcase_create("signatures");
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, test_signatures_of_others_are_accepted);
    tcase_add_test(tests, test_every_bit_of_a_header_counts);
    tcase_add_test(tests, test_every_bit_of_a_body_counts);
    suite_add_tcase(suite, tests);
    return suite;
}
