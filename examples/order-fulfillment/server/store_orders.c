/* Orders: their lines, their stock, their sessions, and when to ask XPay about them. */
#include "store.h"

#include <string.h>

#define ORDER_COLUMNS                                                                   \
    "o.id, o.account_id, o.state, o.currency, o.subtotal, o.stock_held, o.attempt,"     \
    " o.asked_customer_id, o.checkout_session_id, o.payment_link_id,"                   \
    " o.payment_intent_id, o.paid_amount, o.paid_currency, o.exchange_rate, o.voucher," \
    " o.created_at, o.updated_at, o.paid_priced,"                                       \
    " (SELECT COALESCE(SUM(amount), 0) FROM refunds"                                    \
    "   WHERE order_id = o.id AND state = 'succeeded'),"                                \
    " (SELECT COALESCE(SUM(amount), 0) FROM refunds"                                    \
    "   WHERE order_id = o.id AND state NOT IN ('failed', 'canceled')),"                \
    " (SELECT COALESCE(SUM(priced), 0) FROM refunds"                                    \
    "   WHERE order_id = o.id AND state NOT IN ('failed', 'canceled'))"                 \
    " FROM orders o"

static bool next_order(struct rows *rows, struct order *order)
{
    if (!rows_next(rows))
        return false;
    rows_copy(rows, 0, order->id, sizeof order->id);
    rows_copy(rows, 1, order->account_id, sizeof order->account_id);
    rows_copy(rows, 2, order->state, sizeof order->state);
    rows_copy(rows, 3, order->currency, sizeof order->currency);
    order->subtotal = rows_number(rows, 4);
    order->stock_held = rows_number(rows, 5) != 0;
    order->attempt = rows_number(rows, 6);
    rows_copy(rows, 7, order->asked_customer_id, sizeof order->asked_customer_id);
    rows_copy(rows, 8, order->checkout_session_id, sizeof order->checkout_session_id);
    rows_copy(rows, 9, order->payment_link_id, sizeof order->payment_link_id);
    rows_copy(rows, 10, order->payment_intent_id, sizeof order->payment_intent_id);
    order->paid_amount = rows_number(rows, 11);
    rows_copy(rows, 12, order->paid_currency, sizeof order->paid_currency);
    rows_copy(rows, 13, order->exchange_rate, sizeof order->exchange_rate);
    rows_copy(rows, 14, order->voucher, sizeof order->voucher);
    order->created_at = rows_number(rows, 15);
    order->updated_at = rows_number(rows, 16);
    order->paid_priced = rows_number(rows, 17);
    order->refunded = rows_number(rows, 18);
    order->refund_reserved = rows_number(rows, 19);
    order->priced_reserved = rows_number(rows, 20);
    return true;
}

static bool one_order(struct rows *rows, struct order *order)
{
    *order = (struct order){0};
    bool found = next_order(rows, order);
    rows_close(rows);
    return found;
}

bool store_order_is(const struct order *order, const char *state)
{
    return strcmp(order->state, state) == 0;
}

static const char *text_or_null(const char *text)
{
    return *text ? text : NULL;
}

bool store_order_add(struct tx *tx, const struct order *order, const struct order_lines *lines)
{
    tx_run(tx,
           "INSERT INTO orders (id, account_id, state, currency, subtotal, stock_held, attempt,"
           " asked_customer_id, checkout_session_id, payment_link_id, ask_at, asks, asked_at,"
           " created_at, updated_at) VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, $9, $10, 0, 0,"
           " $11, $11)",
           DB_VALUES(TEXT_(order->id), TEXT_(text_or_null(order->account_id)), TEXT_(order->state),
                     TEXT_(order->currency), NUMBER_(order->subtotal), NUMBER_(order->attempt),
                     TEXT_(text_or_null(order->asked_customer_id)),
                     TEXT_(text_or_null(order->checkout_session_id)),
                     TEXT_(text_or_null(order->payment_link_id)), NUMBER_(order->ask_at),
                     NUMBER_(order->created_at)));
    for (size_t i = 0; i < lines->count; i++) {
        const struct order_line *line = &lines->lines[i];
        tx_run(tx,
               "INSERT INTO order_lines (order_id, position, sku, name, quantity, unit_amount)"
               " VALUES ($1, $2, $3, $4, $5, $6)",
               DB_VALUES(TEXT_(order->id), NUMBER_((int64_t)i), TEXT_(text_or_null(line->sku)),
                         TEXT_(line->name), NUMBER_(line->quantity), NUMBER_(line->unit_amount)));
    }
    return store_order_take_stock(tx, order->id);
}

