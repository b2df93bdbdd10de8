/*
 * From a cart to a checkout session.
 */
#ifndef SHOP_CHECKOUT_H
#define SHOP_CHECKOUT_H

#include "shop.h"
#include "store.h"
#include "text.h"

enum checkout {
    CHECKOUT_READY,     /* the customer can be sent to the url */
    CHECKOUT_OVER,      /* the order is not to be paid any more; its page says what it is */
    CHECKOUT_SOLD_OUT,  /* not enough in stock */
    CHECKOUT_BAD_CART,  /* empty, several currencies, quantities out of range */
    CHECKOUT_UNKNOWN,   /* no such order or product */
    CHECKOUT_TRY_AGAIN, /* XPay could not be asked, or did not answer: the order stays */
    CHECKOUT_REFUSED,   /* XPay will not make this session: the order was released */
    CHECKOUT_FAILED     /* our own fault; see the log */
};

struct cart_item {
    const char *sku;
    int64_t quantity;
};

/* Stores an order of these goods, in the customer's name if account_id is not "". */
enum checkout checkout_place(struct shop *shop, const char *account_id,
                             const struct cart_item *items, size_t count, char order_id[ID_SIZE]);

/* Makes the session of an order, or finds the one that it has. A released order is taken up again
 * with a new session. To be called as often as one likes. */
enum checkout checkout_open(struct shop *shop, const char *order_id, char session_id[ID_SIZE],
                            struct text *url);

#endif
