/* What XPay's ledger says of each order, kept to be added up. */
#ifndef SHOP_LEDGER_H
#define SHOP_LEDGER_H

#include "shop.h"

/* Stores the figures of an order's session as they were at as_of; 0: at some time. */
void ledger_keep(struct tx *tx, const char *order_id, const xpay_checkout_session *session,
                 int64_t as_of);

#endif
