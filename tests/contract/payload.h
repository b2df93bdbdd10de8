/* Answers made from the contract: every property there, every value another one. */
#ifndef XPAY_TEST_PAYLOAD_H
#define XPAY_TEST_PAYLOAD_H

#include "contract.h"

/*
 * An object as a schema has it and with what the type has beyond the contract, to be freed with cJSON_Delete(). With
 * NULL for the schema it has all that the type has.
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

/* All members that any of a type's schemas has. */
cJSON *whole_payload(const xpay_type *type, size_t turn, int depth);

/* A node that prints as the text given, numbers digit by digit. */
cJSON *node_of(const char *json);

/* Compare an object with the payload that it was read from, member by member, in read_back.c. */
void read_object(const xpay_object *object, const cJSON *payload, const char *expected);

/*
 * Decode `sent`; expect what `expected` holds. `wrong` is the place of what is wrong, NULL if nothing is; with `fatal`
 * the answer as a whole is refused because of it. Frees both. In bad_input.c.
 */
void send_answer(const xpay_type *type, const char *what, cJSON *sent, cJSON *expected,
                 const char *wrong, bool fatal);

/* The tests of whole answers, in bad_roots.c. */
void add_root_tests(TCase *tcase);

/* The moment that a time of a payload tells, in milliseconds since the epoch. */
int64_t payload_moment(const char *text);

#endif
