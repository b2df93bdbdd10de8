/* Webhook endpoints: who is told of which events. With the state locked. */
#ifndef SANDBOX_ENDPOINTS_H
#define SANDBOX_ENDPOINTS_H

#include "answer.h"
#include "events.h"

struct endpoint {
    char id[ID_SIZE];
    enum world world;
    char *url;
    char *secret;
    char *description; /* or NULL */
    cJSON *events;     /* types; ["*"]: all */
    cJSON *metadata;   /* an object */
    bool disabled;
    bool removed; /* kept for the deliveries that were made to it */
    int sending;
    int64_t created, updated;
};

/* From bodies that fit the contract. NULL or false with a refusal in ANSWER. */
struct endpoint *endpoint_create(const cJSON *body, enum world world, struct answer *answer);
bool endpoint_update(struct endpoint *endpoint, const cJSON *body, struct answer *answer);
void endpoint_remove(struct endpoint *endpoint);

/* For tests: any URL, with a chosen secret (NULL: one is made). EVENTS NULL or empty: all. */
struct endpoint *endpoint_add(const char *url, const char *secret, const cJSON *events,
                              enum world world);

/* All that ever were, oldest first (struct endpoint *). */
const struct list *endpoints_all(void);
struct endpoint *endpoint_find(const char *id, enum world world);
bool endpoint_wants(const struct endpoint *endpoint, const struct event *event);
/* Nothing is sent to it (any more). */
bool endpoint_is_off(const struct endpoint *endpoint);
void endpoints_free(void);

/* How many an account may have in a mode; a test may lower it. */
extern int64_t endpoint_cap;
enum { ENDPOINT_CAP = 16 };

/* The secret is shown once, in the answer that creates the endpoint. */
cJSON *show_endpoint(const struct endpoint *endpoint, bool with_secret);

#endif
