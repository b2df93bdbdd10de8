/* What an operation sends. It is made once: every attempt sends the same bytes under the same key. */
#ifndef XPAY_NET_REQUEST_H
#define XPAY_NET_REQUEST_H

#include <xpay/intent.h>

#include "../base/buffer.h"
#include "../base/digest.h"
#include "client.h"
#include "operation.h"

#define XPAY_KEY_SIZE         XPAY_IDEMPOTENCY_KEY_SIZE
#define XPAY_RANDOM_NAME_SIZE 33

typedef struct xpay_request {
    const xpay_operation *operation;
    xpay_buffer url;
    size_t target;           /* where, in the url, path and query begin */
    xpay_buffer body;        /* sent by all but GET and DELETE, if only as Content-Length: 0 */
    char key[XPAY_KEY_SIZE]; /* "" when none is sent */
    bool
        unkeyed_write; /* without a key on purpose: must not meet a connection that may die under it */
} xpay_request;

#define XPAY_REQUEST_INIT                                      \
    {                                                          \
        NULL, XPAY_BUFFER_INIT, 0, XPAY_BUFFER_INIT, "", false \
    }

/*
 * Fix the key first: the caller's, a random one, or none where the operation takes none or the caller wants none.
 * XPAY_OK, XPAY_ERROR_ARGUMENT, XPAY_ERROR_UNSUPPORTED (no randomness).
 */
xpay_status xpay_request_key(xpay_request *request, const xpay_operation *operation,
                             const xpay_request_options *options, const xpay_sources *sources,
                             xpay_error *error);

/* Then the rest. `id` and `params` may be NULL where the operation takes none. */
xpay_status xpay_request_write(xpay_request *request, const xpay_settings *settings, const char *id,
                               const void *params, xpay_error *error);

/* Or all of it from an intent that was recorded: the same bytes. The intent's parts must have been checked. */
xpay_status xpay_request_restore(xpay_request *request, const xpay_operation *operation,
                                 const xpay_settings *settings, const xpay_intent *intent,
                                 xpay_error *error);

/* A name that nobody else has: 32 hexadecimal digits. False when the system gives no random bytes. */
bool xpay_request_random_name(const xpay_sources *sources, char name[XPAY_RANDOM_NAME_SIZE]);

/* Whether a caller's key is one: 1 to 255 of A-Z a-z 0-9 _ -. */
bool xpay_request_is_key(const char *key);

/* Path and query, such as "/refunds". */
const char *xpay_request_target(const xpay_request *request);

/* What a key is bound to: method, path, query, body. False as in xpay_digest_end(). */
bool xpay_request_fingerprint(const xpay_request *request, unsigned char bytes[XPAY_DIGEST_SIZE],
                              xpay_digest *digest);

void xpay_request_free(xpay_request *request);

#endif
