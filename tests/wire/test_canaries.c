/*
 * Everything is done once with logs at the highest level and bodies traced: no secret is in what comes out, and none in
 * memory that the library gave back. libcurl keeps copies of headers and bodies that it does not wipe: they are named.
 */
#include "canary.h"
#include "sandbox.h"
#include "server.h"
#include "store.h"
#include "wire.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SIGNING_SECRET "whsec_canary0123456789abcdef0123456789"
#define CARD           "4111111111111111"
#define LOOKS_SECRET   "sk_live_canaryInATextOfTheCallers"

static atomic_long lines, events;

static void take_line(void *context, int32_t level, const char *message)
{
    (void)context, (void)level;
    atomic_fetch_add(&lines, 1);
    expect(canary_is_clean(message, strlen(message), false), "a secret in a log line of level %d",
           level);
}

static void take_text(const char *what, const char *text)
{
    if (text != NULL)
        expect(canary_is_clean(text, strlen(text), false), "a secret in %s", what);
}

static void take_event(void *context, const xpay_trace_event *event)
{
    (void)context;
    atomic_fetch_add(&events, 1);
    take_text("the path of a trace event", event->path);
    take_text("the request id of a trace event", event->request_id);
    if (event->body != NULL)
        expect(canary_is_clean(event->body, event->body_length, false),
               "a secret in a traced body of %s", event->operation);
}

static void tell_all(xpay_client_options *options, void *context)
{
    struct store *store = context;
    options->intent_store = &store->callbacks;
    options->log = take_line;
    options->log_level = XPAY_LOG_DEBUG;
    options->trace = take_event;
    options->trace_bodies = true;
}

static void take_error(xpay_status status, const xpay_error *error)
{
    expect(error->status == status, "the error tells another status");
    expect(canary_is_clean((const char *)error, sizeof *error, false), "a secret in the error %s",
           xpay_status_name(status));
    count_run(error->status != XPAY_OK, 0);
}

static void take_object(void *object)
{
    char *text = NULL;
    if (object != NULL && xpay_object_print(object, &text) == XPAY_OK)
        expect(canary_is_clean(text, strlen(text), true), "a secret in what is printed");
    xpay_text_free(text);
    xpay_object_free(object);
}

/* The session whose client secret is to be looked for from now on. */
static void learn_secret(xpay_client *client, char id[128], char *secret, size_t size)
{
    xpay_line_item_params line = XPAY_LINE_ITEM_PARAMS_INIT;
    xpay_after_completion_params after = XPAY_AFTER_COMPLETION_PARAMS_INIT;
    xpay_checkout_session_create_params params = XPAY_CHECKOUT_SESSION_CREATE_PARAMS_INIT;
    xpay_checkout_session *session;
    xpay_error error;
    line.price = "price_sandbox_tea";
    line.quantity = 1;
    after.type = XPAY_AFTER_COMPLETION_TYPE_HOSTED_CONFIRMATION;
    params.line_items = &line;
    params.line_items_count = 1;
    params.after_completion = &after;
    if (xpay_checkout_session_create(client, &params, NULL, &session, &error) != XPAY_OK)
        give_up("no session: %s", error.message);
    snprintf(id, 128, "%s", session->id);
    snprintf(secret, size, "%s", session->client_secret);
    xpay_object_free(session);
}

static void refund(xpay_client *client, const char *intent, xpay_error *error)
{
    xpay_refund_create_params params = XPAY_REFUND_CREATE_PARAMS_INIT;
    xpay_refund *made;
    params.payment_intent_id = intent;
    params.has_amount = true;
    params.amount = 1;
    params.description = "card " CARD ", secret " LOOKS_SECRET;
    xpay_status status = xpay_refund_create(client, &params, NULL, &made, error);
    take_error(status, error);
    take_object(made);
}

static void call_sandbox(struct sandbox *sandbox, xpay_client *client, const char *id)
{
    static const char *const faults[] = {"cut_after", "cut_before", "truncate", "garble", "html"};
    xpay_checkout_session *session;
    xpay_account *account;
    xpay_refund_page *page;
    xpay_error error;
    xpay_status status;
    for (int i = 0; i < 20; i++) {
        status = xpay_checkout_session_retrieve(client, id, NULL, &session, &error);
        take_error(status, &error);
        take_object(session);
    }
    xpay_checkout_session_update_params update = XPAY_CHECKOUT_SESSION_UPDATE_PARAMS_INIT;
    update.locale = XPAY_LOCALE_AR;
    status = xpay_checkout_session_update(client, id, &update, NULL, &session, &error);
    take_error(status, &error);
    take_object(session);
    status = xpay_account_retrieve(client, NULL, &account, &error);
    take_error(status, &error);
    take_object(account);
    for (size_t i = 0; i < LENGTH(faults); i++) {
        char json[128];
        for (int k = 0; k < 2; k++) {
            snprintf(json, sizeof json, "{\"operation\":\"*\",\"kind\":\"%s\"}", faults[i]);
            sandbox_post(sandbox, "faults", json);
            if (k == 0) {
                status = xpay_checkout_session_retrieve(client, id, NULL, &session, &error);
                take_error(status, &error);
                take_object(session);
            } else {
                refund(client, sandbox->intent, &error);
            }
        }
    }
    status = xpay_refund_list(client, NULL, NULL, &page, &error);
    take_error(status, &error);
    take_object(page);
    status = xpay_checkout_session_expire(client, id, NULL, &session, &error);
    take_error(status, &error);
    take_object(session);
    status = xpay_checkout_session_retrieve(client, SIGNING_SECRET, NULL, &session, &error);
    take_error(status, &error);
    take_object(session);
}

