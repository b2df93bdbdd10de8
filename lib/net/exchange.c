/* The state machine behind every call: verdict tables first, then the few rules that combine them. */
#include "exchange.h"

#include <string.h>

/* What one attempt says by itself. */
typedef struct verdict {
    xpay_status status;
    int32_t outcome;   /* when the request had left */
    int32_t next_step; /* SAME_KEY stands for "the identical call may simply be repeated" */
    bool again;        /* worth an automatic repeat, where a repeat is safe */
    bool stored;       /* a refusal of the operation itself, which XPay keeps under the key */
} verdict;

/* A complete answer other than 2xx. The first row that fits counts; `code` NULL fits any, "" none at all. */
static const struct answer_row {
    int32_t lowest;
    int32_t highest;
    const char *code;
    verdict verdict;
} answer_rows[] = {
    /*
     * The key was used for another request before. This one was refused, but the operation that the key names may
     * have happened: taken for a plain refusal, it would be tried under a new key and happen twice.
     */
    {400,
     400,
     "idempotency_key_in_use",
     {XPAY_ERROR_IDEMPOTENCY, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_LOOK, false, false}},
    /* The first request with this key is still running. */
    {409,
     409,
     "idempotency_key_in_use",
     {XPAY_ERROR_IDEMPOTENCY, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_SAME_KEY, true, false}},
    /* Without a code, neither can be told from a key that is in use. */
    {400, 400, "", {XPAY_ERROR_REQUEST, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_LOOK, false, false}},
    {409, 409, "", {XPAY_ERROR_CONFLICT, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_SAME_KEY, false, false}},
    {409,
     409,
     NULL,
     {XPAY_ERROR_CONFLICT, XPAY_OUTCOME_REJECTED, XPAY_NEXT_NEW_GENERATION, false, true}},
    /* Without XPay's words, something in between refused: it may have seen the answer instead of the request. */
    {401, 401, "", {XPAY_ERROR_AUTHENTICATION, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_FIX, false, false}},
    {403, 403, "", {XPAY_ERROR_PERMISSION, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_FIX, false, false}},
    {404, 404, "", {XPAY_ERROR_NOT_FOUND, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_FIX, false, false}},
    {401,
     401,
     NULL,
     {XPAY_ERROR_AUTHENTICATION, XPAY_OUTCOME_REJECTED, XPAY_NEXT_FIX, false, false}},
    {403, 403, NULL, {XPAY_ERROR_PERMISSION, XPAY_OUTCOME_REJECTED, XPAY_NEXT_FIX, false, false}},
    {404, 404, NULL, {XPAY_ERROR_NOT_FOUND, XPAY_OUTCOME_REJECTED, XPAY_NEXT_FIX, false, true}},
    /* 408, 429 and 503 are not stored under the key, so the same key acts again. */
    {408, 408, NULL, {XPAY_ERROR_SERVER, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_SAME_KEY, true, false}},
    {429,
     429,
     NULL,
     {XPAY_ERROR_RATE_LIMIT, XPAY_OUTCOME_REJECTED, XPAY_NEXT_SAME_KEY, true, false}},
    {400, 499, "", {XPAY_ERROR_REQUEST, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_FIX, false, false}},
    {400,
     499,
     "idempotency_key_in_use",
     {XPAY_ERROR_IDEMPOTENCY, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_LOOK, false, false}},
    {400, 499, NULL, {XPAY_ERROR_REQUEST, XPAY_OUTCOME_REJECTED, XPAY_NEXT_FIX, false, true}},
    {500, 500, NULL, {XPAY_ERROR_SERVER, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_SAME_KEY, true, false}},
    {502, 504, NULL, {XPAY_ERROR_SERVER, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_SAME_KEY, true, false}},
    {500, 599, NULL, {XPAY_ERROR_SERVER, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_SAME_KEY, false, false}},
    /* A redirect, or no status of HTTP at all: something in between answered. */
    {INT32_MIN,
     INT32_MAX,
     NULL,
     {XPAY_ERROR_PROTOCOL, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_SAME_KEY, false, false}},
};

