/* What a test can look at: the oracle's numbers, deliveries, events, endpoints, the manual. */
#include "clock.h"
#include "control.h"
#include "deliveries.h"
#include "endpoints.h"
#include "graph.h"
#include "json.h"
#include "request.h"
#include "self_check.h"
#include "server.h"
#include "state.h"

/* For oracles: what must add up, whatever a client went through. */
void control_show_state(struct control *control)
{
    int64_t paid = 0, open = 0, refunded = 0, by_status[REFUND_STATUSES] = {0};
    int64_t amount = 0, fee = 0, succeeded = 0;
    for (size_t i = 0; i < state.all_sessions.count; i++) {
        const struct session *session = state.all_sessions.items[i];
        paid += session->payment == PAYMENT_PAID;
        open += session->status == SESSION_OPEN;
    }
    for (size_t i = 0; i < state.all_refunds.count; i++) {
        const struct refund *refund = state.all_refunds.items[i];
        by_status[refund->status]++;
        refunded += refund->status == REFUND_SUCCEEDED ? refund->amount : 0;
    }
    for (size_t i = 0; i < state.all_charges.count; i++)
        succeeded += ((struct charge *)state.all_charges.items[i])->outcome == CHARGE_SUCCEEDED;
    for (size_t i = 0; i < state.ledger.count; i++) {
        amount += ((struct ledger_row *)state.ledger.items[i])->amount;
        fee += fee_total(((struct ledger_row *)state.ledger.items[i])->fee);
    }
    const struct {
        const char *name;
        int64_t value;
    } counts[] = {
        {"sessions", (int64_t)state.all_sessions.count},
        {"openSessions", open},
        {"paidSessions", paid},
        {"charges", (int64_t)state.all_charges.count},
        {"succeededCharges", succeeded},
        {"refunds", (int64_t)state.all_refunds.count},
        {"customers", (int64_t)state.all_customers.count},
        {"events", (int64_t)events_all()->count},
        {"connections", (int64_t)server_connections()},
        {"checkedAnswers", (int64_t)self_check_answers()},
        {"contractViolations", (int64_t)self_check_violations()},
    };
    cJSON *shown = cJSON_CreateObject();
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        json_add_int(shown, counts[i].name, counts[i].value);
    cJSON *statuses = json_add_object(shown, "refundsByStatus");
    for (int i = 0; i < REFUND_STATUSES; i++)
        json_add_int(statuses, refund_status_names[i], by_status[i]);
    cJSON *currencies_refunded = json_add_object(shown, "refunded");
    json_add_int(currencies_refunded, currency_processing()->code, refunded);
    cJSON *ledger = json_add_object(shown, "ledger");
    json_add_int(ledger, "rows", (int64_t)state.ledger.count);
    json_add_int(ledger, "amount", amount);
    json_add_int(ledger, "fee", fee);
    json_add_int(ledger, "net", amount - fee);
    cJSON_AddItemToObject(shown, "operations", api_tally());
    json_add_time(shown, "now", clock_now());
    control_done(control, shown);
}

void control_show_help(struct control *control)
{
    struct text help = {0};
    for (const char *const *part = control_help; *part; part++)
        text_add(&help, *part);
    answer_text(control->answer, 200, "text/plain; charset=utf-8", text_take(&help));
}

void control_list_deliveries(struct control *control)
{
    control_done(control, deliveries_list());
}

void control_list_events(struct control *control)
{
    const struct list *events = events_all();
    cJSON *shown = cJSON_CreateObject();
    cJSON *list = json_add_list(shown, "events");
    for (size_t i = 0; i < events->count; i++)
        cJSON_AddItemToArray(list, cJSON_CreateRaw(((struct event *)events->items[i])->body));
    control_done(control, shown);
}

void control_show_contract(struct control *control)
{
    control_done(control, self_check_show());
}

void control_list_endpoints(struct control *control)
{
    const struct list *endpoints = endpoints_all();
    cJSON *shown = cJSON_CreateObject();
    cJSON *list = json_add_list(shown, "webhooks");
    for (size_t i = 0; i < endpoints->count; i++)
        if (!((struct endpoint *)endpoints->items[i])->removed)
            cJSON_AddItemToArray(list, show_endpoint(endpoints->items[i], true));
    control_done(control, shown);
}
