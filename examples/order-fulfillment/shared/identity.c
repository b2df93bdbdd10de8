/* Ids, time and log lines. */
#include "identity.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

bool id_make(char id[ID_SIZE], const char *prefix)
{
    unsigned char random[16];
    if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
        return false;
    int length = snprintf(id, ID_SIZE, "%s_", prefix);
    if (length < 0 || (size_t)length + 2 * sizeof random >= ID_SIZE)
        return false;
    for (size_t i = 0; i < sizeof random; i++)
        snprintf(id + length + 2 * i, 3, "%02x", random[i]);
    return true;
}

bool id_fits(const char *text)
{
    return text && *text && strlen(text) < ID_SIZE;
}

int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t random_below(int64_t most)
{
    uint32_t random = 0;
    if (getrandom(&random, sizeof random, 0) != (ssize_t)sizeof random)
        random = (uint32_t)now_ms() * UINT32_C(2654435761);
    return (int64_t)((uint64_t)most * random >> 32);
}

bool id_is_plain(const char *text)
{
    return *text && strlen(text) < ID_SIZE &&
           strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") ==
               strlen(text);
}

void log_line(const char *format, ...)
{
    char line[1024], stamp[32] = "";
    time_t now = time(NULL);
    struct tm parts;
    if (gmtime_r(&now, &parts))
        strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &parts);
    va_list values;
    va_start(values, format);
    vsnprintf(line, sizeof line, format, values);
    va_end(values);
    fprintf(stderr, "%s %s\n", stamp, line);
}
