/* What the paged lists have in common: which part of the matches is asked for, and which texts a
 * search is looked for in. All are newest first; the real order is not known. An item that is
 * added during a walk moves the others on by one, so that one of them may be met twice. */
#ifndef SANDBOX_LISTING_H
#define SANDBOX_LISTING_H

#include "operations.h"

struct listing {
    int64_t page, limit; /* as asked for */
    int64_t count;       /* matches so far */
};

/* Reads page and limit; false with a refusal. */
bool listing_read(struct listing *listing, const struct call *call, struct answer *answer);
/* Counts one more match; true if it lies on the page. */
bool listing_takes(struct listing *listing);

/* A parameter that is true or false; *GIVEN if it is there at all. False with a refusal. */
bool query_flag(const struct call *call, const char *name, bool *given, bool *value,
                struct answer *answer);

/* Several terms, separated by commas, any of which may be part of any of the texts (NULL: not
 * there). A search without a term finds everything. */
bool search_finds(const char *search, const char *const *texts, size_t count);

#endif
