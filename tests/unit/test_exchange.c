/* What an operation comes to: scripts of attempts with a scripted clock, and the verdict that must follow. */
#include <check.h>
#include <string.h>

#include "net/exchange.h"

Suite *exchange_suite(void);

#define MAX_STEPS 4

/* One attempt as the network would have it. */
typedef struct step {
    bool sent; /* the request left */
    xpay_status failure;
    int32_t http_status;
    const char *code;
    bool replayed; /* from XPay's store */
} step;

#define SENT(failure, http, code)               \
    {                                           \
        true, XPAY_##failure, http, code, false \
    }
#define KEPT(failure)                       \
    {                                       \
        false, XPAY_##failure, 0, "", false \
    }
#define ANSWER(http, code) SENT(OK, http, code)
#define STORED(http, code)              \
    {                                   \
        true, XPAY_OK, http, code, true \
    }

typedef struct verdict_case {
    const char *rule;
    const char *method;
    int32_t key;
    bool keyed;
    step steps[MAX_STEPS]; /* the attempts, made one after the other whatever the exchange wants */
    size_t steps_count;
    xpay_status status;
    int32_t outcome;
    int32_t next_step;
} verdict_case;

#define REFUND                        "POST", XPAY_KEY_EVIDENCED, true
#define UNKEYED                       "POST", XPAY_KEY_EVIDENCED, false
#define CUSTOMER                      "POST", XPAY_KEY_UNKNOWN, true
#define READ                          "GET", XPAY_KEY_NONE, false
#define EXPECT(status, outcome, next) XPAY_##status, XPAY_OUTCOME_##outcome, XPAY_NEXT_##next

#define IN_USE "idempotency_key_in_use"
#define STATE  "resource_invalid_state"

