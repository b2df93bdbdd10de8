/* A token ends calls at once, wherever they wait, and the outcome stays what is known. */
#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "answers_scripted.h"
#include "net/pool.h"
#include "suites.h"

enum { SOON_MS = 100, AT_ONCE_MS = 250 }; /* loosely: the wire tests hold it to 10 ms */

static int64_t now_ms(void)
{
    return xpay_machine.now_us(NULL) / 1000;
}

static void pause_ms(long milliseconds)
{
    const struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
    nanosleep(&time, NULL);
}

static void *trigger_soon(void *cancel)
{
    pause_ms(SOON_MS);
    xpay_cancel_trigger(cancel);
    return NULL;
}

/* Where a call waits when the token is triggered, and what it then comes to. */
static const struct cancel_case {
    const char *rule;
    const char *answers[2];
    bool before; /* triggered before the call */
    bool no_line;
    int32_t outcome;
    size_t requests;
} cancel_cases[] = {
    {"before it began", {MADE}, true, false, XPAY_OUTCOME_NOT_SENT, 0},
    {"while XPay is silent", {SILENCE}, false, false, XPAY_OUTCOME_UNKNOWN, 1},
    {"in the wait after a doubtful answer",
     {SAYS("503", "Retry-After: 5\r\n", "{}"), MADE},
     false,
     false,
     XPAY_OUTCOME_UNKNOWN,
     1},
    {"in the wait after a refusal",
     {SAYS("429", "Retry-After: 5\r\n", "{}"), MADE},
     false,
     false,
     XPAY_OUTCOME_REJECTED,
     1},
    {"while it waits for a connection", {MADE}, false, true, XPAY_OUTCOME_NOT_SENT, 0},
};

