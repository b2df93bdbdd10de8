/* Events: what the webhooks are told. Each is written down whole when it happens, so a retry or
 * a resend carries the same bytes under the same id. */
#ifndef SANDBOX_EVENTS_H
#define SANDBOX_EVENTS_H

#include "products.h"
#include "state.h"

struct event {
    char id[ID_SIZE];
    const char *type;
    enum world world;
    int64_t created;
    char *body;
    size_t length;
};

void event_session(const char *type, const struct session *session);
void event_intent(const char *type, const struct intent *intent);
void event_charge(const char *type, const struct charge *charge);
void event_refund(const char *type, const struct refund *refund);
void event_product(const char *type, const struct product *product);
void event_customer(const char *type, const struct customer *customer);

/* Whether an endpoint can subscribe to it. */
bool event_type_is_known(const char *type);

/* All events so far, oldest first (struct event *). */
const struct list *events_all(void);
const struct event *event_find(const char *id);
void events_free(void);

#endif
