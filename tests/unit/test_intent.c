/* What is about to be done is written down first, settled after, and found again. */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "answers_scripted.h"
#include "suites.h"

#define HOUR_MS (INT64_C(60) * 60 * 1000)

/* A store of one row, which notes what it is asked. */
typedef struct shelf {
    xpay_status record_status;
    xpay_status settle_status;
    int64_t open_since_ms; /* what record() tells of an earlier row */
    scripted *server;
    size_t requests_at_record; /* how many had arrived when the intent was recorded */
    int records;
    int settles;
    int32_t settlement;
    bool has_json;
    char key[256], fingerprint[80], operation[40], order[40], method[8], target[200], body[500];
    xpay_intent intent;
    int listed;
} shelf;

static void keep(char *copy, size_t size, const char *text)
{
    snprintf(copy, size, "%s", text == NULL ? "(null)" : text);
}

static xpay_status record(void *context, const xpay_intent *intent, int64_t *open_since_ms)
{
    shelf *s = context;
    s->records++;
    s->requests_at_record = scripted_requests(s->server);
    keep(s->key, sizeof s->key, intent->key);
    keep(s->fingerprint, sizeof s->fingerprint, intent->fingerprint);
    keep(s->operation, sizeof s->operation, intent->operation);
    keep(s->order, sizeof s->order, intent->order_reference);
    keep(s->method, sizeof s->method, intent->method);
    keep(s->target, sizeof s->target, intent->target);
    keep(s->body, sizeof s->body, intent->body);
    s->intent = *intent;
    s->intent.key = s->key;
    s->intent.fingerprint = s->fingerprint;
    s->intent.operation = s->operation;
    s->intent.order_reference = s->order;
    s->intent.method = s->method;
    s->intent.target = s->target;
    s->intent.body = s->body;
    if (s->open_since_ms != 0)
        *open_since_ms = s->open_since_ms;
    return s->record_status;
}

static xpay_status settle(void *context, const char *key, int32_t settlement,
                          const char *object_json)
{
    shelf *s = context;
    s->settles++;
    ck_assert_str_eq(key, s->key);
    s->settlement = settlement;
    s->has_json = object_json != NULL && strcmp(object_json, REFUND_JSON) == 0;
    return s->settle_status;
}

static xpay_status unsettled(void *context, xpay_intent_visitor visit, void *visit_context)
{
    shelf *s = context;
    s->listed++;
    if (s->records == 0 || s->settlement == XPAY_SETTLEMENT_APPLIED ||
        s->settlement == XPAY_SETTLEMENT_REJECTED)
        return XPAY_OK;
    return visit(visit_context, &s->intent);
}

static int64_t wall_ms(void)
{
    return (int64_t)time(NULL) * 1000;
}

static xpay_client *client_with(scripted *server, shelf *s)
{
    xpay_client_options options = scripted_options(server);
    xpay_intent_store store = XPAY_INTENT_STORE_INIT;
    xpay_client *client;
    xpay_error error;
    s->server = server;
    store.context = s;
    store.record = record;
    store.settle = settle;
    store.unsettled = unsettled;
    options.intent_store = &store;
    options.max_attempts = 1;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    return client;
}

static xpay_status refund(xpay_client *client, const char *key, xpay_error *error)
{
    xpay_refund_create_params params = XPAY_REFUND_CREATE_PARAMS_INIT;
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    xpay_refund *made;
    params.charge_id = "ch_1";
    params.has_amount = true;
    params.amount = 500;
    options.idempotency_key = key;
    options.order_reference = "1042";
    xpay_status status = xpay_refund_create(client, &params, &options, &made, error);
    xpay_object_free(made);
    return status;
}

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
    {"stored refusal after a doubt", WRONG_AGAIN, HOUR_MS, XPAY_ERROR_REQUEST,
     XPAY_OUTCOME_REJECTED, XPAY_SETTLEMENT_REJECTED},
    {"wrong API key after a doubt", NO_KEY, HOUR_MS, XPAY_ERROR_AUTHENTICATION,
     XPAY_OUTCOME_UNKNOWN, XPAY_SETTLEMENT_OPEN},
};

