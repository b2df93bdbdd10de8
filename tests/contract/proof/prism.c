/*
 * The library talks to Prism, which serves the contract and refuses requests that do not fit it.
 *
 * Every operation is called with what it needs at least, and with everything: structs are made until each member of
 * each parameter, however deep, was sent with a value and as null. Prism's answers are judged as the bytes that came
 * in: with the overlay all are read whole; without it, each is read, or refused at the place that is wrong.
 */
#include "proof.h"

#include <stdlib.h>
#include <string.h>

#include "json/decode.h"

enum { MOST_TRIES = 20000, IDLE_TRIES = 4000 };

/* The answer that was decoded last: the decoder is called through here. */
static char *body;
static size_t body_length;

xpay_status __real_xpay_decode(const xpay_type *type, const char *bytes, size_t length,
                               const xpay_response *response, void **object, xpay_error *error);
xpay_status __wrap_xpay_decode(const xpay_type *type, const char *bytes, size_t length,
                               const xpay_response *response, void **object, xpay_error *error);

xpay_status __wrap_xpay_decode(const xpay_type *type, const char *bytes, size_t length,
                               const xpay_response *response, void **object, xpay_error *error)
{
    free(body);
    body = calloc(length + 1, 1);
    memcpy(body, bytes, length);
    body_length = length;
    return __real_xpay_decode(type, bytes, length, response, object, error);
}

/* What the library did on the wire last. */
static char method[16], path[300];
static int32_t http_status;

static void watch(void *context, const xpay_trace_event *event)
{
    (void)context;
    snprintf(method, sizeof method, "%s", event->method);
    snprintf(path, sizeof path, "%s", event->path);
    http_status = event->http_status;
}

/* Where the contract has an operation, and the status of its success. */
typedef struct place {
    char method[16];
    char path[128];
    int32_t success;
    bool called;
} place;

enum { MOST_PLACES = 128 };
static place places[MOST_PLACES];
static const char *place_names[MOST_PLACES];
static size_t place_count;

static void read_places(void)
{
    const cJSON *route, *operation;
    cJSON_ArrayForEach(route, contract_paths())
    {
        cJSON_ArrayForEach(operation, route)
        {
            const char *id = text_of(operation, "operationId");
            if (id == NULL)
                continue;
            place *p = &places[place_count];
            place_names[place_count++] = id;
            snprintf(p->method, sizeof p->method, "%s", operation->string);
            for (char *c = p->method; *c != '\0'; c++)
                *c = (char)(*c - 'a' + 'A');
            snprintf(p->path, sizeof p->path, "%s", route->string);
            const cJSON *responses = cJSON_GetObjectItemCaseSensitive(operation, "responses");
            p->success = (int32_t)strtol(responses->child->string, NULL, 10);
        }
    }
}

static place *place_of(const char *operation)
{
    for (size_t i = 0; i < place_count; i++)
        if (strcmp(place_names[i], operation) == 0)
            return &places[i];
    complain("%s: the contract has no such operation", operation);
    return NULL;
}

/* Whether a path is the one of the contract, with an id in place of "{id}". */
static bool is_path_of(const place *p, const char *id)
{
    const char *brace = strchr(p->path, '{');
    size_t before = brace == NULL ? strlen(p->path) : (size_t)(brace - p->path);
    const char *after = brace == NULL ? "" : strchr(brace, '}') + 1;
    const char *rest = path + before;
    if (strncmp(path, p->path, before) != 0)
        return false;
    if (brace == NULL)
        return *rest == '\0';
    return strncmp(rest, id, strlen(id)) == 0 && strcmp(rest + strlen(id), after) == 0;
}

typedef struct round {
    bool exact;
    const char *server; /* such as "seed 12" */
    xpay_client *client;
    size_t calls, whole, listed, refused;
} run;

/* The answer, as the judge sees it. */
static void prove_answer(run *r, const call *c, xpay_status status, const void *object,
                         const xpay_error *error, const char *what)
{
    const xpay_type *type = xpay_type_by_name(c->answer);
    cJSON *answer = tree_of(body, body_length);
    verdict v = judge(type, answer);
    bool fine = verdict_holds(&v, type, answer, status, object, error, what, r->exact);
    r->refused += v.status != XPAY_OK;
    r->listed += v.status == XPAY_OK && v.fault_count > 0;
    r->whole += v.status == XPAY_OK && v.fault_count == 0;
    if (r->exact && (v.status != XPAY_OK || v.fault_count > 0))
        complain("%s: is not read whole: %s", what,
                 v.status != XPAY_OK ? v.refused_at : v.faults[0]);
    if (v.status != XPAY_OK && strcmp(method, "GET") != 0 && error->outcome != XPAY_OUTCOME_APPLIED)
        complain("%s: unreadable after a success, and %s", what, xpay_outcome_name(error->outcome));
    if (!fine)
        complain("  in %.600s", body);
    verdict_free(&v);
    cJSON_Delete(answer);
}

