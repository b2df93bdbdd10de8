/* Deleting on the wire: no body either way, repeated at will, and gone is gone. */
#include <check.h>
#include <string.h>

#include "net/call.h"
#include "scripted.h"
#include "suites.h"

#define MISSING SAYS("404", "", REFUSAL("resource_missing"))
#define REFUSAL(code) \
    "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"" code "\",\"message\":\"no\"}}"
#define FIREWALL "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nX-Length: <html>"

static const xpay_operation delete_operation = {
    "thing_delete", "DELETE", "/things/{id}", XPAY_KEY_NONE, 204, NULL, NULL};

/* A script, and what one deletion comes to. */
static const struct delete_case {
    const char *rule;
    const char *answers[4];
    int32_t max_attempts;
    size_t requests;
    xpay_status status;
    int32_t outcome;
    int32_t next_step;
} delete_cases[] = {
#define EXPECT(status, outcome, next) XPAY_##status, XPAY_OUTCOME_##outcome, XPAY_NEXT_##next
    {"gone", {"HTTP/1.1 204 No Content\r\n\r\n"}, 0, 1, EXPECT(OK, NONE, NONE)},
    {"an object in the answer", {SAYS("200", "", "{}")}, 0, 1, EXPECT(OK, NONE, NONE)},
    {"not XPay's word", {SAYS("200", "", "<html>")}, 0, 1, EXPECT(ERROR_JSON, APPLIED, SAME_KEY)},
    {"never there", {MISSING}, 0, 1, EXPECT(ERROR_NOT_FOUND, REJECTED, FIX)},
    {"used",
     {SAYS("400", "", REFUSAL("resource_invalid_state"))},
     0,
     1,
     EXPECT(ERROR_REQUEST, REJECTED, FIX)},
    {"a lost answer is repeated", {LOST, SAYS("204", "", "")}, 0, 2, EXPECT(OK, NONE, NONE)},
    {"missing after a lost answer", {LOST, MISSING}, 0, 2, EXPECT(OK, NONE, NONE)},
    {"missing after a 500", {SAYS("500", "", "{}"), MISSING}, 0, 2, EXPECT(OK, NONE, NONE)},
    {"missing after a cut success",
     {"HTTP/1.1 204 No Content\r\nDate: x\r\n", MISSING},
     0,
     2,
     EXPECT(OK, NONE, NONE)},
    {"missing after a 429 that did nothing",
     {SAYS("429", "", "{}"), MISSING},
     0,
     2,
     EXPECT(ERROR_NOT_FOUND, REJECTED, FIX)},
    {"a firewall's 404 after a lost answer proves nothing",
     {LOST, FIREWALL},
     0,
     2,
     EXPECT(ERROR_NOT_FOUND, UNKNOWN, LOOK)},
    {"refused after a lost answer",
     {LOST, SAYS("403", "", REFUSAL("permission_denied"))},
     0,
     2,
     EXPECT(ERROR_PERMISSION, UNKNOWN, LOOK)},
    {"lost, repeats off", {LOST}, 1, 1, EXPECT(ERROR_NETWORK, UNKNOWN, SAME_KEY)},
    {"cut success, repeats off",
     {"HTTP/1.1 204 No Content\r\nDate: x\r\n"},
     1,
     1,
     EXPECT(ERROR_NETWORK, APPLIED, SAME_KEY)},
#undef EXPECT
};

static xpay_status delete_thing(scripted *server, int32_t max_attempts, xpay_error *error)
{
    xpay_client_options options = scripted_options(server);
    xpay_client *client;
    options.max_attempts = max_attempts;
    ck_assert_int_eq(xpay_client_new(&options, &client, error), XPAY_OK);
    xpay_status status = xpay_call(client, &delete_operation, "thing_1", NULL, NULL, NULL, error);
    xpay_client_free(client);
    return status;
}

