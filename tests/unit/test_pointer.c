/* JSON pointers into an answer, an object's own JSON, and open JSON by name. */
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "suites.h"

/* An answer with a bit of everything in what this version does not know. */
static const char odd_session[] = SESSION(
    "'amountTotal':5,'a/b':1,'m~n':2,'':3,' ':4,'a~1b':5,'list':[10,[20,21],{'x':22},'s',null],"
    "'caf\\u00e9':6,'\\ud83d\\ude00':7,'q\\'q':8,'back\\\\slash':9,'new\\nline':10,'\xd9\x82':11,"
    "'sl\\/ash':12,'one':{'two':{'three':[{'four':' text, with \\\\ and \\' '}]}},"
    "'same':1,'same':{'x':1},'same':[7],'num':-1.50e+3,'t':true,'f':false,'n':null,'e':{},'l':[],"
    "'spaced' : [ 1 , { 'k' : 'v' } ] , 'last':'}]'");

/* A pointer and the JSON that it finds; NULL: nothing is there. */
static const struct pointer_case {
    const char *pointer, *json;
} pointer_cases[] = {
    {"/amountTotal", "5"},
    {"/id", "'cs_1'"},
    {"/object", "'checkout.session'"},
    {"/a~1b", "1"},
    {"/m~0n", "2"},
    {"/", "3"},
    {"/ ", "4"},
    {"/a~01b", "5"},
    {"/list", "[10,[20,21],{'x':22},'s',null]"},
    {"/list/0", "10"},
    {"/list/1", "[20,21]"},
    {"/list/1/1", "21"},
    {"/list/2/x", "22"},
    {"/list/3", "'s'"},
    {"/list/4", "null"},
    {"/caf\xc3\xa9", "6"},
    {"/\xf0\x9f\x98\x80", "7"},
    {"/q'q", "8"},
    {"/back\\slash", "9"},
    {"/new\nline", "10"},
    {"/\xd9\x82", "11"},
    {"/sl~1ash", "12"},
    {"/one/two/three/0/four", "' text, with \\\\ and \\' '"},
    {"/same", "[7]"},
    {"/same/0", "7"},
    {"/num", "-1.50e+3"},
    {"/t", "true"},
    {"/f", "false"},
    {"/n", "null"},
    {"/e", "{}"},
    {"/l", "[]"},
    {"/spaced/1/k", "'v'"},
    {"/spaced/1", "{ 'k' : 'v' }"},
    {"/last", "'}]'"},

    {"/list/5", NULL},
    {"/list/-", NULL},
    {"/list/-1", NULL},
    {"/list/+1", NULL},
    {"/list/01", NULL},
    {"/list/00", NULL},
    {"/list/1x", NULL},
    {"/list/ 1", NULL},
    {"/list/", NULL},
    {"/list/4294967296", NULL},
    {"/list/18446744073709551616", NULL},
    {"/list/0/0", NULL},
    {"/list/4/x", NULL},
    {"/list/x", NULL},
    {"/l/0", NULL},
    {"/e/", NULL},
    {"/nothing", NULL},
    {"/amounttotal", NULL},
    {"/amountTota", NULL},
    {"/amountTotals", NULL},
    {"/amountTotal/", NULL},
    {"/id/0", NULL},
    {"/same/x", NULL},
    {"/caf", NULL},
    {"/caf\xc3", NULL},
    {"/caf\\u00e9", NULL},
    {"//", NULL},
    {"/one//two", NULL},
};

START_TEST(test_pointer_finds_a_value_s_own_bytes)
{
    const struct pointer_case *c = &pointer_cases[_i];
    /* In the pointers ' is meant, in the JSON it is a quote with its escape. */
    char *pointer = strchr(c->pointer, '\'') ? json_of(c->pointer) : NULL;
    char *json = json_of(c->json == NULL ? "" : c->json);
    xpay_checkout_session *session = decoded("checkout_session", odd_session);
    const char *value = "x";
    size_t length = 4711;
    xpay_status status = xpay_object_get(session, pointer ? pointer : c->pointer, &value, &length);
    ck_assert_int_eq(status, c->json == NULL ? XPAY_ERROR_ABSENT : XPAY_OK);
    ck_assert_uint_eq(length, strlen(json));
    if (c->json == NULL)
        ck_assert_ptr_null(value);
    else
        ck_assert_mem_eq(value, json, length);
    xpay_object_free(session);
    free(json);
    free(pointer);
}
END_TEST

