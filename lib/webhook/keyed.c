#include "keyed.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>

/* An xpay_keyed is OpenSSL's context under a name of ours: no type of OpenSSL is in the headers of other files. */
static EVP_MAC_CTX *context(const xpay_keyed *keyed)
{
    return (EVP_MAC_CTX *)keyed;
}

/* Whether OpenSSL just failed for want of memory: it says so, or had none to say anything. Empties its list of errors. */
static bool ran_out_of_memory(void)
{
    unsigned long code = ERR_get_error();
    bool memory = code == 0;
    for (; code != 0; code = ERR_get_error())
        memory = memory || ERR_GET_REASON(code) == ERR_R_MALLOC_FAILURE;
    return memory;
}

xpay_keyed *xpay_keyed_new(const char *secret, size_t length, bool *supported)
{
    char digest[] = "SHA256";
    OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                           OSSL_PARAM_construct_end()};
    ERR_clear_error();
    EVP_MAC *hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MD *sha256 = EVP_MD_fetch(NULL, digest, NULL);
    *supported = (hmac != NULL && sha256 != NULL) || ran_out_of_memory();
    EVP_MAC_CTX *made = hmac != NULL && sha256 != NULL ? EVP_MAC_CTX_new(hmac) : NULL;
    if (made != NULL && EVP_MAC_init(made, (const unsigned char *)secret, length, params) != 1) {
        EVP_MAC_CTX_free(made);
        made = NULL;
    }
    EVP_MD_free(sha256);
    EVP_MAC_free(hmac);
    return (xpay_keyed *)made;
}

xpay_keyed *xpay_keyed_copy(const xpay_keyed *keyed)
{
    return (xpay_keyed *)EVP_MAC_CTX_dup(context(keyed));
}

void xpay_keyed_free(xpay_keyed *keyed)
{
    EVP_MAC_CTX_free(context(keyed));
}

enum { PREFIX_SIZE = 24 };

/* Write "<timestamp>.", without a NUL; returns its length. */
static size_t write_prefix(int64_t timestamp, char prefix[PREFIX_SIZE])
{
    char reversed[PREFIX_SIZE];
    size_t digits = 0, length = 0;
    do {
        reversed[digits++] = (char)('0' + timestamp % 10);
        timestamp /= 10;
    } while (timestamp > 0);
    while (digits > 0)
        prefix[length++] = reversed[--digits];
    prefix[length++] = '.';
    return length;
}

bool xpay_keyed_begin(xpay_keyed *keyed, int64_t timestamp)
{
    char prefix[PREFIX_SIZE];
    size_t length = write_prefix(timestamp, prefix);
    return EVP_MAC_init(context(keyed), NULL, 0, NULL) == 1 &&
           xpay_keyed_add(keyed, prefix, length);
}

bool xpay_keyed_add(xpay_keyed *keyed, const void *bytes, size_t length)
{
    return EVP_MAC_update(context(keyed), bytes, length) == 1;
}

bool xpay_keyed_finish(xpay_keyed *keyed, unsigned char signature[XPAY_SIGNATURE_BYTES])
{
    size_t written = 0;
    return EVP_MAC_final(context(keyed), signature, &written, XPAY_SIGNATURE_BYTES) == 1 &&
           written == XPAY_SIGNATURE_BYTES;
}
