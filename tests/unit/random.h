/* Numbers that look random and are the same on every run (xorshift64*, Marsaglia and Vigna). */
#ifndef XPAY_TESTS_RANDOM_H
#define XPAY_TESTS_RANDOM_H

#include <stdint.h>

#define RANDOM_SEED UINT64_C(0x9E3779B97F4A7C15)

static inline uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

/* Below `limit`, with small and large magnitudes equally likely. */
static inline uint64_t next_random_below(uint64_t *state, uint64_t limit)
{
    uint64_t bits = next_random(state) % 64;
    return (next_random(state) >> bits) % limit;
}

#endif
