/* Calls that are about to be made: what XPay may have been asked, and how that ended. */
#include "store.h"

#include <string.h>

/* How long a server has for those that it claimed; then they are anybody's. */
enum { CLAIM_MS = 60 * 1000 };

bool store_intent_record(struct tx *tx, const xpay_intent *intent, int64_t *open_since)
{
    char fingerprint[80] = "";
    int64_t settlement = 0, created_at = 0;
    /* The key is claimed first: who comes second waits here, and finds the row. */
    if (tx_run(tx,
               "INSERT INTO intents (key, fingerprint, operation, reference, method, target, body,"
               " call, live, settlement, created_at, not_after) VALUES ($1, $2, $3, $4, $5, $6,"
               " $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING",
               DB_VALUES(TEXT_(intent->key), TEXT_(intent->fingerprint), TEXT_(intent->operation),
                         TEXT_(intent->order_reference ? intent->order_reference : ""),
                         TEXT_(intent->method), TEXT_(intent->target), TEXT_(intent->body),
                         TEXT_(intent->call), NUMBER_(intent->livemode),
                         NUMBER_(XPAY_SETTLEMENT_OPEN), NUMBER_(intent->created_ms),
                         NUMBER_(intent->not_after_ms))) > 0)
        return true;
    struct rows *rows = tx_query(
        tx, "SELECT fingerprint, settlement, created_at FROM intents WHERE key = $1" TX_HOLD,
        DB_VALUES(TEXT_(intent->key)));
    if (rows_next(rows)) {
        rows_copy(rows, 0, fingerprint, sizeof fingerprint);
        settlement = rows_number(rows, 1);
        created_at = rows_number(rows, 2);
    }
    rows_close(rows);
    if (strcmp(fingerprint, intent->fingerprint) != 0)
        return false;
    if (settlement != XPAY_SETTLEMENT_REJECTED) {
        *open_since = created_at;
        tx_run(tx, "UPDATE intents SET call = $1 WHERE key = $2",
               DB_VALUES(TEXT_(intent->call), TEXT_(intent->key)));
        return true;
    }
    /* Refused, and tried again: XPay's memory of the key began with the first try. */
    tx_run(tx,
           "UPDATE intents SET settlement = $1, call = $5,"
           " created_at = CASE WHEN not_after < $2 THEN $2 ELSE created_at END,"
           " not_after = CASE WHEN not_after < $2 THEN $3 ELSE not_after END WHERE key = $4",
           DB_VALUES(NUMBER_(XPAY_SETTLEMENT_OPEN), NUMBER_(intent->created_ms),
                     NUMBER_(intent->not_after_ms), TEXT_(intent->key), TEXT_(intent->call)));
    return true;
}

bool store_intent_settle(struct tx *tx, const char *key, const char *call, int32_t how)
{
    int64_t changed =
        tx_run(tx,
               "UPDATE intents SET settlement = $1 WHERE key = $2 AND settlement <> $3"
               " AND ($1 <> $4 OR call = $5)",
               DB_VALUES(NUMBER_(how), TEXT_(key), NUMBER_(XPAY_SETTLEMENT_APPLIED),
                         NUMBER_(XPAY_SETTLEMENT_REJECTED), TEXT_(call)));
    return changed > 0 || how != XPAY_SETTLEMENT_REJECTED;
}

bool store_intent_take_over(struct tx *tx, const char *key, const char *call)
{
    return tx_run(tx, "UPDATE intents SET call = $1 WHERE key = $2 AND settlement > $3",
                  DB_VALUES(TEXT_(call), TEXT_(key), NUMBER_(XPAY_SETTLEMENT_REJECTED))) > 0;
}

void store_intent_close(struct tx *tx, const char *key, int32_t how)
{
    tx_run(tx, "UPDATE intents SET settlement = $1 WHERE key = $2 AND settlement <> $3",
           DB_VALUES(NUMBER_(how), TEXT_(key), NUMBER_(XPAY_SETTLEMENT_APPLIED)));
}

/* A text of the row that outlives the next column. */
static const char *text_of(struct rows *rows, int column)
{
    const char *text = rows_text(rows, column);
    return text ? text : "";
}

size_t store_intents_claim(struct tx *tx, int64_t made_before, bool claimed_too,
                           char (*keys)[KEY_SIZE], size_t max)
{
    int64_t now = now_ms();
    struct rows *rows = tx_query(
        tx,
        "SELECT key FROM intents WHERE settlement > $1 AND created_at <= $2 AND claimed_until <= $3"
        " ORDER BY created_at LIMIT $4" TX_HOLD_FREE,
        DB_VALUES(NUMBER_(XPAY_SETTLEMENT_REJECTED), NUMBER_(made_before),
                  NUMBER_(claimed_too ? INT64_MAX : now), NUMBER_((int64_t)max)));
    size_t count = 0;
    while (count < max && rows_next(rows))
        rows_copy(rows, 0, keys[count++], KEY_SIZE);
    rows_close(rows);
    for (size_t i = 0; i < count; i++)
        tx_run(tx, "UPDATE intents SET claimed_until = $1 WHERE key = $2",
               DB_VALUES(NUMBER_(now + CLAIM_MS), TEXT_(keys[i])));
    return count;
}

xpay_status store_intent_visit(struct tx *tx, const char *key, xpay_intent_visitor visit,
                               void *context)
{
    xpay_status status = XPAY_OK;
    struct rows *rows = tx_query(tx,
                                 "SELECT key, fingerprint, operation, reference, method, target,"
                                 " body, call, live, created_at, not_after FROM intents"
                                 " WHERE key = $1 AND settlement > $2",
                                 DB_VALUES(TEXT_(key), NUMBER_(XPAY_SETTLEMENT_REJECTED)));
    if (rows_next(rows)) {
        xpay_intent intent = XPAY_INTENT_INIT;
        intent.key = text_of(rows, 0);
        intent.fingerprint = text_of(rows, 1);
        intent.operation = text_of(rows, 2);
        intent.order_reference = text_of(rows, 3);
        intent.method = text_of(rows, 4);
        intent.target = text_of(rows, 5);
        intent.body = text_of(rows, 6);
        intent.call = text_of(rows, 7);
        intent.livemode = rows_number(rows, 8) != 0;
        intent.created_ms = rows_number(rows, 9);
        intent.not_after_ms = rows_number(rows, 10);
        status = visit(context, &intent);
    }
    rows_close(rows);
    return status;
}
