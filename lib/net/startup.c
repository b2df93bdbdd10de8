/* The process-wide beginning: which libcurl this is, whether it will do, and its one initialisation. */
#include "startup.h"

#include <curl/curl.h>
#include <openssl/rand.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "../base/fail.h"

#define OLDEST_CURL 0x075700 /* 7.87.0: CURLOPT_QUICK_EXIT and the CA cache */

/* Features that the promises about threads and deadlines stand on. */
static const struct need {
    int feature;
    const char *message;
} needs[] = {
    {CURL_VERSION_SSL, "libcurl %s was built without TLS"},
    {CURL_VERSION_THREADSAFE, "libcurl %s was built without thread-safe initialisation"},
    {CURL_VERSION_ASYNCHDNS,
     "libcurl %s resolves names without a time limit (no asynchronous DNS)"},
};

/* Files that distributions keep, for a libcurl that was built without naming one. */
static const char *const ca_files[] = {
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
};

/* Of several TLS libraries, curl puts those not in use in parentheses. */
static bool uses_openssl(const char *ssl_version)
{
    const char *found = ssl_version == NULL ? NULL : strstr(ssl_version, "OpenSSL/");
    return found != NULL && (found == ssl_version || found[-1] != '(');
}

static xpay_status check_curl(xpay_error *error)
{
    const curl_version_info_data *curl = curl_version_info(CURLVERSION_NOW);
    if (curl->version_num < OLDEST_CURL)
        return xpay_fail(error, XPAY_ERROR_UNSUPPORTED, NULL,
                         "libcurl %s is too old: 7.87.0 or newer is needed", curl->version);
    for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++)
        if ((curl->features & needs[i].feature) == 0)
            return xpay_fail(error, XPAY_ERROR_UNSUPPORTED, NULL, needs[i].message, curl->version);
    if (!uses_openssl(curl->ssl_version))
        return xpay_fail(error, XPAY_ERROR_UNSUPPORTED, NULL,
                         "libcurl %s uses %s for TLS: its OpenSSL flavour is needed", curl->version,
                         curl->ssl_version);
    return XPAY_OK;
}

xpay_status xpay_startup(xpay_error *error)
{
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    static bool started;

    xpay_status status = XPAY_OK;
    pthread_mutex_lock(&mutex);
    if (!started) {
        status = check_curl(error);
        if (status == XPAY_OK && curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
            status = xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "libcurl could not be initialised");
        /* OpenSSL's generator never recovers if memory is out at its first use: let that be now. */
        if (status == XPAY_OK && RAND_status() != 1)
            status = xpay_fail(error, XPAY_ERROR_UNSUPPORTED, NULL,
                               "OpenSSL's random generator could not be started");
        started = status == XPAY_OK;
    }
    pthread_mutex_unlock(&mutex);
    return status;
}

const char *xpay_curl_version(void)
{
    return curl_version_info(CURLVERSION_NOW)->version;
}

const char *xpay_system_ca_file(void)
{
    const char *built_in = curl_version_info(CURLVERSION_NOW)->cainfo;
    if (built_in != NULL && access(built_in, R_OK) == 0)
        return built_in;
    for (size_t i = 0; i < sizeof(ca_files) / sizeof(ca_files[0]); i++)
        if (access(ca_files[i], R_OK) == 0)
            return ca_files[i];
    return NULL;
}
