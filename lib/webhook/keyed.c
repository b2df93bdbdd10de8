#include "keyed.h"

#include <pthread.h>
#include <stdlib.h>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>

/* Contexts that hold the key already; more than these are made and dropped as needed. */
enum { MAX_IDLE = 16 };

struct xpay_keyed {
    EVP_MAC_CTX *model; /* keyed, copied from, never used itself */
    pthread_mutex_t lock;
    EVP_MAC_CTX *idle[MAX_IDLE];
    size_t idle_count;
};

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
    xpay_keyed *keyed = calloc(1, sizeof *keyed);
    if (hmac == NULL || sha256 == NULL || keyed == NULL)
        goto failed;
    keyed->model = EVP_MAC_CTX_new(hmac);
    if (keyed->model == NULL ||
        EVP_MAC_init(keyed->model, (const unsigned char *)secret, length, params) != 1 ||
        pthread_mutex_init(&keyed->lock, NULL) != 0)
        goto failed;
    EVP_MD_free(sha256);
    EVP_MAC_free(hmac);
    return keyed;

failed:
    if (keyed != NULL)
        EVP_MAC_CTX_free(keyed->model);
    free(keyed);
    EVP_MD_free(sha256);
    EVP_MAC_free(hmac);
    return NULL;
}

void xpay_keyed_free(xpay_keyed *keyed)
{
    if (keyed == NULL)
        return;
    while (keyed->idle_count > 0)
        EVP_MAC_CTX_free(keyed->idle[--keyed->idle_count]);
    EVP_MAC_CTX_free(keyed->model);
    pthread_mutex_destroy(&keyed->lock);
    free(keyed);
}

static EVP_MAC_CTX *take(xpay_keyed *keyed)
{
    EVP_MAC_CTX *context = NULL;
    pthread_mutex_lock(&keyed->lock);
    if (keyed->idle_count > 0)
        context = keyed->idle[--keyed->idle_count];
    pthread_mutex_unlock(&keyed->lock);
    return context != NULL ? context : EVP_MAC_CTX_dup(keyed->model);
}

static void give_back(xpay_keyed *keyed, EVP_MAC_CTX *context)
{
    pthread_mutex_lock(&keyed->lock);
    if (keyed->idle_count < MAX_IDLE) {
        keyed->idle[keyed->idle_count++] = context;
        context = NULL;
    }
    pthread_mutex_unlock(&keyed->lock);
    EVP_MAC_CTX_free(context);
}

enum { PREFIX_SIZE = 24 };

/* Write "<timestamp>.", which is not negative, without a NUL; returns its length. */
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

bool xpay_keyed_sign(xpay_keyed *keyed, int64_t timestamp, const void *body, size_t length,
                     unsigned char signature[XPAY_SIGNATURE_BYTES])
{
    char prefix[PREFIX_SIZE];
    size_t prefix_length = write_prefix(timestamp, prefix);
    EVP_MAC_CTX *context = take(keyed);
    if (context == NULL)
        return false;
    size_t written = 0;
    bool fine = EVP_MAC_init(context, NULL, 0, NULL) == 1 &&
                EVP_MAC_update(context, (const unsigned char *)prefix, prefix_length) == 1 &&
                EVP_MAC_update(context, body, length) == 1 &&
                EVP_MAC_final(context, signature, &written, XPAY_SIGNATURE_BYTES) == 1 &&
                written == XPAY_SIGNATURE_BYTES;
    give_back(keyed, context);
    return fine;
}
