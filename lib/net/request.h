/* What an operation sends. It is made once: every attempt sends the same bytes under the same key. */
#ifndef XPAY_NET_REQUEST_H
#define XPAY_NET_REQUEST_H

#include "../base/buffer.h"
#include "client.h"
#include "operation.h"

#define XPAY_KEY_SIZE 256 /* 255 characters and the NUL */

typedef struct xpay_request {
    const xpay_operation *operation;
    xpay_buffer url;
    xpay_buffer body;        /* sent by all but GET, if only as Content-Length: 0 */
    char key[XPAY_KEY_SIZE]; /* "" when none is sent */
    bool
        unkeyed_write; /* without a key on purpose: must not meet a connection that may die under it */
} xpay_request;

#define XPAY_REQUEST_INIT                                   \
    {                                                       \
        NULL, XPAY_BUFFER_INIT, XPAY_BUFFER_INIT, "", false \
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

void xpay_request_free(xpay_request *request);

#endif
