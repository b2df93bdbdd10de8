/*
 * TLS, broken at every byte: while the handshake is not over nothing was sent, and what is broken later is told as
 * doubt. A byte that is changed on the way is always found out.
 */
#include "certificates.h"
#include "relay.h"
#include "sandbox.h"
#include "server.h"
#include "wire.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

enum { WORKERS = 8, STEP = 32, OUTCOMES = 5, IMPATIENCE_MS = 400, TRIES = 5 };

struct worker {
    struct sandbox sandbox;
    struct server *front; /* ends TLS before the sandbox */
    struct relay *relay;
    long effects;
};

static const struct kind_row {
    fault_kind kind;
    const char *name;
} kinds[] = {{FAULT_CUT, "cut"}, {FAULT_RESET, "reset"}, {FAULT_GARBLE, "garble 0x80"}};

static struct worker workers[WORKERS];
static struct {
    size_t kind;
    relay_side side;
    bool retries;
    atomic_long next, end;
} sweep;

/* After the handshake or before its end, outcome, effect. */
static atomic_long counts[LENGTH(kinds)][2][2][OUTCOMES][2];

static void forward_all(struct peer *peer)
{
    const struct sandbox *sandbox = peer->context;
    while (peer_read(peer))
        peer_forward(peer, sandbox->port, false);
}

static void trust_authority(xpay_client_options *options, void *context)
{
    (void)context;
    options->ca_file = authority_file();
}

static bool is_honest(const xpay_error *error, long effects)
{
    bool sent = wire_sendings > 0;
    /* A changed byte is no accident of the network: what it spoils is not tried again. */
    bool ends = !sweep.retries || kinds[sweep.kind].kind == FAULT_GARBLE;
    switch (error->outcome) {
    case XPAY_OUTCOME_NONE: return effects == 1;
    case XPAY_OUTCOME_NOT_SENT: return !sent && effects == 0 && ends;
    case XPAY_OUTCOME_APPLIED: return sent && effects == 1 && ends;
    case XPAY_OUTCOME_UNKNOWN: return sent && effects <= 1 && ends;
    default: return false;
    }
}

/* One call with the fault at `offset`; false when there was nothing left to break. */
static bool try_once(struct worker *worker, long offset, bool *too_late)
{
    const struct relay_fault fault = {
        .kind = kinds[sweep.kind].kind, .side = sweep.side, .offset = offset, .mask = 0x80};
    struct relay_report report;
    xpay_error error;
    char url[URL_SIZE];
    const char *intent = sandbox_paid_intent(&worker->sandbox);
    xpay_client *client = client_to(url_of(url, "https", relay_port(worker->relay)),
                                    sweep.retries ? 3 : 1, trust_authority, NULL);
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    if (fault.kind == FAULT_GARBLE)
        options.timeout_ms = IMPATIENCE_MS;
    relay_arm(worker->relay, &fault);
    wire_sendings = 0;
    create_refund(client, intent, &options, &error);
    relay_settle(worker->relay, &report);
    xpay_client_free(client);
    server_drain(worker->front);
    long effects = sandbox_effects(&worker->sandbox, "createRefund") - worker->effects;
    worker->effects += effects;

    /* On a busy machine the time may be over before anything was broken. */
    *too_late = !report.fired && error.status == XPAY_ERROR_TIMEOUT;
    expect(is_honest(&error, effects), "%s side %d offset %ld%s: %s after %ld effects, sent %d: %s",
           kinds[sweep.kind].name, sweep.side, offset, sweep.retries ? " retries" : "",
           xpay_outcome_name(error.outcome), effects, wire_sendings, error.message);
    expect(report.fired || *too_late || error.status == XPAY_OK, "nothing was broken, and yet: %s",
           error.message);
    if (report.fired)
        atomic_fetch_add(
            &counts[sweep.kind][sweep.retries][wire_sendings > 0][error.outcome][effects > 0], 1);
    count_run(report.fired, effects);
    return report.fired;
}

static bool run(struct worker *worker, long offset)
{
    bool fired = false, too_late = true;
    for (int i = 0; i < TRIES && too_late; i++)
        fired = try_once(worker, offset, &too_late);
    expect(!too_late, "no call comes to its fault within %d ms", IMPATIENCE_MS);
    return fired;
}

static void *work(void *context)
{
    struct worker *worker = context;
    for (;;) {
        long offset = atomic_fetch_add(&sweep.next, wire_quick ? STEP : 1);
        if (offset >= atomic_load(&sweep.end))
            return NULL;
        if (!run(worker, offset))
            atomic_store(&sweep.end, offset);
    }
}

static void print_table(void)
{
    static const int32_t shown[] = {XPAY_OUTCOME_NONE, XPAY_OUTCOME_NOT_SENT, XPAY_OUTCOME_APPLIED,
                                    XPAY_OUTCOME_UNKNOWN};
    printf("outcome x true effect\nfault        retries  the request    |    OK: 0      1 |"
           " NOT_S.0      1 | APPL. 0      1 | UNKN. 0      1\n");
    for (size_t row = 0; row < LENGTH(kinds) * 4; row++) {
        size_t kind = row / 4;
        int retries = row >> 1 & 1, sent = row & 1;
        printf("%-12s %-8s %-14s ", kinds[kind].name, retries ? "on" : "off",
               sent ? "was let go" : "was not begun");
        for (size_t i = 0; i < LENGTH(shown); i++)
            printf("  %6ld %6ld ", atomic_load(&counts[kind][retries][sent][shown[i]][0]),
                   atomic_load(&counts[kind][retries][sent][shown[i]][1]));
        printf("\n");
    }
}

void test_handshake(void)
{
    static const struct certificate good = {"good", "127.0.0.1", -60, 86400, false, 0};
    for (int i = 0; i < WORKERS; i++) {
        sandbox_start(&workers[i].sandbox);
        workers[i].front = server_start(forward_all, &workers[i].sandbox, &good);
        workers[i].relay = relay_start(server_port(workers[i].front));
    }
    for (unsigned i = 0; i < LENGTH(kinds) * 4; i++) {
        pthread_t threads[WORKERS];
        sweep.kind = i / 4;
        sweep.side = i & 1;
        sweep.retries = i >> 1 & 1;
        atomic_store(&sweep.next, 0);
        atomic_store(&sweep.end, 1000000);
        for (int k = 0; k < WORKERS; k++)
            if (pthread_create(&threads[k], NULL, work, &workers[k]) != 0)
                give_up("no thread");
        for (int k = 0; k < WORKERS; k++)
            pthread_join(threads[k], NULL);
    }
    print_table();
    for (int i = 0; i < WORKERS; i++) {
        relay_stop(workers[i].relay);
        server_stop(workers[i].front);
        sandbox_stop(&workers[i].sandbox);
    }
}
