/* Answers made from the contract: every property there, every value another one. */
#ifndef XPAY_TEST_PAYLOAD_H
#define XPAY_TEST_PAYLOAD_H

#include "contract.h"

/*
 * An object as a schema has it (NULL: only the type's members beyond the contract), to be freed with cJSON_Delete().
 *
 * `turn` chooses among enumerated values and branches; `depth` is how many levels of objects come below.
 */
cJSON *payload_of(const cJSON *schema, const xpay_type *type, size_t turn, int depth);

/* The same for the first schema that a type stands for, if it has any. */
cJSON *payload_of_type(const xpay_type *type, size_t turn, int depth);

/* The word number `index` of a type's schemas, looked up; NULL beyond the last. */
const cJSON *schema_of_type(const xpay_type *type, size_t index);

/* A bare list has one field without a name. */
bool is_bare_list(const xpay_type *type);

/* The moment that a time of a payload tells, in milliseconds since the epoch. */
int64_t payload_moment(const char *text);

#endif
