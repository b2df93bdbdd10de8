/*
 * The shop's tables, as SQLite has them.
 *
 * Money is whole minor units beside its currency. Times are milliseconds since the epoch. An order keeps two ids of
 * XPay's: the session's cs_… and the payment's pi_…; a cus_… is kept with an account, never with a guest.
 */
#include "schema.h"

#include <stddef.h>

static const char *const first[] = {
    "CREATE TABLE products ("
    "  sku TEXT PRIMARY KEY,"
    "  name TEXT NOT NULL,"
    "  currency TEXT NOT NULL,"
    "  unit_amount INTEGER NOT NULL CHECK (unit_amount > 0),"
    "  stock INTEGER NOT NULL CHECK (stock >= 0)"
    ") STRICT",

    "INSERT INTO products VALUES"
    "  ('mug', 'Mug', 'EGP', 25000, 1000),"
    "  ('shirt', 'Shirt', 'EGP', 89950, 1000),"
    "  ('carpet', 'Carpet', 'EGP', 1250000, 5),"
    "  ('poster', 'Poster, sent worldwide', 'USD', 1950, 1000)"
    "  ON CONFLICT DO NOTHING",

    "CREATE TABLE accounts ("
    "  id TEXT PRIMARY KEY,"
    "  email TEXT NOT NULL UNIQUE,"
    "  customer_id TEXT UNIQUE," /* cus_…: so that XPay recognises who returns */
    "  created_at INTEGER NOT NULL"
    ") STRICT",

    "CREATE TABLE sign_ins ("
    "  token TEXT PRIMARY KEY,"
    "  account_id TEXT NOT NULL REFERENCES accounts (id),"
    "  created_at INTEGER NOT NULL"
    ") STRICT",

    "CREATE TABLE orders ("
    "  id TEXT PRIMARY KEY,"
    "  account_id TEXT REFERENCES accounts (id)," /* NULL for guests */
    "  state TEXT NOT NULL CHECK (state IN"
    "    ('open', 'awaiting', 'fulfilled', 'released', 'review')),"
    "  currency TEXT NOT NULL,"
    "  subtotal INTEGER NOT NULL CHECK (subtotal >= 0)," /* compared with what XPay says */
    "  stock_held INTEGER NOT NULL CHECK (stock_held IN (0, 1)),"
    /* The session, and what it was, or will be, asked for with: a repeat must say the same. */
    "  attempt INTEGER NOT NULL CHECK (attempt >= 1),"
    "  asked_customer_id TEXT,"
    "  checkout_session_id TEXT UNIQUE," /* cs_… */
    "  payment_link_id TEXT,"            /* plink_… of a sale that began at XPay */
    "  payment_intent_id TEXT UNIQUE,"   /* pi_… */
    /* What was taken, in the processing currency; refunds are in that one. */
    "  paid_amount INTEGER CHECK (paid_amount >= 0),"
    "  paid_currency TEXT,"
    "  paid_priced INTEGER," /* the same in the currency of the order */
    "  exchange_rate TEXT,"  /* XPay's digits; NULL unless the order has another currency */
    "  voucher TEXT,"        /* the reference to pay at a kiosk, as the customer reads it */
    "  ask_at INTEGER,"      /* when to ask XPay about it; NULL: never */
    "  asks INTEGER NOT NULL,"
    "  asked_at INTEGER NOT NULL,"
    "  created_at INTEGER NOT NULL,"
    "  updated_at INTEGER NOT NULL"
    ") STRICT",

    "CREATE INDEX orders_to_ask ON orders (ask_at) WHERE ask_at IS NOT NULL",
    "CREATE INDEX orders_by_age ON orders (created_at)",

    "CREATE TABLE order_lines ("
    "  order_id TEXT NOT NULL REFERENCES orders (id),"
    "  position INTEGER NOT NULL,"
    "  sku TEXT REFERENCES products (sku)," /* NULL for goods of a payment link */
    "  name TEXT NOT NULL,"
    "  quantity INTEGER NOT NULL CHECK (quantity > 0),"
    "  unit_amount INTEGER NOT NULL CHECK (unit_amount >= 0),"
    "  PRIMARY KEY (order_id, position)"
    ") STRICT",

    /* Sessions that an order had before: a payment of one of them is a person's business. */
    "CREATE TABLE superseded_sessions ("
    "  checkout_session_id TEXT PRIMARY KEY,"
    "  order_id TEXT NOT NULL REFERENCES orders (id)"
    ") STRICT",

    /* Webhooks that were acted on: the id is claimed in the transaction that acts. */
    "CREATE TABLE events ("
    "  id TEXT PRIMARY KEY,"
    "  type TEXT NOT NULL,"
    "  order_id TEXT REFERENCES orders (id),"
    "  note TEXT,"
    "  received_at INTEGER NOT NULL"
    ") STRICT",

    "CREATE INDEX events_by_order ON events (order_id)",

    "CREATE TABLE refunds ("
    "  id TEXT PRIMARY KEY," /* ours */
    "  order_id TEXT NOT NULL REFERENCES orders (id),"
    "  idempotency_key TEXT UNIQUE," /* NULL: made in XPay's dashboard */
    "  refund_id TEXT UNIQUE,"       /* re_… */
    "  amount INTEGER NOT NULL CHECK (amount > 0),"
    "  currency TEXT NOT NULL,"
    "  priced INTEGER NOT NULL," /* the same in the currency of the order */
    /* 'intended': not made, as far as is known; 'review': a person's business; else as XPay has it. */
    "  state TEXT NOT NULL CHECK (state IN ('intended', 'review',"
    "    'pending', 'requires_action', 'succeeded', 'failed', 'canceled')),"
    "  note TEXT,"
    "  created_at INTEGER NOT NULL,"
    "  updated_at INTEGER NOT NULL"
    ") STRICT",

    "CREATE INDEX refunds_by_order ON refunds (order_id)",
    /* One refund of an order at a time. */
    "CREATE UNIQUE INDEX refund_under_way ON refunds (order_id)"
    "  WHERE state = 'intended'",

    /* Calls to XPay that could change something: kept before they are sent, settled after. */
    "CREATE TABLE intents ("
    "  key TEXT PRIMARY KEY,"
    "  fingerprint TEXT NOT NULL,"
    "  operation TEXT NOT NULL,"
    "  reference TEXT NOT NULL," /* our rfn_… or ord_… */
    "  method TEXT NOT NULL,"
    "  target TEXT NOT NULL,"
    "  body TEXT NOT NULL,"
    "  call TEXT NOT NULL,"          /* that may settle it as refused */
    "  live INTEGER NOT NULL,"       /* 1: with a key of live mode */
    "  settlement INTEGER NOT NULL," /* XPAY_SETTLEMENT_… */
    "  created_at INTEGER NOT NULL,"
    "  not_after INTEGER NOT NULL"
    ") STRICT",

    "CREATE INDEX intents_unsettled ON intents (created_at) WHERE settlement > 2",

    "CREATE TABLE outbox ("
    "  key TEXT PRIMARY KEY,"
    "  order_id TEXT NOT NULL UNIQUE REFERENCES orders (id)," /* an order ships once */
    "  body TEXT NOT NULL,"
    "  attempts INTEGER NOT NULL,"
    "  next_at INTEGER," /* NULL once it was delivered */
    "  delivered_at INTEGER"
    ") STRICT",

    "CREATE INDEX outbox_due ON outbox (next_at) WHERE next_at IS NOT NULL",

    /* What XPay's ledger says of each order, and as of when. */
    "CREATE TABLE ledger ("
    "  order_id TEXT NOT NULL REFERENCES orders (id),"
    "  currency TEXT NOT NULL,"
    "  gross INTEGER NOT NULL,"
    "  fees INTEGER NOT NULL,"
    "  refunded INTEGER NOT NULL,"
    "  net INTEGER NOT NULL,"
    "  refunds_pending INTEGER NOT NULL,"
    "  adds_up INTEGER NOT NULL CHECK (adds_up IN (0, 1)),"
    "  as_of INTEGER NOT NULL,"
    "  PRIMARY KEY (order_id, currency)"
    ") STRICT",

    "CREATE TABLE reviews ("
    "  id TEXT PRIMARY KEY,"
    "  order_id TEXT REFERENCES orders (id),"
    "  checkout_session_id TEXT NOT NULL,"
    "  reason TEXT NOT NULL,"
    "  created_at INTEGER NOT NULL,"
    "  UNIQUE (checkout_session_id, reason)"
    ") STRICT",

    NULL,
};

/* Several servers share the sweep: each claims what it looks after. */
static const char *const second[] = {
    "ALTER TABLE refunds ADD COLUMN asked_at INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE intents ADD COLUMN claimed_until INTEGER NOT NULL DEFAULT 0",
    NULL,
};

const char *const *const shop_schema[] = {first, second, NULL};
