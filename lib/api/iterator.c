/*
 * Walking a list: a page is fetched when the one before is used up. What a page brings counts only when it fits to what
 * came before; until then the iterator stays as it was, so a failed step can be made again.
 */
#include "iterator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/fail.h"
#include "../json/encode.h"
#include "../net/call.h"
#include "../net/client.h"

/* A page that begins as an earlier one did may be chance, while items are added. The third one is not. */
#define MOST_REPEATS 3

#define NUMBER_ROOM 24 /* for a number in decimal */
#define ANCHOR_ROOM 256

/* What makes an item the same as another: its id, or all of its JSON when it has none. */
typedef struct identity {
    const char *bytes;
    size_t length;
} identity;

struct xpay_iterator {
    xpay_client *client;
    const xpay_operation *operation;
    xpay_request_options options;

    const xpay_field
        *counter;         /* the parameter that says where a page begins; NULL: there is one page */
    bool counts_pages;    /* it is the number of the page, not of its first item */
    char *target;         /* path and query, with room behind for the counter's value */
    size_t target_length; /* without that value */
    int64_t position;     /* the counter's value for the page to be fetched next */
    int64_t limit;        /* items of a page, as asked for; 0: it cannot be asked for */

    int64_t seen;         /* items up to the end of the last page, those that came twice once */
    xpay_buffer former;   /* identities of the last page, a NUL behind each */
    uint64_t pages_count; /* pages that were taken in */
    int repeats;          /* of them, how many began as an earlier one did */
    bool finished;

    /* Identity of the first item of an earlier page, or the beginning of a long one. */
    char anchor[ANCHOR_ROOM];
    size_t anchor_length; /* of the whole; 0: there is none */

    void *page;         /* the one in memory; NULL between two */
    const void **items; /* those of it that are to be handed out */
    size_t items_count;
    size_t next; /* index of the item to be handed out next */
};

static xpay_status no_memory(xpay_error *error)
{
    error->next_step = XPAY_NEXT_SAME_KEY;
    return xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "%s", xpay_status_text(XPAY_ERROR_MEMORY));
}

static xpay_status refuse(xpay_error *error, const char *param, const char *message)
{
    return xpay_fail(error, XPAY_ERROR_ARGUMENT, param, "%s", message);
}

/* A member of a struct that has one of that name; NULL when it has none. */
static const void *member(const void *object, const xpay_type *type, const char *name)
{
    const xpay_field *field = xpay_type_field_by_name(type, name);
    return field == NULL ? NULL : (const char *)object + field->offset;
}

/* Making one */

/* Take a counting parameter out of the caller's values. Its field; `value` is what it had, or stays as it is. */
static const xpay_field *take_counter(char *params, const xpay_type *type, const char *name,
                                      int64_t *value)
{
    const xpay_field *field = xpay_type_field_by_name(type, name);
    if (field == NULL)
        return NULL;
    int64_t *number = (int64_t *)(void *)(params + field->offset);
    bool *has = (bool *)(params + field->presence);
    if (*has)
        *value = *number;
    *has = false;
    *number = 0;
    return field;
}

/* The size of a page: the caller's, or the greatest that is allowed. 0 where it is not to be chosen. */
static int64_t set_limit(char *params, const xpay_type *type)
{
    const xpay_field *field = xpay_type_field_by_name(type, "limit");
    if (field == NULL)
        return 0;
    int64_t *number = (int64_t *)(void *)(params + field->offset);
    bool *has = (bool *)(params + field->presence);
    if (!*has)
        *number = field->maximum;
    *has = true;
    return *number;
}

/* Copy the caller's values, sort out which of them is the counter, and write the others as the query. */
static xpay_status read_params(xpay_iterator *it, const void *given, xpay_buffer *query,
                               xpay_error *error)
{
    const xpay_type *type = it->operation->request;
    if (type == NULL)
        return XPAY_OK;
    xpay_status status = xpay_encode_query(type, given, query, error);
    if (status != XPAY_OK)
        return status;
    char *params = calloc(1, type->size);
    if (params == NULL)
        return no_memory(error);
    if (given != NULL) {
        size_t size = *(const size_t *)(const void *)((const char *)given + type->size_offset);
        memcpy(params, given, size < type->size ? size : type->size);
    }
    memcpy(params + type->size_offset, &type->size, sizeof(type->size));
    it->limit = set_limit(params, type);
    it->position = 1;
    it->counter = take_counter(params, type, "page", &it->position);
    it->counts_pages = it->counter != NULL;
    if (it->counter == NULL) {
        it->position = 0;
        it->counter = take_counter(params, type, "offset", &it->position);
    }
    it->seen = it->counts_pages ? (it->position - 1) * it->limit : it->position;
    query->length = 0;
    status = xpay_encode_query(type, params, query, error);
    free(params);
    return status;
}

