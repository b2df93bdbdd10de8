/* One cell of the fault matrix: the call, the oracle's answer, and the comparison of both. */
#include "matrix.h"

#include <string.h>

enum { PATIENCE_MS = 10000, IMPATIENCE_MS = 120, DELAY_US = 2000, TRIES = 20 };

const char *const matrix_operation_ids[OPERATIONS] = {"createCheckoutSession", "createRefund"};

static void renew_client(struct bench *bench, const struct sweep *sweep)
{
    char url[URL_SIZE];
    xpay_client_free(bench->client);
    bench->client = client_to(url_of(url, "http", relay_port(bench->relay)), sweep->retries ? 3 : 1,
                              NULL, NULL);
}

/* A reused connection is one that has carried a read before. */
static void warm_up(const struct bench *bench)
{
    xpay_account *account;
    xpay_error error;
    if (xpay_account_retrieve(bench->client, NULL, &account, &error) != XPAY_OK)
        give_up("no connection through the relay: %s", error.message);
    xpay_object_free(account);
}

static xpay_status call(const struct bench *bench, const struct sweep *sweep, const char *intent,
                        const char *key, int64_t timeout_ms, xpay_error *error)
{
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    options.idempotency_key = key;
    options.timeout_ms = timeout_ms;
    wire_sendings = 0;
    return sweep->operation == CREATE_SESSION
               ? create_session(bench->client, &options, error)
               : create_refund(bench->client, intent, &options, error);
}

static long new_effects(struct bench *bench, const struct sweep *sweep)
{
    long before = bench->effects;
    bench->effects = sandbox_effects(&bench->sandbox, matrix_operation_ids[sweep->operation]);
    return bench->effects - before;
}

/* No outcome may say less or more than what is true. */
static void compare(const struct sweep *sweep, long offset, const struct cell *cell,
                    const xpay_error *error)
{
    const char *name = xpay_outcome_name(cell->outcome);
    bool sent = wire_sendings > 0;
    bool honest = cell->effects <= 1;
    switch (cell->outcome) {
    case XPAY_OUTCOME_NONE: honest = honest && cell->effects == 1; break;
    case XPAY_OUTCOME_NOT_SENT: honest = honest && !sent && cell->effects == 0; break;
    case XPAY_OUTCOME_REJECTED: honest = honest && sent && cell->effects == 0; break;
    case XPAY_OUTCOME_APPLIED: honest = honest && sent && cell->effects == 1; break;
    default: honest = honest && sent; break;
    }
    expect(honest,
           "%s kind %d side %d mask %x offset %ld%s%s: a lie: %s after %ld effects, sent %d",
           matrix_operation_ids[sweep->operation], sweep->kind, sweep->side, sweep->mask, offset,
           sweep->reused ? " reused" : "", sweep->retries ? " retries" : "", name, cell->effects,
           wire_sendings);
    unsigned allowed = cell->fired ? matrix_allowed(sweep, cell->region) : 1U << XPAY_OUTCOME_NONE;
    expect((allowed >> cell->outcome & 1) != 0,
           "%s kind %d side %d mask %x offset %ld region %d%s%s: %s is not in the list (%s)",
           matrix_operation_ids[sweep->operation], sweep->kind, sweep->side, sweep->mask, offset,
           cell->region, sweep->reused ? " reused" : "", sweep->retries ? " retries" : "", name,
           error->message);
}

/* Doubt ends when the same is asked under the same key: then it has happened once. */
static void end_doubt(struct bench *bench, const struct sweep *sweep, const char *intent,
                      const char *key, const struct cell *cell)
{
    xpay_error error;
    xpay_status status = call(bench, sweep, intent, key, PATIENCE_MS, &error);
    long effects = new_effects(bench, sweep);
    expect(status == XPAY_OK && cell->effects + effects == 1,
           "%s under its key after %s: %s, %ld and %ld effects",
           matrix_operation_ids[sweep->operation], xpay_outcome_name(cell->outcome), error.message,
           cell->effects, effects);
}

struct cell matrix_run(struct bench *bench, const struct sweep *sweep, long offset)
{
    struct relay_fault fault = {.kind = sweep->kind,
                                .side = sweep->side,
                                .offset = offset,
                                .mask = sweep->mask,
                                .delay_us = DELAY_US};
    bool waits = sweep->kind == FAULT_HOLD || sweep->kind == FAULT_GARBLE;
    for (int try = 0; try < TRIES; try++) {
        char key[KEY_SIZE];
        xpay_error error;
        struct relay_report report;
        const char *intent =
            sweep->operation == CREATE_REFUND ? sandbox_paid_intent(&bench->sandbox) : "";
        fresh_key(key);
        /* A garbled length leaves bytes behind for the next request on that connection. */
        if (!sweep->reused || bench->client == NULL || try > 0 || sweep->kind == FAULT_GARBLE)
            renew_client(bench, sweep);
        if (sweep->reused)
            warm_up(bench);
        new_effects(bench, sweep);
        relay_arm(bench->relay, &fault);
        xpay_status status =
            call(bench, sweep, intent, key, waits ? IMPATIENCE_MS : PATIENCE_MS, &error);
        int sendings = wire_sendings;
        relay_settle(bench->relay, &report);

        struct cell cell = {report.fired, report.region, error.outcome, new_effects(bench, sweep)};
        /* On a busy machine the time may be over before anything was broken. */
        if (waits && !report.fired && status == XPAY_ERROR_TIMEOUT)
            continue;
        if (report.fired)
            expect(report.reused == sweep->reused, "the connection was%s reused",
                   report.reused ? "" : " not");
        expect(report.asked <= sendings, "%ld requests went out where the library knows of %d",
               report.asked, sendings);
        expect(status == error.status && strcmp(error.idempotency_key, key) == 0,
               "the key of the call is not told after %s", xpay_outcome_name(cell.outcome));
        wire_sendings = sendings;
        compare(sweep, offset, &cell, &error);
        if (error.next_step == XPAY_NEXT_SAME_KEY && sweep->kind != FAULT_GARBLE)
            end_doubt(bench, sweep, intent, key, &cell);
        count_run(report.fired, cell.effects);
        return cell;
    }
    give_up("the machine is too busy: no call comes to its fault within %d ms", IMPATIENCE_MS);
}
