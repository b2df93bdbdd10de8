/* Whether a delivery is from XPay, and fresh: the header in all its spellings, its age, two secrets. */
#include <string.h>

#include "delivery.h"
#include "suites.h"

#define BODY        "{\"id\":\"evt_1\",\"object\":\"event\"}"
#define BODY_LENGTH (sizeof(BODY) - 1)

#define OK        XPAY_OK
#define MISSING   XPAY_ERROR_SIGNATURE_MISSING
#define MALFORMED XPAY_ERROR_SIGNATURE_MALFORMED
#define MISMATCH  XPAY_ERROR_SIGNATURE_MISMATCH
#define EXPIRED   XPAY_ERROR_SIGNATURE_EXPIRED

static const struct header_case {
    const char *template;
    xpay_status status;
} header_cases[] = {
    {"t=<t>,v1=<good>", OK},

    /* None, or blank. */
    {"", MISSING},
    {" ", MISSING},
    {"\t \t", MISSING},

    /* Order, blanks, case, other parts. */
    {"v1=<good>,t=<t>", OK},
    {"t=<t>, v1=<good>", OK},
    {"t=<t>,\tv1=<good>", OK},
    {"  t=<t> ,  v1=<good>  ", OK},
    {"t=<t>,v1=<GOOD>", OK},
    {",,t=<t>,,v1=<good>,,", OK},
    {"v0=abc,t=<t>,foo,=,x=1,v1=<good>,v2=<bad>,t,v1,t1=5", OK},
    {"v10=<bad>,t=<t>,v1=<good>", OK},
    {"scheme=x,t=<t>,v1=<good>,t =5", OK},

    /* No time that is one. */
    {"v1=<good>", MALFORMED},
    {"t=,v1=<good>", MALFORMED},
    {"t,v1=<good>", MALFORMED},
    {"T=<t>,v1=<good>", MALFORMED},
    {"t=-<t>,v1=<good>", MALFORMED},
    {"t=+<t>,v1=<good>", MALFORMED},
    {"t=<t>.0,v1=<good>", MALFORMED},
    {"t=<t>s,v1=<good>", MALFORMED},
    {"t=0x69f479e0,v1=<good>", MALFORMED},
    {"t=now,v1=<good>", MALFORMED},
    {"t= <t>,v1=<good>", MALFORMED},
    {"t=<t>;v1=<good>", MALFORMED},
    {"t=<t> v1=<good>", MALFORMED},
    {"t=\xd9\xa1,v1=<good>", MALFORMED},
    {"t=9999999999999999,v1=<good>", MALFORMED},     /* 16 digits */
    {"t=18446744075487181216,v1=<good>", MALFORMED}, /* 2^64 + now */
    {"t=99999999999999999999999999999999999999,v1=<good>", MALFORMED},

    /* Times that are read, but not signed. */
    {"t=0,v1=<good>", MISMATCH},
    {"t=999999999999999,v1=<good>", MISMATCH},
    {"t=<t>0,v1=<good>", MISMATCH},

    /* Leading zeros are read as XPay's connectors read them: what counts is the number. */
    {"t=0<t>,v1=<good>", OK},
    {"t=00000<t>,v1=<good>", OK},

    /* Of several times the last that is one counts. */
    {"t=1,t=<t>,v1=<good>", OK},
    {"t=<t>,t=1,v1=<good>", MISMATCH},
    {"t=<t>,v1=<good>,t=1", MISMATCH},
    {"t=<t>,t=x,v1=<good>,t=", OK},

    /* No signature that is one. */
    {"t=<t>", MALFORMED},
    {"t=<t>,", MALFORMED},
    {"t=<t>,v1=", MALFORMED},
    {"t=<t>,v1", MALFORMED},
    {"t=<t>,<good>", MALFORMED},
    {"t=<t>,V1=<good>", MALFORMED},
    {"t=<t>,v0=<good>", MALFORMED},
    {"t=<t>,v1=<good>0", MALFORMED},
    {"t=<t>,v1=0x<good>", MALFORMED},
    {"t=<t>,v1= <good>", MALFORMED},
    {"t=<t>,v1=\"<good>\"", MALFORMED},
    {"t=<t>,v1=<good>\n", MALFORMED},
    {"t=<t>,v1=ff36db8477974e597ebe5fee164f58cd55d974e6e8f16fde21eaf05f725e52c", MALFORMED},
    {"t=<t>,v1=gf36db8477974e597ebe5fee164f58cd55d974e6e8f16fde21eaf05f725e52c2", MALFORMED},
    {"t=<t>,v1=ff36db8477974e597ebe5fee164f58cd55d974e6e8f16fde21eaf05f725e52c\xb2", MALFORMED},
    {"XPay-Signature: t=<t>,v1=<good>", MALFORMED},
    {"whatever", MALFORMED},

    /* Several signatures: one that fits is enough, and misshapen ones are skipped. */
    {"t=<t>,v1=<bad>", MISMATCH},
    {"t=<t>,v1=<bad>,v1=<bad>", MISMATCH},
    {"t=<t>,v1=<bad>,v1=<good>", OK},
    {"t=<t>,v1=<good>,v1=<bad>", OK},
    {"v1=<bad>,t=<t>,v1=<good>,v1=<bad>", OK},
    {"t=<t>,v1=short,v1=<good>", OK},
    {"t=<t>,v1=<good>,v1=", OK},
    {"t=<t>,v1=<other>", MISMATCH},
};

