/*
 * A pace for calls that nobody waits for: so many a second, never in step with other servers, and slower when XPay asks
 * for it.
 */
#ifndef SHOP_PACE_H
#define SHOP_PACE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct pace {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int64_t interval; /* milliseconds between two calls, on average */
    int64_t next_at;  /* when the next one may be made */
    int64_t pause;    /* the last one that was asked for; 0 when all is well */
    bool stopping;
};

bool pace_init(struct pace *pace, int64_t calls_a_second);
void pace_destroy(struct pace *pace);
/* Waits until it is time for the next call; false when it is to stop. */
bool pace_wait(struct pace *pace);
/* Waits for so long, more or less; false when it is to stop. */
bool pace_rest(struct pace *pace, int64_t milliseconds);
/* XPay was overloaded, or not there: longer pauses each time, and at least as long as it asked for. */
void pace_slow_down(struct pace *pace, int64_t asked_ms);
/* A call went well. */
void pace_recover(struct pace *pace);
/* From another thread. */
void pace_stop(struct pace *pace);

#endif
