/* From an operation's row and the caller's values to the bytes on the wire. */
#include "request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/fail.h"
#include "../json/encode.h"

#define ID_LIMIT     255
#define ID_NAME_SIZE 32

static const char unreserved[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
static const char key_characters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

bool xpay_request_is_key(const char *key)
{
    size_t length = strlen(key);
    return length >= 1 && length < XPAY_KEY_SIZE && strspn(key, key_characters) == length;
}

static xpay_status given_key(xpay_request *request, const char *key, xpay_error *error)
{
    if (!xpay_request_is_key(key))
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "idempotency_key",
                         "an idempotency key is 1 to 255 of the characters A-Z a-z 0-9 _ -");
    memcpy(request->key, key, strlen(key) + 1);
    return XPAY_OK;
}

bool xpay_request_random_name(const xpay_sources *sources, char name[XPAY_RANDOM_NAME_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[(XPAY_RANDOM_NAME_SIZE - 1) / 2];
    if (!sources->random(sources->user, bytes, sizeof(bytes)))
        return false;
    for (size_t i = 0; i < sizeof(bytes); i++) {
        name[2 * i] = digits[bytes[i] >> 4];
        name[2 * i + 1] = digits[bytes[i] & 15];
    }
    name[2 * sizeof(bytes)] = '\0';
    return true;
}

static xpay_status random_key(xpay_request *request, const xpay_sources *sources, xpay_error *error)
{
    if (!xpay_request_random_name(sources, request->key))
        return xpay_fail(error, XPAY_ERROR_UNSUPPORTED, NULL,
                         "the system gave no random bytes for an idempotency key");
    return XPAY_OK;
}

xpay_status xpay_request_key(xpay_request *request, const xpay_operation *operation,
                             const xpay_request_options *options, const xpay_sources *sources,
                             xpay_error *error)
{
    request->operation = operation;
    if (operation->key == XPAY_KEY_NONE)
        return XPAY_OK;
    if (options->idempotency_key != NULL && options->no_idempotency_key)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "no_idempotency_key",
                         "an idempotency key was given, and also the wish to send none");
    if (options->idempotency_key != NULL)
        return given_key(request, options->idempotency_key, error);
    request->unkeyed_write = options->no_idempotency_key;
    return request->unkeyed_write ? XPAY_OK : random_key(request, sources, error);
}

static xpay_status write_id(xpay_buffer *url, const char *name, const char *id, xpay_error *error)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t length = id == NULL ? 0 : strlen(id);
    if (length == 0)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, name, "the id is missing");
    if (length > ID_LIMIT)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, name, "the id is longer than %d characters",
                         ID_LIMIT);
    if (strcmp(id, ".") == 0 || strcmp(id, "..") == 0)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, name, "the id would change the path");
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)id[i];
        if (c <= ' ' || c > '~' || c == '/' || c == '\\')
            return xpay_fail(error, XPAY_ERROR_ARGUMENT, name,
                             "byte %zu of the id is a blank, a slash or not printable ASCII",
                             i + 1);
        if (strchr(unreserved, c) != NULL) {
            xpay_buffer_byte(url, (char)c);
        } else {
            const char escape[] = {'%', digits[c >> 4], digits[c & 15]};
            xpay_buffer_append(url, escape, sizeof(escape));
        }
    }
    return XPAY_OK;
}

static xpay_status write_path(xpay_buffer *url, const char *path, const char *id, xpay_error *error)
{
    const char *place = strchr(path, '{');
    if (place == NULL) {
        xpay_buffer_text(url, path);
        return XPAY_OK;
    }
    const char *end = strchr(place, '}');
    char name[ID_NAME_SIZE]; /* of the argument, for the error */
    snprintf(name, sizeof(name), "%.*s", (int)(end - place - 1), place + 1);
    xpay_buffer_append(url, path, (size_t)(place - path));
    xpay_status status = write_id(url, name, id, error);
    xpay_buffer_text(url, end + 1);
    return status;
}

xpay_status xpay_request_write(xpay_request *request, const xpay_settings *settings, const char *id,
                               const void *params, xpay_error *error)
{
    const xpay_operation *operation = request->operation;
    xpay_buffer query = XPAY_BUFFER_INIT;
    bool query_follows = xpay_operation_reads(operation) && operation->request != NULL;
    xpay_buffer_text(&request->url, settings->base_url);
    request->target = request->url.length;
    xpay_status status = write_path(&request->url, operation->path, id, error);
    if (status != XPAY_OK)
        goto done;

    /* The query is part of what a key is bound to, so liveMode has one place in it. */
    bool query_begun = strchr(operation->path, '?') != NULL;
    if (settings->send_live_mode) {
        xpay_buffer_byte(&request->url, query_begun ? '&' : '?');
        xpay_buffer_text(&request->url, settings->live ? "liveMode=true" : "liveMode=false");
        query_begun = true;
    }
    if (query_follows)
        status = xpay_encode_query(operation->request, params, &query, error);
    else if (operation->request != NULL)
        status = xpay_encode_json(operation->request, params, &request->body, error);
    else if (params != NULL)
        xpay_buffer_text(&request->body, params);
    if (status != XPAY_OK)
        goto done;
    if (query.length > 0) {
        xpay_buffer_byte(&request->url, query_begun ? '&' : '?');
        xpay_buffer_append(&request->url, query.bytes, query.length);
    }
    if (request->url.failed || request->body.failed || query.failed)
        status = xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "no memory for the request");

done:
    xpay_buffer_wipe(&query);
    return status;
}

xpay_status xpay_request_restore(xpay_request *request, const xpay_operation *operation,
                                 const xpay_settings *settings, const xpay_intent *intent,
                                 xpay_error *error)
{
    request->operation = operation;
    memcpy(request->key, intent->key, strlen(intent->key) + 1);
    xpay_buffer_text(&request->url, settings->base_url);
    request->target = request->url.length;
    xpay_buffer_text(&request->url, intent->target);
    xpay_buffer_text(&request->body, intent->body);
    if (request->url.failed || request->body.failed)
        return xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "no memory for the request");
    return XPAY_OK;
}

const char *xpay_request_target(const xpay_request *request)
{
    return request->url.bytes + request->target;
}

bool xpay_request_fingerprint(const xpay_request *request, unsigned char bytes[XPAY_DIGEST_SIZE],
                              xpay_digest *digest)
{
    const char *method = request->operation->method;
    const char *path = xpay_request_target(request);
    size_t path_length = strcspn(path, "?");
    const char *query = path + path_length;
    xpay_digest_begin(digest);
    xpay_digest_field(digest, method, strlen(method));
    xpay_digest_field(digest, path, path_length);
    xpay_digest_field(digest, query, strlen(query));
    xpay_digest_field(digest, request->body.bytes, request->body.length);
    return xpay_digest_end(digest, bytes);
}

void xpay_request_free(xpay_request *request)
{
    xpay_buffer_wipe(&request->url);
    xpay_buffer_wipe(&request->body);
}
