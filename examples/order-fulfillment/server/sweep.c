/* Orders without an answer, refunds without an end. */
#include "sweep.h"
#include "checkout.h"
#include "fulfilment.h"
#include "intents.h"
#include "outbox.h"
#include "refund.h"
#include "store.h"

enum { BATCH = 100 };

/* An order without a session was left alone in the middle of a checkout: the same key brings the
 * session that may have been made. */
static void look_after_order(struct shop *shop, const char *id)
{
    struct order order;
    bool found = false, unasked = false;
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx)) {
        found = store_order_find(&tx, id, &order);
        unasked = found && !*order.checkout_session_id && store_order_is(&order, "open");
        if (unasked)
            store_order_claim_asking(&tx, id, now_ms(), 0);
        else if (found && !*order.checkout_session_id)
            store_order_never_ask(&tx, id);
    }
    if (tx.result != DB_OK || !found)
        return;
    if (unasked) {
        char session_id[ID_SIZE];
        struct text url = {0};
        checkout_open(shop, id, session_id, &url);
        text_free(&url);
    }
    fulfilment_ask(shop, id, 0);
}

static void look_after_refunds(struct shop *shop, const char *state,
                               void (*look_after)(struct shop *shop, const char *id))
{
    char ids[BATCH][ID_SIZE];
    size_t count = 0;
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx))
        count = store_refunds_in(&tx, state, ids, BATCH);
    if (tx.result != DB_OK)
        return;
    for (size_t i = 0; i < count; i++)
        look_after(shop, ids[i]);
}

void sweep(struct shop *shop, bool all)
{
    char ids[BATCH][ID_SIZE];
    intents_resolve(shop);
    look_after_refunds(shop, "intended", refund_send); /* those that were never sent */
    look_after_refunds(shop, "pending", refund_ask);
    size_t count = 0;
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx))
        count = store_orders_to_ask(&tx, now_ms(), all, ids, BATCH);
    if (tx.result != DB_OK)
        return;
    for (size_t i = 0; i < count; i++)
        look_after_order(shop, ids[i]);
}
