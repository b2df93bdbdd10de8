/* An outage is not amplified, and what XPay asks to wait is waited. */
#include "server.h"
#include "wire.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { CALLS = 400, THREADS = 8, BUDGET = 10, ATTEMPTS = 4 };

static const char error_json[] = "{\"error\":{\"type\":\"api_error\",\"code\":\"rate_limit\","
                                 "\"message\":\"Not now.\"}}";

struct storm {
    const char *status;
    char headers[128];
    int refusals; /* the first so many requests are refused; then 400 answers definitely */
    pthread_mutex_t mutex;
    int64_t asked_us[8]; /* when the first requests came */
    int asked;
};

static void refuse_all(struct peer *peer)
{
    struct storm *storm = peer->context;
    while (peer_read(peer)) {
        pthread_mutex_lock(&storm->mutex);
        if (storm->asked < (int)LENGTH(storm->asked_us))
            storm->asked_us[storm->asked] = now_us();
        bool refused = storm->asked++ < storm->refusals;
        pthread_mutex_unlock(&storm->mutex);
        peer_answer(peer, refused ? storm->status : "404 Not Found", refused ? storm->headers : "",
                    error_json);
    }
}

struct budget {
    int32_t repeats;
    int64_t max_retry_after_ms;
};

static void set_budget(xpay_client_options *options, void *context)
{
    const struct budget *budget = context;
    options->retry_budget = budget->repeats;
    options->max_retry_after_ms = budget->max_retry_after_ms;
}

struct calls {
    xpay_client *client;
    int count;
    int32_t outcome;
};

static void *make_calls(void *context)
{
    const struct calls *calls = context;
    for (int i = 0; i < calls->count; i++) {
        xpay_error error;
        create_refund(calls->client, "pi_test_1", NULL, &error);
        expect(error.outcome == calls->outcome && error.attempts >= 1 && error.attempts <= ATTEMPTS,
               "in a storm: %s after %d attempts", xpay_outcome_name(error.outcome),
               error.attempts);
        count_run(error.attempts, 0);
    }
    return NULL;
}

/* All calls fail, from several threads at once. */
static void try_storm(const char *status, int32_t outcome, int32_t repeats)
{
    struct storm storm = {.status = status, .refusals = 1000000};
    struct budget budget = {.repeats = repeats};
    pthread_t threads[THREADS];
    char url[URL_SIZE];
    pthread_mutex_init(&storm.mutex, NULL);
    struct server *server = server_start(refuse_all, &storm, NULL);
    xpay_client *client =
        client_to(url_of(url, "http", server_port(server)), ATTEMPTS, set_budget, &budget);
    struct calls calls = {client, CALLS / THREADS, outcome};
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, make_calls, &calls) != 0)
            give_up("no thread");
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    long asked = server_requests(server);
    long most = repeats < 0 ? CALLS * ATTEMPTS : CALLS + (repeats == 0 ? BUDGET : repeats);
    expect(asked >= CALLS && asked <= most, "%s: %ld attempts for %d calls", status, asked, CALLS);
    if (repeats < 0)
        expect(asked == most, "without a budget: %ld attempts", asked);
    printf("%-24s budget %-9s %d calls, %ld attempts: %.3f for each\n", status,
           repeats < 0    ? "none"
           : repeats == 0 ? "default"
                          : "given",
           CALLS, asked, (double)asked / CALLS);
    xpay_client_free(client);
    server_stop(server);
}

