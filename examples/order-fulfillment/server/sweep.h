/* The sweep: asks about what should have been told by now, and finishes what was begun. */
#ifndef SHOP_SWEEP_H
#define SHOP_SWEEP_H

#include "shop.h"

/* all: every unfinished order, not only those whose time has come. */
void sweep(struct shop *shop, bool all);

#endif