static void prove_call(run *r, const call *c, const void *params, const char *how)
{
    static const char id[] = "id_Test-1";
    char what[160];
    void *object = NULL;
    xpay_error error;
    memset(&error, 0, sizeof error);
    place *p = place_of(c->operation);
    if (p == NULL)
        return;
    snprintf(what, sizeof what, "%s with %s (%s)", c->operation, how, r->server);
    free(body);
    body = NULL;
    http_status = 0;
    *method = *path = '\0';
    xpay_status status = c->make(r->client, id, params, &object, &error);
    r->calls++;
    if (http_status != p->success) {
        complain("%s: HTTP status %d, not %d: %s", what, http_status, p->success, error.message);
        complain("  answered: %.600s", body == NULL ? "nothing" : body);
    } else if (strcmp(method, p->method) != 0 || !is_path_of(p, id)) {
        complain("%s: %s %s was called, not %s %s", what, method, path, p->method, p->path);
    } else {
        p->called = true;
        pass();
        if (c->answer != NULL)
            prove_answer(r, c, status, object, &error, what);
        else if (status != XPAY_OK)
            complain("%s: %s", what, error.message);
    }
    xpay_object_free(object);
}

static const void *minimal(chance *random, const xpay_type *type)
{
    builder b = {random, 100, 0, 0, 0, NULL};
    return build_params(&b, type);
}

/* Structs with everything, until nothing new can be in them. */
static void prove_members(run *r, const call *c, const xpay_type *type, chance *random)
{
    states_forget();
    for (size_t i = 0, idle = 0; i < MOST_TRIES && idle < IDLE_TRIES; i++) {
        builder b = {
            random, i % 3 == 2 ? 60 : 0, c->query || i % 2 == 0 ? 0 : 30, i % 5 == 4 ? 20 : 0, 0,
            NULL};
        const void *params = build_params(&b, type);
        bool fresh = states_meet(params, type) > 0;
        idle = fresh ? 0 : idle + 1;
        if (fresh || i == 0)
            prove_call(r, c, params, "everything");
        build_free_all();
    }
    states_find_unmet(type, c->query);
}

static xpay_client *client_for(const char *url, run *r)
{
    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    xpay_error error;
    options.api_key = "sk_test_prism";
    options.base_url = url;
    options.max_attempts = 1;
    options.trace = watch;
    options.trace_context = r;
    xpay_client *client = NULL;
    if (xpay_client_new(&options, &client, &error) != XPAY_OK)
        complain("%s: %s", url, error.message);
    return client;
}

static void prove_server(run *r, bool members, chance *random)
{
    for (size_t i = 0; i < call_count; i++) {
        const call *c = &calls[i];
        const xpay_type *type = c->request == NULL ? NULL : xpay_type_by_name(c->request);
        prove_call(r, c, type == NULL ? NULL : minimal(random, type), "no more than it needs");
        build_free_all();
        if (members && type != NULL)
            prove_members(r, c, type, random);
    }
}

bool prove_prism(FILE *servers, bool exact, uint64_t seed)
{
    chance random = {seed};
    line l = {0};
    run total = {.exact = exact};
    size_t count = 0;
    read_places();
    while (line_read(&l, servers) && *l.what != '\0') {
        run r = {.exact = exact, .server = l.what};
        r.client = client_for(l.rest, &r);
        if (r.client == NULL)
            break;
        prove_server(&r, count++ == 0, &random);
        xpay_client_free(r.client);
        total.calls += r.calls;
        total.whole += r.whole;
        total.listed += r.listed;
        total.refused += r.refused;
    }
    for (size_t i = 0; i < place_count; i++)
        if (!places[i].called)
            complain("%s: never called; it needs a line in calls.c", place_names[i]);
    line_free(&l);
    free(body);
    fprintf(
        stderr,
        "prism, %s: %zu calls of %zu operations on %zu servers; answers: %zu read whole, %zu with "
        "faults listed, %zu refused; %zu leaves compared\n",
        exact ? "with the overlay" : "the contract as it is", total.calls, call_count, count,
        total.whole, total.listed, total.refused, leaves_read());
    return count > 0;
}
