/*
 * Everything that the shop remembers: all SQL is behind these functions.
 *
 * They work inside a transaction that the caller begins and commits (db.h), so what belongs together is stored
 * together or not at all. In a transaction that has failed they do nothing and answer false.
 */
#ifndef SHOP_STORE_H
#define SHOP_STORE_H

#include "db.h"
#include "identity.h"

#include <xpay/intent.h>

/* What the store takes for an amount of money; sums of them stay in range. */
#define AMOUNT_MAX ((INT64_C(1) << 53) - 1)

enum {
    STATE_SIZE = 16,
    CURRENCY_SIZE = 4,
    NAME_SIZE = 1024,
    EMAIL_SIZE = 256,
    LINES_MAX = 32,
    NOTE_SIZE = 512,
    KEY_SIZE = 256 /* the longest idempotency key and its NUL */
};

/* Accounts */

struct account {
    char id[ID_SIZE];
    char email[EMAIL_SIZE];
    char customer_id[ID_SIZE]; /* cus_…; "" until XPay made one */
};

/* The account of an address, made if need be, and a token for the browser's cookie. */
void store_sign_in(struct tx *tx, const char *email, char token[ID_SIZE]);
void store_sign_out(struct tx *tx, const char *token);
bool store_account_of_token(struct tx *tx, const char *token, struct account *account);
bool store_account_find(struct tx *tx, const char *id, struct account *account);
/* Keeps the customer's id, if the account has none yet and nobody else has this one. */
void store_account_keep_customer(struct tx *tx, const char *id, const char *customer_id);
void store_account_forget_customer(struct tx *tx, const char *id);

/* Products */

struct product {
    char sku[ID_SIZE];
    char name[NAME_SIZE];
    char currency[CURRENCY_SIZE];
    int64_t unit_amount;
    int64_t stock;
};

typedef void store_each_product(void *context, const struct product *product);
void store_products(struct tx *tx, store_each_product *each, void *context);
bool store_product_find(struct tx *tx, const char *sku, struct product *product);

/* Orders */

struct order_line {
    char sku[ID_SIZE]; /* "": not one of our products */
    char name[NAME_SIZE];
    int64_t quantity;
    int64_t unit_amount;
};

struct order {
    char id[ID_SIZE];
    char account_id[ID_SIZE]; /* "" for guests */
    char state[STATE_SIZE];
    char currency[CURRENCY_SIZE];
    int64_t subtotal;
    bool stock_held;
    int64_t attempt;
    char asked_customer_id[ID_SIZE];
    char checkout_session_id[ID_SIZE];
    char payment_link_id[ID_SIZE];
    char payment_intent_id[ID_SIZE];
    int64_t paid_amount; /* in paid_currency */
    char paid_currency[CURRENCY_SIZE];
    int64_t paid_priced; /* the same in `currency` */
    char exchange_rate[64];
    char voucher[NAME_SIZE]; /* "" without one */
    int64_t refunded;        /* sum of the refunds that succeeded, in paid_currency */
    int64_t refund_reserved; /* sum of those that did not fail, or not yet */
    int64_t priced_reserved; /* the same in `currency` */
    int64_t created_at, updated_at;
    int64_t ask_at; /* of a new one: when to ask XPay about it first */
};

struct order_lines {
    size_t count;
    struct order_line lines[LINES_MAX];
};

bool store_order_is(const struct order *order, const char *state);

/* Stores a new order with its lines and takes its goods from the stock. False, with nothing stored,
 * when the stock does not have them. */
bool store_order_add(struct tx *tx, const struct order *order, const struct order_lines *lines);
bool store_order_find(struct tx *tx, const char *id, struct order *order);
bool store_order_of_session(struct tx *tx, const char *session_id, struct order *order);
bool store_order_of_intent(struct tx *tx, const char *intent_id, struct order *order);
void store_order_lines(struct tx *tx, const char *id, struct order_lines *lines);
typedef void store_each_order(void *context, const struct order *order);
void store_orders(struct tx *tx, int64_t limit, store_each_order *each, void *context);

