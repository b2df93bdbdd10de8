/* Idempotency keys that any process can make again from what is to be done. */
#include <xpay/idempotency.h>

#include <string.h>

#include "../base/digest.h"

#define DERIVED_PREFIX "xp1_"
#define DERIVED_SIZE   (sizeof(DERIVED_PREFIX) - 1 + XPAY_DIGEST_TEXT_SIZE)

/* The first field, so that these digests are nobody else's. */
static const char purpose[] = "libxpay key 1";

xpay_status xpay_idempotency_key_derive(const char *name_space, const char *operation,
                                        const char *order_reference, uint32_t generation, char *key,
                                        size_t size)
{
    unsigned char bytes[XPAY_DIGEST_SIZE];
    xpay_digest digest;
    if (key == NULL || size == 0)
        return XPAY_ERROR_ARGUMENT;
    key[0] = '\0';
    if (size < DERIVED_SIZE || name_space == NULL || operation == NULL || operation[0] == '\0' ||
        order_reference == NULL || order_reference[0] == '\0')
        return XPAY_ERROR_ARGUMENT;

    xpay_digest_begin(&digest);
    xpay_digest_field(&digest, purpose, sizeof(purpose) - 1);
    xpay_digest_field(&digest, name_space, strlen(name_space));
    xpay_digest_field(&digest, operation, strlen(operation));
    xpay_digest_field(&digest, order_reference, strlen(order_reference));
    xpay_digest_number(&digest, generation);
    if (!xpay_digest_end(&digest, bytes))
        return digest.supported ? XPAY_ERROR_MEMORY : XPAY_ERROR_UNSUPPORTED;
    memcpy(key, DERIVED_PREFIX, sizeof(DERIVED_PREFIX) - 1);
    xpay_digest_text(bytes, key + sizeof(DERIVED_PREFIX) - 1);
    return XPAY_OK;
}
