/* The one copy of everything, its lock, and the way out for all of it. */
#include "state.h"
#include "text.h"

#include <pthread.h>
#include <stdlib.h>

struct settings settings = {.graph = GRAPH_CONTRACT, .self_check = true};
struct state state = {.next_deadline = INT64_MAX, .inactive = {[WORLD_LIVE_INACTIVE] = true}};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void state_lock(void)
{
    pthread_mutex_lock(&lock);
}

void state_unlock(void)
{
    pthread_mutex_unlock(&lock);
}

void list_add(struct list *list, void *item)
{
    if ((list->count & (list->count - 1)) == 0) {
        size_t capacity = list->count ? list->count * 2 : 1;
        list->items = must_grow(list->items, capacity * sizeof *list->items);
    }
    list->items[list->count++] = item;
}

void list_remove(struct list *list, const void *item)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i] != item)
            list->items[kept++] = list->items[i];
    list->count = kept;
}

struct session *session_find(const char *id, enum world world)
{
    struct session *session = index_find(&state.sessions, id);
    return session && session->world == world ? session : NULL;
}

struct customer *customer_find(const char *id, enum world world)
{
    struct customer *customer = index_find(&state.customers, id);
    return customer && customer->world == world ? customer : NULL;
}

struct intent *intent_find(const char *id, enum world world)
{
    struct intent *intent = index_find(&state.intents, id);
    return intent && intent->session->world == world ? intent : NULL;
}

struct charge *charge_find(const char *id, enum world world)
{
    struct charge *charge = index_find(&state.charges, id);
    return charge && charge->intent->session->world == world ? charge : NULL;
}

struct refund *refund_find(const char *id, enum world world)
{
    struct refund *refund = index_find(&state.refunds, id);
    return refund && refund->charge->intent->session->world == world ? refund : NULL;
}

void session_touch(struct session *session)
{
    free(session->rendered.bytes);
    session->rendered = (struct rendered){0};
}

void state_deadline(int64_t when)
{
    if (when < state.next_deadline)
        state.next_deadline = when;
}

void lines_free(struct line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cJSON_Delete(lines[i].price);
        cJSON_Delete(lines[i].adjustable);
        free(lines[i].description);
        free(lines[i].param);
    }
    free(lines);
}

static void session_free(void *item)
{
    struct session *session = item;
    cJSON_Delete(session->input);
    cJSON_Delete(session->collected);
    cJSON_Delete(session->fields);
    lines_free(session->lines, session->line_count);
    if (session->intent) {
        cJSON_Delete(session->intent->metadata);
        free(session->intent->charges);
        free(session->intent);
    }
    session_touch(session);
    free(session);
}

static void charge_free(void *item)
{
    struct charge *charge = item;
    free(charge->name);
    free(charge->email);
    free(charge->phone);
    free(charge->refunds);
    free(charge);
}

static void refund_free(void *item)
{
    struct refund *refund = item;
    free(refund->reason);
    free(refund->description);
    free(refund->instructions_email);
    free(refund);
}

static void customer_free(void *item)
{
    struct customer *customer = item;
    free(customer->name);
    free(customer->email);
    free(customer->phone);
    cJSON_Delete(customer->address);
    cJSON_Delete(customer->metadata);
    free(customer);
}

void list_free(struct list *list, void (*release)(void *))
{
    for (size_t i = 0; i < list->count; i++)
        release(list->items[i]);
    free(list->items);
    *list = (struct list){0};
}

void state_free(void)
{
    list_free(&state.all_refunds, refund_free);
    list_free(&state.all_charges, charge_free);
    list_free(&state.all_sessions, session_free);
    list_free(&state.all_customers, customer_free);
    list_free(&state.ledger, free);
    list_free(&state.batches, free);
    struct index *const indexes[] = {&state.sessions, &state.intents, &state.charges,
                                     &state.refunds, &state.customers};
    for (size_t i = 0; i < sizeof indexes / sizeof indexes[0]; i++)
        index_free(indexes[i]);
}
