/* What an earlier process left open is found and finished, and never done twice. */
#include <check.h>
#include <string.h>

#include "shelf.h"
#include "suites.h"

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
    {"refused now, and stored",
     0,
     {WRONG, WRONG_AGAIN},
     2,
     XPAY_RESOLUTION_REFUSED,
     true,
     XPAY_SETTLEMENT_REJECTED},
    {"refused now, and not stored", 0, {WRONG, WRONG}, 2, XPAY_RESOLUTION_STILL_OPEN, true, 0},
    {"refused now, and then lost", 0, {WRONG, LOST}, 2, XPAY_RESOLUTION_STILL_OPEN, true, 0},
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
    xpay_client *client = shelf_client(s, server);
    xpay_error error;
    ck_assert_int_eq(shelf_refund(client, "order-1042-refund-1", &error), XPAY_ERROR_NETWORK);
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
    xpay_client *client = shelf_client(&s, server);
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

/* XPay is not known to de-duplicate customers: a second request could make a second one. */
START_TEST(test_operation_that_is_not_deduplicated_is_never_asked_again)
{
    static const char *const answers[] = {LOST, MADE};
    scripted *server = scripted_start(answers, 2);
    shelf s = {0};
    xpay_client *client = shelf_client(&s, server);
    xpay_customer_create_params params = XPAY_CUSTOMER_CREATE_PARAMS_INIT;
    xpay_customer *made;
    xpay_resolution resolution;
    xpay_error error;
    params.name = "Mona";
    params.email = "mona@shop.example";
    ck_assert_int_eq(xpay_customer_create(client, &params, NULL, &made, &error),
                     XPAY_ERROR_NETWORK);
    ck_assert_int_eq(s.settlement, XPAY_SETTLEMENT_OPEN);
    ck_assert_int_eq(xpay_resolve(client, &s.intent, NULL, &resolution, &error), XPAY_OK);
    ck_assert_int_eq(resolution.verdict, XPAY_RESOLUTION_ASK_A_PERSON);
    ck_assert(!resolution.asked_again);
    ck_assert_uint_eq(scripted_requests(server), 1);
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
    xpay_client *client = shelf_client(&s, server);
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

Suite *resolve_suite(void)
{
    Suite *suite = suite_create("resolve");
    TCase *tests = tcase_create("open intents");
    tcase_add_loop_test(tests, test_open_intent_is_resolved_without_doing_it_twice, 0,
                        (int)LENGTH(resolve_cases));
    tcase_add_test(tests, test_operation_that_is_not_deduplicated_is_never_asked_again);
    tcase_add_loop_test(tests, test_damaged_intent_is_never_sent, 0, (int)LENGTH(damage_cases));
    suite_add_tcase(suite, tests);
    return suite;
}