/* clang-format off */
static const verdict_case verdict_cases[] = {
    {"success", REFUND, {ANSWER(201, "")}, 1, EXPECT(OK, NONE, NONE)},
    {"any 2xx that can be read is success", REFUND, {ANSWER(200, "")}, 1, EXPECT(OK, NONE, NONE)},

    /* Never sent. */
    {"no address", REFUND, {KEPT(ERROR_RESOLVE)}, 1, EXPECT(ERROR_RESOLVE, NOT_SENT, SAME_KEY)},
    {"no connection", REFUND, {KEPT(ERROR_CONNECT)}, 1, EXPECT(ERROR_CONNECT, NOT_SENT, SAME_KEY)},
    {"no connection, no key", UNKEYED, {KEPT(ERROR_CONNECT)}, 1, EXPECT(ERROR_CONNECT, NOT_SENT, SAME_KEY)},
    {"no connection, customer", CUSTOMER, {KEPT(ERROR_CONNECT)}, 1, EXPECT(ERROR_CONNECT, NOT_SENT, SAME_KEY)},
    {"bad certificate", REFUND, {KEPT(ERROR_TLS_CERTIFICATE)}, 1, EXPECT(ERROR_TLS_CERTIFICATE, NOT_SENT, FIX)},
    {"no time to connect", REFUND, {KEPT(ERROR_TIMEOUT)}, 1, EXPECT(ERROR_TIMEOUT, NOT_SENT, SAME_KEY)},
    {"no memory to send", REFUND, {KEPT(ERROR_MEMORY)}, 1, EXPECT(ERROR_MEMORY, NOT_SENT, SAME_KEY)},

    /* Sent, and no answer. */
    {"lost answer", REFUND, {SENT(ERROR_NETWORK, 0, "")}, 1, EXPECT(ERROR_NETWORK, UNKNOWN, SAME_KEY)},
    {"lost answer, no key", UNKEYED, {SENT(ERROR_NETWORK, 0, "")}, 1, EXPECT(ERROR_NETWORK, UNKNOWN, LOOK)},
    {"lost answer, customer", CUSTOMER, {SENT(ERROR_NETWORK, 0, "")}, 1, EXPECT(ERROR_NETWORK, UNKNOWN, LOOK)},
    {"late answer", REFUND, {SENT(ERROR_TIMEOUT, 0, "")}, 1, EXPECT(ERROR_TIMEOUT, UNKNOWN, SAME_KEY)},
    {"cut refusal", REFUND, {SENT(ERROR_NETWORK, 400, "")}, 1, EXPECT(ERROR_NETWORK, UNKNOWN, SAME_KEY)},
    {"oversized refusal", REFUND, {SENT(ERROR_TOO_LARGE, 400, "")}, 1, EXPECT(ERROR_TOO_LARGE, UNKNOWN, LOOK)},

    /* A 2xx came and could not be read. */
    {"cut success", REFUND, {SENT(ERROR_NETWORK, 201, "")}, 1, EXPECT(ERROR_NETWORK, APPLIED, SAME_KEY)},
    {"late success", REFUND, {SENT(ERROR_TIMEOUT, 201, "")}, 1, EXPECT(ERROR_TIMEOUT, APPLIED, SAME_KEY)},
    {"success, then no memory", REFUND, {SENT(ERROR_MEMORY, 201, "")}, 1, EXPECT(ERROR_MEMORY, APPLIED, SAME_KEY)},
    {"success that is not JSON", REFUND, {SENT(ERROR_JSON, 201, "")}, 1, EXPECT(ERROR_JSON, APPLIED, SAME_KEY)},
    {"success of another kind", REFUND, {SENT(ERROR_DECODE, 201, "")}, 1, EXPECT(ERROR_DECODE, APPLIED, LOOK)},
    {"oversized success", REFUND, {SENT(ERROR_TOO_LARGE, 201, "")}, 1, EXPECT(ERROR_TOO_LARGE, APPLIED, LOOK)},
    {"cut success, no key", UNKEYED, {SENT(ERROR_NETWORK, 201, "")}, 1, EXPECT(ERROR_NETWORK, APPLIED, LOOK)},
    {"cut success, customer", CUSTOMER, {SENT(ERROR_NETWORK, 201, "")}, 1, EXPECT(ERROR_NETWORK, APPLIED, LOOK)},

    /* Refused. */
    {"wrong request", REFUND, {ANSWER(400, "parameter_invalid")}, 1, EXPECT(ERROR_REQUEST, REJECTED, FIX)},
    {"wrong key", REFUND, {ANSWER(401, "invalid_api_key")}, 1, EXPECT(ERROR_AUTHENTICATION, REJECTED, FIX)},
    {"not allowed", REFUND, {ANSWER(403, "permission_denied")}, 1, EXPECT(ERROR_PERMISSION, REJECTED, FIX)},
    {"firewall", REFUND, {ANSWER(403, "")}, 1, EXPECT(ERROR_PERMISSION, UNKNOWN, LOOK)},
    {"401 of something in between", REFUND, {ANSWER(401, "")}, 1, EXPECT(ERROR_AUTHENTICATION, UNKNOWN, LOOK)},
    {"404 of something in between", REFUND, {ANSWER(404, "")}, 1, EXPECT(ERROR_NOT_FOUND, UNKNOWN, LOOK)},
    {"413 of something in between", REFUND, {ANSWER(413, "")}, 1, EXPECT(ERROR_REQUEST, UNKNOWN, LOOK)},
    {"read, firewall", READ, {ANSWER(403, "")}, 1, EXPECT(ERROR_PERMISSION, NONE, FIX)},
    {"not found", REFUND, {ANSWER(404, "resource_missing")}, 1, EXPECT(ERROR_NOT_FOUND, REJECTED, FIX)},
    {"in progress", REFUND, {ANSWER(409, STATE)}, 1, EXPECT(ERROR_CONFLICT, REJECTED, NEW_GENERATION)},
    {"e-mail taken", CUSTOMER, {ANSWER(409, STATE)}, 1, EXPECT(ERROR_CONFLICT, REJECTED, NEW_GENERATION)},
    {"other 4xx", REFUND, {ANSWER(422, "unprocessable")}, 1, EXPECT(ERROR_REQUEST, REJECTED, FIX)},
    {"too many", REFUND, {ANSWER(429, "rate_limit")}, 1, EXPECT(ERROR_RATE_LIMIT, REJECTED, SAME_KEY)},
    {"too many, no key", UNKEYED, {ANSWER(429, "rate_limit")}, 1, EXPECT(ERROR_RATE_LIMIT, REJECTED, SAME_KEY)},

    /* Answered, and yet in doubt. */
    {"key of another request", REFUND, {ANSWER(400, IN_USE)}, 1, EXPECT(ERROR_IDEMPOTENCY, UNKNOWN, LOOK)},
    {"key of another request, told otherwise", REFUND, {ANSWER(422, IN_USE)}, 1, EXPECT(ERROR_IDEMPOTENCY, UNKNOWN, LOOK)},
    {"key of a running request", REFUND, {ANSWER(409, IN_USE)}, 1, EXPECT(ERROR_IDEMPOTENCY, UNKNOWN, SAME_KEY)},
    {"400 without a code", REFUND, {ANSWER(400, "")}, 1, EXPECT(ERROR_REQUEST, UNKNOWN, LOOK)},
    {"409 without a code", REFUND, {ANSWER(409, "")}, 1, EXPECT(ERROR_CONFLICT, UNKNOWN, SAME_KEY)},
    {"408", REFUND, {ANSWER(408, "request_timeout")}, 1, EXPECT(ERROR_SERVER, UNKNOWN, SAME_KEY)},
    {"500", REFUND, {ANSWER(500, "internal_error")}, 1, EXPECT(ERROR_SERVER, UNKNOWN, SAME_KEY)},
    {"502", REFUND, {ANSWER(502, "")}, 1, EXPECT(ERROR_SERVER, UNKNOWN, SAME_KEY)},
    {"503", REFUND, {ANSWER(503, "")}, 1, EXPECT(ERROR_SERVER, UNKNOWN, SAME_KEY)},
    {"599", REFUND, {ANSWER(599, "")}, 1, EXPECT(ERROR_SERVER, UNKNOWN, SAME_KEY)},
    {"500, no key", UNKEYED, {ANSWER(500, "internal_error")}, 1, EXPECT(ERROR_SERVER, UNKNOWN, LOOK)},
    {"500, customer", CUSTOMER, {ANSWER(500, "internal_error")}, 1, EXPECT(ERROR_SERVER, UNKNOWN, LOOK)},
    {"redirect", REFUND, {ANSWER(302, "")}, 1, EXPECT(ERROR_PROTOCOL, UNKNOWN, SAME_KEY)},
    {"no status of HTTP", REFUND, {ANSWER(999, "")}, 1, EXPECT(ERROR_PROTOCOL, UNKNOWN, SAME_KEY)},

    /* Doubt stays with the operation. */
    {"lost, then 401", REFUND, {SENT(ERROR_NETWORK, 0, ""), ANSWER(401, "invalid_api_key")}, 2, EXPECT(ERROR_AUTHENTICATION, UNKNOWN, LOOK)},
    {"lost, then 429", REFUND, {SENT(ERROR_NETWORK, 0, ""), ANSWER(429, "rate_limit")}, 2, EXPECT(ERROR_RATE_LIMIT, UNKNOWN, SAME_KEY)},
    {"lost, then 500", REFUND, {SENT(ERROR_NETWORK, 0, ""), ANSWER(500, "")}, 2, EXPECT(ERROR_SERVER, UNKNOWN, SAME_KEY)},
    {"lost, then refused", REFUND, {SENT(ERROR_NETWORK, 0, ""), ANSWER(400, "parameter_invalid")}, 2, EXPECT(ERROR_REQUEST, UNKNOWN, LOOK)},
    {"lost, then in progress", REFUND, {SENT(ERROR_NETWORK, 0, ""), ANSWER(409, STATE)}, 2, EXPECT(ERROR_CONFLICT, UNKNOWN, LOOK)},
    {"lost, then no connection", REFUND, {SENT(ERROR_TIMEOUT, 0, ""), KEPT(ERROR_CONNECT)}, 2, EXPECT(ERROR_CONNECT, UNKNOWN, SAME_KEY)},
    {"500, then bad certificate", REFUND, {ANSWER(500, ""), KEPT(ERROR_TLS_CERTIFICATE)}, 2, EXPECT(ERROR_TLS_CERTIFICATE, UNKNOWN, LOOK)},
    {"lost, then success", REFUND, {SENT(ERROR_NETWORK, 0, ""), ANSWER(201, "")}, 2, EXPECT(OK, NONE, NONE)},
    {"no connection, then refused", REFUND, {KEPT(ERROR_CONNECT), ANSWER(400, "parameter_invalid")}, 2, EXPECT(ERROR_REQUEST, REJECTED, FIX)},
    {"too many, then no connection", REFUND, {ANSWER(429, ""), KEPT(ERROR_CONNECT)}, 2, EXPECT(ERROR_CONNECT, REJECTED, SAME_KEY)},
    {"cut success, then 500", REFUND, {SENT(ERROR_NETWORK, 201, ""), ANSWER(500, "")}, 2, EXPECT(ERROR_SERVER, APPLIED, SAME_KEY)},
    {"cut success, then 401", REFUND, {SENT(ERROR_NETWORK, 201, ""), ANSWER(401, "")}, 2, EXPECT(ERROR_AUTHENTICATION, APPLIED, LOOK)},
    {"cut success, then success", REFUND, {SENT(ERROR_NETWORK, 201, ""), ANSWER(201, "")}, 2, EXPECT(OK, NONE, NONE)},
    {"lost, no connection, refused", REFUND, {SENT(ERROR_NETWORK, 0, ""), KEPT(ERROR_CONNECT), ANSWER(404, "")}, 3, EXPECT(ERROR_NOT_FOUND, UNKNOWN, LOOK)},

    /* An answer proves that the request left. */
    {"answered, although nothing told that it left", REFUND, {{false, XPAY_OK, 500, "", false}}, 1, EXPECT(ERROR_SERVER, UNKNOWN, SAME_KEY)},
    {"refused, although nothing told that it left", REFUND, {{false, XPAY_OK, 400, "parameter_invalid", false}}, 1, EXPECT(ERROR_REQUEST, REJECTED, FIX)},
    /* Half a refusal from the store tells nothing. */
    {"lost, then a cut refusal from the store", REFUND, {SENT(ERROR_NETWORK, 0, ""), {true, XPAY_ERROR_NETWORK, 400, "parameter_invalid", true}}, 2, EXPECT(ERROR_NETWORK, UNKNOWN, SAME_KEY)},

    /* A refusal that is repeated to the first request that we know of was somebody else's. */
    {"refusal of a stranger's request", REFUND, {STORED(400, "parameter_invalid")}, 1, EXPECT(ERROR_REQUEST, UNKNOWN, LOOK)},
    {"conflict of a stranger's request", REFUND, {STORED(409, STATE)}, 1, EXPECT(ERROR_CONFLICT, UNKNOWN, LOOK)},

    /* What XPay stored under the key is what the first request came to. */
    {"lost, then its refusal", REFUND, {SENT(ERROR_NETWORK, 0, ""), STORED(400, "parameter_invalid")}, 2, EXPECT(ERROR_REQUEST, REJECTED, FIX)},
    {"lost, then its 404", REFUND, {SENT(ERROR_NETWORK, 0, ""), STORED(404, "resource_missing")}, 2, EXPECT(ERROR_NOT_FOUND, REJECTED, FIX)},
    {"lost, then its conflict", REFUND, {SENT(ERROR_NETWORK, 0, ""), STORED(409, STATE)}, 2, EXPECT(ERROR_CONFLICT, REJECTED, NEW_GENERATION)},
    /* Of two lost ones, the second may have been refused because the first was done. */
    {"twice lost, then a stored refusal", REFUND, {SENT(ERROR_NETWORK, 0, ""), SENT(ERROR_NETWORK, 0, ""), STORED(400, "parameter_invalid")}, 3, EXPECT(ERROR_REQUEST, UNKNOWN, LOOK)},
    {"500, then its refusal", REFUND, {ANSWER(500, ""), STORED(400, "parameter_invalid")}, 2, EXPECT(ERROR_REQUEST, UNKNOWN, LOOK)},
    {"408, then its refusal", REFUND, {ANSWER(408, ""), STORED(400, "parameter_invalid")}, 2, EXPECT(ERROR_REQUEST, UNKNOWN, LOOK)},
    {"lost, then a 401 said to be stored", REFUND, {SENT(ERROR_NETWORK, 0, ""), STORED(401, "")}, 2, EXPECT(ERROR_AUTHENTICATION, UNKNOWN, LOOK)},
    {"lost, then a 403 said to be stored", REFUND, {SENT(ERROR_NETWORK, 0, ""), STORED(403, "")}, 2, EXPECT(ERROR_PERMISSION, UNKNOWN, LOOK)},
    {"cut success, then a stored refusal", REFUND, {SENT(ERROR_NETWORK, 201, ""), STORED(400, "parameter_invalid")}, 2, EXPECT(ERROR_REQUEST, APPLIED, LOOK)},
    {"customer, lost, then a stored refusal", CUSTOMER, {SENT(ERROR_NETWORK, 0, ""), STORED(409, STATE)}, 2, EXPECT(ERROR_CONFLICT, UNKNOWN, LOOK)},
    {"lost, then a cut stored refusal", REFUND, {SENT(ERROR_NETWORK, 0, ""), {true, XPAY_ERROR_NETWORK, 404, "", true}}, 2, EXPECT(ERROR_NETWORK, UNKNOWN, SAME_KEY)},

    /* Reads change nothing. */
    {"read, no connection", READ, {KEPT(ERROR_CONNECT)}, 1, EXPECT(ERROR_CONNECT, NONE, SAME_KEY)},
    {"read, lost", READ, {SENT(ERROR_NETWORK, 0, "")}, 1, EXPECT(ERROR_NETWORK, NONE, SAME_KEY)},
    {"read, cut", READ, {SENT(ERROR_NETWORK, 200, "")}, 1, EXPECT(ERROR_NETWORK, NONE, SAME_KEY)},
    {"read, of another kind", READ, {SENT(ERROR_DECODE, 200, "")}, 1, EXPECT(ERROR_DECODE, NONE, NONE)},
    {"read, not found", READ, {ANSWER(404, "resource_missing")}, 1, EXPECT(ERROR_NOT_FOUND, NONE, FIX)},
    {"read, 500", READ, {ANSWER(500, "")}, 1, EXPECT(ERROR_SERVER, NONE, SAME_KEY)},
};
/* clang-format on */

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* Clocks that stand still unless a test moves them, and chance that is what a test says. */
typedef struct script {
    int64_t now_us;
    unsigned char chance;
    int64_t lasting_ms;
} script;

