/* An inbox in memory, for trials: a bounded table of event ids under one lock, searched from end to end. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <xpay/inbox.h>

#include "../base/fail.h"

enum {
    DEFAULT_CAPACITY = 4096,
    MAX_CAPACITY = 65536,
    DEFAULT_CLAIM_SECONDS = 300,
    MAX_ID_LENGTH = 1024
};

enum { FREE, CLAIMED, DONE };

typedef struct entry {
    char *id;        /* NULL when free */
    uint64_t hash;   /* of the id, so that most others need not be compared */
    uint64_t ticket; /* of the claim: who takes an abandoned one over gets a new one */
    int64_t since;   /* when it was claimed */
    int state;
} entry;

typedef struct memory_inbox {
    xpay_inbox inbox;
    pthread_mutex_t lock;
    xpay_clock clock;
    void *clock_context;
    int64_t claim_seconds;
    uint64_t last_ticket;
    size_t capacity;
    entry entries[];
} memory_inbox;

static int64_t steady_clock(void *context)
{
    struct timespec now = {0, 0};
    (void)context;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec;
}

/* FNV-1a */
static uint64_t hash_of(const char *id)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *id != '\0'; id++)
        hash = (hash ^ (unsigned char)*id) * UINT64_C(1099511628211);
    return hash;
}

static entry *find(memory_inbox *memory, const char *id, uint64_t hash)
{
    for (entry *e = memory->entries; e < memory->entries + memory->capacity; e++)
        if (e->state != FREE && e->hash == hash && strcmp(e->id, id) == 0)
            return e;
    return NULL;
}

/* No other entry has its ticket: each gets a new one when it is claimed, and again when it is done. */
static entry *find_claim(memory_inbox *memory, uint64_t ticket)
{
    for (entry *e = memory->entries; e < memory->entries + memory->capacity; e++)
        if (e->ticket == ticket)
            return e;
    return NULL;
}

static bool is_abandoned(const memory_inbox *memory, const entry *e, int64_t now)
{
    return e->state == CLAIMED && now - e->since > memory->claim_seconds;
}

static void clear(entry *e)
{
    free(e->id);
    *e = (entry){.state = FREE};
}

/* A place for one more: a free one, else an abandoned claim's, else that of the event committed the longest ago. */
static entry *make_room(memory_inbox *memory, int64_t now)
{
    entry *room = NULL;
    uint64_t oldest = UINT64_MAX;
    for (entry *e = memory->entries; e < memory->entries + memory->capacity; e++) {
        if (e->state == FREE)
            return e;
        bool abandoned = is_abandoned(memory, e, now);
        uint64_t age = abandoned ? 0 : e->ticket;
        if ((abandoned || e->state == DONE) && age < oldest) {
            room = e;
            oldest = age;
        }
    }
    if (room != NULL)
        clear(room);
    return room;
}

/* The claim, under the lock. */
static int32_t take(memory_inbox *memory, const char *id, int64_t now, uint64_t *ticket)
{
    uint64_t hash = hash_of(id);
    entry *e = find(memory, id, hash);
    if (e != NULL && e->state == DONE)
        return XPAY_CLAIM_DUPLICATE;
    if (e != NULL && !is_abandoned(memory, e, now))
        return XPAY_CLAIM_BUSY;
    if (e == NULL) {
        char *copy = strlen(id) <= MAX_ID_LENGTH ? strdup(id) : NULL;
        e = copy != NULL ? make_room(memory, now) : NULL;
        if (e == NULL) {
            free(copy);
            return XPAY_CLAIM_FAILED;
        }
        e->id = copy;
        e->hash = hash;
    }
    e->state = CLAIMED;
    e->since = now;
    e->ticket = *ticket = ++memory->last_ticket;
    return XPAY_CLAIM_TAKEN;
}

