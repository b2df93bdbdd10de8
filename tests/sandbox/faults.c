/* A queue of faults; the first that fits is used up first. */
#include "faults.h"
#include "contract.h"
#include "json.h"
#include "state.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>

struct planned {
    struct fault fault;
    char operation[64]; /* "*": any */
    int64_t times;
    struct planned *next;
};

static struct planned *planned;

static const char *const kind_names[FAULT_KINDS] = {
    [FAULT_STATUS] = "status",
    [FAULT_DELAY] = "delay",
    [FAULT_CUT_BEFORE] = "cut_before",
    [FAULT_CUT_AFTER] = "cut_after",
    [FAULT_TRUNCATE] = "truncate",
    [FAULT_GARBLE] = "garble",
    [FAULT_HTML] = "html",
};

/* What the API would say with that status if the test names no code. */
static const char *usual_code(int status)
{
    static const struct {
        int status;
        const char *code;
    } usual[] = {
        {401, "invalid_api_key"}, {403, "permission_denied"},      {404, "resource_missing"},
        {408, "request_timeout"}, {409, "resource_invalid_state"}, {429, "rate_limit"},
    };
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++)
        if (usual[i].status == status)
            return usual[i].code;
    return status >= 500 ? "internal_error" : "invalid_request";
}

static bool is_operation(const char *name)
{
    for (size_t i = 0; i < contract_count(); i++)
        if (same_text(contract_at(i)->id, name))
            return true;
    return same_text(name, "*");
}

static bool fill(struct planned *plan, const cJSON *wanted, const char **why)
{
    struct fault *fault = &plan->fault;
    const char *operation = json_text_at(wanted, "operation");
    const char *code = json_text_at(wanted, "code");
    const cJSON *retry_after = json_member(wanted, "retryAfter");
    snprintf(plan->operation, sizeof plan->operation, "%s", operation ? operation : "*");
    plan->times = json_int_at(wanted, "times", 1);
    for (int kind = 1; kind < FAULT_KINDS; kind++)
        if (same_text(kind_names[kind], json_text_at(wanted, "kind")))
            fault->kind = (enum fault_kind)kind;
    fault->status = (int)json_int_at(wanted, "status", 500);
    fault->delay = json_int_at(wanted, "delayMs", 0);
    fault->after = json_flag_at(wanted, "after");
    fault->unstored = cJSON_IsFalse(json_member(wanted, "stored"));
    snprintf(fault->code, sizeof fault->code, "%s", code ? code : usual_code(fault->status));
    if (cJSON_IsString(retry_after))
        snprintf(fault->retry_after, sizeof fault->retry_after, "%s", retry_after->valuestring);
    else if (cJSON_IsNumber(retry_after))
        snprintf(fault->retry_after, sizeof fault->retry_after, "%lld",
                 (long long)json_int(retry_after));
    *why = !is_operation(plan->operation)                ? "operation is not an operationId or *"
           : !fault->kind                                ? "unknown kind"
           : fault->status < 200 || fault->status > 599  ? "status must be 200 to 599"
           : plan->times < 1                             ? "times must be at least 1"
           : fault->delay < 0 || fault->delay > 86400000 ? "delayMs is out of range"
                                                         : NULL;
    return !*why;
}

bool faults_add(const cJSON *wanted, const char **why)
{
    struct planned *plan = must_alloc_zero(sizeof *plan);
    if (!fill(plan, wanted, why)) {
        free(plan);
        return false;
    }
    struct planned **end = &planned;
    while (*end)
        end = &(*end)->next;
    *end = plan;
    return true;
}

struct fault faults_take(const char *operation)
{
    for (struct planned **at = &planned; *at; at = &(*at)->next) {
        struct planned *plan = *at;
        if (!same_text(plan->operation, "*") && !same_text(plan->operation, operation))
            continue;
        struct fault fault = plan->fault;
        if (--plan->times == 0) {
            *at = plan->next;
            free(plan);
        }
        return fault;
    }
    return (struct fault){0};
}

void faults_clear(void)
{
    while (planned) {
        struct planned *plan = planned;
        planned = plan->next;
        free(plan);
    }
}
