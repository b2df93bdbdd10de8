/*
 * Time: the deadline of a call is kept and cancelling it works at once, wherever the call is waiting. How late the
 * machine itself wakes a thread is measured beside it and told.
 */
#include "noise.h"
#include "server.h"
#include "wire.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum {
    TIMEOUT_MS = 300,
    DEADLINE_BOUND_US = 50000,
    CANCEL_BOUND_US = 10000,
    DRIP_US = 10000,
    LONG_MS = 20000,
    TRIES = 4
};

/* Servers that keep one waiting. */

static void wait_for_end(struct peer *peer)
{
    while (peer_read(peer))
        continue;
}

static void drip(struct peer *peer, const char *bytes)
{
    for (; *bytes != '\0' && !server_is_stopping(peer->server); bytes++) {
        peer_write(peer, bytes, 1);
        nap_us(DRIP_US);
    }
}

static void drip_headers(struct peer *peer)
{
    if (!peer_read(peer))
        return;
    peer_write(peer, "HTTP/1.1 201 Created\r\n", 22);
    drip(peer, "Content-Type: application/json; charset=utf-8\r\n"
               "Content-Length: 1000\r\nX-Padding: 0123456789012345678901234567890123456789"
               "0123456789012345678901234567890123456789012345678901234567890123456789\r\n");
}

static void drip_body(struct peer *peer)
{
    static const char headers[] = "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
                                  "Content-Length: 1000\r\n\r\n";
    if (!peer_read(peer))
        return;
    peer_write(peer, headers, sizeof headers - 1);
    char body[1001];
    memset(body, ' ', sizeof body - 1);
    body[1000] = '\0';
    drip(peer, body);
}

static void ask_to_wait(struct peer *peer)
{
    while (peer_read(peer))
        peer_answer(peer, "503 Service Unavailable", "Retry-After: 10\r\n",
                    "{\"error\":{\"type\":\"api_error\",\"code\":\"internal_error\","
                    "\"message\":\"Later.\"}}");
}

static const struct scene {
    const char *name;
    const char *scheme;
    const char *host; /* NULL: the server's */
    serve_function *serve;
    int sendings;
    int32_t outcome;  /* when it is cancelled, or its time is over */
    bool only_cancel; /* the deadline cannot be waited for: the call ends at once instead */
    bool busy_pool;   /* the only connection is in use by another call */
} scenes[] = {
    {"a resolver that hangs for 5 s", "https", "resolver.hangs.example", NULL, 0,
     XPAY_OUTCOME_NOT_SENT, false, false},
    {"a server that says nothing to TLS", "https", NULL, wait_for_end, 0, XPAY_OUTCOME_NOT_SENT,
     false, false},
    {"a server that says nothing", "http", NULL, wait_for_end, 1, XPAY_OUTCOME_UNKNOWN, false,
     false},
    {"headers that drip", "http", NULL, drip_headers, 1, XPAY_OUTCOME_APPLIED, false, false},
    {"a body that drips", "http", NULL, drip_body, 1, XPAY_OUTCOME_APPLIED, false, false},
    {"all connections in use", "http", NULL, wait_for_end, 0, XPAY_OUTCOME_NOT_SENT, false, true},
    {"a wait between two attempts", "http", NULL, ask_to_wait, 1, XPAY_OUTCOME_UNKNOWN, true,
     false},
};

static void set_up(xpay_client_options *options, void *context)
{
    const struct scene *scene = context;
    options->max_connections = scene->busy_pool ? 1 : 0;
}

struct call {
    xpay_client *client;
    xpay_request_options options;
    xpay_status status;
    xpay_error error;
    int sendings;
    int64_t ended_us;
};

static void *make_call(void *context)
{
    struct call *call = context;
    wire_sendings = 0;
    call->status = create_refund(call->client, "pi_test_1", &call->options, &call->error);
    call->ended_us = now_us();
    call->sendings = wire_sendings;
    return NULL;
}