START_TEST(test_token_ends_every_wait_at_once)
{
    const struct cancel_case *c = &cancel_cases[_i];
    scripted *server = scripted_start(c->answers, 2);
    xpay_client_options options = scripted_options(server);
    xpay_request_options request = XPAY_REQUEST_OPTIONS_INIT;
    xpay_refund_create_params params = XPAY_REFUND_CREATE_PARAMS_INIT;
    xpay_client *client;
    xpay_refund *made;
    xpay_error error;
    xpay_line *line = NULL;
    pthread_t thread;
    params.charge_id = "ch_1";
    options.max_connections = 1;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    ck_assert_int_eq(xpay_cancel_new(&request.cancel), XPAY_OK);
    ck_assert(!xpay_cancel_is_triggered(request.cancel));
    if (c->no_line)
        ck_assert_int_eq(xpay_pool_take(client, 0, NULL, &line, &error), XPAY_OK);

    int64_t start = now_ms();
    if (c->before)
        xpay_cancel_trigger(request.cancel);
    else
        pthread_create(&thread, NULL, trigger_soon, request.cancel);
    ck_assert_int_eq(xpay_refund_create(client, &params, &request, &made, &error),
                     XPAY_ERROR_CANCELED);
    int64_t took = now_ms() - start - (c->before ? 0 : SOON_MS);
    if (!c->before)
        pthread_join(thread, NULL);
    ck_assert_msg(took < AT_ONCE_MS, "%s: %lld ms", c->rule, (long long)took);
    ck_assert_msg(error.outcome == c->outcome, "%s: outcome %s", c->rule,
                  xpay_outcome_name(error.outcome));
    ck_assert_int_eq(error.next_step, XPAY_NEXT_SAME_KEY);
    ck_assert_str_ne(error.message, "");
    ck_assert_uint_eq(scripted_requests(server), c->requests);
    ck_assert(xpay_cancel_is_triggered(request.cancel));
    if (line != NULL)
        xpay_pool_give(line);
    xpay_cancel_free(request.cancel);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

typedef struct waiting_call {
    xpay_client *client;
    xpay_cancel *cancel;
    xpay_status status;
} waiting_call;

static void *retrieve(void *context)
{
    waiting_call *call = context;
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    xpay_refund *found;
    options.cancel = call->cancel;
    call->status = xpay_refund_retrieve(call->client, "re_1", &options, &found, NULL);
    xpay_object_free(found);
    return NULL;
}

START_TEST(test_one_token_ends_many_calls_and_no_others)
{
    enum { CALLS = 6 };
    static const char *const silence[CALLS] = {SILENCE, SILENCE, SILENCE,
                                               SILENCE, SILENCE, SILENCE};
    scripted *server = scripted_start(silence, CALLS);
    xpay_client_options options = scripted_options(server);
    options.timeout_ms = 1000;
    options.max_attempts = 1;
    waiting_call calls[CALLS];
    pthread_t threads[CALLS];
    xpay_client *client;
    xpay_cancel *cancel;
    ck_assert_int_eq(xpay_client_new(&options, &client, NULL), XPAY_OK);
    ck_assert_int_eq(xpay_cancel_new(&cancel), XPAY_OK);
    for (size_t i = 0; i < CALLS; i++) {
        calls[i] = (waiting_call){client, i == 0 ? NULL : cancel, XPAY_OK};
        pthread_create(&threads[i], NULL, retrieve, &calls[i]);
    }
    while (scripted_requests(server) < CALLS)
        pause_ms(1);
    xpay_cancel_trigger(cancel);
    xpay_cancel_trigger(cancel);
    for (size_t i = 0; i < CALLS; i++)
        pthread_join(threads[i], NULL);
    ck_assert_int_eq(calls[0].status, XPAY_ERROR_TIMEOUT);
    for (size_t i = 1; i < CALLS; i++)
        ck_assert_int_eq(calls[i].status, XPAY_ERROR_CANCELED);
    xpay_cancel_free(cancel);
    xpay_cancel_free(NULL);
    xpay_client_free(client);
    scripted_stop(server);
    ck_assert_int_eq(xpay_cancel_new(NULL), XPAY_ERROR_ARGUMENT);
}
END_TEST

START_TEST(test_success_that_is_here_is_not_canceled)
{
    static const char *const answers[] = {MADE};
    scripted *server = scripted_start(answers, 1);
    xpay_client_options options = scripted_options(server);
    xpay_request_options request = XPAY_REQUEST_OPTIONS_INIT;
    xpay_client *client;
    xpay_refund *found;
    ck_assert_int_eq(xpay_client_new(&options, &client, NULL), XPAY_OK);
    ck_assert_int_eq(xpay_cancel_new(&request.cancel), XPAY_OK);
    ck_assert_int_eq(xpay_refund_retrieve(client, "re_1", &request, &found, NULL), XPAY_OK);
    xpay_cancel_trigger(request.cancel);
    ck_assert_str_eq(found->id, "re_1");
    xpay_object_free(found);
    xpay_cancel_free(request.cancel);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

static void set(void *flag)
{
    *(bool *)flag = true;
}

/* In a forked child, where nobody waits: to be triggered, waited with, and freed without a hang. */
static int use_in_child(xpay_client *client, xpay_cancel *cancel, const bool *parent_woken)
{
    xpay_waiter waiter;
    bool before = xpay_cancel_is_triggered(cancel);
    xpay_cancel_enlist(cancel, &waiter, NULL, NULL);
    xpay_cancel_forget(cancel, &waiter);
    xpay_cancel_trigger(cancel);
    waiting_call call = {client, cancel, XPAY_OK};
    retrieve(&call);
    bool after = xpay_cancel_is_triggered(cancel);
    xpay_cancel_free(cancel);
    return before ? 1 : !after ? 2 : call.status != XPAY_ERROR_CANCELED ? 3 : *parent_woken ? 4 : 0;
}

START_TEST(test_token_of_a_forked_child_is_its_own)
{
    static const char *const answers[] = {SILENCE, SILENCE};
    scripted *server = scripted_start(answers, 2);
    xpay_client_options options = scripted_options(server);
    waiting_call call = {.status = XPAY_OK};
    pthread_t thread;
    int status;
    ck_assert_int_eq(xpay_client_new(&options, &call.client, NULL), XPAY_OK);
    ck_assert_int_eq(xpay_cancel_new(&call.cancel), XPAY_OK);
    pthread_create(&thread, NULL, retrieve, &call);
    while (scripted_requests(server) < 1)
        pause_ms(1);
    xpay_waiter waiter;
    bool woken = false;
    xpay_cancel_enlist(call.cancel, &waiter, set, &woken);
    pid_t child = fork();
    if (child == 0 && use_in_child(call.client, call.cancel, &woken) == 0)
        raise(SIGUSR1); /* under valgrind, a status of its own would tell of the lost thread */
    if (child == 0)
        _exit(1);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGUSR1);
    ck_assert(!xpay_cancel_is_triggered(call.cancel));
    xpay_cancel_trigger(call.cancel);
    ck_assert(woken);
    pthread_join(thread, NULL);
    xpay_cancel_forget(call.cancel, &waiter);
    ck_assert_int_eq(call.status, XPAY_ERROR_CANCELED);
    xpay_cancel_free(call.cancel);
    xpay_client_free(call.client);
    scripted_stop(server);
}
END_TEST

Suite *cancel_suite(void)
{
    Suite *suite = suite_create("cancel");
    TCase *tests = tcase_create("tokens");
    tcase_set_timeout(tests, 20);
    tcase_add_loop_test(tests, test_token_ends_every_wait_at_once, 0, (int)LENGTH(cancel_cases));
    tcase_add_test(tests, test_one_token_ends_many_calls_and_no_others);
    tcase_add_test(tests, test_success_that_is_here_is_not_canceled);
    tcase_add_test(tests, test_token_of_a_forked_child_is_its_own);
    suite_add_tcase(suite, tests);
    return suite;
}