/* No complete answer, or a 2xx that cannot be read. The last row stands for all that is not listed. */
static const verdict failure_rows[] = {
    {XPAY_ERROR_MEMORY, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_SAME_KEY, false, false},
    {XPAY_ERROR_RESOLVE, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_SAME_KEY, true, false},
    {XPAY_ERROR_CONNECT, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_SAME_KEY, true, false},
    /* A matter of versions and ciphers; a handshake that the network broke is no connection. */
    {XPAY_ERROR_TLS_HANDSHAKE, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_FIX, false, false},
    {XPAY_ERROR_NETWORK, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_SAME_KEY, true, false},
    {XPAY_ERROR_TIMEOUT, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_SAME_KEY, true, false},
    {XPAY_ERROR_CANCELED, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_SAME_KEY, false, false},
    {XPAY_ERROR_PROTOCOL, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_SAME_KEY, false, false},
    {XPAY_ERROR_JSON, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_SAME_KEY, false, false},
    /* A repeat would bring the same answer, which would fail in the same way. */
    {XPAY_ERROR_TOO_LARGE, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_LOOK, false, false},
    {XPAY_ERROR_DECODE, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_LOOK, false, false},
    /* Certificates, and what this machine or this client lacks. */
    {XPAY_OK, XPAY_OUTCOME_UNKNOWN, XPAY_NEXT_FIX, false, false},
};

static bool is_success(int32_t http_status)
{
    return http_status >= 200 && http_status <= 299;
}

static verdict judge_answer(int32_t http_status, const char *code)
{
    const struct answer_row *row = answer_rows;
    while (http_status < row->lowest || http_status > row->highest ||
           (row->code != NULL && strcmp(row->code, code) != 0))
        row++;
    return row->verdict;
}

static verdict judge_failure(xpay_status failure)
{
    const verdict *row = failure_rows;
    while (row->status != failure && row->status != XPAY_OK)
        row++;
    verdict found = *row;
    found.status = failure;
    return found;
}

void xpay_exchange_begin(xpay_exchange *exchange, const xpay_operation *operation, bool keyed,
                         const xpay_sources *sources, const xpay_retry_policy *policy,
                         int64_t timeout_us)
{
    memset(exchange, 0, sizeof(*exchange));
    exchange->operation = operation;
    exchange->sources = sources;
    exchange->policy = *policy;
    exchange->keyed = keyed;
    exchange->started_us = sources->now_us(sources->user);
    exchange->deadline_us = exchange->started_us + timeout_us;
    exchange->action = XPAY_ACTION_SEND;
}

void xpay_exchange_doubt(xpay_exchange *exchange)
{
    exchange->doubted_before = true;
}

void xpay_exchange_key_refused(xpay_exchange *exchange)
{
    exchange->refused_before = true;
}

void xpay_exchange_key_dies(xpay_exchange *exchange, int64_t at_ms)
{
    exchange->key_dies_ms = at_ms;
}

static bool in_doubt(const xpay_exchange *exchange)
{
    return exchange->doubted_before || exchange->doubts > 0;
}

static int32_t outcome_of(const xpay_exchange *exchange)
{
    if (exchange->applied)
        return XPAY_OUTCOME_APPLIED;
    if (in_doubt(exchange))
        return XPAY_OUTCOME_UNKNOWN;
    return exchange->sent > 0 ? XPAY_OUTCOME_REJECTED : XPAY_OUTCOME_NOT_SENT;
}

static bool is_key_dead(const xpay_exchange *exchange)
{
    const xpay_sources *sources = exchange->sources;
    return exchange->key_dies_ms != 0 && sources->lasting_ms(sources->user) > exchange->key_dies_ms;
}

/* The wait is over, or was slept through: there may be no time left, or no key. */
static void look_at_clocks(xpay_exchange *exchange)
{
    const xpay_sources *sources = exchange->sources;
    if (is_key_dead(exchange)) {
        exchange->given_up = "its idempotency key is too old by now";
        if (exchange->tries == 0)
            exchange->status = XPAY_ERROR_IDEMPOTENCY;
        exchange->outcome = outcome_of(exchange);
        exchange->next_step =
            in_doubt(exchange) || exchange->applied ? XPAY_NEXT_LOOK : XPAY_NEXT_SAME_KEY;
        exchange->action = XPAY_ACTION_DONE;
    } else if (exchange->tries > 0 && sources->now_us(sources->user) >= exchange->deadline_us) {
        exchange->given_up = "the time does not suffice";
        exchange->action = XPAY_ACTION_DONE;
    }
}

