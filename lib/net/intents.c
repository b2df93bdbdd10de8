/* What a key already names, writing down what is about to be done under it, and how it ended. */
#include <string.h>

#include "../base/fail.h"
#include "call.h"
#include "calling.h"
#include "pool.h"

void xpay_intent_init(xpay_intent *intent, size_t size)
{
    memset(intent, 0, size);
    intent->size = size;
}

void xpay_intent_store_init(xpay_intent_store *store, size_t size)
{
    memset(store, 0, size);
    store->size = size;
}

/* Nothing was sent by this call. Whether the operation may have happened before is another question. */
static xpay_status refuse(xpay_calling *c, bool possible, int32_t next_step, xpay_status status)
{
    c->error->outcome = possible ? XPAY_OUTCOME_UNKNOWN : XPAY_OUTCOME_NOT_SENT;
    c->error->next_step = next_step;
    return status;
}

static xpay_status refuse_other_request(xpay_calling *c)
{
    xpay_fail(c->error, XPAY_ERROR_IDEMPOTENCY, "idempotency_key",
              "this idempotency key already names another request: repeat that one as it was, or "
              "count up the generation and take a new key for this one");
    return refuse(c, false, XPAY_NEXT_FIX, XPAY_ERROR_IDEMPOTENCY);
}

static xpay_status refuse_old_key(xpay_calling *c)
{
    xpay_fail(c->error, XPAY_ERROR_IDEMPOTENCY, "idempotency_key",
              "this idempotency key was first used more than 23 hours ago and XPay may have "
              "forgotten it: a repeat might act again. See what happened then");
    return refuse(c, true, XPAY_NEXT_LOOK, XPAY_ERROR_IDEMPOTENCY);
}

static xpay_status no_digest(xpay_calling *c, bool supported)
{
    xpay_status status = supported ? XPAY_ERROR_MEMORY : XPAY_ERROR_UNSUPPORTED;
    xpay_fail(c->error, status, NULL, "no fingerprint of the request could be made: %s",
              xpay_status_text(status));
    return refuse(c, false, supported ? XPAY_NEXT_SAME_KEY : XPAY_NEXT_FIX, status);
}

/* Ask the store to keep the intent. `past` becomes what the store knows of an earlier one. */
static xpay_status record(xpay_calling *c, int64_t now_ms, xpay_key_past *past)
{
    const xpay_intent_store *store = &c->client->settings.intent_store;
    const xpay_request *request = &c->request;
    char fingerprint[XPAY_DIGEST_TEXT_SIZE];
    int64_t open_since_ms = 0;
    xpay_digest_text(c->digest, fingerprint);
    const xpay_intent intent = {
        .size = sizeof(intent),
        .key = request->key,
        .fingerprint = fingerprint,
        .operation = request->operation->name,
        .order_reference = c->order_reference,
        .method = request->operation->method,
        .target = xpay_request_target(request),
        .body = request->body.length == 0 ? "" : request->body.bytes,
        .created_ms = now_ms,
        .not_after_ms = now_ms + XPAY_IDEMPOTENCY_KEY_LIFETIME_MS,
    };
    xpay_status status = store->record(store->context, &intent, &open_since_ms);
    if (status == XPAY_OK && open_since_ms != 0) {
        past->since_ms =
            past->possible && past->since_ms < open_since_ms ? past->since_ms : open_since_ms;
        past->possible = true;
    }
    return status;
}

xpay_status xpay_intent_open(xpay_calling *c)
{
    const xpay_request *request = &c->request;
    unsigned char name[XPAY_DIGEST_SIZE];
    xpay_key_past past = {false, 0};
    xpay_digest digest;
    if (request->key[0] == '\0')
        return XPAY_OK;

    xpay_digest_begin(&digest);
    xpay_digest_field(&digest, request->key, strlen(request->key));
    if (!xpay_digest_end(&digest, name) || !xpay_request_fingerprint(request, c->digest, &digest))
        return no_digest(c, digest.supported);
    xpay_keys *keys = xpay_pool_keys(c->client);
    if (keys == NULL)
        return no_digest(c, true);
    int64_t now_ms = xpay_wall_clock_ms();
    if (!xpay_keys_begin(keys, name, c->digest, now_ms, &past, &c->remembered))
        return refuse_other_request(c);

    if (!c->resolving && c->client->settings.intent_store.record != NULL) {
        xpay_status status = record(c, now_ms, &past);
        if (status == XPAY_ERROR_IDEMPOTENCY)
            return refuse_other_request(c);
        if (status != XPAY_OK) {
            xpay_observe_store(c->client, request->operation->name, request->key, "record", status);
            xpay_fail(c->error, status, NULL, "the intent store did not take the intent: %s",
                      xpay_status_text(status));
            return refuse(c, past.possible, XPAY_NEXT_SAME_KEY, status);
        }
        c->recorded = true;
    }
    if (past.possible && !c->resolving && now_ms > past.since_ms + XPAY_IDEMPOTENCY_KEY_LIFETIME_MS)
        return refuse_old_key(c);
    if (past.possible || c->resolving)
        xpay_exchange_doubt(&c->exchange);
    return XPAY_OK;
}

/* What an outcome means to the store, and to the memory of keys. */
static const struct end_row {
    int32_t outcome;
    int32_t settlement;
    int32_t key;
} end_rows[] = {
    {XPAY_OUTCOME_NONE, XPAY_SETTLEMENT_APPLIED, XPAY_KEY_POSSIBLE},
    {XPAY_OUTCOME_NOT_SENT, XPAY_SETTLEMENT_REJECTED, XPAY_KEY_NOT_SENT},
    {XPAY_OUTCOME_REJECTED, XPAY_SETTLEMENT_REJECTED, XPAY_KEY_REFUSED},
    {XPAY_OUTCOME_APPLIED, XPAY_SETTLEMENT_UNREADABLE, XPAY_KEY_POSSIBLE},
    {XPAY_OUTCOME_UNKNOWN, XPAY_SETTLEMENT_OPEN, XPAY_KEY_POSSIBLE},
};

void xpay_intent_settle(xpay_client *client, const char *operation, const char *key,
                        int32_t settlement, const char *json)
{
    const xpay_intent_store *store = &client->settings.intent_store;
    if (store->settle == NULL)
        return;
    xpay_status status = store->settle(store->context, key, settlement, json);
    if (status != XPAY_OK)
        xpay_observe_store(client, operation, key, "settle", status);
}

void xpay_intent_close(xpay_calling *c)
{
    const struct end_row *end = end_rows;
    while (end->outcome != c->error->outcome)
        end++;
    if (c->remembered != NULL)
        xpay_keys_end(xpay_pool_keys(c->client), c->remembered, end->key);
    c->remembered = NULL;
    if (c->recorded)
        xpay_intent_settle(c->client, c->request.operation->name, c->request.key, end->settlement,
                           c->object == NULL ? NULL : xpay_object_json(c->object, NULL));
}
