/* Between the queue of deliveries and the thread that sends them. */
#ifndef SANDBOX_DELIVERY_QUEUE_H
#define SANDBOX_DELIVERY_QUEUE_H

#include "deliveries.h"
#include "endpoints.h"

/* Transfers to one endpoint at the same time. */
enum { SENDING_MAX = 8 };

enum delivery_state {
    DELIVERY_WAITING,
    DELIVERY_HELD,
    DELIVERY_SENDING,
    DELIVERY_SUCCEEDED,
    DELIVERY_FAILED,
    DELIVERY_DROPPED,
    DELIVERY_CANCELED, /* its endpoint was removed or disabled */
};

struct delivery {
    long number;
    struct endpoint *endpoint;
    const struct event *event;
    enum delivery_state state;
    int64_t due;     /* sandbox time */
    int64_t started; /* the attempt that is under way */
    struct attempt {
        int64_t at;
        long status; /* 0: no answer */
        char error[96];
    } attempts[ATTEMPTS_MAX];
    int attempt_count;
};

/* Sends every delivery that may be sent now; *WAIT is lowered to the milliseconds until it is
 * worth asking again. With the state locked. */
void deliveries_send_due(int64_t *wait, void (*send)(struct delivery *delivery));
/* What came of it. STATUS 0: no answer, and ERROR says why. With the state locked. */
void delivery_done(struct delivery *delivery, long status, const char *error);

#endif
