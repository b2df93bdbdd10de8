/* What a request is made of, and what an answer's headers and end are taken for. */
#include <check.h>
#include <string.h>

#include "base/fail.h"
#include "net/line.h"
#include "net/request.h"
#include "net/transport.h"

void add_request_tests(Suite *suite);

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static xpay_status make_key(const xpay_operation *operation, const char *given, bool none,
                            xpay_request *request, xpay_error *error)
{
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    options.idempotency_key = given;
    options.no_idempotency_key = none;
    *request = (xpay_request)XPAY_REQUEST_INIT;
    xpay_error_clear(error);
    return xpay_request_key(request, operation, &options, &xpay_machine, error);
}

static const xpay_operation write_operation = {
    "thing_create", "POST", "/things", XPAY_KEY_EVIDENCED, 201, NULL, NULL};
static const xpay_operation read_operation = {
    "thing_retrieve", "GET", "/things/{id}", XPAY_KEY_NONE, 200, NULL, NULL};

static const struct key_case {
    const char *key;
    bool accepted;
} key_cases[] = {
    {"a", true},
    {"AZaz09_-", true},
    {"", false},
    {"a b", false},
    {"a\r\nX-Evil: 1", false},
    {"a\n", false},
    {"a:b", false},
    {"a/b", false},
    {"caf\xc3\xa9", false},
};

START_TEST(test_given_keys_are_checked_and_kept)
{
    xpay_request request;
    xpay_error error;
    for (size_t i = 0; i < LENGTH(key_cases); i++) {
        const struct key_case *c = &key_cases[i];
        xpay_status status = make_key(&write_operation, c->key, false, &request, &error);
        ck_assert_int_eq(status, c->accepted ? XPAY_OK : XPAY_ERROR_ARGUMENT);
        ck_assert_str_eq(request.key, c->accepted ? c->key : "");
        ck_assert_str_eq(error.param, c->accepted ? "" : "idempotency_key");
    }
    char key[257];
    memset(key, 'k', sizeof(key));
    key[255] = '\0';
    ck_assert_int_eq(make_key(&write_operation, key, false, &request, &error), XPAY_OK);
    ck_assert_str_eq(request.key, key);
    key[255] = 'k', key[256] = '\0';
    ck_assert_int_eq(make_key(&write_operation, key, false, &request, &error), XPAY_ERROR_ARGUMENT);
}
END_TEST

START_TEST(test_every_write_has_a_key_and_no_read_has)
{
    xpay_request first;
    xpay_request second;
    xpay_error error;
    ck_assert_int_eq(make_key(&write_operation, NULL, false, &first, &error), XPAY_OK);
    ck_assert_int_eq(make_key(&write_operation, NULL, false, &second, &error), XPAY_OK);
    ck_assert_uint_eq(strlen(first.key), 32);
    ck_assert_uint_eq(strspn(first.key, "0123456789abcdef"), 32);
    ck_assert_str_ne(first.key, second.key);
    ck_assert(!first.unkeyed_write);

    ck_assert_int_eq(make_key(&read_operation, NULL, false, &first, &error), XPAY_OK);
    ck_assert_str_eq(first.key, "");
    ck_assert_int_eq(make_key(&read_operation, "given", false, &first, &error), XPAY_OK);
    ck_assert_str_eq(first.key, "");
    ck_assert(!first.unkeyed_write);

    ck_assert_int_eq(make_key(&write_operation, NULL, true, &first, &error), XPAY_OK);
    ck_assert_str_eq(first.key, "");
    ck_assert(first.unkeyed_write);
    ck_assert_int_eq(make_key(&write_operation, "given", true, &first, &error),
                     XPAY_ERROR_ARGUMENT);
}
END_TEST

static const struct id_case {
    const char *id;
    const char *url; /* NULL: refused */
} id_cases[] = {
    {"re_1", "https://api.example/things/re_1?liveMode=false"},
    {"a-B_c.d~e", "https://api.example/things/a-B_c.d~e?liveMode=false"},
    {"a?b#c%2F", "https://api.example/things/a%3Fb%23c%252F?liveMode=false"},
    {"...", "https://api.example/things/...?liveMode=false"},
    {"", NULL},
    {NULL, NULL},
    {".", NULL},
    {"..", NULL},
    {"a/b", NULL},
    {"../refunds", NULL},
    {"a\\b", NULL},
    {"a b", NULL},
    {"a\r\nX-Evil: 1", NULL},
    {"a\x7f", NULL},
    {"caf\xc3\xa9", NULL},
};

