/* Answers that cannot be read: an error that names the place, nothing else; and what is only left out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "json/decode.h"
#include "suites.h"

/* Decode bytes as a session; they must be refused and no object must come of them. */
static xpay_status refused(const char *bytes, size_t length, xpay_error *error)
{
    void *object = error;
    memset(error, 0xAA, sizeof *error);
    error->offset = -1;
    xpay_status status =
        xpay_decode(xpay_type_by_name("checkout_session"), bytes, length, NULL, &object, error);
    ck_assert_int_ne(status, XPAY_OK);
    ck_assert_int_eq(error->status, status);
    ck_assert_ptr_null(object);
    ck_assert_str_ne(error->message, "");
    return status;
}

/* Refused as JSON, by a complaint that names a byte at or before `last`. */
static void check_json_refused(const char *bytes, size_t length, size_t last)
{
    xpay_error error;
    char place[32];
    ck_assert_int_eq(refused(bytes, length, &error), XPAY_ERROR_JSON);
    ck_assert_int_ge(error.offset, 0);
    ck_assert_uint_le((size_t)error.offset, last);
    snprintf(place, sizeof place, "at byte %lld", (long long)error.offset);
    ck_assert_ptr_nonnull(strstr(error.message, place));
    ck_assert_str_eq(error.param, "");
}

/* The session in one shape or the other. */
static char *session_json(int shape)
{
    char *text = shape == 0 ? contract_session() : page_session(), *json = json_of(text);
    free(text);
    return json;
}

START_TEST(test_answer_cut_short_anywhere_is_not_json)
{
    char *json = session_json(_i);
    size_t whole = strlen(json);
    for (size_t length = 0; length < whole; length++) {
        char *cut = malloc(length + 1); /* so that a byte read behind it is noticed */
        ck_assert_ptr_nonnull(cut);
        memcpy(cut, json, length);
        cut[length] = '\0';
        check_json_refused(cut, length, length);
        free(cut);
    }
    free(json);
}
END_TEST

static const char intruders[] = {'\0', '\xff', '\xc0', '\x01'};

START_TEST(test_answer_with_a_wrong_byte_anywhere_is_not_json)
{
    char *json = session_json(0);
    size_t length = strlen(json);
    for (size_t i = 0; i < length; i++) {
        char kept = json[i];
        json[i] = intruders[_i];
        check_json_refused(json, length, i);
        json[i] = kept;
    }
    free(json);
}
END_TEST

static const struct tail {
    const char *bytes;
    size_t length;
} tails[] = {{"x", 1}, {"\0", 1}, {"{}", 2},    {"\xef\xbb\xbf", 3},
             {",", 1}, {"}", 1},  {"\r\n\0", 3}};

START_TEST(test_bytes_after_the_answer_are_refused)
{
    char *json = session_json(0);
    size_t length = strlen(json), tail = tails[_i].length;
    char *longer = malloc(length + tail + 1);
    ck_assert_ptr_nonnull(longer);
    memcpy(longer, json, length);
    memcpy(longer + length, tails[_i].bytes, tail + 1);
    check_json_refused(longer, length + tail, length + tail - 1);
    free(longer);
    free(json);
}
END_TEST

START_TEST(test_answer_nested_too_deep_is_refused_at_its_129th_level)
{
    enum { LEVELS = 10000 };
    char *json = malloc(2 * LEVELS + 32);
    ck_assert_ptr_nonnull(json);
    int start = sprintf(json, "{\"metadata\":");
    memset(json + start, '[', LEVELS);
    memset(json + start + LEVELS, ']', LEVELS);
    strcpy(json + start + 2 * LEVELS, "}");
    xpay_error error;
    ck_assert_int_eq(refused(json, strlen(json), &error), XPAY_ERROR_JSON);
    ck_assert_int_eq(error.offset, start + 127); /* the first level is the session's own brace */
    ck_assert_ptr_nonnull(strstr(error.message, "128"));
    free(json);
}
END_TEST

