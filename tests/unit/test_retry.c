/* Repeats on the wire: the same bytes under the same key, as long as the reserve and the time allow. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "answers_scripted.h"
#include "net/budget.h"
#include "suites.h"

static xpay_status refund(xpay_client *client, const char *key, xpay_error *error)
{
    xpay_refund_create_params params = XPAY_REFUND_CREATE_PARAMS_INIT;
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    xpay_refund *made;
    params.charge_id = "ch_1";
    params.has_amount = true;
    params.amount = 500;
    options.idempotency_key = key;
    xpay_status status = xpay_refund_create(client, &params, &options, &made, error);
    xpay_object_free(made);
    return status;
}

/* A script, and what one refund comes to. */
static const struct retry_case {
    const char *rule;
    const char *answers[4];
    int32_t max_attempts;
    int32_t retry_budget;
    size_t requests;
    xpay_status status;
    int32_t outcome;
} retry_cases[] = {
    {"success at once", {MADE}, 0, 0, 1, XPAY_OK, XPAY_OUTCOME_NONE},
    {"a lost answer", {LOST, MADE}, 0, 0, 2, XPAY_OK, XPAY_OUTCOME_NONE},
    {"a cut status line", {"HTTP/1.1 20", MADE}, 0, 0, 2, XPAY_OK, XPAY_OUTCOME_NONE},
    {"cut headers",
     {"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n", MADE},
     0,
     0,
     2,
     XPAY_OK,
     XPAY_OUTCOME_NONE},
    {"cut headers of a refusal",
     {"HTTP/1.1 400 Bad\r\nDate: x\r\n", MADE},
     0,
     0,
     2,
     XPAY_OK,
     XPAY_OUTCOME_NONE},
    {"a cut body",
     {"HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n{\"id\"", MADE},
     0,
     0,
     2,
     XPAY_OK,
     XPAY_OUTCOME_NONE},
    {"500, 503, then success", {FAILED, BUSY, MADE}, 0, 0, 3, XPAY_OK, XPAY_OUTCOME_NONE},
    {"four attempts by default",
     {LOST, LOST, LOST, LOST},
     0,
     0,
     4,
     XPAY_ERROR_NETWORK,
     XPAY_OUTCOME_UNKNOWN},
    {"never, when told so", {LOST, MADE}, 1, 0, 1, XPAY_ERROR_NETWORK, XPAY_OUTCOME_UNKNOWN},
    {"two attempts", {BUSY, BUSY, MADE}, 2, 0, 2, XPAY_ERROR_SERVER, XPAY_OUTCOME_UNKNOWN},
    {"a reserve of one", {BUSY, BUSY, MADE}, 0, 1, 2, XPAY_ERROR_SERVER, XPAY_OUTCOME_UNKNOWN},
    {"no limit to the reserve", {BUSY, BUSY, BUSY, MADE}, 0, -1, 4, XPAY_OK, XPAY_OUTCOME_NONE},
    {"a refusal is final", {WRONG, MADE}, 0, 0, 1, XPAY_ERROR_REQUEST, XPAY_OUTCOME_REJECTED},
    {"a lost answer, then 401",
     {LOST, NO_KEY},
     0,
     0,
     2,
     XPAY_ERROR_AUTHENTICATION,
     XPAY_OUTCOME_UNKNOWN},
    {"a lost answer, then the stored refusal",
     {LOST, WRONG_AGAIN},
     0,
     0,
     2,
     XPAY_ERROR_REQUEST,
     XPAY_OUTCOME_REJECTED},
    {"a wait that is asked for",
     {SAYS("429", "Retry-After: 1\r\n", ERROR_JSON("rate_limit_error", "rate_limit")), MADE},
     0,
     0,
     2,
     XPAY_OK,
     XPAY_OUTCOME_NONE},
    {"a wait that is too long",
     {SAYS("429", "Retry-After: 21\r\n", ERROR_JSON("rate_limit_error", "rate_limit")), MADE},
     0,
     0,
     1,
     XPAY_ERROR_RATE_LIMIT,
     XPAY_OUTCOME_REJECTED},
    {"not HTTP",
     {"SSH-2.0-OpenSSH_9.2\r\n", MADE},
     0,
     0,
     1,
     XPAY_ERROR_PROTOCOL,
     XPAY_OUTCOME_UNKNOWN},
};