static int32_t claim(void *context, const xpay_event *event, void **transaction)
{
    memory_inbox *memory = context;
    int64_t now = memory->clock(memory->clock_context);
    uint64_t *ticket = malloc(sizeof *ticket);
    if (ticket == NULL)
        return XPAY_CLAIM_FAILED;
    pthread_mutex_lock(&memory->lock);
    int32_t answer = take(memory, event->id, now, ticket);
    pthread_mutex_unlock(&memory->lock);
    if (answer == XPAY_CLAIM_TAKEN)
        *transaction = ticket;
    else
        free(ticket);
    return answer;
}

/* End a claim, unless it was taken over meanwhile. */
static bool end(memory_inbox *memory, uint64_t *ticket, bool done)
{
    pthread_mutex_lock(&memory->lock);
    entry *e = find_claim(memory, *ticket);
    if (e != NULL && done) {
        e->state = DONE;
        e->ticket = ++memory->last_ticket; /* from now on: when it was committed */
    } else if (e != NULL) {
        clear(e);
    }
    pthread_mutex_unlock(&memory->lock);
    free(ticket);
    return e != NULL;
}

static xpay_status commit(void *context, void *transaction)
{
    return end(context, transaction, true) ? XPAY_OK : XPAY_ERROR_INBOX;
}

static void release(void *context, void *transaction)
{
    end(context, transaction, false);
}

void xpay_inbox_memory_options_init(xpay_inbox_memory_options *options, size_t size)
{
    memset(options, 0, size);
    options->size = size;
}

/* The options as this library knows them, defaults filled in. */
static xpay_status read_options(const xpay_inbox_memory_options *options,
                                xpay_inbox_memory_options *known, xpay_error *error)
{
    *known = (xpay_inbox_memory_options)XPAY_INBOX_MEMORY_OPTIONS_INIT;
    if (options != NULL && options->size < sizeof options->size)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "options",
                         "options: begin with XPAY_INBOX_MEMORY_OPTIONS_INIT");
    for (size_t i = sizeof *known; options != NULL && i < options->size; i++)
        if (((const char *)options)[i] != 0)
            return xpay_fail(error, XPAY_ERROR_ABI, "options",
                             "options have a member that this libxpay does not know");
    if (options != NULL)
        memcpy(known, options, options->size < sizeof *known ? options->size : sizeof *known);
    if (known->capacity > MAX_CAPACITY)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "capacity", "capacity: at most %d events",
                         MAX_CAPACITY);
    if (known->claim_seconds < 0)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "claim_seconds",
                         "claim_seconds: must not be negative");
    if (known->capacity == 0)
        known->capacity = DEFAULT_CAPACITY;
    if (known->claim_seconds == 0)
        known->claim_seconds = DEFAULT_CLAIM_SECONDS;
    if (known->clock == NULL)
        known->clock = steady_clock;
    return XPAY_OK;
}

xpay_status xpay_inbox_memory_new(const xpay_inbox_memory_options *options, xpay_inbox **inbox,
                                  xpay_error *error)
{
    xpay_inbox_memory_options known;
    xpay_error_clear(error);
    if (inbox == NULL)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "inbox", "inbox: must not be NULL");
    *inbox = NULL;
    xpay_status status = read_options(options, &known, error);
    if (status != XPAY_OK)
        return status;
    memory_inbox *memory = calloc(1, sizeof *memory + known.capacity * sizeof *memory->entries);
    if (memory == NULL || pthread_mutex_init(&memory->lock, NULL) != 0) {
        free(memory);
        return xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "no memory for an inbox");
    }
    memory->clock = known.clock;
    memory->clock_context = known.clock_context;
    memory->claim_seconds = known.claim_seconds;
    memory->capacity = known.capacity;
    xpay_inbox_init(&memory->inbox, sizeof memory->inbox);
    memory->inbox.context = memory;
    memory->inbox.claim = claim;
    memory->inbox.commit = commit;
    memory->inbox.release = release;
    *inbox = &memory->inbox;
    return XPAY_OK;
}

void xpay_inbox_memory_free(xpay_inbox *inbox)
{
    if (inbox == NULL)
        return;
    memory_inbox *memory = inbox->context;
    for (size_t i = 0; i < memory->capacity; i++)
        free(memory->entries[i].id);
    pthread_mutex_destroy(&memory->lock);
    free(memory);
}
