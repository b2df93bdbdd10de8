/*
 * A client's lines: taken by one call at a time, the warmest first, and given back.
 *
 * Threads never share a connection, and neither do processes: what a forked child inherits it never touches.
 */
#ifndef XPAY_NET_POOL_H
#define XPAY_NET_POOL_H

#include "cancel.h"
#include "client.h"
#include "keys.h"
#include "line.h"

typedef struct xpay_pool xpay_pool;

/* An empty pool for this process; NULL when memory ran out. */
xpay_pool *xpay_pool_new(void);

/* Close all lines. No line may be out. A pool of another process is only dropped. */
void xpay_pool_free(xpay_pool *pool);

/*
 * A line for one attempt, waited for until `deadline_us` when all are out. XPAY_OK; XPAY_ERROR_TIMEOUT,
 * XPAY_ERROR_CANCELED, XPAY_ERROR_MEMORY, XPAY_ERROR_UNSUPPORTED with a message in `error`. `cancel` may be NULL.
 */
xpay_status xpay_pool_take(xpay_client *client, int64_t deadline_us, xpay_cancel *cancel,
                           xpay_line **line, xpay_error *error);
void xpay_pool_give(xpay_line *line);

/* What this process remembers of the client's idempotency keys; NULL when memory ran out. */
xpay_keys *xpay_pool_keys(xpay_client *client);

#endif
