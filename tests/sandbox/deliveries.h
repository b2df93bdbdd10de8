/* Webhook deliveries: signatures, retries, and the disorder that a test asks for.
 * Everything but the start and stop is called with the state locked. */
#ifndef SANDBOX_DELIVERIES_H
#define SANDBOX_DELIVERIES_H

#include <stdbool.h>
#include <stdint.h>

#include <cjson/cJSON.h>

#include "events.h"

enum { ATTEMPTS_MAX = 16 };

struct delivery_options {
    int64_t schedule[ATTEMPTS_MAX]; /* milliseconds to wait before each attempt */
    int attempts;
    int64_t timeout; /* per attempt, milliseconds */
};
extern struct delivery_options delivery_options;
/* "0,60000,300000"; false if it is not a list of numbers. */
bool delivery_schedule_read(const char *text);

bool deliveries_start(void);
void deliveries_stop(void);
void deliveries_free(void);
/* Something is due now, or the clock has moved. */
void deliveries_wake(void);

/* Queues the event for every endpoint that wants it. */
void deliveries_add(const struct event *event);

struct disorder {
    int duplicates; /* extra copies of each event */
    bool reorder;   /* let a few gather, then send them last first */
    bool hold;      /* until released */
    cJSON *dropped; /* types that are never sent; or NULL */
};
/* Takes DROPPED over. */
void deliveries_disorder(struct disorder disorder);
/* How many were let go. */
int deliveries_release(void);

cJSON *deliveries_list(void);

#endif