/* A server that says back what it was told. */
static void echo_secrets(struct peer *peer)
{
    const char *const json = peer->context;
    while (peer_read(peer))
        peer_answer(peer, "401 Unauthorized", "Request-Id: req_" WIRE_API_KEY "\r\n", json);
    memset(peer->request, 0, sizeof peer->request);
}

static void call_echo(struct store *store, const char *client_secret)
{
    char json[1024], url[URL_SIZE];
    xpay_error error;
    snprintf(json, sizeof json,
             "{\"error\":{\"type\":\"authentication_error\",\"code\":\"" WIRE_API_KEY
             "\",\"param\":\"" SIGNING_SECRET "\",\"message\":\"Bearer " WIRE_API_KEY
             " is wrong, and so is %s; card " CARD "\"}}",
             client_secret);
    struct server *server = server_start(echo_secrets, json, NULL);
    xpay_client *client = client_to(url_of(url, "http", server_port(server)), 2, tell_all, store);
    xpay_status status = create_refund(client, "pi_test_1", NULL, &error);
    take_error(status, &error);
    xpay_client_free(client);
    server_stop(server);
    memset(json, 0, sizeof json);
}

static void verify_webhooks(void)
{
    static const char body[] = "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"x\"}";
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    xpay_webhook_verifier *verifier;
    xpay_error error;
    options.secret = SIGNING_SECRET;
    if (xpay_webhook_verifier_new(&options, &verifier, &error) != XPAY_OK)
        give_up("no verifier: %s", error.message);
    xpay_status status = xpay_webhook_verify(verifier, body, sizeof body - 1,
                                             "t=1,v1=" SIGNING_SECRET, NULL, &error);
    take_error(status, &error);
    xpay_webhook_verifier_free(verifier);
}

/* The program's own outputs go into a file meanwhile. */
static int redirect(int fd, int to)
{
    int saved = dup(fd);
    if (saved < 0 || dup2(to, fd) < 0)
        give_up("cannot redirect: %s", strerror(errno));
    return saved;
}

static void restore(int fd, int saved)
{
    dup2(saved, fd);
    close(saved);
}

void test_canaries(void)
{
    struct sandbox sandbox;
    static struct store store;
    char url[URL_SIZE], id[128], secret[256], file[] = "/tmp/xpay-wire-out-XXXXXX";
    static char output[65536];
    int out = mkstemp(file);
    sandbox_start(&sandbox);
    sandbox_new_intent(&sandbox);
    store_open(&store, NULL, NULL);
    fflush(stdout);
    int first = redirect(1, out), second = redirect(2, out);

    canary_add(WIRE_API_KEY, true);
    canary_add(SIGNING_SECRET, true);
    canary_add(CARD, false);
    canary_add(LOOKS_SECRET, false);
    canary_watch(true);
    xpay_client *client = client_to(url_of(url, "http", sandbox.port), 3, tell_all, &store);
    learn_secret(client, id, secret, sizeof secret);
    canary_add(secret, true);
    call_sandbox(&sandbox, client, id);
    call_echo(&store, secret);
    verify_webhooks();
    xpay_client_free(client);
    canary_watch(false);

    fflush(stdout);
    restore(1, first);
    restore(2, second);
    ssize_t written = pread(out, output, sizeof output - 1, 0);
    close(out);
    unlink(file);
    expect(written >= 0 && canary_is_clean(output, (size_t)written, false), "a secret was printed");
    fputs(output, stdout);
    expect(lines > 100 && events > 50, "only %ld lines and %ld events", lines, events);
    printf("%ld log lines, %ld trace events, %ld bytes of text searched for %s\n", lines, events,
           canary_bytes_searched(), "5 secrets");
    if (canary_can_watch()) {
        expect(canary_blocks_seen() > 100, "only %ld blocks were freed", canary_blocks_seen());
        expect(canary_blocks_left("test-wire") == 0 && canary_blocks_left("cjson") == 0,
               "the library freed %ld blocks with a secret in them, cJSON %ld",
               canary_blocks_left("test-wire"), canary_blocks_left("cjson"));
        printf("%ld freed blocks searched\n", canary_blocks_seen());
        canary_print_blocks();
    }
    sandbox_stop(&sandbox);
}
