/* Doubt that outlives an answer, keys that name something else, and keys that are too old to be asked with. */
#include "relay.h"
#include "sandbox.h"
#include "store.h"
#include "wire.h"

#include <stdio.h>
#include <string.h>

#define OLD_MS (INT64_C(25) * 60 * 60 * 1000)

static struct sandbox sandbox;

static void use_store(xpay_client_options *options, void *context)
{
    struct store *store = context;
    if (store != NULL)
        options->intent_store = &store->callbacks;
}

static xpay_client *client_of(int attempts, struct store *store)
{
    char url[URL_SIZE];
    return client_to(url_of(url, "http", sandbox.port), attempts, use_store, store);
}

static void plan(const char *kind, int status)
{
    char json[256];
    snprintf(json, sizeof json,
             "{\"operation\":\"createRefund\",\"kind\":\"%s\",\"stored\":false,\"status\":%d}",
             kind, status);
    sandbox_post(&sandbox, "faults", json);
}

static xpay_status refund(xpay_client *client, const char *key, const char *charge, int64_t amount,
                          xpay_error *error)
{
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    xpay_refund_create_params params = XPAY_REFUND_CREATE_PARAMS_INIT;
    xpay_refund *made;
    options.idempotency_key = key;
    params.charge_id = charge;
    params.has_amount = true;
    params.amount = amount;
    xpay_status status = xpay_refund_create(client, &params, &options, &made, error);
    xpay_object_free(made);
    return status;
}

/* Attempt 1 gets lost before or after it took effect; then comes an answer that sounds definite. */
static void try_second_answer(const char *loss, int status, int attempts)
{
    char key[KEY_SIZE];
    xpay_error error;
    xpay_client *client = client_of(attempts, NULL);
    bool applied = strcmp(loss, "cut_after") == 0;
    long before = sandbox_effects(&sandbox, "createRefund");
    sandbox_new_intent(&sandbox);
    fresh_key(key);
    plan(loss, 500);
    for (int i = 1; i < 4; i++)
        plan("status", status);
    refund(client, key, sandbox.charge, 1, &error);
    int32_t first = error.outcome;
    if (attempts == 1) /* the second attempt is a call of its own */
        refund(client, key, sandbox.charge, 1, &error);
    long effects = sandbox_effects(&sandbox, "createRefund") - before;
    expect(first == XPAY_OUTCOME_UNKNOWN && error.outcome == XPAY_OUTCOME_UNKNOWN &&
               error.http_status == status && effects == applied,
           "%s, then %d: %s, HTTP %d after %ld effects", loss, status,
           xpay_outcome_name(error.outcome), error.http_status, effects);
    printf("%-10s then %d%-15s %-8s next: %-9s effects: %ld\n", loss, status,
           attempts == 1 ? ", another call" : "", xpay_outcome_name(error.outcome),
           xpay_next_step_name(error.next_step), effects);
    count_run(2, effects);
    xpay_client_free(client);
}

/* A refusal gets lost. Asked again, XPay repeats it from its store: that is definite. */
static void try_lost_refusal(int attempts, int32_t outcome)
{
    const struct relay_fault fault = {.kind = FAULT_CUT, .side = RESPONSE, .offset = 0};
    struct relay_report report;
    char key[KEY_SIZE], url[URL_SIZE];
    xpay_error error;
    struct relay *relay = relay_start(sandbox.port);
    xpay_client *client =
        client_to(url_of(url, "http", relay_port(relay)), attempts, use_store, NULL);
    sandbox_new_intent(&sandbox);
    fresh_key(key);
    long before = sandbox_effects(&sandbox, "createRefund");
    relay_arm(relay, &fault);
    refund(client, key, sandbox.charge, INT64_C(100000000000), &error);
    relay_settle(relay, &report);
    long effects = sandbox_effects(&sandbox, "createRefund") - before;
    expect(report.fired && error.outcome == outcome && effects == 0,
           "a lost refusal, %d attempts: %s (%s)", attempts, xpay_outcome_name(error.outcome),
           error.message);
    printf("a refusal whose answer is lost, attempts allowed %d: %s\n", attempts,
           xpay_outcome_name(error.outcome));
    count_run(1, effects);
    xpay_client_free(client);
    relay_stop(relay);
}

