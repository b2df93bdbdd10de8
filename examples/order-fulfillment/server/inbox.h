/*
 * The inbox: libxpay's xpay_inbox in the shop's own database. The event's id is claimed, what it means is stored, and
 * both are committed together, in one transaction of SQLite or PostgreSQL.
 */
#ifndef SHOP_INBOX_H
#define SHOP_INBOX_H

#include "shop.h"

#include <xpay/inbox.h>

/* One delivery's way through the database. Zero but for the shop. */
struct inbox {
    struct shop *shop;
    struct tx tx; /* the handler's transaction, too */
};

xpay_inbox inbox_callbacks(struct inbox *inbox);

#endif