START_TEST(test_ids_cannot_leave_their_place_in_the_path)
{
    char base_url[] = "https://api.example";
    const xpay_settings settings = {.base_url = base_url, .send_live_mode = true};
    char id[257];
    for (size_t i = 0; i < LENGTH(id_cases); i++) {
        xpay_request request = XPAY_REQUEST_INIT;
        xpay_error error;
        xpay_error_clear(&error);
        request.operation = &read_operation;
        xpay_status status = xpay_request_write(&request, &settings, id_cases[i].id, NULL, &error);
        ck_assert_int_eq(status, id_cases[i].url == NULL ? XPAY_ERROR_ARGUMENT : XPAY_OK);
        if (id_cases[i].url == NULL)
            ck_assert_str_eq(error.param, "id");
        else
            ck_assert_str_eq(request.url.bytes, id_cases[i].url);
        xpay_request_free(&request);
    }
    memset(id, 'i', sizeof(id));
    id[256] = '\0';
    xpay_request request = XPAY_REQUEST_INIT;
    request.operation = &read_operation;
    ck_assert_int_eq(xpay_request_write(&request, &settings, id, NULL, NULL), XPAY_ERROR_ARGUMENT);
    xpay_request_free(&request);
}
END_TEST

/* A status and headers as they arrive, and what is made of them. The wall clock stands at `now_ms`. */
static const struct header_case {
    const char *lines[6];
    int32_t http_status;
    bool replayed;
    bool has_clock_skew;
    int64_t clock_skew_ms;
    int64_t retry_after_us;
    const char *request_id;
} header_cases[] = {
    {{"HTTP/1.1 200 OK\r\n"}, 200, false, false, 0, -1, ""},
    {{"HTTP/1.1 201\r\n", "Idempotent-Replayed: true\r\n"}, 201, true, false, 0, -1, ""},
    {{"HTTP/1.1 201\r\n", "idempotent-replayed: 1\r\n"}, 201, true, false, 0, -1, ""},
    {{"HTTP/1.1 201\r\n", "Idempotent-Replayed: False\r\n"}, 201, false, false, 0, -1, ""},
    {{"HTTP/1.1 200\r\n", "Request-Id:req_1\r\n"}, 200, false, false, 0, -1, "req_1"},
    {{"HTTP/1.1 200\r\n", "X-REQUEST-ID: \t req_2 \r\n"}, 200, false, false, 0, -1, "req_2"},
    {{"HTTP/1.1 200\r\n", "X-Request-Id-Not: a\r\n"}, 200, false, false, 0, -1, ""},
    {{"HTTP/1.1 100 Continue\r\n", "Request-Id: a\r\n", "HTTP/1.1 200 OK\r\n"},
     200,
     false,
     false,
     0,
     -1,
     ""},
    {{"HTTP/1.1 200\r\n", "Date: Sun, 09 Sep 2001 01:46:45 GMT\r\n"},
     200,
     false,
     true,
     5000,
     -1,
     ""},
    {{"HTTP/1.1 200\r\n", "Date: Sun, 09 Xyz 2001 01:46:45 GMT\r\n"}, 200, false, false, 0, -1, ""},
    {{"HTTP/1.1 200\r\n", "Date: Sun, 09 anF 2001 01:46:45 GMT\r\n"}, 200, false, false, 0, -1, ""},
    {{"HTTP/1.1 200\r\n", "Date: 0\r\n"}, 200, false, false, 0, -1, ""},
    {{"HTTP/1.1 429\r\n", "Retry-After: 2\r\n"}, 429, false, false, 0, 2000000, ""},
    {{"HTTP/1.1 429\r\n", "Retry-After: 99999999999999999999\r\n"},
     429,
     false,
     false,
     0,
     INT64_MAX / 2,
     ""},
    {{"HTTP/1.1 429\r\n", "Retry-After: -1\r\n"}, 429, false, false, 0, -1, ""},
    {{"HTTP/1.1 429\r\n", "Retry-After: soon\r\n"}, 429, false, false, 0, -1, ""},
    {{"HTTP/1.1 503\r\n", "Retry-After: Sun, 09 Sep 2001 01:46:47 GMT\r\n"},
     503,
     false,
     false,
     0,
     7000000,
     ""},
    {{"HTTP/1.1 503\r\n", "Retry-After: Sun, 09 Sep 2001 01:46:00 GMT\r\n"},
     503,
     false,
     false,
     0,
     0,
     ""},
    /* Both dates come from a server whose clock is an hour ahead. */
    {{"HTTP/1.1 503\r\n", "Date: Sun, 09 Sep 2001 02:46:40 GMT\r\n",
      "Retry-After: Sun, 09 Sep 2001 02:46:43 GMT\r\n"},
     503,
     false,
     true,
     3600000,
     3000000,
     ""},
    {{"HTTP/1.1 xyz\r\n"}, 0, false, false, 0, -1, ""},
};

START_TEST(test_headers_of_an_answer)
{
    const struct header_case *c = &header_cases[_i];
    const int64_t now_ms = INT64_C(1000000000000); /* 2001-09-09T01:46:40Z */
    xpay_answer answer = {0};
    xpay_answer_reset(&answer);
    for (size_t i = 0; i < LENGTH(c->lines) && c->lines[i] != NULL; i++) {
        char line[128];
        size_t length = strlen(c->lines[i]);
        memcpy(line, c->lines[i], length + 1);
        ck_assert_uint_eq(xpay_answer_header(line, 1, length, &answer), length);
    }
    xpay_answer_read_headers(&answer, now_ms);
    ck_assert_int_eq(answer.response.http_status, c->http_status);
    ck_assert_int_eq(answer.response.replayed, c->replayed);
    ck_assert_int_eq(answer.response.has_clock_skew, c->has_clock_skew);
    ck_assert_int_eq(answer.response.clock_skew_ms, c->clock_skew_ms);
    ck_assert_int_eq(answer.retry_after_us, c->retry_after_us);
    ck_assert_str_eq(answer.request_id, c->request_id);
}
END_TEST

