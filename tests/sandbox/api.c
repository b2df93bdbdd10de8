/* The way of an API call: find the operation, admit the key, check query and body against the
 * contract, look the idempotency key up, act, check the answer, and spoil it if a test asked for
 * a fault. */
#include "request.h"
#include "json.h"
#include "self_check.h"
#include "sessions.h"
#include "state.h"

#include <ctype.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPERATIONS_MAX = 64 };

static struct {
    _Atomic unsigned long requests;
    _Atomic unsigned long effects;
} tally[OPERATIONS_MAX];

static size_t tally_index(const struct contract_operation *operation)
{
    return (size_t)(operation - contract_at(0)) % OPERATIONS_MAX;
}

cJSON *api_tally(void)
{
    cJSON *shown = cJSON_CreateObject();
    for (size_t i = 0; i < contract_count() && i < OPERATIONS_MAX; i++) {
        cJSON *row = json_add_object(shown, contract_at(i)->id);
        json_add_int(row, "requests", (int64_t)atomic_load(&tally[i].requests));
        json_add_int(row, "effects", (int64_t)atomic_load(&tally[i].effects));
    }
    return shown;
}

static bool admit_key(struct request *request)
{
    struct answer *answer = &request->answer;
    const char *header = request->authorization;
    if (!header || !*header)
        return refuse(answer, "authentication_required", NULL, "An API key is needed.");
    if (strncasecmp(header, "Bearer ", 7) != 0)
        return refuse(answer, "authentication_required", NULL,
                      "The API key is expected as a bearer token.");
    request->key = key_find(header + 7);
    if (!request->key)
        return refuse(answer, "invalid_api_key", NULL, "The API key is not valid.");
    if (same_text(request->key->type, "PUBLISHABLE"))
        return refuse(answer, "permission_denied", NULL,
                      "A publishable key cannot call this operation.");
    const char *permission = request->operation->permission;
    if (permission && state.inactive[request->key->world])
        return refuse(answer, "merchant_not_activated", NULL,
                      "The account cannot take live payments yet.");
    if (permission && !key_permits(request->key, permission))
        return refuse(answer, "permission_denied", NULL, "The API key lacks %s.", permission);
    return true;
}

/* Not in the contract, but sent by the official clients: a guard against the wrong key. */
static bool admit_live_mode(struct request *request, const char *value)
{
    bool live = request->key->world != WORLD_TEST;
    return same_text(value, live ? "true" : "false")
               ? true
               : refuse(&request->answer, "parameter_invalid", "liveMode",
                        "liveMode does not fit the API key.");
}

static bool is_plain(const char *text)
{
    for (; *text; text++)
        if (!isalnum((unsigned char)*text) && !strchr("_-[].", *text))
            return false;
    return true;
}

static const char *code_of(enum violation_kind kind)
{
    static const char *const codes[] = {
        [VIOLATION_INVALID] = "parameter_invalid",
        [VIOLATION_OUT_OF_RANGE] = "parameter_out_of_range",
        [VIOLATION_MISSING] = "parameter_missing",
        [VIOLATION_UNKNOWN] = "parameter_unknown",
    };
    return codes[kind];
}

static bool admit_pair(struct request *request, size_t index)
{
    const struct contract_operation *contract = request->contract;
    const struct pair *pair = &request->query.items[index];
    struct answer *answer = &request->answer;
    const char *name = is_plain(pair->name) ? pair->name : "query";
    for (size_t i = 0; i < index; i++)
        if (same_text(request->query.items[i].name, pair->name))
            return refuse(answer, "parameter_invalid", name, "%s is given twice.", name);
    if (same_text(pair->name, "liveMode"))
        return admit_live_mode(request, pair->value);
    for (size_t i = 0; i < contract->query_count; i++) {
        struct violation violation = {0};
        if (!same_text(contract->queries[i].name, pair->name))
            continue;
        bool fits = schema_accepts_text(contract->queries[i].schema, pair->value, &violation);
        text_free(&violation.path);
        return fits ? true
                    : refuse(answer, code_of(violation.kind), name, "%s %s.", name, violation.what);
    }
    return refuse(answer, "parameter_unknown", name, "%s is not a known parameter.", name);
}

static bool admit_query(struct request *request)
{
    const struct contract_operation *contract = request->contract;
    for (size_t i = 0; i < request->query.count; i++)
        if (!admit_pair(request, i))
            return false;
    for (size_t i = 0; i < contract->query_count; i++)
        if (contract->queries[i].required &&
            !pairs_find(&request->query, contract->queries[i].name))
            return refuse(&request->answer, "parameter_missing", contract->queries[i].name,
                          "%s is required.", contract->queries[i].name);
    return true;
}

/* An operation without a body is sent none, {} or, by one official client, []. */
static bool admit_no_body(struct request *request)
{
    if (!request->body.length)
        return true;
    cJSON *value = json_read(request->body.bytes, request->body.length, NULL);
    bool empty = (cJSON_IsObject(value) || cJSON_IsArray(value)) && !value->child;
    cJSON_Delete(value);
    return empty ? true
                 : refuse(&request->answer, "parameter_unknown", NULL,
                          "This operation takes no fields.");
}

