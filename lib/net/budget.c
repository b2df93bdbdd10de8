#include "budget.h"

#define ONE       10
#define MOST_FULL (INT32_MAX / ONE)

void xpay_budget_fill(xpay_budget *budget, int32_t repeats)
{
    budget->full = repeats > MOST_FULL ? MOST_FULL * ONE : repeats < 0 ? -1 : repeats * ONE;
    atomic_init(&budget->tenths, budget->full);
}

bool xpay_budget_take(xpay_budget *budget)
{
    int32_t left = atomic_load(&budget->tenths);
    if (budget->full < 0)
        return true;
    do
        if (left < ONE)
            return false;
    while (!atomic_compare_exchange_weak(&budget->tenths, &left, left - ONE));
    return true;
}

void xpay_budget_answered(xpay_budget *budget, bool repeated)
{
    int32_t back = repeated ? ONE : 1;
    int32_t left = atomic_load(&budget->tenths);
    if (budget->full < 0)
        return;
    do
        if (left >= budget->full)
            return;
    while (!atomic_compare_exchange_weak(&budget->tenths, &left,
                                         left > budget->full - back ? budget->full : left + back));
}
