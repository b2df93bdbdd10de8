/* What a test does to the sandbox that no customer and no merchant can. */
#include "clock.h"
#include "control.h"
#include "deliveries.h"
#include "endpoints.h"
#include "faults.h"
#include "graph.h"
#include "json.h"
#include "links.h"
#include "refunds.h"
#include "schema.h"
#include "sessions.h"
#include "state.h"
#include "text.h"

#include <stdlib.h>

void control_add_endpoint(struct control *control)
{
    const char *url = json_text_at(control->body, "url");
    const cJSON *events = json_member(control->body, "enabledEvents");
    for (const cJSON *event = events ? events->child : NULL; event; event = event->next)
        if (!cJSON_IsString(event)) {
            control_fail(control, 400, "enabledEvents is a list of event types");
            return;
        }
    if (!url || (events && !cJSON_IsArray(events))) {
        control_fail(control, 400, "url is needed; enabledEvents is a list");
        return;
    }
    enum world world = json_flag_at(control->body, "livemode") ? WORLD_LIVE : WORLD_TEST;
    control_done(control, show_endpoint(endpoint_add(url, json_text_at(control->body, "secret"),
                                                     events, world),
                                        true));
}

void control_remove_endpoint(struct control *control)
{
    struct endpoint *endpoint = NULL;
    for (int world = 0; world < WORLDS && !endpoint; world++)
        endpoint = endpoint_find(control->id, (enum world)world);
    if (!endpoint) {
        control_fail(control, 404, "no such endpoint");
        return;
    }
    endpoint_remove(endpoint);
    control_done(control, NULL);
}

void control_issue_refund(struct control *control)
{
    const char *name = json_text_at(control->body, "status");
    enum refund_status status = name ? refund_status_named(name) : REFUND_SUCCEEDED;
    bool live = json_flag_at(control->body, "livemode");
    if (status == REFUND_STATUSES) {
        control_fail(control, 400, "unknown status");
        return;
    }
    cJSON *body = cJSON_Duplicate(control->body, true);
    cJSON_DeleteItemFromObjectCaseSensitive(body, "status");
    cJSON_DeleteItemFromObjectCaseSensitive(body, "livemode");
    struct violation violation = {0};
    if (!schema_accepts(schema_named("CreateRefund"), body, SCHEMA_REQUEST, &violation)) {
        control_fail(control, 400, violation.what);
    } else {
        const struct refund *refund =
            refund_create(body, live ? WORLD_LIVE : WORLD_TEST, status, control->answer);
        if (refund)
            control_done(control, show_refund(refund));
    }
    text_free(&violation.path);
    cJSON_Delete(body);
}

void control_settle_refund(struct control *control)
{
    struct refund *refund = index_find(&state.refunds, control->id);
    enum refund_status status = refund_status_named(json_text_at(control->body, "status"));
    if (!refund)
        control_fail(control, 404, "no such refund");
    else if (status == REFUND_STATUSES)
        control_fail(control, 400, "unknown status");
    else if (!refund_settle(refund, status))
        control_fail(control, 409, "the refund cannot go there from where it is");
    else
        control_done(control, show_refund(refund));
}

void control_plan_refund(struct control *control)
{
    enum refund_status status = refund_status_named(json_text_at(control->body, "status"));
    if (status == REFUND_STATUSES) {
        control_fail(control, 400, "unknown status");
        return;
    }
    state.next_refund = status;
    state.next_refund_set = true;
    control_done(control, NULL);
}

void control_expire_session(struct control *control)
{
    struct session *session = index_find(&state.sessions, control->id);
    if (!session) {
        control_fail(control, 404, "no such session");
    } else if (session->status != SESSION_OPEN) {
        control_fail(control, 409, "the session is not open");
    } else {
        session_expire(session);
        control_done(control, show_session(session));
    }
}

void control_advance_clock(struct control *control)
{
    int64_t most = 366 * MILLISECONDS_PER_DAY;
    int64_t by = json_int_at(control->body, "advanceMs", INT64_MIN);
    if (by < -most || by > most) {
        control_fail(control, 400, "advanceMs is at most a year, forward or (negative) back");
        return;
    }
    clock_advance(by);
    sessions_expire_due();
    deliveries_wake();
    cJSON *shown = cJSON_CreateObject();
    json_add_time(shown, "now", clock_now());
    json_add_int(shown, "advancedMs", clock_advanced());
    control_done(control, shown);
}

/* price may be said for priceId, as on a session's line. */
void control_add_link(struct control *control)
{
    cJSON *body = cJSON_Duplicate(control->body, true);
    if (!json_member(body, "afterCompletion"))
        json_put(body, "afterCompletion", cJSON_Parse("{\"type\":\"hosted_confirmation\"}"));
    const cJSON *lines = json_list_at(body, "lineItems");
    for (cJSON *line = lines ? lines->child : NULL; line; line = line->next)
        if (json_member(line, "price"))
            cJSON_AddItemToObject(line, "priceId",
                                  cJSON_DetachItemFromObjectCaseSensitive(line, "price"));
    struct violation violation = {0};
    const struct link *link = NULL;
    if (!schema_accepts(schema_named("CreatePaymentLink"), body, SCHEMA_REQUEST, &violation)) {
        char *why = must_format("%s %s", violation.path.bytes ? violation.path.bytes : "the body",
                                violation.what);
        control_fail(control, 400, why);
        free(why);
    } else if ((link = link_create(body, WORLD_TEST, control->answer))) {
        cJSON *shown = cJSON_CreateObject();
        json_add_text(shown, "id", link->id);
        char *url = must_format("%s/p/%s", settings.origin, link->id);
        json_add_text(shown, "url", url);
        free(url);
        control_done(control, shown);
    }
    text_free(&violation.path);
    cJSON_Delete(body);
}

void control_set_disorder(struct control *control)
{
    const cJSON *dropped = json_list_at(control->body, "drop");
    for (const cJSON *type = dropped ? dropped->child : NULL; type; type = type->next)
        if (!cJSON_IsString(type)) {
            control_fail(control, 400, "drop is a list of event types");
            return;
        }
    int64_t duplicates = json_int_at(control->body, "duplicates", 0);
    if (duplicates < 0 || duplicates > 100) {
        control_fail(control, 400, "duplicates is 0 to 100");
        return;
    }
    deliveries_disorder((struct disorder){
        .duplicates = (int)duplicates,
        .reorder = json_flag_at(control->body, "reorder"),
        .hold = json_flag_at(control->body, "hold"),
        .dropped = dropped ? cJSON_Duplicate(dropped, true) : NULL,
    });
    control_done(control, NULL);
}

void control_release_deliveries(struct control *control)
{
    cJSON *shown = cJSON_CreateObject();
    json_add_int(shown, "released", deliveries_release());
    control_done(control, shown);
}

void control_resend_event(struct control *control)
{
    const struct event *event = event_find(control->id);
    if (!event) {
        control_fail(control, 404, "no such event");
        return;
    }
    deliveries_add(event);
    control_done(control, NULL);
}

void control_add_fault(struct control *control)
{
    const char *why;
    if (faults_add(control->body, &why))
        control_done(control, NULL);
    else
        control_fail(control, 400, why);
}

void control_clear_faults(struct control *control)
{
    faults_clear();
    control_done(control, NULL);
}
