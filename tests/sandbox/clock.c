/* Real time plus an offset that only ever grows. */
#include "clock.h"

#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

static _Atomic int64_t advanced;

int64_t clock_real(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_advanced(void)
{
    return atomic_load(&advanced);
}

int64_t clock_now(void)
{
    return clock_real() + clock_advanced();
}

void clock_advance(int64_t milliseconds)
{
    atomic_fetch_add(&advanced, milliseconds);
}

static struct tm civil(int64_t milliseconds)
{
    time_t seconds = (time_t)(milliseconds / 1000);
    struct tm parts = {0};
    gmtime_r(&seconds, &parts);
    return parts;
}

void clock_iso(char out[CLOCK_ISO_SIZE], int64_t milliseconds)
{
    struct tm parts = civil(milliseconds);
    size_t length = strftime(out, CLOCK_ISO_SIZE, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(out + length, CLOCK_ISO_SIZE - length, ".%03dZ", (int)(milliseconds % 1000));
}

void clock_date(char out[CLOCK_DATE_SIZE], int64_t milliseconds)
{
    struct tm parts = civil(milliseconds);
    strftime(out, CLOCK_DATE_SIZE, "%Y-%m-%d", &parts);
}