START_TEST(test_answer_of_64_mib_is_read_or_refused_like_others)
{
    static const char begin[] = "{\"object\":\"checkout.session\",\"id\":\"cs_1\",\"url\":\"";
    const size_t size = (size_t)64 << 20, head = sizeof begin - 1;
    char *json = malloc(size + 1);
    ck_assert_ptr_nonnull(json);
    memcpy(json, begin, head);
    memset(json + head, 'x', size - head);
    json[size] = '\0';
    check_json_refused(json, size, head - 1); /* a text that does not end */

    json[size - 2] = '"';
    json[size - 1] = '}';
    void *object;
    ck_assert_int_eq(
        xpay_decode(xpay_type_by_name("checkout_session"), json, size, NULL, &object, NULL),
        XPAY_OK);
    ck_assert_uint_eq(strlen(((xpay_checkout_session *)object)->url), size - head - 2);
    xpay_object_free(object);

    memset(json, '[', size);
    check_json_refused(json, size, 128);
    free(json);
}
END_TEST

/* What is put where in the session of the contract's shape, and the place and word that the error must name. */
static const struct wrong_case {
    const char *from, *to, *param, *word;
} wrong_cases[] = {
    {"'id':'cs_test_1'", "'id':7", "/id", "a number"},
    {"'id':'cs_test_1'", "'id':{}", "/id", "an object"},
    {"'id':'cs_test_1','object':'checkout.session'", "'object':'refund'", "/object",
     "another object"},
    {"'object':'checkout.session'", "'object':'checkout.sessions'", "/object", "another object"},
    {"'object':'checkout.session'", "'object':'checkout.sessio'", "/object", "another object"},
    {"'object':'checkout.session'", "'object':null", "/object", "null"},
    {"'object':'checkout.session',", "", "/object", "nothing"},
    {"'status':'complete'", "'status':2", "/status", "a number"},
    {"'status':'complete'", "'status':null", "/status", "null"},
    {"'status':'complete'", "'status':['complete']", "/status", "a list"},
    {"'paymentStatus':'paid'", "'paymentStatus':true", "/paymentStatus", "a boolean"},
    {"'paymentStatus':'paid'", "'paymentStatus':null", "/paymentStatus", "null"},
    {"'currency':'EGP'", "'currency':818", "/currency", "a number"},
    {"'amountTotal':149900", "'amountTotal':true", "/amountTotal", "a boolean"},
    {"'amountTotal':149900", "'amountTotal':{}", "/amountTotal", "an object"},
    {"'amountTotal':149900", "'amountTotal':[1]", "/amountTotal", "a list"},
    {"'amountTotal':149900", "'amountTotal':'1499.00'", "/amountTotal", "text"},
    {"'amountTotal':149900", "'amountTotal':''", "/amountTotal", "text"},
    {"'amountTotal':149900", "'amountTotal':'EGP 5'", "/amountTotal", "text"},
    {"'amountTotal':149900", "'amountTotal':1499.5", "/amountTotal", "a number"},
    {"'amountTotal':149900", "'amountTotal':1e400", "/amountTotal", "2^53 - 1"},
    {"'amountTotal':149900", "'amountTotal':9007199254740992", "/amountTotal", "2^53 - 1"},
    {"'amountTotal':149900", "'amountTotal':9007199254740993", "/amountTotal", "2^53 - 1"},
    {"'amountTotal':149900", "'amountTotal':-9007199254740993", "/amountTotal", "2^53 - 1"},
    {"'amountTotal':149900", "'amountTotal':'9007199254740993'", "/amountTotal", "2^53 - 1"},
    {"'amountTax':0", "'amountTax':null", "/totalDetails/amountTax", "null"},
    {"'unitAmount':74950", "'unitAmount':'x'", "/lineItems/0/price/unitAmount", "text"},
    {"'exchangeRateId':'exr_1','amountSubtotal':2958", "'amountSubtotal':false",
     "/presentmentDetails/amountSubtotal", "a boolean"},
    {"'net':145403", "'net':1454.03", "/paymentIntent/latestCharge/balanceTransaction/net",
     "a number"},
    {"'id':'ch_1'", "'id':null", "/paymentIntent/charges/0/id", "null"},
    {"'object':'charge','id':'ch_1'", "'object':'refund','id':'ch_1'",
     "/paymentIntent/charges/0/object", "another object"},
    {"'status':'FAILED'", "'status':0", "/paymentIntent/charges/0/status", "a number"},
    {"'amount':'5000'", "'amount':'fifty'", "/paymentIntent/latestCharge/refunds/1/amount", "text"},
};

