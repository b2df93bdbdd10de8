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

/* Of the second, also before 1970. */
static int fraction(int64_t milliseconds)
{
    return (int)((milliseconds % 1000 + 1000) % 1000);
}

static struct tm civil(int64_t milliseconds)
{
    time_t seconds = (time_t)((milliseconds - fraction(milliseconds)) / 1000);
    struct tm parts = {0};
    gmtime_r(&seconds, &parts);
    return parts;
}

void clock_iso(char out[CLOCK_ISO_SIZE], int64_t milliseconds)
{
    struct tm parts = civil(milliseconds);
    char clock[16];
    strftime(clock, sizeof clock, "%m-%dT%H:%M:%S", &parts);
    snprintf(out, CLOCK_ISO_SIZE, "%04d-%s.%03dZ", parts.tm_year + 1900, clock,
             fraction(milliseconds));
}

void clock_date(char out[CLOCK_DATE_SIZE], int64_t milliseconds)
{
    struct tm parts = civil(milliseconds);
    char day[8];
    strftime(day, sizeof day, "%m-%d", &parts);
    snprintf(out, CLOCK_DATE_SIZE, "%04d-%s", parts.tm_year + 1900, day);
}
