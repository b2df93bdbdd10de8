/* The outbox: shipments that were decided on and that the warehouse has to hear of. */
#include "store.h"

#include <stdlib.h>
#include <string.h>

#define OUTBOX_COLUMNS "key, order_id, body, attempts, delivered_at FROM outbox"

void store_outbox_add(struct tx *tx, const char *key, const char *order_id, const char *body)
{
    tx_run(tx,
           "INSERT INTO outbox (key, order_id, body, attempts, next_at)"
           " VALUES ($1, $2, $3, 0, 0)",
           DB_VALUES(TEXT_(key), TEXT_(order_id), TEXT_(body)));
}

static bool one_row(struct tx *tx, struct rows *rows, struct outbox_row *row)
{
    bool found = rows_next(rows);
    *row = (struct outbox_row){0};
    if (found) {
        rows_copy(rows, 0, row->key, sizeof row->key);
        rows_copy(rows, 1, row->order_id, sizeof row->order_id);
        const char *body = rows_text(rows, 2);
        row->body = body ? strdup(body) : NULL;
        row->attempts = rows_number(rows, 3);
        row->delivered = rows_text(rows, 4) != NULL;
        if (!row->body)
            tx_fail(tx, DB_FAILED, "out of memory");
    }
    rows_close(rows);
    return found && row->body;
}

bool store_outbox_claim(struct tx *tx, int64_t now, int64_t pause, struct outbox_row *row)
{
    return one_row(tx,
                   tx_query(tx,
                            "SELECT " OUTBOX_COLUMNS " WHERE next_at <= $1"
                            " ORDER BY next_at LIMIT 1" TX_HOLD_FREE,
                            DB_VALUES(NUMBER_(now))),
                   row) &&
           tx_run(tx, "UPDATE outbox SET next_at = $1 WHERE key = $2",
                  DB_VALUES(NUMBER_(now + pause), TEXT_(row->key))) > 0;
}

bool store_outbox_of_order(struct tx *tx, const char *order_id, struct outbox_row *row)
{
    return one_row(
        tx,
        tx_query(tx, "SELECT " OUTBOX_COLUMNS " WHERE order_id = $1", DB_VALUES(TEXT_(order_id))),
        row);
}

void store_outbox_retry(struct tx *tx, const char *key, int64_t next_at)
{
    tx_run(tx,
           "UPDATE outbox SET next_at = $1, attempts = attempts + 1"
           " WHERE key = $2 AND delivered_at IS NULL",
           DB_VALUES(NUMBER_(next_at), TEXT_(key)));
}

void store_outbox_delivered(struct tx *tx, const char *key)
{
    tx_run(tx,
           "UPDATE outbox SET next_at = NULL, delivered_at = $1, attempts = attempts + 1"
           " WHERE key = $2 AND delivered_at IS NULL",
           DB_VALUES(NUMBER_(now_ms()), TEXT_(key)));
}

bool store_outbox_due(struct tx *tx, int64_t *when)
{
    struct rows *rows = tx_query(
        tx, "SELECT MIN(next_at) FROM outbox WHERE next_at IS NOT NULL HAVING COUNT(*) > 0", NULL,
        0);
    bool found = rows_next(rows);
    *when = found ? rows_number(rows, 0) : 0;
    rows_close(rows);
    return found;
}

void store_outbox_all_due(struct tx *tx)
{
    tx_run(tx, "UPDATE outbox SET next_at = 0 WHERE next_at IS NOT NULL", NULL, 0);
}
