/*
 * The sweep: asks about what should have been told by now, and finishes what was begun.
 *
 * XPay gives a webhook up after 5 attempts in about 2 h 35 min. So each order that is still open at a certain age is
 * asked about, before its session expires and after, more and more rarely, until it has an end. Several servers share
 * the work: each claims the rows that it looks after.
 */
#ifndef SHOP_SWEEP_H
#define SHOP_SWEEP_H

#include "shop.h"

/* A thread that sweeps every SWEEP_SECONDS. NULL when it cannot be started. */
struct sweeper *sweeper_start(struct shop *shop);
/* Ends it after the call that it is at. NULL allowed. */
void sweeper_stop(struct sweeper *sweeper);

/* Here and now: every unfinished order, not only those whose time has come. False when it could not
 * look after all of them, or XPay did not answer about one. */
bool sweep_everything(struct shop *shop);

#endif
