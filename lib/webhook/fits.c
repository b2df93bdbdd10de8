#include "fits.h"

#include <openssl/crypto.h>

unsigned xpay_signature_fits(const unsigned char expected[XPAY_SIGNATURE_BYTES],
                             const xpay_signature_header *header)
{
    unsigned fits = 0;
    for (size_t i = 0; i < header->count; i++) {
        /* 0 to 255, and only 0 has the high bit after 1 is taken away: no comparison, so nothing to branch on. */
        unsigned differs =
            (unsigned)CRYPTO_memcmp(expected, header->signatures[i], XPAY_SIGNATURE_BYTES);
        fits |= (differs - 1) >> 31;
    }
    return fits;
}