START_TEST(test_repeats_are_the_same_request_under_the_same_key)
{
    const struct retry_case *c = &retry_cases[_i];
    scripted *server = scripted_start(c->answers, 4);
    xpay_client_options options = scripted_options(server);
    options.max_attempts = c->max_attempts;
    options.retry_budget = c->retry_budget;
    options.timeout_ms = 30000;
    xpay_client *client;
    xpay_error error;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    xpay_status status = refund(client, NULL, &error);
    ck_assert_msg(status == c->status, "%s: %s", c->rule, error.message);
    ck_assert_msg(error.outcome == c->outcome, "%s: outcome %s", c->rule,
                  xpay_outcome_name(error.outcome));
    ck_assert_msg(scripted_requests(server) == c->requests, "%s: %zu requests", c->rule,
                  scripted_requests(server));
    ck_assert_int_eq(error.attempts, (int)c->requests);
    for (size_t i = 1; i < c->requests; i++)
        ck_assert_str_eq(scripted_request(server, i), scripted_request(server, 0));
    char key[XPAY_IDEMPOTENCY_KEY_SIZE];
    scripted_header(scripted_request(server, 0), "Idempotency-Key", key, sizeof key);
    ck_assert_str_eq(key, error.idempotency_key);
    ck_assert_uint_eq(strlen(key), 32);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

START_TEST(test_call_may_have_its_own_number_of_attempts)
{
    static const char *const answers[] = {BUSY, BUSY, BUSY};
    scripted *server = scripted_start(answers, 3);
    xpay_client_options options = scripted_options(server);
    xpay_request_options once = XPAY_REQUEST_OPTIONS_INIT;
    xpay_client *client;
    xpay_refund *found;
    xpay_error error;
    once.max_attempts = 1;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    ck_assert_int_eq(xpay_refund_retrieve(client, "re_1", &once, &found, &error),
                     XPAY_ERROR_SERVER);
    ck_assert_uint_eq(scripted_requests(server), 1);
    once.max_attempts = -1;
    ck_assert_int_eq(xpay_refund_retrieve(client, "re_1", &once, &found, &error),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "max_attempts");
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

START_TEST(test_wait_that_is_too_long_is_told)
{
    static const char *const answers[] = {
        SAYS("503", "Retry-After: 120\r\n", ERROR_JSON("api_error", "internal_error"))};
    scripted *server = scripted_start(answers, 1);
    xpay_client_options options = scripted_options(server);
    xpay_client *client;
    xpay_error error;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    ck_assert_int_eq(refund(client, NULL, &error), XPAY_ERROR_SERVER);
    ck_assert_int_eq(error.retry_after_ms, 120000);
    ck_assert_int_eq(error.next_step, XPAY_NEXT_SAME_KEY);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* Takes and refills of a reserve of two repeats, and what is left in tenths. */
START_TEST(test_reserve_is_refilled_by_answers_alone)
{
    xpay_budget budget;
    xpay_budget_fill(&budget, 2);
    ck_assert(xpay_budget_take(&budget));
    ck_assert(xpay_budget_take(&budget));
    ck_assert(!xpay_budget_take(&budget));
    for (int i = 0; i < 9; i++)
        xpay_budget_answered(&budget, false);
    ck_assert(!xpay_budget_take(&budget));
    xpay_budget_answered(&budget, false);
    ck_assert(xpay_budget_take(&budget));
    xpay_budget_answered(&budget, true);
    ck_assert(xpay_budget_take(&budget));
    for (int i = 0; i < 100; i++)
        xpay_budget_answered(&budget, true);
    ck_assert_int_eq(budget.tenths, 20);
    xpay_budget_fill(&budget, INT32_MAX);
    ck_assert(xpay_budget_take(&budget));
    xpay_budget_fill(&budget, -1);
    for (int i = 0; i < 1000; i++)
        ck_assert(xpay_budget_take(&budget));
}
END_TEST

/* An outage: of many calls, only as many are repeated as the reserve has. */
START_TEST(test_outage_is_not_amplified)
{
    enum { CALLS = 20, RESERVE = 3 };
    static const char *answers[CALLS + RESERVE + 1];
    for (size_t i = 0; i < LENGTH(answers); i++)
        answers[i] = BUSY;
    scripted *server = scripted_start(answers, LENGTH(answers));
    xpay_client_options options = scripted_options(server);
    options.retry_budget = RESERVE;
    xpay_client *client;
    xpay_error error;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    for (int i = 0; i < CALLS; i++)
        ck_assert_int_eq(refund(client, NULL, &error), XPAY_ERROR_SERVER);
    ck_assert_uint_eq(scripted_requests(server), CALLS + RESERVE);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

Suite *retry_suite(void)
{
    Suite *suite = suite_create("retry");
    TCase *tests = tcase_create("repeats");
    tcase_set_timeout(tests, 30);
    tcase_add_loop_test(tests, test_repeats_are_the_same_request_under_the_same_key, 0,
                        (int)LENGTH(retry_cases));
    tcase_add_test(tests, test_call_may_have_its_own_number_of_attempts);
    tcase_add_test(tests, test_wait_that_is_too_long_is_told);
    tcase_add_test(tests, test_reserve_is_refilled_by_answers_alone);
    tcase_add_test(tests, test_outage_is_not_amplified);
    suite_add_tcase(suite, tests);
    return suite;
}
