/* SHA-256 over fields that cannot run into each other: each is preceded by its length. */
#ifndef XPAY_BASE_DIGEST_H
#define XPAY_BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define XPAY_DIGEST_SIZE      32
#define XPAY_DIGEST_TEXT_SIZE 65 /* as hexadecimal digits, NUL included */

typedef struct xpay_digest {
    void *context; /* NULL: memory ran out, or OpenSSL has no SHA-256 */
    bool supported;
} xpay_digest;

void xpay_digest_begin(xpay_digest *digest);

/* Its length as 8 bytes, high byte first, and the bytes. */
void xpay_digest_field(xpay_digest *digest, const void *bytes, size_t length);

/* 8 bytes, high byte first. */
void xpay_digest_number(xpay_digest *digest, uint64_t number);

/* False when anything failed on the way; then `supported` tells whether it was for want of memory. */
bool xpay_digest_end(xpay_digest *digest, unsigned char bytes[XPAY_DIGEST_SIZE]);

/* Lower-case hexadecimal digits and a NUL. */
void xpay_digest_text(const unsigned char bytes[XPAY_DIGEST_SIZE],
                      char text[XPAY_DIGEST_TEXT_SIZE]);

#endif
