/* Checkout sessions: made, changed and expired. */
#ifndef SANDBOX_SESSIONS_H
#define SANDBOX_SESSIONS_H

#include "answer.h"
#include "state.h"

/* Makes a session from a body that fits the contract; NULL with a refusal in ANSWER. LINK_ID is
 * the payment link that it comes from, or NULL. */
struct session *session_create(const cJSON *body, enum world world, const char *link_id,
                               struct answer *answer);
bool session_update(struct session *session, const cJSON *body, struct answer *answer);

/* Expires an open session and tells the webhooks. */
void session_expire(struct session *session);
/* Everything whose time has come: sessions, and references that nobody paid. */
void sessions_expire_due(void);

/* The customFields of a body as they are shown, with keys and without values; NULL for none. */
cJSON *session_shown_fields(const cJSON *input);

bool session_is_expired(const struct session *session);
/* The methods that the page offers, at most METHODS_MAX of them. */
enum { METHODS_MAX = 8 };
size_t session_methods(const struct session *session, const struct method *out[METHODS_MAX]);

#endif
