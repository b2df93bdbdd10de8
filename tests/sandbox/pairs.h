/* name=value pairs of a query string or of a posted form. */
#ifndef SANDBOX_PAIRS_H
#define SANDBOX_PAIRS_H

#include <stdbool.h>
#include <stddef.h>

struct pairs {
    struct pair {
        char *name;
        char *value;
    } * items;
    size_t count;
};

void pairs_read(struct pairs *out, const char *text, size_t length);
void pairs_free(struct pairs *pairs);
/* The first value of that name, or NULL. */
const char *pairs_find(const struct pairs *pairs, const char *name);
/* The same, with an empty value taken for an absent one. */
const char *pairs_find_filled(const struct pairs *pairs, const char *name);

/* To be freed; a NUL that hides behind %00 and a broken % stay as they were sent. */
char *percent_decoded(const char *text, size_t length, bool plus_is_blank);

#endif
