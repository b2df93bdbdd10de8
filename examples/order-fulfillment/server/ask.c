/* A session is asked for outside of any transaction, and applied in one. */
#include "ask.h"
#include "store.h"

int64_t ask_first_at(const struct shop *shop)
{
    return now_ms() + shop->config.sweep_age_seconds * 1000;
}

enum fulfilment ask_about_session(struct shop *shop, const char *session_id, xpay_error *error)
{
    xpay_error own;
    xpay_checkout_session *session;
    int64_t asked = now_ms();
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    options.timeout_ms = ASK_TIMEOUT_MS;
    if (!error)
        error = &own;
    xpay_status status =
        xpay_checkout_session_retrieve(shop->client, session_id, &options, &session, error);
    if (status != XPAY_OK) {
        shop_log_error(session_id, error);
        return status == XPAY_ERROR_NOT_FOUND ? FULFILMENT_STRANGER : FULFILMENT_BUSY;
    }
    enum fulfilment result = fulfilment_apply(shop, session, asked);
    xpay_object_free(session);
    return result;
}

enum fulfilment ask_about_order(struct shop *shop, const char *order_id, int64_t pause)
{
    struct order order;
    bool wanted = false;
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx))
        wanted = store_order_find(&tx, order_id, &order) && *order.checkout_session_id &&
                 store_order_claim_asking(&tx, order_id, now_ms(), pause);
    if (tx.result != DB_OK || !wanted)
        return fulfilment_outcome(tx.result, FULFILMENT_DONE);
    return ask_about_session(shop, order.checkout_session_id, NULL);
}

enum fulfilment ask_about_claimed(struct shop *shop, const char *order_id, xpay_error *error)
{
    struct order order;
    bool found = false;
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx))
        found = store_order_find(&tx, order_id, &order) && *order.checkout_session_id;
    if (tx.result != DB_OK || !found)
        return fulfilment_outcome(tx.result, FULFILMENT_DONE);
    return ask_about_session(shop, order.checkout_session_id, error);
}
