/*
 * 64 threads on one client: mixed operations, cancellations, and never more connections than the pool allows. Meant for
 * ThreadSanitizer; the relay counts how many connections are open at the same time.
 */
#include "relay.h"
#include "sandbox.h"
#include "wire.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { THREADS = 64, CALLS = 40, QUICK_CALLS = 8, POOL = 16, CANCELLERS = 2 };

static struct {
    xpay_client *client;
    const char *intent;
    xpay_cancel *tokens[THREADS]; /* of the calls that may be cancelled */
    pthread_mutex_t mutex;
    atomic_bool stop;
    atomic_long done, cancelled, refused, lines;
} shared;

static void count_line(void *context, int32_t level, const char *message)
{
    (void)context, (void)level, (void)message;
    atomic_fetch_add(&shared.lines, 1);
}

static void count_event(void *context, const xpay_trace_event *event)
{
    (void)context, (void)event;
    atomic_fetch_add(&shared.lines, 1);
}

static void use_small_pool(xpay_client_options *options, void *context)
{
    (void)context;
    options->max_connections = POOL;
    options->log = count_line;
    options->log_level = XPAY_LOG_DEBUG;
    options->trace = count_event;
    options->trace_bodies = true;
}

static xpay_cancel *new_token(int thread)
{
    xpay_cancel *token;
    if (xpay_cancel_new(&token) != XPAY_OK)
        give_up("no memory");
    pthread_mutex_lock(&shared.mutex);
    shared.tokens[thread] = token;
    pthread_mutex_unlock(&shared.mutex);
    return token;
}

static void drop_token(int thread)
{
    pthread_mutex_lock(&shared.mutex);
    xpay_cancel *token = shared.tokens[thread];
    shared.tokens[thread] = NULL;
    pthread_mutex_unlock(&shared.mutex);
    xpay_cancel_free(token);
}

static xpay_status retrieve_account(const xpay_request_options *options, xpay_error *error)
{
    xpay_account *account;
    xpay_status status = xpay_account_retrieve(shared.client, options, &account, error);
    xpay_object_free(account);
    return status;
}

static xpay_status list_refunds(const xpay_request_options *options, xpay_error *error)
{
    xpay_refund_list_params params = XPAY_REFUND_LIST_PARAMS_INIT;
    xpay_refund_page *page;
    params.has_limit = true;
    params.limit = 2;
    xpay_status status = xpay_refund_list(shared.client, &params, options, &page, error);
    xpay_object_free(page);
    return status;
}

static void count_end(xpay_status status, const xpay_error *error)
{
    if (status == XPAY_OK)
        atomic_fetch_add(&shared.done, 1);
    else if (status == XPAY_ERROR_CANCELED)
        atomic_fetch_add(&shared.cancelled, 1);
    else
        atomic_fetch_add(&shared.refused, 1);
    expect(status == XPAY_OK || status == XPAY_ERROR_CANCELED, "%s: %s", xpay_status_name(status),
           error->message);
    count_run(status != XPAY_OK, 0);
}

static void *work(void *context)
{
    int thread = (int)(intptr_t)context, calls = wire_quick ? QUICK_CALLS : CALLS;
    for (int i = 0; i < calls; i++) {
        xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
        xpay_status status;
        xpay_error error;
        options.timeout_ms = 60000;
        options.cancel = i % 3 == 0 ? new_token(thread) : NULL;
        switch ((thread + i) % 5) {
        case 0: status = create_session(shared.client, &options, &error); break;
        case 1: status = create_refund(shared.client, shared.intent, &options, &error); break;
        case 2: status = list_refunds(&options, &error); break;
        case 3:
            options.no_idempotency_key = true;
            status = create_session(shared.client, &options, &error);
            break;
        default: status = retrieve_account(&options, &error); break;
        }
        count_end(status, &error);
        if (options.cancel != NULL)
            drop_token(thread);
    }
    return NULL;
}

static void *cancel_some(void *context)
{
    unsigned seed = (unsigned)(uintptr_t)context + 1;
    while (!atomic_load(&shared.stop)) {
        nap_us(700);
        pthread_mutex_lock(&shared.mutex);
        xpay_cancel *token = shared.tokens[(seed = seed * 1103515245 + 12345) / 65536 % THREADS];
        if (token != NULL)
            xpay_cancel_trigger(token);
        pthread_mutex_unlock(&shared.mutex);
    }
    return NULL;
}

void test_stress(void)
{
    struct sandbox sandbox;
    pthread_t threads[THREADS], cancellers[CANCELLERS];
    char url[URL_SIZE];
    sandbox_start(&sandbox);
    struct relay *relay = relay_start(sandbox.port);
    shared.intent = sandbox_new_intent(&sandbox);
    shared.client = client_to(url_of(url, "http", relay_port(relay)), 3, use_small_pool, NULL);
    pthread_mutex_init(&shared.mutex, NULL);
    for (int i = 0; i < CANCELLERS; i++)
        if (pthread_create(&cancellers[i], NULL, cancel_some, (void *)(intptr_t)i) != 0)
            give_up("no thread");
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, work, (void *)(intptr_t)i) != 0)
            give_up("no thread");
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    atomic_store(&shared.stop, true);
    for (int i = 0; i < CANCELLERS; i++)
        pthread_join(cancellers[i], NULL);
    expect(relay_peak(relay) <= POOL, "%d connections at the same time, the pool allows %d",
           relay_peak(relay), POOL);
    expect(shared.cancelled > 0, "nothing was cancelled");
    printf(
        "%d threads: %ld calls done, %ld cancelled, %ld others; %ld log lines and events; at most "
        "%d connections, allowed %d\n",
        THREADS, shared.done, shared.cancelled, shared.refused, shared.lines, relay_peak(relay),
        POOL);
    xpay_client_free(shared.client);
    relay_stop(relay);
    sandbox_stop(&sandbox);
}