static xpay_status write_target(xpay_iterator *it, const void *params, xpay_error *error)
{
    xpay_buffer query = XPAY_BUFFER_INIT;
    xpay_status status = read_params(it, params, &query, error);
    if (status == XPAY_OK) {
        const char *path = it->operation->path;
        const char *counter = it->counter == NULL ? "" : it->counter->name;
        size_t size = strlen(path) + query.length + strlen(counter) + NUMBER_ROOM;
        bool any = query.length > 0, counted = it->counter != NULL;
        it->target = malloc(size);
        if (it->target == NULL)
            status = no_memory(error);
        else
            it->target_length =
                (size_t)snprintf(it->target, size, "%s%s%.*s%s%s%s", path, any ? "?" : "",
                                 (int)query.length, any ? query.bytes : "",
                                 counted ? any ? "&" : "?" : "", counter, counted ? "=" : "");
    }
    xpay_buffer_free(&query);
    return status;
}

xpay_status xpay_iterate(xpay_client *client, const xpay_operation *operation, const void *params,
                         const xpay_request_options *options, xpay_iterator **iterator,
                         xpay_error *error)
{
    xpay_error unwanted;
    xpay_iterator *it = NULL;
    xpay_status status = XPAY_OK;
    if (error == NULL)
        error = &unwanted;
    if (iterator != NULL)
        *iterator = NULL;
    xpay_error_clear(error);
    if (client == NULL || iterator == NULL)
        status = refuse(error, client == NULL ? "client" : "iterator", "it must not be NULL");
    if (status == XPAY_OK && (it = calloc(1, sizeof(*it))) == NULL)
        status = no_memory(error);
    if (status == XPAY_OK) {
        it->client = client;
        it->operation = operation;
        status = write_target(it, params, error);
    }
    if (status == XPAY_OK)
        status = xpay_call_options(options, &it->options, error);
    if (status == XPAY_OK) {
        it->options.idempotency_key = NULL; /* reads send none, and the texts are the caller's */
        it->options.order_reference = NULL;
        *iterator = it;
        return XPAY_OK;
    }
    error->outcome = XPAY_OUTCOME_NOT_SENT;
    error->next_step = status == XPAY_ERROR_MEMORY ? XPAY_NEXT_SAME_KEY : XPAY_NEXT_FIX;
    xpay_iterator_free(it);
    return status;
}

/* Reading a page */

static identity identity_of(const void *item)
{
    const xpay_type *type = ((const xpay_object *)item)->type;
    const char *const *id = member(item, type, "id");
    identity found = {id == NULL ? NULL : *id, 0};
    if (found.bytes == NULL)
        found.bytes = xpay_object_json(item, &found.length);
    else
        found.length = strlen(found.bytes);
    return found;
}

static bool is_among(const xpay_buffer *known, identity one)
{
    for (size_t at = 0; at < known->length;) {
        size_t length = strlen(known->bytes + at);
        if (length == one.length && memcmp(known->bytes + at, one.bytes, length) == 0)
            return true;
        at += length + 1;
    }
    return false;
}

static void remember(xpay_buffer *known, identity one)
{
    xpay_buffer_append(known, one.bytes, one.length);
    xpay_buffer_byte(known, '\0');
}

static size_t anchor_bytes(identity one)
{
    return one.length < ANCHOR_ROOM ? one.length : ANCHOR_ROOM;
}

/* Whether a page begins as an earlier one did. */
static bool begins_anew(const xpay_iterator *it, const void *first)
{
    identity one = identity_of(first);
    return one.length == it->anchor_length && memcmp(it->anchor, one.bytes, anchor_bytes(one)) == 0;
}

static void set_anchor(xpay_iterator *it, const void *first)
{
    identity one = identity_of(first);
    memcpy(it->anchor, one.bytes, anchor_bytes(one));
    it->anchor_length = one.length;
}

static xpay_status contradiction(xpay_error *error, const char *param, const char *message)
{
    return xpay_fail(error, XPAY_ERROR_DECODE, param, "%s", message);
}

/* Whether a page has more elements than could be read: the others would be left out in silence. */
static bool has_unreadable_items(const void *page, const char *name, size_t count)
{
    char pointer[64];
    const char *value;
    size_t length;
    snprintf(pointer, sizeof(pointer), "%s%s/%zu", name[0] == '\0' ? "" : "/", name, count);
    return xpay_object_get(page, pointer, &value, &length) == XPAY_OK;
}

