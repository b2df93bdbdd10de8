/*
 * What the contract test's files share: reading the contract, looking up C members, complaining.
 *
 * A complaint names the place and goes on, so one run shows all that is wrong; each test ends with NO_COMPLAINTS().
 */
#ifndef XPAY_TEST_CONTRACT_H
#define XPAY_TEST_CONTRACT_H

#include <check.h>
#include <cjson/cJSON.h>
#include <xpay/xpay.h>

#include "model/model.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* Complaints, in main.c. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
size_t take_complaints(void);
#define NO_COMPLAINTS() ck_assert_msg(take_complaints() == 0, "see the complaints above")

/* The contract, in openapi.c. It is read once. */
const cJSON *contract_schema(const char *name);
const cJSON *contract_operation(const char *id);
const cJSON *contract_schemas(void);
const cJSON *contract_paths(void);
void contract_open(void);
void contract_close(void);

/* What a property of the contract is, whatever it is wrapped in. */
typedef struct shape {
    const char *target; /* name of the schema that it refers to; NULL if none */
    const char *
        type; /* "string", "number", "integer", "boolean"; "object" for inline ones; NULL for targets */
    const char *format;  /* such as "date-time"; NULL if none */
    const cJSON *inside; /* the schema with the properties of an inline object; NULL if none */
    const cJSON *values; /* the enum array; NULL if none */
    const cJSON *bounds; /* the schema that holds minimum, maxLength, pattern … */
    bool list;           /* an array; the rest tells about its elements */
    bool open;           /* open JSON, such as metadata */
    bool open_list;      /* open JSON that may also be an array */
    bool nullable;
} shape;

shape shape_of(const cJSON *schema);
bool is_required(const cJSON *schema, const char *property);
const char *text_of(const cJSON *schema, const char *keyword);
const char *target_of(const cJSON *schema);

/* How much there is to compare, and how much was compared. */
typedef struct tally {
    size_t schemas;
    size_t properties;
    size_t values;
} tally;

enum { MAX_SCHEMAS = 256 };

/* Names of schemas, each once. */
typedef struct names {
    const char *list[MAX_SCHEMAS];
    size_t count;
} names;

void add_name(names *n, const char *name);
bool has_name_of(const names *n, const char *name);

/* All that is reachable from schemas, in census.c; by keywords alone, knowing nothing of the library. */
void add_reachable(names *n);
tally census(const names *roots);
void census_below(const cJSON *schema, tally *sum);

/*
 * Where the contract begins, in roots.c: the bodies of its operations. What no operation leads to comes in events, so
 * it is an answer.
 */
const names *answer_roots(void);
const names *request_roots(void);
const names *error_roots(void);
const cJSON *answer_of(const cJSON *operation, int *status); /* NULL: nothing comes back */
const cJSON *request_of(const cJSON *operation);             /* NULL: no body is sent */

/* Errors are read into xpay_error, which has no table: error_body.c. */
tally compare_errors(void);

/* One place where the contract speaks of a field, found by the walk. */
typedef struct sighting {
    const xpay_type *type;
    const xpay_field *field;
    char where[96]; /* such as "ChargeResponse.amount" */
    bool required;
    shape shape;
} sighting;

/* Checks of one row against all its sightings; `schemas` is how many schemas its type stands for. */
size_t compare_row(const xpay_type *type, const xpay_field *field, const sighting *const *seen,
                   size_t count, size_t schemas);
void compare_bounds(const xpay_type *type, const xpay_field *field, const sighting *seen);
bool is_justified(const char *kind, const char *type, const char *name);

/* Small things, in names.c. */
bool is_params(const xpay_type *type);
bool is_query(const xpay_type *type);
bool has_word(const char *words, const char *word);
void snake_case(char *out, size_t size, const char *name);
void constant_case(char *out, size_t size, const char *prefix, const char *name);

/* The C members of the structs as the compiler sees them, in members_….c. */
typedef enum c_type {
    C_OTHER,
    C_TEXT,
    C_INT64,
    C_INT32,
    C_BOOL,
    C_DECIMAL,
    C_JSON,
    C_TEXTS,
    C_INT32S,
    C_PAIRS,
    C_SIZE,
    C_STRUCT, /* pointer to a struct of an answer or to parameters */
    C_STRUCTS /* an answer's array of pointers to structs */
} c_type;

typedef struct c_member {
    const char *name;
    size_t offset;
    size_t size;
    c_type type;
    const char *points_to; /* name of the struct's type, for C_STRUCT and C_STRUCTS */
    const char *companion; /* "has" or "count"; NULL if the member stands alone */
    size_t companion_offset;
    size_t companion_size;
    c_type companion_type;
} c_member;

typedef struct c_struct {
    const char *name;
    size_t size;
    const c_member *members;
    size_t count;
} c_struct;

const c_struct *c_struct_of(const char *name);
const c_member *c_member_of(const xpay_type *type, const char *name);

TCase *walk_case(void);
TCase *operations_case(void);
TCase *error_body_case(void);
TCase *headers_case(void);
TCase *members_case(void);
TCase *read_back_case(void);
TCase *bad_input_case(void);
TCase *requests_case(void);

#endif
