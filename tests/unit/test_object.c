/* Objects: printed for people without secrets, told how they came, freed once, read by many threads. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "json/decode.h"
#include "suites.h"

static char *printed(const void *object)
{
    char *text = NULL;
    ck_assert_int_eq(xpay_object_print(object, &text), XPAY_OK);
    ck_assert_ptr_nonnull(text);
    return text;
}

START_TEST(test_print_shows_every_member_on_a_line)
{
    static const char expected[] = "refund\n"
                                   "  id: \"re_1\"\n"
                                   "  amount: 12345 (123.45 EGP)\n"
                                   "  chargeId: \"ch_1\"\n"
                                   "  createdAt: 2026-05-01T10:00:00.000Z\n"
                                   "  currency: EGP\n"
                                   "  presentmentDetails: presentment_details\n"
                                   "    amount: 241 (2.41 USD)\n"
                                   "    currency: USD\n"
                                   "    exchangeRate: 51.0200\n"
                                   "    exchangeRateId: \"exr_1\"\n"
                                   "  status: PENDING\n"
                                   "  feeAmount: 0 (0.00 EGP)\n"
                                   "  balanceTransaction: balance_transaction\n"
                                   "    id: \"txn_1\"\n"
                                   "    amount: -12345 (-12.345 KWD)\n"
                                   "    currency: KWD\n"
                                   "    fee: 0 (0.000 KWD)\n"
                                   "    net: -12345 (-12.345 KWD)\n"
                                   "    feeDetails[0]: fee_detail\n"
                                   "      amount: 1\n"
                                   "      type: \"xpay_fee\"\n"
                                   "    feeDetails[1]: fee_detail\n"
                                   "      amount: 2\n"
                                   "      type: \"tax\"\n"
                                   "    status: PENDING\n";
    xpay_refund *refund = decoded(
        "refund",
        REFUND("re_1",
               "'amount':'12345','chargeId':'ch_1','createdAt':'2026-05-01T12:00:00+02:00',"
               "'currency':'EGP','status':'PENDING','presentmentDetails':{'amount':241,"
               "'currency':'USD','exchangeRate':51.0200,'exchangeRateId':'exr_1'},'feeAmount':0,"
               "'balanceTransaction':{'id':'txn_1','amount':-12345,'currency':'KWD','fee':0,"
               "'net':-12345,'status':'PENDING','feeDetails':[{'amount':1,'type':'xpay_fee'},"
               "{'amount':2,'type':'tax'}]}"));
    char *text = printed(refund);
    ck_assert_str_eq(text, expected);
    xpay_text_free(text);
    xpay_object_free(refund);
}
END_TEST

START_TEST(test_print_leaves_out_what_is_absent)
{
    static const char expected[] = "customer\n"
                                   "  id: \"cus_1\"\n"
                                   "  guestFingerprint: guest_fingerprint\n"
                                   "    emails: none\n"
                                   "    phones[0]: \"+20100\"\n"
                                   "  metadata: {\"a\" :  1}\n";
    xpay_customer *customer = decoded(
        "customer", "{'object':'customer','id':'cus_1','name':null,'type':'martian',"
                    "'guestFingerprint':{'emails':[],'phones':['+20100']},'metadata':{'a' :\n 1}}");
    char *text = printed(customer);
    ck_assert_str_eq(text, expected);
    xpay_text_free(text);
    xpay_object_free(customer);
}
END_TEST

START_TEST(test_print_of_a_time_that_is_absent_shows_no_1970)
{
    xpay_checkout_session *session = decoded("checkout_session", SESSION("'status':'open'"));
    char *text = printed(session);
    ck_assert_ptr_null(strstr(text, "1970"));
    ck_assert_ptr_null(strstr(text, "createdAt"));
    xpay_text_free(text);
    xpay_object_free(session);
}
END_TEST

START_TEST(test_print_keeps_text_on_its_line_and_off_the_terminal)
{
    xpay_refund *refund =
        decoded("refund",
                REFUND("re_1", "'amount':1,'description':'a\\n\\u001b[31m\\\\\\'\\u007f\xc3\xa9'"));
    char *text = printed(refund);
    ck_assert_ptr_nonnull(
        strstr(text, "  description: \"a\\u000a\\u001b[31m\\\\\\\"\\u007f\xc3\xa9\"\n"));
    for (const char *c = text; *c != '\0'; c++)
        ck_assert(*c == '\n' || ((unsigned char)*c >= 0x20 && *c != 0x7F));
    xpay_text_free(text);
    xpay_object_free(refund);
}
END_TEST

START_TEST(test_print_masks_secrets)
{
    char *text = _i == 0 ? contract_session() : page_session();
    xpay_checkout_session *session = decoded("checkout_session", text);
    ck_assert_ptr_nonnull(strstr(session->client_secret, CANARY));
    ck_assert_ptr_nonnull(strstr(session->payment_intent->client_secret, CANARY));
    char *whole = printed(session), *part = printed(session->payment_intent);
    ck_assert_ptr_null(strstr(whole, CANARY));
    ck_assert_ptr_null(strstr(whole, "_secret_"));
    ck_assert_ptr_null(strstr(part, CANARY));
    ck_assert_ptr_nonnull(strstr(whole, "\n  clientSecret: ********\n"));
    ck_assert_ptr_nonnull(strstr(whole, "\n    clientSecret: ********\n"));
    ck_assert_ptr_nonnull(strstr(part, "\n  clientSecret: ********\n"));
    xpay_text_free(whole);
    xpay_text_free(part);
    xpay_object_free(session);
    free(text);
}
END_TEST

START_TEST(test_print_without_an_argument_is_refused)
{
    xpay_refund *refund = decoded("refund", REFUND("re_1", "'amount':1"));
    char *text = (char *)refund;
    ck_assert_int_eq(xpay_object_print(NULL, &text), XPAY_ERROR_ARGUMENT);
    ck_assert_ptr_null(text);
    ck_assert_int_eq(xpay_object_print(refund, NULL), XPAY_ERROR_ARGUMENT);
    xpay_text_free(NULL);
    xpay_object_free(refund);
}
END_TEST

START_TEST(test_response_is_copied_and_shared_by_the_whole_tree)
{
    char request_id[] = "req_1", key[] = "order-1";
    xpay_response response = {.http_status = 201,
                              .attempts = 2,
                              .request_id = request_id,
                              .idempotency_key = key,
                              .total_us = 1234,
                              .clock_skew_ms = -5,
                              .has_clock_skew = true,
                              .replayed = true};
    char *text = contract_session(), *json = json_of(text);
    void *object;
    ck_assert_int_eq(xpay_decode(xpay_type_by_name("checkout_session"), json, strlen(json),
                                 &response, &object, NULL),
                     XPAY_OK);
    memset(request_id, '#', sizeof request_id - 1);
    memset(key, '#', sizeof key - 1);
    memset(json, '#', strlen(json));
    memset(&response, 0, sizeof response);
    const xpay_checkout_session *session = object;
    const xpay_response *kept = xpay_object_response(session->payment_intent->charges[0]);
    ck_assert_ptr_eq(kept, xpay_object_response(session));
    ck_assert_int_eq(kept->http_status, 201);
    ck_assert_int_eq(kept->attempts, 2);
    ck_assert_str_eq(kept->request_id, "req_1");
    ck_assert_str_eq(kept->idempotency_key, "order-1");
    ck_assert_int_eq(kept->total_us, 1234);
    ck_assert_int_eq(kept->clock_skew_ms, -5);
    ck_assert(kept->has_clock_skew && kept->replayed && !kept->connection_reused);
    ck_assert_str_eq(session->id, "cs_test_1");
    ck_assert_ptr_null(xpay_object_response(NULL));
    xpay_object_free(object);
    free(json);
    free(text);
}
END_TEST

START_TEST(test_object_without_a_call_has_an_empty_response)
{
    xpay_refund *refund = decoded("refund", REFUND("re_1", "'amount':1"));
    const xpay_response *response = xpay_object_response(refund);
    ck_assert_int_eq(response->http_status, 0);
    ck_assert_ptr_null(response->request_id);
    ck_assert_ptr_null(response->idempotency_key);
    xpay_object_free(refund);
}
END_TEST

START_TEST(test_freeing_null_or_a_nested_object_does_nothing)
{
    char *text = contract_session();
    xpay_checkout_session *session = decoded("checkout_session", text);
    xpay_object_free(NULL);
    xpay_object_free((void *)session->payment_intent);
    xpay_object_free((void *)session->payment_intent->charges[1]);
    xpay_object_free((void *)session->line_items[0]->price->product);
    ck_assert_str_eq(session->payment_intent->charges[1]->id, "ch_2");
    ck_assert_str_eq(session->line_items[0]->price->product->id, "prod_1");
    xpay_object_free(session);
    free(text);
}
END_TEST

enum { THREADS = 8, ROUNDS = 40 };

/* What one thread reads of a session that it shares with others: 0 when something was wrong. */
static void *read_shared(void *argument)
{
    const xpay_checkout_session *session = argument;
    const xpay_charge *charge = session->payment_intent->charges[1];
    for (int round = 0; round < ROUNDS; round++) {
        const char *value;
        size_t length, refunds;
        char *text = NULL;
        xpay_order_ids ids;
        xpay_ledger *ledger = NULL;
        const xpay_refund *list[4];
        xpay_checkout_session_order_ids(session, &ids);
        refunds = xpay_payment_intent_refunds(session->payment_intent, list, 4);
        bool fine =
            xpay_object_get(session, "/paymentIntent/charges/1/id", &value, &length) == XPAY_OK &&
            length == 6 && memcmp(value, "\"ch_2\"", 6) == 0 &&
            xpay_object_json(charge, &length) == charge->base.json && length > 1000 &&
            xpay_object_print(session, &text) == XPAY_OK && strlen(text) > 1000 &&
            strcmp(xpay_json_get(session->metadata, "order_id"), "A-1") == 0 &&
            xpay_object_fault_count(charge) == 0 && refunds == 2 &&
            strcmp(ids.payment_intent, "pi_1") == 0 &&
            xpay_checkout_session_ledger(session, &ledger, NULL) == XPAY_OK &&
            ledger->totals[0]->refunded == 15000;
        xpay_text_free(text);
        xpay_object_free(ledger);
        if (!fine)
            return NULL;
    }
    return argument;
}

