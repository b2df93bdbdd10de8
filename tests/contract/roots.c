/* Where the contract begins: the bodies that its operations take and give, and what only events carry. */
#include "contract.h"

#include <stdlib.h>
#include <string.h>

static const cJSON *get(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

static const cJSON *schema_in(const cJSON *body)
{
    return get(get(get(body, "content"), "application/json"), "schema");
}

const cJSON *answer_of(const cJSON *operation, int *status)
{
    for (const cJSON *answer = get(operation, "responses")->child; answer != NULL;
         answer = answer->next)
        if (answer->string[0] == '2') {
            *status = atoi(answer->string);
            return schema_in(answer);
        }
    *status = 0;
    return NULL;
}

const cJSON *request_of(const cJSON *operation)
{
    return schema_in(get(operation, "requestBody"));
}

static void add_schema(names *n, const cJSON *schema)
{
    if (schema == NULL)
        return;
    shape s = shape_of(schema);
    if (s.target == NULL)
        complain("a body that is no schema of the contract");
    else
        add_name(n, s.target);
}

static void add_bodies(const cJSON *operation, names *answers, names *requests, names *errors)
{
    add_schema(requests, request_of(operation));
    for (const cJSON *answer = get(operation, "responses")->child; answer != NULL;
         answer = answer->next)
        add_schema(answer->string[0] == '2' ? answers : errors, schema_in(answer));
}

static names all_answers, all_requests, all_errors;

/* Every schema that no operation leads to. */
static void add_payloads_of_events(void)
{
    names reached = all_answers;
    for (size_t i = 0; i < all_requests.count; i++)
        add_name(&reached, all_requests.list[i]);
    for (size_t i = 0; i < all_errors.count; i++)
        add_name(&reached, all_errors.list[i]);
    add_reachable(&reached);
    const cJSON *schema;
    cJSON_ArrayForEach(schema, contract_schemas()) if (!has_name_of(&reached, schema->string))
        add_name(&all_answers, schema->string);
}

static void find_roots(void)
{
    if (all_answers.count > 0)
        return;
    for (const cJSON *path = contract_paths()->child; path != NULL; path = path->next)
        for (const cJSON *operation = path->child; operation != NULL; operation = operation->next)
            add_bodies(operation, &all_answers, &all_requests, &all_errors);
    add_payloads_of_events();
}

const names *answer_roots(void)
{
    find_roots();
    return &all_answers;
}

const names *request_roots(void)
{
    find_roots();
    return &all_requests;
}

const names *error_roots(void)
{
    find_roots();
    return &all_errors;
}
