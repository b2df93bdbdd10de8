/* The merchant's ledger: one positive row per successful charge, one negative row per refund that
 * settled, one positive row when a settled refund fails after all. */
#ifndef SANDBOX_LEDGER_H
#define SANDBOX_LEDGER_H

#include "state.h"

struct ledger_row *ledger_charge(const struct charge *charge);
struct ledger_row *ledger_refund(const struct refund *refund);
struct ledger_row *ledger_refund_failure(const struct refund *refund);

#endif
