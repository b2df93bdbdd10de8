#include "routes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xpay/event_routes.h>

#include "../base/fail.h"

struct xpay_event_routes {
    xpay_event_handler otherwise;
    void *context;
    size_t count;
    xpay_event_route table[]; /* followed by the types' texts */
};

static bool is_family(const char *pattern, size_t length)
{
    return length > 0 && pattern[length - 1] == '.';
}

bool xpay_event_type_fits(const char *pattern, const char *type)
{
    size_t length = strlen(pattern);
    if (is_family(pattern, length))
        return strncmp(pattern, type, length) == 0 && type[length] != '\0';
    return strcmp(pattern, type) == 0;
}

/* A type is made of words of a-z, 0-9 and _ with dots between them; a family ends with a dot. */
static bool can_be_a_type(const char *type)
{
    for (const char *c = type; *c != '\0'; c++) {
        bool letter = (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') || *c == '_';
        bool dot = *c == '.' && c > type && c[-1] != '.';
        if (!letter && !dot)
            return false;
    }
    return *type != '\0';
}

static xpay_status refuse(size_t index, const char *member, const char *problem, xpay_error *error)
{
    char path[48];
    snprintf(path, sizeof path, "table[%zu].%s", index, member);
    return xpay_fail(error, XPAY_ERROR_ARGUMENT, path, "%s: %s", path, problem);
}

static xpay_status check(const xpay_event_route *table, size_t count, xpay_error *error)
{
    if (table == NULL && count > 0)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "table", "table: must not be NULL");
    for (size_t i = 0; i < count; i++) {
        if (table[i].type == NULL || !can_be_a_type(table[i].type))
            return refuse(i, "type", "must be a type, such as \"refund.failed\", or \"refund.\"",
                          error);
        if (table[i].handler == NULL)
            return refuse(i, "handler", "must not be NULL", error);
        for (size_t k = 0; k < i; k++)
            if (strcmp(table[k].type, table[i].type) == 0)
                return refuse(i, "type", "is in the table already", error);
    }
    return XPAY_OK;
}

xpay_status xpay_event_routes_new(const xpay_event_route *table, size_t count,
                                  xpay_event_handler otherwise, void *context,
                                  xpay_event_routes **routes, xpay_error *error)
{
    xpay_error_clear(error);
    if (routes == NULL)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "routes", "routes: must not be NULL");
    *routes = NULL;
    xpay_status status = check(table, count, error);
    if (status != XPAY_OK)
        return status;
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += strlen(table[i].type) + 1;
    xpay_event_routes *made = calloc(1, sizeof *made + count * sizeof *made->table + length);
    if (made == NULL)
        return xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "no memory for routes");
    made->otherwise = otherwise;
    made->context = context;
    made->count = count;
    char *text = (char *)(made->table + count);
    for (size_t i = 0; i < count; i++) {
        made->table[i] = (xpay_event_route){strcpy(text, table[i].type), table[i].handler};
        text += strlen(text) + 1;
    }
    *routes = made;
    return XPAY_OK;
}

void xpay_event_routes_free(xpay_event_routes *routes)
{
    free(routes);
}

xpay_status xpay_event_routes_dispatch(void *given, const xpay_event *event, void *transaction)
{
    const xpay_event_routes *routes = given;
    xpay_event_handler handler = routes->otherwise;
    size_t longest = 0;
    for (size_t i = 0; i < routes->count; i++) {
        const xpay_event_route *route = &routes->table[i];
        size_t length = strlen(route->type);
        if (length > longest && xpay_event_type_fits(route->type, event->type)) {
            handler = route->handler;
            longest = length;
        }
    }
    return handler != NULL ? handler(routes->context, event, transaction) : XPAY_OK;
}
