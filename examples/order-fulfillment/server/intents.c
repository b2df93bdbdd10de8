/* The shop's side of libxpay's intents: rows in its database, and what a verdict means for a refund. */
#include "intents.h"
#include "ask.h"
#include "refund.h"
#include "store.h"

#include <string.h>

/* Few at a time, so that they are done before anybody else claims them; more when nobody waits its turn. */
enum { BATCH = 10, MOST = 100 };

static xpay_status status_of(enum db_result result)
{
    return result == DB_OK ? XPAY_OK : XPAY_ERROR_MEMORY; /* the log has the database's words */
}

static xpay_status record(void *context, const xpay_intent *intent, int64_t *open_since_ms)
{
    struct shop *shop = context;
    bool ours = false;
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx))
        ours = store_intent_record(&tx, intent, open_since_ms);
    return tx.result == DB_OK && !ours ? XPAY_ERROR_IDEMPOTENCY : status_of(tx.result);
}

/* The caller has the object, and stores what it needs of it. */
static xpay_status settle(void *context, const xpay_settlement *settlement)
{
    struct shop *shop = context;
    struct tx tx = {.db = shop->db};
    bool ours = false;
    while (tx_attempt(&tx))
        ours = store_intent_settle(&tx, settlement->key, settlement->call, settlement->how);
    return tx.result == DB_OK && !ours ? XPAY_ERROR_CONFLICT : status_of(tx.result);
}

static xpay_status take_over(void *context, const char *key, const char *call)
{
    struct shop *shop = context;
    struct tx tx = {.db = shop->db};
    bool open = false;
    while (tx_attempt(&tx))
        open = store_intent_take_over(&tx, key, call);
    return tx.result == DB_OK && !open ? XPAY_ERROR_CONFLICT : status_of(tx.result);
}

static xpay_status unsettled(void *context, xpay_intent_visitor visit, void *visit_context)
{
    struct shop *shop = context;
    char keys[MOST][KEY_SIZE];
    size_t count = 0, most = shop->intents_rest == 0 ? MOST : BATCH;
    xpay_status status = XPAY_OK;
    struct tx claim = {.db = shop->db};
    while (tx_attempt(&claim))
        count = store_intents_claim(&claim, now_ms() - shop->intents_rest, shop->intents_rest == 0,
                                    keys, most);
    if (claim.result != DB_OK)
        return status_of(claim.result);
    shop->intents_left |= count == most;
    for (size_t i = 0; i < count && status == XPAY_OK; i++) {
        struct tx tx = {.db = shop->db};
        if (tx_attempt(&tx)) { /* once: none may be visited twice */
            status = store_intent_visit(&tx, keys[i], visit, visit_context);
            tx_finish(&tx);
        }
    }
    return status;
}

xpay_intent_store intents_store(struct shop *shop)
{
    xpay_intent_store store = XPAY_INTENT_STORE_INIT;
    store.context = shop;
    store.record = record;
    store.settle = settle;
    store.take_over = take_over;
    store.unsettled = unsettled;
    return store;
}

/* A session that only a person could find: nobody was ever sent to it, so nobody can pay it. */
static void give_up_session(struct shop *shop, const char *key)
{
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx))
        store_intent_close(&tx, key, XPAY_SETTLEMENT_REJECTED);
}

/* An order takes its session from a repeat under the same key, which has an answer by now (sweep.c). */
static xpay_status take_verdict(void *context, const xpay_intent *intent,
                                const xpay_resolution *resolution)
{
    struct shop *shop = context;
    shop->intents_left |= resolution->verdict == XPAY_RESOLUTION_STILL_OPEN;
    if (strcmp(intent->operation, "refund_create") == 0)
        refund_resolved(shop, intent, resolution);
    else if (resolution->verdict == XPAY_RESOLUTION_ASK_A_PERSON)
        give_up_session(shop, intent->key);
    xpay_object_free(resolution->object);
    return XPAY_OK;
}

bool intents_resolve(struct shop *shop, int64_t rest)
{
    xpay_error error;
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    options.timeout_ms = ASK_TIMEOUT_MS;
    shop->intents_rest = rest;
    shop->intents_left = false;
    if (xpay_resolve_unsettled(shop->client, &options, take_verdict, shop, &error) == XPAY_OK)
        return !shop->intents_left;
    shop_log_error("open intents", &error);
    return false;
}