static int64_t script_now(void *user)
{
    return ((script *)user)->now_us;
}

static int64_t script_lasting(void *user)
{
    return ((script *)user)->lasting_ms;
}

static bool script_random(void *user, unsigned char *bytes, size_t count)
{
    memset(bytes, ((script *)user)->chance, count);
    return true;
}

static xpay_operation operation_of(const char *method, int32_t key)
{
    return (xpay_operation){"thing_do", method, "/", key, 201, NULL, NULL};
}

static void make_attempt(xpay_exchange *exchange, const step *made, int64_t retry_after_us)
{
    const xpay_attempt attempt = {made->failure, made->http_status, made->code, retry_after_us,
                                  made->replayed};
    if (made->sent)
        ck_assert(xpay_exchange_sending(exchange));
    xpay_exchange_attempted(exchange, &attempt);
}

START_TEST(test_outcome_table)
{
    const verdict_case *c = &verdict_cases[_i];
    script machine = {1000000, 0, 0};
    const xpay_sources sources = {script_now, script_lasting, script_random, &machine};
    const xpay_retry_policy once = {1, 500000, 8000000, 20000000, NULL};
    const xpay_operation operation = operation_of(c->method, c->key);
    xpay_exchange exchange;
    int32_t sent = 0;

    xpay_exchange_begin(&exchange, &operation, c->keyed, &sources, &once, 30000000);
    for (size_t i = 0; i < c->steps_count; i++) {
        exchange.action = XPAY_ACTION_SEND;
        ck_assert_int_eq(xpay_exchange_next(&exchange), XPAY_ACTION_SEND);
        make_attempt(&exchange, &c->steps[i], -1);
        ck_assert_msg(xpay_exchange_next(&exchange) == XPAY_ACTION_DONE, "%s: goes on", c->rule);
        sent += c->steps[i].sent || c->steps[i].http_status > 0;
    }
    ck_assert_msg(exchange.status == c->status, "%s: status %d", c->rule, exchange.status);
    ck_assert_msg(exchange.outcome == c->outcome, "%s: outcome %d", c->rule, exchange.outcome);
    ck_assert_msg(exchange.next_step == c->next_step, "%s: next %d", c->rule, exchange.next_step);
    ck_assert_msg(exchange.sent == sent, "%s: sent %d", c->rule, exchange.sent);
}
END_TEST