void store_order_set_state(struct tx *tx, const char *id, const char *state);
/* Takes the goods from the stock, or gives them back; both at most once in a row. */
bool store_order_take_stock(struct tx *tx, const char *id);
void store_order_return_stock(struct tx *tx, const char *id);
/* False when the order has a session already, or is on another attempt or not open any more by now. */
bool store_order_set_session(struct tx *tx, const char *id, int64_t attempt,
                             const char *session_id);
/* The next session will be a new one, asked for with this customer ("": none). The old session's
 * id goes to the superseded ones. */
void store_order_next_attempt(struct tx *tx, const char *id, const char *customer_id,
                              int64_t ask_at);
void store_order_set_payment(struct tx *tx, const char *id, const char *intent_id);
void store_order_set_paid(struct tx *tx, const char *id, int64_t amount, const char *currency,
                          int64_t priced, const char *exchange_rate);
void store_order_set_voucher(struct tx *tx, const char *id, const char *voucher);
bool store_session_superseded(struct tx *tx, const char *session_id, char order_id[ID_SIZE]);

/* When to ask XPay about an order. */
void store_order_ask_at(struct tx *tx, const char *id, int64_t when);
void store_order_never_ask(struct tx *tx, const char *id);
/* Whether somebody has wanted it to be asked about at once in this time. */
bool store_order_asked_for(struct tx *tx, const char *id, int64_t since, int64_t now);
/* Every unfinished order that was not asked about since. */
void store_orders_ask_all(struct tx *tx, int64_t now, int64_t unasked_since);
/* Books the asking: false when another did so less than `pause` ago. Later askings are put off
 * further and further. */
bool store_order_claim_asking(struct tx *tx, const char *id, int64_t now, int64_t pause);
/* Claims orders that are to be asked about now, and that nobody else claims; returns how many. With
 * `unasked_since` other than 0, also those that are merely unfinished, but none asked about since. */
size_t store_orders_claim_due(struct tx *tx, int64_t now, int64_t unasked_since,
                              char (*ids)[ID_SIZE], size_t max);

/* Events and reviews */

/* False when the event was claimed before. */
bool store_event_claim(struct tx *tx, const char *id, const char *type);
void store_event_note(struct tx *tx, const char *id, const char *order_id, const char *note);
typedef void store_each_event(void *context, const char *id, const char *type, const char *note,
                              int64_t received_at);
void store_events(struct tx *tx, const char *order_id, store_each_event *each, void *context);

/* order_id may be NULL. The same finding is listed once. */
void store_review_add(struct tx *tx, const char *order_id, const char *session_id,
                      const char *reason);
typedef void store_each_review(void *context, const char *order_id, const char *session_id,
                               const char *reason, int64_t created_at);
void store_reviews(struct tx *tx, store_each_review *each, void *context);

/* Refunds */

struct refund {
    char id[ID_SIZE];
    char order_id[ID_SIZE];
    char idempotency_key[ID_SIZE]; /* "": made in XPay's dashboard */
    char refund_id[ID_SIZE];       /* re_…; "" until known */
    int64_t amount;
    char currency[CURRENCY_SIZE];
    int64_t priced; /* the same in the currency of the order */
    char state[STATE_SIZE];
    char note[NOTE_SIZE];
    int64_t created_at;
};

/* Stores what is intended. False when another refund of the order is under way. */
bool store_refund_intend(struct tx *tx, const struct refund *refund);
bool store_refund_find(struct tx *tx, const char *id, struct refund *refund);
/* One that XPay told us of, by its re_…; its order must be held. */
bool store_refund_seen(struct tx *tx, const char *refund_id, struct refund *refund);
/* What came of one of ours, which must be held. If XPay told us of its re_… before, that row becomes
 * this one. */
