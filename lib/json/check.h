/* Checks of parameters before anything is sent: states, values, and rules between fields. */
#ifndef XPAY_JSON_CHECK_H
#define XPAY_JSON_CHECK_H

#include <xpay/error.h>

#include "table.h"

/* Where a parameter stands: a member of a struct or, when name is NULL, an element of a list. */
typedef struct xpay_path {
    const struct xpay_path *above;
    const char *name;
    size_t index;
} xpay_path;

/* What the caller made of a field. */
typedef enum xpay_state { XPAY_STATE_UNTOUCHED, XPAY_STATE_NULL, XPAY_STATE_VALUE } xpay_state;

static inline const void *xpay_at(const void *object, uint32_t offset)
{
    return (const char *)object + offset;
}

/* The state of a field in a struct of which the first `size` bytes count. */
xpay_state xpay_state_of(const xpay_type *type, const void *params, size_t size,
                         const xpay_field *field);

/* The struct as a whole: bits of `clear`, required fields, half-set fields, number of elements, rules. */
xpay_status xpay_check_struct(const xpay_type *type, const void *params, size_t size,
                              const xpay_path *path, xpay_error *error);

/* One rule between fields, in rules.c. */
xpay_status xpay_check_rule(const xpay_type *type, const void *params, size_t size,
                            const xpay_rule *rule, const xpay_path *path, xpay_error *error);

/* One value by its field's kind, bounds and format. */
xpay_status xpay_check_value(const xpay_field *field, const void *slot, const xpay_path *path,
                             xpay_error *error);

/* Whether a text is an absolute URI, in uri.c. */
bool xpay_is_uri(const char *text);

/* XPAY_ERROR_ARGUMENT with the path (and member, NULL allowed) as param: "line_items[2].quantity: is …". */
xpay_status xpay_refuse(xpay_error *error, const xpay_path *path, const char *member,
                        const char *format, ...) __attribute__((format(printf, 4, 5)));

#endif
