/* Checking lines out and in, under one mutex that is never held during I/O. */
#include "pool.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "../base/fail.h"

struct xpay_pool {
    pid_t process; /* whose lines these are */
    pthread_mutex_t mutex;
    pthread_cond_t freed; /* a line came back, or may be opened again */
    xpay_line *idle;      /* a stack: the line on top was used last */
    uint32_t open;        /* idle and out together */
    xpay_pool *dropped;   /* the next pool in the list below */
    xpay_keys keys;
};

/*
 * Pools inherited over fork(). Closing their connections would speak on the parent's sockets, and their mutexes may
 * be held by threads that do not exist here: so they stay as they are, reachable, and nobody looks at them again.
 */
static _Atomic(xpay_pool *) dropped_pools;

static void drop(xpay_pool *pool)
{
    pool->dropped = atomic_load(&dropped_pools);
    while (!atomic_compare_exchange_weak(&dropped_pools, &pool->dropped, pool))
        continue;
}

xpay_pool *xpay_pool_new(void)
{
    pthread_condattr_t attributes;
    xpay_pool *pool = calloc(1, sizeof(*pool));
    if (pool == NULL || pthread_condattr_init(&attributes) != 0) {
        free(pool);
        return NULL;
    }
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    int failed = pthread_cond_init(&pool->freed, &attributes);
    pthread_condattr_destroy(&attributes);
    if (failed != 0) {
        free(pool);
        return NULL;
    }
    pthread_mutex_init(&pool->mutex, NULL);
    xpay_keys_init(&pool->keys);
    pool->process = getpid();
    return pool;
}

void xpay_pool_free(xpay_pool *pool)
{
    if (pool == NULL)
        return;
    if (pool->process != getpid()) {
        drop(pool);
        return;
    }
    while (pool->idle != NULL) {
        xpay_line *line = pool->idle;
        pool->idle = line->next;
        xpay_line_close(line);
    }
    pthread_cond_destroy(&pool->freed);
    pthread_mutex_destroy(&pool->mutex);
    xpay_keys_destroy(&pool->keys);
    free(pool);
}

/* The client's pool in this process: after a fork, the first call of the child makes a new one. */
static xpay_pool *pool_of(xpay_client *client)
{
    xpay_pool *pool = atomic_load(&client->pool);
    if (pool->process == getpid())
        return pool;
    xpay_pool *fresh = xpay_pool_new();
    if (fresh == NULL)
        return NULL;
    if (atomic_compare_exchange_strong(&client->pool, &pool, fresh)) {
        drop(pool);
        return fresh;
    }
    xpay_pool_free(fresh); /* another thread of the child was first: `pool` is now its pool */
    return pool;
}

xpay_keys *xpay_pool_keys(xpay_client *client)
{
    xpay_pool *pool = pool_of(client);
    return pool == NULL ? NULL : &pool->keys;
}

/* Makes all who wait for a line look at their tokens. The mutex keeps it from coming just before they wait. */
static void wake_all(void *context)
{
    xpay_pool *pool = context;
    pthread_mutex_lock(&pool->mutex);
    pthread_cond_broadcast(&pool->freed);
    pthread_mutex_unlock(&pool->mutex);
}

/* Take an idle line (then *line is set) or the right to open one. False when the wait ended without. */
static bool reserve(xpay_pool *pool, uint32_t limit, int64_t deadline_us, xpay_cancel *cancel,
                    xpay_line **line)
{
    struct timespec until = {.tv_sec = (time_t)(deadline_us / 1000000),
                             .tv_nsec = (long)(deadline_us % 1000000) * 1000};
    bool reserved = false;
    int waited = 0;
    pthread_mutex_lock(&pool->mutex);
    while (pool->idle == NULL && pool->open >= limit && waited == 0 && !xpay_canceled(cancel))
        waited = pthread_cond_timedwait(&pool->freed, &pool->mutex, &until);
    if (pool->idle != NULL) {
        *line = pool->idle;
        pool->idle = (*line)->next;
        reserved = true;
    } else if (pool->open < limit) {
        pool->open++;
        reserved = true;
    }
    pthread_mutex_unlock(&pool->mutex);
    return reserved;
}

static void forget_one(xpay_pool *pool)
{
    pthread_mutex_lock(&pool->mutex);
    pool->open--;
    pthread_cond_signal(&pool->freed);
    pthread_mutex_unlock(&pool->mutex);
}

xpay_status xpay_pool_take(xpay_client *client, int64_t deadline_us, xpay_cancel *cancel,
                           xpay_line **line, xpay_error *error)
{
    const xpay_settings *settings = &client->settings;
    xpay_pool *pool = pool_of(client);
    xpay_waiter waiter;
    *line = NULL;
    if (pool == NULL)
        return xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "no memory for a connection");
    xpay_cancel_enlist(cancel, &waiter, wake_all, pool);
    bool reserved = reserve(pool, settings->max_connections, deadline_us, cancel, line);
    xpay_cancel_forget(cancel, &waiter);
    if (!reserved && xpay_canceled(cancel))
        return xpay_fail(error, XPAY_ERROR_CANCELED, NULL,
                         "another thread canceled the call while it waited for a connection");
    if (!reserved)
        return xpay_fail(error, XPAY_ERROR_TIMEOUT, NULL,
                         "all %u connections of this client stayed in use until the time was over",
                         settings->max_connections);
    if (*line != NULL)
        return XPAY_OK;
    xpay_status status = xpay_line_open(settings, line);
    if (status != XPAY_OK) {
        forget_one(pool);
        return xpay_fail(error, status, NULL, "libcurl could not be set up for a connection");
    }
    (*line)->pool = pool;
    return XPAY_OK;
}

void xpay_pool_give(xpay_line *line)
{
    xpay_pool *pool = line->pool;
    if (line->broken) {
        xpay_line_close(line);
        forget_one(pool);
        return;
    }
    pthread_mutex_lock(&pool->mutex);
    line->next = pool->idle;
    pool->idle = line;
    pthread_cond_signal(&pool->freed);
    pthread_mutex_unlock(&pool->mutex);
}
