#include "cancel.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct xpay_cancel {
    atomic_int process; /* whose mutex and waiters these are; negative while it makes them anew */
    pthread_mutex_t mutex;
    pthread_cond_t triggered; /* for those who only sleep */
    atomic_bool is_triggered; /* written under the mutex, read anywhere */
    xpay_waiter *waiters;
};

/* False when memory ran out. */
static bool make_condition(xpay_cancel *cancel)
{
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0)
        return false;
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    int failed = pthread_cond_init(&cancel->triggered, &attributes);
    pthread_condattr_destroy(&attributes);
    return failed == 0;
}

xpay_status xpay_cancel_new(xpay_cancel **out)
{
    if (out == NULL)
        return XPAY_ERROR_ARGUMENT;
    *out = NULL;
    xpay_cancel *cancel = calloc(1, sizeof(*cancel));
    if (cancel == NULL || !make_condition(cancel)) {
        free(cancel);
        return XPAY_ERROR_MEMORY;
    }
    pthread_mutex_init(&cancel->mutex, NULL);
    atomic_init(&cancel->is_triggered, false);
    atomic_init(&cancel->process, (int)getpid());
    *out = cancel;
    return XPAY_OK;
}

/*
 * In a forked child the mutex may be held, and the waiters are, by threads that do not exist here: it begins with new
 * ones. That a token was triggered before the fork stays so.
 */
static xpay_cancel *own(xpay_cancel *cancel)
{
    int process = (int)getpid();
    for (;;) {
        int owner = atomic_load(&cancel->process);
        if (owner == process)
            return cancel;
        if (owner == -process ||
            !atomic_compare_exchange_strong(&cancel->process, &owner, -process))
            continue; /* another thread is at it */
        pthread_mutex_init(&cancel->mutex, NULL);
        make_condition(cancel); /* where it worked once, it needs no memory */
        cancel->waiters = NULL;
        atomic_store(&cancel->process, process);
    }
}

void xpay_cancel_free(xpay_cancel *cancel)
{
    if (cancel == NULL)
        return;
    own(cancel);
    pthread_cond_destroy(&cancel->triggered);
    pthread_mutex_destroy(&cancel->mutex);
    free(cancel);
}

void xpay_cancel_trigger(xpay_cancel *cancel)
{
    pthread_mutex_lock(&own(cancel)->mutex);
    atomic_store(&cancel->is_triggered, true);
    for (xpay_waiter *waiter = cancel->waiters; waiter != NULL; waiter = waiter->next)
        waiter->wake(waiter->context);
    pthread_cond_broadcast(&cancel->triggered);
    pthread_mutex_unlock(&cancel->mutex);
}

bool xpay_cancel_is_triggered(const xpay_cancel *cancel)
{
    return xpay_canceled(cancel);
}

bool xpay_canceled(const xpay_cancel *cancel)
{
    return cancel != NULL && atomic_load(&cancel->is_triggered);
}

void xpay_cancel_enlist(xpay_cancel *cancel, xpay_waiter *waiter, void (*wake)(void *context),
                        void *context)
{
    if (cancel == NULL)
        return;
    waiter->wake = wake;
    waiter->context = context;
    waiter->before = NULL;
    pthread_mutex_lock(&own(cancel)->mutex);
    waiter->next = cancel->waiters;
    if (waiter->next != NULL)
        waiter->next->before = waiter;
    cancel->waiters = waiter;
    pthread_mutex_unlock(&cancel->mutex);
}

void xpay_cancel_forget(xpay_cancel *cancel, xpay_waiter *waiter)
{
    if (cancel == NULL)
        return;
    pthread_mutex_lock(&own(cancel)->mutex);
    if (waiter->before != NULL)
        waiter->before->next = waiter->next;
    else
        cancel->waiters = waiter->next;
    if (waiter->next != NULL)
        waiter->next->before = waiter->before;
    pthread_mutex_unlock(&cancel->mutex);
}

void xpay_cancel_sleep(xpay_cancel *cancel, int64_t until_us)
{
    struct timespec until = {.tv_sec = (time_t)(until_us / 1000000),
                             .tv_nsec = (long)(until_us % 1000000) * 1000};
    if (cancel == NULL) {
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR)
            continue;
        return;
    }
    int waited = 0;
    pthread_mutex_lock(&own(cancel)->mutex);
    while (!atomic_load(&cancel->is_triggered) && waited == 0)
        waited = pthread_cond_timedwait(&cancel->triggered, &cancel->mutex, &until);
    pthread_mutex_unlock(&cancel->mutex);
}
