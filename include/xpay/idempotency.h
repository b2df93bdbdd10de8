/*
 * Idempotency keys: the name under which XPay does an operation once, however often it is asked.
 *
 * Without a key of yours the library makes a random one, which is enough against broken connections. A derived key is
 * the same in every worker and after every restart, so two that act on the same order ask for the same thing. A new
 * process knows nothing of the calls before it unless an intent store does (intent.h): give the client one, or store
 * with the order when a key was first used, and look instead of asking after 23 hours.
 */
#ifndef XPAY_IDEMPOTENCY_H
#define XPAY_IDEMPOTENCY_H

#include <xpay/error.h>

/** Room for any idempotency key, NUL included. */
#define XPAY_IDEMPOTENCY_KEY_SIZE 256

/** How long a key is surely known to XPay, in milliseconds: 23 hours of the 24 that it keeps them. */
#define XPAY_IDEMPOTENCY_KEY_LIFETIME_MS (INT64_C(23) * 60 * 60 * 1000)

XPAY_BEGIN_DECLS

/**
 * Derive a key from what is to be done, and to which order.
 *
 * The same four values give the same key, always and everywhere; any other values give another one. Count the
 * generation up only after a definite refusal (next step NEW_GENERATION), when the operation is tried anew, and for
 * each change when one order is changed several times.
 *
 * The key is "xp1_" and the 64 hexadecimal digits of SHA-256 over "libxpay key 1", name space, operation and order
 * reference, each preceded by its length as 8 bytes, and the generation as 8 bytes, high bytes first.
 *
 * @param name_space your shop's name, so that two shops on one account do not meet; not NULL, may be "".
 * @param operation what is done, such as "refund"; not NULL, not "".
 * @param order_reference your order's id; not NULL, not "".
 * @param generation 0 for the first try.
 * @param key receives the key, NUL-terminated.
 * @param size of key in bytes; at least 69, XPAY_IDEMPOTENCY_KEY_SIZE suffices.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT; XPAY_ERROR_MEMORY; XPAY_ERROR_UNSUPPORTED (OpenSSL has no SHA-256).
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_idempotency_key_derive(const char *name_space,
                                                                 const char *operation,
                                                                 const char *order_reference,
                                                                 uint32_t generation, char *key,
                                                                 size_t size);

XPAY_END_DECLS

#endif
