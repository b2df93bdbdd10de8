/* The staff's pages: orders, refunds, the ledger, and what needs a person. Also as JSON. */
#include "form.h"
#include "listing.h"
#include "page.h"
#include "pages.h"
#include "refund.h"
#include "shop.h"
#include "store.h"

#include <inttypes.h>
#include <stdlib.h>

enum { ORDERS_SHOWN = 200 };

static void busy(const struct http_request *request, struct http_reply *reply)
{
    text_free(&reply->body);
    page_say(request, reply, 503, "One moment", "The database is busy. Please try again.");
}

/* A transaction starts over, and so does what it shows. */
static void begin_again(struct http_reply *reply, struct listing *list)
{
    text_free(&reply->body);
    list->count = 0;
}

void page_orders(void *context, const struct http_request *request, struct http_reply *reply)
{
    struct shop *shop = context;
    struct listing list = {.out = &reply->body, .json = request->wants_json};
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx)) {
        begin_again(reply, &list);
        if (list.json) {
            text_add(json_begin(reply), "{\"orders\":[");
        } else {
            page_begin(reply, "Orders");
            text_add(list.out,
                     "<p><a href=\"/ledger\">Ledger</a> · <a href=\"/reviews\">Needs a "
                     "person</a></p><table><tr><th>Placed (UTC)</th><th>Order</th>"
                     "<th>State</th><th class=\"n\">Goods</th><th class=\"n\">Refunded</th>"
                     "</tr>\n");
        }
        store_orders(&tx, ORDERS_SHOWN, list_order, &list);
        text_add(list.out, list.json ? "]}\n" : "</table>\n");
        if (!list.json)
            page_end(reply);
    }
    if (tx.result != DB_OK)
        busy(request, reply);
}

/* The parts of an order's page, each with the same rows in both forms. */
static void order_parts(struct tx *tx, const char *id, struct listing list)
{
    struct outbox_row shipment;
    struct order_lines lines;
    text_add(list.out, list.json ? ",\"refunds\":[" : "<h2>Refunds</h2><table>\n");
    store_refunds(tx, id, list_refund, &list);
    list.count = 0;
    text_add(list.out, list.json ? "],\"events\":[" : "</table><h2>Webhooks</h2><table>\n");
    store_events(tx, id, list_event, &list);
    list.count = 0;
    text_add(list.out, list.json ? "],\"ledger\":[" : "</table><h2>Ledger</h2><table>\n");
    if (!list.json)
        text_add(list.out, listing_ledger_head);
    store_ledger(tx, id, list_ledger, &list);
    text_add(list.out, list.json ? "],\"lines\":[" : "</table><h2>Goods</h2><table>\n");
    store_order_lines(tx, id, &lines);
    list.count = 0;
    for (size_t i = 0; i < lines.count; i++)
        list_line(&list, &lines.lines[i]);
    bool ships = store_outbox_of_order(tx, id, &shipment);
    const char *state = !ships ? "none" : shipment.delivered ? "delivered" : "waiting";
    if (list.json)
        json_addf(list.out, "],\"shipment\":%s", state);
    else
        html_addf(list.out, "</table><p>%s</p>\n",
                  !ships               ? "Nothing was shipped."
                  : shipment.delivered ? "The warehouse has the shipment."
                                       : "The shipment waits for the warehouse.");
    if (ships)
        free(shipment.body);
}

static void order_head(struct text *out, const struct order *order)
{
    const struct {
        const char *name, *value;
    } facts[] = {
        {"State", order->state},
        {"Account", *order->account_id ? order->account_id : "guest"},
        {"Session", order->checkout_session_id},
        {"Payment", order->payment_intent_id},
        {"Payment link", order->payment_link_id},
        {"Reference", order->voucher},
    };
    text_add(out, "<table>\n");
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
        if (*facts[i].value)
            html_addf(out, "<tr><th>%s</th><td><code>%s</code></td></tr>\n", facts[i].name,
                      facts[i].value);
    text_add(out, "<tr><th>Goods</th><td>");
    page_money(out, order->subtotal, order->currency);
    text_add(out, "</td></tr>\n<tr><th>Paid</th><td>");
    if (*order->paid_currency)
        page_money(out, order->paid_amount, order->paid_currency);
    text_add(out, "</td></tr></table>\n");
    if (*order->paid_currency)
        html_addf(out,
                  "<form method=\"post\" action=\"/orders/%s/refunds\"><input name=\"amount\" "
                  "placeholder=\"all\"> %s <button>Refund</button></form>\n",
                  order->id, order->currency);
}

