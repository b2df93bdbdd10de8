/* Reading the contract: schemas by name, and what a property is behind allOf, anyOf and $ref. */
#include "contract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static cJSON *document;

void contract_open(void)
{
    FILE *file = fopen(XPAY_CONTRACT_FILE, "rb");
    if (file == NULL) {
        perror(XPAY_CONTRACT_FILE);
        exit(EXIT_FAILURE);
    }
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(size + 1);
    if (text != NULL && fread(text, 1, size, file) == size)
        document = cJSON_ParseWithLength(text, size);
    free(text);
    fclose(file);
    if (document == NULL) {
        fprintf(stderr, "%s cannot be read\n", XPAY_CONTRACT_FILE);
        exit(EXIT_FAILURE);
    }
}

void contract_close(void)
{
    cJSON_Delete(document);
    document = NULL;
}

static const cJSON *get(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

const cJSON *contract_schemas(void)
{
    return get(get(document, "components"), "schemas");
}

const cJSON *contract_paths(void)
{
    return get(document, "paths");
}

const cJSON *contract_schema(const char *name)
{
    const cJSON *schema = get(contract_schemas(), name);
    if (schema == NULL)
        complain("%s: the contract has no such schema", name);
    return schema;
}

const cJSON *contract_operation(const char *id)
{
    for (const cJSON *path = get(document, "paths")->child; path != NULL; path = path->next)
        for (const cJSON *operation = path->child; operation != NULL; operation = operation->next) {
            const char *name = text_of(operation, "operationId");
            if (name != NULL && strcmp(name, id) == 0)
                return operation;
        }
    complain("%s: the contract has no such operation", id);
    return NULL;
}

const char *text_of(const cJSON *schema, const char *keyword)
{
    return cJSON_GetStringValue(get(schema, keyword));
}

const char *target_of(const cJSON *schema)
{
    const char *reference = text_of(schema, "$ref");
    return reference == NULL ? NULL : strrchr(reference, '/') + 1;
}

bool is_required(const cJSON *schema, const char *property)
{
    const cJSON *name;
    cJSON_ArrayForEach(name, get(schema, "required")) if (strcmp(name->valuestring, property) ==
                                                          0) return true;
    return false;
}

static bool is_null_branch(const cJSON *branch)
{
    const cJSON *values = get(branch, "enum");
    return cJSON_GetArraySize(values) == 1 && cJSON_IsNull(values->child);
}

static bool is_open(const cJSON *schema)
{
    const char *type = text_of(schema, "type");
    if (type == NULL || get(schema, "properties") != NULL)
        return false;
    const cJSON *items = get(schema, "items");
    return strcmp(type, "object") == 0 || (items != NULL && items->child == NULL);
}

/* What a schema is by its own keywords: no reference, no branches. */
static void read_plain(shape *s, const cJSON *schema)
{
    s->type = text_of(schema, "type");
    s->format = text_of(schema, "format");
    s->values = get(schema, "enum");
    s->bounds = schema;
    s->open = is_open(schema);
    if (get(schema, "properties") != NULL)
        s->inside = schema;
}

static shape read_any_of(const cJSON *branches)
{
    shape s = {0};
    bool nullable = false;
    size_t meant = 0;
    const cJSON *branch;
    cJSON_ArrayForEach(branch, branches)
    {
        if (is_null_branch(branch)) {
            nullable = true;
        } else if (meant++ == 0) {
            s = shape_of(branch);
        } else if (s.open && is_open(branch)) {
            s.open_list = true;
        } else if (s.values == NULL && get(branch, "enum") != NULL && s.type != NULL &&
                   strcmp(s.type, "boolean") == 0) {
            s.values = get(branch, "enum"); /* the same as text: "true", "false" */
        } else if (s.target != NULL || strcmp(text_of(branch, "type"), "string") != 0) {
            complain("%s: a union that this test cannot read", cJSON_GetStringValue(branch->child));
        }
    }
    s.nullable = s.nullable || nullable;
    return s;
}

shape shape_of(const cJSON *schema)
{
    shape s = {0};
    bool nullable = cJSON_IsTrue(get(schema, "nullable"));
    const char *type = text_of(schema, "type");
    const cJSON *wrapped = get(schema, "allOf"), *branches = get(schema, "anyOf");
    if (target_of(schema) != NULL) {
        s.target = target_of(schema);
    } else if (wrapped != NULL) {
        read_plain(&s, schema);
        s.target = target_of(wrapped->child);
        s.open = false;
    } else if (branches != NULL) {
        s = read_any_of(branches);
        s.bounds = schema;
    } else if (type != NULL && strcmp(type, "array") == 0 && !is_open(schema)) {
        s = shape_of(get(schema, "items"));
        s.list = true;
        s.bounds = schema;
        s.nullable = false;
    } else {
        read_plain(&s, schema);
    }
    s.nullable = s.nullable || nullable;
    return s;
}
