/* Refunds: what was intended, what XPay made of it, and those that others made. */
#include "store.h"

#include <stdlib.h>

#define REFUND_COLUMNS                                                                 \
    "id, order_id, idempotency_key, refund_id, amount, currency, priced, state, note," \
    " created_at FROM refunds"

static bool next_refund(struct rows *rows, struct refund *refund)
{
    if (!rows_next(rows))
        return false;
    rows_copy(rows, 0, refund->id, sizeof refund->id);
    rows_copy(rows, 1, refund->order_id, sizeof refund->order_id);
    rows_copy(rows, 2, refund->idempotency_key, sizeof refund->idempotency_key);
    rows_copy(rows, 3, refund->refund_id, sizeof refund->refund_id);
    refund->amount = rows_number(rows, 4);
    rows_copy(rows, 5, refund->currency, sizeof refund->currency);
    refund->priced = rows_number(rows, 6);
    rows_copy(rows, 7, refund->state, sizeof refund->state);
    rows_copy(rows, 8, refund->note, sizeof refund->note);
    refund->created_at = rows_number(rows, 9);
    return true;
}

bool store_refund_intend(struct tx *tx, const struct refund *refund)
{
    return tx_run(tx,
                  "INSERT INTO refunds (id, order_id, idempotency_key, amount, currency, priced,"
                  " state, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, 'intended',"
                  " $7, $7)"
                  " ON CONFLICT DO NOTHING",
                  DB_VALUES(TEXT_(refund->id), TEXT_(refund->order_id),
                            TEXT_(refund->idempotency_key), NUMBER_(refund->amount),
                            TEXT_(refund->currency), NUMBER_(refund->priced),
                            NUMBER_(refund->created_at))) > 0;
}

/* All that is done about a refund is done while its order is held. */
static void hold_order(struct tx *tx, const char *id)
{
    rows_close(tx_query(
        tx, "SELECT id FROM orders WHERE id = (SELECT order_id FROM refunds WHERE id = $1)" TX_HOLD,
        DB_VALUES(TEXT_(id))));
}

static bool one_refund(struct rows *rows, struct refund *refund)
{
    *refund = (struct refund){0};
    bool found = next_refund(rows, refund);
    rows_close(rows);
    return found;
}

bool store_refund_find(struct tx *tx, const char *id, struct refund *refund)
{
    hold_order(tx, id);
    return one_refund(tx_query(tx, "SELECT " REFUND_COLUMNS " WHERE id = $1", DB_VALUES(TEXT_(id))),
                      refund);
}

bool store_refund_seen(struct tx *tx, const char *refund_id, struct refund *refund)
{
    return one_refund(
        tx_query(tx, "SELECT " REFUND_COLUMNS " WHERE refund_id = $1", DB_VALUES(TEXT_(refund_id))),
        refund);
}

void store_refund_settle(struct tx *tx, const char *id, const char *refund_id, int64_t amount,
                         const char *state, const char *note)
{
    if (refund_id)
        tx_run(tx,
               "DELETE FROM refunds WHERE refund_id = $1 AND id <> $2"
               " AND idempotency_key IS NULL",
               DB_VALUES(TEXT_(refund_id), TEXT_(id)));
    tx_run(tx,
           "UPDATE refunds SET refund_id = $1, amount = $2, note = $3, updated_at = $4,"
           " state = $5 WHERE id = $6",
           DB_VALUES(TEXT_(refund_id), NUMBER_(amount), TEXT_(note), NUMBER_(now_ms()),
                     TEXT_(state), TEXT_(id)));
}

void store_refund_note(struct tx *tx, const char *id, const char *note)
{
    tx_run(tx, "UPDATE refunds SET note = $1, updated_at = $2 WHERE id = $3",
           DB_VALUES(TEXT_(note), NUMBER_(now_ms()), TEXT_(id)));
}

void store_refund_add(struct tx *tx, const char *order_id, const char *refund_id, int64_t amount,
                      const char *currency, int64_t priced, const char *state)
{
    char id[ID_SIZE];
    if (id_make(id, "rfn"))
        tx_run(tx,
               "INSERT INTO refunds (id, order_id, refund_id, amount, currency, priced, state,"
               " created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
               DB_VALUES(TEXT_(id), TEXT_(order_id), TEXT_(refund_id), NUMBER_(amount),
                         TEXT_(currency), NUMBER_(priced), TEXT_(state), NUMBER_(now_ms())));
    else
        tx_fail(tx, DB_FAILED, "no randomness");
}

void store_refund_set_state(struct tx *tx, const char *id, const char *state)
{
    tx_run(tx, "UPDATE refunds SET state = $1, updated_at = $2 WHERE id = $3",
           DB_VALUES(TEXT_(state), NUMBER_(now_ms()), TEXT_(id)));
}

/* Several servers have several clocks: what was seen a little earlier may be it. */
#define CLOCKS_DIFFER_MS (INT64_C(5) * 60 * 1000)

/* One that seems to be older than the wish is counted twice: it may be it, but that is for a person to say. */
int64_t store_refund_candidates(struct tx *tx, const struct refund *refund, char refund_id[ID_SIZE],
                                char state[STATE_SIZE])
{
    struct rows *rows = tx_query(
        tx,
        "SELECT refund_id, state, created_at FROM refunds WHERE order_id = $1 AND amount = $2"
        " AND currency = $3 AND idempotency_key IS NULL AND created_at >= $4",
        DB_VALUES(TEXT_(refund->order_id), NUMBER_(refund->amount), TEXT_(refund->currency),
                  NUMBER_(refund->created_at - CLOCKS_DIFFER_MS)));
    int64_t count = 0;
    while (rows_next(rows)) {
        count += rows_number(rows, 2) < refund->created_at ? 2 : 1;
        rows_copy(rows, 0, refund_id, ID_SIZE);
        rows_copy(rows, 1, state, STATE_SIZE);
    }
    rows_close(rows);
    return count;
}

void store_refunds(struct tx *tx, const char *order_id, store_each_refund *each, void *context)
{
    struct refund refund;
    struct rows *rows =
        tx_query(tx, "SELECT " REFUND_COLUMNS " WHERE order_id = $1 ORDER BY created_at, id",
                 DB_VALUES(TEXT_(order_id)));
    while (next_refund(rows, &refund))
        each(context, &refund);
    rows_close(rows);
}

size_t store_refunds_claim(struct tx *tx, bool made, int64_t since, char (*ids)[ID_SIZE],
                           size_t max)
{
    struct rows *rows = tx_query(
        tx,
        "SELECT id FROM refunds WHERE state IN ($1, $2) AND asked_at < $3 AND updated_at <= $3"
        " AND NOT EXISTS (SELECT 1 FROM intents WHERE key = idempotency_key AND settlement > 2)"
        " ORDER BY asked_at LIMIT $4" TX_HOLD_FREE,
        DB_VALUES(TEXT_(made ? "pending" : "intended"),
                  TEXT_(made ? "requires_action" : "intended"), NUMBER_(since),
                  NUMBER_((int64_t)max)));
    size_t count = 0;
    while (count < max && rows_next(rows))
        rows_copy(rows, 0, ids[count++], ID_SIZE);
    rows_close(rows);
    for (size_t i = 0; i < count; i++)
        tx_run(tx, "UPDATE refunds SET asked_at = $1 WHERE id = $2",
               DB_VALUES(NUMBER_(now_ms()), TEXT_(ids[i])));
    return count;
}