int32_t xpay_exchange_next(xpay_exchange *exchange)
{
    const xpay_sources *sources = exchange->sources;
    if (exchange->action == XPAY_ACTION_WAIT &&
        sources->now_us(sources->user) >= exchange->wait_until_us)
        exchange->action = XPAY_ACTION_SEND;
    if (exchange->action == XPAY_ACTION_SEND)
        look_at_clocks(exchange);
    if (exchange->action == XPAY_ACTION_SEND) {
        exchange->tries++;
        exchange->sending = false;
    }
    return exchange->action;
}

static void mark_sent(xpay_exchange *exchange)
{
    exchange->sending = true;
    exchange->sent++;
}

bool xpay_exchange_sending(xpay_exchange *exchange)
{
    /* Waiting for a connection takes time, too, and a machine may sleep in it. */
    if (exchange->sending || is_key_dead(exchange))
        return false;
    mark_sent(exchange);
    return true;
}

/* Whether XPay is known to answer a repeat under our key from its store. */
static bool is_deduplicated(const xpay_exchange *exchange)
{
    return exchange->keyed && exchange->operation->key == XPAY_KEY_EVIDENCED;
}

/* Whether the identical request can be sent any number of times: a read, or what makes sure that something is gone. */
static bool is_harmless(const xpay_exchange *exchange)
{
    return xpay_operation_reads(exchange->operation) ||
           xpay_operation_deletes(exchange->operation) || is_deduplicated(exchange);
}

/* What this attempt means for the operation: doubt, once there, stays, and a 2xx cannot be undone. */
static void conclude(xpay_exchange *exchange, const verdict *found, bool replayed)
{
    if (exchange->sending && found->outcome == XPAY_OUTCOME_UNKNOWN)
        exchange->doubts++;
    /*
     * Unless XPay repeats a refusal from its store, and it can only be the answer to the one request that was in doubt.
     * Of two, the first may have been done without being stored, and the second been refused for that reason. An
     * answer that XPay does not store may have hidden an effect, too.
     */
    bool stored = replayed && found->stored && is_deduplicated(exchange);
    if (stored && exchange->doubts == 0 && !exchange->refused_before)
        exchange->doubted_before =
            true; /* somebody's request had it, and perhaps not the first one */
    if (stored && exchange->doubts == 1 && !exchange->unstored)
        exchange->doubts = 0;

    exchange->status = found->status;
    exchange->outcome = outcome_of(exchange);
    exchange->refused = found->stored && exchange->outcome == XPAY_OUTCOME_REJECTED;
    exchange->next_step = found->next_step;
    if (exchange->outcome == XPAY_OUTCOME_APPLIED || exchange->outcome == XPAY_OUTCOME_UNKNOWN) {
        if (!is_harmless(exchange) || found->next_step != XPAY_NEXT_SAME_KEY ||
            is_key_dead(exchange))
            exchange->next_step = XPAY_NEXT_LOOK;
    } else if (found->next_step == XPAY_NEXT_LOOK) {
        exchange->next_step = XPAY_NEXT_FIX;
    }
    if (xpay_operation_reads(exchange->operation)) {
        exchange->outcome = XPAY_OUTCOME_NONE;
        exchange->next_step =
            found->next_step == XPAY_NEXT_SAME_KEY || found->next_step == XPAY_NEXT_FIX
                ? found->next_step
                : XPAY_NEXT_NONE;
    }
}

/* Whether a repeat can do no harm. */
static bool may_repeat(const xpay_exchange *exchange)
{
    if (in_doubt(exchange) || exchange->applied)
        return is_harmless(exchange);
    return exchange->keyed || is_harmless(exchange);
}

