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

static xpay_status refuse_other_request(xpay_calling *c, bool possible)
{
    xpay_fail(c->error, XPAY_ERROR_IDEMPOTENCY, "idempotency_key",
              possible ? "this idempotency key names another request, which may have happened: see "
                         "what it did before you make this one under a new key"
                       : "this idempotency key already names another request: count up the "
                         "generation and take a new key for this one");
    return refuse(c, possible, possible ? XPAY_NEXT_LOOK : XPAY_NEXT_FIX, XPAY_ERROR_IDEMPOTENCY);
}

static xpay_status refuse_without(xpay_calling *c, const char *what, xpay_status status)
{
    xpay_fail(c->error, status, NULL, "%s: %s", what, xpay_status_text(status));
    return refuse(c, c->given_key || c->resolving,
                  status == XPAY_ERROR_UNSUPPORTED ? XPAY_NEXT_FIX : XPAY_NEXT_SAME_KEY, status);
}

/* The store said no, or not whether it kept the intent. What it may have kept will be resolved, so it may happen. */
static xpay_status refuse_unrecorded(xpay_calling *c, const char *callback, xpay_status status)
{
    const xpay_request *request = &c->request;
    xpay_observe_store(c->client, request->operation->name, request->key, callback, status);
    xpay_fail(c->error, status, NULL, "the intent store did not %s the intent: %s", callback,
              xpay_status_text(status));
    return refuse(c, true, XPAY_NEXT_SAME_KEY, status);
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Ask the store to keep the intent. `past` becomes what the store knows of an earlier one. */
static xpay_status record(xpay_calling *c, int64_t now_ms, xpay_key_past *past)
{
    const xpay_settings *settings = &c->client->settings;
    const xpay_intent_store *store = &settings->intent_store;
    const xpay_request *request = &c->request;
    char fingerprint[XPAY_DIGEST_TEXT_SIZE];
    int64_t open_since_ms = 0, created_ms = xpay_client_earliest_ms(c->client);
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
        .account = settings->account,
        .call = c->name,
        .created_ms = created_ms,
        .not_after_ms = created_ms + XPAY_IDEMPOTENCY_KEY_LIFETIME_MS,
        .livemode = settings->live,
    };
    xpay_status status = store->record(store->context, &intent, &open_since_ms);
    if (status == XPAY_OK && open_since_ms != 0) {
        int64_t since_ms = now_ms - (xpay_client_latest_ms(c->client) - open_since_ms);
        past->since_ms = past->possible ? earlier(past->since_ms, since_ms) : since_ms;
        past->possible = true;
    }
    return status;
}

/* The store's part: nothing, when the client has none. */
static xpay_status write_down(xpay_calling *c, int64_t now_ms, xpay_key_past *past)
{
    const xpay_intent_store *store = &c->client->settings.intent_store;
    xpay_status status;
    if (store->record == NULL)
        return XPAY_OK;
    if (!xpay_request_random_name(&xpay_machine, c->name))
        return refuse_without(c, "the system gave no random bytes", XPAY_ERROR_UNSUPPORTED);
    if (c->resolving) {
        status = store->take_over(store->context, c->request.key, c->name);
        return status == XPAY_OK ? XPAY_OK : refuse_unrecorded(c, "take over", status);
    }
    status = record(c, now_ms, past);
    c->recorded = status == XPAY_OK;
    if (status == XPAY_ERROR_IDEMPOTENCY)
        return refuse_other_request(c, true);
    return status == XPAY_OK ? XPAY_OK : refuse_unrecorded(c, "record", status);
}

