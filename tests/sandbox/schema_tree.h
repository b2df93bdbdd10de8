/* A compiled schema, shared by the compiler (schema.c) and the checker (schema_check.c). */
#ifndef SANDBOX_SCHEMA_TREE_H
#define SANDBOX_SCHEMA_TREE_H

#include "formats.h"
#include "schema.h"

enum schema_type {
    TYPE_OBJECT = 1,
    TYPE_ARRAY,
    TYPE_STRING,
    TYPE_BOOLEAN,
    TYPE_NUMBER,
    TYPE_INTEGER,
};

struct bound {
    bool set;
    double value; /* of the contract, compared with and never calculated with */
};

struct schema_list {
    struct schema **items;
    size_t count;
};

struct property {
    const char *name;
    const struct schema *schema; /* NULL for a name that is only required */
    bool required;
};

struct schema {
    const char *name; /* of a named schema or an operation's part; NULL for the ones inside */
    unsigned type;    /* 0: any */
    bool nullable;
    const char *target_name; /* of a $ref */
    const struct schema *target;
    struct schema_list all;
    struct schema_list any;
    struct property *properties;
    size_t property_count;
    bool closed;                /* additionalProperties: false */
    const struct schema *extra; /* schema of additional properties */
    const struct schema *items;
    const cJSON *choices;  /* enum */
    const cJSON *fallback; /* default */
    const char *format_name;
    format_check format;
    regex_t *pattern;
    struct bound minimum, maximum;  /* of a number */
    struct bound shortest, longest; /* characters of a text, items of a list */
    struct schema *next;            /* all schemas of the program */
};

/* Follows $ref and a lone allOf. */
const struct schema *schema_resolved(const struct schema *schema);

#endif
