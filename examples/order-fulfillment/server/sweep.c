/* Orders without an answer, refunds without an end, calls without a settlement. */
#include "sweep.h"
#include "ask.h"
#include "checkout.h"
#include "intents.h"
#include "outbox.h"
#include "pace.h"
#include "refund.h"
#include "store.h"

#include <stdlib.h>

/* Few at a time: what a server that dies had claimed waits for its next turn. */
enum { BATCH = 10, QUIET_MS = 60 * 1000 };

struct sweeper {
    struct shop *shop;
    struct pace pace;
    pthread_t thread;
};

/* Keeps to the pace that XPay bears. False when it gave no answer to what was asked. */
static bool learn(struct pace *pace, const xpay_error *error)
{
    switch (error->status) {
    case XPAY_OK:
    case XPAY_ERROR_NOT_FOUND:
    case XPAY_ERROR_REQUEST:
    case XPAY_ERROR_CONFLICT: pace_recover(pace); return true;
    default: pace_slow_down(pace, error->retry_after_ms); return false;
    }
}

/* An order without a session was left alone in the middle of a checkout: the same key brings the
 * session that may have been made. False when none is known then. */
static bool take_up_checkout(struct shop *shop, const char *id)
{
    struct order order;
    enum checkout result = CHECKOUT_READY;
    bool found = false, unasked = false;
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx)) {
        found = store_order_find(&tx, id, &order);
        unasked = found && !*order.checkout_session_id && store_order_is(&order, "open");
        if (found && !unasked && !*order.checkout_session_id)
            store_order_never_ask(&tx, id);
    }
    if (tx.result != DB_OK || !found)
        return false;
    if (unasked) {
        char session_id[ID_SIZE];
        struct text url = {0};
        result = checkout_open(shop, id, session_id, &url);
        text_free(&url);
    }
    return result != CHECKOUT_TRY_AGAIN && result != CHECKOUT_FAILED;
}

/* The orders of one claim; those that it does not come to are due again, and it returns false. */
static bool look_after_orders(struct shop *shop, struct pace *pace, char (*ids)[ID_SIZE],
                              size_t count, bool *good)
{
    size_t done = 0;
    for (; done < count && pace_wait(pace); done++) {
        xpay_error error = {0};
        if (take_up_checkout(shop, ids[done])) {
            ask_about_claimed(shop, ids[done], &error);
            *good &= learn(pace, &error);
        } else {
            *good = false;
        }
    }
    struct tx tx = {.db = shop->db};
    while (done < count && tx_attempt(&tx))
        for (size_t i = done; i < count; i++)
            store_order_ask_at(&tx, ids[i], now_ms());
    return done == count;
}

static bool sweep_orders(struct shop *shop, struct pace *pace, bool all)
{
    int64_t begun = now_ms();
    bool good = true;
    for (;;) {
        char ids[BATCH][ID_SIZE];
        size_t count = 0;
        struct tx tx = {.db = shop->db};
        while (tx_attempt(&tx))
            count = store_orders_claim_due(&tx, now_ms(), all ? begun : 0, ids, BATCH);
        if (tx.result != DB_OK)
            return false;
        if (count == 0)
            return good;
        if (!look_after_orders(shop, pace, ids, count, &good))
            return false;
    }
}

static bool sweep_refunds(struct shop *shop, struct pace *pace, bool all, bool made,
                          void (*look_after)(struct shop *shop, const char *id, xpay_error *error))
{
    int64_t begun = now_ms();
    bool good = true;
    for (;;) {
        char ids[BATCH][ID_SIZE];
        size_t count = 0;
        struct tx tx = {.db = shop->db};
        while (tx_attempt(&tx))
            count = store_refunds_claim(&tx, made, all ? begun : begun - QUIET_MS, ids, BATCH);
        if (tx.result != DB_OK)
            return false;
        if (count == 0)
            return good;
        for (size_t i = 0; i < count; i++) {
            xpay_error error = {0};
            if (!pace_wait(pace))
                return false;
            look_after(shop, ids[i], &error);
            good &= learn(pace, &error);
        }
    }
}

static bool sweep(struct shop *shop, struct pace *pace, bool all)
{
    /* What is younger may still be under way, here or in another server. */
    bool good = intents_resolve(shop, all ? 0 : QUIET_MS);
    good &= sweep_refunds(shop, pace, all, false, refund_send);
    good &= sweep_refunds(shop, pace, all, true, refund_ask);
    return sweep_orders(shop, pace, all) && good;
}

bool sweep_everything(struct shop *shop)
{
    struct pace pace;
    if (!pace_init(&pace, shop->config.sweep_rate))
        return false;
    bool good = sweep(shop, &pace, true);
    pace_destroy(&pace);
    return good;
}

static void *sweep_on(void *context)
{
    struct sweeper *sweeper = context;
    while (pace_rest(&sweeper->pace, sweeper->shop->config.sweep_seconds * 1000))
        sweep(sweeper->shop, &sweeper->pace, false);
    return NULL;
}

struct sweeper *sweeper_start(struct shop *shop)
{
    struct sweeper *sweeper = calloc(1, sizeof *sweeper);
    if (!sweeper || !pace_init(&sweeper->pace, shop->config.sweep_rate)) {
        free(sweeper);
        return NULL;
    }
    sweeper->shop = shop;
    if (pthread_create(&sweeper->thread, NULL, sweep_on, sweeper) == 0)
        return sweeper;
    pace_destroy(&sweeper->pace);
    free(sweeper);
    return NULL;
}

void sweeper_stop(struct sweeper *sweeper)
{
    if (!sweeper)
        return;
    pace_stop(&sweeper->pace);
    pthread_join(sweeper->thread, NULL);
    pace_destroy(&sweeper->pace);
    free(sweeper);
}