/* What a page means for the walk, before anything is changed by it. */
static xpay_status check_page(const xpay_iterator *it, const void *page, const xpay_field *field,
                              const void *const *data, size_t count, int64_t total,
                              xpay_error *error)
{
    int64_t before = it->counts_pages ? (it->position - 1) * it->limit : it->position;
    if (data == NULL || has_unreadable_items(page, field->name, count))
        return contradiction(error, "data",
                             "a page has no list of items, or not all of them can be read");
    if (count > 0 && it->repeats + 1 >= MOST_REPEATS && begins_anew(it, data[0]))
        return contradiction(error, it->counter->name,
                             "the list does not get on: XPay answers with pages that it has "
                             "answered with before");
    if (count == 0 && it->counter != NULL && it->seen < total && before < total)
        return contradiction(error, "totalCount",
                             "a page is empty, although by its own count the list has more items "
                             "than were seen: some would be missing");
    return XPAY_OK;
}

/* The page counts: move on behind it. */
static void step(xpay_iterator *it, const void *const *data, size_t count, int64_t total,
                 xpay_buffer *identities)
{
    xpay_buffer old = it->former;
    it->former = *identities;
    *identities = old;
    it->seen += (int64_t)it->items_count;
    it->position += it->counts_pages ? 1 : (int64_t)count;
    it->finished = it->counter == NULL || count == 0 || (total > 0 && it->seen >= total);
    if (count == 0)
        return;
    it->repeats += begins_anew(it, data[0]);
    /* Anchors at pages 1, 2, 4, 8 … find a circle of any length. */
    it->pages_count++;
    if ((it->pages_count & (it->pages_count - 1)) == 0)
        set_anchor(it, data[0]);
}

/* Take a page in: what of it is to be handed out, and where the next one begins. */
static xpay_status take_in(xpay_iterator *it, const void *page, xpay_error *error)
{
    const xpay_type *type = it->operation->answer;
    const xpay_field *field = xpay_type_field_by_name(type, "data");
    const void *const *data = *(const void *const *const *)member(page, type, "data");
    size_t count = *(const size_t *)(const void *)((const char *)page + field->presence);
    const int64_t *total = member(page, type, "total_count");
    xpay_buffer identities = XPAY_BUFFER_INIT;
    xpay_status status =
        check_page(it, page, field, data, count, total == NULL ? 0 : *total, error);
    if (status != XPAY_OK)
        return status;
    it->items = malloc((count + 1) * sizeof(*it->items));
    for (size_t i = 0; i < count && it->items != NULL; i++) {
        identity one = identity_of(data[i]);
        if (!is_among(&it->former, one))
            it->items[it->items_count++] = data[i];
        remember(&identities, one);
    }
    if (it->items == NULL || identities.failed)
        status = no_memory(error);
    else
        step(it, data, count, total == NULL ? 0 : *total, &identities);
    xpay_buffer_free(&identities);
    return status;
}

static void let_go(xpay_iterator *it)
{
    xpay_object_free(it->page);
    free(it->items);
    it->page = NULL;
    it->items = NULL;
    it->items_count = 0;
    it->next = 0;
}

static xpay_status turn_page(xpay_iterator *it, xpay_error *error)
{
    /* The row with the page's own path and query, and no parameters beside them. */
    xpay_operation operation = *it->operation;
    operation.path = it->target;
    operation.request = NULL;
    if (it->counter != NULL)
        snprintf(it->target + it->target_length, NUMBER_ROOM, "%lld", (long long)it->position);
    let_go(it);
    xpay_status status =
        xpay_call(it->client, &operation, NULL, NULL, &it->options, &it->page, error);
    if (status == XPAY_OK)
        status = take_in(it, it->page, error);
    if (status != XPAY_OK)
        let_go(it);
    return status;
}

xpay_status xpay_iterator_next(xpay_iterator *it, void *item, xpay_error *error)
{
    xpay_error unwanted;
    const void *found = NULL;
    xpay_status status = XPAY_OK;
    if (error == NULL)
        error = &unwanted;
    xpay_error_clear(error);
    if (it == NULL || item == NULL)
        status = refuse(error, it == NULL ? "iterator" : "item", "it must not be NULL");
    while (status == XPAY_OK && it->next == it->items_count && !it->finished)
        status = turn_page(it, error);
    if (status == XPAY_OK && it->next < it->items_count)
        found = it->items[it->next++];
    if (item != NULL)
        memcpy(item, &found, sizeof(found));
    return status;
}

void xpay_iterator_free(xpay_iterator *it)
{
    if (it == NULL)
        return;
    let_go(it);
    xpay_buffer_wipe(&it->former);
    free(it->target);
    free(it);
}
