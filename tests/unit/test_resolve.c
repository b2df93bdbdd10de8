/* What an earlier process left open is found and finished, and never done twice. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "net/client.h"
#include "shelf.h"
#include "suites.h"

#define LIST(...) SAYS("200", "", "[" __VA_ARGS__ "]")
#define IN_TIME   "2099-01-01T00:00:00.000Z" /* replaced by a moment of the intent's time */
#define OTHER_REFUND                                                                             \
    "{\"id\":\"re_2\",\"object\":\"refund\",\"amount\":700,\"chargeId\":\"ch_1\",\"createdAt\":" \
    "\"2099-01-01T00:00:00.000Z\",\"currency\":\"EGP\",\"status\":\"SUCCEEDED\"}"
#define OLD_REFUND                                                                               \
    "{\"id\":\"re_3\",\"object\":\"refund\",\"amount\":500,\"chargeId\":\"ch_1\",\"createdAt\":" \
    "\"2001-01-01T00:00:00.000Z\",\"currency\":\"EGP\",\"status\":\"SUCCEEDED\"}"
#define LATER_REFUND                                                                             \
    "{\"id\":\"re_4\",\"object\":\"refund\",\"amount\":500,\"chargeId\":\"ch_1\",\"createdAt\":" \
    "\"2098-01-01T00:00:00.000Z\",\"currency\":\"EGP\",\"status\":\"SUCCEEDED\"}"
/* The amount that was asked for; members are left out, or are of another moment. */
#define BARE_REFUND(more)                                                              \
    "{\"id\":\"re_1\",\"object\":\"refund\",\"amount\":500,\"currency\":\"EGP\"," more \
    "\"status\":\"SUCCEEDED\"}"
#define OF_CHARGE    "\"chargeId\":\"ch_1\","
#define MADE_IN_TIME "\"createdAt\":\"2099-01-01T00:00:00.000Z\","
#define MADE_BEFORE  "\"createdAt\":\"2097-01-01T00:00:00.000Z\"," /* ten hours before the intent */
/* The same but for what its maker said of it. */
#define TOLD_REFUND(more) "{" more "," REFUND_TAIL
#define MADE_AND(more)    SAYS("201", "", TOLD_REFUND(more))
#define MISSING_AGAIN                            \
    SAYS("404", "Idempotent-Replayed: true\r\n", \
         ERROR_JSON("invalid_request_error", "resource_missing"))

#define CANDIDATE (-1)