/* Whatever happens in two attempts, what may have been done is never to be done under a new key. */
START_TEST(test_doubt_never_leads_to_a_new_key)
{
    static const xpay_status failures[] = {XPAY_OK,
                                           XPAY_ERROR_MEMORY,
                                           XPAY_ERROR_RESOLVE,
                                           XPAY_ERROR_CONNECT,
                                           XPAY_ERROR_TIMEOUT,
                                           XPAY_ERROR_NETWORK,
                                           XPAY_ERROR_TLS_CERTIFICATE,
                                           XPAY_ERROR_PROTOCOL,
                                           XPAY_ERROR_JSON,
                                           XPAY_ERROR_TOO_LARGE,
                                           XPAY_ERROR_DECODE,
                                           XPAY_ERROR_UNSUPPORTED};
    static const char *const codes[] = {"", IN_USE, STATE, "rate_limit"};
    script machine = {0, 0, 0};
    const xpay_sources sources = {script_now, script_lasting, script_random, &machine};
    const xpay_retry_policy once = {1, 500000, 8000000, 20000000, NULL};
    const xpay_operation operation = operation_of("POST", XPAY_KEY_EVIDENCED);

    for (int32_t http = 0; http < 1000; http += http < 200 ? 200 : 1)
        for (size_t f = 0; f < LENGTH(failures); f++)
            for (size_t k = 0; k < LENGTH(codes); k++) {
                xpay_exchange x;
                const step lost = SENT(ERROR_NETWORK, 0, "");
                const step last = {http != 0, failures[f], http, codes[k], false};
                for (int doubtful = 0; doubtful < 2; doubtful++) {
                    xpay_exchange_begin(&x, &operation, true, &sources, &once, 30000000);
                    xpay_exchange_next(&x);
                    if (doubtful) {
                        make_attempt(&x, &lost, -1);
                        x.action = XPAY_ACTION_SEND;
                        xpay_exchange_next(&x);
                    }
                    make_attempt(&x, &last, -1);
                    bool possible =
                        x.outcome == XPAY_OUTCOME_UNKNOWN || x.outcome == XPAY_OUTCOME_APPLIED;
                    bool careful =
                        x.next_step == XPAY_NEXT_SAME_KEY || x.next_step == XPAY_NEXT_LOOK;
                    ck_assert_msg(!possible || careful, "HTTP %d, failure %d", http, failures[f]);
                    ck_assert_msg(!doubtful || x.status == XPAY_OK || possible,
                                  "doubt lost: HTTP %d, failure %d", http, failures[f]);
                    ck_assert_msg(x.status == XPAY_OK || x.next_step != XPAY_NEXT_NONE,
                                  "no next step: HTTP %d, failure %d", http, failures[f]);
                }
            }
}
END_TEST

