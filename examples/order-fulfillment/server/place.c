/* From a cart to an order that is stored: its lines, its price, its goods taken from the stock. */
#include "ask.h"
#include "checkout.h"

#include <string.h>

/* Also XPay's limit for a unit amount or a quantity; so a line's total is below 2^62. */
enum { QUANTITY_MAX = 1000 };

static enum checkout fill_order(struct tx *tx, const struct cart_item *items, size_t count,
                                struct order *order, struct order_lines *lines)
{
    *lines = (struct order_lines){0};
    order->subtotal = 0;
    if (count == 0 || count > LINES_MAX)
        return CHECKOUT_BAD_CART;
    for (size_t i = 0; i < count; i++) {
        struct product product;
        struct order_line *line = &lines->lines[lines->count++];
        if (items[i].quantity < 1 || items[i].quantity > QUANTITY_MAX)
            return CHECKOUT_BAD_CART;
        if (!store_product_find(tx, items[i].sku, &product))
            return CHECKOUT_UNKNOWN;
        if (i > 0 && strcmp(order->currency, product.currency) != 0)
            return CHECKOUT_BAD_CART;
        memcpy(order->currency, product.currency, sizeof order->currency);
        memcpy(line->sku, product.sku, sizeof line->sku);
        memcpy(line->name, product.name, sizeof line->name);
        line->quantity = items[i].quantity;
        line->unit_amount = product.unit_amount;
        order->subtotal += line->quantity * line->unit_amount;
    }
    return CHECKOUT_READY;
}

enum checkout checkout_place(struct shop *shop, const char *account_id,
                             const struct cart_item *items, size_t count, char order_id[ID_SIZE])
{
    struct order order = {
        .state = "open", .attempt = 1, .created_at = now_ms(), .ask_at = ask_first_at(shop)};
    struct order_lines lines;
    struct account account = {0};
    if (!id_make(order.id, "ord"))
        return CHECKOUT_FAILED;
    enum checkout result = CHECKOUT_FAILED;
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx)) {
        result = fill_order(&tx, items, count, &order, &lines);
        if (result == CHECKOUT_READY && *account_id &&
            store_account_find(&tx, account_id, &account)) {
            memcpy(order.account_id, account.id, sizeof order.account_id);
            memcpy(order.asked_customer_id, account.customer_id, sizeof order.asked_customer_id);
        }
        if (result == CHECKOUT_READY && !store_order_add(&tx, &order, &lines))
            result = CHECKOUT_SOLD_OUT;
        if (result != CHECKOUT_READY)
            tx_abandon(&tx);
    }
    memcpy(order_id, order.id, ID_SIZE);
    /* One in doubt is left to the sweep: nobody is sent to pay it. */
    return tx.result == DB_OK     ? result
           : tx.result == DB_BUSY ? CHECKOUT_TRY_AGAIN
                                  : CHECKOUT_FAILED;
}
