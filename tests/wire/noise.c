/* A thread that sleeps a millisecond at a time, and names that take their time to be resolved. */
#include "noise.h"
#include "wire.h"

#include <netdb.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct noise {
    pthread_t thread;
    atomic_bool stop;
    int64_t worst_us;
};

static void *listen_for_it(void *context)
{
    struct noise *noise = context;
    while (!atomic_load(&noise->stop)) {
        int64_t start = now_us();
        nap_us(1000);
        int64_t late = now_us() - start - 1000;
        noise->worst_us = late > noise->worst_us ? late : noise->worst_us;
    }
    return NULL;
}

struct noise *noise_start(void)
{
    struct noise *noise = calloc(1, sizeof *noise);
    if (noise == NULL || pthread_create(&noise->thread, NULL, listen_for_it, noise) != 0)
        give_up("no thread");
    return noise;
}

int64_t noise_stop(struct noise *noise)
{
    atomic_store(&noise->stop, true);
    pthread_join(noise->thread, NULL);
    int64_t worst = noise->worst_us;
    free(noise);
    return worst;
}

/* libcurl's resolver thread comes here instead of to libc, since the program's own symbols come first. */
int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
                struct addrinfo **result)
{
    (void)service, (void)hints;
    static const char hangs[] = ".hangs.example";
    size_t length = name == NULL ? 0 : strlen(name), end = sizeof hangs - 1;
    *result = NULL;
    if (length > end && strcmp(name + length - end, hangs) == 0)
        nap_us(5000000);
    return EAI_NONAME; /* the tests use no other names */
}