xpay_status xpay_intent_open(xpay_calling *c)
{
    const xpay_request *request = &c->request;
    unsigned char name[XPAY_DIGEST_SIZE];
    xpay_key_past past;
    xpay_digest digest;
    if (request->key[0] == '\0')
        return XPAY_OK;

    xpay_digest_begin(&digest);
    xpay_digest_field(&digest, request->key, strlen(request->key));
    bool digested =
        xpay_digest_end(&digest, name) && xpay_request_fingerprint(request, c->digest, &digest);
    xpay_keys *keys = digested ? xpay_pool_keys(c->client) : NULL;
    if (keys == NULL)
        return refuse_without(c, "no fingerprint of the request could be made",
                              digest.supported ? XPAY_ERROR_MEMORY : XPAY_ERROR_UNSUPPORTED);
    int64_t now_ms = xpay_machine.lasting_ms(NULL);
    if (!xpay_keys_begin(keys, name, c->digest, now_ms, &past, &c->remembered))
        return refuse_other_request(c, past.possible);

    xpay_status status = write_down(c, now_ms, &past);
    if (status != XPAY_OK)
        return status;
    if (past.possible || c->resolving)
        xpay_exchange_doubt(&c->exchange);
    if (past.refused || !c->given_key)
        xpay_exchange_key_refused(&c->exchange);
    if (!c->resolving)
        xpay_exchange_key_dies(&c->exchange, past.since_ms + XPAY_IDEMPOTENCY_KEY_LIFETIME_MS);
    return XPAY_OK;
}

/* What an outcome means to the store. */
static int32_t settlement_of(int32_t outcome)
{
    switch (outcome) {
    case XPAY_OUTCOME_NONE: return XPAY_SETTLEMENT_APPLIED;
    case XPAY_OUTCOME_APPLIED: return XPAY_SETTLEMENT_UNREADABLE;
    case XPAY_OUTCOME_UNKNOWN: return XPAY_SETTLEMENT_OPEN;
    default: return XPAY_SETTLEMENT_REJECTED;
    }
}

bool xpay_intent_settle(xpay_client *client, const char *operation, const char *key,
                        const char *call, int32_t how, const char *json)
{
    const xpay_intent_store *store = &client->settings.intent_store;
    const xpay_settlement settlement = {sizeof(settlement), key, call, how, json};
    if (store->settle == NULL)
        return true;
    xpay_status status = store->settle(store->context, &settlement);
    if (status != XPAY_OK)
        xpay_observe_store(client, operation, key, "settle", status);
    return status == XPAY_OK;
}

/* The end of this call, to those that use the same key. True when others may have made the operation happen. */
static bool forget_key(xpay_calling *c)
{
    int32_t end = XPAY_KEY_NOT_SENT;
    bool ours = !c->given_key && !c->resolving;
    if (ours && c->exchange.sent > 0 && c->error->status == XPAY_OK)
        end = XPAY_KEY_SPENT; /* of those that matter, it would push one out of memory */
    else if (c->exchange.sent > 0 && c->error->outcome == XPAY_OUTCOME_REJECTED)
        end = c->exchange.refused ? XPAY_KEY_REFUSED : XPAY_KEY_TURNED_AWAY;
    else if (c->exchange.sent > 0)
        end = XPAY_KEY_POSSIBLE;
    if (c->remembered == NULL) /* there were too many to remember it: who knows */
        return c->given_key && c->exchange.tries > 0;
    xpay_known_key *known = c->remembered;
    c->remembered = NULL;
    return xpay_keys_end(xpay_pool_keys(c->client), known, end);
}

/* Nothing came of this call, but something may of another one that has its key. */
static void doubt_for_others(xpay_calling *c)
{
    c->error->outcome = XPAY_OUTCOME_UNKNOWN;
    c->error->next_step =
        c->request.operation->key == XPAY_KEY_EVIDENCED ? XPAY_NEXT_SAME_KEY : XPAY_NEXT_LOOK;
}

static bool is_nothing(const xpay_error *error)
{
    return error->outcome == XPAY_OUTCOME_NOT_SENT || error->outcome == XPAY_OUTCOME_REJECTED;
}

void xpay_intent_close(xpay_calling *c)
{
    const xpay_request *request = &c->request;
    if (request->key[0] == '\0')
        return;
    if (forget_key(c) && is_nothing(c->error))
        doubt_for_others(c);
    if (!c->recorded)
        return;
    bool settled = xpay_intent_settle(c->client, request->operation->name, request->key, c->name,
                                      settlement_of(c->error->outcome),
                                      c->object == NULL ? NULL : xpay_object_json(c->object, NULL));
    /* Its row is open still, or another call's: one of them may yet make it happen. */
    if (!settled && is_nothing(c->error))
        doubt_for_others(c);
}