static bool admit_body(struct request *request)
{
    struct answer *answer = &request->answer;
    const struct schema *schema = request->contract->body;
    if (same_text(request->method, "GET") || same_text(request->method, "DELETE"))
        return true;
    if (request->too_large)
        return refuse(answer, "invalid_request", NULL, "The body is too large.");
    if (!schema)
        return admit_no_body(request);
    const char *type = request->content_type ? request->content_type : "";
    size_t length = strcspn(type, "; ");
    if (length != strlen("application/json") || strncasecmp(type, "application/json", length) != 0)
        return refuse(answer, "invalid_request", NULL,
                      "The body must be sent as application/json.");
    const char *why = "it is empty";
    request->json =
        json_read(request->body.bytes ? request->body.bytes : "", request->body.length, &why);
    if (!request->json)
        return refuse(answer, "invalid_request", NULL, "The body cannot be read: %s.", why);
    struct violation violation = {0};
    bool fits = schema_accepts(schema, request->json, SCHEMA_REQUEST, &violation);
    if (!fits)
        refuse(answer, code_of(violation.kind), violation.path.bytes, "%s %s.",
               violation.path.length ? violation.path.bytes : "The body", violation.what);
    text_free(&violation.path);
    return fits;
}

/* Everything that may change the state. */
static void act(struct request *request)
{
    struct answer *answer = &request->answer;
    struct call call = {
        .contract = request->contract,
        .key = request->key,
        .world = request->key->world,
        .id = request->id,
        .query = &request->query,
    };
    if (!admit_query(request) || !admit_body(request))
        return;
    call.body = request->json;
    request->checked = request->operation->act(&call, answer);
    if (answer->status < 300 && !same_text(request->method, "GET"))
        atomic_fetch_add(&tally[tally_index(request->contract)].effects, 1);
}

static bool is_write(const struct request *request)
{
    return same_text(request->method, "POST") || same_text(request->method, "PATCH");
}

/* False if the idempotency key settles the answer already. */
static bool begin_keyed(struct request *request)
{
    bool heeded = request->operation->deduplicates || settings.keys_everywhere;
    if (!request->idempotency_key || !is_write(request) || !heeded)
        return true;
    struct idempotent_request keyed = {
        .key = request->idempotency_key,
        .world = request->key->world,
        .method = request->method,
        .target = request->target,
        .body = request->body.bytes,
        .length = request->body.length,
    };
    return idempotency_begin(&keyed, &request->record, &request->answer);
}

static void faulty_refusal(struct request *request)
{
    const struct fault *fault = &request->fault;
    refuse_with(&request->answer, fault->status, fault->code, NULL, "This failure was asked for.");
    if (*fault->retry_after)
        request->answer.retry_after = must_copy(fault->retry_after);
}

static void firewall_page(struct answer *answer)
{
    answer_text(answer, 403, "text/html",
                must_copy("<html><head><title>Request blocked</title></head><body><h1>403 "
                          "Forbidden</h1><p>The request was blocked.</p></body></html>\n"));
}

enum stage { STAGE_ARRIVED, STAGE_ADMITTED, STAGE_ANSWERED };

/* The locked part: act once, and keep the answer if it came under a key. */
static void act_and_store(struct request *request)
{
    const struct fault *fault = &request->fault;
    struct answer *answer = &request->answer;
    state_lock();
    sessions_expire_due();
    if (fault->kind == FAULT_STATUS && !fault->after)
        faulty_refusal(request);
    else
        act(request);
    if (!request->checked)
        self_check_answer(request->contract, answer);
    if (request->record)
        idempotency_end(request->record, answer, !fault->unstored);
    request->record = NULL;
    state_unlock();
}

static enum step spoil(struct request *request)
{
    const struct fault *fault = &request->fault;
    switch (fault->kind) {
    case FAULT_STATUS:
        if (fault->after) {
            faulty_refusal(request);
            self_check_answer(request->contract, &request->answer);
        }
        break;
    case FAULT_DELAY:
        if (fault->after)
            return STEP_WAIT;
        break;
    case FAULT_CUT_AFTER: return STEP_CLOSE;
    case FAULT_TRUNCATE: request->truncate = true; break;
    case FAULT_GARBLE:
        answer_text(&request->answer, request->answer.status, "application/json; charset=utf-8",
                    must_copy("{\"id\": \"cs_te\xff st\", \"amount\": 12"));
        break;
    default: break;
    }
    return STEP_ANSWER;
}

static enum step arrive(struct request *request)
{
    request->contract = contract_match(request->method, request->path, &request->id);
    if (!request->contract) {
        refuse(&request->answer, "resource_missing", NULL, "There is no such operation.");
        self_check_answer(NULL, &request->answer);
        return STEP_ANSWER;
    }
    atomic_fetch_add(&tally[tally_index(request->contract)].requests, 1);
    request->operation = operation_find(request->contract->id);
    state_lock();
    request->fault = faults_take(request->contract->id);
    bool open = request->fault.kind != FAULT_CUT_BEFORE && request->fault.kind != FAULT_HTML;
    bool admitted = open && admit_key(request) && begin_keyed(request);
    state_unlock();
    if (request->fault.kind == FAULT_CUT_BEFORE)
        return STEP_CLOSE;
    if (request->fault.kind == FAULT_HTML)
        firewall_page(&request->answer);
    else if (request->answer.replayed)
        self_check_repeat(request->contract, &request->answer);
    else if (open && !admitted)
        self_check_answer(request->contract, &request->answer);
    request->stage = admitted ? STAGE_ADMITTED : STAGE_ANSWERED;
    if (admitted && request->fault.kind == FAULT_DELAY && !request->fault.after)
        return STEP_WAIT;
    return api_proceed(request);
}

enum step api_proceed(struct request *request)
{
    if (request->stage == STAGE_ARRIVED)
        return arrive(request);
    if (request->stage == STAGE_ADMITTED) {
        request->stage = STAGE_ANSWERED;
        act_and_store(request);
        return spoil(request);
    }
    return STEP_ANSWER;
}