static void try_same_key_with_another_body(void)
{
    char key[KEY_SIZE];
    xpay_error error;
    xpay_client *client = client_of(3, NULL), *other = client_of(3, NULL);
    sandbox_new_intent(&sandbox);
    fresh_key(key);
    long before = sandbox_effects(&sandbox, "createRefund");
    expect(refund(client, key, sandbox.charge, 1, &error) == XPAY_OK, "%s", error.message);
    long asked = sandbox_requests(&sandbox, "createRefund");
    xpay_status status = refund(client, key, sandbox.charge, 2, &error);
    expect(status == XPAY_ERROR_IDEMPOTENCY && error.outcome == XPAY_OUTCOME_UNKNOWN &&
               error.next_step == XPAY_NEXT_LOOK &&
               sandbox_requests(&sandbox, "createRefund") == asked,
           "the same client, key used for another body: %s, %s", xpay_status_name(status),
           xpay_outcome_name(error.outcome));
    printf("same key, another body, same client:   %s, %s, requests: 0\n", xpay_status_name(status),
           xpay_outcome_name(error.outcome));
    status = refund(other, key, sandbox.charge, 2, &error);
    expect(status == XPAY_ERROR_IDEMPOTENCY && error.outcome == XPAY_OUTCOME_UNKNOWN &&
               error.next_step == XPAY_NEXT_LOOK && error.http_status == 400,
           "another client, key used for another body: %s, %s, %s", xpay_status_name(status),
           xpay_outcome_name(error.outcome), xpay_next_step_name(error.next_step));
    printf("same key, another body, other client:  %s, %s, next: %s\n", xpay_status_name(status),
           xpay_outcome_name(error.outcome), xpay_next_step_name(error.next_step));
    expect(sandbox_effects(&sandbox, "createRefund") - before == 1, "not one refund");
    count_run(0, 1);
    xpay_client_free(client);
    xpay_client_free(other);
}

static void try_refund_in_progress(void)
{
    char keys[3][XPAY_IDEMPOTENCY_KEY_SIZE];
    char path[128];
    xpay_error error;
    xpay_client *client = client_of(3, NULL);
    sandbox_new_intent(&sandbox);
    long before = sandbox_effects(&sandbox, "createRefund");
    for (uint32_t i = 0; i < LENGTH(keys); i++)
        if (xpay_idempotency_key_derive("wire", "refund", sandbox.charge, i, keys[i],
                                        sizeof keys[i]) != XPAY_OK)
            give_up("no key");
    sandbox_post(&sandbox, "next-refund", "{\"status\":\"PENDING\"}");
    xpay_refund_create_params params = XPAY_REFUND_CREATE_PARAMS_INIT;
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    xpay_refund *pending;
    params.charge_id = sandbox.charge;
    params.has_amount = true;
    params.amount = 1;
    options.idempotency_key = keys[0];
    if (xpay_refund_create(client, &params, &options, &pending, &error) != XPAY_OK)
        give_up("no refund: %s", error.message);

    for (int i = 0; i < 2;
         i++) { /* the refusal is kept under its key, also when the first is done */
        xpay_status status = refund(client, keys[1], sandbox.charge, 1, &error);
        expect(status == XPAY_ERROR_CONFLICT && error.outcome == XPAY_OUTCOME_REJECTED &&
                   error.next_step == XPAY_NEXT_NEW_GENERATION,
               "a refund in progress: %s, %s, %s", xpay_status_name(status),
               xpay_outcome_name(error.outcome), xpay_next_step_name(error.next_step));
        if (i == 0) {
            snprintf(path, sizeof path, "refunds/%s", pending->id);
            sandbox_post(&sandbox, path, "{\"status\":\"SUCCEEDED\"}");
        }
    }
    xpay_status status = refund(client, keys[2], sandbox.charge, 1, &error);
    long effects = sandbox_effects(&sandbox, "createRefund") - before;
    expect(status == XPAY_OK && effects == 2, "a new generation: %s, %ld effects", error.message,
           effects);
    printf("a refund in progress: REJECTED twice, next: NEW_GENERATION; that succeeds\n");
    count_run(0, effects);
    xpay_object_free(pending);
    xpay_client_free(client);
}

