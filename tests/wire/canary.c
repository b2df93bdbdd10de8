#define _GNU_SOURCE /* dladdr(), memmem() */
#include "canary.h"
#include "wire.h"

#include <dlfcn.h>
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { SECRETS = 16, SECRET_SIZE = 256, MODULES = 16 };

static struct {
    char text[SECRET_SIZE];
    size_t length;
    bool is_true;
} secrets[SECRETS];
static atomic_int secret_count;
static atomic_long searched;

void canary_add(const char *secret, bool is_true)
{
    int i = atomic_load(&secret_count);
    if (i == SECRETS || strlen(secret) >= SECRET_SIZE)
        give_up("too many secrets");
    secrets[i].length = strlen(secret);
    memcpy(secrets[i].text, secret, secrets[i].length + 1);
    secrets[i].is_true = is_true;
    atomic_store(&secret_count, i + 1);
}

bool canary_is_clean(const char *text, size_t length, bool only_true)
{
    atomic_fetch_add(&searched, (long)length);
    for (int i = 0; i < atomic_load(&secret_count); i++)
        if ((secrets[i].is_true || !only_true) &&
            memmem(text, length, secrets[i].text, secrets[i].length) != NULL)
            return false;
    return true;
}

long canary_bytes_searched(void)
{
    return atomic_load(&searched);
}

/* What is left in memory, by module. */

static struct {
    char name[64];
    long blocks;
} modules[MODULES];
static atomic_bool watching;
static atomic_bool over; /* the watch */
static atomic_long seen;

long canary_blocks_seen(void)
{
    return atomic_load(&seen);
}

long canary_blocks_left(const char *module)
{
    long sum = 0;
    for (int i = 0; i < MODULES; i++)
        if (strstr(modules[i].name, module) != NULL)
            sum += modules[i].blocks;
    return sum;
}

void canary_print_blocks(void)
{
    for (int i = 0; i < MODULES && modules[i].blocks > 0; i++)
        printf("  freed with a secret by %-24s %ld blocks\n", modules[i].name, modules[i].blocks);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CAN_WATCH 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CAN_WATCH 0
#endif
#endif
#ifndef CAN_WATCH
#define CAN_WATCH 1
#endif

bool canary_can_watch(void)
{
    return CAN_WATCH;
}

void canary_watch(bool on)
{
    atomic_store(&watching, on);
    atomic_store(&over, !on);
}

#if CAN_WATCH
void __libc_free(void *block);
void *__libc_realloc(void *block, size_t size);

static void blame(const void *caller)
{
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    Dl_info info = {0};
    const char *name = "?";
    if (dladdr(caller, &info) != 0 && info.dli_fname != NULL) {
        const char *slash = strrchr(info.dli_fname, '/');
        name = slash == NULL ? info.dli_fname : slash + 1;
    }
    pthread_mutex_lock(&mutex);
    for (int i = 0; i < MODULES; i++)
        if (modules[i].blocks == 0 || strcmp(modules[i].name, name) == 0) {
            strncpy(modules[i].name, name, sizeof modules[i].name - 1);
            modules[i].blocks++;
            break;
        }
    pthread_mutex_unlock(&mutex);
}

static void search(const void *block, const void *caller)
{
    size_t size = malloc_usable_size((void *)block);
    bool found = false;
    atomic_fetch_add(&seen, 1);
    for (int i = 0; i < atomic_load(&secret_count) && !found; i++)
        found =
            secrets[i].is_true && memmem(block, size, secrets[i].text, secrets[i].length) != NULL;
    if (found)
        blame(caller);
}

/*
 * From the beginning of the program to the end of the watch, whatever is freed is searched, and then cleared, lest the
 * next owner of the memory be blamed for it: also what was freed before the watch, or before its secret was known.
 */
static void search_and_clear(void *block, const void *caller)
{
    if (atomic_load(&watching))
        search(block, caller);
    if (!atomic_load(&over))
        memset(block, 0, malloc_usable_size(block));
}

void free(void *block)
{
    if (block != NULL)
        search_and_clear(block, __builtin_return_address(0));
    __libc_free(block);
}

void *realloc(void *block, size_t size)
{
    if (block == NULL || size == 0 || atomic_load(&over))
        return __libc_realloc(block, size);
    size_t old = malloc_usable_size(block);
    void *moved = malloc(size);
    if (moved == NULL)
        return NULL;
    memcpy(moved, block, old < size ? old : size);
    search_and_clear(block, __builtin_return_address(0));
    __libc_free(block);
    return moved;
}
#endif
