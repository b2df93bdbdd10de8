/*
 * Field tables: the one description of every struct, read by the decoder, the encoder, the printer and bindings.
 *
 * A table is written with the macros below, one row a field, in the order of the contract. T must be defined as the
 * struct's type; `member` is both the C member and the start of its companions (`has_member`, `member_count`).
 */
#ifndef XPAY_JSON_TABLE_H
#define XPAY_JSON_TABLE_H

#include <xpay/describe.h>
#include <xpay/metadata.h>

#include <string.h>

struct xpay_type {
    const char *name;
    const char *schemas;
    const char *object_tag;
    size_t size;
    const xpay_field *fields;
    size_t field_count;
    uint32_t size_offset;  /* parameter structs: of `size`; XPAY_NO_OFFSET in answers */
    uint32_t clear_offset; /* parameter structs: of `clear` */
    /* Parameter structs: rules between fields; NULL when there are none. */
    const struct xpay_rule *rules;
    size_t rule_count;
    /* Of "any object": the type whose objects say `"object": tag`, NULL when there is none. */
    const xpay_type *(*resolve)(const char *tag, size_t length);
    bool may_lack_tag; /* some answers do not say what they are, although others of the type do */
};

/*
 * Rules between the values of one parameter struct. A rule relates two tests; a test looks at one member.
 *
 * The member is a C name, or a path of them: "after_completion.type" goes into the struct pointed to, and
 * "line_items[].price" into every element of an array. A path that meets a NULL pointer finds nothing there.
 *
 * A member is set when it is sent with a value other than null: text, struct and array pointers that are not NULL (an
 * empty array is set), enumerations other than 0, numbers and booleans whose `has_` is true, required ones always.
 */
enum {
    XPAY_TEST_SET = 0, /* the member is set */
    XPAY_TEST_VALUE =
        1, /* the member is set and has `value`: a number, 0 or 1 of a boolean, a constant of an enum */
    XPAY_TEST_CLEARED = 2, /* the member is sent as null: its bit in `clear` is on */
    XPAY_TEST_FILLED = 3   /* the member, a text, is set and not empty */
};

typedef struct xpay_test {
    const char *member;
    int32_t test;
    int64_t value;
} xpay_test;

enum {
    XPAY_RULE_EXCLUSIVE = 1, /* not both `a` and `b`; the error names `b` */
    XPAY_RULE_EXACTLY_ONE =
        2, /* one of `a` and `b`, not both; the error names `b` when both hold, else `a` */
    XPAY_RULE_AT_LEAST_ONE = 3, /* `a` or `b`; the error names `a` */
    XPAY_RULE_NEEDS = 4,        /* where `a` holds, `b` must; the error names `b` */
    XPAY_RULE_FORBIDS = 5,      /* where `a` holds, `b` must not; the error names `b` */
    XPAY_RULE_SAME =
        6, /* all values found along the path of `a` are equal; `b` is unused, and the error
             names the first that differs */
    XPAY_RULE_EACH = 7, /* the member is set wherever the path of `a` leads; `b` is unused, and the
                           error names the first place where it is not */
    XPAY_RULE_ORDERED = 8 /* `a`, if both are set, is not greater than `b`; the error names `b` */
};

typedef struct xpay_rule {
    int32_t kind;
    xpay_test a;
    xpay_test b;
} xpay_rule;

/* Tests of a rule. */
#define SET(path)                \
    {                            \
        (path), XPAY_TEST_SET, 0 \
    }
#define IS(path, value)                  \
    {                                    \
        (path), XPAY_TEST_VALUE, (value) \
    }
#define CLEARED(path)                \
    {                                \
        (path), XPAY_TEST_CLEARED, 0 \
    }
#define FILLED(path)                \
    {                               \
        (path), XPAY_TEST_FILLED, 0 \
    }
#define NOTHING                \
    {                          \
        NULL, XPAY_TEST_SET, 0 \
    }

/* clang-format off: one row a macro */

#define XPAY_ROW(json, m, k, f, p, t, e, lo, hi, fmt, bit)                                     \
    {                                                                                          \
        json, #m, XPAY_KIND_##k, (f), offsetof(T, m), (p), (t), (e), (lo), (hi), (fmt), (bit), \
            sizeof(json) - 1                                                                   \
    }

#define HAS(m)   offsetof(T, has_##m)
#define COUNT(m) offsetof(T, m##_count)
#define NOWHERE  XPAY_NO_OFFSET

/* Flags, short. */
#define REQ      XPAY_FIELD_REQUIRED
#define NULLABLE XPAY_FIELD_NULLABLE
#define CRIT     XPAY_FIELD_CRITICAL
#define SECRET   XPAY_FIELD_SECRET
#define EXT      XPAY_FIELD_EXTENSION

