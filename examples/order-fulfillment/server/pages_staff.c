/* The staff's pages: orders, refunds, the ledger, and what needs a person. Also as JSON. */
#include "form.h"
#include "page.h"
#include "pages.h"
#include "refund.h"
#include "shop.h"
#include "store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ORDERS_SHOWN = 200 };

/* A list that is being written, in one of two forms. */
struct listing {
    struct text *out;
    bool json;
    size_t count;
};

static const char *or_null(const char *text)
{
    return *text ? text : NULL;
}

static void busy(const struct http_request *request, struct http_reply *reply)
{
    text_free(&reply->body);
    page_say(request, reply, 503, "One moment", "The database is busy. Please try again.");
}

static void add_comma(struct listing *list)
{
    if (list->count++ && list->json)
        text_add(list->out, ",");
}

static void add_time(struct text *out, int64_t milliseconds)
{
    char written[32] = "";
    time_t seconds = (time_t)(milliseconds / 1000);
    struct tm parts;
    if (gmtime_r(&seconds, &parts))
        strftime(written, sizeof written, "%Y-%m-%d %H:%M:%S", &parts);
    html_addf(out, "%s", written);
}

static void order_json(struct text *out, const struct order *order)
{
    json_addf(out,
              "{\"id\":%s,\"state\":%s,\"account\":%s,\"currency\":%s,\"subtotal\":%" PRId64
              ",\"checkoutSessionId\":%s,\"paymentIntentId\":%s,\"paymentLinkId\":%s"
              ",\"attempt\":%" PRId64 ",\"paidAmount\":%" PRId64
              ",\"paidCurrency\":%s,\"refunded\":%" PRId64 ",\"voucher\":%s",
              order->id, order->state, or_null(order->account_id), order->currency, order->subtotal,
              or_null(order->checkout_session_id), or_null(order->payment_intent_id),
              or_null(order->payment_link_id), order->attempt, order->paid_amount,
              or_null(order->paid_currency), order->refunded, or_null(order->voucher));
}

static void list_order(void *context, const struct order *order)
{
    struct listing *list = context;
    add_comma(list);
    if (list->json) {
        order_json(list->out, order);
        text_add(list->out, "}");
        return;
    }
    text_add(list->out, "<tr><td>");
    add_time(list->out, order->created_at);
    html_addf(list->out, "</td><td><a href=\"/orders/%s\"><code>%s</code></a></td><td>%s</td>",
              order->id, order->id, order->state);
    text_add(list->out, "<td class=\"n\">");
    page_money(list->out, order->subtotal, order->currency);
    text_add(list->out, "</td><td class=\"n\">");
    if (order->refunded)
        page_money(list->out, order->refunded, order->paid_currency);
    text_add(list->out, "</td></tr>\n");
}

void page_orders(void *context, const struct http_request *request, struct http_reply *reply)
{
    struct shop *shop = context;
    struct listing list = {.out = &reply->body, .json = request->wants_json};
    if (list.json) {
        text_add(json_begin(reply), "{\"orders\":[");
    } else {
        page_begin(reply, "Orders");
        text_add(list.out, "<p><a href=\"/ledger\">Ledger</a> · <a href=\"/reviews\">Needs a "
                           "person</a></p><table><tr><th>Placed (UTC)</th><th>Order</th>"
                           "<th>State</th><th class=\"n\">Goods</th><th class=\"n\">Refunded</th>"
                           "</tr>\n");
    }
    struct tx *tx = tx_begin(shop->db);
    store_orders(tx, ORDERS_SHOWN, list_order, &list);
    text_add(list.out, list.json ? "]}\n" : "</table>\n");
    if (!list.json)
        page_end(reply);
    if (tx_commit(tx) != DB_OK)
        busy(request, reply);
}

static void list_refund(void *context, const struct refund *refund)
{
    struct listing *list = context;
    add_comma(list);
    if (list->json) {
        json_addf(list->out,
                  "{\"id\":%s,\"refundId\":%s,\"amount\":%" PRId64
                  ",\"currency\":%s,\"state\":%s,\"fromDashboard\":",
                  refund->id, or_null(refund->refund_id), refund->amount, refund->currency,
                  refund->state);
        text_add(list->out, *refund->idempotency_key ? "false" : "true");
        json_addf(list->out, ",\"note\":%s}", or_null(refund->note));
        return;
    }
    html_addf(list->out, "<tr><td><code>%s</code></td><td>%s</td><td>%s</td><td class=\"n\">",
              *refund->refund_id ? refund->refund_id : refund->id, refund->state,
              *refund->idempotency_key ? refund->note : "made in XPay's dashboard");
    page_money(list->out, refund->amount, refund->currency);
    text_add(list->out, "</td></tr>\n");
}

static void list_event(void *context, const char *id, const char *type, const char *note,
                       int64_t received_at)
{
    struct listing *list = context;
    add_comma(list);
    if (list->json) {
        json_addf(list->out, "{\"id\":%s,\"type\":%s,\"note\":%s}", id, type, note);
        return;
    }
    text_add(list->out, "<tr><td>");
    add_time(list->out, received_at);
    html_addf(list->out, "</td><td>%s</td><td>%s</td><td><code>%s</code></td></tr>\n", type, note,
              id);
}

