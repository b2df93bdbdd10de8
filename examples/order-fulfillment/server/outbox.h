/*
 * The outbox's courier: a thread that brings what is in the outbox to the warehouse, after the commit that put it
 * there, and again until the warehouse has it. Each row goes under its own key, so a repeat ships nothing twice.
 */
#ifndef SHOP_OUTBOX_H
#define SHOP_OUTBOX_H

#include "shop.h"

/* NULL when the thread cannot be started. */
struct outbox *outbox_start(struct shop *shop);
/* Something was committed. NULL allowed. */
void outbox_wake(struct outbox *outbox);
void outbox_stop(struct outbox *outbox);

/* Delivers all that is in the outbox, each row once. True when it is empty then. */
bool outbox_drain(struct shop *shop);

#endif
