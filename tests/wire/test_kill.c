/*
 * A process that refunds an order is killed at every step, started again and let finish: one refund each time, and none
 * is forgotten. What was recorded is finished by the library alone; what was not is asked for again, under the same key.
 */
#include "relay.h"
#include "sandbox.h"
#include "store.h"
#include "wire.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STEP_BEFORE_SENDING = STORE_AFTER_SETTLE + 1, STEP_NONE };
enum { STEP = 16, QUICK_STEP = 160 };

static const char *const step_names[] = {
    "before the intent is recorded",  "half of the row is written", "after it is recorded",
    "before it is settled",           "half of that is written",    "after it is settled",
    "right before the request leaves"};

/* The program that is killed: --refund <step> <url> <payment intent> <order> <file> [resolve] */

static int killed_at = STEP_NONE;

static void die_at(int step)
{
    if (step == killed_at)
        raise(SIGKILL);
}

static void die_in_store(enum store_step step)
{
    die_at((int)step);
}

static void die_before_sending(void)
{
    die_at(STEP_BEFORE_SENDING);
}

static void use_store(xpay_client_options *options, void *context)
{
    struct store *store = context;
    options->intent_store = &store->callbacks;
}

static xpay_status refund(xpay_client *client, const char *intent, const char *order,
                          xpay_error *error)
{
    char key[XPAY_IDEMPOTENCY_KEY_SIZE];
    if (xpay_idempotency_key_derive("wire", "refund", order, 0, key, sizeof key) != XPAY_OK)
        return XPAY_ERROR_MEMORY;
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    options.idempotency_key = key;
    options.order_reference = order;
    return create_refund(client, intent, &options, error);
}

int refund_one_order(int argc, char **argv)
{
    struct store store;
    xpay_error error = {0};
    if (argc < 7)
        return 2;
    killed_at = atoi(argv[2]);
    wire_before_sending = die_before_sending;
    store_open(&store, argv[6], die_in_store);
    xpay_client *client = client_to(argv[3], 3, use_store, &store);
    xpay_status status = xpay_resolve_unsettled(client, NULL, NULL, NULL, &error);
    if (status == XPAY_OK && argc == 7 && store_applied(&store) == 0)
        status = refund(client, argv[4], argv[5], &error);
    if (status != XPAY_OK)
        fprintf(stderr, "--refund: %s\n", error.message);
    xpay_client_free(client);
    return status == XPAY_OK && store_unsettled(&store) == 0 ? 0 : 1;
}

/* The test. */

struct order {
    struct sandbox *sandbox;
    char url[URL_SIZE];
    const char *intent;
    char number[32], file[64];
};

static pid_t start(const struct order *order, int step, bool only_resolve)
{
    char text[16];
    snprintf(text, sizeof text, "%d", step);
    pid_t child = fork();
    if (child == 0) {
        execl("/proc/self/exe", "test-wire", "--refund", text, order->url, order->intent,
              order->number, order->file, only_resolve ? "resolve" : (char *)NULL, (char *)NULL);
        _exit(127);
    }
    return child;
}

static int wait_for(pid_t child)
{
    int status = -1;
    waitpid(child, &status, 0);
    return status;
}

static struct order new_order(struct sandbox *sandbox, uint16_t port)
{
    static int count;
    struct order order = {.sandbox = sandbox, .intent = sandbox_paid_intent(sandbox)};
    url_of(order.url, "http", port);
    snprintf(order.number, sizeof order.number, "order-%d", ++count);
    strcpy(order.file, "/tmp/xpay-wire-store-XXXXXX");
    int fd = mkstemp(order.file);
    if (fd < 0)
        give_up("no file for the store");
    close(fd);
    return order;
}

/* Restart: the library alone finishes what was recorded; then the shop asks for what is still to be done. */
static void finish(struct order *order, const char *name, long effects_before)
{
    struct store store;
    store_open(&store, order->file, NULL);
    bool recorded = store.count > 0;
    url_of(order->url, "http", order->sandbox->port);
    int resolved = wait_for(start(order, STEP_NONE, true));
    long first = sandbox_effects(order->sandbox, "createRefund") - effects_before;
    int finished = wait_for(start(order, STEP_NONE, false));
    long effects = sandbox_effects(order->sandbox, "createRefund") - effects_before;
    store_open(&store, order->file, NULL);
    unlink(order->file);
    expect(resolved == 0 && first == recorded, "%s: %ld refunds after the restart, recorded %d",
           name, first, recorded);
    expect(finished == 0 && effects == 1, "%s: %ld refunds in the end", name, effects);
    expect(store_unsettled(&store) == 0 && store_applied(&store) == 1,
           "%s: %d open, %d done in the store", name, store_unsettled(&store),
           store_applied(&store));
    count_run(1, effects);
    if (name[0] != '\0')
        printf("%-34s recorded %s, refunds: %ld\n", name, recorded ? "yes" : "no ", effects);
}

static void kill_at_step(struct sandbox *sandbox, int step)
{
    struct order order = new_order(sandbox, sandbox->port);
    long before = sandbox_effects(sandbox, "createRefund");
    int status = wait_for(start(&order, step, false));
    expect(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "%s: it was not killed",
           step_names[step]);
    finish(&order, step_names[step], before);
}

/* While it waits for the rest of the exchange, which a relay holds back from this byte on. */
static bool kill_during_exchange(struct sandbox *sandbox, struct relay *relay, relay_side side,
                                 long offset)
{
    const struct relay_fault fault = {.kind = FAULT_HOLD, .side = side, .offset = offset};
    struct relay_report report;
    struct order order = new_order(sandbox, relay_port(relay));
    long before = sandbox_effects(sandbox, "createRefund");
    relay_arm(relay, &fault);
    pid_t child = start(&order, STEP_NONE, false);
    bool ended = false;
    do {
        nap_us(1000);
        ended = waitpid(child, NULL, WNOHANG) == child;
        relay_look(relay, &report);
    } while (!report.fired && !ended);
    if (!ended) {
        kill(child, SIGKILL);
        wait_for(child);
    }
    relay_settle(relay, &report);
    finish(&order, "", before);
    return report.fired;
}

void test_kill(void)
{
    struct sandbox sandbox;
    sandbox_start(&sandbox);
    for (int step = 0; step < STEP_NONE; step++)
        kill_at_step(&sandbox, step);
    struct relay *relay = relay_start(sandbox.port);
    int kills = 0;
    for (relay_side side = REQUEST; side < SIDES; side++)
        for (long offset = 0; kill_during_exchange(&sandbox, relay, side, offset);
             offset += wire_quick ? QUICK_STEP : STEP)
            kills++;
    printf("while the exchange stood still at one of %d bytes: one refund each\n", kills);
    relay_stop(relay);
    sandbox_stop(&sandbox);
}
