/* How late this machine wakes threads: what no program on it can do better. */
#ifndef WIRE_NOISE_H
#define WIRE_NOISE_H

#include <stdint.h>

struct noise;

struct noise *noise_start(void);

/* The longest delay since then, in microseconds. */
int64_t noise_stop(struct noise *noise);

#endif
