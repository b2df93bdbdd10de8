/*
 * Asking XPay, where its webhook is late or lost. What comes back goes the same way as a webhook's session.
 */
#ifndef SHOP_ASK_H
#define SHOP_ASK_H

#include "fulfilment.h"

/* How long XPay is asked for a session: a customer may be waiting for the page. */
enum { ASK_TIMEOUT_MS = 5000 };

/* When to ask first about an order that is made, or made anew, now. */
int64_t ask_first_at(const struct shop *shop);

/* Asks for a session and applies it. `error` says how the call went; NULL allowed. */
enum fulfilment ask_about_session(struct shop *shop, const char *session_id, xpay_error *error);
/* Asks for the session of an order, unless that was done less than `pause` milliseconds ago. */
enum fulfilment ask_about_order(struct shop *shop, const char *order_id, int64_t pause);
/* The same for an order that the sweep has claimed. */
enum fulfilment ask_about_claimed(struct shop *shop, const char *order_id, xpay_error *error);

#endif
