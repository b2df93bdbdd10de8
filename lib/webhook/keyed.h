/* HMAC-SHA256 under a fixed secret, keyed once and used by many threads. */
#ifndef XPAY_WEBHOOK_KEYED_H
#define XPAY_WEBHOOK_KEYED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "header.h"

typedef struct xpay_keyed xpay_keyed;

/* NULL when memory ran out; `*supported` is false when OpenSSL has no HMAC with SHA-256. */
xpay_keyed *xpay_keyed_new(const char *secret, size_t length, bool *supported);
void xpay_keyed_free(xpay_keyed *keyed);

/* Sign "<timestamp>.<body>"; false when memory ran out. */
bool xpay_keyed_sign(xpay_keyed *keyed, int64_t timestamp, const void *body, size_t length,
                     unsigned char signature[XPAY_SIGNATURE_BYTES]);

#endif
