/* Bringing shipments to the warehouse. */
#include "outbox.h"
#include "store.h"
#include "text.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <curl/curl.h>

struct outbox {
    struct shop *shop;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool woken, stopping;
};

enum {
    WAREHOUSE_TIMEOUT_MS = 5000,
    CLAIM_MS = WAREHOUSE_TIMEOUT_MS + 1000, /* then whoever claimed the row is dead */
    RETRY_MOST_MS = 60 * 1000,
    IDLE_MS = 10 * 1000
};

static size_t ignore_body(char *bytes, size_t size, size_t count, void *context)
{
    (void)bytes;
    (void)context;
    return size * count;
}

static bool add_header(struct curl_slist **headers, const char *header)
{
    struct curl_slist *longer = curl_slist_append(*headers, header);
    if (longer)
        *headers = longer;
    return longer != NULL;
}

/* The warehouse's answer to POST /shipments; 0 when there was none. */
static long post_shipment(const struct shop *shop, const struct outbox_row *row)
{
    long status = 0;
    struct text url = {0}, key = {0};
    struct curl_slist *headers = NULL;
    CURL *easy = curl_easy_init();
    text_addf(&url, "%s/shipments", shop->config.warehouse_url);
    text_addf(&key, "Idempotency-Key: %s", row->key);
    if (!easy || url.failed || key.failed || !add_header(&headers, key.bytes) ||
        !add_header(&headers, "Content-Type: application/json"))
        goto done;
    curl_easy_setopt(easy, CURLOPT_URL, url.bytes);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)WAREHOUSE_TIMEOUT_MS);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, row->body);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)strlen(row->body));
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, ignore_body);
    if (curl_easy_perform(easy) != CURLE_OK ||
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status) != CURLE_OK)
        status = 0;

done:
    curl_slist_free_all(headers);
    curl_easy_cleanup(easy);
    text_free(&url);
    text_free(&key);
    return status;
}

static int64_t pause_after(int64_t attempts)
{
    int64_t pause = attempts < 7 ? INT64_C(500) << attempts : RETRY_MOST_MS;
    return pause < RETRY_MOST_MS ? pause : RETRY_MOST_MS;
}

enum delivery {
    DELIVERED,
    PUT_OFF,        /* the warehouse would not have it now */
    NOTHING_IS_DUE, /* or the database would not say */
};

static enum delivery deliver_one(struct shop *shop)
{
    struct outbox_row row = {0};
    bool found = false;
    struct tx claim = {.db = shop->db};
    while (tx_attempt(&claim)) {
        free(row.body);
        found = store_outbox_claim(&claim, now_ms(), CLAIM_MS, &row);
    }
    if (claim.result != DB_OK || !found) {
        free(row.body);
        return NOTHING_IS_DUE;
    }
    long status = post_shipment(shop, &row);
    bool delivered = status == 200 || status == 201;
    if (!delivered)
        log_line("%s: the warehouse answered %ld; it is asked again", row.order_id, status);
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx)) {
        if (delivered)
            store_outbox_delivered(&tx, row.key);
        else
            store_outbox_retry(&tx, row.key, now_ms() + pause_after(row.attempts));
    }
    free(row.body);
    return !delivered ? PUT_OFF : tx.result == DB_OK ? DELIVERED : NOTHING_IS_DUE;
}

static bool is_empty(struct shop *shop)
{
    int64_t due;
    bool more = true;
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx))
        more = store_outbox_due(&tx, &due);
    return tx.result == DB_OK && !more;
}

bool outbox_drain(struct shop *shop)
{
    const struct timespec moment = {.tv_nsec = 20 * 1000000};
    int64_t until = now_ms() + CLAIM_MS;
    enum delivery last = DELIVERED;
    bool put_off = false;
    struct tx begin = {.db = shop->db};
    while (tx_attempt(&begin))
        store_outbox_all_due(&begin);
    if (begin.result != DB_OK)
        return false;
    /* What is left in the end is on its way by the hand of another server, or it died at it. */
    while (!put_off && (last != NOTHING_IS_DUE || !is_empty(shop)) && now_ms() < until) {
        last = deliver_one(shop);
        put_off = last == PUT_OFF;
        if (last == NOTHING_IS_DUE)
            nanosleep(&moment, NULL);
        else if (last == DELIVERED)
            until = now_ms() + CLAIM_MS;
    }
    while (put_off && deliver_one(shop) != NOTHING_IS_DUE)
        ;
    return is_empty(shop);
}

static int64_t until_next(struct shop *shop)
{
    int64_t due, wait = IDLE_MS;
    struct tx tx = {.db = shop->db};
    while (tx_attempt(&tx))
        if (store_outbox_due(&tx, &due) && due - now_ms() < wait)
            wait = due - now_ms();
    return tx.result == DB_OK ? wait : 1000;
}

static void wait_until(struct outbox *outbox, int64_t milliseconds)
{
    int64_t until = now_ms() + milliseconds;
    struct timespec when = {.tv_sec = until / 1000, .tv_nsec = until % 1000 * 1000000};
    pthread_mutex_lock(&outbox->lock);
    while (!outbox->woken && !outbox->stopping)
        if (pthread_cond_timedwait(&outbox->changed, &outbox->lock, &when) != 0)
            break;
    outbox->woken = false;
    pthread_mutex_unlock(&outbox->lock);
}

static bool is_stopping(struct outbox *outbox)
{
    pthread_mutex_lock(&outbox->lock);
    bool stopping = outbox->stopping;
    pthread_mutex_unlock(&outbox->lock);
    return stopping;
}

static void *deliver(void *context)
{
    struct outbox *outbox = context;
    while (!is_stopping(outbox)) {
        while (!is_stopping(outbox) && deliver_one(outbox->shop) != NOTHING_IS_DUE)
            ;
        int64_t wait = until_next(outbox->shop);
        wait_until(outbox, wait > 1 ? wait : 1);
    }
    return NULL;
}

struct outbox *outbox_start(struct shop *shop)
{
    struct outbox *outbox = calloc(1, sizeof *outbox);
    if (!outbox)
        return NULL;
    outbox->shop = shop;
    pthread_mutex_init(&outbox->lock, NULL);
    pthread_cond_init(&outbox->changed, NULL);
    if (pthread_create(&outbox->thread, NULL, deliver, outbox) != 0) {
        free(outbox);
        return NULL;
    }
    return outbox;
}

void outbox_wake(struct outbox *outbox)
{
    if (!outbox)
        return;
    pthread_mutex_lock(&outbox->lock);
    outbox->woken = true;
    pthread_cond_signal(&outbox->changed);
    pthread_mutex_unlock(&outbox->lock);
}

void outbox_stop(struct outbox *outbox)
{
    if (!outbox)
        return;
    pthread_mutex_lock(&outbox->lock);
    outbox->stopping = true;
    pthread_cond_signal(&outbox->changed);
    pthread_mutex_unlock(&outbox->lock);
    pthread_join(outbox->thread, NULL);
    pthread_cond_destroy(&outbox->changed);
    pthread_mutex_destroy(&outbox->lock);
    free(outbox);
}
