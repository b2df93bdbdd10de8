/* One line for each row: R for an intent, S for how it ended; fields in base text, separated by tabs. */
#include "store.h"
#include "wire.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void pass_step(const struct store *store, enum store_step step)
{
    if (store->at_step != NULL)
        store->at_step(step);
}

/* Two halves, so that a process can end between them. */
static void append(const struct store *store, const char *line, enum store_step within)
{
    size_t length = strlen(line), half = length / 2;
    if (store->path == NULL)
        return;
    int fd = open(store->path, O_WRONLY | O_CREAT | O_APPEND, 0600);
    bool written = fd >= 0 && write(fd, line, half) == (ssize_t)half;
    pass_step(store, within);
    written = written && write(fd, line + half, length - half) == (ssize_t)(length - half);
    if (!written || fsync(fd) != 0 || close(fd) != 0)
        give_up("%s cannot be written", store->path);
}

static struct store_row *find(struct store *store, const char *key)
{
    for (int i = 0; i < store->count; i++)
        if (strcmp(store->rows[i].key, key) == 0)
            return &store->rows[i];
    return NULL;
}

static struct store_row *add(struct store *store)
{
    if (store->count == STORE_ROWS)
        give_up("the store is full");
    struct store_row *row = &store->rows[store->count++];
    memset(row, 0, sizeof *row);
    return row;
}

/* From now on it is another call's row. */
static void name_call(const struct store *store, struct store_row *row, const char *call)
{
    char line[512];
    snprintf(row->call, sizeof row->call, "%s", call);
    snprintf(line, sizeof line, "T\t%s\t%s\tend\n", row->key, call);
    append(store, line, STORE_WITHIN_RECORD);
}

static xpay_status record(void *context, const xpay_intent *intent, int64_t *open_since_ms)
{
    struct store *store = context;
    char line[4096];
    pass_step(store, STORE_BEFORE_RECORD);
    struct store_row *row = find(store, intent->key);
    if (row != NULL && strcmp(row->fingerprint, intent->fingerprint) != 0)
        return XPAY_ERROR_IDEMPOTENCY;
    if (row != NULL && row->settlement != XPAY_SETTLEMENT_REJECTED) {
        *open_since_ms = row->created_ms;
        name_call(store, row, intent->call);
        return XPAY_OK;
    }
    if (row == NULL)
        row = add(store);
    snprintf(row->key, sizeof row->key, "%s", intent->key);
    snprintf(row->fingerprint, sizeof row->fingerprint, "%s", intent->fingerprint);
    snprintf(row->operation, sizeof row->operation, "%s", intent->operation);
    snprintf(row->order, sizeof row->order, "%s",
             intent->order_reference == NULL ? "-" : intent->order_reference);
    snprintf(row->method, sizeof row->method, "%s", intent->method);
    snprintf(row->target, sizeof row->target, "%s", intent->target);
    snprintf(row->body, sizeof row->body, "%s", intent->body);
    snprintf(row->call, sizeof row->call, "%s", intent->call);
    row->created_ms = intent->created_ms;
    row->not_after_ms = intent->not_after_ms;
    row->settlement = 0;
    snprintf(line, sizeof line,
             "R\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%" PRId64 "\t%" PRId64 "\tend\n", row->key,
             row->fingerprint, row->operation, row->order, row->method, row->target, row->body,
             row->call, row->created_ms, row->not_after_ms);
    append(store, line, STORE_WITHIN_RECORD);
    pass_step(store, STORE_AFTER_RECORD);
    return XPAY_OK;
}

static xpay_status settle(void *context, const xpay_settlement *settlement)
{
    struct store *store = context;
    char line[512];
    pass_step(store, STORE_BEFORE_SETTLE);
    struct store_row *row = find(store, settlement->key);
    if (row == NULL)
        return XPAY_ERROR_ARGUMENT;
    if (row->settlement == XPAY_SETTLEMENT_APPLIED)
        return XPAY_OK;
    if (settlement->how == XPAY_SETTLEMENT_REJECTED && strcmp(row->call, settlement->call) != 0)
        return XPAY_ERROR_CONFLICT;
    snprintf(line, sizeof line, "S\t%s\t%d\tend\n", row->key, (int)settlement->how);
    append(store, line, STORE_WITHIN_SETTLE);
    row->settlement = settlement->how;
    pass_step(store, STORE_AFTER_SETTLE);
    return XPAY_OK;
}

