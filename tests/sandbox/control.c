/* The control interface: one row per route; a member that a row does not name is refused. */
#include "control.h"
#include "json.h"
#include "request.h"
#include "sessions.h"
#include "state.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

void control_fail(struct control *control, int status, const char *why)
{
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "error", why);
    answer_json(control->answer, status, shown);
}

void control_done(struct control *control, cJSON *shown)
{
    answer_json(control->answer, 200, shown ? shown : cJSON_CreateObject());
}

static const struct route {
    const char *method;
    const char *path;    /* * stands for an id */
    const char *members; /* of the body, separated by blanks */
    void (*act)(struct control *control);
} routes[] = {
    {"GET", "/_sandbox", NULL, control_show_help},
    {"GET", "/_sandbox/state", NULL, control_show_state},
    {"GET", "/_sandbox/webhooks", NULL, control_list_endpoints},
    {"POST", "/_sandbox/webhooks", "url secret enabledEvents livemode", control_add_endpoint},
    {"DELETE", "/_sandbox/webhooks/*", NULL, control_remove_endpoint},
    {"POST", "/_sandbox/webhook-cap", "most", control_set_endpoint_cap},
    {"POST", "/_sandbox/customers", "count livemode", control_add_customers},
    {"POST", "/_sandbox/account", "merchantId livePaymentsEnabled", control_set_account},
    {"POST", "/_sandbox/idempotency", "everywhere", control_set_idempotency},
    {"GET", "/_sandbox/contract", NULL, control_show_contract},
    {"POST", "/_sandbox/refunds",
     "chargeId paymentIntentId amount reason description status livemode", control_issue_refund},
    {"POST", "/_sandbox/refunds/*", "status", control_settle_refund},
    {"POST", "/_sandbox/next-refund", "status", control_plan_refund},
    {"POST", "/_sandbox/sessions/*/expire", "", control_expire_session},
    {"POST", "/_sandbox/clock", "advanceMs", control_advance_clock},
    {"POST", "/_sandbox/payment-links", "lineItems metadata afterCompletion", control_add_link},
    {"POST", "/_sandbox/deliveries", "duplicates reorder hold drop", control_set_disorder},
    {"POST", "/_sandbox/deliveries/release", "", control_release_deliveries},
    {"GET", "/_sandbox/deliveries", NULL, control_list_deliveries},
    {"GET", "/_sandbox/events", NULL, control_list_events},
    {"POST", "/_sandbox/events/*/resend", "", control_resend_event},
    {"POST", "/_sandbox/faults", "operation times kind status retryAfter delayMs code after stored",
     control_add_fault},
    {"DELETE", "/_sandbox/faults", NULL, control_clear_faults},
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
    for (size_t length; *members; members += length + (members[length] == ' ')) {
        length = strcspn(members, " ");
        if (strlen(name) == length && strncmp(members, name, length) == 0)
            return true;
    }
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
        control_fail(control, 400, why ? why : "the body must be a JSON object");
        return false;
    }
    for (const cJSON *member = (*out)->child; member; member = member->next)
        if (!is_member(route->members, member->string)) {
            char *message = must_format("unknown member %s", member->string);
            control_fail(control, 400, message);
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
    control_fail(&control, 404, "no such control; GET /_sandbox explains them");
}
