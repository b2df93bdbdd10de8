/* Writing down what is about to be done, and how it ended. */
#include <xpay/intent.h>

#include <string.h>

void xpay_intent_init(xpay_intent *intent, size_t size)
{
    memset(intent, 0, size);
    intent->size = size;
}

void xpay_intent_store_init(xpay_intent_store *store, size_t size)
{
    memset(store, 0, size);
    store->size = size;
}