START_TEST(test_eight_threads_read_one_object)
{
    char *text = contract_session();
    xpay_checkout_session *session = decoded("checkout_session", text);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, read_shared, session), 0);
    for (int i = 0; i < THREADS; i++) {
        void *result;
        ck_assert_int_eq(pthread_join(threads[i], &result), 0);
        ck_assert_ptr_eq(result, session);
    }
    xpay_object_free(session);
    free(text);
}
END_TEST

/* What one thread decodes and frees while others do. */
static void *decode_own(void *argument)
{
    for (int round = 0; round < ROUNDS; round++) {
        void *object;
        if (xpay_decode(xpay_type_by_name("checkout_session"), argument, strlen(argument), NULL,
                        &object, NULL) != XPAY_OK)
            return NULL;
        bool fine = strcmp(((xpay_checkout_session *)object)->id, "cs_test_1") == 0;
        xpay_object_free(object);
        if (!fine)
            return NULL;
    }
    return argument;
}

START_TEST(test_eight_threads_decode_at_once)
{
    char *text = contract_session(), *json = json_of(text);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, decode_own, json), 0);
    for (int i = 0; i < THREADS; i++) {
        void *result;
        ck_assert_int_eq(pthread_join(threads[i], &result), 0);
        ck_assert_ptr_eq(result, json);
    }
    free(json);
    free(text);
}
END_TEST

Suite *object_suite(void)
{
    Suite *suite = suite_create("object");
    TCase *tests = tcase_create("print");
    tcase_add_test(tests, test_print_shows_every_member_on_a_line);
    tcase_add_test(tests, test_print_leaves_out_what_is_absent);
    tcase_add_test(tests, test_print_of_a_time_that_is_absent_shows_no_1970);
    tcase_add_test(tests, test_print_keeps_text_on_its_line_and_off_the_terminal);
    tcase_add_loop_test(tests, test_print_masks_secrets, 0, 2);
    tcase_add_test(tests, test_print_without_an_argument_is_refused);
    suite_add_tcase(suite, tests);

    tests = tcase_create("life");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, test_response_is_copied_and_shared_by_the_whole_tree);
    tcase_add_test(tests, test_object_without_a_call_has_an_empty_response);
    tcase_add_test(tests, test_freeing_null_or_a_nested_object_does_nothing);
    tcase_add_test(tests, test_eight_threads_read_one_object);
    tcase_add_test(tests, test_eight_threads_decode_at_once);
    suite_add_tcase(suite, tests);
    return suite;
}
