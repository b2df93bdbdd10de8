/* Inside the control interface: one call, and the functions that the routes lead to. */
#ifndef SANDBOX_CONTROL_H
#define SANDBOX_CONTROL_H

#include "answer.h"

/* One call, with the state locked. */
struct control {
    const char *id;    /* of the path, or NULL */
    const cJSON *body; /* an object; NULL for GET and DELETE */
    struct answer *answer;
};

void control_fail(struct control *control, int status, const char *why);
/* Takes SHOWN; NULL: {}. */
void control_done(struct control *control, cJSON *shown);

void control_add_endpoint(struct control *control);
void control_remove_endpoint(struct control *control);
void control_issue_refund(struct control *control);
void control_settle_refund(struct control *control);
void control_plan_refund(struct control *control);
void control_expire_session(struct control *control);
void control_advance_clock(struct control *control);
void control_add_link(struct control *control);
void control_set_disorder(struct control *control);
void control_release_deliveries(struct control *control);
void control_resend_event(struct control *control);
void control_add_fault(struct control *control);
void control_clear_faults(struct control *control);
void control_show_state(struct control *control);
void control_show_help(struct control *control);
void control_list_deliveries(struct control *control);
void control_list_events(struct control *control);
void control_list_endpoints(struct control *control);
void control_show_contract(struct control *control);
void control_add_customers(struct control *control);
void control_set_account(struct control *control);
void control_set_idempotency(struct control *control);
void control_set_endpoint_cap(struct control *control);

#endif
