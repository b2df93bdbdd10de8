/* HMAC-SHA256 under a secret: keyed once, then copied and started again as often as there is something to sign. */
#ifndef XPAY_WEBHOOK_KEYED_H
#define XPAY_WEBHOOK_KEYED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "header.h"

/* One computation at a time. */
typedef struct xpay_keyed xpay_keyed;

/* NULL when memory ran out; `*supported` is false when OpenSSL has no HMAC with SHA-256. */
xpay_keyed *xpay_keyed_new(const char *secret, size_t length, bool *supported);

/* Another under the same secret. Any number of threads may copy one that none of them uses; NULL: memory ran out. */
xpay_keyed *xpay_keyed_copy(const xpay_keyed *keyed);

/* NULL allowed. */
void xpay_keyed_free(xpay_keyed *keyed);

/* Begin "<timestamp>."; the time is not negative. These three return false when memory ran out. */
bool xpay_keyed_begin(xpay_keyed *keyed, int64_t timestamp);
bool xpay_keyed_add(xpay_keyed *keyed, const void *bytes, size_t length);
bool xpay_keyed_finish(xpay_keyed *keyed, unsigned char signature[XPAY_SIGNATURE_BYTES]);

#endif
