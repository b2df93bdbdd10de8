/* The thread that sends webhooks, several at a time, and that lets things expire meanwhile.
 * Each attempt is signed anew, by the real clock, since receivers compare with theirs. */
#include "delivery_queue.h"
#include "clock.h"
#include "sessions.h"
#include "text.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

static CURLM *multi;
static pthread_t thread;
static atomic_bool stopping;

struct transfer {
    struct delivery *delivery;
    CURL *easy;
    struct curl_slist *headers;
    struct transfer *next;
};
static struct transfer *transfers;

static char *signature_header(const char *secret, const char *body, size_t length)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int digest_length = 0;
    long long seconds = (long long)(clock_real() / 1000);
    struct text text = {0};
    text_addf(&text, "%lld.", seconds);
    text_add_bytes(&text, body, length);
    HMAC(EVP_sha256(), secret, (int)strlen(secret), (const unsigned char *)text.bytes, text.length,
         digest, &digest_length);
    text.length = 0;
    text_addf(&text, "XPay-Signature: t=%lld,v1=", seconds);
    for (unsigned int i = 0; i < digest_length; i++)
        text_addf(&text, "%02x", digest[i]);
    return text_take(&text);
}

static size_t discard(char *bytes, size_t size, size_t count, void *context)
{
    (void)bytes;
    (void)context;
    return size * count;
}

static struct curl_slist *headers_for(const struct delivery *delivery)
{
    char *signature = signature_header(delivery->endpoint->secret, delivery->event->body,
                                       delivery->event->length);
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    headers = curl_slist_append(headers, "Expect:");
    headers = curl_slist_append(headers, signature);
    free(signature);
    return headers;
}

static void begin(struct delivery *delivery)
{
    struct transfer *transfer = must_alloc_zero(sizeof *transfer);
    transfer->delivery = delivery;
    transfer->easy = curl_easy_init();
    transfer->headers = headers_for(delivery);
    transfer->next = transfers;
    transfers = transfer;
    CURL *easy = transfer->easy;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
    curl_easy_setopt(easy, CURLOPT_URL, delivery->endpoint->url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L); /* stopping does not wait for a name server */
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, delivery->event->body);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)delivery->event->length);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->headers);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "xpay-sandbox/1.0");
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)delivery_options.timeout);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, discard);
    curl_multi_add_handle(multi, easy);
}

static void finish(struct transfer *transfer)
{
    for (struct transfer **at = &transfers; *at; at = &(*at)->next)
        if (*at == transfer) {
            *at = transfer->next;
            break;
        }
    curl_multi_remove_handle(multi, transfer->easy);
    curl_easy_cleanup(transfer->easy);
    curl_slist_free_all(transfer->headers);
    free(transfer);
}

/* Whether any has: then there may be room for the next one. */
static bool collect_finished(void)
{
    bool any = false;
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(multi, &left))) {
        struct transfer *transfer = NULL;
        long status = 0;
        CURLcode result = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        if (result == CURLE_OK)
            curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
        state_lock();
        delivery_done(transfer->delivery, status,
                      result == CURLE_OK ? "" : curl_easy_strerror(result));
        state_unlock();
        finish(transfer);
        any = true;
    }
    return any;
}

/* Milliseconds until there is something to do that nobody will wake the thread for. */
static int64_t start_due(void)
{
    int64_t wait = 1000;
    state_lock();
    sessions_expire_due();
    int64_t left = state.next_deadline == INT64_MAX ? wait : state.next_deadline - clock_now();
    deliveries_send_due(&wait, begin);
    state_unlock();
    wait = left < wait ? left : wait;
    return wait < 1 ? 1 : wait;
}

static void *send_deliveries(void *unused)
{
    (void)unused;
    while (!atomic_load(&stopping)) {
        int running;
        int64_t wait = start_due();
        curl_multi_perform(multi, &running);
        if (!collect_finished())
            curl_multi_poll(multi, NULL, 0, (int)wait, NULL);
    }
    return NULL;
}

void deliveries_wake(void)
{
    if (multi)
        curl_multi_wakeup(multi);
}

bool deliveries_start(void)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || !(multi = curl_multi_init()))
        return false;
    return pthread_create(&thread, NULL, send_deliveries, NULL) == 0;
}

void deliveries_stop(void)
{
    atomic_store(&stopping, true);
    curl_multi_wakeup(multi);
    pthread_join(thread, NULL);
    while (transfers)
        finish(transfers);
    curl_multi_cleanup(multi);
    multi = NULL;
    curl_global_cleanup();
}
