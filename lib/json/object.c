/* What can be asked of any object. */
#include <stdlib.h>
#include <string.h>

#include "root.h"
#include "scan.h"

/* A copy of a text of the response; NULL stays NULL. */
static bool keep_text(xpay_arena *arena, const char **text)
{
    if (*text == NULL)
        return true;
    *text = xpay_arena_copy(arena, *text, strlen(*text));
    return *text != NULL;
}

xpay_root *xpay_root_new(const char *bytes, size_t length, const xpay_response *response)
{
    /* Beside the bytes themselves, structs and texts usually need a little less than as much. */
    xpay_arena arena = {0};
    xpay_arena_reserve(&arena, sizeof(xpay_root) + length * 2 - length / 8);
    xpay_root *root = xpay_arena_zeroed(&arena, sizeof *root);
    bool fine = root != NULL;
    if (fine) {
        if (response != NULL)
            root->response = *response;
        root->json = xpay_arena_copy(&arena, bytes, length);
        root->json_length = length;
        fine = root->json != NULL && keep_text(&arena, &root->response.request_id) &&
               keep_text(&arena, &root->response.idempotency_key);
    }
    if (!fine) {
        xpay_arena_free(&arena);
        return NULL;
    }
    root->arena = arena;
    return root;
}

void xpay_root_free(xpay_root *root)
{
    xpay_arena arena = root->arena; /* the root itself is in there */
    xpay_arena_free(&arena);
}

static xpay_root *root_of(const void *object)
{
    return (xpay_root *)((const xpay_object *)object)->root;
}

void xpay_object_free(void *object)
{
    if (object != NULL && root_of(object)->top == object)
        xpay_root_free(root_of(object));
}

const char *xpay_object_json(const void *object, size_t *length)
{
    const char *json = object == NULL ? NULL : ((const xpay_object *)object)->json;
    if (length != NULL) {
        if (json == NULL)
            *length = 0;
        else if (json == root_of(object)->json)
            *length = root_of(object)->json_length;
        else
            *length = (size_t)(xpay_json_skip(json) - json);
    }
    return json;
}

const char *xpay_json_get(const xpay_json *json, const char *name)
{
    if (json == NULL || name == NULL)
        return NULL;
    for (size_t i = json->members_count; i-- > 0;)
        if (strcmp(json->members[i].name, name) == 0)
            return json->members[i].value;
    return NULL;
}

const xpay_response *xpay_object_response(const void *object)
{
    return object == NULL ? NULL : &root_of(object)->response;
}

size_t xpay_object_fault_count(const void *object)
{
    return object == NULL ? 0 : root_of(object)->fault_count;
}

const xpay_fault *xpay_object_fault(const void *object, size_t index)
{
    size_t count = xpay_object_fault_count(object);
    return index < count && index < XPAY_MAX_FAULTS ? &root_of(object)->faults[index] : NULL;
}

void xpay_text_free(char *text)
{
    free(text);
}
