#define _GNU_SOURCE /* RTLD_NEXT */

#include "allocation.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#endif

static atomic_size_t left; /* allocations until one fails, that one included; 0: none will */
static atomic_bool goes_on, has_failed;
static atomic_long live, total;

void allocation_fail(size_t n, bool and_after)
{
    goes_on = and_after;
    has_failed = false;
    left = n;
}

bool allocation_failed(void)
{
    return has_failed;
}

long allocation_live(void)
{
    return live;
}

long allocation_total(void)
{
    return total;
}

#ifdef SANITIZED

bool allocation_can_fail(void)
{
    return false;
}

#else

void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *memory, size_t size);
void free(void *memory);

/* The functions of the C library. Looking them up may itself allocate, which then is refused and done without. */
static struct {
    void *(*malloc)(size_t);
    void *(*calloc)(size_t, size_t);
    void *(*realloc)(void *, size_t);
    void (*free)(void *);
} libc;

static bool look_up(void *function, const char *name)
{
    static _Thread_local bool looking;
    if (looking)
        return false;
    looking = true;
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(function, &found, sizeof found);
    looking = false;
    return found != NULL;
}

/* Whether this allocation is to fail. */
static bool fails(void)
{
    size_t n = left;
    if (n == 0 || (n > 1 && atomic_compare_exchange_strong(&left, &n, n - 1)))
        return false;
    if (!goes_on)
        left = 0;
    has_failed = true;
    errno = ENOMEM;
    return true;
}

static void *counted(void *memory)
{
    if (memory != NULL) {
        live++;
        total++;
    }
    return memory;
}

void *malloc(size_t size)
{
    if ((libc.malloc == NULL && !look_up(&libc.malloc, "malloc")) || fails())
        return NULL;
    return counted(libc.malloc(size));
}

void *calloc(size_t count, size_t size)
{
    if ((libc.calloc == NULL && !look_up(&libc.calloc, "calloc")) || fails())
        return NULL;
    return counted(libc.calloc(count, size));
}

void *realloc(void *memory, size_t size)
{
    if ((libc.realloc == NULL && !look_up(&libc.realloc, "realloc")) || fails())
        return NULL;
    void *moved = libc.realloc(memory, size);
    return memory == NULL ? counted(moved) : moved;
}

void free(void *memory)
{
    if (memory == NULL || (libc.free == NULL && !look_up(&libc.free, "free")))
        return;
    live--;
    libc.free(memory);
}

bool allocation_can_fail(void)
{
    allocation_fail(1, false);
    void *volatile memory = malloc(1); /* valgrind has functions of its own in place of these */
    allocation_fail(0, false);
    free(memory);
    return memory == NULL;
}

#endif
