/* Resolving all that a store has unsettled: read first, then resolved one by one. */
#include <stdlib.h>
#include <string.h>

#include <xpay/object.h>

#include "../base/fail.h"
#include "../base/secret.h"
#include "../net/call.h"
#include "../net/cancel.h"
#include "../net/client.h"
#include "resolve.h"

/* A copy of an intent, in one piece with its texts. */
typedef struct kept {
    struct kept *next;
    size_t text_size;
    xpay_intent intent;
    char text[];
} kept;

typedef struct listing {
    kept *first;
    kept **last;
} listing;

static const char **text_members(xpay_intent *intent, size_t i)
{
    const char **const members[] = {&intent->key,    &intent->fingerprint, &intent->operation,
                                    &intent->method, &intent->target,      &intent->order_reference,
                                    &intent->body,   &intent->account,     &intent->call};
    return i < sizeof(members) / sizeof(members[0]) ? members[i] : NULL;
}

static xpay_status keep(void *context, const xpay_intent *given)
{
    listing *list = context;
    xpay_intent intent;
    size_t size = 0;
    xpay_status status =
        xpay_options_copy(&intent, sizeof(intent), given, "XPAY_INTENT_INIT", NULL);
    if (status != XPAY_OK)
        return status;
    for (size_t i = 0; text_members(&intent, i) != NULL; i++)
        size += *text_members(&intent, i) == NULL ? 0 : strlen(*text_members(&intent, i)) + 1;
    kept *copy = malloc(sizeof(*copy) + size);
    if (copy == NULL)
        return XPAY_ERROR_MEMORY;
    copy->next = NULL;
    copy->text_size = size;
    copy->intent = intent;
    copy->intent.size = sizeof(intent);
    char *text = copy->text;
    for (size_t i = 0; text_members(&copy->intent, i) != NULL; i++) {
        const char **member = text_members(&copy->intent, i);
        if (*member == NULL)
            continue;
        size_t length = strlen(*member) + 1;
        *member = memcpy(text, *member, length);
        text += length;
    }
    *list->last = copy;
    list->last = &copy->next;
    return XPAY_OK;
}

static void forget(listing *list)
{
    while (list->first != NULL) {
        kept *next = list->first->next;
        xpay_wipe(list->first->text, list->first->text_size);
        free(list->first);
        list->first = next;
    }
}

/* Whether another open intent asks for the same, under another key. */
static bool has_twin(const listing *list, const kept *one)
{
    const xpay_intent *a = &one->intent;
    for (const kept *k = list->first; k != NULL; k = k->next) {
        const xpay_intent *b = &k->intent;
        if (k != one && a->target != NULL && b->target != NULL && a->body != NULL &&
            b->body != NULL && strcmp(a->target, b->target) == 0 && strcmp(a->body, b->body) == 0)
            return true;
    }
    return false;
}

/* So many in a row that could not be resolved: the store is down, and each more would only wait for it. */
enum { FAILURES_IN_A_ROW = 10 };

/* The intents that could not be resolved: most likely, the store did not let them be taken over. */
typedef struct failures {
    size_t count;
    size_t in_a_row;
    xpay_error first;
} failures;

static void note(failures *failed, xpay_status status, const xpay_error *error)
{
    if (failed->count == 0) {
        failed->first = *error;
        failed->first.status = status;
    }
    failed->count++;
    failed->in_a_row++;
}

/* Whether the intent's own row is at fault: the error names its member. What a store returns has none. */
static bool is_damage(xpay_status status, const xpay_error *error)
{
    return (status == XPAY_ERROR_ARGUMENT || status == XPAY_ERROR_IDEMPOTENCY) &&
           error->param[0] != '\0';
}

/* One intent; what is wrong with it alone does not end the run, but what the visitor says may. */
static xpay_status resolve_kept(xpay_client *client, const listing *list, const kept *one,
                                const xpay_request_options *options, xpay_resolution_visitor visit,
                                void *context, failures *failed, xpay_error *error)
{
    const xpay_intent *intent = &one->intent;
    xpay_resolution resolution;
    xpay_status status =
        xpay_resolve_one(client, intent, has_twin(list, one), options, &resolution, error);
    if (is_damage(status, error)) {
        resolution.verdict = XPAY_RESOLUTION_ASK_A_PERSON;
        status = XPAY_OK;
    }
    if (status != XPAY_OK && status != XPAY_ERROR_CONFLICT) {
        note(failed, status, error);
        return XPAY_OK;
    }
    failed->in_a_row = 0;
    if (status == XPAY_ERROR_CONFLICT) /* settled since it was listed */
        return XPAY_OK;
    if (visit != NULL)
        return visit(context, intent, &resolution);
    xpay_object_free(resolution.object);
    return XPAY_OK;
}

/* The end of a run that nobody ended: the first failure, how many there were, and whether intents were left. */
static xpay_status report(const failures *failed, bool left, xpay_error *error)
{
    if (failed->count == 0)
        return XPAY_OK;
    *error = failed->first;
    return xpay_fail(error, error->status, error->param,
                     "%zu of the intents could not be resolved%s; the first: %s", failed->count,
                     left ? ", and the rest was not tried" : "", failed->first.message);
}

xpay_status xpay_resolve_unsettled(xpay_client *client, const xpay_request_options *given,
                                   xpay_resolution_visitor visit, void *context, xpay_error *error)
{
    xpay_error unwanted;
    xpay_request_options options;
    listing list = {NULL, NULL};
    failures failed = {.count = 0};
    list.last = &list.first;
    if (error == NULL)
        error = &unwanted;
    xpay_error_clear(error);
    if (client == NULL || client->settings.intent_store.unsettled == NULL)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, client == NULL ? "client" : "intent_store",
                         "it takes a client with an intent store that lists");
    const xpay_intent_store *store = &client->settings.intent_store;
    /* Bad options would look like bad intents, one after the other. */
    xpay_status status = xpay_call_options(given, &options, error);
    if (status == XPAY_OK) {
        status = store->unsettled(store->context, keep, &list);
        if (status != XPAY_OK)
            xpay_fail(error, status, NULL, "the intent store could not list what is unsettled: %s",
                      xpay_status_text(status));
    }
    const kept *k = list.first;
    for (; k != NULL && status == XPAY_OK && failed.in_a_row < FAILURES_IN_A_ROW; k = k->next) {
        if (xpay_canceled(options.cancel))
            status = xpay_fail(error, XPAY_ERROR_CANCELED, NULL, "another thread ended the run");
        else if (xpay_intent_stranger(client, &k->intent) == NULL)
            status = resolve_kept(client, &list, k, given, visit, context, &failed, error);
    }
    if (status == XPAY_OK)
        status = report(&failed, k != NULL, error);
    forget(&list);
    return status;
}