START_TEST(test_missing_after_a_lost_answer_means_gone)
{
    const struct delete_case *c = &delete_cases[_i];
    scripted *server = scripted_start(c->answers, LENGTH(c->answers));
    xpay_error error;
    xpay_status status = delete_thing(server, c->max_attempts, &error);
    ck_assert_msg(status == c->status, "%s: %s", c->rule, error.message);
    ck_assert_int_eq(error.status, c->status);
    ck_assert_int_eq(error.outcome, c->outcome);
    ck_assert_int_eq(error.next_step, c->next_step);
    ck_assert_uint_eq(scripted_requests(server), c->requests);
    if (status == XPAY_OK) /* the 404 that told is no error */
        ck_assert_msg(error.message[0] == '\0' && error.code[0] == '\0', "%s", error.message);
    scripted_stop(server);
}
END_TEST

START_TEST(test_delete_sends_no_body_and_no_key)
{
    static const char *const answers[] = {"HTTP/1.1 204 No Content\r\n\r\n"};
    static const char *const absent[] = {"Content-Length", "Content-Type", "Transfer-Encoding",
                                         "Idempotency-Key"};
    scripted *server = scripted_start(answers, LENGTH(answers));
    xpay_error error;
    char value[64];
    ck_assert_int_eq(delete_thing(server, 1, &error), XPAY_OK);
    const char *request = scripted_request(server, 0);
    ck_assert_msg(strncmp(request, "DELETE /things/thing_1 HTTP/1.1\r\n", 33) == 0, "%s", request);
    for (size_t i = 0; i < LENGTH(absent); i++) {
        scripted_header(request, absent[i], value, sizeof value);
        ck_assert_msg(value[0] == '\0', "%s: %s", absent[i], value);
    }
    scripted_stop(server);
}
END_TEST

/* The method of one call is not left on the line for the next. */
START_TEST(test_a_line_that_deleted_can_do_anything_else)
{
    static const char *const answers[] = {SAYS("204", "", ""), SAYS("204", "", ""),
                                          SAYS("204", "", ""), SAYS("204", "", "")};
    static const char *const methods[] = {"DELETE", "GET", "PATCH", "DELETE"};
    scripted *server = scripted_start(answers, LENGTH(answers));
    xpay_client_options options = scripted_options(server);
    xpay_client *client;
    xpay_error error;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    for (size_t i = 0; i < LENGTH(methods); i++) {
        xpay_operation operation = delete_operation;
        operation.method = methods[i];
        ck_assert_int_eq(xpay_call(client, &operation, "thing_1", NULL, NULL, NULL, &error),
                         XPAY_OK);
        const char *request = scripted_request(server, i);
        ck_assert_msg(strncmp(request, methods[i], strlen(methods[i])) == 0, "%s", request);
    }
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

START_TEST(test_the_id_of_a_query_is_checked_and_named)
{
    static const char *const answers[] = {SAYS("201", "", "")};
    static const xpay_operation operation = {
        "thing_create", "POST", "/things?ownerId={owner_id}", XPAY_KEY_UNKNOWN, 201, NULL, NULL};
    scripted *server = scripted_start(answers, LENGTH(answers));
    xpay_client_options options = scripted_options(server);
    xpay_client *client;
    xpay_error error;
    options.send_live_mode = true;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    ck_assert_int_eq(xpay_call(client, &operation, NULL, NULL, NULL, NULL, &error),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "owner_id");
    ck_assert_int_eq(xpay_call(client, &operation, "a&b=c", NULL, NULL, NULL, &error), XPAY_OK);
    ck_assert_ptr_nonnull(
        strstr(scripted_request(server, 0), "POST /things?ownerId=a%26b%3Dc&liveMode=false HTTP"));
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

Suite *delete_suite(void)
{
    Suite *suite = suite_create("delete");
    TCase *tcase = tcase_create("delete");
    tcase_add_loop_test(tcase, test_missing_after_a_lost_answer_means_gone, 0,
                        LENGTH(delete_cases));
    tcase_add_test(tcase, test_delete_sends_no_body_and_no_key);
    tcase_add_test(tcase, test_a_line_that_deleted_can_do_anything_else);
    tcase_add_test(tcase, test_the_id_of_a_query_is_checked_and_named);
    suite_add_tcase(suite, tcase);
    return suite;
}
