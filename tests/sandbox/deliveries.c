/* The queue of deliveries: what waits, what is held back, what became of each attempt. The thread
 * that sends them is in delivery_thread.c. */
#include "delivery_queue.h"
#include "clock.h"
#include "json.h"
#include "text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How long events gather before they are sent last first. */
#define REORDER_WINDOW INT64_C(150)

struct delivery_options delivery_options = {
    .schedule = {0, 60000, 300000, 1800000, 7200000}, .attempts = 5, .timeout = 30000};

static struct list deliveries; /* every one there ever was, in order of making */
static struct list waiting;    /* those still to be sent, in order of sending */
static struct disorder disorder;
static int64_t release_at; /* real time; 0: only on request */

bool delivery_schedule_read(const char *text)
{
    int count = 0;
    do {
        char *end;
        errno = 0;
        long long value = strtoll(text, &end, 10);
        if (end == text || errno || value < 0 || count == ATTEMPTS_MAX || (*end && *end != ','))
            return false;
        delivery_options.schedule[count++] = value;
        text = *end ? end + 1 : end;
    } while (*text);
    delivery_options.attempts = count;
    return true;
}

static bool listed(const cJSON *types, const char *type)
{
    for (const cJSON *item = types ? types->child : NULL; item; item = item->next)
        if (same_text(item->valuestring, type))
            return true;
    return false;
}

static void queue(struct endpoint *endpoint, const struct event *event)
{
    struct delivery *delivery = must_alloc_zero(sizeof *delivery);
    delivery->number = (long)deliveries.count + 1;
    delivery->endpoint = endpoint;
    delivery->event = event;
    delivery->due = clock_now() + delivery_options.schedule[0];
    delivery->state = listed(disorder.dropped, event->type) ? DELIVERY_DROPPED
                      : disorder.hold || disorder.reorder   ? DELIVERY_HELD
                                                            : DELIVERY_WAITING;
    list_add(&deliveries, delivery);
    if (delivery->state == DELIVERY_WAITING)
        list_add(&waiting, delivery);
    if (delivery->state == DELIVERY_HELD && !disorder.hold && !release_at)
        release_at = clock_real() + REORDER_WINDOW;
}

void deliveries_add(const struct event *event)
{
    const struct list *endpoints = endpoints_all();
    for (size_t i = 0; i < endpoints->count; i++)
        for (int copy = 0;
             endpoint_wants(endpoints->items[i], event) && copy <= disorder.duplicates; copy++)
            queue(endpoints->items[i], event);
    deliveries_wake();
}

int deliveries_release(void)
{
    size_t start = waiting.count;
    release_at = 0;
    for (size_t i = 0; i < deliveries.count; i++) {
        struct delivery *delivery = deliveries.items[i];
        if (delivery->state != DELIVERY_HELD)
            continue;
        delivery->state = DELIVERY_WAITING;
        list_add(&waiting, delivery);
    }
    for (size_t low = start, high = waiting.count; disorder.reorder && low + 1 < high; low++) {
        void *moved = waiting.items[--high];
        waiting.items[high] = waiting.items[low];
        waiting.items[low] = moved;
    }
    deliveries_wake();
    return (int)(waiting.count - start);
}

void deliveries_disorder(struct disorder wanted)
{
    bool was_holding = disorder.hold || disorder.reorder;
    cJSON_Delete(disorder.dropped);
    disorder = wanted;
    if (was_holding && !wanted.hold && !wanted.reorder)
        deliveries_release();
}

/* One at a time while the order matters. */
static bool has_room(const struct endpoint *endpoint)
{
    return endpoint->sending < (disorder.reorder ? 1 : SENDING_MAX);
}

/* Whether it stays in the queue: not due yet, or too many are on their way. */
static bool has_to_wait(const struct delivery *delivery, int64_t now, int64_t *wait)
{
    if (endpoint_is_off(delivery->endpoint))
        return false;
    if (delivery->due > now) {
        *wait = delivery->due - now < *wait ? delivery->due - now : *wait;
        return true;
    }
    return !has_room(delivery->endpoint);
}

void deliveries_send_due(int64_t *wait, void (*send)(struct delivery *delivery))
{
    int64_t now = clock_now();
    size_t kept = 0;
    if (release_at && clock_real() >= release_at)
        deliveries_release();
    if (release_at && release_at - clock_real() < *wait)
        *wait = release_at - clock_real();
    for (size_t i = 0; i < waiting.count; i++) {
        struct delivery *delivery = waiting.items[i];
        if (has_to_wait(delivery, now, wait)) {
            waiting.items[kept++] = delivery;
        } else if (endpoint_is_off(delivery->endpoint)) {
            delivery->state = DELIVERY_CANCELED;
        } else {
            delivery->state = DELIVERY_SENDING;
            delivery->started = now;
            delivery->endpoint->sending++;
            send(delivery);
        }
    }
    waiting.count = kept;
}

void delivery_done(struct delivery *delivery, long status, const char *error)
{
    struct attempt *attempt = &delivery->attempts[delivery->attempt_count++];
    attempt->at = delivery->started;
    attempt->status = status;
    snprintf(attempt->error, sizeof attempt->error, "%s", error);
    delivery->endpoint->sending--;
    if (status >= 200 && status < 300) {
        delivery->state = DELIVERY_SUCCEEDED;
    } else if (delivery->attempt_count >= delivery_options.attempts) {
        delivery->state = DELIVERY_FAILED;
    } else {
        delivery->state = DELIVERY_WAITING;
        delivery->due = delivery->started + delivery_options.schedule[delivery->attempt_count];
        list_add(&waiting, delivery);
    }
}

static cJSON *show_attempts(const struct delivery *delivery)
{
    cJSON *list = cJSON_CreateArray();
    for (int i = 0; i < delivery->attempt_count; i++) {
        const struct attempt *attempt = &delivery->attempts[i];
        cJSON *shown = cJSON_CreateObject();
        json_add_time(shown, "at", attempt->at);
        json_add_int(shown, "httpStatus", attempt->status);
        json_add_text(shown, "error", *attempt->error ? attempt->error : NULL);
        cJSON_AddItemToArray(list, shown);
    }
    return list;
}

cJSON *deliveries_list(void)
{
    static const char *const names[] = {"waiting", "held",    "sending", "succeeded",
                                        "failed",  "dropped", "canceled"};
    cJSON *answer = cJSON_CreateObject();
    cJSON *list = json_add_list(answer, "deliveries");
    int64_t open = 0;
    for (size_t i = 0; i < deliveries.count; i++) {
        const struct delivery *delivery = deliveries.items[i];
        cJSON *shown = cJSON_CreateObject();
        json_add_int(shown, "number", delivery->number);
        json_add_text(shown, "eventId", delivery->event->id);
        json_add_text(shown, "type", delivery->event->type);
        json_add_text(shown, "endpointId", delivery->endpoint->id);
        json_add_text(shown, "url", delivery->endpoint->url);
        json_add_text(shown, "status", names[delivery->state]);
        cJSON_AddItemToObject(shown, "attempts", show_attempts(delivery));
        json_add_time(shown, "nextAttemptAt",
                      delivery->state == DELIVERY_WAITING ? delivery->due : 0);
        cJSON_AddItemToArray(list, shown);
        open += delivery->state == DELIVERY_WAITING || delivery->state == DELIVERY_SENDING;
    }
    json_add_int(answer, "open", open);
    return answer;
}

void deliveries_free(void)
{
    for (size_t i = 0; i < deliveries.count; i++)
        free(deliveries.items[i]);
    free(deliveries.items);
    free(waiting.items);
    cJSON_Delete(disorder.dropped);
}