START_TEST(test_intent_is_recorded_first_and_settled_by_the_outcome)
{
    const struct settle_case *c = &settle_cases[_i];
    scripted *server = scripted_start(&c->answer, 1);
    shelf s = {0};
    s.open_since_ms = c->open_for_ms == 0 ? 0 : wall_ms() - c->open_for_ms;
    xpay_client *client = client_with(server, &s);
    xpay_error error;
    int64_t before = wall_ms();
    xpay_status status = refund(client, "order-1042-refund-1", &error);
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
    {XPAY_ERROR_MEMORY, 0, XPAY_ERROR_MEMORY, XPAY_OUTCOME_NOT_SENT, XPAY_NEXT_SAME_KEY},
    {XPAY_ERROR_IDEMPOTENCY, 0, XPAY_ERROR_IDEMPOTENCY, XPAY_OUTCOME_NOT_SENT, XPAY_NEXT_FIX},
    {XPAY_OK, 24 * HOUR_MS, XPAY_ERROR_IDEMPOTENCY, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_LOOK},
};

START_TEST(test_nothing_is_sent_that_the_store_does_not_take)
{
    const struct refusal_case *c = &refusal_cases[_i];
    static const char *const answers[] = {MADE};
    scripted *server = scripted_start(answers, 1);
    shelf s = {.record_status = c->record};
    s.open_since_ms = c->open_for_ms == 0 ? 0 : wall_ms() - c->open_for_ms;
    xpay_client *client = client_with(server, &s);
    xpay_error error;
    ck_assert_int_eq(refund(client, "k", &error), c->status);
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
    xpay_client *client = client_with(server, &s);
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

#define LIST(...) SAYS("200", "", "[" __VA_ARGS__ "]")
#define OTHER_REFUND                                                                             \
    "{\"id\":\"re_2\",\"object\":\"refund\",\"amount\":700,\"chargeId\":\"ch_1\",\"createdAt\":" \
    "\"2099-01-01T00:00:00.000Z\",\"currency\":\"EGP\",\"status\":\"SUCCEEDED\"}"
#define OLD_REFUND                                                                               \
    "{\"id\":\"re_3\",\"object\":\"refund\",\"amount\":500,\"chargeId\":\"ch_1\",\"createdAt\":" \
    "\"2001-01-01T00:00:00.000Z\",\"currency\":\"EGP\",\"status\":\"SUCCEEDED\"}"

/* An intent that an earlier process left open, what XPay says now, and the verdict. */
static const struct resolve_case {
    const char *rule;
    int64_t age_ms;
    const char *answers[3];
    size_t requests;
    int32_t verdict;
    bool asked_again;
    int32_t settlement; /* 0: it stays as it is */
} resolve_cases[] = {
    {"done now, or then", 0, {MADE}, 1, XPAY_RESOLUTION_DONE, true, XPAY_SETTLEMENT_APPLIED},
    {"refused then", 0, {WRONG_AGAIN}, 1, XPAY_RESOLUTION_REFUSED, true, XPAY_SETTLEMENT_REJECTED},
    {"refused now", 0, {WRONG}, 1, XPAY_RESOLUTION_STILL_OPEN, true, 0},
    {"wrong API key", 0, {NO_KEY}, 1, XPAY_RESOLUTION_STILL_OPEN, true, 0},
    {"too many", 0, {TOO_MANY}, 1, XPAY_RESOLUTION_STILL_OPEN, true, 0},
    {"lost again", 0, {LOST}, 1, XPAY_RESOLUTION_STILL_OPEN, true, 0},
    {"failed again", 0, {FAILED}, 1, XPAY_RESOLUTION_STILL_OPEN, true, 0},
    {"just before the end",
     22 * HOUR_MS,
     {MADE},
     1,
     XPAY_RESOLUTION_DONE,
     true,
     XPAY_SETTLEMENT_APPLIED},
    {"done, unreadable, and found",
     0,
     {SAYS("201", "", "{}"), LIST(REFUND_JSON), MADE},
     3,
     XPAY_RESOLUTION_DONE,
     true,
     XPAY_SETTLEMENT_APPLIED},
    {"key of another request",
     0,
     {SAYS("400", "", ERROR_JSON("idempotency_error", "idempotency_key_in_use")), LIST()},
     2,
     XPAY_RESOLUTION_ASK_A_PERSON,
     true,
     0},
    {"too old, and found",
     24 * HOUR_MS,
     {LIST(OTHER_REFUND "," REFUND_JSON "," OLD_REFUND), MADE},
     2,
     XPAY_RESOLUTION_DONE,
     false,
     XPAY_SETTLEMENT_APPLIED},
    {"too old, and nothing fits",
     24 * HOUR_MS,
     {LIST(OTHER_REFUND "," OLD_REFUND)},
     1,
     XPAY_RESOLUTION_ASK_A_PERSON,
     false,
     0},
    {"too old, and two fit",
     24 * HOUR_MS,
     {LIST(REFUND_JSON "," REFUND_JSON)},
     1,
     XPAY_RESOLUTION_ASK_A_PERSON,
     false,
     0},
    {"too old, and the list is not to be had",
     24 * HOUR_MS,
     {LOST},
     1,
     XPAY_RESOLUTION_STILL_OPEN,
     false,
     0},
};

/* Leave a refund open, aged as the case says, as a process that died would. */
static void leave_open(shelf *s, int64_t age_ms)
{
    static const char *const lost[] = {LOST};
    scripted *server = scripted_start(lost, 1);
    xpay_client *client = client_with(server, s);
    xpay_error error;
    ck_assert_int_eq(refund(client, "order-1042-refund-1", &error), XPAY_ERROR_NETWORK);
    ck_assert_int_eq(s->settlement, XPAY_SETTLEMENT_OPEN);
    s->intent.created_ms -= age_ms;
    s->intent.not_after_ms -= age_ms;
    s->settles = 0;
    s->settlement = 0;
    xpay_client_free(client);
    scripted_stop(server);
}

typedef struct told {
    int count;
    int32_t verdict;
    bool asked_again;
    bool has_object;
} told;

static xpay_status tell(void *context, const xpay_intent *intent, const xpay_resolution *resolution)
{
    told *t = context;
    ck_assert_str_eq(intent->key, "order-1042-refund-1");
    t->count++;
    t->verdict = resolution->verdict;
    t->asked_again = resolution->asked_again;
    t->has_object = resolution->object != NULL;
    if (t->has_object)
        ck_assert_str_eq(((const xpay_refund *)resolution->object)->id, "re_1");
    xpay_object_free(resolution->object);
    return XPAY_OK;
}

START_TEST(test_open_intent_is_resolved_without_doing_it_twice)
{
    const struct resolve_case *c = &resolve_cases[_i];
    shelf s = {0};
    leave_open(&s, c->age_ms);
    scripted *server = scripted_start(c->answers, 3);
    xpay_client *client = client_with(server, &s);
    told t = {0};
    xpay_error error;
    ck_assert_int_eq(xpay_resolve_unsettled(client, NULL, tell, &t, &error), XPAY_OK);
    ck_assert_int_eq(t.count, 1);
    ck_assert_msg(t.verdict == c->verdict, "%s: verdict %d (%s)", c->rule, t.verdict,
                  error.message);
    ck_assert_msg(t.asked_again == c->asked_again, "%s", c->rule);
    ck_assert_msg(t.has_object == (c->verdict == XPAY_RESOLUTION_DONE), "%s", c->rule);
    ck_assert_msg(scripted_requests(server) == c->requests, "%s: %zu requests", c->rule,
                  scripted_requests(server));
    ck_assert_int_eq(s.records, 1);
    ck_assert_int_eq(s.settlement, c->settlement);
    if (c->asked_again) {
        char key[64];
        const char *request = scripted_request(server, 0);
        scripted_header(request, "Idempotency-Key", key, sizeof key);
        ck_assert_str_eq(key, "order-1042-refund-1");
        ck_assert_ptr_nonnull(strstr(request, "{\"chargeId\":\"ch_1\",\"amount\":500}"));
    } else {
        ck_assert_int_eq(strncmp(scripted_request(server, 0), "GET /refunds?chargeId=ch_1", 26), 0);
    }
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* One member of an intent that is changed, and what resolving it then says. */
static const struct damage_case {
    const char *param;
    size_t offset;
    const char *value;
    xpay_status status;
} damage_cases[] = {
#define MEMBER(m) #m, offsetof(xpay_intent, m)
    {MEMBER(key), NULL, XPAY_ERROR_ARGUMENT},
    {MEMBER(key), "a b", XPAY_ERROR_ARGUMENT},
    {MEMBER(operation), "refund_undo", XPAY_ERROR_ARGUMENT},
    {MEMBER(method), "PATCH", XPAY_ERROR_ARGUMENT},
    {MEMBER(target), "/refunds/../account", XPAY_ERROR_ARGUMENT},
    {MEMBER(target), ".evil.example/refunds", XPAY_ERROR_ARGUMENT},
    {MEMBER(target), "/refunds?a b", XPAY_ERROR_ARGUMENT},
    {"fingerprint", offsetof(xpay_intent, target), "/refunds?x=1", XPAY_ERROR_IDEMPOTENCY},
    {"fingerprint", offsetof(xpay_intent, body), "{\"chargeId\":\"ch_1\",\"amount\":501}",
     XPAY_ERROR_IDEMPOTENCY},
    {"fingerprint", offsetof(xpay_intent, fingerprint), "00", XPAY_ERROR_IDEMPOTENCY},
#undef MEMBER
};

START_TEST(test_damaged_intent_is_never_sent)
{
    const struct damage_case *c = &damage_cases[_i];
    static const char *const answers[] = {MADE};
    shelf s = {0};
    leave_open(&s, 0);
    scripted *server = scripted_start(answers, 1);
    xpay_client *client = client_with(server, &s);
    xpay_intent intent = s.intent;
    xpay_resolution resolution;
    xpay_error error;
    memcpy((char *)&intent + c->offset, &c->value, sizeof c->value);
    ck_assert_int_eq(xpay_resolve(client, &intent, NULL, &resolution, &error), c->status);
    ck_assert_str_eq(error.param, c->param);
    ck_assert_int_eq(resolution.verdict, 0);
    ck_assert_ptr_null(resolution.object);
    ck_assert_uint_eq(scripted_requests(server), 0);
    s.intent = intent;
    told t = {0};
    if (intent.key != NULL && strcmp(intent.key, "a b") != 0) {
        ck_assert_int_eq(xpay_resolve_unsettled(client, NULL, tell, &t, &error), XPAY_OK);
        ck_assert_int_eq(t.verdict, XPAY_RESOLUTION_ASK_A_PERSON);
    }
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

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
    store.record = record;
    store.settle = settle;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    ck_assert_int_eq(xpay_resolve_unsettled(client, NULL, NULL, NULL, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "intent_store");
    xpay_client_free(client);
}
END_TEST

Suite *intent_suite(void)
{
    Suite *suite = suite_create("intent");
    TCase *tests = tcase_create("store");
    tcase_add_loop_test(tests, test_intent_is_recorded_first_and_settled_by_the_outcome, 0,
                        (int)LENGTH(settle_cases));
    tcase_add_loop_test(tests, test_nothing_is_sent_that_the_store_does_not_take, 0,
                        (int)LENGTH(refusal_cases));
    tcase_add_test(tests, test_reads_and_calls_without_a_key_are_not_recorded);
    tcase_add_test(tests, test_store_must_be_whole);
    suite_add_tcase(suite, tests);
    tests = tcase_create("resolve");
    tcase_add_loop_test(tests, test_open_intent_is_resolved_without_doing_it_twice, 0,
                        (int)LENGTH(resolve_cases));
    tcase_add_loop_test(tests, test_damaged_intent_is_never_sent, 0, (int)LENGTH(damage_cases));
    suite_add_tcase(suite, tests);
    return suite;
}