static void list_ledger(void *context, const struct ledger_row *row)
{
    struct listing *list = context;
    add_comma(list);
    if (list->json) {
        json_addf(list->out,
                  "{\"currency\":%s,\"gross\":%" PRId64 ",\"fees\":%" PRId64
                  ",\"refunded\":%" PRId64 ",\"net\":%" PRId64 ",\"refundsPending\":%" PRId64
                  ",\"orders\":%" PRId64 ",\"addsUp\":",
                  row->currency, row->gross, row->fees, row->refunded, row->net,
                  row->refunds_pending, row->orders);
        text_add(list->out, row->adds_up ? "true}" : "false}");
        return;
    }
    const int64_t amounts[] = {row->gross, row->refunded, row->fees, row->net,
                               row->refunds_pending};
    html_addf(list->out, "<tr><td>%s%s</td>", row->currency,
              row->adds_up ? "" : " (does not add up: ask XPay)");
    for (size_t i = 0; i < sizeof amounts / sizeof amounts[0]; i++) {
        text_add(list->out, "<td class=\"n\">");
        page_money(list->out, amounts[i], row->currency);
        text_add(list->out, "</td>");
    }
    text_add(list->out, "</tr>\n");
}

static const char ledger_heads[] =
    "<tr><th></th><th class=\"n\">Gross</th><th class=\"n\">Refunded</th><th class=\"n\">Fees</th>"
    "<th class=\"n\">Net</th><th class=\"n\">Refunds under way</th></tr>\n";

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
        text_add(list.out, ledger_heads);
    store_ledger(tx, id, list_ledger, &list);
    text_add(list.out, list.json ? "],\"lines\":[" : "</table><h2>Goods</h2><table>\n");
    store_order_lines(tx, id, &lines);
    for (size_t i = 0; i < lines.count; i++) {
        const struct order_line *line = &lines.lines[i];
        if (list.json) {
            text_add(list.out, i ? "," : "");
            json_addf(list.out, "{\"name\":%s,\"quantity\":%" PRId64 ",\"unitAmount\":%" PRId64 "}",
                      line->name, line->quantity, line->unit_amount);
        } else {
            html_addf(list.out, "<tr><td>%s</td><td class=\"n\">%" PRId64 "</td></tr>\n",
                      line->name, line->quantity);
        }
    }
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
    struct tx *tx = tx_begin(shop->db);
    if (!store_order_find(tx, request->id, &order)) {
        bool failed = tx_commit(tx) != DB_OK;
        if (failed)
            busy(request, reply);
        else
            page_say(request, reply, 404, "Order", "There is no such order.");
        return;
    }
    if (list.json) {
        order_json(json_begin(reply), &order);
    } else {
        page_begin(reply, order.id);
        order_head(list.out, &order);
    }
    order_parts(tx, order.id, list);
    if (list.json)
        text_add(list.out, "}\n");
    else
        page_end(reply);
    if (tx_commit(tx) != DB_OK)
        busy(request, reply);
}

static const struct {
    unsigned status;
    const char *sentence;
} refusals[] = {
    [REFUNDING_UNKNOWN] = {404, "There is no such order."},
    [REFUNDING_UNPAID] = {409, "Nothing was paid that could be refunded."},
    [REFUNDING_TOO_MUCH] = {400, "That is no amount, or more than what is left."},
    [REFUNDING_UNDER_WAY] = {409, "Another refund of this order is still under way."},
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
    struct listing list = {.out = json_begin(reply), .json = true};
    struct tx *tx = tx_begin(shop->db);
    if (store_refund_find(tx, refund_id, &refund))
        list_refund(&list, &refund);
    if (tx_commit(tx) != DB_OK)
        busy(request, reply);
}

void page_ledger(void *context, const struct http_request *request, struct http_reply *reply)
{
    struct shop *shop = context;
    struct listing list = {.out = &reply->body, .json = request->wants_json};
    struct tx *tx = tx_begin(shop->db);
    int64_t stale = store_ledger_stale(tx, now_ms());
    if (list.json) {
        json_addf(json_begin(reply), "{\"ordersToAskAgain\":%" PRId64 ",\"totals\":[", stale);
    } else {
        page_begin(reply, "Ledger");
        text_add(list.out, "<table>\n");
        text_add(list.out, ledger_heads);
    }
    store_ledger(tx, NULL, list_ledger, &list);
    if (list.json) {
        text_add(list.out, "]}\n");
    } else {
        html_addf(list.out,
                  "</table><p class=\"dim\">gross − refunded − fees = net. %" PRId64
                  " orders have moved since, and are asked for at the next sweep.</p>\n",
                  stale);
        page_end(reply);
    }
    if (tx_commit(tx) != DB_OK)
        busy(request, reply);
}

static void list_review(void *context, const char *order_id, const char *session_id,
                        const char *reason, int64_t created_at)
{
    struct listing *list = context;
    add_comma(list);
    if (list->json) {
        json_addf(list->out, "{\"order\":%s,\"session\":%s,\"reason\":%s}", order_id, session_id,
                  reason);
        return;
    }
    text_add(list->out, "<tr><td>");
    add_time(list->out, created_at);
    html_addf(list->out,
              "</td><td>%s</td><td><a href=\"/orders/%s\"><code>%s</code></a></td>"
              "<td><code>%s</code></td></tr>\n",
              reason, order_id, order_id, session_id);
}

void page_reviews(void *context, const struct http_request *request, struct http_reply *reply)
{
    struct shop *shop = context;
    struct listing list = {.out = &reply->body, .json = request->wants_json};
    if (list.json) {
        text_add(json_begin(reply), "{\"reviews\":[");
    } else {
        page_begin(reply, "Needs a person");
        text_add(list.out, "<table>\n");
    }
    struct tx *tx = tx_begin(shop->db);
    store_reviews(tx, list_review, &list);
    text_add(list.out, list.json ? "]}\n" : "</table>\n");
    if (!list.json)
        page_end(reply);
    if (tx_commit(tx) != DB_OK)
        busy(request, reply);
}
