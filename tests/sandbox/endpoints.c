/* Endpoints and the rules for them; what is sent to them is in deliveries.c. */
#include "endpoints.h"
#include "clock.h"
#include "formats.h"
#include "json.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>

int64_t endpoint_cap = ENDPOINT_CAP;

static struct list endpoints;

const struct list *endpoints_all(void)
{
    return &endpoints;
}

struct endpoint *endpoint_find(const char *id, enum world world)
{
    for (size_t i = 0; i < endpoints.count; i++) {
        struct endpoint *endpoint = endpoints.items[i];
        if (!endpoint->removed && endpoint->world == world && same_text(endpoint->id, id))
            return endpoint;
    }
    return NULL;
}

static bool listed(const cJSON *types, const char *type)
{
    for (const cJSON *item = types ? types->child : NULL; item; item = item->next)
        if (same_text(item->valuestring, type))
            return true;
    return false;
}

bool endpoint_is_off(const struct endpoint *endpoint)
{
    return endpoint->removed || endpoint->disabled;
}

bool endpoint_wants(const struct endpoint *endpoint, const struct event *event)
{
    return !endpoint_is_off(endpoint) && endpoint->world == event->world &&
           (listed(endpoint->events, "*") || listed(endpoint->events, event->type));
}

/* Nothing means everything, and is shown so. */
static cJSON *copy_events(const cJSON *given)
{
    static const char *const everything[] = {"*"};
    return given && given->child ? cJSON_Duplicate(given, true)
                                 : cJSON_CreateStringArray(everything, 1);
}

struct endpoint *endpoint_add(const char *url, const char *secret, const cJSON *events,
                              enum world world)
{
    struct endpoint *endpoint = must_alloc_zero(sizeof *endpoint);
    char made[SECRET_SIZE];
    secret_make(made, "whsec");
    id_make_plain(endpoint->id, "we");
    endpoint->world = world;
    endpoint->url = must_copy(url);
    endpoint->secret = must_copy(secret ? secret : made);
    endpoint->events = copy_events(events);
    endpoint->metadata = cJSON_CreateObject();
    endpoint->created = endpoint->updated = clock_now();
    list_add(&endpoints, endpoint);
    return endpoint;
}

/* "*" stands alone; patterns such as charge.* are not documented, so they are refused. */
static bool events_are_known(const cJSON *events, struct answer *answer)
{
    int index = 0;
    for (const cJSON *type = events ? events->child : NULL; type; type = type->next, index++) {
        char param[48];
        snprintf(param, sizeof param, "enabledEvents[%d]", index);
        if (same_text(type->valuestring, "*") && events->child->next)
            return refuse(answer, "parameter_invalid", param, "* stands for all, by itself.");
        if (!same_text(type->valuestring, "*") && !event_type_is_known(type->valuestring))
            return refuse(answer, "parameter_invalid", param,
                          "%s is not a type of event that can be subscribed to.", param);
        for (const cJSON *earlier = events->child; earlier != type; earlier = earlier->next)
            if (same_text(earlier->valuestring, type->valuestring))
                return refuse(answer, "parameter_invalid", param, "%s is listed twice.", param);
    }
    return true;
}

static bool body_fits(const cJSON *body, struct answer *answer)
{
    const char *url = json_text_at(body, "url");
    if (url && !url_is_secure(url))
        return refuse(answer, "parameter_invalid", "url", "url must be an https URL.");
    return events_are_known(json_list_at(body, "enabledEvents"), answer);
}

static bool has_room(enum world world, struct answer *answer)
{
    int64_t count = 0;
    for (size_t i = 0; i < endpoints.count; i++) {
        const struct endpoint *endpoint = endpoints.items[i];
        count += !endpoint->removed && endpoint->world == world;
    }
    return count < endpoint_cap ? true
                                : refuse(answer, "invalid_request", NULL,
                                         "The maximum number of webhook endpoints (%d) is reached.",
                                         (int)endpoint_cap);
}

/* What a body names, of either call. */
static void take(struct endpoint *endpoint, const cJSON *body)
{
    const cJSON *metadata = json_member(body, "metadata");
    const char *status = json_text_at(body, "status");
    if (json_member(body, "url")) {
        free(endpoint->url);
        endpoint->url = must_copy(json_text_at(body, "url"));
    }
    if (json_member_or_null(body, "description")) {
        free(endpoint->description);
        endpoint->description = must_copy_filled(json_text_at(body, "description"));
    }
    if (json_member(body, "enabledEvents")) {
        cJSON_Delete(endpoint->events);
        endpoint->events = copy_events(json_member(body, "enabledEvents"));
    }
    if (metadata) {
        cJSON_Delete(endpoint->metadata);
        endpoint->metadata = cJSON_Duplicate(metadata, true);
    }
    if (status)
        endpoint->disabled = same_text(status, "disabled");
}

struct endpoint *endpoint_create(const cJSON *body, enum world world, struct answer *answer)
{
    if (!body_fits(body, answer) || !has_room(world, answer))
        return NULL;
    struct endpoint *endpoint = endpoint_add(json_text_at(body, "url"), NULL, NULL, world);
    take(endpoint, body);
    return endpoint;
}

bool endpoint_update(struct endpoint *endpoint, const cJSON *body, struct answer *answer)
{
    if (!body_fits(body, answer))
        return false;
    take(endpoint, body);
    endpoint->updated = clock_now();
    return true;
}

void endpoint_remove(struct endpoint *endpoint)
{
    endpoint->removed = true;
}

cJSON *show_endpoint(const struct endpoint *endpoint, bool with_secret)
{
    cJSON *shown = cJSON_CreateObject();
    json_add_text(shown, "id", endpoint->id);
    json_add_text(shown, "object", "webhook_endpoint");
    json_add_text(shown, "url", endpoint->url);
    json_add_text(shown, "description", endpoint->description);
    json_add_text(shown, "status", endpoint->disabled ? "disabled" : "enabled");
    json_add_copy(shown, "enabledEvents", endpoint->events);
    json_add_flag(shown, "livemode", endpoint->world != WORLD_TEST);
    json_add_copy(shown, "metadata", endpoint->metadata);
    json_add_time(shown, "createdAt", endpoint->created);
    json_add_time(shown, "updatedAt", endpoint->updated);
    if (with_secret)
        json_add_text(shown, "secret", endpoint->secret);
    return shown;
}

static void endpoint_free(void *item)
{
    struct endpoint *endpoint = item;
    free(endpoint->url);
    free(endpoint->secret);
    free(endpoint->description);
    cJSON_Delete(endpoint->events);
    cJSON_Delete(endpoint->metadata);
    free(endpoint);
}

void endpoints_free(void)
{
    list_free(&endpoints, endpoint_free);
}
