#include "digest.h"

#include <openssl/evp.h>

static void give_up(xpay_digest *digest)
{
    EVP_MD_CTX_free(digest->context);
    digest->context = NULL;
}

static void update(xpay_digest *digest, const void *bytes, size_t length)
{
    if (digest->context != NULL && EVP_DigestUpdate(digest->context, bytes, length) != 1)
        give_up(digest);
}

void xpay_digest_begin(xpay_digest *digest)
{
    digest->context = EVP_MD_CTX_new();
    digest->supported = true;
    if (digest->context != NULL && EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL) != 1) {
        digest->supported = false;
        give_up(digest);
    }
}

void xpay_digest_number(xpay_digest *digest, uint64_t number)
{
    unsigned char bytes[8];
    for (int i = 7; i >= 0; i--, number >>= 8)
        bytes[i] = (unsigned char)(number & 255);
    update(digest, bytes, sizeof bytes);
}

void xpay_digest_field(xpay_digest *digest, const void *bytes, size_t length)
{
    xpay_digest_number(digest, length);
    if (length > 0)
        update(digest, bytes, length);
}

bool xpay_digest_end(xpay_digest *digest, unsigned char bytes[XPAY_DIGEST_SIZE])
{
    bool done = digest->context != NULL && EVP_DigestFinal_ex(digest->context, bytes, NULL) == 1;
    give_up(digest);
    return done;
}

void xpay_digest_text(const unsigned char bytes[XPAY_DIGEST_SIZE], char text[XPAY_DIGEST_TEXT_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < XPAY_DIGEST_SIZE; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    text[2 * XPAY_DIGEST_SIZE] = '\0';
}
