/* Signatures that others computed are accepted, and none of them with one bit changed, in header or body. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"
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
        /* Long bodies would only take long. */
        for (size_t at = 0; length < 5000 && v->header[at] != '\0'; at++)
            for (int bit = 0; bit < 8; bit++) {
                strcpy(changed, v->header);
                changed[at] = (char)(changed[at] ^ (1 << bit));
                xpay_status status =
                    xpay_webhook_verify(verifier, body, length, changed, NULL, NULL);
                harmless += status == XPAY_OK;
                refused += status != XPAY_OK;
                if (status == XPAY_OK)
                    ck_assert_msg(is_harmless(v->header, at, bit), "bit %d of byte %zu: %s", bit,
                                  at, changed);
                else
                    ck_assert(status == XPAY_ERROR_SIGNATURE_MALFORMED ||
                              status == XPAY_ERROR_SIGNATURE_MISMATCH);
            }
        const char *digits = strstr(v->header, "v1=") + 3;
        for (size_t k = 0; length < 5000 && digits[k] != '\0'; k++)
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
    char *session = contract_session();
    char *text = replaced("{'object':'event','id':'evt_1','type':'checkout.session.completed',"
                          "'livemode':false,'data':{'object':@}}",
                          "@", session);
    char *body = json_of(text), header[MAX_HEADER];
    size_t length = strlen(body);
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    write_header(header, "t=<t>,v1=<good>", body, length);
    for (size_t at = 0; at < length; at++)
        for (int bit = 0; bit < 8; bit++) {
            body[at] = (char)(body[at] ^ (1 << bit));
            ck_assert_int_eq(xpay_webhook_verify(verifier, body, length, header, NULL, NULL),
                             XPAY_ERROR_SIGNATURE_MISMATCH);
            body[at] = (char)(body[at] ^ (1 << bit));
        }
    ck_assert_int_eq(xpay_webhook_verify(verifier, body, length, header, NULL, NULL), XPAY_OK);
    ck_assert_uint_ge(length, 4000);
    xpay_webhook_verifier_free(verifier);
    free(body);
    free(text);
    free(session);
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
