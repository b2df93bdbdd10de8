/* Answers are checked as text, that is as a client will read them. */
#include "self_check.h"
#include "json.h"
#include "state.h"
#include "text.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first ones are told in full; a test needs no more. */
enum { TOLD_MAX = 100 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    unsigned long answers, repeats, events, violations;
    cJSON *operations; /* {operationId: {status: count}} */
    cJSON *told;
} record;

unsigned long self_check_violations(void)
{
    pthread_mutex_lock(&lock);
    unsigned long violations = record.violations;
    pthread_mutex_unlock(&lock);
    return violations;
}

unsigned long self_check_answers(void)
{
    pthread_mutex_lock(&lock);
    unsigned long answers = record.answers;
    pthread_mutex_unlock(&lock);
    return answers;
}

static void count(const struct contract_operation *operation, int status, unsigned long *total)
{
    char name[16];
    snprintf(name, sizeof name, "%d", status);
    pthread_mutex_lock(&lock);
    ++*total;
    if (!record.operations)
        record.operations = cJSON_CreateObject();
    const char *id = operation ? operation->id : "(none)";
    cJSON *row = cJSON_GetObjectItemCaseSensitive(record.operations, id);
    if (!row)
        row = json_add_object(record.operations, id);
    cJSON *known = cJSON_GetObjectItemCaseSensitive(row, name);
    if (known)
        cJSON_SetNumberValue(known, known->valuedouble + 1);
    else
        cJSON_AddNumberToObject(row, name, 1);
    pthread_mutex_unlock(&lock);
}

static void report(const char *what, const char *found)
{
    char *line = must_format("%s: %s", what, found);
    pthread_mutex_lock(&lock);
    if (!record.told)
        record.told = cJSON_CreateArray();
    if (record.violations++ < TOLD_MAX)
        json_push_text(record.told, line);
    pthread_mutex_unlock(&lock);
    fprintf(stderr, "xpay-sandbox: violation of the contract: %s\n", line);
    free(line);
}

/* The path of what is wrong (to be freed), or NULL if nothing is. */
static char *find_violation(const struct schema *schema, const char *bytes, size_t length)
{
    const char *why = NULL;
    cJSON *value = json_read(bytes, length, &why);
    struct violation violation = {0};
    char *found = NULL;
    if (!value)
        found = must_format("(body) cannot be read: %s", why);
    else if (!schema_accepts(schema, value, SCHEMA_ANSWER, &violation))
        found = must_format("%s %s", violation.path.length ? violation.path.bytes : "(body)",
                            violation.what);
    text_free(&violation.path);
    cJSON_Delete(value);
    return found;
}

/* A success must be one of those that the contract has for the operation. A refusal has the
 * envelope even where the contract does not list its status: it lists few of them. */
static char *find_in_answer(const struct contract_operation *operation, const struct answer *answer)
{
    const struct contract_answer *listed =
        operation ? contract_answer(operation, answer->status) : NULL;
    const struct schema *schema = listed ? listed->schema : NULL;
    if (!listed && answer->status < 400)
        return must_format("(status) %d is not one of the operation's", answer->status);
    if (!schema && answer->status >= 400)
        schema = schema_named("ApiErrorResponse");
    if (!schema)
        return answer->length ? must_copy("(body) is there, but the contract has none") : NULL;
    return find_violation(schema, answer->body ? answer->body : "", answer->length);
}

void self_check_answer(const struct contract_operation *operation, struct answer *answer)
{
    if (!settings.self_check)
        return;
    count(operation, answer->status, &record.answers);
    char *found = find_in_answer(operation, answer);
    if (!found)
        return;
    report(operation ? operation->id : "(none)", found);
    refuse(answer, "internal_error", NULL, "sandbox answer violates the contract: %s", found);
    free(found);
}

void self_check_repeat(const struct contract_operation *operation, const struct answer *answer)
{
    if (settings.self_check)
        count(operation, answer->status, &record.repeats);
}

void self_check_object(const char *what, const char *schema, const cJSON *object)
{
    if (!settings.self_check)
        return;
    char *text = json_print(object);
    char *found = find_violation(schema_named(schema), text, strlen(text));
    pthread_mutex_lock(&lock);
    record.events++;
    pthread_mutex_unlock(&lock);
    if (found)
        report(what, found);
    free(found);
    free(text);
}

cJSON *self_check_show(void)
{
    cJSON *shown = cJSON_CreateObject();
    pthread_mutex_lock(&lock);
    json_add_int(shown, "answers", (int64_t)record.answers);
    json_add_int(shown, "repeats", (int64_t)record.repeats);
    json_add_int(shown, "events", (int64_t)record.events);
    cJSON_AddItemToObject(shown, "violations",
                          record.told ? cJSON_Duplicate(record.told, true) : cJSON_CreateArray());
    cJSON_AddItemToObject(shown, "operations",
                          record.operations ? cJSON_Duplicate(record.operations, true)
                                            : cJSON_CreateObject());
    pthread_mutex_unlock(&lock);
    return shown;
}

void self_check_free(void)
{
    cJSON_Delete(record.told);
    cJSON_Delete(record.operations);
}
