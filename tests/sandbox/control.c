/* The control interface: what a test does to the sandbox that no customer and no merchant can.
 * One row per route; a member that a row does not name is refused. */
#include "clock.h"
#include "deliveries.h"
#include "graph.h"
#include "json.h"
#include "refunds.h"
#include "request.h"
#include "self_check.h"
#include "server.h"
#include "sessions.h"
#include "state.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

/* One call, with the state locked. */
struct control {
    const char *id;    /* of the path, or NULL */
    const cJSON *body; /* an object; NULL for GET and DELETE */
    struct answer *answer;
};

static void fail(struct control *control, int status, const char *why)
{
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "error", why);
    answer_json(control->answer, status, shown);
}

static void done(struct control *control, cJSON *shown)
{
    answer_json(control->answer, 200, shown ? shown : cJSON_CreateObject());
}

static void add_endpoint(struct control *control)
{
    const char *url = json_text_at(control->body, "url");
    const cJSON *events = json_member(control->body, "enabledEvents");
    for (const cJSON *event = events ? events->child : NULL; event; event = event->next)
        if (!cJSON_IsString(event)) {
            fail(control, 400, "enabledEvents is a list of event types");
            return;
        }
    if (!url || (events && !cJSON_IsArray(events))) {
        fail(control, 400, "url is needed; enabledEvents is a list");
        return;
    }
    done(control, endpoint_add(url, json_text_at(control->body, "secret"), events,
                               json_flag_at(control->body, "livemode") ? WORLD_LIVE : WORLD_TEST));
}

static void remove_endpoint(struct control *control)
{
    if (endpoint_remove(control->id))
        done(control, NULL);
    else
        fail(control, 404, "no such endpoint");
}

static void issue_refund(struct control *control)
{
    const char *name = json_text_at(control->body, "status");
    enum refund_status status = name ? refund_status_named(name) : REFUND_SUCCEEDED;
    bool live = json_flag_at(control->body, "livemode");
    if (status == REFUND_STATUSES) {
        fail(control, 400, "unknown status");
        return;
    }
    cJSON *body = cJSON_Duplicate(control->body, true);
    cJSON_DeleteItemFromObjectCaseSensitive(body, "status");
    cJSON_DeleteItemFromObjectCaseSensitive(body, "livemode");
    struct violation violation = {0};
    if (!schema_accepts(schema_named("CreateRefund"), body, SCHEMA_REQUEST, &violation)) {
        fail(control, 400, violation.what);
    } else {
        const struct refund *refund =
            refund_create(body, live ? WORLD_LIVE : WORLD_TEST, status, control->answer);
        if (refund)
            done(control, show_refund(refund));
    }
    text_free(&violation.path);
    cJSON_Delete(body);
}

static void settle_refund(struct control *control)
{
    struct refund *refund = index_find(&state.refunds, control->id);
    enum refund_status status = refund_status_named(json_text_at(control->body, "status"));
    if (!refund)
        fail(control, 404, "no such refund");
    else if (status == REFUND_STATUSES)
        fail(control, 400, "unknown status");
    else if (!refund_settle(refund, status))
        fail(control, 409, "the refund cannot go there from where it is");
    else
        done(control, show_refund(refund));
}

static void plan_refund(struct control *control)
{
    enum refund_status status = refund_status_named(json_text_at(control->body, "status"));
    if (status == REFUND_STATUSES) {
        fail(control, 400, "unknown status");
        return;
    }
    state.next_refund = status;
    state.next_refund_set = true;
    done(control, NULL);
}

static void expire_session(struct control *control)
{
    struct session *session = index_find(&state.sessions, control->id);
    if (!session) {
        fail(control, 404, "no such session");
    } else if (session->status != SESSION_OPEN) {
        fail(control, 409, "the session is not open");
    } else {
        session_expire(session);
        done(control, show_session(session));
    }
}

static void advance_clock(struct control *control)
{
    int64_t by = json_int_at(control->body, "advanceMs", -1);
    if (by < 0 || by > 366 * MILLISECONDS_PER_DAY) {
        fail(control, 400, "advanceMs is 0 to a year");
        return;
    }
    clock_advance(by);
    sessions_expire_due();
    deliveries_wake();
    cJSON *shown = cJSON_CreateObject();
    json_add_time(shown, "now", clock_now());
    json_add_int(shown, "advancedMs", clock_advanced());
    done(control, shown);
}

static void add_link(struct control *control)
{
    cJSON *body = cJSON_Duplicate(control->body, true);
    if (!json_member(body, "afterCompletion"))
        json_put(body, "afterCompletion", cJSON_Parse("{\"type\":\"hosted_confirmation\"}"));
    struct violation violation = {0};
    bool fits =
        schema_accepts(schema_named("CreateCheckoutSession"), body, SCHEMA_REQUEST, &violation);
    if (!fits) {
        char *why = must_format("%s %s", violation.path.bytes ? violation.path.bytes : "the body",
                                violation.what);
        fail(control, 400, why);
        free(why);
        cJSON_Delete(body);
    } else {
        struct link *link = must_alloc_zero(sizeof *link);
        id_make_plain(link->id, "plink");
        link->input = body;
        index_add(&state.links, link->id, link);
        list_add(&state.all_links, link);
        cJSON *shown = cJSON_CreateObject();
        json_add_text(shown, "id", link->id);
        char *url = must_format("%s/p/%s", settings.origin, link->id);
        json_add_text(shown, "url", url);
        free(url);
        done(control, shown);
    }
    text_free(&violation.path);
}

