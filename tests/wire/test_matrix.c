/*
 * The fault matrix: create-session and create-refund, broken at every byte of request and response, on new and on
 * reused connections, with retries off and on. --quick takes every 16th byte, and all that are beside a boundary.
 */
#include "matrix.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORKERS = 12, STEP = 16 };

static const struct kind_row {
    fault_kind kind;
    unsigned char mask;
    const char *name;
} kinds[] = {
    {FAULT_CUT, 0, "cut"},
    {FAULT_RESET, 0, "reset"},
    {FAULT_DELAY, 0, "delay"},
    {FAULT_HOLD, 0, "hold"}, /* a delay beyond the time allowed: what was sent arrives later */
    {FAULT_GARBLE, 0x80, "garble 0x80"},
    {FAULT_GARBLE, 0x01, "garble 0x01"},
};

static const char *const region_names[SIDES][REGIONS] = {
    {"request line", "request headers", "request body", ""},
    {"status line", "response headers", "response body", ""},
};

/* Counts by what was done and what came of it: the table that is printed. */
static atomic_long counts[LENGTH(kinds)][2][SIDES][REGIONS][OUTCOMES][EFFECTS];

static struct {
    struct bench *benches;
    struct sweep sweep;
    size_t kind;
    long starts[SIDES][REGIONS]; /* of a whole exchange */
    atomic_long next;            /* offset */
    atomic_long end;             /* nothing is left to be broken from here on */
} shared;

/* Whether --quick takes this offset, too. */
static bool is_taken(long offset)
{
    if (!wire_quick || offset % STEP == 0)
        return true;
    for (int region = 0; region < REGIONS; region++) {
        long start = shared.starts[shared.sweep.side][region];
        if (offset >= start - 1 && offset <= start + 1)
            return true;
    }
    return false;
}

static void *work(void *context)
{
    struct bench *bench = context;
    const struct sweep *sweep = &shared.sweep;
    xpay_client_free(bench->client);
    bench->client = NULL;
    for (;;) {
        long offset = atomic_fetch_add(&shared.next, 1);
        if (offset >= atomic_load(&shared.end))
            return NULL;
        if (!is_taken(offset))
            continue;
        struct cell cell = matrix_run(bench, sweep, offset);
        if (!cell.fired) {
            long end = atomic_load(&shared.end);
            while (offset < end && !atomic_compare_exchange_weak(&shared.end, &end, offset))
                continue;
            cell.region = REGION_WHOLE;
        }
        long effects = cell.effects < EFFECTS ? cell.effects : EFFECTS - 1;
        atomic_fetch_add(
            &counts[shared.kind][sweep->retries][sweep->side][cell.region][cell.outcome][effects],
            1);
    }
}

/* Where the regions of an unbroken exchange begin. */
static void measure(struct bench *bench, const struct sweep *sweep)
{
    struct relay_fault none = {.kind = FAULT_NONE};
    struct relay_report report;
    xpay_error error;
    const char *intent = sandbox_paid_intent(&bench->sandbox);
    char url[URL_SIZE];
    xpay_client *client = client_to(url_of(url, "http", relay_port(bench->relay)), 1, NULL, NULL);
    relay_arm(bench->relay, &none);
    xpay_status status = sweep->operation == CREATE_SESSION
                             ? create_session(client, NULL, &error)
                             : create_refund(client, intent, NULL, &error);
    relay_settle(bench->relay, &report);
    xpay_client_free(client);
    if (status != XPAY_OK)
        give_up("the sandbox refuses %s: %s", matrix_operation_ids[sweep->operation],
                error.message);
    memcpy(shared.starts, report.starts, sizeof shared.starts);
}

static void run_sweep(const struct sweep *sweep, size_t kind)
{
    pthread_t threads[WORKERS];
    shared.sweep = *sweep;
    shared.kind = kind;
    measure(&shared.benches[0], sweep);
    atomic_store(&shared.next, 0);
    /* A little more than a whole exchange: the last runs find nothing to break, and must succeed. */
    atomic_store(&shared.end, shared.starts[sweep->side][REGION_WHOLE] + 32);
    for (int i = 0; i < WORKERS; i++)
        if (pthread_create(&threads[i], NULL, work, &shared.benches[i]) != 0)
            give_up("no thread");
    for (int i = 0; i < WORKERS; i++)
        pthread_join(threads[i], NULL);
    expect(atomic_load(&shared.end) < shared.starts[sweep->side][REGION_WHOLE] + 32,
           "the sweep never came to the end of the exchange");
}

static void print_row(size_t kind, int retries, int side, int region)
{
    long numbers[OUTCOMES][EFFECTS], sum = 0;
    for (int outcome = 0; outcome < OUTCOMES; outcome++)
        for (int effects = 0; effects < EFFECTS; effects++) {
            numbers[outcome][effects] =
                atomic_load(&counts[kind][retries][side][region][outcome][effects]);
            sum += numbers[outcome][effects];
        }
    if (sum == 0)
        return;
    printf("%-12s %-8s %-17s %6ld", kinds[kind].name, retries ? "on" : "off",
           region == REGION_WHOLE ? "(none left)" : region_names[side][region], sum);
    for (int outcome = 0; outcome < OUTCOMES; outcome++)
        printf(" %6ld %6ld", numbers[outcome][0], numbers[outcome][1]);
    long twice = 0;
    for (int outcome = 0; outcome < OUTCOMES; outcome++)
        twice += numbers[outcome][2];
    printf(" %6ld\n", twice);
}

static void print_table(void)
{
    printf("outcome x true effect (0 or 1; the last column: more than 1)\n"
           "fault        retries  where               runs |    OK: 0      1 | NOT_S.0      1 |"
           " REJ.: 0      1 | APPL. 0      1 | UNKN. 0      1 |   >1\n");
    for (size_t kind = 0; kind < LENGTH(kinds); kind++)
        for (int retries = 0; retries < 2; retries++)
            for (int side = 0; side < SIDES; side++)
                for (int region = 0; region < REGIONS; region++)
                    print_row(kind, retries, side, region);
}

void test_matrix(void)
{
    shared.benches = calloc(WORKERS, sizeof *shared.benches);
    if (shared.benches == NULL)
        give_up("no memory");
    for (int i = 0; i < WORKERS; i++) {
        sandbox_start(&shared.benches[i].sandbox);
        shared.benches[i].relay = relay_start(shared.benches[i].sandbox.port);
    }
    for (unsigned i = 0; i < LENGTH(kinds) * 16; i++) {
        const struct kind_row *kind = &kinds[i / 16];
        const struct sweep sweep = {.operation = i & 1,
                                    .kind = kind->kind,
                                    .mask = kind->mask,
                                    .side = i >> 1 & 1,
                                    .reused = i >> 2 & 1,
                                    .retries = i >> 3 & 1};
        run_sweep(&sweep, i / 16);
    }
    print_table();
    for (int i = 0; i < WORKERS; i++) {
        xpay_client_free(shared.benches[i].client);
        relay_stop(shared.benches[i].relay);
        sandbox_stop(&shared.benches[i].sandbox);
    }
    free(shared.benches);
}
