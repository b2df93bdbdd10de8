/* The library adds a session's ledger rows up; the shop keeps the totals. */
#include "ledger.h"
#include "store.h"

#include <stdio.h>

void ledger_keep(struct tx *tx, const char *order_id, const xpay_checkout_session *session,
                 int64_t as_of)
{
    xpay_error error;
    xpay_ledger *ledger;
    if (xpay_checkout_session_ledger(session, &ledger, &error) != XPAY_OK) {
        /* No reason not to ship: the figures are asked for again. */
        shop_log_error(order_id, &error);
        return;
    }
    for (size_t i = 0; i < ledger->totals_count; i++) {
        const xpay_ledger_totals *totals = ledger->totals[i];
        const char *currency = xpay_currency_code(totals->currency);
        struct ledger_row row = {
            .gross = totals->gross,
            .fees = totals->fees,
            .refunded = totals->refunded,
            .net = totals->net,
            .refunds_pending = totals->refunds_pending,
            .adds_up = totals->adds_up && totals->unbooked == 0,
        };
        if (!currency)
            continue;
        snprintf(row.currency, sizeof row.currency, "%s", currency);
        store_ledger_put(tx, order_id, &row, as_of);
    }
    xpay_object_free(ledger);
}