static void set_disorder(struct control *control)
{
    const cJSON *dropped = json_list_at(control->body, "drop");
    for (const cJSON *type = dropped ? dropped->child : NULL; type; type = type->next)
        if (!cJSON_IsString(type)) {
            fail(control, 400, "drop is a list of event types");
            return;
        }
    int64_t duplicates = json_int_at(control->body, "duplicates", 0);
    if (duplicates < 0 || duplicates > 100) {
        fail(control, 400, "duplicates is 0 to 100");
        return;
    }
    deliveries_disorder((struct disorder){
        .duplicates = (int)duplicates,
        .reorder = json_flag_at(control->body, "reorder"),
        .hold = json_flag_at(control->body, "hold"),
        .dropped = dropped ? cJSON_Duplicate(dropped, true) : NULL,
    });
    done(control, NULL);
}

static void release_deliveries(struct control *control)
{
    cJSON *shown = cJSON_CreateObject();
    json_add_int(shown, "released", deliveries_release());
    done(control, shown);
}

static void list_deliveries(struct control *control)
{
    done(control, deliveries_list());
}

static void list_events(struct control *control)
{
    const struct list *events = events_all();
    cJSON *shown = cJSON_CreateObject();
    cJSON *list = json_add_list(shown, "events");
    for (size_t i = 0; i < events->count; i++)
        cJSON_AddItemToArray(list, cJSON_CreateRaw(((struct event *)events->items[i])->body));
    done(control, shown);
}

static void resend_event(struct control *control)
{
    const struct event *event = event_find(control->id);
    if (!event) {
        fail(control, 404, "no such event");
        return;
    }
    deliveries_add(event);
    done(control, NULL);
}

static void add_fault(struct control *control)
{
    const char *why;
    if (faults_add(control->body, &why))
        done(control, NULL);
    else
        fail(control, 400, why);
}

static void clear_faults(struct control *control)
{
    faults_clear();
    done(control, NULL);
}

/* For oracles: what must add up, whatever a client went through. */
static void show_state(struct control *control)
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
    done(control, shown);
}

static void show_help(struct control *control)
{
    struct text help = {0};
    for (const char *const *part = control_help; *part; part++)
        text_add(&help, *part);
    answer_text(control->answer, 200, "text/plain; charset=utf-8", text_take(&help));
}

static const struct route {
    const char *method;
    const char *path;    /* * stands for an id */
    const char *members; /* of the body, separated by blanks */
    void (*act)(struct control *control);
} routes[] = {
    {"GET", "/_sandbox", NULL, show_help},
    {"GET", "/_sandbox/state", NULL, show_state},
    {"POST", "/_sandbox/webhooks", "url secret enabledEvents livemode", add_endpoint},
    {"DELETE", "/_sandbox/webhooks/*", NULL, remove_endpoint},
    {"POST", "/_sandbox/refunds",
     "chargeId paymentIntentId amount reason description status livemode", issue_refund},
    {"POST", "/_sandbox/refunds/*", "status", settle_refund},
    {"POST", "/_sandbox/next-refund", "status", plan_refund},
    {"POST", "/_sandbox/sessions/*/expire", "", expire_session},
    {"POST", "/_sandbox/clock", "advanceMs", advance_clock},
    {"POST", "/_sandbox/payment-links", "lineItems metadata afterCompletion", add_link},
    {"POST", "/_sandbox/deliveries", "duplicates reorder hold drop", set_disorder},
    {"POST", "/_sandbox/deliveries/release", "", release_deliveries},
    {"GET", "/_sandbox/deliveries", NULL, list_deliveries},
    {"GET", "/_sandbox/events", NULL, list_events},
    {"POST", "/_sandbox/events/*/resend", "", resend_event},
    {"POST", "/_sandbox/faults", "operation times kind status retryAfter delayMs code after stored",
     add_fault},
    {"DELETE", "/_sandbox/faults", NULL, clear_faults},
};

/* The id is copied to *ID (to be freed) if the path fits and has one. */
static bool route_fits(const struct route *route, const struct request *request, char **id)
{
    const char *wanted = route->path, *given = request->path;
    const char *taken = NULL;
    size_t length = 0;
    if (!same_text(route->method, request->method))
        return false;
    while (*wanted && *given) {
        if (*wanted == '*') {
            taken = given;
            length = strcspn(given, "/");
            given += length;
            wanted++;
        } else if (*wanted++ != *given++) {
            return false;
        }
    }
    if (*wanted || *given)
        return false;
    *id = taken ? must_copy_bytes(taken, length) : NULL;
    return true;
}

static bool is_member(const char *members, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = members; (at = strstr(at, name)); at += length)
        if ((at == members || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
            return true;
    return false;
}

/* False, with an answer, for a body that cannot be one of this route. */
static bool read_body(const struct route *route, const struct request *request, cJSON **out,
                      struct control *control)
{
    if (!route->members)
        return true;
    const char *why = NULL;
    *out = request->body.length ? json_read(request->body.bytes, request->body.length, &why)
                                : cJSON_CreateObject();
    if (!cJSON_IsObject(*out)) {
        fail(control, 400, why ? why : "the body must be a JSON object");
        return false;
    }
    for (const cJSON *member = (*out)->child; member; member = member->next)
        if (!is_member(route->members, member->string)) {
            char *message = must_format("unknown member %s", member->string);
            fail(control, 400, message);
            free(message);
            return false;
        }
    return true;
}

void control_answer(struct request *request)
{
    struct control control = {.answer = &request->answer};
    for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++) {
        char *id = NULL;
        cJSON *body = NULL;
        if (!route_fits(&routes[i], request, &id))
            continue;
        if (read_body(&routes[i], request, &body, &control)) {
            control.id = id;
            control.body = body;
            state_lock();
            sessions_expire_due();
            routes[i].act(&control);
            state_unlock();
        }
        free(id);
        cJSON_Delete(body);
        return;
    }
    fail(&control, 404, "no such control; GET /_sandbox explains them");
}
