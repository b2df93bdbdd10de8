/*
 * Memory that runs out when a test says so: malloc, calloc and realloc of the whole program, which also count.
 *
 * Where a sanitizer or valgrind has a malloc of its own, nothing ever fails.
 */
#ifndef XPAY_TESTS_ALLOCATION_H
#define XPAY_TESTS_ALLOCATION_H

#include <stdbool.h>
#include <stddef.h>

/* Whether allocations can be made to fail here. */
bool allocation_can_fail(void);

/* Let the n-th allocation from now on, counted from 1, fail, and all after it when `and_after`; 0: none. */
void allocation_fail(size_t n, bool and_after);

/* Whether one has failed since then. */
bool allocation_failed(void);

/* Allocations that are not freed yet. */
long allocation_live(void);

/* All that ever were. */
long allocation_total(void);

#endif
