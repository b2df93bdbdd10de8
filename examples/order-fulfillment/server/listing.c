/* The rows of each kind. */
#include "listing.h"
#include "page.h"

#include <inttypes.h>
#include <time.h>

static const char *or_null(const char *text)
{
    return *text ? text : NULL;
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

void list_order_members(struct text *out, const struct order *order)
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

void list_order(void *context, const struct order *order)
{
    struct listing *list = context;
    add_comma(list);
    if (list->json) {
        list_order_members(list->out, order);
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

void list_refund(void *context, const struct refund *refund)
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

void list_event(void *context, const char *id, const char *type, const char *note,
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

void list_line(struct listing *list, const struct order_line *line)
{
    add_comma(list);
    if (list->json)
        json_addf(list->out, "{\"name\":%s,\"quantity\":%" PRId64 ",\"unitAmount\":%" PRId64 "}",
                  line->name, line->quantity, line->unit_amount);
    else
        html_addf(list->out, "<tr><td>%s</td><td class=\"n\">%" PRId64 "</td></tr>\n", line->name,
                  line->quantity);
}

void list_review(void *context, const char *order_id, const char *session_id, const char *reason,
                 int64_t created_at)
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

const char listing_ledger_head[] =
    "<tr><th></th><th class=\"n\">Gross</th><th class=\"n\">Refunded</th><th class=\"n\">Fees</th>"
    "<th class=\"n\">Net</th><th class=\"n\">Refunds under way</th></tr>\n";

void list_ledger(void *context, const struct ledger_row *row)
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
