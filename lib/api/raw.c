/* Raw requests: an operation that is made up for one call, from values that are looked at closely before. */
#include "raw.h"

#include <string.h>
#include <xpay/raw.h>

#include "../base/fail.h"
#include "../json/decode.h"
#include "../json/scan.h"
#include "../model/model.h"
#include "../net/call.h"
#include "../net/client.h"

#define LONGEST_PATH 8000

/*
 * What a raw request is, by its method and by whether it is said to be de-duplicated: these rows without a path, which
 * is the caller's. (A line of the pool remembers a method by its address, so that must be this one.)
 */
#define ROW(name, method, key)                             \
    {                                                      \
        name, method, NULL, key, 200, NULL, &xpay_type_raw \
    }
static const xpay_operation rows[] = {
    ROW("raw_request", "GET", XPAY_KEY_NONE),
    ROW("raw_request", "DELETE", XPAY_KEY_NONE),
    ROW("raw_request", "POST", XPAY_KEY_UNKNOWN),
    ROW("raw_request", "PATCH", XPAY_KEY_UNKNOWN),
    ROW("raw_request", "PUT", XPAY_KEY_UNKNOWN),
    ROW("raw_request_deduplicated", "POST", XPAY_KEY_EVIDENCED),
    ROW("raw_request_deduplicated", "PATCH", XPAY_KEY_EVIDENCED),
    ROW("raw_request_deduplicated", "PUT", XPAY_KEY_EVIDENCED),
};

void xpay_raw_request_params_init(xpay_raw_request_params *params, size_t size)
{
    memset(params, 0, size);
    params->size = size;
}

static xpay_status refuse(xpay_error *error, const char *param, const char *message)
{
    return xpay_fail(error, XPAY_ERROR_ARGUMENT, param, "%s: %s", param, message);
}

static const xpay_operation *row_of(const char *method, bool deduplicated)
{
    const xpay_operation *found = NULL;
    for (size_t i = 0; method != NULL && i < XPAY_LENGTH(rows); i++)
        if (strcmp(rows[i].method, method) == 0 &&
            (found == NULL || (deduplicated && rows[i].key == XPAY_KEY_EVIDENCED)))
            found = &rows[i];
    return found;
}

const xpay_operation *xpay_raw_operation(const char *name, const char *method)
{
    for (size_t i = 0; i < XPAY_LENGTH(rows); i++)
        if (strcmp(rows[i].name, name) == 0 && strcmp(rows[i].method, method) == 0)
            return &rows[i];
    return NULL;
}

/* The next character of a path, with an encoded dot as a dot; `*path` moves on. */
static char next_plain(const char **path)
{
    const char *at = *path;
    bool dot = at[0] == '%' && at[1] == '2' && (at[2] == 'e' || at[2] == 'E');
    *path += dot ? 3 : 1;
    return dot ? '.' : at[0];
}

/* Whether a segment is . or .., in whatever spelling: they are taken out on the way, with what stands before them. */
static bool has_dot_segment(const char *path)
{
    const char *end = path + strcspn(path, "?");
    while (path < end) {
        size_t dots = 0, others = 0;
        path++; /* its slash */
        while (path < end && *path != '/') {
            bool dot = next_plain(&path) == '.';
            dots += dot;
            others += !dot;
        }
        if (others == 0 && (dots == 1 || dots == 2))
            return true;
    }
    return false;
}

static bool is_hex(char c)
{
    return c != '\0' && strchr("0123456789abcdefABCDEF", c) != NULL;
}

static bool has_live_mode(const char *path)
{
    for (const char *at = strchr(path, '?'); at != NULL; at = strchr(at + 1, '&'))
        if (strncmp(at + 1, "liveMode", 8) == 0 && strchr("=&", at[9]) != NULL)
            return true;
    return false;
}

const char *xpay_raw_path_problem(const char *path)
{
    if (path == NULL || path[0] != '/')
        return "must begin with a slash, such as \"/refunds\"";
    if (path[1] == '/')
        return "must not begin with two slashes";
    if (strlen(path) > LONGEST_PATH)
        return "is longer than 8,000 characters";
    for (const char *c = path; *c != '\0'; c++) {
        if (*c <= ' ' || *c > '~' || strchr("\"#<>\\^`{|}", *c) != NULL)
            return "has a blank, a character that is not printable ASCII, or one of "
                   "\" # < > \\ ^ ` { | } in it: percent-encode it";
        if (*c == '%' && !(is_hex(c[1]) && is_hex(c[2])))
            return "has a % without two hexadecimal digits behind it";
    }
    return has_dot_segment(path) ? "has a segment . or .. in it, which would lead elsewhere" : NULL;
}