START_TEST(test_second_send_within_an_attempt_is_stopped)
{
    script machine = {0, 0, 0};
    const xpay_sources sources = {script_now, script_lasting, script_random, &machine};
    const xpay_retry_policy once = {1, 500000, 8000000, 20000000, NULL};
    const xpay_operation operation = operation_of("POST", XPAY_KEY_EVIDENCED);
    const xpay_attempt broken = {XPAY_ERROR_NETWORK, 0, "", -1, false};
    xpay_exchange exchange;
    xpay_exchange_begin(&exchange, &operation, true, &sources, &once, 30000000);
    ck_assert_int_eq(xpay_exchange_next(&exchange), XPAY_ACTION_SEND);
    ck_assert(xpay_exchange_sending(&exchange));
    ck_assert(!xpay_exchange_sending(&exchange));
    ck_assert(!xpay_exchange_sending(&exchange));
    xpay_exchange_attempted(&exchange, &broken);
    ck_assert_int_eq(exchange.sent, 1);
    ck_assert_int_eq(exchange.outcome, XPAY_OUTCOME_UNKNOWN);
}
END_TEST

/* Whether a first attempt is repeated, given three attempts, and how long that waits. */
static const struct repeat_case {
    const char *rule;
    const char *method;
    int32_t key;
    bool keyed;
    step first;
    int64_t retry_after_us;
    unsigned char chance; /* 0: no wait of our own; 255: all of it, half a second */
    int64_t wait_us;      /* -1: it is not repeated */
} repeat_cases[] = {
    {"no connection", REFUND, KEPT(ERROR_CONNECT), -1, 255, 500000},
    {"jitter", REFUND, KEPT(ERROR_CONNECT), -1, 0, 0},
    {"lost answer", REFUND, SENT(ERROR_NETWORK, 0, ""), -1, 255, 500000},
    {"key in use", REFUND, ANSWER(409, IN_USE), -1, 255, 500000},
    {"XPay's own wait is kept", REFUND, ANSWER(429, ""), 3000000, 0, 3000000},
    {"not all come back at the same moment", REFUND, ANSWER(429, ""), 3000000, 255, 3500000},
    {"the longest wait that is obeyed", REFUND, ANSWER(503, ""), 20000000, 0, 20000000},
    {"a wait that is too long", REFUND, ANSWER(503, ""), 20000001, 0, -1},
    {"a wait beyond the deadline", REFUND, ANSWER(429, ""), 30000000, 255, -1},
    {"an endless wait", REFUND, ANSWER(429, ""), INT64_MAX / 2, 255, -1},
    {"cut success", REFUND, SENT(ERROR_NETWORK, 201, ""), -1, 255, 500000},
    {"refusal", REFUND, ANSWER(400, "parameter_invalid"), -1, 255, -1},
    {"conflict", REFUND, ANSWER(409, STATE), -1, 255, -1},
    {"certificate", REFUND, KEPT(ERROR_TLS_CERTIFICATE), -1, 255, -1},
    {"success of another kind", REFUND, SENT(ERROR_DECODE, 201, ""), -1, 255, -1},
    {"customer, not sent", CUSTOMER, KEPT(ERROR_CONNECT), -1, 255, 500000},
    {"customer, lost", CUSTOMER, SENT(ERROR_NETWORK, 0, ""), -1, 255, -1},
    {"customer, 503", CUSTOMER, ANSWER(503, ""), -1, 255, -1},
    {"no key, not sent", UNKEYED, KEPT(ERROR_CONNECT), -1, 255, -1},
    {"no key, lost", UNKEYED, SENT(ERROR_NETWORK, 0, ""), -1, 255, -1},
    {"handshake", REFUND, KEPT(ERROR_TLS_HANDSHAKE), -1, 255, -1},
    {"protocol", REFUND, SENT(ERROR_PROTOCOL, 0, ""), -1, 255, -1},
    {"success that is not JSON", REFUND, SENT(ERROR_JSON, 201, ""), -1, 255, -1},
    {"canceled", REFUND, SENT(ERROR_CANCELED, 0, ""), -1, 255, -1},
    {"no address", REFUND, KEPT(ERROR_RESOLVE), -1, 255, 500000},
    {"no time to connect", REFUND, KEPT(ERROR_TIMEOUT), -1, 255, 500000},
    {"408", REFUND, ANSWER(408, "request_timeout"), -1, 255, 500000},
    {"500", REFUND, ANSWER(500, "internal_error"), -1, 255, 500000},
    {"502", REFUND, ANSWER(502, ""), -1, 255, 500000},
    {"503", REFUND, ANSWER(503, ""), -1, 255, 500000},
    {"504", REFUND, ANSWER(504, ""), -1, 255, 500000},
    {"501", REFUND, ANSWER(501, ""), -1, 255, -1},
    {"505", REFUND, ANSWER(505, ""), -1, 255, -1},
    {"401", REFUND, ANSWER(401, "invalid_api_key"), -1, 255, -1},
    {"409 without a code", REFUND, ANSWER(409, ""), -1, 255, -1},
    {"key of another request", REFUND, ANSWER(400, IN_USE), -1, 255, -1},
    {"customer, refused for now", CUSTOMER, ANSWER(429, ""), -1, 255, 500000},
    {"read, lost", READ, SENT(ERROR_NETWORK, 0, ""), -1, 255, 500000},
    {"read, 500", READ, ANSWER(500, ""), -1, 255, 500000},
};