/* Holds the row until the end of the transaction; what is read afterwards does not change any more. */
static void hold(struct tx *tx, const char *sql, const char *id)
{
    rows_close(tx_query(tx, sql, DB_VALUES(TEXT_(id))));
}

bool store_order_find(struct tx *tx, const char *id, struct order *order)
{
    hold(tx, "SELECT id FROM orders WHERE id = $1" TX_HOLD, id);
    return one_order(tx_query(tx, "SELECT " ORDER_COLUMNS " WHERE o.id = $1", DB_VALUES(TEXT_(id))),
                     order);
}

bool store_order_of_session(struct tx *tx, const char *session_id, struct order *order)
{
    hold(tx, "SELECT id FROM orders WHERE checkout_session_id = $1" TX_HOLD, session_id);
    return one_order(tx_query(tx, "SELECT " ORDER_COLUMNS " WHERE o.checkout_session_id = $1",
                              DB_VALUES(TEXT_(session_id))),
                     order);
}

bool store_order_of_intent(struct tx *tx, const char *intent_id, struct order *order)
{
    hold(tx, "SELECT id FROM orders WHERE payment_intent_id = $1" TX_HOLD, intent_id);
    return one_order(tx_query(tx, "SELECT " ORDER_COLUMNS " WHERE o.payment_intent_id = $1",
                              DB_VALUES(TEXT_(intent_id))),
                     order);
}

void store_order_lines(struct tx *tx, const char *id, struct order_lines *lines)
{
    struct rows *rows = tx_query(tx,
                                 "SELECT sku, name, quantity, unit_amount FROM order_lines"
                                 " WHERE order_id = $1 ORDER BY position LIMIT $2",
                                 DB_VALUES(TEXT_(id), NUMBER_(LINES_MAX)));
    *lines = (struct order_lines){0};
    while (lines->count < LINES_MAX && rows_next(rows)) {
        struct order_line *line = &lines->lines[lines->count++];
        rows_copy(rows, 0, line->sku, sizeof line->sku);
        rows_copy(rows, 1, line->name, sizeof line->name);
        line->quantity = rows_number(rows, 2);
        line->unit_amount = rows_number(rows, 3);
    }
    rows_close(rows);
}

void store_orders(struct tx *tx, int64_t limit, store_each_order *each, void *context)
{
    struct order order;
    struct rows *rows =
        tx_query(tx, "SELECT " ORDER_COLUMNS " ORDER BY o.created_at DESC, o.id LIMIT $1",
                 DB_VALUES(NUMBER_(limit)));
    while (next_order(rows, &order))
        each(context, &order);
    rows_close(rows);
}

void store_order_set_state(struct tx *tx, const char *id, const char *state)
{
    tx_run(tx, "UPDATE orders SET state = $1, updated_at = $2 WHERE id = $3",
           DB_VALUES(TEXT_(state), NUMBER_(now_ms()), TEXT_(id)));
}

/* In the order of their names, so that two who want the same do not wait for each other for ever. */
static void hold_products(struct tx *tx, const char *id)
{
    hold(tx,
         "SELECT sku FROM products WHERE sku IN (SELECT sku FROM order_lines WHERE order_id = $1)"
         " ORDER BY sku" TX_HOLD,
         id);
}

