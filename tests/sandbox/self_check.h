/* The sandbox checks itself: what it says is held against the contract's own schemas, and it does
 * not end well if anything did not fit. */
#ifndef SANDBOX_SELF_CHECK_H
#define SANDBOX_SELF_CHECK_H

#include <cjson/cJSON.h>

#include "answer.h"
#include "contract.h"

/* Replaces an answer that violates the contract by a 500 that says where. OPERATION NULL: none of
 * the contract was asked for, so that the answer is a refusal. */
void self_check_answer(const struct contract_operation *operation, struct answer *answer);
/* The same bytes were checked when they were made. */
void self_check_repeat(const struct contract_operation *operation, const struct answer *answer);

/* Reports an event whose object violates the contract; it is sent all the same. */
void self_check_object(const char *what, const char *schema, const cJSON *object);

unsigned long self_check_violations(void);
/* How many answers were checked. */
unsigned long self_check_answers(void);
/* {answers, repeats, events, violations: [...], operations: {operationId: {status: answers}}} */
cJSON *self_check_show(void);
void self_check_free(void);

#endif
