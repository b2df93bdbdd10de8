/* Pages, flags and searches of a list's query. */
#include "listing.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

bool listing_read(struct listing *listing, const struct call *call, struct answer *answer)
{
    listing->count = 0;
    return query_number(call, "page", 1, 1, &listing->page, answer) &&
           query_number(call, "limit", 1, 20, &listing->limit, answer);
}

bool listing_takes(struct listing *listing)
{
    int64_t before = (listing->page - 1) * listing->limit;
    int64_t number = listing->count++;
    return number >= before && number < before + listing->limit;
}

bool query_flag(const struct call *call, const char *name, bool *given, bool *value,
                struct answer *answer)
{
    const char *text = pairs_find(call->query, name);
    *given = text != NULL;
    *value = same_text(text, "true");
    return !text || *value || same_text(text, "false")
               ? true
               : refuse(answer, "parameter_invalid", name, "%s must be true or false.", name);
}

bool search_finds(const char *search, const char *const *texts, size_t count)
{
    char *terms = must_copy(search), *rest = terms, *term;
    bool found = false, any_term = false;
    while ((term = strsep(&rest, ","))) {
        while (*term == ' ')
            term++;
        any_term = any_term || *term;
        for (size_t i = 0; *term && i < count; i++)
            found = found || (texts[i] && strcasestr(texts[i], term));
    }
    free(terms);
    return found || !any_term;
}