START_TEST(test_answers_are_bounded)
{
    char bytes[1000];
    xpay_answer answer = {.max_body = 2500};
    memset(bytes, ' ', sizeof(bytes));
    xpay_answer_reset(&answer);
    ck_assert_uint_eq(xpay_answer_body(bytes, 1, 1000, &answer), 1000);
    ck_assert_uint_eq(xpay_answer_body(bytes, 1, 1000, &answer), 1000);
    ck_assert_uint_eq(xpay_answer_body(bytes, 1, 1000, &answer), 0);
    ck_assert_int_eq(answer.refusal, XPAY_ERROR_TOO_LARGE);
    xpay_answer_reset(&answer);
    for (int i = 0; answer.refusal == XPAY_OK; i++) {
        ck_assert_int_lt(i, 1000);
        xpay_answer_header(bytes, 1, sizeof(bytes), &answer);
    }
    ck_assert_int_eq(answer.refusal, XPAY_ERROR_TOO_LARGE);
    xpay_buffer_free(&answer.body);
}
END_TEST

/* Words of libcurl that may quote a proxy's URL, and what may be told of them. */
static const struct hide_case {
    const char *words;
    const char *shown;
} hide_cases[] = {
    {"", ""},
    {"Could not resolve host: api.xpay.app", "Could not resolve host: api.xpay.app"},
    {"Unsupported proxy scheme for 'gopher://me:pw-1@proxy.example:70'",
     "Unsupported proxy scheme for 'gopher://proxy.example:70'"},
    {"Unsupported proxy syntax in 'me:p@w-1@proxy.example'",
     "Unsupported proxy syntax in 'proxy.example'"},
    {"a \"me:pw-1@one\", then me:pw-1@two", "a \"one\", then two"},
    {"in http://me:p/w-1@proxy.example", "in http://proxy.example"},
    {"pw-1@", ""},
    {"@", ""},
};

START_TEST(test_words_of_libcurl_show_no_user)
{
    const struct hide_case *c = &hide_cases[_i];
    char words[CURL_ERROR_SIZE];
    snprintf(words, sizeof words, "%s", c->words);
    xpay_transport_hide_user(words);
    ck_assert_str_eq(words, c->shown);
}
END_TEST

START_TEST(test_transport_codes)
{
    static const struct {
        CURLcode code;
        xpay_status status;
    } rows[] = {
        {CURLE_OK, XPAY_OK},
        {CURLE_COULDNT_RESOLVE_HOST, XPAY_ERROR_RESOLVE},
        {CURLE_COULDNT_CONNECT, XPAY_ERROR_CONNECT},
        {CURLE_SSL_CONNECT_ERROR, XPAY_ERROR_TLS_HANDSHAKE},
        {CURLE_PEER_FAILED_VERIFICATION, XPAY_ERROR_TLS_CERTIFICATE},
        {CURLE_SSL_CACERT_BADFILE, XPAY_ERROR_TLS_CERTIFICATE},
        {CURLE_GOT_NOTHING, XPAY_ERROR_NETWORK},
        {CURLE_ABORTED_BY_CALLBACK, XPAY_ERROR_NETWORK},
        {CURLE_OPERATION_TIMEDOUT, XPAY_ERROR_TIMEOUT},
        {CURLE_WEIRD_SERVER_REPLY, XPAY_ERROR_PROTOCOL},
        {CURLE_FILESIZE_EXCEEDED, XPAY_ERROR_TOO_LARGE},
        {CURLE_OUT_OF_MEMORY, XPAY_ERROR_MEMORY},
        {CURLE_TELNET_OPTION_SYNTAX, XPAY_ERROR_NETWORK}, /* one that we never meant to meet */
    };
    for (size_t i = 0; i < LENGTH(rows); i++)
        ck_assert_int_eq(xpay_transport_status((int32_t)rows[i].code), rows[i].status);
}
END_TEST

void add_request_tests(Suite *suite)
{
    TCase *tests = tcase_create("requests");
    tcase_add_test(tests, test_given_keys_are_checked_and_kept);
    tcase_add_test(tests, test_every_write_has_a_key_and_no_read_has);
    tcase_add_test(tests, test_ids_cannot_leave_their_place_in_the_path);
    suite_add_tcase(suite, tests);
    tests = tcase_create("answers");
    tcase_add_loop_test(tests, test_headers_of_an_answer, 0, (int)LENGTH(header_cases));
    tcase_add_test(tests, test_answers_are_bounded);
    tcase_add_test(tests, test_transport_codes);
    tcase_add_loop_test(tests, test_words_of_libcurl_show_no_user, 0, (int)LENGTH(hide_cases));
    suite_add_tcase(suite, tests);
}
