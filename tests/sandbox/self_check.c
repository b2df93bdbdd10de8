/* Answers are checked as text, that is as a client will read them. */
#include "self_check.h"
#include "json.h"
#include "state.h"
#include "text.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Atomic unsigned long violations;

unsigned long self_check_violations(void)
{
    return atomic_load(&violations);
}

/* The path of what is wrong (to be freed), or NULL if nothing is. */
static char *find_violation(const struct schema *schema, const char *bytes, size_t length)
{
    const char *why = NULL;
    cJSON *value = json_read(bytes, length, &why);
    struct violation violation = {0};
    char *found = NULL;
    if (!value)
        found = must_format("(body): %s", why);
    else if (!schema_accepts(schema, value, SCHEMA_ANSWER, &violation))
        found = must_format("%s %s", violation.path.length ? violation.path.bytes : "(body)",
                            violation.what);
    text_free(&violation.path);
    cJSON_Delete(value);
    return found;
}

static void report(const char *what, const char *found)
{
    atomic_fetch_add(&violations, 1);
    fprintf(stderr, "xpay-sandbox: %s violates the contract: %s\n", what, found);
}

void self_check_answer(const struct contract_operation *operation, struct answer *answer)
{
    const struct schema *schema = contract_answer(operation, answer->status);
    if (!schema)
        schema = answer->status >= 400 ? schema_named("ApiErrorResponse") : NULL;
    if (!settings.self_check || !schema || !answer->body)
        return;
    char *found = find_violation(schema, answer->body, answer->length);
    if (!found)
        return;
    report(operation->id, found);
    refuse(answer, "internal_error", NULL, "sandbox answer violates the contract: %s", found);
    free(found);
}

void self_check_object(const char *what, const char *schema, const cJSON *object)
{
    if (!settings.self_check)
        return;
    char *text = json_print(object);
    char *found = find_violation(schema_named(schema), text, strlen(text));
    if (found)
        report(what, found);
    free(found);
    free(text);
}