static void start_call(pthread_t *thread, struct call *call, xpay_client *client,
                       int64_t timeout_ms, xpay_cancel *cancel)
{
    memset(call, 0, sizeof *call);
    call->client = client;
    call->options = (xpay_request_options)XPAY_REQUEST_OPTIONS_INIT;
    call->options.timeout_ms = timeout_ms;
    call->options.cancel = cancel;
    if (pthread_create(thread, NULL, make_call, call) != 0)
        give_up("no thread");
}

/* How late the call came back after its deadline, or after it was cancelled. */
static int64_t lateness_us(const struct scene *scene, bool cancels)
{
    struct server *server = scene->serve == NULL ? NULL : server_start(scene->serve, NULL, NULL);
    char url[URL_SIZE];
    struct call call, occupant;
    pthread_t thread, other;
    xpay_cancel *cancel, *end;
    if (server != NULL)
        url_of(url, scene->scheme, server_port(server));
    else
        snprintf(url, sizeof url, "%s://%s", scene->scheme, scene->host);
    xpay_client *client = client_to(url, 2, set_up, (void *)scene);
    if (xpay_cancel_new(&cancel) != XPAY_OK || xpay_cancel_new(&end) != XPAY_OK)
        give_up("no memory");
    if (scene->busy_pool) {
        start_call(&other, &occupant, client, LONG_MS, end);
        while (server_requests(server) == 0)
            nap_us(1000);
    }

    int64_t due = now_us() + TIMEOUT_MS * 1000;
    start_call(&thread, &call, client, cancels ? LONG_MS : TIMEOUT_MS, cancel);
    if (cancels) {
        nap_us(TIMEOUT_MS * 1000 / 2);
        due = now_us();
        xpay_cancel_trigger(cancel);
    }
    pthread_join(thread, NULL);
    xpay_status expected = cancels ? XPAY_ERROR_CANCELED : XPAY_ERROR_TIMEOUT;
    expect(call.status == expected && call.sendings == scene->sendings &&
               call.error.outcome == scene->outcome,
           "%s, %s: %s, %s, sent %d: %s", scene->name, cancels ? "cancelled" : "deadline",
           xpay_status_name(call.status), xpay_outcome_name(call.error.outcome), call.sendings,
           call.error.message);
    expect(call.ended_us >= due, "%s: %lld us too early", scene->name,
           (long long)(due - call.ended_us));
    count_run(1, 0);

    if (scene->busy_pool) {
        xpay_cancel_trigger(end);
        pthread_join(other, NULL);
    }
    int64_t before = now_us();
    xpay_client_free(client);
    expect(now_us() - before < DEADLINE_BOUND_US, "%s: freeing the client took %lld us",
           scene->name, (long long)(now_us() - before));
    xpay_cancel_free(cancel);
    xpay_cancel_free(end);
    if (server != NULL)
        server_stop(server);
    return call.ended_us - due;
}

/* A machine that was late itself by more than half of the bound gets another try. */
static void measure(const struct scene *scene, bool cancels, int64_t bound_us)
{
    int64_t late = 0, noise = 0;
    int tries = 0;
    do {
        struct noise *measured = noise_start();
        late = lateness_us(scene, cancels);
        noise = noise_stop(measured);
        tries++;
    } while (late > bound_us && noise > bound_us / 2 && tries < TRIES);
    expect(late <= bound_us, "%s: %lld us late (the machine itself: %lld us)", scene->name,
           (long long)late, (long long)noise);
    printf("%-34s %-9s %6.1f ms late, at most %2lld; the machine itself %5.1f ms%s\n", scene->name,
           cancels ? "cancelled" : "deadline", (double)late / 1000, (long long)(bound_us / 1000),
           (double)noise / 1000, tries > 1 ? ", tried again" : "");
}

void test_time(void)
{
    for (size_t i = 0; i < LENGTH(scenes); i++) {
        if (!scenes[i].only_cancel)
            measure(&scenes[i], false, DEADLINE_BOUND_US);
        measure(&scenes[i], true, CANCEL_BOUND_US);
    }
}
