#include "arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct xpay_arena_block {
    xpay_arena_block *older;
};

enum { ALIGNMENT = 8, LEAST_BLOCK = 1024 };

_Static_assert(_Alignof(double) <= ALIGNMENT && _Alignof(int64_t) <= ALIGNMENT &&
                   _Alignof(void *) <= ALIGNMENT && sizeof(xpay_arena_block) % ALIGNMENT == 0,
               "the arena aligns for every member of a model struct");

int xpay_arena_reserve(xpay_arena *arena, size_t size)
{
    if (size < LEAST_BLOCK)
        size = LEAST_BLOCK;
    if (size > SIZE_MAX - sizeof(xpay_arena_block) - ALIGNMENT)
        return 0;
    xpay_arena_block *block = malloc(sizeof *block + size);
    if (block == NULL)
        return 0;
    block->older = arena->blocks;
    arena->blocks = block;
    arena->next = (char *)(block + 1);
    arena->end = arena->next + size;
    arena->total += sizeof *block + size;
    return 1;
}

char *xpay_arena_bytes(xpay_arena *arena, size_t size)
{
    if (size > (size_t)(arena->end - arena->next) && !xpay_arena_reserve(arena, size))
        return NULL;
    char *bytes = arena->next;
    arena->next += size;
    return bytes;
}

void *xpay_arena_zeroed(xpay_arena *arena, size_t size)
{
    size_t padding = (ALIGNMENT - (uintptr_t)arena->next % ALIGNMENT) % ALIGNMENT;
    size_t room = (size_t)(arena->end - arena->next);
    if (arena->next == NULL || room < padding || room - padding < size) {
        if (!xpay_arena_reserve(arena, size))
            return NULL;
        padding = 0;
    }
    char *memory = arena->next + padding;
    arena->next = memory + size;
    return memset(memory, 0, size);
}

char *xpay_arena_copy(xpay_arena *arena, const char *bytes, size_t length)
{
    char *copy = xpay_arena_bytes(arena, length + 1);
    if (copy == NULL)
        return NULL;
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

void xpay_arena_free(xpay_arena *arena)
{
    for (xpay_arena_block *block = arena->blocks; block != NULL;) {
        xpay_arena_block *older = block->older;
        free(block);
        block = older;
    }
    *arena = (xpay_arena){0};
}
