/* What is kept to be looked at: events that were acted on, reviews, ledger figures. */
#include "store.h"

bool store_event_claim(struct tx *tx, const char *id, const char *type)
{
    return tx_run(tx,
                  "INSERT INTO events (id, type, received_at) VALUES ($1, $2, $3)"
                  " ON CONFLICT DO NOTHING",
                  DB_VALUES(TEXT_(id), TEXT_(type), NUMBER_(now_ms()))) > 0;
}

void store_event_note(struct tx *tx, const char *id, const char *order_id, const char *note)
{
    tx_run(tx, "UPDATE events SET order_id = $1, note = $2 WHERE id = $3",
           DB_VALUES(TEXT_(order_id), TEXT_(note), TEXT_(id)));
}

void store_events(struct tx *tx, const char *order_id, store_each_event *each, void *context)
{
    struct rows *rows = tx_query(tx,
                                 "SELECT id, type, note, received_at FROM events"
                                 " WHERE order_id = $1 ORDER BY received_at, id",
                                 DB_VALUES(TEXT_(order_id)));
    while (rows_next(rows))
        each(context, rows_text(rows, 0), rows_text(rows, 1), rows_text(rows, 2),
             rows_number(rows, 3));
    rows_close(rows);
}

void store_review_add(struct tx *tx, const char *order_id, const char *session_id,
                      const char *reason)
{
    char id[ID_SIZE];
    if (!id_make(id, "rev")) {
        tx_fail(tx, DB_FAILED, "no randomness");
        return;
    }
    tx_run(
        tx,
        "INSERT INTO reviews (id, order_id, checkout_session_id, reason, created_at)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        DB_VALUES(TEXT_(id), TEXT_(order_id), TEXT_(session_id), TEXT_(reason), NUMBER_(now_ms())));
}

void store_reviews(struct tx *tx, store_each_review *each, void *context)
{
    struct rows *rows = tx_query(tx,
                                 "SELECT order_id, checkout_session_id, reason, created_at"
                                 " FROM reviews ORDER BY created_at, id",
                                 NULL, 0);
    while (rows_next(rows))
        each(context, rows_text(rows, 0), rows_text(rows, 1), rows_text(rows, 2),
             rows_number(rows, 3));
    rows_close(rows);
}

void store_ledger_put(struct tx *tx, const char *order_id, const struct ledger_row *row,
                      int64_t as_of)
{
    tx_run(tx,
           "INSERT INTO ledger (order_id, currency, gross, fees, refunded, net, refunds_pending,"
           " adds_up, as_of) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
           " ON CONFLICT (order_id, currency) DO UPDATE SET gross = excluded.gross,"
           " fees = excluded.fees, refunded = excluded.refunded, net = excluded.net,"
           " refunds_pending = excluded.refunds_pending, adds_up = excluded.adds_up,"
           " as_of = excluded.as_of WHERE excluded.as_of > ledger.as_of",
           DB_VALUES(TEXT_(order_id), TEXT_(row->currency), NUMBER_(row->gross), NUMBER_(row->fees),
                     NUMBER_(row->refunded), NUMBER_(row->net), NUMBER_(row->refunds_pending),
                     NUMBER_(row->adds_up), NUMBER_(as_of)));
}

void store_ledger(struct tx *tx, const char *order_id, store_each_ledger *each, void *context)
{
    struct rows *rows = tx_query(
        tx,
        "SELECT currency, SUM(gross), SUM(fees), SUM(refunded), SUM(net),"
        " SUM(refunds_pending), MIN(adds_up), COUNT(*) FROM ledger"
        " WHERE CAST($1 AS TEXT) IS NULL OR order_id = $1 GROUP BY currency ORDER BY currency",
        DB_VALUES(TEXT_(order_id)));
    while (rows_next(rows)) {
        struct ledger_row row = {
            .gross = rows_number(rows, 1),
            .fees = rows_number(rows, 2),
            .refunded = rows_number(rows, 3),
            .net = rows_number(rows, 4),
            .refunds_pending = rows_number(rows, 5),
            .adds_up = rows_number(rows, 6) != 0,
            .orders = rows_number(rows, 7),
        };
        rows_copy(rows, 0, row.currency, sizeof row.currency);
        each(context, &row);
    }
    rows_close(rows);
}

int64_t store_ledger_stale(struct tx *tx, int64_t now)
{
    struct rows *rows =
        tx_query(tx, "SELECT COUNT(*) FROM orders WHERE paid_amount IS NOT NULL AND ask_at <= $1",
                 DB_VALUES(NUMBER_(now)));
    int64_t count = rows_next(rows) ? rows_number(rows, 0) : 0;
    rows_close(rows);
    return count;
}