static const char *const no_pointers[] = {"id", " /id", "#/id",  "/a~2b",
                                          "/~", "/id~", "/x/~a", "/nothing/~"};

START_TEST(test_misshapen_pointer_is_refused)
{
    xpay_checkout_session *session = decoded("checkout_session", odd_session);
    const char *value = "x";
    size_t length = 4711;
    ck_assert_int_eq(xpay_object_get(session, no_pointers[_i], &value, &length),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_ptr_null(value);
    ck_assert_uint_eq(length, 0);
    xpay_object_free(session);
}
END_TEST

START_TEST(test_pointer_without_an_argument_is_refused)
{
    xpay_checkout_session *session = decoded("checkout_session", odd_session);
    const char *value = "x";
    size_t length = 4711;
    ck_assert_int_eq(xpay_object_get(NULL, "/id", &value, &length), XPAY_ERROR_ARGUMENT);
    ck_assert_ptr_null(value);
    ck_assert_uint_eq(length, 0);
    ck_assert_int_eq(xpay_object_get(session, NULL, &value, &length), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_object_get(session, "/id", NULL, &length), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_object_get(session, "/id", &value, NULL), XPAY_ERROR_ARGUMENT);
    xpay_object_free(session);
}
END_TEST

static void check_json(const void *object, const char *begin, const char *end)
{
    size_t length = 0, same = 0;
    const char *json = xpay_object_json(object, &length), *found;
    ck_assert_uint_gt(length, strlen(begin) + strlen(end));
    ck_assert_mem_eq(json, begin, strlen(begin));
    ck_assert_mem_eq(json + length - strlen(end), end, strlen(end));
    ck_assert_ptr_eq(xpay_object_json(object, NULL), json);
    ck_assert_int_eq(xpay_object_get(object, "", &found, &same), XPAY_OK);
    ck_assert_ptr_eq(found, json);
    ck_assert_uint_eq(same, length);
}

START_TEST(test_json_of_an_object_is_its_part_of_the_answer)
{
    char *text = contract_session();
    xpay_checkout_session *session = decoded("checkout_session", text);
    const xpay_payment_intent *intent = session->payment_intent;
    check_json(session, "{\"id\":\"cs_test_1\",", "\"lastPaymentError\":null}}");
    check_json(intent, "{\"object\":\"payment_intent\",", "\"lastPaymentError\":null}");
    check_json(intent->charges[0], "{\"object\":\"charge\",\"id\":\"ch_1\",", "\"aggregated\"}");
    check_json(intent->charges[1], "{\"object\":\"charge\",\"id\":\"ch_2\",", "\"aggregated\"}");
    check_json(session->line_items[0]->price, "{\"id\":\"price_1\",", "\"active\":true}}");
    check_json(session->total_details, "{\"amountDiscount\":", "\"amountShipping\":0}");

    size_t length = 4711;
    ck_assert_ptr_null(xpay_object_json(NULL, &length));
    ck_assert_uint_eq(length, 0);
    ck_assert_ptr_null(xpay_object_json(NULL, NULL));
    xpay_object_free(session);
    free(text);
}
END_TEST

START_TEST(test_json_of_a_root_is_the_answer_byte_for_byte)
{
    static const char text[] = "{ 'object' : 'refund','id':'re_1', 'x':1.50 }\r\n ";
    xpay_refund *refund = decoded("refund", text);
    char *json = json_of(text);
    size_t length;
    ck_assert_str_eq(xpay_object_json(refund, &length), json);
    ck_assert_uint_eq(length, strlen(json));
    free(json);
    xpay_object_free(refund);
}
END_TEST

START_TEST(test_pointer_starts_at_the_object_given)
{
    char *text = contract_session();
    xpay_checkout_session *session = decoded("checkout_session", text);
    const xpay_charge *charge = session->payment_intent->charges[1];
    const char *value;
    size_t length;
    ck_assert_int_eq(xpay_object_get(charge, "/refunds/1/amount", &value, &length), XPAY_OK);
    ck_assert_mem_eq(value, "\"5000\"", length);
    ck_assert_int_eq(xpay_object_get(charge, "/status", &value, &length), XPAY_OK);
    ck_assert_mem_eq(value, "\"PARTIALLY_REFUNDED\"", length);
    ck_assert_int_eq(xpay_object_get(charge, "/paymentStatus", &value, &length), XPAY_ERROR_ABSENT);
    ck_assert_int_eq(xpay_object_get(charge->refunds[0], "/id", &value, &length), XPAY_OK);
    ck_assert_mem_eq(value, "\"re_2\"", length);
    xpay_object_free(session);
    free(text);
}
END_TEST

START_TEST(test_metadata_is_found_by_name)
{
    char *text = contract_session();
    xpay_checkout_session *session = decoded("checkout_session", text);
    const xpay_json *metadata = session->metadata;
    ck_assert_uint_eq(metadata->members_count, 6);
    ck_assert_str_eq(metadata->members[0].name, "order_id");
    ck_assert_str_eq(metadata->members[4].name, "caf\xc3\xa9");
    ck_assert_str_eq(xpay_json_get(metadata, "order_id"), "A-1");
    ck_assert_str_eq(xpay_json_get(metadata, "weight"), "1.50");
    ck_assert_str_eq(xpay_json_get(metadata, "nested"), "{\"a\":[1,2]}");
    ck_assert_str_eq(xpay_json_get(metadata, "none"), "null");
    ck_assert_str_eq(xpay_json_get(metadata, "caf\xc3\xa9"), "\xd9\x82\xd9\x87\xd9\x88\xd8\xa9");
    ck_assert_str_eq(xpay_json_get(metadata, "tab"), "a\tb");
    ck_assert_ptr_null(xpay_json_get(metadata, "Order_id"));
    ck_assert_ptr_null(xpay_json_get(metadata, ""));
    ck_assert_ptr_null(xpay_json_get(metadata, NULL));
    ck_assert_ptr_null(xpay_json_get(NULL, "order_id"));
    ck_assert_uint_eq(strlen(metadata->text), metadata->length);
    ck_assert_mem_eq(metadata->text, "{\"order_id\":\"A-1\",", 18);
    ck_assert_uint_eq(session->customer->metadata->members_count, 0);
    ck_assert_str_eq(session->customer->metadata->text, "{}");
    xpay_object_free(session);
    free(text);
}
END_TEST

START_TEST(test_metadata_may_be_a_list_and_the_last_name_counts)
{
    xpay_checkout_session *session =
        decoded("checkout_session", SESSION("'metadata':[{'a':1},'b']"));
    ck_assert_str_eq(session->metadata->text, "[{\"a\":1},\"b\"]");
    ck_assert_ptr_null(session->metadata->members);
    ck_assert_ptr_null(xpay_json_get(session->metadata, "a"));
    xpay_object_free(session);
    session =
        decoded("checkout_session", SESSION("'metadata':{'a':'1','b':[2],'a':{'x':3}},'url':'u'"));
    ck_assert_str_eq(xpay_json_get(session->metadata, "a"), "{\"x\":3}");
    ck_assert_str_eq(session->url, "u");
    xpay_object_free(session);
}
END_TEST

Suite *pointer_suite(void)
{
    Suite *suite = suite_create("pointer");
    TCase *tests = tcase_create("JSON pointers");
    tcase_add_loop_test(tests, test_pointer_finds_a_value_s_own_bytes, 0, LENGTH(pointer_cases));
    tcase_add_loop_test(tests, test_misshapen_pointer_is_refused, 0, LENGTH(no_pointers));
    tcase_add_test(tests, test_pointer_without_an_argument_is_refused);
    tcase_add_test(tests, test_pointer_starts_at_the_object_given);
    suite_add_tcase(suite, tests);

    tests = tcase_create("JSON of objects");
    tcase_add_test(tests, test_json_of_an_object_is_its_part_of_the_answer);
    tcase_add_test(tests, test_json_of_a_root_is_the_answer_byte_for_byte);
    tcase_add_test(tests, test_metadata_is_found_by_name);
    tcase_add_test(tests, test_metadata_may_be_a_list_and_the_last_name_counts);
    suite_add_tcase(suite, tests);
    return suite;
}