static bool is_settled(const struct store_row *row)
{
    return row->settlement == XPAY_SETTLEMENT_APPLIED ||
           row->settlement == XPAY_SETTLEMENT_REJECTED;
}

static xpay_status take_over(void *context, const char *key, const char *call)
{
    struct store *store = context;
    struct store_row *row = find(store, key);
    if (row == NULL || is_settled(row))
        return XPAY_ERROR_CONFLICT;
    name_call(store, row, call);
    return XPAY_OK;
}

xpay_intent store_intent(const struct store_row *row)
{
    xpay_intent intent = XPAY_INTENT_INIT;
    intent.key = row->key;
    intent.fingerprint = row->fingerprint;
    intent.operation = row->operation;
    intent.order_reference = row->order;
    intent.method = row->method;
    intent.target = row->target;
    intent.body = row->body;
    intent.call = row->call;
    intent.created_ms = row->created_ms;
    intent.not_after_ms = row->not_after_ms;
    return intent;
}

static xpay_status list(void *context, xpay_intent_visitor visit, void *visit_context)
{
    struct store *store = context;
    xpay_status status = XPAY_OK;
    for (int i = 0; i < store->count && status == XPAY_OK; i++) {
        const xpay_intent intent = store_intent(&store->rows[i]);
        if (!is_settled(&store->rows[i]))
            status = visit(visit_context, &intent);
    }
    return status;
}

/* One whole line; anything else is a row that was not finished. */
static void load(struct store *store, const char *line)
{
    struct store_row row = {.settlement = 0};
    char key[256], call[64];
    int settlement, end = 0;
    if (sscanf(line, "S\t%255[^\t]\t%d\tend%n", key, &settlement, &end) == 2 && end > 0) {
        struct store_row *known = find(store, key);
        if (known != NULL)
            known->settlement = settlement;
    } else if (sscanf(line, "T\t%255[^\t]\t%63[^\t]\tend%n", key, call, &end) == 2 && end > 0) {
        struct store_row *known = find(store, key);
        if (known != NULL)
            snprintf(known->call, sizeof known->call, "%s", call);
    } else if (sscanf(line,
                      "R\t%255[^\t]\t%64[^\t]\t%63[^\t]\t%63[^\t]\t%7[^\t]\t%127[^\t]\t%1023[^\t]"
                      "\t%63[^\t]\t%" SCNd64 "\t%" SCNd64 "\tend%n",
                      row.key, row.fingerprint, row.operation, row.order, row.method, row.target,
                      row.body, row.call, &row.created_ms, &row.not_after_ms, &end) == 10 &&
               end > 0) {
        struct store_row *known = find(store, row.key);
        *(known == NULL ? add(store) : known) = row;
    }
}

void store_open(struct store *store, const char *path, void (*at_step)(enum store_step step))
{
    char line[4096];
    memset(store, 0, sizeof *store);
    store->path = path;
    store->at_step = at_step;
    store->callbacks = (xpay_intent_store)XPAY_INTENT_STORE_INIT;
    store->callbacks.context = store;
    store->callbacks.record = record;
    store->callbacks.settle = settle;
    store->callbacks.take_over = take_over;
    store->callbacks.unsettled = list;
    FILE *file = path == NULL ? NULL : fopen(path, "a+");
    bool torn = false;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        load(store, line);
        torn = strchr(line, '\n') == NULL;
    }
    if (torn)
        fputc('\n', file);
    if (file != NULL)
        fclose(file);
}

int store_unsettled(const struct store *store)
{
    int count = 0;
    for (int i = 0; i < store->count; i++)
        count += !is_settled(&store->rows[i]);
    return count;
}

int store_applied(const struct store *store)
{
    int count = 0;
    for (int i = 0; i < store->count; i++)
        count += store->rows[i].settlement == XPAY_SETTLEMENT_APPLIED;
    return count;
}