void store_refund_settle(struct tx *tx, const char *id, const char *refund_id, int64_t amount,
                         const char *state, const char *note);
void store_refund_note(struct tx *tx, const char *id, const char *note);
/* Keeps one that was not made here, of an order that is held. */
void store_refund_add(struct tx *tx, const char *order_id, const char *refund_id, int64_t amount,
                      const char *currency, int64_t priced, const char *state);
void store_refund_set_state(struct tx *tx, const char *id, const char *state);
/* Refunds of XPay's with this amount, made since, that are none of ours: how many, and the last. */
int64_t store_refund_candidates(struct tx *tx, const struct refund *refund, char refund_id[ID_SIZE],
                                char state[STATE_SIZE]);
typedef void store_each_refund(void *context, const struct refund *refund);
void store_refunds(struct tx *tx, const char *order_id, store_each_refund *each, void *context);
/* Claims refunds that were left alone since, those that XPay has made and not settled or those that it
 * is still to make, without those whose intent is still to be resolved; returns how many. */
size_t store_refunds_claim(struct tx *tx, bool made, int64_t since, char (*ids)[ID_SIZE],
                           size_t max);

/* Intents */

/* Keeps one before it is sent, as xpay_intent_store asks; `open_since` as there. False when its key
 * names another request. */
bool store_intent_record(struct tx *tx, const xpay_intent *intent, int64_t *open_since);
/* XPAY_SETTLEMENT_…; what was applied stays applied. */
/* False when another call has it since, and may be doing what this one did not. */
bool store_intent_settle(struct tx *tx, const char *key, const char *call, int32_t how);
/* For another call from now on. False when it is settled. */
bool store_intent_take_over(struct tx *tx, const char *key, const char *call);
/* What a person, or the shop's own books, decided. */
void store_intent_close(struct tx *tx, const char *key, int32_t how);
/* Claims those that were made before, and that nobody else has claimed (unless `claimed_too`), up to
 * `max`; the oldest first. */
size_t store_intents_claim(struct tx *tx, int64_t made_before, bool claimed_too,
                           char (*keys)[KEY_SIZE], size_t max);
/* Visits one; nothing happens when it is settled by now. */
xpay_status store_intent_visit(struct tx *tx, const char *key, xpay_intent_visitor visit,
                               void *context);

/* The outbox */

struct outbox_row {
    char key[ID_SIZE];
    char order_id[ID_SIZE];
    char *body; /* to be freed */
    int64_t attempts;
    bool delivered;
};

void store_outbox_add(struct tx *tx, const char *key, const char *order_id, const char *body);
/* The row that is due first and that nobody else is at; false when none is. For so long it is not due again. */
bool store_outbox_claim(struct tx *tx, int64_t now, int64_t pause, struct outbox_row *row);
void store_outbox_retry(struct tx *tx, const char *key, int64_t next_at);
void store_outbox_delivered(struct tx *tx, const char *key);
/* When the next row is due; false when the outbox is empty. */
bool store_outbox_due(struct tx *tx, int64_t *when);
void store_outbox_all_due(struct tx *tx);
bool store_outbox_of_order(struct tx *tx, const char *order_id, struct outbox_row *row);

/* The ledger */

struct ledger_row {
    char currency[CURRENCY_SIZE];
    int64_t gross, fees, refunded, net, refunds_pending;
    bool adds_up;
    int64_t orders; /* how many are in it */
};

/* Replaces what is stored as of an earlier time; a later one stays. */
void store_ledger_put(struct tx *tx, const char *order_id, const struct ledger_row *row,
                      int64_t as_of);
/* Sums by currency; order_id NULL: of all orders. */
typedef void store_each_ledger(void *context, const struct ledger_row *row);
void store_ledger(struct tx *tx, const char *order_id, store_each_ledger *each, void *context);
/* Orders whose figures are to be asked for again. */
int64_t store_ledger_stale(struct tx *tx, int64_t now);

#endif
