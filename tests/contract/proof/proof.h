/*
 * What the proof's files share: answers as trees, the judge, parameters made at random, and how all of it is counted.
 *
 * Nothing here knows the library's objects by name: answers and parameters are read and made through its description
 * of itself (describe.h), and what should come of them is told by rules written here once more, from the outside.
 */
#ifndef XPAY_TEST_PROOF_H
#define XPAY_TEST_PROOF_H

#include <stdio.h>

#include <cjson/cJSON.h>
#include <xpay/xpay.h>

#include "../contract.h"

/* One thing that was proved, or (with complain() before) was not. */
void pass(void);
size_t passed(void);

/* Numbers that look random and come again with the same seed. */
typedef struct chance {
    uint64_t state;
} chance;

uint64_t chance_next(chance *c);
size_t chance_below(chance *c, size_t limit);
bool chance_happens(chance *c, unsigned percent);

/* A line "what<TAB>rest" of a file; `what` and the rest are NUL-terminated in it. False at the end. */
typedef struct line {
    char *what, *rest;
    char *memory;
    size_t size;
} line;

bool line_read(line *l, FILE *file);
void line_free(line *l);

/* Trees of JSON, in tree.c. Numbers are raw nodes, digit by digit as they were written. */
cJSON *tree_of(const char *json, size_t length);
size_t tree_depth(const cJSON *tree);
enum { DEEPEST = 128 }; /* no answer is read that is nested deeper */
const cJSON *tree_member(const cJSON *object, const char *name);       /* the last of that name */
bool tree_is_repeated(const cJSON *member);                            /* another follows */
bool tree_is_text(const cJSON *tree, const char *json, size_t length); /* the same, blanks apart */

/* What a text or number says, in scalars.c: read anew, sharing nothing with the library. */
bool scalar_whole(const char *digits, int64_t *whole);
bool scalar_decimal(const char *digits, double *number);
bool scalar_moment(const char *text, int64_t *milliseconds);

/*
 * What must come of an answer, in judge.c: the place at which it is refused, or else the places that are left out and
 * listed, in order.
 */
typedef struct verdict {
    xpay_status status;
    char *refused_at;
    char **faults;
    size_t fault_count;
} verdict;

verdict judge(const xpay_type *type, const cJSON *answer);
void verdict_free(verdict *v);

/*
 * Whether the library made of an answer what it should have; complains and says false if not. With `pointers` every
 * member is asked for by JSON pointer, too.
 */
bool verdict_holds(const verdict *v, const xpay_type *type, const cJSON *answer, xpay_status status,
                   const void *object, const xpay_error *error, const char *what, bool pointers);

/* How many leaves have been compared, in reading.c. */
size_t leaves_read(void);
bool reading_matches(const xpay_object *object, const xpay_type *type, const cJSON *answer,
                     bool pointers);

/* What a field's value is: as the judge and the reading see it. */
typedef enum outcome { OUTCOME_READ, OUTCOME_ABSENT, OUTCOME_WRONG } outcome;
outcome outcome_of(const xpay_field *field, const cJSON *value);
const xpay_type *type_below(const xpay_field *field, const cJSON *value);
const xpay_field *field_named(const xpay_type *type, const char *name);

/* A copy of an answer, spoiled in one of the ways; NULL if nothing is in it. `place` names the member. In spoil.c. */
extern const size_t spoil_ways;
const char *spoil_name(size_t way);
cJSON *spoil(const cJSON *answer, size_t way, chance *random, char place[64]);

/* Parameters made at random, in build.c. */
typedef struct builder {
    chance *random;
    unsigned untouched, null, empty, wild; /* percent of the fields; the rest gets a value */
    /* Told each time that the library refuses a struct, before it is mended; NULL allowed. */
    void (*refused)(const xpay_type *type, const void *params, const xpay_error *error);
} builder;

void *build_params(const builder *b, const xpay_type *type);
void build_free_all(void);

/* The state of a field, read through the description. */
typedef enum state { STATE_UNTOUCHED, STATE_VALUE, STATE_NULL, STATE_EMPTY } state;
enum { STATES = 4 };
state state_of(const void *params, const xpay_type *type, const xpay_field *field);
void set_untouched(void *params, const xpay_type *type, const xpay_field *field);

/* Count the states of all fields of a struct and of those below it; how many were never met before. */
size_t states_meet(const void *params, const xpay_type *type);
void states_forget(void);

/* Complain of each field of a type, and of those below it, that never was in a state that it can be in. */
void states_find_unmet(const xpay_type *type, bool query);

/* The JSON that parameters stand for, whether or not they may be sent, in plain.c. */
cJSON *plain_json(const void *params, const xpay_type *type);
cJSON *plain_query(const void *params, const xpay_type *type); /* all values are texts */

/* The library's calls, in calls.c. */
typedef struct call {
    const char *operation; /* the contract's operationId */
    const char *request;   /* type of the parameters; NULL for none */
    const char *answer;    /* type of the answer; NULL for none */
    bool query;            /* the parameters are a query, not a body */
    xpay_status (*make)(xpay_client *client, const char *id, const void *params, void **object,
                        xpay_error *error);
} call;

extern const call calls[];
extern const size_t call_count;

/* The parts. Each returns false when its input is not as expected; all else is counted. */
bool prove_generated(FILE *answers, uint64_t seed);
bool prove_requests(FILE *out, uint64_t seed, size_t count);
bool prove_prism(FILE *servers, bool exact, uint64_t seed);

#endif
