/* Keeping secrets out of sight: wiping, comparing, masking text that may hold one. */
#ifndef XPAY_BASE_SECRET_H
#define XPAY_BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

/* A key or signing secret: one copy in memory of our own, wiped when freed, with no way to print it. */
typedef struct xpay_secret {
    char *text; /* NUL-terminated */
    size_t length;
} xpay_secret;

/* False when memory ran out. The secret is to be freed with xpay_secret_free(). */
bool xpay_secret_set(xpay_secret *secret, const char *text);
void xpay_secret_free(xpay_secret *secret);

/* Zero memory in a way that the compiler keeps. NULL with 0 is allowed. */
void xpay_wipe(void *memory, size_t size);

/*
 * Mask, in place, what has the shape of a secret: sk_ rk_ pk_ whsec_ words, …_secret_… words, and 13-19 digits, in one
 * piece or in groups as on a card.
 */
void xpay_mask_secrets(char *text);

#endif