/* After the storm the reserve fills up again: a tenth for each call that is answered. */
static void try_recovery(void)
{
    struct storm storm = {.status = "503 Service Unavailable", .refusals = CALLS + BUDGET};
    struct budget budget = {0};
    char url[URL_SIZE];
    xpay_error error;
    pthread_mutex_init(&storm.mutex, NULL);
    struct server *server = server_start(refuse_all, &storm, NULL);
    xpay_client *client =
        client_to(url_of(url, "http", server_port(server)), ATTEMPTS, set_budget, &budget);
    for (int i = 0; i < CALLS; i++)
        create_refund(client, "pi_test_1", NULL, &error);
    long stormy = server_requests(server);
    for (int i = 0; i < 15; i++)
        create_refund(client, "pi_test_1", NULL, &error);
    pthread_mutex_lock(&storm.mutex);
    storm.refusals = storm.asked + 1;
    pthread_mutex_unlock(&storm.mutex);
    long before = server_requests(server);
    create_refund(client, "pi_test_1", NULL, &error);
    expect(stormy == CALLS + BUDGET && server_requests(server) - before == 2,
           "after a storm of %ld attempts, %ld were made", stormy,
           server_requests(server) - before);
    printf("after the storm: 15 answered calls bring a repeat back\n");
    count_run(1, 0);
    xpay_client_free(client);
    server_stop(server);
}

static const struct wait_row {
    const char *name;
    const char
        *header; /* %s is the date in 2 seconds; whole seconds on both sides make it 1 to 3 */
    int64_t max_retry_after_ms;
    int attempts;              /* of the call */
    int64_t least_ms, most_ms; /* between them; of the whole call when there is one */
} waits[] = {
    {"seconds", "Retry-After: 1\r\n", 0, 2, 1000, 1500},
    {"a date", "Retry-After: %s\r\n", 0, 2, 900, 3500},
    {"0 seconds", "Retry-After: 0\r\n", 0, 2, 0, 500},
    {"no header", "", 0, 2, 0, 500},
    {"nonsense", "Retry-After: soon\r\n", 0, 2, 0, 500},
    {"a negative number", "Retry-After: -5\r\n", 0, 2, 0, 500},
    {"an hour, beyond the cap", "Retry-After: 3600\r\n", 0, 1, 0, 500},
    {"2 s, beyond a cap of 1 s", "Retry-After: 2\r\n", 1000, 1, 0, 500},
    {"more than numbers hold", "Retry-After: 99999999999999999999\r\n", 0, 1, 0, 500},
};

static void try_wait(const struct wait_row *row, const char *status)
{
    struct storm storm = {.status = status, .refusals = 1};
    struct budget budget = {.max_retry_after_ms = row->max_retry_after_ms};
    char url[URL_SIZE], date[64];
    time_t then = time(NULL) + 2;
    xpay_error error;
    pthread_mutex_init(&storm.mutex, NULL);
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime(&then));
    snprintf(storm.headers, sizeof storm.headers, row->header, date);
    struct server *server = server_start(refuse_all, &storm, NULL);
    xpay_client *client =
        client_to(url_of(url, "http", server_port(server)), ATTEMPTS, set_budget, &budget);
    int64_t start = now_us();
    create_refund(client, "pi_test_1", NULL, &error);
    int64_t took_ms = (now_us() - start) / 1000;
    if (storm.asked > 1)
        took_ms = (storm.asked_us[1] - storm.asked_us[0]) / 1000;
    expect(storm.asked == row->attempts && took_ms >= row->least_ms && took_ms <= row->most_ms,
           "Retry-After, %s, %s: %d attempts, %lld ms", row->name, status, storm.asked,
           (long long)took_ms);
    printf("Retry-After %-26s %.3s: %d attempts, %lld ms\n", row->name, status, storm.asked,
           (long long)took_ms);
    count_run(1, 0);
    xpay_client_free(client);
    server_stop(server);
}

void test_storm(void)
{
    try_storm("429 Too Many Requests", XPAY_OUTCOME_REJECTED, 0);
    try_storm("503 Service Unavailable", XPAY_OUTCOME_UNKNOWN, 0);
    try_storm("429 Too Many Requests", XPAY_OUTCOME_REJECTED, 25);
    try_storm("503 Service Unavailable", XPAY_OUTCOME_UNKNOWN, 25);
    try_storm("503 Service Unavailable", XPAY_OUTCOME_UNKNOWN, -1);
    try_recovery();
    for (size_t i = 0; i < LENGTH(waits); i++) {
        try_wait(&waits[i], "429 Too Many Requests");
        try_wait(&waits[i], "503 Service Unavailable");
    }
}
