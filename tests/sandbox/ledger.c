/* Writing ledger rows, and collecting charges into one payout batch per day. */
#include "ledger.h"
#include "clock.h"
#include "text.h"

/* Charges become available two days after payment; refunds hit the balance at once. */
#define CHARGE_DELAY (2 * MILLISECONDS_PER_DAY)

static struct payout_batch *batch_for(enum world world, int64_t available)
{
    int64_t closes = (available / MILLISECONDS_PER_DAY + 1) * MILLISECONDS_PER_DAY;
    for (size_t i = state.batches.count; i > 0; i--) {
        struct payout_batch *batch = state.batches.items[i - 1];
        if (batch->world == world && batch->closes == closes)
            return batch;
    }
    struct payout_batch *batch = must_alloc_zero(sizeof *batch);
    id_make_plain(batch->id, "pb");
    batch->world = world;
    batch->created = clock_now();
    batch->closes = closes;
    list_add(&state.batches, batch);
    return batch;
}

static struct ledger_row *write_row(const struct charge *charge, const char *type,
                                    const char *category, const char *source, int64_t amount)
{
    const struct session *session = charge->intent->session;
    struct ledger_row *row = must_alloc_zero(sizeof *row);
    id_make_plain(row->id, "txn");
    row->type = type;
    row->category = category;
    row->source = source;
    row->intent_id = charge->intent->id;
    row->amount = amount;
    row->created = row->available = clock_now();
    row->rate = session->currency->rate;
    row->world = session->world;
    list_add(&state.ledger, row);
    state.ledger_version++;
    return row;
}

struct ledger_row *ledger_charge(const struct charge *charge)
{
    struct ledger_row *row = write_row(charge, "CHARGE", "charge", charge->id, charge->amount);
    row->fee = charge->fee;
    row->available += CHARGE_DELAY;
    struct payout_batch *batch = batch_for(row->world, row->available);
    batch->amount += row->amount - fee_total(row->fee);
    batch->updated = row->created;
    row->batch = batch;
    return row;
}

struct ledger_row *ledger_refund(const struct refund *refund)
{
    return write_row(refund->charge, "REFUND", "refund", refund->id, -refund->amount);
}

struct ledger_row *ledger_refund_failure(const struct refund *refund)
{
    return write_row(refund->charge, "REFUND_FAILURE", "refund_failure", refund->id,
                     refund->amount);
}
