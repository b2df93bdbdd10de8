/*
 * libcurl repeats a POST by itself when a reused connection dies before the answer. A server that reads a whole POST
 * and then closes sees exactly one for each attempt of ours.
 */
#include "relay.h"
#include "sandbox.h"
#include "server.h"
#include "wire.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { POSTS = 8, MANY = 1000000, IDLE_CLOSES = 50 };

/* What the server saw, and how often it dies. */
struct script {
    struct sandbox *sandbox;
    int deaths; /* POSTs that are still to be acted on, but not answered */
    pthread_mutex_t mutex;
    int posts;
    char seen[POSTS][REQUEST_SIZE];
};

static void act_and_die(struct peer *peer)
{
    struct script *script = peer->context;
    while (peer_read(peer)) {
        bool dies = false;
        if (strncmp(peer->request, "POST", 4) == 0) {
            pthread_mutex_lock(&script->mutex);
            if (script->posts < POSTS)
                memcpy(script->seen[script->posts], peer->request, peer->request_length + 1);
            script->posts++;
            dies = script->deaths > 0;
            script->deaths -= dies;
            pthread_mutex_unlock(&script->mutex);
        }
        peer_forward(peer, script->sandbox->port, dies);
        if (dies)
            return;
    }
}

static const struct replay_row {
    const char *name;
    bool reused;
    int attempts;
    int deaths;
    int posts; /* what the server is to see */
    xpay_status status;
} rows[] = {
    {"new connection, retries off, dies once", false, 1, 1, 1, XPAY_ERROR_NETWORK},
    {"reused connection, retries off, dies once", true, 1, 1, 1, XPAY_ERROR_NETWORK},
    {"reused connection, retries off, always dies", true, 1, MANY, 1, XPAY_ERROR_NETWORK},
    {"new connection, 3 attempts, dies once", false, 3, 1, 2, XPAY_OK},
    {"reused connection, 3 attempts, dies once", true, 3, 1, 2, XPAY_OK},
    {"reused connection, 3 attempts, dies twice", true, 3, 2, 3, XPAY_OK},
    {"reused connection, 3 attempts, always dies", true, 3, MANY, 3, XPAY_ERROR_NETWORK},
};

static void try_row(struct sandbox *sandbox, const struct replay_row *row)
{
    static struct script script;
    memset(&script, 0, sizeof script);
    script.sandbox = sandbox;
    script.deaths = row->deaths;
    pthread_mutex_init(&script.mutex, NULL);
    struct server *server = server_start(act_and_die, &script, NULL);
    char url[URL_SIZE];
    xpay_error error;
    xpay_client *client =
        client_to(url_of(url, "http", server_port(server)), row->attempts, NULL, NULL);
    xpay_account *account = NULL;
    if (row->reused && xpay_account_retrieve(client, NULL, &account, &error) != XPAY_OK)
        give_up("no account: %s", error.message);
    xpay_object_free(account);

    const char *intent = sandbox_paid_intent(sandbox);
    long before = sandbox_effects(sandbox, "createRefund");
    wire_sendings = 0;
    xpay_status status = create_refund(client, intent, NULL, &error);
    long effects = sandbox_effects(sandbox, "createRefund") - before;
    xpay_client_free(client);
    server_stop(server);

    expect(status == row->status, "%s: %s", row->name, error.message);
    expect(script.posts == row->posts && wire_sendings == row->posts,
           "%s: %d POSTs arrived, the library knows of %d", row->name, script.posts, wire_sendings);
    expect(effects == 1, "%s: %ld effects", row->name, effects);
    expect(error.outcome == (status == XPAY_OK ? XPAY_OUTCOME_NONE : XPAY_OUTCOME_UNKNOWN),
           "%s: %s", row->name, xpay_outcome_name(error.outcome));
    for (int i = 1; i < script.posts && i < POSTS; i++)
        expect(strcmp(script.seen[0], script.seen[i]) == 0, "%s: POST %d has other bytes",
               row->name, i + 1);
    expect(strstr(script.seen[0], error.idempotency_key) != NULL, "%s: the key is another one",
           row->name);
    printf("%-45s POSTs %d, effects %ld, %s\n", row->name, script.posts, effects,
           xpay_status_name(status));
    count_run(script.posts - (status == XPAY_OK), effects);
}

/*
 * Closed while nobody used it. libcurl notices an end (FIN) before it sends; a reset it meets only in sending, and then
 * a call without retries is in doubt although nothing happened.
 */
static void try_idle(struct sandbox *sandbox, bool reset, int attempts)
{
    struct relay *relay = relay_start(sandbox->port);
    char url[URL_SIZE];
    int good = 0;
    xpay_client *client = client_to(url_of(url, "http", relay_port(relay)), attempts, NULL, NULL);
    for (int i = 0; i < IDLE_CLOSES; i++) {
        const char *intent = sandbox_paid_intent(sandbox);
        xpay_error error;
        long before = sandbox_effects(sandbox, "createRefund");
        xpay_status status = create_refund(client, intent, NULL, &error);
        long effects = sandbox_effects(sandbox, "createRefund") - before;
        bool doubt = error.outcome == XPAY_OUTCOME_UNKNOWN && reset && attempts == 1;
        expect((status == XPAY_OK && effects == 1) || (doubt && effects == 0),
               "after an idle connection was closed: %s, %ld effects", error.message, effects);
        good += status == XPAY_OK;
        relay_close_idle(relay, reset);
        count_run(1, effects);
    }
    printf("idle connection closed %d times with %s, attempts allowed %d: %d calls done, %d in "
           "doubt\n",
           IDLE_CLOSES, reset ? "RST" : "FIN", attempts, good, IDLE_CLOSES - good);
    xpay_client_free(client);
    relay_stop(relay);
}

void test_replay(void)
{
    struct sandbox sandbox;
    sandbox_start(&sandbox);
    try_idle(&sandbox, false, 1);
    try_idle(&sandbox, true, 1);
    try_idle(&sandbox, true, 3);
    for (size_t i = 0; i < LENGTH(rows); i++)
        try_row(&sandbox, &rows[i]);
    sandbox_stop(&sandbox);
}