bool store_order_take_stock(struct tx *tx, const char *id)
{
    if (!tx_run(tx, "UPDATE orders SET stock_held = 1 WHERE id = $1 AND stock_held = 0",
                DB_VALUES(TEXT_(id))))
        return tx->result == DB_OK; /* it has its goods already */
    hold_products(tx, id);
    /* Each sku once, even where two lines have it. */
    struct rows *rows = tx_query(tx,
                                 "SELECT 1 FROM (SELECT sku, SUM(quantity) AS wanted"
                                 "   FROM order_lines WHERE order_id = $1 GROUP BY sku) w"
                                 " JOIN products p ON p.sku = w.sku WHERE p.stock < w.wanted",
                                 DB_VALUES(TEXT_(id)));
    bool short_of_stock = rows_next(rows);
    rows_close(rows);
    if (short_of_stock)
        tx_run(tx, "UPDATE orders SET stock_held = 0 WHERE id = $1", DB_VALUES(TEXT_(id)));
    else
        tx_run(tx,
               "UPDATE products SET stock = stock - (SELECT SUM(quantity) FROM order_lines l"
               "   WHERE l.order_id = $1 AND l.sku = products.sku)"
               " WHERE sku IN (SELECT sku FROM order_lines WHERE order_id = $1)",
               DB_VALUES(TEXT_(id)));
    return !short_of_stock && tx->result == DB_OK;
}

void store_order_return_stock(struct tx *tx, const char *id)
{
    if (!tx_run(tx, "UPDATE orders SET stock_held = 0 WHERE id = $1 AND stock_held = 1",
                DB_VALUES(TEXT_(id))))
        return;
    hold_products(tx, id);
    tx_run(tx,
           "UPDATE products SET stock = stock + (SELECT SUM(quantity) FROM order_lines l"
           "   WHERE l.order_id = $1 AND l.sku = products.sku)"
           " WHERE sku IN (SELECT sku FROM order_lines WHERE order_id = $1)",
           DB_VALUES(TEXT_(id)));
}

bool store_order_set_session(struct tx *tx, const char *id, int64_t attempt, const char *session_id)
{
    return tx_run(tx,
                  "UPDATE orders SET checkout_session_id = $1, updated_at = $2"
                  " WHERE id = $3 AND attempt = $4 AND state = 'open'"
                  " AND checkout_session_id IS NULL",
                  DB_VALUES(TEXT_(session_id), NUMBER_(now_ms()), TEXT_(id), NUMBER_(attempt))) > 0;
}

void store_order_next_attempt(struct tx *tx, const char *id, const char *customer_id,
                              int64_t ask_at)
{
    tx_run(tx,
           "INSERT INTO superseded_sessions (checkout_session_id, order_id)"
           " SELECT checkout_session_id, id FROM orders"
           " WHERE id = $1 AND checkout_session_id IS NOT NULL ON CONFLICT DO NOTHING",
           DB_VALUES(TEXT_(id)));
    tx_run(
        tx,
        "UPDATE orders SET attempt = attempt + 1, checkout_session_id = NULL,"
        " payment_intent_id = NULL, asked_customer_id = $1, asks = 0, updated_at = $2, ask_at = $3"
        " WHERE id = $4",
        DB_VALUES(TEXT_(text_or_null(customer_id)), NUMBER_(now_ms()), NUMBER_(ask_at), TEXT_(id)));
}

void store_order_set_payment(struct tx *tx, const char *id, const char *intent_id)
{
    tx_run(tx, "UPDATE orders SET payment_intent_id = $1, updated_at = $2 WHERE id = $3",
           DB_VALUES(TEXT_(intent_id), NUMBER_(now_ms()), TEXT_(id)));
}

