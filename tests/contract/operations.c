/* The rows of the library's operations against the operations of the contract, both ways. */
#include "contract.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "api/operations.h"

#define ROW(name) &xpay_operation_##name,
static const xpay_operation *const rows[] = {XPAY_OPERATIONS(ROW)};

/* Keys by what is known of XPay: these are seen to be de-duplicated; the others are not known to be. */
static const char *const deduplicated[] = {"/checkout/sessions", "/refunds", "/webhook-endpoints"};

/* Whether a row's path is the contract's; what a row has in its query is compared on its own. */
static bool is_path(const xpay_operation *row, const char *path)
{
    size_t length = strcspn(row->path, "?");
    return strlen(path) == length && strncmp(row->path, path, length) == 0;
}

static bool is_method(const xpay_operation *row, const char *method)
{
    size_t i = 0;
    while (row->method[i] != '\0' && tolower((unsigned char)row->method[i]) == method[i])
        i++;
    return row->method[i] == '\0' && method[i] == '\0';
}

static bool stands_for(const xpay_type *type, const cJSON *schema)
{
    shape s = shape_of(schema);
    if (!s.list)
        return has_word(xpay_type_schemas(type), s.target);
    const xpay_field *only = xpay_type_field(type, 0);
    return xpay_type_field_count(type) == 1 && only->name[0] == '\0' &&
           has_word(xpay_type_schemas(only->type), s.target);
}

static void compare_bodies(const xpay_operation *row, const cJSON *operation)
{
    int status;
    const cJSON *answer = answer_of(operation, &status), *request = request_of(operation);
    if (row->success != status)
        complain("%s: success is %d, not %d", row->name, status, row->success);
    if ((answer == NULL) != (row->answer == NULL) ||
        (answer != NULL && !stands_for(row->answer, answer)))
        complain("%s: its answer is of another type", row->name);
    bool query = xpay_operation_reads(row);
    if (!query && ((request == NULL) != (row->request == NULL) ||
                   (request != NULL && !stands_for(row->request, request))))
        complain("%s: its body is of another type", row->name);
}

/* Where each parameter of the contract goes: into the path, into the query behind it, or into a query's struct. */
static size_t compare_parameters(const xpay_operation *row, const cJSON *operation)
{
    size_t count = 0, in_query = 0;
    const cJSON *parameter;
    cJSON_ArrayForEach(parameter, cJSON_GetObjectItemCaseSensitive(operation, "parameters"))
    {
        const char *name = text_of(parameter, "name"), *place = text_of(parameter, "in");
        char written[96], snake[64];
        count++;
        snake_case(snake, sizeof snake, name);
        if (strcmp(place, "path") == 0)
            snprintf(written, sizeof written, "/{%s}", snake);
        else
            snprintf(written, sizeof written, "?%s={%s}", name, snake);
        if (strstr(row->path, written) != NULL)
            continue;
        in_query++;
        if (strcmp(place, "query") != 0 || row->request == NULL || !xpay_operation_reads(row) ||
            xpay_type_field_by_name(row->request, name) == NULL)
            complain("%s: cannot send %s", row->name, name);
    }
    if (xpay_operation_reads(row) && (in_query > 0) != (row->request != NULL))
        complain("%s: has a query in one place only", row->name);
    return count;
}

static void compare_key(const xpay_operation *row)
{
    bool known = false;
    for (size_t i = 0; i < LENGTH(deduplicated); i++)
        known = known || strncmp(row->path, deduplicated[i], strlen(deduplicated[i])) == 0;
    bool none = xpay_operation_reads(row) || xpay_operation_deletes(row);
    int32_t key = none ? XPAY_KEY_NONE : known ? XPAY_KEY_EVIDENCED : XPAY_KEY_UNKNOWN;
    if (row->key != key)
        complain("%s: what is known of its key is %d, not %d", row->name, key, row->key);
}

START_TEST(test_every_operation_has_its_row)
{
    size_t operations = 0, parameters = 0;
    for (const cJSON *path = contract_paths()->child; path != NULL; path = path->next)
        for (const cJSON *operation = path->child; operation != NULL; operation = operation->next) {
            size_t found = 0;
            operations++;
            for (size_t i = 0; i < LENGTH(rows); i++) {
                if (!is_path(rows[i], path->string) || !is_method(rows[i], operation->string))
                    continue;
                found++;
                compare_bodies(rows[i], operation);
                parameters += compare_parameters(rows[i], operation);
                compare_key(rows[i]);
            }
            if (found != 1)
                complain("%s %s: %zu rows stand for it", operation->string, path->string, found);
        }
    if (operations != LENGTH(rows))
        complain("%zu operations in the contract, %zu rows", operations, LENGTH(rows));
    printf("operations: %zu of %zu, with %zu parameters compared\n", LENGTH(rows), operations,
           parameters);
    NO_COMPLAINTS();
}
END_TEST

/* What was recorded under a name is found again; what is never recorded is not. */
START_TEST(test_recorded_operations_are_found_by_name)
{
    for (size_t i = 0; i < LENGTH(rows); i++) {
        const xpay_operation *found = xpay_operation_by_name(rows[i]->name);
        if (found != (rows[i]->key == XPAY_KEY_NONE ? NULL : rows[i]))
            complain("%s: found as %s", rows[i]->name, found == NULL ? "nothing" : found->name);
    }
    NO_COMPLAINTS();
}
END_TEST

TCase *operations_case(void)
{
    TCase *tcase = tcase_create("operations");
    tcase_add_test(tcase, test_every_operation_has_its_row);
    tcase_add_test(tcase, test_recorded_operations_are_found_by_name);
    return tcase;
}
