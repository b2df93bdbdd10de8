/* Raw requests: what is sent is what was given, to XPay and nowhere else, and no more often than is safe. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "json/decode.h"
#include "model/model.h"
#include "shelf.h"
#include "suites.h"

#define FINE    SAYS("200", "", "{}")
#define GONE    "HTTP/1.1 204 No Content\r\n\r\n"
#define MISSING SAYS("404", "", ERROR_JSON("invalid_request_error", "resource_missing"))

static xpay_client *client_of(scripted *server, int32_t max_attempts)
{
    xpay_client_options options = scripted_options(server);
    xpay_client *client;
    xpay_error error;
    options.max_attempts = max_attempts;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    return client;
}

/* A raw answer of text with ' for ". */
static xpay_raw *raw_of(const char *text)
{
    char *json = json_of(text);
    void *answer;
    ck_assert_int_eq(xpay_decode(&xpay_type_raw, json, strlen(json), NULL, &answer, NULL), XPAY_OK);
    free(json);
    return answer;
}

static xpay_raw_request_params params_of(const char *method, const char *path, const char *body)
{
    xpay_raw_request_params params = XPAY_RAW_REQUEST_PARAMS_INIT;
    params.method = method;
    params.path = path;
    params.body = body;
    return params;
}

/* What is given, and the parameter that is refused; NULL: it is sent as it is. */
static const struct value_case {
    const char *method;
    const char *path;
    const char *body;
    const char *param;
} value_cases[] = {
    {"GET", "/a", NULL, NULL},
    {"GET", "/", NULL, NULL},
    {"GET", "/a/b%20c/?d[gt]=1&e=f&g", NULL, NULL},
    {"GET", "/a?x=//evil.example/../y?z", NULL, NULL},
    {"GET", "/.../a..b/.a/%2e%2e%2e/%2f", NULL, NULL},
    {"GET", "/a@b:80/c", NULL, NULL},
    {"GET", "/a?liveModes=1&x=liveMode", NULL, NULL},
    {"POST", "/a", "{\"a\":[1,\"\xd9\x83\"]}", NULL},
    {"PATCH", "/a", " { } ", NULL},
    {"PUT", "/a", "[]", NULL},
    {"PUT", "/a", "7", NULL},
    {"POST", "/a", NULL, NULL},
    {"DELETE", "/a?b=c", NULL, NULL},

    {NULL, "/a", NULL, "method"},
    {"", "/a", NULL, "method"},
    {"get", "/a", NULL, "method"},
    {"HEAD", "/a", NULL, "method"},
    {"CONNECT", "/a", NULL, "method"},
    {"GET /evil HTTP/1.1\r\nX: ", "/a", NULL, "method"},
    {"GET", NULL, NULL, "path"},
    {"GET", "", NULL, "path"},
    {"GET", "a", NULL, "path"},
    {"GET", "@evil.example/", NULL, "path"},
    {"GET", ".evil.example/", NULL, "path"},
    {"GET", "https://evil.example/", NULL, "path"},
    {"GET", "//evil.example/", NULL, "path"},
    {"GET", "/\\evil.example/", NULL, "path"},
    {"GET", "/a\r\nX-Evil: 1", NULL, "path"},
    {"GET", "/a\n", NULL, "path"},
    {"GET", "/a b", NULL, "path"},
    {"GET", "/a\tb", NULL, "path"},
    {"GET", "/a#b", NULL, "path"},
    {"GET", "/a\x7f", NULL, "path"},
    {"GET", "/caf\xc3\xa9", NULL, "path"},
    {"GET", "/{id}", NULL, "path"},
    {"GET", "/a?b=%", NULL, "path"},
    {"GET", "/%2", NULL, "path"},
    {"GET", "/%zz", NULL, "path"},
    {"GET", "/..", NULL, "path"},
    {"GET", "/a/../b", NULL, "path"},
    {"GET", "/a/./b", NULL, "path"},
    {"GET", "/a/.?b", NULL, "path"},
    {"GET", "/a/%2e%2E/b", NULL, "path"},
    {"GET", "/a/.%2e", NULL, "path"},
    {"GET", "/a?liveMode=true", NULL, "path"},
    {"GET", "/a?b=c&liveMode&d", NULL, "path"},
    {"POST", "/a", "", "body"},
    {"POST", "/a", "{", "body"},
    {"POST", "/a", "{} {}", "body"},
    {"POST", "/a", "{'a':1}", "body"},
    {"POST", "/a", "007", "body"},
    {"POST", "/a", "{\"a\":\"\\u0000\"}", "body"},
    {"POST", "/a", "{\"a\":\"\xff\"}", "body"},
    {"GET", "/a", "{}", "body"},
    {"DELETE", "/a", "{}", "body"},
};

