#include "arena.h"

#include <stdint.h>
#include <string.h>

#include "block.h"
#include "secret.h"

struct xpay_arena_block {
    xpay_arena_block *older;
    size_t size; /* of what follows */
};

/* A block with its header is still one that malloc serves fast. */
enum { ALIGNMENT = 8, LEAST_BLOCK = 1000 };

_Static_assert(_Alignof(double) <= ALIGNMENT && _Alignof(int64_t) <= ALIGNMENT &&
                   _Alignof(void *) <= ALIGNMENT && sizeof(xpay_arena_block) % ALIGNMENT == 0,
               "the arena aligns for every member of a model struct");

bool xpay_arena_reserve(xpay_arena *arena, size_t size)
{
    if (size < LEAST_BLOCK)
        size = LEAST_BLOCK;
    if (size > SIZE_MAX - sizeof(xpay_arena_block) - ALIGNMENT)
        return false;
    xpay_arena_block *block = xpay_block_take(sizeof *block + size);
    if (block == NULL)
        return false;
    block->older = arena->blocks;
    block->size = size;
    arena->blocks = block;
    arena->next = (char *)(block + 1);
    arena->end = arena->next + size;
    arena->total += sizeof *block + size;
    return true;
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
        xpay_wipe(block + 1, block->size);
        xpay_block_give(block, sizeof *block + block->size);
        block = older;
    }
    *arena = (xpay_arena){0};
}
