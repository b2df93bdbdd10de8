/* Reading the contract file at start, and finding the operation of a request in it. */
#include "contract.h"
#include "json.h"
#include "pairs.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static cJSON *document;
static struct contract_operation *operations;
static size_t operation_count;

static char *read_file(const char *file, size_t *length, struct text *problem)
{
    FILE *in = fopen(file, "rb");
    if (!in) {
        text_addf(problem, "%s: %s", file, strerror(errno));
        return NULL;
    }
    struct text bytes = {0};
    char block[65536];
    size_t count;
    while ((count = fread(block, 1, sizeof block, in)) > 0)
        text_add_bytes(&bytes, block, count);
    fclose(in);
    *length = bytes.length;
    return text_take(&bytes);
}

/* The application/json schema of a request body or an answer. */
static const cJSON *json_content(const cJSON *node)
{
    const cJSON *content = json_member(json_member(node, "content"), "application/json");
    return json_member(content, "schema");
}

static bool read_parameters(struct contract_operation *operation, const cJSON *node,
                            struct text *problem)
{
    const cJSON *list = json_list_at(node, "parameters");
    for (const cJSON *item = list ? list->child : NULL; item; item = item->next) {
        const char *in = json_text_at(item, "in");
        if (same_text(in, "path"))
            continue;
        if (!same_text(in, "query") || operation->query_count == PARAMETERS_MAX) {
            text_addf(problem, "%s: parameter in \"%s\" is not implemented", operation->id, in);
            return false;
        }
        struct contract_parameter *query = &operation->queries[operation->query_count++];
        query->name = json_text_at(item, "name");
        query->required = json_flag_at(item, "required");
        query->schema = schema_compile(json_member(item, "schema"), operation->id, problem);
        if (!query->schema)
            return false;
    }
    return true;
}

static bool read_answers(struct contract_operation *operation, const cJSON *node,
                         struct text *problem)
{
    const cJSON *list = json_member(node, "responses");
    for (const cJSON *item = list ? list->child : NULL; item; item = item->next) {
        if (operation->answer_count == ANSWERS_MAX) {
            text_addf(problem, "%s: too many answers", operation->id);
            return false;
        }
        struct contract_answer *answer = &operation->answers[operation->answer_count++];
        answer->status = (int)strtol(item->string, NULL, 10);
        const cJSON *schema = json_content(item);
        if (schema && !(answer->schema = schema_compile(schema, operation->id, problem)))
            return false;
    }
    return true;
}

static void split_path(struct contract_operation *operation)
{
    operation->parts_text = must_copy(operation->path);
    char *rest = operation->parts_text, *part;
    while ((part = strsep(&rest, "/")))
        if (*part && operation->part_count < PATH_PARTS_MAX)
            operation->parts[operation->part_count++] = part;
}

static bool read_operation(const cJSON *path, const cJSON *node, struct text *problem)
{
    static const char *const methods[] = {"GET", "POST", "PATCH", "PUT", "DELETE"};
    size_t size = (operation_count + 1) * sizeof *operations;
    operations = must_grow(operations, size);
    struct contract_operation *operation = &operations[operation_count++];
    *operation = (struct contract_operation){.id = json_text_at(node, "operationId")};
    operation->path = must_copy(path->string);
    split_path(operation);
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        if (strcasecmp(methods[i], node->string) == 0)
            operation->method = methods[i];
    if (!operation->method || !operation->id) {
        text_addf(problem, "%s: \"%s\" is not an operation", path->string, node->string);
        return false;
    }
    const cJSON *body = json_content(json_member(node, "requestBody"));
    if (body && !(operation->body = schema_compile(body, operation->id, problem)))
        return false;
    return read_parameters(operation, node, problem) && read_answers(operation, node, problem);
}

static bool read_document(const char *file, struct text *problem)
{
    size_t length = 0;
    char *bytes = read_file(file, &length, problem);
    if (!bytes)
        return false;
    const char *why = NULL;
    document = json_read(bytes, length, &why);
    free(bytes);
    const cJSON *schemas = json_member(json_member(document, "components"), "schemas");
    const cJSON *paths = json_member(document, "paths");
    if (!schemas || !paths) {
        text_addf(problem, "%s: %s", file, why ? why : "it has no paths or no schemas");
        return false;
    }
    for (const cJSON *node = schemas->child; node; node = node->next)
        if (!schema_compile(node, node->string, problem))
            return false;
    for (const cJSON *path = paths->child; path; path = path->next)
        for (const cJSON *node = path->child; node; node = node->next)
            if (!read_operation(path, node, problem))
                return false;
    return schema_link(problem);
}

bool contract_load(const char *file, struct text *problem)
{
    return read_document(file, problem);
}

void contract_free(void)
{
    for (size_t i = 0; i < operation_count; i++) {
        free(operations[i].path);
        free(operations[i].parts_text);
    }
    free(operations);
    operations = NULL;
    operation_count = 0;
    schema_free_all();
    cJSON_Delete(document);
    document = NULL;
}

size_t contract_count(void)
{
    return operation_count;
}

const struct contract_operation *contract_at(size_t index)
{
    return &operations[index];
}

/* Compares one path with one template; a {part} takes any non-empty segment. */
static bool path_fits(const struct contract_operation *operation, const char *path, char **id)
{
    const char *at = path;
    const char *taken = NULL;
    size_t taken_length = 0;
    for (size_t i = 0; i < operation->part_count; i++) {
        if (*at++ != '/')
            return false;
        size_t length = strcspn(at, "/");
        if (*operation->parts[i] == '{') {
            taken = at;
            taken_length = length;
            if (!length)
                return false;
        } else if (strlen(operation->parts[i]) != length ||
                   strncmp(operation->parts[i], at, length) != 0) {
            return false;
        }
        at += length;
    }
    if (*at)
        return false;
    if (taken)
        *id = percent_decoded(taken, taken_length, false);
    return true;
}

const struct contract_operation *contract_match(const char *method, const char *path, char **id)
{
    for (size_t i = 0; i < operation_count; i++)
        if (same_text(operations[i].method, method) && path_fits(&operations[i], path, id))
            return &operations[i];
    return NULL;
}

const struct contract_answer *contract_answer(const struct contract_operation *operation,
                                              int status)
{
    for (size_t i = 0; i < operation->answer_count; i++)
        if (operation->answers[i].status == status)
            return &operation->answers[i];
    return NULL;
}
