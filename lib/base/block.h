/*
 * The larger pieces of memory that come and go with every answer. The last one of each size is kept for the next
 * answer: asking malloc for a large piece makes it first tidy up the thousand small ones that the parser just freed,
 * which costs more than the parsing.
 */
#ifndef XPAY_BASE_BLOCK_H
#define XPAY_BASE_BLOCK_H

#include <stddef.h>

/* At least `size` bytes, not zeroed; NULL when memory ran out. */
void *xpay_block_take(size_t size);

/* Give back what xpay_block_take() returned for the same `size`. NULL is allowed. */
void xpay_block_give(void *block, size_t size);

#endif
