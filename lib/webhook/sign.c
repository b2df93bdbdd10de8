/* The header that XPay would send, for tests of the merchant's. */
#include <stdio.h>
#include <string.h>

#include <xpay/webhook.h>

#include "keyed.h"

xpay_status xpay_webhook_sign(const char *secret, int64_t timestamp, const void *body,
                              size_t length, char *header, size_t size)
{
    if (header != NULL && size > 0)
        *header = '\0';
    if (secret == NULL || timestamp < 0 || (body == NULL && length > 0) || header == NULL)
        return XPAY_ERROR_ARGUMENT;
    bool supported;
    unsigned char signature[XPAY_SIGNATURE_BYTES];
    xpay_keyed *keyed = xpay_keyed_new(secret, strlen(secret), &supported);
    bool fine = keyed != NULL && xpay_keyed_begin(keyed, timestamp) &&
                xpay_keyed_add(keyed, body, length) && xpay_keyed_finish(keyed, signature);
    xpay_keyed_free(keyed);
    if (!fine)
        return supported ? XPAY_ERROR_MEMORY : XPAY_ERROR_UNSUPPORTED;

    char hex[2 * XPAY_SIGNATURE_BYTES + 1], whole[XPAY_WEBHOOK_SIGNATURE_SIZE];
    for (size_t i = 0; i < XPAY_SIGNATURE_BYTES; i++)
        snprintf(hex + 2 * i, 3, "%02x", signature[i]);
    int written = snprintf(whole, sizeof whole, "t=%lld,v1=%s", (long long)timestamp, hex);
    if (written < 0 || (size_t)written >= size)
        return XPAY_ERROR_ARGUMENT;
    memcpy(header, whole, (size_t)written + 1);
    return XPAY_OK;
}
