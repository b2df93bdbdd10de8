/* All times are random by half: servers that began together do not ask together. */
#include "pace.h"
#include "identity.h"

#include <time.h>

enum { PAUSE_FIRST_MS = 1000, PAUSE_MOST_MS = 60 * 1000 };

bool pace_init(struct pace *pace, int64_t calls_a_second)
{
    *pace = (struct pace){.interval = 1000 / calls_a_second};
    if (pthread_mutex_init(&pace->lock, NULL) != 0)
        return false;
    if (pthread_cond_init(&pace->changed, NULL) == 0)
        return true;
    pthread_mutex_destroy(&pace->lock);
    return false;
}

void pace_destroy(struct pace *pace)
{
    pthread_cond_destroy(&pace->changed);
    pthread_mutex_destroy(&pace->lock);
}

static int64_t about(int64_t milliseconds)
{
    return milliseconds / 2 + random_below(milliseconds + 1);
}

static bool wait_until(struct pace *pace, int64_t when)
{
    struct timespec until = {.tv_sec = when / 1000, .tv_nsec = when % 1000 * 1000000};
    while (!pace->stopping && now_ms() < when)
        pthread_cond_timedwait(&pace->changed, &pace->lock, &until);
    return !pace->stopping;
}

bool pace_wait(struct pace *pace)
{
    pthread_mutex_lock(&pace->lock);
    bool go_on = wait_until(pace, pace->next_at);
    pace->next_at = now_ms() + about(pace->interval);
    pthread_mutex_unlock(&pace->lock);
    return go_on;
}

bool pace_rest(struct pace *pace, int64_t milliseconds)
{
    pthread_mutex_lock(&pace->lock);
    bool go_on = wait_until(pace, now_ms() + about(milliseconds));
    pthread_mutex_unlock(&pace->lock);
    return go_on;
}

void pace_slow_down(struct pace *pace, int64_t asked_ms)
{
    pthread_mutex_lock(&pace->lock);
    pace->pause = pace->pause ? pace->pause * 2 : PAUSE_FIRST_MS;
    if (pace->pause > PAUSE_MOST_MS)
        pace->pause = PAUSE_MOST_MS;
    int64_t pause = about(pace->pause);
    pace->next_at = now_ms() + (asked_ms > pause ? asked_ms + random_below(pause + 1) : pause);
    pthread_mutex_unlock(&pace->lock);
}

void pace_recover(struct pace *pace)
{
    pthread_mutex_lock(&pace->lock);
    pace->pause = 0;
    pthread_mutex_unlock(&pace->lock);
}

void pace_stop(struct pace *pace)
{
    pthread_mutex_lock(&pace->lock);
    pace->stopping = true;
    pthread_cond_broadcast(&pace->changed);
    pthread_mutex_unlock(&pace->lock);
}
