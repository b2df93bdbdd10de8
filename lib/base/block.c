#include "block.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define KEEPS_BLOCKS 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define KEEPS_BLOCKS 0 /* so that a use after free is seen */
#endif
#endif
#ifndef KEEPS_BLOCKS
#define KEEPS_BLOCKS 1
#endif

enum { UNIT = 1024, SIZES = 32 };

/* One block of each size of 1 to 32 KiB, or NULL. */
static _Atomic(void *) kept[SIZES];

/* The place where blocks of `size` are kept, NULL for sizes that are not. */
static _Atomic(void *) *place(size_t size)
{
    size_t units = size / UNIT;
    return KEEPS_BLOCKS && units < SIZES ? &kept[units] : NULL;
}

void *xpay_block_take(size_t size)
{
    _Atomic(void *) *slot = place(size);
    void *block = slot == NULL ? NULL : atomic_exchange(slot, NULL);
    if (block != NULL)
        return block;
    return malloc(slot == NULL ? size : (size / UNIT + 1) * UNIT);
}

void xpay_block_give(void *block, size_t size)
{
    _Atomic(void *) *slot = place(size);
    void *none = NULL;
    if (slot == NULL || block == NULL || !atomic_compare_exchange_strong(slot, &none, block))
        free(block);
}