/* An intent that an earlier process left open, what XPay says now, and the verdict. */
static const struct resolve_case {
    const char *rule;
    int64_t age_ms;
    const char *answers[3];
    size_t requests;
    int32_t verdict;
    bool asked_again;
    int32_t settlement; /* 0: it stays as it is; CANDIDATE: so, and a person is shown a refund */
} resolve_cases[] = {
    {"done now, or then", 0, {MADE}, 1, XPAY_RESOLUTION_DONE, true, XPAY_SETTLEMENT_APPLIED},
    /* A refusal counts when no refund is to be seen either, whoever was refused when. */
    {"refused then",
     HOUR_MS,
     {WRONG_AGAIN, LIST(OTHER_REFUND)},
     2,
     XPAY_RESOLUTION_REFUSED,
     true,
     XPAY_SETTLEMENT_REJECTED},
    {"refused now",
     HOUR_MS,
     {WRONG, LIST()},
     2,
     XPAY_RESOLUTION_REFUSED,
     true,
     XPAY_SETTLEMENT_REJECTED},
    {"refused, and so lately that a list need not show it",
     HOUR_MS / 6 - 60000,
     {WRONG, LIST()},
     2,
     XPAY_RESOLUTION_STILL_OPEN,
     true,
     0},
    {"refused, because it was done",
     0,
     {WRONG_AGAIN, LIST(REFUND_JSON), MADE},
     3,
     XPAY_RESOLUTION_DONE,
     true,
     XPAY_SETTLEMENT_APPLIED},
    /* A refund is not made undone by what its entry in the list leaves out, or by a clock that was wrong. */
    {"refused, and one that does not tell its time may be it",
     0,
     {WRONG_AGAIN, LIST(BARE_REFUND(OF_CHARGE)), SAYS("200", "", BARE_REFUND(OF_CHARGE))},
     3,
     XPAY_RESOLUTION_ASK_A_PERSON,
     true,
     CANDIDATE},
    {"refused, and one that does not tell its charge may be it",
     0,
     {WRONG_AGAIN, LIST(BARE_REFUND(MADE_IN_TIME)), SAYS("200", "", BARE_REFUND(MADE_IN_TIME))},
     3,
     XPAY_RESOLUTION_ASK_A_PERSON,
     true,
     CANDIDATE},
    {"refused, and one is it if the clock was wrong",
     0,
     {WRONG_AGAIN, LIST(BARE_REFUND(OF_CHARGE MADE_BEFORE))},
     2,
     XPAY_RESOLUTION_ASK_A_PERSON,
     true,
     0},
    {"refused, and one is older than clocks are wrong",
     HOUR_MS,
     {WRONG_AGAIN, LIST(OLD_REFUND)},
     2,
     XPAY_RESOLUTION_REFUSED,
     true,
     XPAY_SETTLEMENT_REJECTED},
    {"refused, and the list is not to be had",
     0,
     {WRONG_AGAIN, LOST},
     2,
     XPAY_RESOLUTION_STILL_OPEN,
     true,
     0},
    {"nothing of the kind is known",
     0,
     {MISSING_AGAIN, LIST()},
     2,
     XPAY_RESOLUTION_ASK_A_PERSON,
     true,
     0},
    {"refused by something in between",
     0,
     {SAYS("400", "", "{}")},
     1,
     XPAY_RESOLUTION_STILL_OPEN,
     true,
     0},
    {"wrong API key", 0, {NO_KEY}, 1, XPAY_RESOLUTION_STILL_OPEN, true, 0},
    {"too many", 0, {TOO_MANY}, 1, XPAY_RESOLUTION_STILL_OPEN, true, 0},
    {"lost again", 0, {LOST}, 1, XPAY_RESOLUTION_STILL_OPEN, true, 0},
    {"failed again", 0, {FAILED}, 1, XPAY_RESOLUTION_STILL_OPEN, true, 0},
    {"in the first half of its time",
     11 * HOUR_MS,
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
    {"too old, and somebody else's may be it",
     24 * HOUR_MS,
     {LIST(TOLD_REFUND("\"description\":\"by hand\"")), MADE_AND("\"description\":\"by hand\"")},
     2,
     XPAY_RESOLUTION_ASK_A_PERSON,
     false,
     CANDIDATE},
    {"too old, and one for another reason may be it",
     24 * HOUR_MS,
     {LIST(TOLD_REFUND("\"reason\":\"FRAUDULENT\"")), MADE_AND("\"reason\":\"FRAUDULENT\"")},
     2,
     XPAY_RESOLUTION_ASK_A_PERSON,
     false,
     CANDIDATE},
    {"too old, and one is too new",
     24 * HOUR_MS,
     {LIST(LATER_REFUND)},
     1,
     XPAY_RESOLUTION_ASK_A_PERSON,
     false,
     0},
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

static void put_moment(char *text, const char *mark, int64_t at_ms)
{
    char moment[40];
    time_t seconds = (time_t)(at_ms / 1000);
    strftime(moment, sizeof moment, "%Y-%m-%dT%H:%M:%S.000Z", gmtime(&seconds));
    ck_assert_uint_eq(strlen(moment), strlen(mark));
    for (char *place = text; (place = strstr(place, mark)) != NULL;)
        memcpy(place, moment, strlen(moment));
}

/* An answer whose refunds were made in the intent's time, or before it. */
static const char *in_time(const char *answer, int64_t created_ms, char *text, size_t size)
{
    if (answer == LOST)
        return LOST;
    ck_assert_uint_lt(strlen(answer), size);
    strcpy(text, answer);
    put_moment(text, IN_TIME, created_ms + 60000);
    put_moment(text, "2097-01-01T00:00:00.000Z", created_ms - 10 * HOUR_MS);
    return text;
}

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
    static char texts[3][2048];
    const char *answers[3];
    for (size_t i = 0; i < 3; i++)
        answers[i] = in_time(c->answers[i], s.intent.created_ms, texts[i], sizeof texts[i]);
    scripted *server = scripted_start(answers, 3);
    xpay_client *client = shelf_client(&s, server);
    told t = {0};
    xpay_error error;
    ck_assert_int_eq(xpay_resolve_unsettled(client, NULL, tell, &t, &error), XPAY_OK);
    ck_assert_int_eq(t.count, 1);
    ck_assert_msg(t.verdict == c->verdict, "%s: verdict %d (%s)", c->rule, t.verdict,
                  error.message);
    ck_assert_msg(t.asked_again == c->asked_again, "%s", c->rule);
    ck_assert_msg(t.has_object ==
                      (c->verdict == XPAY_RESOLUTION_DONE || c->settlement == CANDIDATE),
                  "%s", c->rule);
    ck_assert_int_eq(s.takes, c->asked_again);
    ck_assert_msg(scripted_requests(server) == c->requests, "%s: %zu requests", c->rule,
                  scripted_requests(server));
    ck_assert_int_eq(s.records, 1);
    ck_assert_int_eq(s.settlement, c->settlement == CANDIDATE ? 0 : c->settlement);
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

/* What another client left, and whether this one may find out what became of it. */
static const struct owner_case {
    bool livemode;
    const char *account; /* of the intent */
    const char *param;   /* NULL: it is ours */
} owner_cases[] = {
    {false, "the shop in Cairo", NULL},
    {false, NULL, NULL},
    {true, "the shop in Cairo", "livemode"},
    {false, "the shop in Giza", "account"},
};

START_TEST(test_intent_of_another_mode_or_account_is_left_alone)
{
    const struct owner_case *c = &owner_cases[_i];
    static const char *const answers[] = {MADE};
    shelf s = {0};
    leave_open(&s, 0);
    s.intent.livemode = c->livemode;
    s.intent.account = c->account;
    scripted *server = scripted_start(answers, 1);
    xpay_client *client = shelf_client(&s, server);
    xpay_resolution resolution;
    xpay_error error;
    told t = {0};
    if (c->param != NULL) {
        ck_assert_int_eq(xpay_resolve(client, &s.intent, NULL, &resolution, &error),
                         XPAY_ERROR_ARGUMENT);
        ck_assert_str_eq(error.param, c->param);
        ck_assert_int_eq(error.outcome, XPAY_OUTCOME_UNKNOWN);
    }
    ck_assert_int_eq(xpay_resolve_unsettled(client, NULL, tell, &t, &error), XPAY_OK);
    ck_assert_int_eq(t.count, c->param == NULL);
    ck_assert_uint_eq(scripted_requests(server), c->param == NULL);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* The row was settled, or the store failed, between the listing and the resolution. */
START_TEST(test_nothing_is_asked_that_cannot_be_taken_over)
{
    static const xpay_status statuses[] = {XPAY_ERROR_CONFLICT, XPAY_ERROR_MEMORY};
    static const char *const answers[] = {MADE};
    shelf s = {.take_over_status = statuses[_i]};
    leave_open(&s, 0);
    scripted *server = scripted_start(answers, 1);
    xpay_client *client = shelf_client(&s, server);
    xpay_resolution resolution;
    xpay_error error;
    told t = {0};
    const xpay_intent intent = s.intent;
    ck_assert_int_eq(xpay_resolve(client, &intent, NULL, &resolution, &error), statuses[_i]);
    ck_assert_int_eq(error.outcome, XPAY_OUTCOME_UNKNOWN);
    ck_assert_int_eq(resolution.verdict, 0);
    xpay_status status = xpay_resolve_unsettled(client, NULL, tell, &t, &error);
    ck_assert_int_eq(status, statuses[_i] == XPAY_ERROR_CONFLICT ? XPAY_OK : statuses[_i]);
    ck_assert_int_eq(t.count, 0);
    ck_assert_int_eq(s.settles, 0);
    ck_assert_uint_eq(scripted_requests(server), 0);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* A store of several intents, the oldest first, and what each says when it is to be taken over: one letter a row. */
typedef struct ledge {
    const char *rows; /* '.': go on; 's': settled meanwhile; the others fail, each in its way */
    xpay_intent intents[24];
    char keys[24][16];
    size_t taken;
    size_t visited;
    xpay_status visit_status;
} ledge;

static xpay_status take_off(void *context, const char *key, const char *call)
{
    ledge *l = context;
    size_t row = strtoul(key + strlen("row-"), NULL, 10);
    ck_assert_uint_eq(strlen(call), 32);
    ck_assert_uint_eq(row, l->taken++);
    switch (l->rows[row]) {
    case 's': return XPAY_ERROR_CONFLICT;
    case 'm': return XPAY_ERROR_MEMORY;
    case 'n': return XPAY_ERROR_NETWORK;
    case 'a': return XPAY_ERROR_ARGUMENT;
    default: return XPAY_OK;
    }
}

static xpay_status settle_it(void *context, const xpay_settlement *settlement)
{
    (void)context;
    ck_assert_int_eq(settlement->how, XPAY_SETTLEMENT_APPLIED);
    return XPAY_OK;
}

static xpay_status list_all(void *context, xpay_intent_visitor visit, void *visit_context)
{
    ledge *l = context;
    xpay_status status = XPAY_OK;
    for (size_t i = 0; l->rows[i] != '\0' && status == XPAY_OK; i++)
        status = visit(visit_context, &l->intents[i]);
    return status;
}

static xpay_status visit_it(void *context, const xpay_intent *intent,
                            const xpay_resolution *resolution)
{
    ledge *l = context;
    ck_assert_int_eq(l->rows[strtoul(intent->key + strlen("row-"), NULL, 10)], '.');
    ck_assert_int_eq(resolution->verdict, XPAY_RESOLUTION_DONE);
    xpay_object_free(resolution->object);
    l->visited++;
    return l->visit_status;
}

/* Intents that cannot be taken over, and those around them. */
static const struct run_case {
    const char *rule;
    const char *rows;
    xpay_status visit_status;
    size_t taken;
    size_t visited;
    xpay_status status;
    const char *key;     /* that the error names, of a run that was not ended */
    const char *message; /* what it begins with */
} run_cases[] = {
    {"the others are resolved", "m..", XPAY_OK, 3, 2, XPAY_ERROR_MEMORY, "row-0",
     "1 of the intents could not be resolved; the first: the intent store did not take over"},
    {"the first failure is told", ".n.m", XPAY_OK, 4, 2, XPAY_ERROR_NETWORK, "row-1",
     "2 of the intents could not be resolved; the first: the intent store did not take over"},
    {"a store's word is none about the row", "a..", XPAY_OK, 3, 2, XPAY_ERROR_ARGUMENT, "row-0",
     "1 of the intents could not be resolved; the first: the intent store did not take over"},
    {"settled meanwhile is no failure", "s.s", XPAY_OK, 3, 1, XPAY_OK, NULL, NULL},
    {"the visitor ends the run", "m..", XPAY_ERROR_TIMEOUT, 2, 1, XPAY_ERROR_TIMEOUT, NULL, NULL},
    {"a store that is down is left alone", "nnnnnnnnnn..", XPAY_OK, 10, 0, XPAY_ERROR_NETWORK,
     "row-0", "10 of the intents could not be resolved, and the rest was not tried; the first: "},
    {"one that answers is not down", "mmmmmmmmm.mmmmmmmmms.", XPAY_OK, 21, 2, XPAY_ERROR_MEMORY,
     "row-0", "18 of the intents could not be resolved; the first: "},
};

START_TEST(test_intent_that_cannot_be_taken_over_holds_up_no_other)
{
    const struct run_case *c = &run_cases[_i];
    const char *answers[24];
    ledge l = {.rows = c->rows, .visit_status = c->visit_status};
    shelf s = {0};
    leave_open(&s, 0);
    for (size_t i = 0; i < LENGTH(answers); i++) {
        answers[i] = MADE;
        snprintf(l.keys[i], sizeof l.keys[i], "row-%zu", i);
        l.intents[i] = s.intent;
        l.intents[i].key = l.keys[i];
    }
    scripted *server = scripted_start(answers, LENGTH(answers));
    xpay_client_options options = scripted_options(server);
    xpay_intent_store store = XPAY_INTENT_STORE_INIT;
    xpay_client *client;
    xpay_error error;
    store.context = &l;
    store.record = shelf_record;
    store.settle = settle_it;
    store.take_over = take_off;
    store.unsettled = list_all;
    options.intent_store = &store;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);

    xpay_status status = xpay_resolve_unsettled(client, NULL, visit_it, &l, &error);
    ck_assert_msg(status == c->status, "%s: %s", c->rule, xpay_status_name(status));
    ck_assert_msg(l.taken == c->taken, "%s: %zu taken over", c->rule, l.taken);
    ck_assert_msg(l.visited == c->visited, "%s: %zu visited", c->rule, l.visited);
    ck_assert_uint_eq(scripted_requests(server), c->visited);
    if (c->key != NULL) {
        ck_assert_int_eq(error.status, c->status);
        ck_assert_int_eq(error.outcome, XPAY_OUTCOME_UNKNOWN);
        ck_assert_str_eq(error.idempotency_key, c->key);
        ck_assert_msg(strncmp(error.message, c->message, strlen(c->message)) == 0, "%s: %s",
                      c->rule, error.message);
    }
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* What an earlier process did stays in doubt, although this one was refused and knows of no other call. */
START_TEST(test_refusal_of_the_repeat_does_not_undo_what_was_done)
{
    static const char *const answers[][1] = {{NO_KEY}, {TOO_MANY}};
    shelf s = {0};
    leave_open(&s, 0);
    scripted *server = scripted_start(answers[_i], 1);
    xpay_client *client = shelf_client(&s, server);
    xpay_resolution resolution;
    xpay_error error;
    ck_assert_int_eq(xpay_resolve(client, &s.intent, NULL, &resolution, &error), XPAY_OK);
    ck_assert_int_eq(resolution.verdict, XPAY_RESOLUTION_STILL_OPEN);
    ck_assert_int_eq(error.outcome, XPAY_OUTCOME_UNKNOWN);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* What is wrong with the options is no reason to leave the intents to a person. */
START_TEST(test_bad_options_say_nothing_of_the_intents)
{
    static const char *const params[] = {"timeout_ms", "max_attempts"};
    static const char *const answers[] = {MADE};
    shelf s = {0};
    leave_open(&s, 0);
    scripted *server = scripted_start(answers, 1);
    xpay_client *client = shelf_client(&s, server);
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    xpay_error error;
    told t = {0};
    options.timeout_ms = _i == 0 ? -1 : 0;
    options.max_attempts = _i == 1 ? -1 : 0;
    ck_assert_int_eq(xpay_resolve_unsettled(client, &options, tell, &t, &error),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, params[_i]);
    ck_assert_int_eq(t.count, 0);
    ck_assert_int_eq(s.takes, 0);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* Another call recorded the intent while it was resolved: what that one does is not known yet. */
START_TEST(test_refusal_is_not_the_end_of_a_row_that_another_call_has)
{
    static const char *const answers[] = {WRONG, LIST()};
    shelf s = {.joined = true};
    leave_open(&s, 0);
    scripted *server = scripted_start(answers, 2);
    xpay_client *client = shelf_client(&s, server);
    xpay_resolution resolution;
    xpay_error error;
    ck_assert_int_eq(xpay_resolve(client, &s.intent, NULL, &resolution, &error), XPAY_OK);
    ck_assert_int_eq(resolution.verdict, XPAY_RESOLUTION_STILL_OPEN);
    ck_assert(resolution.refused);
    ck_assert_int_eq(s.settlement, 0);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* What XPay's clock says when most of a key's life seems over: ours may be wrong. */
static const struct clock_case {
    const char *rule;
    int64_t
        ahead_ms; /* how much XPay's clock is ahead of ours; CLOCKLESS: it does not tell, SILENT: no answer */
    bool asked_again;
    int32_t verdict;
} clock_cases[] = {
#define CLOCKLESS INT64_MIN
#define SILENT    INT64_MAX
    {"as ours", 0, true, XPAY_RESOLUTION_DONE},
    {"not told", CLOCKLESS, true, XPAY_RESOLUTION_DONE},
    {"no answer", SILENT, false, XPAY_RESOLUTION_STILL_OPEN},
    {"half an hour ahead", HOUR_MS / 2, true, XPAY_RESOLUTION_DONE},
    {"two hours ahead", 2 * HOUR_MS, false, XPAY_RESOLUTION_ASK_A_PERSON},
    {"two hours behind", -2 * HOUR_MS, true, XPAY_RESOLUTION_DONE},
};

START_TEST(test_age_of_a_key_goes_by_the_later_clock)
{
    const struct clock_case *c = &clock_cases[_i];
    static char refusal[1024];
    char date[64];
    shelf s = {0};
    leave_open(&s, 22 * HOUR_MS);
    bool tells = c->ahead_ms != SILENT && c->ahead_ms != CLOCKLESS;
    time_t then = (time_t)((wall_ms() + (tells ? c->ahead_ms : 0)) / 1000);
    if (tells)
        strftime(date, sizeof date, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", gmtime(&then));
    else
        date[0] = '\0';
    snprintf(refusal, sizeof refusal,
             "HTTP/1.1 403 Scripted\r\nContent-Type: application/json\r\n%sX-Length: %s", date,
             ERROR_JSON("invalid_request_error", "permission_denied"));
    const char *answers[] = {c->ahead_ms == SILENT ? LOST : refusal,
                             c->asked_again ? MADE : LIST()};
    scripted *server = scripted_start(answers, 2);
    xpay_client *client = shelf_client(&s, server);
    xpay_resolution resolution;
    xpay_error error;
    ck_assert_int_eq(xpay_resolve(client, &s.intent, NULL, &resolution, &error), XPAY_OK);
    ck_assert_msg(resolution.verdict == c->verdict, "%s: verdict %d (%s)", c->rule,
                  resolution.verdict, error.message);
    ck_assert_msg(resolution.asked_again == c->asked_again, "%s", c->rule);
    ck_assert_int_eq(strncmp(scripted_request(server, 0), "GET /account", 12), 0);
    if (c->ahead_ms != SILENT)
        ck_assert_int_eq(strncmp(scripted_request(server, 1), "POST /refunds", 13) == 0,
                         c->asked_again);
    xpay_object_free(resolution.object);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* The key dies while the client waits to repeat: its age is the intent's, not this call's. */
START_TEST(test_resolving_ends_with_the_life_of_the_key)
{
    static const char *const answers[] = {
        SAYS("503", "Retry-After: 1\r\n", ERROR_JSON("api_error", "internal_error")), MADE};
    shelf s = {0};
    leave_open(&s, 0);
    s.intent.not_after_ms = xpay_wall_clock_ms() + 500;
    scripted *server = scripted_start(answers, 2);
    xpay_client *client = shelf_client(&s, server);
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    xpay_resolution resolution;
    xpay_error error;
    options.max_attempts = 3;
    ck_assert_int_eq(xpay_resolve(client, &s.intent, &options, &resolution, &error), XPAY_OK);
    ck_assert_int_eq(resolution.verdict, XPAY_RESOLUTION_STILL_OPEN);
    ck_assert_uint_eq(scripted_requests(server), 1);
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

/* Times that no intent has, relative to when it was made. */
static const struct time_case {
    int64_t created_ms;
    int64_t not_after_ms;
    bool absolute;
    const char *param;
} time_cases[] = {
    {INT64_MAX, INT64_MAX, true, "created_ms"},
    {INT64_MIN, INT64_MAX, true, "created_ms"},
    {0, 0, true, "created_ms"},
    {HOUR_MS, 23 * HOUR_MS, false, "created_ms"},
    {0, 23 * HOUR_MS + 1, false, "not_after_ms"},
    {0, -1, false, "not_after_ms"},
};

START_TEST(test_intent_with_impossible_times_is_never_sent)
{
    const struct time_case *c = &time_cases[_i];
    static const char *const answers[] = {MADE};
    shelf s = {0};
    leave_open(&s, 0);
    scripted *server = scripted_start(answers, 1);
    xpay_client *client = shelf_client(&s, server);
    xpay_intent intent = s.intent;
    xpay_resolution resolution;
    xpay_error error;
    intent.created_ms = c->created_ms + (c->absolute ? 0 : s.intent.created_ms);
    intent.not_after_ms = c->not_after_ms + (c->absolute ? 0 : s.intent.created_ms);
    ck_assert_int_eq(xpay_resolve(client, &intent, NULL, &resolution, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, c->param);
    ck_assert_uint_eq(scripted_requests(server), 0);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

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
    tcase_add_loop_test(tests, test_intent_of_another_mode_or_account_is_left_alone, 0,
                        (int)LENGTH(owner_cases));
    tcase_add_loop_test(tests, test_nothing_is_asked_that_cannot_be_taken_over, 0, 2);
    tcase_add_loop_test(tests, test_intent_that_cannot_be_taken_over_holds_up_no_other, 0,
                        (int)LENGTH(run_cases));
    tcase_add_loop_test(tests, test_refusal_of_the_repeat_does_not_undo_what_was_done, 0, 2);
    tcase_add_loop_test(tests, test_bad_options_say_nothing_of_the_intents, 0, 2);
    tcase_add_test(tests, test_refusal_is_not_the_end_of_a_row_that_another_call_has);
    tcase_add_loop_test(tests, test_intent_with_impossible_times_is_never_sent, 0,
                        (int)LENGTH(time_cases));
    tcase_add_loop_test(tests, test_age_of_a_key_goes_by_the_later_clock, 0,
                        (int)LENGTH(clock_cases));
    tcase_add_test(tests, test_resolving_ends_with_the_life_of_the_key);
    tcase_add_test(tests, test_operation_that_is_not_deduplicated_is_never_asked_again);
    tcase_add_loop_test(tests, test_damaged_intent_is_never_sent, 0, (int)LENGTH(damage_cases));
    suite_add_tcase(suite, tests);
    return suite;
}
