/* Open addressing with linear probing; removal closes the gap, so there are no tombstones. */
#include "index.h"
#include "text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static size_t slot_of(const struct index *index, const char *key)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *key; key++)
        hash = (hash ^ (unsigned char)*key) * UINT64_C(1099511628211);
    return (size_t)(hash ^ (hash >> 32)) & (index->capacity - 1);
}

static struct index_entry *probe(const struct index *index, const char *key)
{
    size_t slot = slot_of(index, key);
    while (index->entries[slot].key && strcmp(index->entries[slot].key, key) != 0)
        slot = (slot + 1) & (index->capacity - 1);
    return &index->entries[slot];
}

static void grow(struct index *index)
{
    struct index old = *index;
    index->capacity = old.capacity ? old.capacity * 2 : 64;
    index->entries = must_alloc_zero(index->capacity * sizeof *index->entries);
    for (size_t i = 0; i < old.capacity; i++)
        if (old.entries[i].key)
            *probe(index, old.entries[i].key) = old.entries[i];
    free(old.entries);
}

void index_add(struct index *index, const char *key, void *thing)
{
    if ((index->count + 1) * 2 > index->capacity)
        grow(index);
    struct index_entry *entry = probe(index, key);
    index->count += entry->key == NULL;
    *entry = (struct index_entry){key, thing};
}

void *index_find(const struct index *index, const char *key)
{
    return index->capacity && key ? probe(index, key)->thing : NULL;
}

void index_remove(struct index *index, const char *key)
{
    struct index_entry *entry = index->capacity ? probe(index, key) : NULL;
    if (!entry || !entry->key)
        return;
    size_t mask = index->capacity - 1;
    size_t hole = (size_t)(entry - index->entries);
    index->count--;
    for (size_t slot = (hole + 1) & mask; index->entries[slot].key; slot = (slot + 1) & mask) {
        size_t home = slot_of(index, index->entries[slot].key);
        if (((slot - home) & mask) < ((slot - hole) & mask))
            continue;
        index->entries[hole] = index->entries[slot];
        hole = slot;
    }
    index->entries[hole] = (struct index_entry){0};
}

void index_free(struct index *index)
{
    free(index->entries);
    *index = (struct index){0};
}