static xpay_status verify(xpay_webhook_verifier *verifier, const char *header)
{
    xpay_error error;
    memset(&error, 0xAA, sizeof error);
    xpay_status status = xpay_webhook_verify(verifier, BODY, BODY_LENGTH, header, NULL, &error);
    ck_assert_int_eq(error.status, status);
    ck_assert_int_eq(*error.message == '\0', status == XPAY_OK);
    ck_assert_ptr_null(strstr(error.message, "whsec_"));
    return status;
}

START_TEST(test_header_is_read_as_xpay_s_connectors_read_it)
{
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    char header[MAX_HEADER];
    write_header(header, header_cases[_i].template, BODY, BODY_LENGTH);
    ck_assert_int_eq(verify(verifier, header), header_cases[_i].status);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_no_header_is_a_missing_one)
{
    xpay_webhook_verifier *verifier = test_verifier(NULL, XPAY_WEBHOOK_ANY_AGE);
    ck_assert_int_eq(verify(verifier, NULL), MISSING);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_right_signature_counts_at_each_of_32_places)
{
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    for (int count = 1; count <= 33; count++)
        for (int right = 0; right < count; right++) {
            char template[1024] = "t=<t>", header[MAX_HEADER];
            for (int i = 0; i < count; i++)
                strcat(template, i == right ? ",v1=<good>" : i % 5 == 4 ? ",v1=x" : ",v1=<bad>");
            write_header(header, template, BODY, BODY_LENGTH);
            ck_assert_int_eq(verify(verifier, header), count <= 32 ? OK : MALFORMED);
        }
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_header_may_have_8_kib)
{
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    char header[MAX_HEADER];
    write_header(header, "t=<t>,v1=<good>,x=", BODY, BODY_LENGTH);
    size_t length = strlen(header);
    memset(header + length, 'x', sizeof header - length);
    header[8192] = '\0';
    ck_assert_int_eq(verify(verifier, header), OK);
    header[8192] = 'x';
    header[8193] = '\0';
    ck_assert_int_eq(verify(verifier, header), MALFORMED);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

static const struct age_case {
    int64_t age; /* how long ago it was signed */
    int64_t tolerance;
    xpay_status status;
} age_cases[] = {
    {0, 0, OK},
    {299, 0, OK},
    {300, 0, OK},
    {301, 0, EXPIRED},
    {-300, 0, OK},
    {-301, 0, EXPIRED},
    {86400, 0, EXPIRED},
    {TEST_NOW, 0, EXPIRED},
    {TEST_NOW - 999999999999999, 0, EXPIRED},
    {5, 5, OK},
    {6, 5, EXPIRED},
    {-6, 5, EXPIRED},
    {1, 1, OK},
    {301, 3600, OK},
    {3601, 3600, EXPIRED},
    {301, XPAY_WEBHOOK_ANY_AGE, OK},
    {-301, XPAY_WEBHOOK_ANY_AGE, OK},
    {TEST_NOW, XPAY_WEBHOOK_ANY_AGE, OK},
    {TEST_NOW - 999999999999999, XPAY_WEBHOOK_ANY_AGE, OK},
};

START_TEST(test_age_is_limited_on_both_sides)
{
    const struct age_case *c = &age_cases[_i];
    xpay_webhook_verifier *verifier = test_verifier(NULL, c->tolerance);
    char header[XPAY_WEBHOOK_SIGNATURE_SIZE];
    ck_assert_int_eq(
        xpay_webhook_sign(TEST_SECRET, TEST_NOW - c->age, BODY, BODY_LENGTH, header, sizeof header),
        OK);
    ck_assert_int_eq(verify(verifier, header), c->status);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_wrong_signature_is_told_before_its_age)
{
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    char header[MAX_HEADER];
    write_header(header, "t=5,v1=<good>", BODY, BODY_LENGTH);
    ck_assert_int_eq(verify(verifier, header), MISMATCH);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

START_TEST(test_second_secret_is_accepted_while_they_change)
{
    xpay_webhook_verifier *one = test_verifier(NULL, 0), *two = test_verifier(OTHER_SECRET, 0);
    char header[MAX_HEADER];
    write_header(header, "t=<t>,v1=<other>", BODY, BODY_LENGTH);
    ck_assert_int_eq(verify(one, header), MISMATCH);
    ck_assert_int_eq(verify(two, header), OK);
    write_header(header, "t=<t>,v1=<good>", BODY, BODY_LENGTH);
    ck_assert_int_eq(verify(two, header), OK);
    write_header(header, "t=<t>,v1=<bad>,v1=<bad>", BODY, BODY_LENGTH);
    ck_assert_int_eq(verify(two, header), MISMATCH);
    xpay_webhook_verifier_free(one);
    xpay_webhook_verifier_free(two);
}
END_TEST

Suite *webhook_suite(void)
{
    Suite *suite = suite_create("webhook");
    TCase *tests = tcase_create("header");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, test_header_is_read_as_xpay_s_connectors_read_it, 0,
                        LENGTH(header_cases));
    tcase_add_test(tests, test_no_header_is_a_missing_one);
    tcase_add_test(tests, test_right_signature_counts_at_each_of_32_places);
    tcase_add_test(tests, test_header_may_have_8_kib);
    suite_add_tcase(suite, tests);

    tests = tcase_create("signature and age");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, test_age_is_limited_on_both_sides, 0, LENGTH(age_cases));
    tcase_add_test(tests, test_wrong_signature_is_told_before_its_age);
    tcase_add_test(tests, test_second_secret_is_accepted_while_they_change);
    suite_add_tcase(suite, tests);
    return suite;
}