void page_order(void *context, const struct http_request *request, struct http_reply *reply)
{
    struct shop *shop = context;
    struct order order;
    struct listing list = {.out = &reply->body, .json = request->wants_json};
    bool found = false;
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx)) {
        begin_again(reply, &list);
        found = store_order_find(&tx, request->id, &order);
        if (!found)
            continue;
        if (list.json) {
            list_order_members(json_begin(reply), &order);
        } else {
            page_begin(reply, order.id);
            order_head(list.out, &order);
        }
        order_parts(&tx, order.id, list);
        if (list.json)
            text_add(list.out, "}\n");
        else
            page_end(reply);
    }
    if (tx.result != DB_OK)
        busy(request, reply);
    else if (!found)
        page_say(request, reply, 404, "Order", "There is no such order.");
}

static const struct {
    unsigned status;
    const char *sentence;
} refusals[] = {
    [REFUNDING_UNKNOWN] = {404, "There is no such order."},
    [REFUNDING_UNPAID] = {409, "Nothing was paid that could be refunded."},
    [REFUNDING_TOO_MUCH] = {400, "That is no amount, or more than what is left."},
    [REFUNDING_UNDER_WAY] = {409, "Another refund of this order is still under way."},
    [REFUNDING_DOUBT] = {500, "It may be under way. Look at the order before you try again."},
    [REFUNDING_FAILED] = {503, "Nothing was refunded. Please try again."},
};

void page_refund(void *context, const struct http_request *request, struct http_reply *reply)
{
    struct shop *shop = context;
    struct form form;
    struct refund refund;
    char refund_id[ID_SIZE];
    if (!form_read(&form, request->body, request->body_length)) {
        page_say(request, reply, 400, "Refund", "That is no form.");
        return;
    }
    const char *amount = form_value(&form, "amount");
    enum refunding result =
        refund_order(shop, request->id, amount && *amount ? amount : NULL, refund_id);
    form_free(&form);
    if (result != REFUNDING_SENT) {
        page_say(request, reply, refusals[result].status, "Refund", refusals[result].sentence);
        return;
    }
    if (!request->wants_json) {
        text_addf(&reply->location, "/orders/%s", request->id);
        http_see_other(reply);
        return;
    }
    bool found = false;
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx))
        found = store_refund_find(&tx, refund_id, &refund);
    struct listing list = {.out = json_begin(reply), .json = true};
    if (tx.result != DB_OK)
        busy(request, reply);
    else if (found)
        list_refund(&list, &refund);
}

void page_ledger(void *context, const struct http_request *request, struct http_reply *reply)
{
    struct shop *shop = context;
    struct listing list = {.out = &reply->body, .json = request->wants_json};
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx)) {
        begin_again(reply, &list);
        int64_t stale = store_ledger_stale(&tx, now_ms());
        if (list.json) {
            json_addf(json_begin(reply), "{\"ordersToAskAgain\":%" PRId64 ",\"totals\":[", stale);
        } else {
            page_begin(reply, "Ledger");
            text_add(list.out, "<table>\n");
            text_add(list.out, listing_ledger_head);
        }
        store_ledger(&tx, NULL, list_ledger, &list);
        if (list.json) {
            text_add(list.out, "]}\n");
        } else {
            html_addf(list.out,
                      "</table><p class=\"dim\">gross − refunded − fees = net. %" PRId64
                      " orders have moved since, and are asked for at the next sweep.</p>\n",
                      stale);
            page_end(reply);
        }
    }
    if (tx.result != DB_OK)
        busy(request, reply);
}

void page_reviews(void *context, const struct http_request *request, struct http_reply *reply)
{
    struct shop *shop = context;
    struct listing list = {.out = &reply->body, .json = request->wants_json};
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx)) {
        begin_again(reply, &list);
        if (list.json) {
            text_add(json_begin(reply), "{\"reviews\":[");
        } else {
            page_begin(reply, "Needs a person");
            text_add(list.out, "<table>\n");
        }
        store_reviews(&tx, list_review, &list);
        text_add(list.out, list.json ? "]}\n" : "</table>\n");
        if (!list.json)
            page_end(reply);
    }
    if (tx.result != DB_OK)
        busy(request, reply);
}