static xpay_status check_path(const char *path, xpay_error *error)
{
    const char *problem = xpay_raw_path_problem(path);
    if (problem == NULL && has_live_mode(path))
        problem = "has a liveMode in its query: the client's send_live_mode adds it";
    return problem == NULL ? XPAY_OK : refuse(error, "path", problem);
}

static xpay_status check_body(const xpay_operation *row, const char *body, xpay_error *error)
{
    xpay_json_scan scan;
    xpay_status status = XPAY_OK;
    if (body == NULL)
        return XPAY_OK;
    if (row->key == XPAY_KEY_NONE)
        return refuse(error, "body", "GET and DELETE have none");
    if (!xpay_json_scan_bytes(&scan, body, strlen(body)))
        status = scan.problem == NULL
                     ? xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "no memory for the request")
                     : xpay_fail(error, XPAY_ERROR_ARGUMENT, "body",
                                 "body: is not JSON: %s at byte %zu", scan.problem, scan.offset);
    xpay_json_scan_free(&scan);
    return status;
}

/* Everything that can be wrong, and the operation that the request is. */
static xpay_status check(const xpay_raw_request_params *given, xpay_raw_request_params *params,
                         xpay_operation *operation, xpay_error *error)
{
    if (given == NULL)
        return refuse(error, "params", "must not be NULL");
    xpay_status status =
        xpay_options_copy(params, sizeof(*params), given, "XPAY_RAW_REQUEST_PARAMS_INIT", error);
    if (status != XPAY_OK)
        return status;
    const xpay_operation *row = row_of(params->method, params->deduplicated);
    if (row == NULL)
        return refuse(error, "method", "must be GET, POST, PATCH, PUT or DELETE");
    status = check_path(params->path, error);
    if (status == XPAY_OK)
        status = check_body(row, params->body, error);
    *operation = *row;
    operation->path = params->path;
    return status;
}

/* Nothing was left to delete, and nothing came: that is an answer, too. */
static xpay_status answer_nothing(xpay_raw **answer, xpay_error *error)
{
    const xpay_response response = {
        .http_status = error->http_status,
        .attempts = error->attempts,
        .request_id = error->request_id[0] == '\0' ? NULL : error->request_id,
    };
    void *made;
    xpay_status status = xpay_decode(&xpay_type_raw, "", 0, &response, &made, error);
    *answer = made;
    if (status != XPAY_OK) {
        error->outcome = XPAY_OUTCOME_APPLIED;
        error->next_step = XPAY_NEXT_SAME_KEY;
    }
    return status;
}

xpay_status xpay_raw_request(xpay_client *client, const xpay_raw_request_params *given,
                             const xpay_request_options *options, xpay_raw **answer,
                             xpay_error *error)
{
    xpay_error unwanted;
    xpay_raw_request_params params;
    xpay_operation operation;
    if (error == NULL)
        error = &unwanted;
    if (answer != NULL)
        *answer = NULL;
    xpay_error_clear(error);
    xpay_status status = check(given, &params, &operation, error);
    if (status != XPAY_OK) {
        error->outcome = XPAY_OUTCOME_NOT_SENT;
        error->next_step = status == XPAY_ERROR_MEMORY ? XPAY_NEXT_SAME_KEY : XPAY_NEXT_FIX;
        return status;
    }
    status = xpay_call(client, &operation, NULL, params.body, options, answer, error);
    return status == XPAY_OK && *answer == NULL ? answer_nothing(answer, error) : status;
}

/* A type that answers of XPay have. Events are left to their verifier, which fills them in further. */
static const xpay_type *answer_type(const xpay_raw *answer, const char *name)
{
    const xpay_type *type = NULL;
    if (name == NULL) {
        const char *tag;
        size_t length;
        if (xpay_object_get(answer, "/object", &tag, &length) == XPAY_OK && tag[0] == '"')
            type = xpay_type_by_tag(tag + 1, length - 2);
    } else {
        type = xpay_type_by_name(name);
    }
    bool fits = type != NULL && type->size_offset == XPAY_NO_OFFSET && type->resolve == NULL &&
                type != &xpay_type_event && strncmp(type->name, "ledger", 6) != 0;
    return fits ? type : NULL;
}

xpay_status xpay_raw_read_as(const xpay_raw *answer, const char *type, void *object,
                             xpay_error *error)
{
    void *made = NULL;
    size_t length;
    xpay_error_clear(error);
    if (object != NULL)
        memset(object, 0, sizeof(made));
    if (answer == NULL || object == NULL)
        return refuse(error, answer == NULL ? "answer" : "object", "must not be NULL");
    const xpay_type *wanted = answer_type(answer, type);
    if (wanted == NULL)
        return refuse(error, "type", "there is no such type of answers");
    const char *json = xpay_object_json(answer, &length);
    xpay_status status =
        xpay_decode(wanted, json, length, xpay_object_response(answer), &made, error);
    memcpy(object, &made, sizeof(made));
    return status;
}