START_TEST(test_repeats_only_what_is_safe)
{
    const struct repeat_case *c = &repeat_cases[_i];
    script machine = {7000000, c->chance, 0};
    const xpay_sources sources = {script_now, script_lasting, script_random, &machine};
    const xpay_retry_policy thrice = {3, 500000, 8000000, 20000000, NULL};
    const xpay_operation operation = operation_of(c->method, c->key);
    xpay_exchange exchange;

    xpay_exchange_begin(&exchange, &operation, c->keyed, &sources, &thrice, 30000000);
    xpay_exchange_next(&exchange);
    make_attempt(&exchange, &c->first, c->retry_after_us);
    if (c->wait_us < 0) {
        ck_assert_msg(xpay_exchange_next(&exchange) == XPAY_ACTION_DONE, "%s: goes on", c->rule);
        return;
    }
    ck_assert_msg(exchange.action == XPAY_ACTION_WAIT, "%s: gives up", c->rule);
    ck_assert_int_eq(exchange.wait_until_us, machine.now_us + c->wait_us);
    if (c->wait_us > 0)
        ck_assert_int_eq(xpay_exchange_next(&exchange), XPAY_ACTION_WAIT);
    machine.now_us = exchange.wait_until_us;
    ck_assert_int_eq(xpay_exchange_next(&exchange), XPAY_ACTION_SEND);
}
END_TEST