START_TEST(test_wrong_kind_of_what_money_hangs_on_is_refused_with_its_place)
{
    const struct wrong_case *c = &wrong_cases[_i];
    char *whole = contract_session(), *text = replaced(whole, c->from, c->to),
         *json = json_of(text);
    xpay_error error;
    ck_assert_int_eq(refused(json, strlen(json), &error), XPAY_ERROR_DECODE);
    ck_assert_str_eq(error.param, c->param);
    ck_assert_ptr_nonnull(strstr(error.message, c->param));
    ck_assert_msg(strstr(error.message, c->word) != NULL, "%s", error.message);
    ck_assert_int_eq(error.offset, -1);
    free(json);
    free(text);
    free(whole);
}
END_TEST

static const char *const no_objects[] = {"[]", "null", "1", "true", "'checkout.session'", "[{}]"};

START_TEST(test_answer_that_is_no_object_is_refused)
{
    char *json = json_of(no_objects[_i]);
    xpay_error error;
    ck_assert_int_eq(refused(json, strlen(json), &error), XPAY_ERROR_DECODE);
    ck_assert_str_eq(error.param, "");
    free(json);
    void *object;
    ck_assert_int_eq(decode_as("refund_page", "{}", &object, NULL), XPAY_ERROR_DECODE);
    ck_assert_ptr_null(object);
}
END_TEST

/* Wrong kinds that cost only the member itself. */
static const struct fault_case {
    const char *from, *to, *path, *expected, *found;
} fault_cases[] = {
    {"'cancelUrl':null", "'cancelUrl':7", "/cancelUrl", "text", "a number"},
    {"'createdAt':'2026-05-01T10:00:00.000Z'", "'createdAt':'soon'", "/createdAt",
     "a time in ISO 8601", "text"},
    {"'createdAt':'2026-05-01T10:00:00.000Z'", "'createdAt':1777629600", "/createdAt",
     "a time in ISO 8601", "a number"},
    {"'mode':'payment'", "'mode':1", "/mode", "text", "a number"},
    {"'mode':'payment'", "'mode':null", "/mode", "text", "null"},
    {"'isExpired':false", "'isExpired':'no'", "/isExpired", "a boolean", "text"},
    {"'isExpired':false", "'isExpired':0", "/isExpired", "a boolean", "a number"},
    {"'exchangeRate':51.0200", "'exchangeRate':'51,02'", "/presentmentDetails/exchangeRate",
     "a decimal number", "text"},
    {"'exchangeRate':51.0200", "'exchangeRate':[51]", "/presentmentDetails/exchangeRate",
     "a decimal number", "a list"},
    {"'quantity':2", "'quantity':2.5", "/lineItems/0/quantity", "an integer", "a number"},
    {"'quantity':2", "'quantity':'2'", "/lineItems/0/quantity", "an integer", "text"},
    {"'prod_2'", "2", "/discounts/0/coupon/appliesToProductIds/1", "text", "a number"},
    {"{'type':'card','displayName':'Card'}", "'card'", "/paymentMethodTypes/0", "an object",
     "text"},
    {"'metadata':{}", "'metadata':'none'", "/customer/metadata", "an object or a list", "text"},
    {"'receiptUrl':'https://pay.example/r/1'", "'receiptUrl':{'href':[1,{'a':2}]}",
     "/paymentIntent/latestCharge/receiptUrl", "text", "an object"},
    {"'charges':[", "'charges':7,'x':[", "/paymentIntent/charges", "a list", "a number"},
    {"'net':145403,", "", "/paymentIntent/latestCharge/balanceTransaction/net",
     "an amount (an integer of at most 2^53 - 1)", "nothing"},
};

