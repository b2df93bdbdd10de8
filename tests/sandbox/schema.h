/* The JSON-schema dialect of the contract: compiled once at start, then asked about values.
 * A keyword, format or pattern construct that is not implemented here is an error at compile
 * time, so the sandbox can never silently check less than the contract says. */
#ifndef SANDBOX_SCHEMA_H
#define SANDBOX_SCHEMA_H

#include <stdbool.h>

#include <cjson/cJSON.h>

#include "text.h"

struct schema;

enum violation_kind {
    VIOLATION_INVALID,
    VIOLATION_OUT_OF_RANGE,
    VIOLATION_MISSING,
    VIOLATION_UNKNOWN,
};

struct violation {
    enum violation_kind kind;
    struct text path; /* lineItems[0].priceData.unitAmount; empty for the value itself */
    char what[160];   /* never holds anything of the value, so it is plain ASCII */
};

/* A member that the sandbox shows on purpose beside (or instead of) what the contract has. */
struct schema_exemption {
    const char *schema; /* name under components/schemas */
    const char *member;
    const char *shaped_as; /* schema of an extra member (a list of it, if listed); NULL: absent */
    bool listed;
};

/* Compiles NODE and everything below it. On failure returns NULL and appends the reason. */
struct schema *schema_compile(const cJSON *node, const char *name, struct text *problem);
/* Call once after all named schemas are known: points every $ref at its target. */
bool schema_link(struct text *problem);
const struct schema *schema_named(const char *name);
void schema_free_all(void);

/* Exemptions for answers; the table must outlive the program's use of it. */
void schema_exempt(const struct schema_exemption *rows, size_t count);

enum schema_side { SCHEMA_REQUEST, SCHEMA_ANSWER };

/* True if the value satisfies the schema; otherwise *OUT (path to be freed) says what is wrong. */
bool schema_accepts(const struct schema *schema, const cJSON *value, enum schema_side side,
                    struct violation *out);

/* Checks one query parameter, given as text. */
bool schema_accepts_text(const struct schema *schema, const char *text, struct violation *out);

/* Adds every absent or null member for which the schema has a default, at every level. */
void schema_fill_defaults(const struct schema *schema, cJSON *value);

/* The enum of the schema at the end of a path of properties ("apiKey", "permissions", "[]"). */
const cJSON *schema_choices(const char *name, const char *const *path);

#endif