/* A random part of the back-off, in integers, after what XPay asked for. */
static int64_t delay_us(const xpay_exchange *exchange, int64_t retry_after_us)
{
    const xpay_sources *sources = exchange->sources;
    int64_t bound = exchange->policy.first_delay_us;
    for (int32_t i = 1; i < exchange->tries && bound < exchange->policy.max_delay_us; i++)
        bound *= 2;
    if (bound > exchange->policy.max_delay_us)
        bound = exchange->policy.max_delay_us;

    uint32_t chance = UINT32_MAX;
    unsigned char bytes[sizeof(chance)];
    if (sources->random(sources->user, bytes, sizeof(bytes)))
        memcpy(&chance, bytes, sizeof(chance));
    int64_t jitter = (int64_t)(((uint64_t)bound + 1) * chance >> 32);
    return retry_after_us > 0 ? retry_after_us + jitter : jitter;
}

/* A repeat would be safe: is there time, and one left? If so, wait for it. */
static void plan_repeat(xpay_exchange *exchange, int64_t retry_after_us)
{
    const xpay_sources *sources = exchange->sources;
    const xpay_retry_policy *policy = &exchange->policy;
    if (exchange->tries >= policy->max_attempts) {
        exchange->given_up = policy->max_attempts > 1 ? "no attempts are left" : NULL;
        return;
    }
    if (retry_after_us > policy->max_retry_after_us) {
        exchange->given_up = "XPay asks to wait longer than is allowed";
        return;
    }
    int64_t until = sources->now_us(sources->user) + delay_us(exchange, retry_after_us);
    if (until >= exchange->deadline_us) {
        exchange->given_up = "the time does not suffice";
        return;
    }
    if (policy->budget != NULL && !xpay_budget_take(policy->budget)) {
        exchange->given_up = "the client's reserve of repeats is used up";
        return;
    }
    exchange->wait_until_us = until;
    exchange->action = XPAY_ACTION_WAIT;
}

static void refill(const xpay_exchange *exchange)
{
    if (exchange->policy.budget != NULL)
        xpay_budget_answered(exchange->policy.budget, exchange->tries > 1);
}

static void succeed(xpay_exchange *exchange)
{
    exchange->status = XPAY_OK;
    exchange->outcome = XPAY_OUTCOME_NONE;
    exchange->next_step = XPAY_NEXT_NONE;
    refill(exchange);
}

/*
 * What is to be deleted is missing, and an attempt whose answer was lost may be why. A 404 of something in between
 * says nothing about it, so XPay's own code must be there.
 */
static bool is_gone(const xpay_exchange *exchange, const xpay_attempt *attempt)
{
    return xpay_operation_deletes(exchange->operation) &&
           (in_doubt(exchange) || exchange->applied) && attempt->failure == XPAY_OK &&
           attempt->http_status == 404 && strcmp(attempt->code, "resource_missing") == 0;
}

void xpay_exchange_attempted(xpay_exchange *exchange, const xpay_attempt *attempt)
{
    exchange->action = XPAY_ACTION_DONE;
    if (attempt->http_status > 0 && !exchange->sending)
        mark_sent(exchange); /* an answer proves it, if nothing did before */
    exchange->applied = exchange->applied || is_success(attempt->http_status);
    if (is_gone(exchange, attempt) ||
        (is_success(attempt->http_status) && attempt->failure == XPAY_OK)) {
        succeed(exchange);
        return;
    }
    verdict found = attempt->failure != XPAY_OK ? judge_failure(attempt->failure)
                                                : judge_answer(attempt->http_status, attempt->code);
    conclude(exchange, &found, attempt->replayed && attempt->failure == XPAY_OK);
    if (found.status == XPAY_ERROR_SERVER)
        exchange->unstored = true;
    if (found.again && may_repeat(exchange))
        plan_repeat(exchange, attempt->retry_after_us);
    else if (attempt->failure == XPAY_OK && !found.again)
        refill(exchange);
}

void xpay_exchange_cancel(xpay_exchange *exchange)
{
    verdict found = judge_failure(XPAY_ERROR_CANCELED);
    exchange->sending = false;
    exchange->action = XPAY_ACTION_DONE;
    conclude(exchange, &found, false);
}
