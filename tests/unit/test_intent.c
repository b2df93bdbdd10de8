/* What is about to be done is written down before it is sent, and settled after. */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "shelf.h"
#include "suites.h"

/* One call with a store that answers so, and how the intent is settled. */
static const struct settle_case {
    const char *rule;
    const char *answer;
    int64_t open_for_ms; /* how long the row has been open; 0: it is new */
    xpay_status status;
    int32_t outcome;
    int32_t settlement;
} settle_cases[] = {
    {"done", MADE, 0, XPAY_OK, XPAY_OUTCOME_NONE, XPAY_SETTLEMENT_APPLIED},
    {"refused", WRONG, 0, XPAY_ERROR_REQUEST, XPAY_OUTCOME_REJECTED, XPAY_SETTLEMENT_REJECTED},
    {"too many", TOO_MANY, 0, XPAY_ERROR_RATE_LIMIT, XPAY_OUTCOME_REJECTED,
     XPAY_SETTLEMENT_REJECTED},
    {"lost", LOST, 0, XPAY_ERROR_NETWORK, XPAY_OUTCOME_UNKNOWN, XPAY_SETTLEMENT_OPEN},
    {"failed", FAILED, 0, XPAY_ERROR_SERVER, XPAY_OUTCOME_UNKNOWN, XPAY_SETTLEMENT_OPEN},
    {"unreadable", SAYS("201", "", "{}"), 0, XPAY_ERROR_DECODE, XPAY_OUTCOME_APPLIED,
     XPAY_SETTLEMENT_UNREADABLE},
    {"done after a doubt", MADE, HOUR_MS, XPAY_OK, XPAY_OUTCOME_NONE, XPAY_SETTLEMENT_APPLIED},
    {"refused after a doubt", WRONG, HOUR_MS, XPAY_ERROR_REQUEST, XPAY_OUTCOME_UNKNOWN,
     XPAY_SETTLEMENT_OPEN},
    {"stored refusal after a doubt", WRONG_AGAIN, HOUR_MS, XPAY_ERROR_REQUEST, XPAY_OUTCOME_UNKNOWN,
     XPAY_SETTLEMENT_OPEN},
    {"wrong API key after a doubt", NO_KEY, HOUR_MS, XPAY_ERROR_AUTHENTICATION,
     XPAY_OUTCOME_UNKNOWN, XPAY_SETTLEMENT_OPEN},
};