START_TEST(test_cosmetic_wrong_kind_is_left_out_and_listed)
{
    const struct fault_case *c = &fault_cases[_i];
    char *whole = contract_session(), *text = replaced(whole, c->from, c->to);
    xpay_checkout_session *session = decoded("checkout_session", text);
    ck_assert_uint_eq(xpay_object_fault_count(session), 1);
    const xpay_fault *fault = xpay_object_fault(session->payment_intent, 0);
    ck_assert_str_eq(fault->path, c->path);
    ck_assert_str_eq(fault->expected, c->expected);
    ck_assert_str_eq(fault->found, c->found);
    ck_assert_ptr_eq(fault->object->root, session->base.root);
    ck_assert_ptr_null(xpay_object_fault(session, 1));

    /* All else is read as ever. */
    ck_assert_int_eq(session->payment_status, XPAY_PAYMENT_STATUS_PAID);
    ck_assert_str_eq(session->merchant_name, "Shop");
    ck_assert_int_eq(session->payment_intent->amount_received, 149900);
    xpay_object_free(session);
    free(text);
    free(whole);
}
END_TEST

START_TEST(test_element_of_a_wrong_kind_leaves_no_gap)
{
    xpay_checkout_session *session = decoded(
        "checkout_session", OPEN_SESSION("'lineItems':[[1,{'x':[2]}],{'id':'li_1','quantity':3},"
                                         "null,{'id':'li_2','quantity':4},[]]"));
    ck_assert_uint_eq(session->line_items_count, 2);
    ck_assert_str_eq(session->line_items[1]->id, "li_2");
    ck_assert_int_eq(session->line_items[1]->quantity, 4);
    ck_assert_uint_eq(xpay_object_fault_count(session), 3);
    ck_assert_str_eq(xpay_object_fault(session, 1)->path, "/lineItems/2");
    ck_assert_str_eq(xpay_object_fault(session, 2)->path, "/lineItems/4");
    ck_assert_ptr_eq(xpay_object_fault(session, 2)->object, &session->base);
    xpay_object_free(session);
}
END_TEST

START_TEST(test_first_64_faults_are_kept_and_all_are_counted)
{
    /* What fills the answer is left out of the structs, so the faults and their paths stand side by side. */
    char text[8192] =
        "{'object':'checkout.session','status':'open','paymentStatus':'unpaid','fill':'",
         *end = text + strlen(text);
    memset(end, 'x', 5000);
    end += 5000 + sprintf(end + 5000, "','discounts':[0");
    for (int i = 1; i < 100; i++)
        end += sprintf(end, ",%d", i);
    strcpy(end, "]}");
    xpay_checkout_session *session = decoded("checkout_session", text);
    ck_assert_uint_eq(xpay_object_fault_count(session), 100);
    for (size_t i = 0; i < 64; i++) {
        char path[32];
        snprintf(path, sizeof path, "/discounts/%zu", i);
        ck_assert_str_eq(xpay_object_fault(session, i)->path, path);
    }
    ck_assert_ptr_null(xpay_object_fault(session, 64));
    ck_assert_ptr_null(xpay_object_fault(session, SIZE_MAX));
    ck_assert_uint_eq(xpay_object_fault_count(NULL), 0);
    ck_assert_ptr_null(xpay_object_fault(NULL, 0));
    xpay_object_free(session);
}
END_TEST

Suite *bad_answer_suite(void)
{
    Suite *suite = suite_create("bad answer");
    TCase *tests = tcase_create("not JSON");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, test_answer_cut_short_anywhere_is_not_json, 0, 2);
    tcase_add_loop_test(tests, test_answer_with_a_wrong_byte_anywhere_is_not_json, 0,
                        LENGTH(intruders));
    tcase_add_loop_test(tests, test_bytes_after_the_answer_are_refused, 0, LENGTH(tails));
    tcase_add_test(tests, test_answer_nested_too_deep_is_refused_at_its_129th_level);
    tcase_add_test(tests, test_answer_of_64_mib_is_read_or_refused_like_others);
    suite_add_tcase(suite, tests);

    tests = tcase_create("wrong kinds");
    tcase_add_loop_test(tests, test_wrong_kind_of_what_money_hangs_on_is_refused_with_its_place, 0,
                        LENGTH(wrong_cases));
    tcase_add_loop_test(tests, test_answer_that_is_no_object_is_refused, 0, LENGTH(no_objects));
    tcase_add_loop_test(tests, test_cosmetic_wrong_kind_is_left_out_and_listed, 0,
                        LENGTH(fault_cases));
    tcase_add_test(tests, test_element_of_a_wrong_kind_leaves_no_gap);
    tcase_add_test(tests, test_first_64_faults_are_kept_and_all_are_counted);
    suite_add_tcase(suite, tests);
    return suite;
}
