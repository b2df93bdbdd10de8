/* Memory of one object tree: small pieces, handed out in order, freed together. */
#ifndef XPAY_BASE_ARENA_H
#define XPAY_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

typedef struct xpay_arena_block xpay_arena_block;

typedef struct xpay_arena {
    xpay_arena_block *blocks; /* newest first */
    char *next;
    char *end;
    size_t total; /* bytes taken from the system */
} xpay_arena;

/* Make room for `size` bytes in one piece, where it is known that about so much will be needed. Optional. */
bool xpay_arena_reserve(xpay_arena *arena, size_t size);

/* Zeroed memory, aligned for any type; NULL when memory ran out. */
void *xpay_arena_zeroed(xpay_arena *arena, size_t size);

/* Memory for text, not aligned, not zeroed; NULL when memory ran out. */
char *xpay_arena_bytes(xpay_arena *arena, size_t size);

/* A NUL-terminated copy of `length` bytes. */
char *xpay_arena_copy(xpay_arena *arena, const char *bytes, size_t length);

/* Wipe and free all of it. */
void xpay_arena_free(xpay_arena *arena);

#endif
