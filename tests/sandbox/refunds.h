/* Refunds: asked for over the API or from the dashboard (control interface), settled at once or
 * later. */
#ifndef SANDBOX_REFUNDS_H
#define SANDBOX_REFUNDS_H

#include "answer.h"
#include "state.h"

/* From a body shaped like CreateRefund. OUTCOME is the status that the processor comes back
 * with. NULL with a refusal in ANSWER. */
struct refund *refund_create(const cJSON *body, enum world world, enum refund_status outcome,
                             struct answer *answer);

/* Moves a refund on; false if it cannot go there. */
bool refund_settle(struct refund *refund, enum refund_status status);

/* REFUND_STATUSES if the name is not one. */
enum refund_status refund_status_named(const char *name);

#endif
