/*
 * The fields of a form (application/x-www-form-urlencoded).
 */
#ifndef SHOP_FORM_H
#define SHOP_FORM_H

#include <stdbool.h>
#include <stddef.h>

enum { FORM_FIELDS_MAX = 64 };

struct form {
    size_t count;
    struct {
        const char *name, *value;
    } fields[FORM_FIELDS_MAX];
    char *text; /* what they point into */
};

/* False when it is no such form, has a NUL in it or too many fields, or memory ran out. */
bool form_read(struct form *form, const char *body, size_t length);
/* The first field of that name; NULL when there is none. */
const char *form_value(const struct form *form, const char *name);
void form_free(struct form *form);

#endif
