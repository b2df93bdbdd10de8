/* The sandbox checks itself: what it says is held against the contract's own schemas. */
#ifndef SANDBOX_SELF_CHECK_H
#define SANDBOX_SELF_CHECK_H

#include <cjson/cJSON.h>

#include "answer.h"
#include "contract.h"

/* Replaces an answer that violates the contract by a 500 that says where. */
void self_check_answer(const struct contract_operation *operation, struct answer *answer);

/* Reports an event whose object violates the contract; it is sent all the same. */
void self_check_object(const char *what, const char *schema, const cJSON *object);

/* How many violations there were so far. */
unsigned long self_check_violations(void);

#endif
