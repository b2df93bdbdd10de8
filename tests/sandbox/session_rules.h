/* The rules between a session's fields, which the contract states in notes only. */
#ifndef SANDBOX_SESSION_RULES_H
#define SANDBOX_SESSION_RULES_H

#include "answer.h"
#include "state.h"

/* What concerns the body of the call itself, before defaults and earlier values come in. */
bool session_create_rules(const cJSON *body, struct answer *answer);
bool session_update_rules(const cJSON *body, struct answer *answer);

/* INPUT is the merged body (create, or create plus updates). False with a refusal in ANSWER. */
bool session_rules(const cJSON *input, enum world world, struct answer *answer);
/* After pricing, when the currency is known. */
bool session_method_rules(const cJSON *input, const struct currency *currency,
                          struct answer *answer);

#endif
