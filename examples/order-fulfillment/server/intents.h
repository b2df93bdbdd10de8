/*
 * Intents: libxpay writes each call that could change something into the shop's own database before it is sent, and
 * finishes after a crash what was left open.
 */
#ifndef SHOP_INTENTS_H
#define SHOP_INTENTS_H

#include "shop.h"

/* The callbacks for the client's options. The shop's database must be open before the first call. */
xpay_intent_store intents_store(struct shop *shop);

/* Resolves what has been unsettled for so many milliseconds, as far as no other server does, or with 0
 * all of it; and stores what came of it. One thread at a time. False when any is left. */
bool intents_resolve(struct shop *shop, int64_t rest);

#endif
