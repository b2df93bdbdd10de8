/* What a test arranges before it begins: how the account stands, and who is there already. */
#include "control.h"
#include "customers.h"
#include "endpoints.h"
#include "json.h"
#include "state.h"
#include "text.h"

/* True if the member is there and true or false; otherwise the call has failed. */
static bool read_flag(struct control *control, const char *name, bool *out)
{
    const cJSON *member = json_member(control->body, name);
    if (!cJSON_IsBool(member)) {
        control_fail(control, 400, "true or false is needed");
        return false;
    }
    *out = cJSON_IsTrue(member);
    return true;
}

void control_set_account(struct control *control)
{
    const char *id = json_text_at(control->body, "merchantId");
    bool enabled;
    if (!read_flag(control, "livePaymentsEnabled", &enabled))
        return;
    for (int world = WORLD_LIVE; world < WORLDS; world++)
        if (same_text(merchant_of((enum world)world)->id, id ? id : "mer_sandbox")) {
            state.inactive[world] = !enabled;
            control_done(control, NULL);
            return;
        }
    control_fail(control, 404, "no such merchant");
}

void control_set_idempotency(struct control *control)
{
    if (read_flag(control, "everywhere", &settings.keys_everywhere))
        control_done(control, NULL);
}

void control_set_endpoint_cap(struct control *control)
{
    int64_t most = json_int_at(control->body, "most", -1);
    if (most < 0 || most > 1000) {
        control_fail(control, 400, "most is 0 to 1000");
        return;
    }
    endpoint_cap = most;
    control_done(control, NULL);
}

void control_add_customers(struct control *control)
{
    enum { MOST = 100000 };
    enum world world = json_flag_at(control->body, "livemode") ? WORLD_LIVE : WORLD_TEST;
    int64_t count = json_int_at(control->body, "count", -1);
    if (count < 1 || count > MOST) {
        control_fail(control, 400, "count is 1 to 100000");
        return;
    }
    cJSON *shown = cJSON_CreateObject();
    cJSON *ids = json_add_list(shown, "ids");
    for (int64_t i = 0; i < count; i++)
        json_push_text(ids, customer_add_numbered(world)->id);
    control_done(control, shown);
}