/* Rows of answers. Money is always critical, so MONEY rows add that themselves. */
#define TEXT(json, m, f) XPAY_ROW(json, m, TEXT, f, NOWHERE, NULL, NULL, 0, 0, 0, NOWHERE)
#define TEXTS(json, m, f) \
    XPAY_ROW(json, m, TEXT, (f) | XPAY_FIELD_ARRAY, COUNT(m), NULL, NULL, 0, 0, 0, NOWHERE)
#define ENUM(json, m, f, e) \
    XPAY_ROW(json, m, ENUM, f, NOWHERE, NULL, &xpay_enum_##e, 0, 0, 0, NOWHERE)
#define ENUMS(json, m, f, e)                                                                 \
    XPAY_ROW(json, m, ENUM, (f) | XPAY_FIELD_ARRAY, COUNT(m), NULL, &xpay_enum_##e, 0, 0, 0, \
             NOWHERE)
#define CURRENCY(json, m, f) \
    XPAY_ROW(json, m, ENUM, (f) | CRIT, NOWHERE, NULL, &xpay_enum_currency, 0, 0, 0, NOWHERE)
#define INTEGER(json, m, f)     XPAY_ROW(json, m, INTEGER, f, NOWHERE, NULL, NULL, 0, 0, 0, NOWHERE)
#define INTEGER_OPT(json, m, f) XPAY_ROW(json, m, INTEGER, f, HAS(m), NULL, NULL, 0, 0, 0, NOWHERE)
#define MONEY(json, m, f) \
    XPAY_ROW(json, m, MONEY, (f) | CRIT, NOWHERE, NULL, NULL, 0, 0, 0, NOWHERE)
#define MONEY_OPT(json, m, f) \
    XPAY_ROW(json, m, MONEY, (f) | CRIT, HAS(m), NULL, NULL, 0, 0, 0, NOWHERE)
#define BOOLEAN(json, m, f)     XPAY_ROW(json, m, BOOLEAN, f, NOWHERE, NULL, NULL, 0, 0, 0, NOWHERE)
#define BOOLEAN_OPT(json, m, f) XPAY_ROW(json, m, BOOLEAN, f, HAS(m), NULL, NULL, 0, 0, 0, NOWHERE)
#define TIME(json, m, f)        XPAY_ROW(json, m, TIME, f, NOWHERE, NULL, NULL, 0, 0, 0, NOWHERE)
#define TIME_OPT(json, m, f)    XPAY_ROW(json, m, TIME, f, HAS(m), NULL, NULL, 0, 0, 0, NOWHERE)
#define DECIMAL(json, m, f)     XPAY_ROW(json, m, DECIMAL, f, NOWHERE, NULL, NULL, 0, 0, 0, NOWHERE)
#define OBJECT(json, m, f, t) \
    XPAY_ROW(json, m, OBJECT, f, NOWHERE, &xpay_type_##t, NULL, 0, 0, 0, NOWHERE)
#define OBJECTS(json, m, f, t)                                                                 \
    XPAY_ROW(json, m, OBJECT, (f) | XPAY_FIELD_ARRAY, COUNT(m), &xpay_type_##t, NULL, 0, 0, 0, \
             NOWHERE)
#define OPEN_JSON(json, m, f) XPAY_ROW(json, m, JSON, f, NOWHERE, NULL, NULL, 0, 0, 0, NOWHERE)

/*
 * Rows of parameters. `bit` is the XPAY_…_CLEAR_… constant's bit number where null may be sent, NOWHERE otherwise.
 * Money and what is optional of numbers and booleans have a `has_` member: money that was forgotten would be a gift of
 * 0. Other required ones and enumerations (0 = untouched) have none. `lo` and `hi` bound a number, the characters of a
 * text (hi 0: no limit) or the items of an array.
 */
#define SAFE_MAX INT64_C(9007199254740991) /* 2^53 - 1: the greatest integer that XPay takes */
#define P_TEXT(json, m, f, lo, hi, fmt, bit) \
    XPAY_ROW(json, m, TEXT, f, NOWHERE, NULL, NULL, lo, hi, fmt, bit)
#define P_TEXTS(json, m, f, lo, hi, bit) \
    XPAY_ROW(json, m, TEXT, (f) | XPAY_FIELD_ARRAY, COUNT(m), NULL, NULL, lo, hi, 0, bit)
#define P_TIME_OPT(json, m, f, bit) XPAY_ROW(json, m, TIME, f, HAS(m), NULL, NULL, 0, 0, 0, bit)
#define P_ENUM(json, m, f, e, bit) \
    XPAY_ROW(json, m, ENUM, f, NOWHERE, NULL, &xpay_enum_##e, 0, 0, 0, bit)
#define P_ENUMS(json, m, f, e, bit)                                                               \
    XPAY_ROW(json, m, ENUM, (f) | XPAY_FIELD_ARRAY, COUNT(m), NULL, &xpay_enum_##e, 0, INT32_MAX, \
             0, bit)
#define P_INTEGER(json, m, f, lo, hi, bit) \
    XPAY_ROW(json, m, INTEGER, f, NOWHERE, NULL, NULL, lo, hi, 0, bit)
#define P_INTEGER_OPT(json, m, f, lo, hi, bit) \
    XPAY_ROW(json, m, INTEGER, f, HAS(m), NULL, NULL, lo, hi, 0, bit)
#define P_MONEY(json, m, f, lo, hi, bit) \
    XPAY_ROW(json, m, MONEY, f, HAS(m), NULL, NULL, lo, hi, 0, bit)
#define P_BOOLEAN(json, m, f, bit) XPAY_ROW(json, m, BOOLEAN, f, NOWHERE, NULL, NULL, 0, 0, 0, bit)
#define P_BOOLEAN_OPT(json, m, f, bit) \
    XPAY_ROW(json, m, BOOLEAN, f, HAS(m), NULL, NULL, 0, 0, 0, bit)
#define P_OBJECT(json, m, f, t, bit) \
    XPAY_ROW(json, m, OBJECT, f, NOWHERE, &xpay_type_##t, NULL, 0, 0, 0, bit)
#define P_OBJECTS(json, m, f, t, lo, hi, bit)                                                    \
    XPAY_ROW(json, m, OBJECT, (f) | XPAY_FIELD_ARRAY, COUNT(m), &xpay_type_##t, NULL, lo, hi, 0, \
             bit)
#define P_JSON(json, m, f, fmt, bit) XPAY_ROW(json, m, JSON, f, NOWHERE, NULL, NULL, 0, 0, fmt, bit)
#define P_TEXT_MAP(json, m, f, bit) \
    XPAY_ROW(json, m, TEXT_MAP, (f) | XPAY_FIELD_ARRAY, COUNT(m), NULL, NULL, 0, 0, 0, bit)
/* Metadata is given as pairs or as JSON text, `fmt` of it an object or also a list; the two rows, and their rules. */
#define P_METADATA(f, fmt, bit) \
    P_TEXT_MAP("metadata", metadata, f, bit), P_JSON("metadata", metadata_json, f, fmt, NOWHERE)
#define METADATA_RULES                                                 \
    {XPAY_RULE_EXCLUSIVE, SET("metadata"), SET("metadata_json")},      \
    {                                                                  \
        XPAY_RULE_EXCLUSIVE, CLEARED("metadata"), SET("metadata_json") \
    }

/* clang-format on */

#define XPAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* The decoder notes the fields that it has seen in the bits of one word. */
enum { XPAY_MAX_FIELDS = 64 };

/* Definition of an answer's type behind its table `t##_fields`. */
#define XPAY_TYPE(t, schemas, tag)              XPAY_TYPE_TAGGED(t, schemas, tag, false)
#define XPAY_TYPE_TAG_OPTIONAL(t, schemas, tag) XPAY_TYPE_TAGGED(t, schemas, tag, true)
#define XPAY_TYPE_TAGGED(t, schemas, tag, may_lack_tag)                   \
    const xpay_type xpay_type_##t = {#t,         schemas,                 \
                                     tag,        sizeof(xpay_##t),        \
                                     t##_fields, XPAY_LENGTH(t##_fields), \
                                     NOWHERE,    NOWHERE,                 \
                                     NULL,       0,                       \
                                     NULL,       may_lack_tag};           \
    _Static_assert(XPAY_LENGTH(t##_fields) <= XPAY_MAX_FIELDS, #t " has too many fields")

/*
 * Definition of a parameter struct's type and of its public init function; `rule_table` is an array or NULL with
 * count 0.
 */
#define XPAY_PARAMS_TYPE(t, schemas, rule_table, rule_table_count) \
    void xpay_##t##_init(xpay_##t *params, size_t size)            \
    {                                                              \
        memset(params, 0, size);                                   \
        params->size = size;                                       \
    }                                                              \
    const xpay_type xpay_type_##t = {#t,                           \
                                     schemas,                      \
                                     NULL,                         \
                                     sizeof(xpay_##t),             \
                                     t##_fields,                   \
                                     XPAY_LENGTH(t##_fields),      \
                                     offsetof(xpay_##t, size),     \
                                     offsetof(xpay_##t, clear),    \
                                     rule_table,                   \
                                     rule_table_count,             \
                                     NULL,                         \
                                     false}

/* Definition of an enumeration from its names in order. */
#define XPAY_ENUM(e, ...)                                 \
    static const char *const e##_names[] = {__VA_ARGS__}; \
    const xpay_enum xpay_enum_##e = {#e, e##_names, XPAY_LENGTH(e##_names)}

#endif