/* XPay has forgotten the key: whoever asks again acts again. */
static void try_old_key(const char *loss)
{
    char key[KEY_SIZE];
    struct store store;
    xpay_error error;
    store_open(&store, NULL, NULL);
    bool applied = strcmp(loss, "cut_after") == 0;
    xpay_client *client = client_of(1, &store);
    sandbox_post(&sandbox, "clock", "{\"advanceMs\":-90000000}");
    sandbox_new_intent(&sandbox);
    fresh_key(key);
    long before = sandbox_effects(&sandbox, "createRefund");
    plan(loss, 500);
    refund(client, key, sandbox.charge, 1, &error);
    xpay_client_free(client);
    expect(store_unsettled(&store) == 1, "what is in doubt is not open in the store");
    sandbox_post(&sandbox, "clock", "{\"advanceMs\":90000000}");
    store.rows[0].created_ms -= OLD_MS;
    store.rows[0].not_after_ms -= OLD_MS;

    long asked = sandbox_requests(&sandbox, "createRefund");
    client = client_of(3, &store); /* a new process */
    xpay_status status = refund(client, key, sandbox.charge, 1, &error);
    expect(status == XPAY_ERROR_IDEMPOTENCY && error.outcome == XPAY_OUTCOME_UNKNOWN &&
               error.next_step == XPAY_NEXT_LOOK,
           "an old key, called: %s, %s, %s", xpay_status_name(status),
           xpay_outcome_name(error.outcome), xpay_next_step_name(error.next_step));

    const xpay_intent intent = store_intent(&store.rows[0]);
    xpay_resolution resolution;
    status = xpay_resolve(client, &intent, NULL, &resolution, &error);
    int32_t verdict = applied ? XPAY_RESOLUTION_DONE : XPAY_RESOLUTION_ASK_A_PERSON;
    expect(status == XPAY_OK && resolution.verdict == verdict && !resolution.asked_again,
           "an old key, %s: verdict %d (%s)", loss, resolution.verdict, error.message);
    long effects = sandbox_effects(&sandbox, "createRefund") - before;
    expect(sandbox_requests(&sandbox, "createRefund") == asked && effects == applied,
           "an old key was asked with: %ld effects", effects);
    printf("%-10s then a day: not asked again; resolved: %s\n", loss,
           applied ? "done, found in the list" : "ask a person");
    count_run(1, effects);
    xpay_object_free(resolution.object);
    xpay_client_free(client);
}

void test_doubt(void)
{
    static const char *const losses[] = {"cut_after", "cut_before"};
    static const int statuses[] = {401, 403, 404, 429, 500, 503};
    sandbox_start(&sandbox);
    for (size_t i = 0; i < LENGTH(losses) * LENGTH(statuses) * 2; i++) {
        try_second_answer(losses[i % 2], statuses[i / 4], i / 2 % 2 == 0 ? 2 : 1);
        sandbox_stop(&sandbox); /* with the faults that nobody met */
        sandbox_start(&sandbox);
    }
    try_lost_refusal(1, XPAY_OUTCOME_UNKNOWN);
    try_lost_refusal(2, XPAY_OUTCOME_REJECTED);
    try_same_key_with_another_body();
    try_refund_in_progress();
    for (size_t i = 0; i < LENGTH(losses); i++)
        try_old_key(losses[i]);
    sandbox_stop(&sandbox);
}
