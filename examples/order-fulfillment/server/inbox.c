/* The key of the table `events` decides who acts: a second one waits for the first one's end, then finds the id there. */
#include "inbox.h"
#include "store.h"

static int32_t claim(void *context, const xpay_event *event, void **transaction)
{
    struct inbox *inbox = context;
    struct tx *tx = &inbox->tx;
    tx->db = inbox->shop->db;
    while (tx_attempt(tx)) {
        if (store_event_claim(tx, event->id, event->type)) {
            *transaction = tx;
            return XPAY_CLAIM_TAKEN; /* the transaction goes on: commit() or release() ends it */
        }
        tx_abandon(tx);
    }
    return tx->result == DB_OK     ? XPAY_CLAIM_DUPLICATE
           : tx->result == DB_BUSY ? XPAY_CLAIM_BUSY
                                   : XPAY_CLAIM_FAILED;
}

static xpay_status commit(void *context, void *transaction)
{
    (void)context;
    return tx_finish(transaction) == DB_OK ? XPAY_OK : XPAY_ERROR_INBOX;
}

static void release(void *context, void *transaction)
{
    (void)context;
    tx_abandon(transaction);
    tx_finish(transaction);
}

xpay_inbox inbox_callbacks(struct inbox *inbox)
{
    xpay_inbox callbacks = XPAY_INBOX_INIT;
    callbacks.context = inbox;
    callbacks.claim = claim;
    callbacks.commit = commit;
    callbacks.release = release;
    return callbacks;
}
