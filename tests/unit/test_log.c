/* The hooks are told what happens, at the levels asked for, and never a secret. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answers_scripted.h"
#include "json/redact.h"
#include "suites.h"

#define API_KEY "sk_test_canary0123456789"

typedef struct notes {
    char text[16384];
    int lines[XPAY_LOG_DEBUG + 1];
    int requests;
    int responses;
    int bodies;
    xpay_trace_event last;
    char request_id[64];
} notes;

static void note(notes *n, const char *text)
{
    size_t length = strlen(n->text);
    snprintf(n->text + length, sizeof n->text - length, "%s\n", text == NULL ? "" : text);
}

static void log_line(void *context, int32_t level, const char *message)
{
    notes *n = context;
    n->lines[level]++;
    ck_assert_ptr_null(strchr(message, '\n'));
    note(n, message);
}

static void trace_event(void *context, const xpay_trace_event *event)
{
    notes *n = context;
    ck_assert_uint_eq(event->size, sizeof *event);
    if (event->kind == XPAY_TRACE_REQUEST)
        n->requests++;
    else
        n->responses++;
    n->last = *event;
    note(n, event->operation);
    note(n, event->method);
    note(n, event->path);
    note(n, event->request_id);
    note(n, event->idempotency_key);
    if (event->body != NULL) {
        n->bodies++;
        ck_assert_uint_eq(strlen(event->body), event->body_length);
        note(n, event->body);
    }
    snprintf(n->request_id, sizeof n->request_id, "%s",
             event->request_id == NULL ? "" : event->request_id);
}

/* A script, a level, and how many lines of each level one refund gives. */
static const struct level_case {
    const char *answers[3];
    int32_t level;
    int32_t lines[XPAY_LOG_DEBUG + 1];
} level_cases[] = {
    {{MADE}, 0, {0, 0, 0, 0, 0}},
    {{MADE}, XPAY_LOG_INFO, {0, 0, 0, 1, 0}},
    {{MADE}, XPAY_LOG_DEBUG, {0, 0, 0, 1, 2}},
    {{BUSY, MADE}, 0, {0, 0, 1, 0, 0}},
    {{BUSY, MADE}, XPAY_LOG_DEBUG, {0, 0, 1, 1, 4}},
    {{WRONG}, 0, {0, 1, 0, 0, 0}},
    {{WRONG}, XPAY_LOG_ERROR, {0, 1, 0, 0, 0}},
    {{BUSY, WRONG}, XPAY_LOG_ERROR, {0, 1, 0, 0, 0}},
    {{SAYS("201", "Date: Thu, 01 Jan 2026 00:00:00 GMT\r\n", REFUND_JSON)}, 0, {0, 0, 1, 0, 0}},
};

static xpay_status refund(xpay_client *client, xpay_error *error)
{
    xpay_refund_create_params params = XPAY_REFUND_CREATE_PARAMS_INIT;
    xpay_refund *made;
    params.charge_id = "ch_1";
    params.description = "key " API_KEY ", card 4111111111111111";
    xpay_status status = xpay_refund_create(client, &params, NULL, &made, error);
    xpay_object_free(made);
    return status;
}

