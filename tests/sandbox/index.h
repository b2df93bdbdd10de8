/* Finding things by a text: a hash table that points at what others own. */
#ifndef SANDBOX_INDEX_H
#define SANDBOX_INDEX_H

#include <stddef.h>

struct index {
    struct index_entry {
        const char *key; /* lives in the thing itself */
        void *thing;
    } * entries;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
};

void index_add(struct index *index, const char *key, void *thing);
void *index_find(const struct index *index, const char *key);
void index_remove(struct index *index, const char *key);
void index_free(struct index *index);

#endif
