/*
 * A client's reserve of repeats: what keeps many calls that fail from becoming four times as many.
 *
 * A repeat takes one. A call that was answered puts back one if it was repeated, else a tenth. Counted in tenths.
 */
#ifndef XPAY_NET_BUDGET_H
#define XPAY_NET_BUDGET_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct xpay_budget {
    _Atomic int32_t tenths;
    int32_t full; /* negative: no limit */
} xpay_budget;

/* `repeats` of 0 never allows one; negative: no limit. */
void xpay_budget_fill(xpay_budget *budget, int32_t repeats);

/* False when the reserve is used up. */
bool xpay_budget_take(xpay_budget *budget);

void xpay_budget_answered(xpay_budget *budget, bool repeated);

#endif