START_TEST(test_each_level_has_its_lines)
{
    const struct level_case *c = &level_cases[_i];
    scripted *server = scripted_start(c->answers, 3);
    xpay_client_options options = scripted_options(server);
    xpay_client *client;
    xpay_error error;
    notes n = {.text = ""};
    options.log = log_line;
    options.log_context = &n;
    options.log_level = c->level;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    xpay_status status = refund(client, &error);
    (void)status;
    for (int32_t level = XPAY_LOG_ERROR; level <= XPAY_LOG_DEBUG; level++)
        ck_assert_msg(n.lines[level] == c->lines[level], "case %d: %d lines of level %d:\n%s", _i,
                      n.lines[level], level, n.text);
    ck_assert_ptr_null(strstr(n.text, "canary"));
    if (n.lines[XPAY_LOG_ERROR] + n.lines[XPAY_LOG_INFO] > 0)
        ck_assert_ptr_nonnull(strstr(n.text, error.idempotency_key));
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

START_TEST(test_key_that_looks_like_a_secret_is_masked)
{
    static const char *const answers[] = {BUSY, BUSY, BUSY, BUSY};
    scripted *server = scripted_start(answers, 4);
    xpay_client_options options = scripted_options(server);
    xpay_refund_create_params params = XPAY_REFUND_CREATE_PARAMS_INIT;
    xpay_request_options request = XPAY_REQUEST_OPTIONS_INIT;
    xpay_client *client;
    xpay_refund *made;
    xpay_error error;
    notes n = {.text = ""};
    options.log = log_line;
    options.log_context = &n;
    options.log_level = XPAY_LOG_DEBUG;
    options.trace = trace_event;
    options.trace_context = &n;
    options.max_attempts = 2;
    params.charge_id = "ch_1";
    request.idempotency_key = "sk_test_canary_for_a_key";
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    ck_assert_int_eq(xpay_refund_create(client, &params, &request, &made, &error),
                     XPAY_ERROR_SERVER);
    ck_assert_ptr_null(strstr(n.text, "canary"));
    ck_assert_str_eq(error.idempotency_key, request.idempotency_key);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

START_TEST(test_skew_is_told_once)
{
    static const char *const answers[] = {
        SAYS("200", "Date: Thu, 01 Jan 2026 00:00:00 GMT\r\n", REFUND_JSON),
        SAYS("200", "Date: Thu, 01 Jan 2026 00:00:00 GMT\r\n", REFUND_JSON)};
    scripted *server = scripted_start(answers, 2);
    xpay_client_options options = scripted_options(server);
    xpay_client *client;
    xpay_refund *found;
    notes n = {.text = ""};
    options.log = log_line;
    options.log_context = &n;
    ck_assert_int_eq(xpay_client_new(&options, &client, NULL), XPAY_OK);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(xpay_refund_retrieve(client, "re_1", NULL, &found, NULL), XPAY_OK);
        xpay_object_free(found);
    }
    ck_assert_int_eq(n.lines[XPAY_LOG_WARN], 1);
    ck_assert_ptr_nonnull(strstr(n.text, "clock"));
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

START_TEST(test_every_attempt_is_traced_without_secrets)
{
    static const char *const answers[] = {
        BUSY, SAYS("201", "Request-Id: req_7\r\n",
                   "{\"clientSecret\":\"plaincanary\",\"k\":\"whsec_canary\"," REFUND_TAIL)};
    for (int bodies = 0; bodies < 2; bodies++) {
        scripted *server = scripted_start(answers, 2);
        xpay_client_options options = scripted_options(server);
        xpay_client *client;
        xpay_error error;
        notes n = {.text = ""};
        options.trace = trace_event;
        options.trace_context = &n;
        options.trace_bodies = bodies == 1;
        ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
        ck_assert_int_eq(refund(client, &error), XPAY_OK);
        ck_assert_int_eq(n.requests, 2);
        ck_assert_int_eq(n.responses, 2);
        ck_assert_int_eq(n.bodies, bodies * 4);
        ck_assert_int_eq(n.last.attempt, 2);
        ck_assert_int_eq(n.last.http_status, 201);
        ck_assert_int_eq(n.last.status, XPAY_OK);
        ck_assert_str_eq(n.request_id, "req_7");
        ck_assert_int_gt(n.last.total_us, 0);
        ck_assert_int_ge(n.last.total_us, n.last.first_byte_us);
        ck_assert_ptr_null(strstr(n.text, "canary"));
        ck_assert_ptr_null(strstr(n.text, "4111111111111111"));
        ck_assert_int_eq(strstr(n.text, "\"chargeId\":\"ch_1\"") != NULL, bodies);
        xpay_client_free(client);
        scripted_stop(server);
    }
}
END_TEST

static const struct redact_case {
    const char *json;
    const char *redacted;
} redact_cases[] = {
    {"{\"clientSecret\":\"abc\"}", "{\"clientSecret\":\"***\"}"},
    {"{\"a\":{\"secret\" : \"abc\"},\"b\":1}", "{\"a\":{\"secret\" : \"***\"},\"b\":1}"},
    {"{\"clientSecret\":null,\"a\":\"b\"}", "{\"clientSecret\":null,\"a\":\"b\"}"},
    {"{\"clientSecret\":\"a\\\"b\",\"c\":\"d\"}", "{\"clientSecret\":\"****\",\"c\":\"d\"}"},
    {"{\"clientSecret\":\"cut", "{\"clientSecret\":\"***"},
    {"{\"clientSecret\":\"", "{\"clientSecret\":\""},
    {"{\"clientSecret\":\"cut\\", "{\"clientSecret\":\"****"},
    {"{\"a\":\"clientSecret\",\"b\":\"c\"}", "{\"a\":\"clientSecret\",\"b\":\"c\"}"},
    {"{\"a\":\"sk_live_1\"}", "{\"a\":\"*********\"}"},
    {"{\"a\":\"pi_1_secret_2\"}", "{\"a\":\"*************\"}"},
    {"[4111111111111111,12]", "[****************,12]"},
    {"{\"a\":\"sk\\u005flive_1\"}", "{\"a\":\"*********\"}"},
    {"{\"a\":\"s\\u006B\\u005Flive_1\"}", "{\"a\":\"*********\"}"},
    {"{\"client\\u0053ecret\":\"abc\"}", "{\"clientSecret\":\"***\"}"},
    {"[\"4111\\u00311111111111\\u0031\"]", "[\"****************\"]"},
    {"{\"a\":\"\\\\u0041\\u0022\\u005c\\u00e9\\u00g1\\u004\"}",
     "{\"a\":\"\\\\u0041\\u0022\\u005c\\u00e9\\u00g1\\u004\"}"},
    {"\\", "\\"},
    {"\\u00", "\\u00"},
    {"not json sk_test_1", "not json *********"},
    {"", ""},
};

START_TEST(test_secrets_are_masked_by_field_and_by_shape)
{
    const struct redact_case *c = &redact_cases[_i];
    size_t length = strlen(c->json);
    char *redacted = xpay_redact_json(c->json, length);
    ck_assert_str_eq(redacted, c->redacted);
    xpay_redact_free(redacted, length);
    redacted = xpay_redact_json("a\0sk_test_1", 11);
    ck_assert_str_eq(redacted, "a *********");
    xpay_redact_free(redacted, 11);
}
END_TEST

START_TEST(test_level_is_one_that_exists)
{
    static const int32_t levels[] = {-1, XPAY_LOG_DEBUG + 1};
    for (size_t i = 0; i < LENGTH(levels); i++) {
        xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
        xpay_client *client;
        xpay_error error;
        options.api_key = API_KEY;
        options.log_level = levels[i];
        ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_ERROR_ARGUMENT);
        ck_assert_str_eq(error.param, "log_level");
    }
}
END_TEST

Suite *log_suite(void)
{
    Suite *suite = suite_create("log");
    TCase *tests = tcase_create("hooks");
    tcase_set_timeout(tests, 20);
    tcase_add_loop_test(tests, test_each_level_has_its_lines, 0, (int)LENGTH(level_cases));
    tcase_add_test(tests, test_key_that_looks_like_a_secret_is_masked);
    tcase_add_test(tests, test_skew_is_told_once);
    tcase_add_test(tests, test_every_attempt_is_traced_without_secrets);
    tcase_add_loop_test(tests, test_secrets_are_masked_by_field_and_by_shape, 0,
                        (int)LENGTH(redact_cases));
    tcase_add_test(tests, test_level_is_one_that_exists);
    suite_add_tcase(suite, tests);
    return suite;
}
