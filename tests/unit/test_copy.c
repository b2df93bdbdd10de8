/* Parts of an answer that are copied outlive it, and are the same. */
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "json/decode.h"
#include "suites.h"

/* A part of a session by its JSON pointer; NULL when the case needs none. */
static const xpay_object *part(const xpay_checkout_session *session, size_t which)
{
    const xpay_payment_intent *intent = session->payment_intent;
    const void *const parts[] = {intent, intent->charges[1], intent->charges[1]->refunds[0],
                                 session->customer, session->line_items[0]};
    return which < LENGTH(parts) ? parts[which] : NULL;
}

START_TEST(test_copied_part_outlives_its_answer)
{
    char *text = contract_session();
    xpay_checkout_session *session = decoded("checkout_session", text);
    xpay_object *copy;
    char *before, *after;
    size_t length, copied_length;
    const xpay_object *given = part(session, (size_t)_i);
    ck_assert_ptr_nonnull(given);
    ck_assert_int_eq(xpay_object_copy(given, &copy), XPAY_OK);
    ck_assert_ptr_eq(copy->type, given->type);
    const char *json = xpay_object_json(given, &length);
    ck_assert_ptr_ne(xpay_object_json(copy, &copied_length), json);
    ck_assert_uint_eq(copied_length, length);
    ck_assert_mem_eq(xpay_object_json(copy, NULL), json, length);
    ck_assert_int_eq(xpay_object_print(given, &before), XPAY_OK);
    xpay_object_free(session);
    ck_assert_int_eq(xpay_object_print(copy, &after), XPAY_OK);
    ck_assert_str_eq(after, before);
    xpay_text_free(before);
    xpay_text_free(after);
    xpay_object_free(copy);
    free(text);
}
END_TEST

START_TEST(test_copy_tells_how_its_answer_was_got_and_what_is_wrong_with_it)
{
    static const char json[] = "{\"data\":[{\"id\":\"cus_1\",\"country\":7}],\"totalCount\":1}";
    const xpay_response response = {.http_status = 200, .request_id = "req_1"};
    xpay_customer_summary *copy;
    xpay_error error;
    void *page;
    ck_assert_int_eq(xpay_decode(xpay_type_by_name("customer_page"), json, strlen(json), &response,
                                 &page, &error),
                     XPAY_OK);
    ck_assert_int_eq(xpay_object_copy(((xpay_customer_page *)page)->data[0], &copy), XPAY_OK);
    xpay_object_free(page);
    ck_assert_str_eq(copy->id, "cus_1");
    ck_assert_int_eq(xpay_object_response(copy)->http_status, 200);
    ck_assert_str_eq(xpay_object_response(copy)->request_id, "req_1");
    ck_assert_uint_eq(xpay_object_fault_count(copy), 1);
    ck_assert_str_eq(xpay_object_fault(copy, 0)->path, "/country");
    xpay_object_free(copy);
}
END_TEST

START_TEST(test_what_is_no_part_of_an_answer_is_not_copied)
{
    char *text = contract_session();
    xpay_checkout_session *session = decoded("checkout_session", text);
    xpay_ledger *ledger;
    xpay_error error;
    void *copy = session;
    ck_assert_int_eq(xpay_object_copy(session, &copy), XPAY_ERROR_ARGUMENT);
    ck_assert_ptr_null(copy);
    ck_assert_int_eq(xpay_object_copy(NULL, &copy), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_object_copy(session->payment_intent, NULL), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_checkout_session_ledger(session, &ledger, &error), XPAY_OK);
    ck_assert_uint_gt(ledger->rows_count, 0);
    ck_assert_int_eq(xpay_object_copy(ledger->rows[0], &copy), XPAY_ERROR_ARGUMENT);
    ck_assert_ptr_null(copy);
    xpay_object_free(ledger);
    xpay_object_free(session);
    free(text);
}
END_TEST

Suite *copy_suite(void)
{
    Suite *suite = suite_create("copy");
    TCase *tests = tcase_create("parts");
    tcase_add_loop_test(tests, test_copied_part_outlives_its_answer, 0, 5);
    tcase_add_test(tests, test_copy_tells_how_its_answer_was_got_and_what_is_wrong_with_it);
    tcase_add_test(tests, test_what_is_no_part_of_an_answer_is_not_copied);
    suite_add_tcase(suite, tests);
    return suite;
}