void store_order_set_paid(struct tx *tx, const char *id, int64_t amount, const char *currency,
                          int64_t priced, const char *exchange_rate)
{
    tx_run(tx,
           "UPDATE orders SET paid_amount = $1, paid_currency = $2, paid_priced = $3,"
           " exchange_rate = $4, updated_at = $5 WHERE id = $6",
           DB_VALUES(NUMBER_(amount), TEXT_(currency), NUMBER_(priced), TEXT_(exchange_rate),
                     NUMBER_(now_ms()), TEXT_(id)));
}

void store_order_set_voucher(struct tx *tx, const char *id, const char *voucher)
{
    tx_run(tx, "UPDATE orders SET voucher = $1 WHERE id = $2",
           DB_VALUES(TEXT_(voucher), TEXT_(id)));
}

bool store_session_superseded(struct tx *tx, const char *session_id, char order_id[ID_SIZE])
{
    struct rows *rows =
        tx_query(tx, "SELECT order_id FROM superseded_sessions WHERE checkout_session_id = $1",
                 DB_VALUES(TEXT_(session_id)));
    bool found = rows_next(rows);
    if (found)
        rows_copy(rows, 0, order_id, ID_SIZE);
    rows_close(rows);
    return found;
}

void store_order_ask_at(struct tx *tx, const char *id, int64_t when)
{
    tx_run(tx, "UPDATE orders SET ask_at = $1 WHERE id = $2", DB_VALUES(NUMBER_(when), TEXT_(id)));
}

void store_order_never_ask(struct tx *tx, const char *id)
{
    tx_run(tx, "UPDATE orders SET ask_at = NULL WHERE id = $1", DB_VALUES(TEXT_(id)));
}

bool store_order_asked_for(struct tx *tx, const char *id, int64_t since, int64_t now)
{
    struct rows *rows =
        tx_query(tx, "SELECT id FROM orders WHERE id = $1 AND ask_at >= $2 AND ask_at <= $3",
                 DB_VALUES(TEXT_(id), NUMBER_(since), NUMBER_(now)));
    bool found = rows_next(rows);
    rows_close(rows);
    return found;
}

void store_orders_ask_all(struct tx *tx, int64_t now, int64_t unasked_since)
{
    tx_run(tx,
           "UPDATE orders SET ask_at = $1"
           " WHERE state IN ('open', 'awaiting') AND ask_at > $1 AND asked_at < $2",
           DB_VALUES(NUMBER_(now), NUMBER_(unasked_since)));
}

bool store_order_claim_asking(struct tx *tx, const char *id, int64_t now, int64_t pause)
{
    /* After 1, 2, 4, … minutes, at most an hour. */
    return tx_run(tx,
                  "UPDATE orders SET asked_at = $1, asks = asks + 1, ask_at = $1 + 60000 *"
                  " (CASE asks WHEN 0 THEN 1 WHEN 1 THEN 2 WHEN 2 THEN 4 WHEN 3 THEN 8"
                  " WHEN 4 THEN 16 WHEN 5 THEN 32 ELSE 60 END)"
                  " WHERE id = $2 AND asked_at <= $1 - $3",
                  DB_VALUES(NUMBER_(now), TEXT_(id), NUMBER_(pause))) > 0;
}

size_t store_orders_claim_due(struct tx *tx, int64_t now, int64_t unasked_since,
                              char (*ids)[ID_SIZE], size_t max)
{
    struct rows *rows =
        tx_query(tx,
                 "SELECT id FROM orders WHERE (ask_at <= $1 AND $2 = 0)"
                 " OR ((ask_at <= $1 OR state IN ('open', 'awaiting')) AND asked_at < $2)"
                 " ORDER BY ask_at LIMIT $3" TX_HOLD_FREE,
                 DB_VALUES(NUMBER_(now), NUMBER_(unasked_since), NUMBER_((int64_t)max)));
    size_t count = 0;
    while (count < max && rows_next(rows))
        rows_copy(rows, 0, ids[count++], ID_SIZE);
    rows_close(rows);
    for (size_t i = 0; i < count; i++)
        store_order_claim_asking(tx, ids[i], now, 0);
    return count;
}
