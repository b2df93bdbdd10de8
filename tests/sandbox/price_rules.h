/* The rules between a price's fields, which the contract states in notes only. */
#ifndef SANDBOX_PRICE_RULES_H
#define SANDBOX_PRICE_RULES_H

#include "answer.h"

#include <cjson/cJSON.h>

/* INPUT is the merged body; PREFIX goes before the name of a member. */
bool price_rules(const cJSON *input, const char *prefix, struct answer *answer);

/* Whether the body changes what a price that was used may not change any more. */
bool price_keeps_terms(const cJSON *body, struct answer *answer);

#endif