START_TEST(test_wait_beyond_the_deadline_ends_the_call)
{
    script machine = {0, 0, 0};
    const xpay_sources sources = {script_now, script_lasting, script_random, &machine};
    const xpay_retry_policy thrice = {3, 500000, 8000000, 20000000, NULL};
    const xpay_operation operation = operation_of("POST", XPAY_KEY_EVIDENCED);
    const step busy = ANSWER(503, "");
    for (int64_t early_us = 0; early_us < 2; early_us++) {
        xpay_exchange exchange;
        xpay_exchange_begin(&exchange, &operation, true, &sources, &thrice, 5000000);
        xpay_exchange_next(&exchange);
        make_attempt(&exchange, &busy, 5000000 - early_us);
        ck_assert_int_eq(exchange.action, early_us == 0 ? XPAY_ACTION_DONE : XPAY_ACTION_WAIT);
        ck_assert_int_eq(exchange.given_up != NULL, early_us == 0);
    }
}
END_TEST

/* A machine that slept through a wait: what the clocks say then decides whether anything more is sent. */
static const struct sleep_case {
    const char *rule;
    int64_t slept_ms;    /* until the key would be used again, by the wall clock */
    int64_t slept_us;    /* by the monotonic clock */
    bool doubted_before; /* the key is not used for the first time */
    bool lost;           /* the first attempt may have arrived; otherwise it did not */
    int32_t action;
    int32_t outcome;
    int32_t next_step;
} sleep_cases[] = {
    {"in time", 1000, 1000000, false, true, XPAY_ACTION_SEND, XPAY_OUTCOME_UNKNOWN, 0},
    {"to the last moment", 82800000, 1000000, false, true, XPAY_ACTION_SEND, 0, 0},
    {"longer than the key lives", 82800001, 1000000, false, true, XPAY_ACTION_DONE,
     XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_LOOK},
    {"longer than the key lives, and nothing was sent", 82800001, 1000000, false, false,
     XPAY_ACTION_DONE, XPAY_OUTCOME_NOT_SENT, XPAY_NEXT_SAME_KEY},
    {"longer than the key lives, and it was used before", 82800001, 1000000, true, false,
     XPAY_ACTION_DONE, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_LOOK},
    {"longer than the call may take", 1000, 30000000, false, true, XPAY_ACTION_DONE,
     XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_SAME_KEY},
    {"not quite so long", 1000, 29999999, false, true, XPAY_ACTION_SEND, 0, 0},
};

START_TEST(test_nothing_is_sent_after_a_wait_that_was_too_long)
{
    const struct sleep_case *c = &sleep_cases[_i];
    script machine = {0, 0, 1000};
    const xpay_sources sources = {script_now, script_lasting, script_random, &machine};
    const xpay_retry_policy thrice = {3, 500000, 8000000, 20000000, NULL};
    const xpay_operation operation = operation_of("POST", XPAY_KEY_EVIDENCED);
    const step lost = SENT(ERROR_NETWORK, 0, ""), kept = KEPT(ERROR_CONNECT);
    xpay_exchange exchange;

    xpay_exchange_begin(&exchange, &operation, true, &sources, &thrice, 30000000);
    xpay_exchange_key_dies(&exchange, 1000 + 82800000);
    if (c->doubted_before)
        xpay_exchange_doubt(&exchange);
    ck_assert_int_eq(xpay_exchange_next(&exchange), XPAY_ACTION_SEND);
    make_attempt(&exchange, c->lost ? &lost : &kept, -1);
    machine.lasting_ms += c->slept_ms;
    machine.now_us += c->slept_us;
    ck_assert_msg(xpay_exchange_next(&exchange) == c->action, "%s", c->rule);
    if (c->action == XPAY_ACTION_SEND)
        return;
    ck_assert_msg(exchange.outcome == c->outcome, "%s: outcome %d", c->rule, exchange.outcome);
    ck_assert_msg(exchange.next_step == c->next_step, "%s: next %d", c->rule, exchange.next_step);
    ck_assert_int_eq(exchange.status, c->lost ? XPAY_ERROR_NETWORK : XPAY_ERROR_CONNECT);
    ck_assert_ptr_nonnull(exchange.given_up);
}
END_TEST