START_TEST(test_intent_is_recorded_first_and_settled_by_the_outcome)
{
    const struct settle_case *c = &settle_cases[_i];
    scripted *server = scripted_start(&c->answer, 1);
    shelf s = {0};
    s.open_since_ms = c->open_for_ms == 0 ? 0 : wall_ms() - c->open_for_ms;
    xpay_client *client = shelf_client(&s, server);
    xpay_error error;
    int64_t before = wall_ms();
    xpay_status status = shelf_refund(client, "order-1042-refund-1", &error);
    ck_assert_msg(status == c->status, "%s: %s", c->rule, error.message);
    ck_assert_msg(error.outcome == c->outcome, "%s: %s", c->rule, xpay_outcome_name(error.outcome));
    ck_assert_msg(s.settlement == c->settlement, "%s: settlement %d", c->rule, s.settlement);
    ck_assert_int_eq(s.records, 1);
    ck_assert_int_eq(s.settles, 1);
    ck_assert_int_eq(s.has_json, c->settlement == XPAY_SETTLEMENT_APPLIED);
    ck_assert_uint_eq(s.requests_at_record, 0);
    ck_assert_str_eq(s.key, "order-1042-refund-1");
    ck_assert_str_eq(s.operation, "refund_create");
    ck_assert_str_eq(s.order, "1042");
    ck_assert_str_eq(s.method, "POST");
    ck_assert_str_eq(s.target, "/refunds");
    ck_assert_str_eq(s.body, "{\"chargeId\":\"ch_1\",\"amount\":500}");
    ck_assert_uint_eq(strspn(s.fingerprint, "0123456789abcdef"), 64);
    ck_assert_int_ge(s.intent.created_ms, before);
    ck_assert_int_eq(s.intent.not_after_ms, s.intent.created_ms + 23 * HOUR_MS);
    ck_assert(!s.intent.livemode);
    ck_assert_str_eq(s.account, "the shop in Cairo");
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* Another process records the same, or the row cannot be settled: then this one's end is not the end. */
static const struct joined_case {
    const char *rule;
    const char *answer;
    bool joined;
    xpay_status settle;
    xpay_status status;
    int32_t outcome;
    int32_t next_step;
} joined_cases[] = {
    {"joined, refused", WRONG, true, XPAY_OK, XPAY_ERROR_REQUEST, XPAY_OUTCOME_UNKNOWN,
     XPAY_NEXT_SAME_KEY},
    {"joined, too many", TOO_MANY, true, XPAY_OK, XPAY_ERROR_RATE_LIMIT, XPAY_OUTCOME_UNKNOWN,
     XPAY_NEXT_SAME_KEY},
    {"joined, done", MADE, true, XPAY_OK, XPAY_OK, XPAY_OUTCOME_NONE, XPAY_NEXT_NONE},
    {"not settled, refused", WRONG, false, XPAY_ERROR_MEMORY, XPAY_ERROR_REQUEST,
     XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_SAME_KEY},
    {"not settled, done", MADE, false, XPAY_ERROR_MEMORY, XPAY_OK, XPAY_OUTCOME_NONE,
     XPAY_NEXT_NONE},
    {"not settled, unreadable", SAYS("201", "", "{}"), false, XPAY_ERROR_MEMORY, XPAY_ERROR_DECODE,
     XPAY_OUTCOME_APPLIED, XPAY_NEXT_LOOK},
};

START_TEST(test_row_that_stays_open_leaves_the_call_in_doubt)
{
    const struct joined_case *c = &joined_cases[_i];
    scripted *server = scripted_start(&c->answer, 1);
    shelf s = {.joined = c->joined, .settle_status = c->settle};
    xpay_client *client = shelf_client(&s, server);
    xpay_error error;
    ck_assert_msg(shelf_refund(client, "k", &error) == c->status, "%s: %s", c->rule, error.message);
    ck_assert_msg(error.outcome == c->outcome, "%s: %s", c->rule, xpay_outcome_name(error.outcome));
    ck_assert_msg(error.next_step == c->next_step, "%s: %d", c->rule, error.next_step);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* What the store says to an intent, and what becomes of the call. */
static const struct refusal_case {
    xpay_status record;
    int64_t open_for_ms;
    xpay_status status;
    int32_t outcome;
    int32_t next_step;
} refusal_cases[] = {
    /* It may have been kept all the same, and be resolved one day. */
    {XPAY_ERROR_MEMORY, 0, XPAY_ERROR_MEMORY, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_SAME_KEY},
    /* What the key names may have been done. */
    {XPAY_ERROR_IDEMPOTENCY, 0, XPAY_ERROR_IDEMPOTENCY, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_LOOK},
    {XPAY_OK, 24 * HOUR_MS, XPAY_ERROR_IDEMPOTENCY, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_LOOK},
};

START_TEST(test_nothing_is_sent_that_the_store_does_not_take)
{
    const struct refusal_case *c = &refusal_cases[_i];
    static const char *const answers[] = {MADE};
    scripted *server = scripted_start(answers, 1);
    shelf s = {.record_status = c->record};
    s.open_since_ms = c->open_for_ms == 0 ? 0 : wall_ms() - c->open_for_ms;
    xpay_client *client = shelf_client(&s, server);
    xpay_error error;
    ck_assert_int_eq(shelf_refund(client, "k", &error), c->status);
    ck_assert_int_eq(error.outcome, c->outcome);
    ck_assert_int_eq(error.next_step, c->next_step);
    ck_assert_str_ne(error.message, "");
    ck_assert_uint_eq(scripted_requests(server), 0);
    ck_assert_int_eq(s.settles, c->record == XPAY_OK);
    if (s.settles > 0)
        ck_assert_int_eq(s.settlement, XPAY_SETTLEMENT_OPEN);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

START_TEST(test_reads_and_calls_without_a_key_are_not_recorded)
{
    static const char *const answers[] = {MADE, MADE};
    scripted *server = scripted_start(answers, 2);
    shelf s = {.settle_status = XPAY_ERROR_MEMORY};
    xpay_client *client = shelf_client(&s, server);
    xpay_refund_create_params params = XPAY_REFUND_CREATE_PARAMS_INIT;
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    xpay_refund *made;
    params.charge_id = "ch_1";
    options.no_idempotency_key = true;
    ck_assert_int_eq(xpay_refund_retrieve(client, "re_1", NULL, &made, NULL), XPAY_OK);
    xpay_object_free(made);
    ck_assert_int_eq(xpay_refund_create(client, &params, &options, &made, NULL), XPAY_OK);
    xpay_object_free(made);
    ck_assert_int_eq(s.records, 0);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

static xpay_status list_nothing(void *context, xpay_intent_visitor visit, void *visit_context)
{
    (void)context, (void)visit, (void)visit_context;
    return XPAY_OK;
}

START_TEST(test_store_must_be_whole)
{
    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    xpay_intent_store store = XPAY_INTENT_STORE_INIT;
    xpay_client *client;
    xpay_error error;
    options.api_key = "sk_test_1";
    options.intent_store = &store;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "intent_store");
    store.record = shelf_record;
    store.settle = shelf_settle;
    store.unsettled = list_nothing;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "intent_store");
    store.unsettled = NULL;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    ck_assert_int_eq(xpay_resolve_unsettled(client, NULL, NULL, NULL, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "intent_store");
    xpay_client_free(client);
}
END_TEST

/* Our clock is two hours ahead of XPay's: what is recorded goes by the earlier one, once it is known. */
START_TEST(test_intent_is_stamped_with_the_earlier_clock)
{
    static char refused[1024];
    char date[64];
    time_t behind = (time_t)(wall_ms() / 1000 - 7200);
    strftime(date, sizeof date, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", gmtime(&behind));
    snprintf(refused, sizeof refused,
             "HTTP/1.1 400 Scripted\r\nContent-Type: application/json\r\n%sX-Length: %s", date,
             ERROR_JSON("invalid_request_error", "parameter_invalid"));
    const char *answers[] = {refused, LOST};
    scripted *server = scripted_start(answers, 2);
    shelf s = {0};
    xpay_client *client = shelf_client(&s, server);
    xpay_error error;
    for (int64_t ahead_ms = 0; ahead_ms <= 2 * HOUR_MS; ahead_ms += 2 * HOUR_MS) {
        shelf_refund(client, ahead_ms == 0 ? "k1" : "k2", &error);
        int64_t off_ms = wall_ms() - ahead_ms - s.intent.created_ms;
        ck_assert_msg(off_ms > -5000 && off_ms < 5000, "%lld", (long long)off_ms);
        ck_assert_int_eq(s.intent.not_after_ms, s.intent.created_ms + 23 * HOUR_MS);
    }
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

Suite *intent_suite(void)
{
    Suite *suite = suite_create("intent");
    TCase *tests = tcase_create("store");
    tcase_add_loop_test(tests, test_intent_is_recorded_first_and_settled_by_the_outcome, 0,
                        (int)LENGTH(settle_cases));
    tcase_add_loop_test(tests, test_row_that_stays_open_leaves_the_call_in_doubt, 0,
                        (int)LENGTH(joined_cases));
    tcase_add_loop_test(tests, test_nothing_is_sent_that_the_store_does_not_take, 0,
                        (int)LENGTH(refusal_cases));
    tcase_add_test(tests, test_reads_and_calls_without_a_key_are_not_recorded);
    tcase_add_test(tests, test_intent_is_stamped_with_the_earlier_clock);
    tcase_add_test(tests, test_store_must_be_whole);
    suite_add_tcase(suite, tests);
    return suite;
}
