/* The API keys that the sandbox knows, and what each may do. The keys themselves are in keys.c
 * and leave it nowhere: not in an answer, a page, a log line or an error. */
#ifndef SANDBOX_KEYS_H
#define SANDBOX_KEYS_H

#include <stdbool.h>

#include "ids.h"

struct key {
    const char *text;
    const char *type; /* SECRET, RESTRICTED or PUBLISHABLE */
    enum world world;
    const char *const *permissions; /* NULL: all of them */
};

/* NULL if there is no such key. */
const struct key *key_find(const char *text);
/* A _WRITE permission implies its _READ. */
bool key_permits(const struct key *key, const char *permission);

#endif