/* The machine sleeps while a connection is being made: it was not too late yet, and is now. */
START_TEST(test_nothing_is_sent_under_a_key_that_died_on_the_way)
{
    const step lost = SENT(ERROR_NETWORK, 0, ""), kept = KEPT(ERROR_CONNECT);
    const bool first_lost = _i == 1;
    script machine = {0, 0, 1000};
    const xpay_sources sources = {script_now, script_lasting, script_random, &machine};
    const xpay_retry_policy thrice = {3, 500000, 8000000, 20000000, NULL};
    const xpay_operation operation = operation_of("POST", XPAY_KEY_EVIDENCED);
    xpay_exchange exchange;

    xpay_exchange_begin(&exchange, &operation, true, &sources, &thrice, 30000000);
    xpay_exchange_key_dies(&exchange, 1000 + 82800000);
    ck_assert_int_eq(xpay_exchange_next(&exchange), XPAY_ACTION_SEND);
    if (first_lost) {
        make_attempt(&exchange, &lost, -1);
        machine.now_us = exchange.wait_until_us;
        ck_assert_int_eq(xpay_exchange_next(&exchange), XPAY_ACTION_SEND);
    }
    machine.lasting_ms += 82800000;
    machine.lasting_ms++;
    ck_assert(!xpay_exchange_sending(&exchange));
    make_attempt(&exchange, &kept, -1);
    ck_assert_int_eq(exchange.sent, first_lost);
    ck_assert_int_eq(exchange.outcome, first_lost ? XPAY_OUTCOME_UNKNOWN : XPAY_OUTCOME_NOT_SENT);
    ck_assert_int_eq(exchange.next_step, first_lost ? XPAY_NEXT_LOOK : XPAY_NEXT_SAME_KEY);
    machine.now_us = exchange.wait_until_us;
    ck_assert_int_eq(xpay_exchange_next(&exchange), XPAY_ACTION_DONE);
    ck_assert_ptr_nonnull(strstr(exchange.given_up, "too old"));
}
END_TEST

/* An answer that came as the key died, and whether the same key is any use after it. */
START_TEST(test_key_that_died_is_not_recommended)
{
    const step lost = SENT(ERROR_NETWORK, 0, "");
    script machine = {0, 0, 1000};
    const xpay_sources sources = {script_now, script_lasting, script_random, &machine};
    const xpay_retry_policy once = {1, 500000, 8000000, 20000000, NULL};
    const xpay_operation operation = operation_of("POST", XPAY_KEY_EVIDENCED);
    xpay_exchange exchange;
    xpay_exchange_begin(&exchange, &operation, true, &sources, &once, 30000000);
    xpay_exchange_key_dies(&exchange, 1000);
    ck_assert_int_eq(xpay_exchange_next(&exchange), XPAY_ACTION_SEND);
    ck_assert(xpay_exchange_sending(&exchange));
    machine.lasting_ms += _i;
    xpay_exchange_attempted(&exchange, &(xpay_attempt){lost.failure, 0, "", -1, false});
    ck_assert_int_eq(exchange.outcome, XPAY_OUTCOME_UNKNOWN);
    ck_assert_int_eq(exchange.next_step, _i == 0 ? XPAY_NEXT_SAME_KEY : XPAY_NEXT_LOOK);
}
END_TEST

START_TEST(test_back_off_doubles_up_to_its_bound_and_ends)
{
    script machine = {0, 255, 0};
    const xpay_sources sources = {script_now, script_lasting, script_random, &machine};
    const xpay_retry_policy policy = {5, 500000, 1500000, 20000000, NULL};
    const int64_t waits[] = {500000, 1000000, 1500000, 1500000};
    const xpay_operation operation = operation_of("POST", XPAY_KEY_EVIDENCED);
    const step lost = SENT(ERROR_NETWORK, 0, "");
    xpay_exchange exchange;

    xpay_exchange_begin(&exchange, &operation, true, &sources, &policy, 30000000);
    for (size_t i = 0; i < LENGTH(waits); i++) {
        ck_assert_int_eq(xpay_exchange_next(&exchange), XPAY_ACTION_SEND);
        make_attempt(&exchange, &lost, -1);
        ck_assert_int_eq(xpay_exchange_next(&exchange), XPAY_ACTION_WAIT);
        ck_assert_int_eq(exchange.wait_until_us - machine.now_us, waits[i]);
        machine.now_us = exchange.wait_until_us;
    }
    ck_assert_int_eq(xpay_exchange_next(&exchange), XPAY_ACTION_SEND);
    make_attempt(&exchange, &lost, -1);
    ck_assert_int_eq(xpay_exchange_next(&exchange), XPAY_ACTION_DONE);
    ck_assert_int_eq(exchange.sent, 5);
    ck_assert_int_eq(exchange.outcome, XPAY_OUTCOME_UNKNOWN);
}
END_TEST

Suite *exchange_suite(void)
{
    Suite *suite = suite_create("exchange");
    TCase *tests = tcase_create("outcomes");
    tcase_add_loop_test(tests, test_outcome_table, 0, (int)LENGTH(verdict_cases));
    tcase_add_test(tests, test_doubt_never_leads_to_a_new_key);
    tcase_add_test(tests, test_second_send_within_an_attempt_is_stopped);
    suite_add_tcase(suite, tests);
    tests = tcase_create("repeats");
    tcase_add_loop_test(tests, test_repeats_only_what_is_safe, 0, (int)LENGTH(repeat_cases));
    tcase_add_test(tests, test_wait_beyond_the_deadline_ends_the_call);
    tcase_add_loop_test(tests, test_nothing_is_sent_after_a_wait_that_was_too_long, 0,
                        (int)LENGTH(sleep_cases));
    tcase_add_loop_test(tests, test_nothing_is_sent_under_a_key_that_died_on_the_way, 0, 2);
    tcase_add_loop_test(tests, test_key_that_died_is_not_recommended, 0, 2);
    tcase_add_test(tests, test_back_off_doubles_up_to_its_bound_and_ends);
    suite_add_tcase(suite, tests);
    return suite;
}
