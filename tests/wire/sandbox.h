/* A sandbox process of one's own: where requests end, and the oracle that says what they did. */
#ifndef WIRE_SANDBOX_H
#define WIRE_SANDBOX_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct sandbox {
    pid_t process;
    uint16_t port;
    int control;     /* a connection that is kept for questions */
    char intent[64]; /* a paid payment intent, or "" */
    char charge[64]; /* of that intent */
    int refunds;     /* how many were asked of it */
};

/* From the main thread: the process ends with the thread that started it. */
void sandbox_start(struct sandbox *sandbox);
void sandbox_stop(struct sandbox *sandbox);

/* How often an operation was asked for and how often it took effect, since the start. */
long sandbox_requests(struct sandbox *sandbox, const char *operation);
long sandbox_effects(struct sandbox *sandbox, const char *operation);

/* One of the sums of GET /_sandbox/state, such as "connections". */
long sandbox_count(struct sandbox *sandbox, const char *name);

/* POST to /_sandbox/<path>. */
void sandbox_post(struct sandbox *sandbox, const char *path, const char *json);

/* A paid intent of which one piastre may be refunded now; a new one from time to time. */
const char *sandbox_paid_intent(struct sandbox *sandbox);

/* A paid intent that nothing was asked of; `sandbox->charge` is its charge. */
const char *sandbox_new_intent(struct sandbox *sandbox);

#endif