START_TEST(test_values_are_sent_as_they_are_or_refused)
{
    const struct value_case *c = &value_cases[_i];
    static const char *const answers[] = {FINE};
    scripted *server = scripted_start(answers, 1);
    xpay_client *client = client_of(server, 1);
    xpay_raw_request_params params = params_of(c->method, c->path, c->body);
    xpay_raw *answer = (xpay_raw *)&params;
    xpay_error error;
    xpay_status status = xpay_raw_request(client, &params, NULL, &answer, &error);
    ck_assert_int_eq(error.status, status);
    if (c->param != NULL) {
        ck_assert_msg(status == XPAY_ERROR_ARGUMENT, "%s %s %s", c->method, c->path, c->body);
        ck_assert_str_eq(error.param, c->param);
        ck_assert_int_eq(error.outcome, XPAY_OUTCOME_NOT_SENT);
        ck_assert_int_eq(error.next_step, XPAY_NEXT_FIX);
        ck_assert_ptr_null(answer);
        ck_assert_uint_eq(scripted_requests(server), 0);
    } else {
        char line[200], sent[200];
        ck_assert_msg(status == XPAY_OK, "%s: %s", c->path, error.message);
        const char *request = scripted_request(server, 0);
        snprintf(line, sizeof line, "%s %s HTTP/1.1\r\n", c->method, c->path);
        ck_assert_msg(strncmp(request, line, strlen(line)) == 0, "%.100s", request);
        scripted_header(request, "Authorization", sent, sizeof sent);
        ck_assert_str_eq(sent, "Bearer sk_test_canary0123456789");
        ck_assert_str_eq(strstr(request, "\r\n\r\n") + 4, c->body == NULL ? "" : c->body);
        scripted_header(request, "Idempotency-Key", sent, sizeof sent);
        ck_assert_int_eq(sent[0] != '\0', c->method[0] == 'P');
    }
    xpay_object_free(answer);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

START_TEST(test_path_has_a_greatest_length)
{
    static const char *const answers[] = {FINE};
    scripted *server = scripted_start(answers, 1);
    xpay_client *client = client_of(server, 1);
    char *path = malloc(8002);
    memset(path, 'a', 8001);
    path[0] = '/';
    path[8001] = '\0';
    xpay_raw_request_params params = params_of("GET", path, NULL);
    xpay_raw *answer;
    xpay_error error;
    ck_assert_int_eq(xpay_raw_request(client, &params, NULL, &answer, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "path");
    xpay_client_free(client);
    scripted_stop(server);
    free(path);
}
END_TEST

START_TEST(test_live_mode_is_added_as_everywhere)
{
    static const char *const answers[] = {FINE, FINE};
    scripted *server = scripted_start(answers, LENGTH(answers));
    xpay_client_options options = scripted_options(server);
    xpay_client *client;
    xpay_raw *answer;
    options.send_live_mode = true;
    ck_assert_int_eq(xpay_client_new(&options, &client, NULL), XPAY_OK);
    xpay_raw_request_params params = params_of("GET", "/a", NULL);
    ck_assert_int_eq(xpay_raw_request(client, &params, NULL, &answer, NULL), XPAY_OK);
    xpay_object_free(answer);
    params.path = "/a?b=c";
    ck_assert_int_eq(xpay_raw_request(client, &params, NULL, &answer, NULL), XPAY_OK);
    xpay_object_free(answer);
    static const char first[] = "GET /a?liveMode=false ", second[] = "GET /a?b=c&liveMode=false ";
    ck_assert_int_eq(strncmp(scripted_request(server, 0), first, sizeof first - 1), 0);
    ck_assert_int_eq(strncmp(scripted_request(server, 1), second, sizeof second - 1), 0);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* One answer to a POST, and what comes of it. `text` is the JSON; NULL: there is none. */
static const struct answer_case {
    const char *answer;
    xpay_status status;
    int32_t outcome;
    const char *text;
} answer_cases[] = {
    {SAYS("201", "", "{\"id\":\"x_1\",\"object\":\"x\",\"n\":1.50}"), XPAY_OK, XPAY_OUTCOME_NONE,
     "{\"id\":\"x_1\",\"object\":\"x\",\"n\":1.50}"},
    {SAYS("200", "", " [1, {}]"), XPAY_OK, XPAY_OUTCOME_NONE, "[1, {}]"},
    {SAYS("200", "", "\"a\\u0062c\""), XPAY_OK, XPAY_OUTCOME_NONE, "\"a\\u0062c\""},
    {SAYS("200", "", "7"), XPAY_OK, XPAY_OUTCOME_NONE, "7"},
    {SAYS("202", "", "null"), XPAY_OK, XPAY_OUTCOME_NONE, "null"},
    {SAYS("200", "", ""), XPAY_OK, XPAY_OUTCOME_NONE, NULL},
    {GONE, XPAY_OK, XPAY_OUTCOME_NONE, NULL},
    {SAYS("200", "", "<html>"), XPAY_ERROR_JSON, XPAY_OUTCOME_APPLIED, NULL},
    {SAYS("200", "", "{} {}"), XPAY_ERROR_JSON, XPAY_OUTCOME_APPLIED, NULL},
    {WRONG, XPAY_ERROR_REQUEST, XPAY_OUTCOME_REJECTED, NULL},
    {MISSING, XPAY_ERROR_NOT_FOUND, XPAY_OUTCOME_REJECTED, NULL},
    {FAILED, XPAY_ERROR_SERVER, XPAY_OUTCOME_UNKNOWN, NULL},
};

START_TEST(test_any_json_is_an_answer)
{
    const struct answer_case *c = &answer_cases[_i];
    scripted *server = scripted_start(&c->answer, 1);
    xpay_client *client = client_of(server, 1);
    xpay_raw_request_params params = params_of("POST", "/things", "{}");
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    xpay_raw *answer;
    xpay_error error;
    size_t length;
    options.idempotency_key = "thing-1";
    ck_assert_msg(xpay_raw_request(client, &params, &options, &answer, &error) == c->status,
                  "%.80s: %s", c->answer, error.message);
    ck_assert_int_eq(error.outcome, c->outcome);
    ck_assert_int_eq(answer != NULL, c->status == XPAY_OK);
    if (answer != NULL) {
        const char *value;
        ck_assert_int_eq(xpay_object_response(answer)->http_status, error.http_status);
        ck_assert_str_eq(xpay_object_response(answer)->idempotency_key, "thing-1");
        ck_assert_int_eq(answer->json != NULL, c->text != NULL);
        ck_assert_ptr_nonnull(xpay_object_json(answer, &length));
        ck_assert_int_eq(xpay_object_get(answer, "", &value, &length),
                         c->text == NULL ? XPAY_ERROR_ABSENT : XPAY_OK);
        ck_assert_int_eq(xpay_object_get(answer, "/nothing", &value, &length), XPAY_ERROR_ABSENT);
    }
    if (c->text != NULL) {
        ck_assert_str_eq(answer->json->text, c->text);
        ck_assert_uint_eq(answer->json->length, strlen(c->text));
    }
    if (_i == 0)
        ck_assert_str_eq(xpay_json_get(answer->json, "n"), "1.50");
    xpay_object_free(answer);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* How often a request is made when its first answer does not come. */
static const struct repeat_case {
    const char *method;
    bool deduplicated;
    const char *answers[2];
    size_t requests;
    xpay_status status;
    int32_t outcome;
    int32_t next_step;
} repeat_cases[] = {
#define EXPECT(status, outcome, next) XPAY_##status, XPAY_OUTCOME_##outcome, XPAY_NEXT_##next
    {"GET", false, {LOST, FINE}, 2, EXPECT(OK, NONE, NONE)},
    {"POST", false, {LOST, FINE}, 1, EXPECT(ERROR_NETWORK, UNKNOWN, LOOK)},
    {"PATCH", false, {LOST, FINE}, 1, EXPECT(ERROR_NETWORK, UNKNOWN, LOOK)},
    {"PUT", false, {LOST, FINE}, 1, EXPECT(ERROR_NETWORK, UNKNOWN, LOOK)},
    {"POST", false, {FAILED, FINE}, 1, EXPECT(ERROR_SERVER, UNKNOWN, LOOK)},
    {"POST", false, {TOO_MANY, FINE}, 2, EXPECT(OK, NONE, NONE)},
    {"POST", true, {LOST, FINE}, 2, EXPECT(OK, NONE, NONE)},
    {"PATCH", true, {FAILED, FINE}, 2, EXPECT(OK, NONE, NONE)},
    {"PUT", true, {LOST, FINE}, 2, EXPECT(OK, NONE, NONE)},
    {"DELETE", false, {LOST, GONE}, 2, EXPECT(OK, NONE, NONE)},
    {"DELETE", false, {LOST, MISSING}, 2, EXPECT(OK, NONE, NONE)},
    {"DELETE", false, {MISSING}, 1, EXPECT(ERROR_NOT_FOUND, REJECTED, FIX)},
};

START_TEST(test_only_what_is_deduplicated_is_repeated)
{
    const struct repeat_case *c = &repeat_cases[_i];
    scripted *server = scripted_start(c->answers, 2);
    xpay_client *client = client_of(server, 0);
    xpay_raw_request_params params =
        params_of(c->method, "/things", c->method[0] == 'P' ? "{}" : NULL);
    xpay_raw *answer;
    xpay_error error;
    params.deduplicated = c->deduplicated;
    ck_assert_int_eq(xpay_raw_request(client, &params, NULL, &answer, &error), c->status);
    ck_assert_int_eq(error.outcome, c->outcome);
    ck_assert_int_eq(error.next_step, c->next_step);
    ck_assert_uint_eq(scripted_requests(server), c->requests);
    ck_assert_int_eq(answer != NULL, c->status == XPAY_OK);
    if (answer != NULL)
        ck_assert_int_eq(xpay_object_response(answer)->http_status,
                         c->answers[1] == NULL ? 0 : atoi(c->answers[1] + strlen("HTTP/1.1 ")));
    if (c->requests == 2) {
        char keys[2][64];
        for (size_t i = 0; i < 2; i++)
            scripted_header(scripted_request(server, i), "Idempotency-Key", keys[i], 64);
        ck_assert_str_eq(keys[0], keys[1]);
    }
    xpay_object_free(answer);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* The caller's memory may hold another method the next time, at the same address. */
START_TEST(test_each_request_has_its_own_method)
{
    static const char *const methods[] = {"PATCH", "PUT", "DELETE", "GET", "POST"};
    static const char *const answers[] = {FINE, FINE, FINE, FINE, FINE};
    scripted *server = scripted_start(answers, LENGTH(answers));
    xpay_client *client = client_of(server, 1);
    char method[8];
    for (size_t i = 0; i < LENGTH(methods); i++) {
        xpay_raw_request_params params = params_of(method, "/a", NULL);
        xpay_raw *answer;
        snprintf(method, sizeof method, "%s", methods[i]);
        ck_assert_int_eq(xpay_raw_request(client, &params, NULL, &answer, NULL), XPAY_OK);
        xpay_object_free(answer);
        ck_assert_int_eq(strncmp(scripted_request(server, i), methods[i], strlen(methods[i])), 0);
    }
    ck_assert_uint_eq(scripted_connections(server), 1);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* A raw request that was left open, and what resolving it comes to. */
static const struct open_case {
    bool deduplicated;
    const char *operation;
    int32_t verdict;
    size_t requests;
    int32_t settlement;
} open_cases[] = {
    {false, "raw_request", XPAY_RESOLUTION_ASK_A_PERSON, 1, XPAY_SETTLEMENT_OPEN},
    {true, "raw_request_deduplicated", XPAY_RESOLUTION_DONE, 2, XPAY_SETTLEMENT_APPLIED},
};

START_TEST(test_open_raw_request_is_asked_for_again_only_when_deduplicated)
{
    static const char *const answers[] = {LOST, SAYS("200", "", "{\"id\":\"cus_1\"}")};
    const struct open_case *c = &open_cases[_i];
    scripted *server = scripted_start(answers, 2);
    shelf s = {0};
    xpay_client *client = shelf_client(&s, server);
    xpay_raw_request_params params = params_of("PATCH", "/customers/cus_1?a=b", "{\"name\":\"M\"}");
    xpay_resolution resolution;
    xpay_raw *answer;
    xpay_error error;
    params.deduplicated = c->deduplicated;
    ck_assert_int_eq(xpay_raw_request(client, &params, NULL, &answer, &error), XPAY_ERROR_NETWORK);
    ck_assert_int_eq(s.records, 1);
    ck_assert_str_eq(s.operation, c->operation);
    ck_assert_str_eq(s.method, "PATCH");
    ck_assert_str_eq(s.target, "/customers/cus_1?a=b");
    ck_assert_str_eq(s.body, "{\"name\":\"M\"}");
    ck_assert_int_eq(s.settlement, XPAY_SETTLEMENT_OPEN);
    ck_assert_msg(xpay_resolve(client, &s.intent, NULL, &resolution, &error) == XPAY_OK, "%s: %s",
                  error.param, error.message);
    ck_assert_int_eq(resolution.verdict, c->verdict);
    ck_assert_int_eq(s.settlement, c->settlement);
    ck_assert_uint_eq(scripted_requests(server), c->requests);
    if (c->deduplicated) {
        const xpay_raw *object = resolution.object;
        ck_assert_str_eq(xpay_json_get(object->json, "id"), "cus_1");
        ck_assert_str_eq(strstr(scripted_request(server, 1), "\r\n\r\n") + 4, "{\"name\":\"M\"}");
        xpay_object_free(resolution.object);
    }
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* A row that was changed, and the member that gives it away. */
START_TEST(test_changed_row_of_a_raw_request_is_not_sent)
{
    static const struct {
        const char *param;
        size_t offset;
        const char *value;
    } changes[] = {
        {"target", offsetof(xpay_intent, target), "//evil.example/"},
        {"target", offsetof(xpay_intent, target), "/a/../b"},
        {"target", offsetof(xpay_intent, target), ".evil.example/"},
        {"target", offsetof(xpay_intent, target), "/a\r\nX: y"},
        {"operation", offsetof(xpay_intent, method), "DELETE"},
        {"operation", offsetof(xpay_intent, operation), "raw_requests"},
        {"fingerprint", offsetof(xpay_intent, method), "PUT"},
        {"fingerprint", offsetof(xpay_intent, body), "[]"},
    };
    static const char *const answers[] = {LOST, FINE};
    scripted *server = scripted_start(answers, 2);
    shelf s = {0};
    xpay_client *client = shelf_client(&s, server);
    xpay_raw_request_params params = params_of("POST", "/a", "{}");
    xpay_resolution resolution;
    xpay_raw *answer;
    xpay_error error;
    params.deduplicated = true;
    ck_assert_int_eq(xpay_raw_request(client, &params, NULL, &answer, &error), XPAY_ERROR_NETWORK);
    for (size_t i = 0; i < LENGTH(changes); i++) {
        xpay_intent intent = s.intent;
        memcpy((char *)&intent + changes[i].offset, &changes[i].value, sizeof changes[i].value);
        ck_assert_int_ne(xpay_resolve(client, &intent, NULL, &resolution, &error), XPAY_OK);
        ck_assert_str_eq(error.param, changes[i].param);
    }
    ck_assert_uint_eq(scripted_requests(server), 1);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* An answer read as a type, and what comes of it. */
static const struct read_case {
    const char *json; /* with ' for " */
    const char *type;
    const char *made; /* the type's name; NULL: refused */
    xpay_status status;
    const char *param;
} read_cases[] = {
    {"{'object':'customer','id':'cus_1'}", "customer", "customer", XPAY_OK, ""},
    {"{'object':'customer','id':'cus_1'}", NULL, "customer", XPAY_OK, ""},
    {" {'data':[],'totalCount':0} ", "customer_page", "customer_page", XPAY_OK, ""},
    {"[]", "refund_page", "refund_page", XPAY_OK, ""},
    {"{'object':'customer','id':'cus_1'}", "refund", NULL, XPAY_ERROR_DECODE, "/object"},
    {"{'object':'customer'}", NULL, NULL, XPAY_ERROR_DECODE, "/id"},
    {"{'id':'cus_1'}", NULL, NULL, XPAY_ERROR_ARGUMENT, "type"},
    {"{'object':'thing'}", NULL, NULL, XPAY_ERROR_ARGUMENT, "type"},
    {"{'object':7}", NULL, NULL, XPAY_ERROR_ARGUMENT, "type"},
    {"[]", NULL, NULL, XPAY_ERROR_ARGUMENT, "type"},
    {"", NULL, NULL, XPAY_ERROR_ARGUMENT, "type"},
    {"", "customer", NULL, XPAY_ERROR_JSON, ""},
    {"{}", "thing", NULL, XPAY_ERROR_ARGUMENT, "type"},
    {"{}", "customer_create_params", NULL, XPAY_ERROR_ARGUMENT, "type"},
    {"{}", "ledger", NULL, XPAY_ERROR_ARGUMENT, "type"},
    {"{'object':'event','id':'evt_1','type':'x'}", NULL, NULL, XPAY_ERROR_ARGUMENT, "type"},
    {"{}", "object", NULL, XPAY_ERROR_ARGUMENT, "type"},
};

START_TEST(test_raw_answer_is_read_as_what_is_known)
{
    const struct read_case *c = &read_cases[_i];
    xpay_raw *answer = raw_of(c->json);
    xpay_object *object = &answer->base;
    xpay_error error;
    xpay_status status = xpay_raw_read_as(answer, c->type, &object, &error);
    xpay_object_free(answer); /* what was read lives on */
    ck_assert_msg(status == c->status, "%s as %s: %s", c->json, c->type, error.message);
    ck_assert_str_eq(error.param, c->param);
    ck_assert_int_eq(object != NULL, c->made != NULL);
    if (object != NULL)
        ck_assert_str_eq(xpay_type_name(object->type), c->made);
    xpay_object_free(object);
}
END_TEST

START_TEST(test_secrets_of_a_raw_answer_are_not_printed)
{
    xpay_raw *answer = raw_of("{'clientSecret':'cs_secret_" CANARY "','nested':[{'secret':"
                              "'whsec_" CANARY "','name':'Mona'}]}");
    char *text;
    ck_assert_int_eq(xpay_object_print(answer, &text), XPAY_OK);
    ck_assert_ptr_null(strstr(text, CANARY));
    ck_assert_ptr_nonnull(strstr(text, "Mona"));
    xpay_text_free(text);
    xpay_object_free(answer);
}
END_TEST

START_TEST(test_arguments_must_be_there)
{
    scripted *server = scripted_start(NULL, 0);
    xpay_client *client = client_of(server, 1);
    xpay_raw_request_params params = params_of("GET", "/a", NULL);
    xpay_raw *answer = raw_of("{}"), *none = answer;
    xpay_error error;
    ck_assert_int_eq(xpay_raw_request(NULL, &params, NULL, &none, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_ptr_null(none);
    ck_assert_str_eq(error.param, "client");
    ck_assert_int_eq(xpay_raw_request(client, NULL, NULL, &none, NULL), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_raw_request(client, &params, NULL, NULL, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "out");
    params.size = 0;
    ck_assert_int_eq(xpay_raw_request(client, &params, NULL, &none, &error), XPAY_ERROR_ARGUMENT);
    xpay_raw_request_params_init(&params, sizeof params);
    ck_assert_uint_eq(params.size, sizeof params);
    ck_assert_ptr_null(params.method);
    ck_assert_int_eq(xpay_raw_read_as(NULL, "customer", &none, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_raw_read_as(answer, "customer", NULL, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_uint_eq(scripted_requests(server), 0);
    xpay_object_free(answer);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

Suite *raw_suite(void)
{
    Suite *suite = suite_create("raw");
    TCase *tests = tcase_create("requests");
    tcase_add_loop_test(tests, test_values_are_sent_as_they_are_or_refused, 0,
                        (int)LENGTH(value_cases));
    tcase_add_test(tests, test_path_has_a_greatest_length);
    tcase_add_test(tests, test_live_mode_is_added_as_everywhere);
    tcase_add_loop_test(tests, test_any_json_is_an_answer, 0, (int)LENGTH(answer_cases));
    tcase_add_loop_test(tests, test_only_what_is_deduplicated_is_repeated, 0,
                        (int)LENGTH(repeat_cases));
    tcase_add_test(tests, test_each_request_has_its_own_method);
    tcase_add_loop_test(tests, test_open_raw_request_is_asked_for_again_only_when_deduplicated, 0,
                        (int)LENGTH(open_cases));
    tcase_add_test(tests, test_changed_row_of_a_raw_request_is_not_sent);
    tcase_add_loop_test(tests, test_raw_answer_is_read_as_what_is_known, 0,
                        (int)LENGTH(read_cases));
    tcase_add_test(tests, test_secrets_of_a_raw_answer_are_not_printed);
    tcase_add_test(tests, test_arguments_must_be_there);
    suite_add_tcase(suite, tests);
    return suite;
}
