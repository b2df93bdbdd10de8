/*
 * Benchmarks as ratios: what the library takes, over what the bare libraries under it take for the same work, measured
 * in turns in one run. `bench OUT.json URL` prints the table, writes it, and fails when a limit is passed; `bench --work
 * NAME COUNT` just does one piece of work so many times, for counting instructions; `bench --turns DIRECTORY` puts the
 * event's delivery there, says its version, and verifies it as often as each line of its input says, for peers.py.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <pthread.h>

#include <cjson/cJSON.h>
#include <curl/curl.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <xpay/xpay.h>

#include "json/decode.h"
#include "json/root.h"
#include "model/model.h"

enum { ROUNDS = 40, BODY_4K = 4096, BODY_256 = 256, THREADS = 8, CALLS_OF_A_THREAD = 1000 };

static const char secret[] = "whsec_bench_0123456789abcdef0123456789abcdef";

/* What the pieces of work need. */
static struct {
    char *session;
    size_t session_length;
    char *event;
    size_t event_length;
    char body_4k[BODY_4K];
    char header_4k[XPAY_WEBHOOK_SIGNATURE_SIZE];
    char header_256[XPAY_WEBHOOK_SIGNATURE_SIZE];
    char header_event[XPAY_WEBHOOK_SIGNATURE_SIZE];
    xpay_webhook_verifier *verifier;
    EVP_MAC_CTX *hmac;
    xpay_client *client;
    xpay_client_options client_options;
    CURL *easy;
    CURL *state; /* asks the sandbox for its state */
    char id[128];
    char *received;
    size_t received_length;
} data;

static void fail(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        fail(path);
    *length = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*length + 1);
    if (bytes == NULL || fread(bytes, 1, *length, file) != *length)
        fail(path);
    bytes[*length] = '\0';
    fclose(file);
    return bytes;
}

static void parse_session(void)
{
    cJSON_Delete(cJSON_ParseWithLength(data.session, data.session_length));
}

static void decode_session(void)
{
    void *object;
    if (xpay_decode(&xpay_type_checkout_session, data.session, data.session_length, NULL, &object,
                    NULL) != XPAY_OK)
        fail("the session does not decode");
    xpay_object_free(object);
}

static void hmac(const char *bytes, size_t length)
{
    unsigned char signature[32];
    size_t written;
    if (EVP_MAC_init(data.hmac, NULL, 0, NULL) != 1 ||
        EVP_MAC_update(data.hmac, (const unsigned char *)bytes, length) != 1 ||
        EVP_MAC_final(data.hmac, signature, &written, sizeof signature) != 1)
        fail("HMAC");
}

static void hmac_4k(void)
{
    hmac(data.body_4k, BODY_4K);
}

static void verify_4k(void)
{
    if (xpay_webhook_verify(data.verifier, data.body_4k, BODY_4K, data.header_4k, NULL, NULL) !=
        XPAY_OK)
        fail("a signature does not verify");
}

/* The first bytes of the same body: a small event, where what is around the hash counts most. */
static void hmac_256(void)
{
    hmac(data.body_4k, BODY_256);
}

static void verify_256(void)
{
    if (xpay_webhook_verify(data.verifier, data.body_4k, BODY_256, data.header_256, NULL, NULL) !=
        XPAY_OK)
        fail("a signature does not verify");
}

static void event_parts(void)
{
    hmac(data.event, data.event_length);
    cJSON_Delete(cJSON_ParseWithLength(data.event, data.event_length));
}

static void construct_event(void)
{
    xpay_event *event;
    if (xpay_webhook_construct_event(data.verifier, data.event, data.event_length,
                                     data.header_event, &event, NULL) != XPAY_OK)
        fail("an event does not verify");
    xpay_object_free(event);
}

static size_t receive(char *bytes, size_t size, size_t count, void *context)
{
    (void)context;
    char *grown = realloc(data.received, data.received_length + size * count + 1);
    if (grown == NULL)
        return 0;
    data.received = grown;
    memcpy(grown + data.received_length, bytes, size * count);
    data.received_length += size * count;
    return size * count;
}

static void curl_call(void)
{
    data.received_length = 0;
    if (curl_easy_perform(data.easy) != CURLE_OK)
        fail("curl cannot reach the sandbox");
    cJSON_Delete(cJSON_ParseWithLength(data.received, data.received_length));
}

static void retrieve(void)
{
    xpay_checkout_session *session;
    if (xpay_checkout_session_retrieve(data.client, data.id, NULL, &session, NULL) != XPAY_OK)
        fail("the session cannot be retrieved");
    xpay_object_free(session);
}

/* One row of the table: `ours` may take at most `limit` / 100 of what `bare` takes. */
static const struct row {
    const char *name;
    void (*ours)(void);
    void (*bare)(void);
    int batch; /* calls between two looks at the clock */
    int limit;
} rows[] = {
    {"decode_vs_cjson", decode_session, parse_session, 200, 120},
    {"verify_vs_hmac_256", verify_256, hmac_256, 2000, 160},
    {"verify_vs_hmac_4k", verify_4k, hmac_4k, 500, 110},
    {"event_vs_parts", construct_event, event_parts, 200, 120},
    {"call_vs_curl", retrieve, curl_call, 50, 108},
};

enum { ROWS = sizeof rows / sizeof rows[0] };

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int64_t time_batch(void (*work)(void), int count)
{
    int64_t start = now_ns();
    for (int i = 0; i < count; i++)
        work();
    return now_ns() - start;
}

static int over_limit;

/* The rows of the last run that this one has not measured anew; peers.py makes some of its own. */
static cJSON *earlier;

static void read_earlier(const char *path)
{
    FILE *file = fopen(path, "rb");
    size_t length;
    if (file == NULL)
        return;
    fclose(file);
    char *text = read_file(path, &length);
    earlier = cJSON_Parse(text);
    free(text);
}

static void keep_earlier(FILE *json)
{
    const cJSON *row;
    cJSON_ArrayForEach(row, earlier)
    {
        char *text = cJSON_PrintUnformatted(row);
        if (text == NULL)
            fail("out of memory");
        fprintf(json, ",\n  \"%s\": %s", row->string, text);
        cJSON_free(text);
    }
    cJSON_Delete(earlier);
}

static void report(FILE *json, const char *name, double ratio, int limit, double ours, double bare,
                   const char *unit)
{
    printf("%-24s %6.3f  (at most %d.%02d)  %10.2f / %10.2f %s%s\n", name, ratio, limit / 100,
           limit % 100, ours, bare, unit, ratio * 100 > limit ? "  OVER" : "");
    over_limit += ratio * 100 > limit;
    cJSON_DeleteItemFromObjectCaseSensitive(earlier, name);
    fprintf(json,
            "%s  \"%s\": {\"ratio\": %.4f, \"at_most\": %d.%02d, \"ours\": %.3f, \"bare\": %.3f, "
            "\"unit\": \"%s\"}",
            ftell(json) > 2 ? ",\n" : "", name, ratio, limit / 100, limit % 100, ours, bare, unit);
}

/* Ours and the bare library take turns; the fastest batch of each counts, since noise only ever adds. */
static void measure(FILE *json, const struct row *row)
{
    int64_t ours = INT64_MAX, bare = INT64_MAX;
    time_batch(row->ours, row->batch);
    time_batch(row->bare, row->batch);
    for (int round = 0; round < ROUNDS; round++) {
        int64_t a = time_batch(row->ours, row->batch), b = time_batch(row->bare, row->batch);
        ours = a < ours ? a : ours;
        bare = b < bare ? b : bare;
    }
    report(json, row->name, (double)ours / (double)bare, row->limit,
           (double)ours / row->batch / 1000, (double)bare / row->batch / 1000, "us");
}

static void measure_memory(FILE *json)
{
    void *object;
    if (xpay_decode(&xpay_type_checkout_session, data.session, data.session_length, NULL, &object,
                    NULL) != XPAY_OK)
        fail("the session does not decode");
    double held = (double)((xpay_object *)object)->root->arena.total;
    double length = (double)data.session_length;
    report(json, "session_bytes_vs_json", held / length, 300, held, length, "bytes");
    xpay_object_free(object);
}

/* How many connections the sandbox has accepted, asked over one that is open already. */
static int connections_so_far(void)
{
    data.received_length = 0;
    if (curl_easy_perform(data.state) != CURLE_OK)
        fail("the sandbox's state cannot be read");
    cJSON *state = cJSON_ParseWithLength(data.received, data.received_length);
    int count = cJSON_GetObjectItemCaseSensitive(state, "connections")->valueint;
    cJSON_Delete(state);
    return count;
}

static void *retrieve_often(void *unused)
{
    (void)unused;
    for (int i = 0; i < CALLS_OF_A_THREAD; i++)
        retrieve();
    return NULL;
}

/* Eight threads on one new client: no more connections than threads, however often they call. */
static void measure_connections(FILE *json)
{
    pthread_t threads[THREADS];
    connections_so_far();
    int before = connections_so_far();
    xpay_client *first = data.client;
    if (xpay_client_new(&data.client_options, &data.client, NULL) != XPAY_OK)
        fail("no client");
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, retrieve_often, NULL) != 0)
            fail("no thread");
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    double made = connections_so_far() - before;
    xpay_client_free(data.client);
    data.client = first;
    report(json, "threads8_new_connections", made, THREADS * 100, made, THREADS * CALLS_OF_A_THREAD,
           "connections / calls");
}

static void prepare(void)
{
    data.session = read_file("tests/bench/session.json", &data.session_length);
    data.event = malloc(data.session_length + 512);
    if (data.event == NULL)
        fail("out of memory");
    data.event_length = (size_t)sprintf(
        data.event,
        "{\"id\":\"evt_test_1\",\"object\":\"event\",\"api_version\":\"3.1.0\",\"created\":"
        "\"2026-05-01T10:00:02.000Z\",\"type\":\"checkout.session.completed\",\"livemode\":false,"
        "\"data\":{\"object\":%s}}",
        data.session);
    memset(data.body_4k, 'x', sizeof data.body_4k);

    int64_t now = (int64_t)time(NULL);
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    options.secret = secret;
    char digest[] = "SHA256";
    OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                           OSSL_PARAM_construct_end()};
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    data.hmac = EVP_MAC_CTX_new(mac);
    EVP_MAC_free(mac);
    if (xpay_webhook_verifier_new(&options, &data.verifier, NULL) != XPAY_OK ||
        xpay_webhook_sign(secret, now, data.body_4k, BODY_4K, data.header_4k,
                          sizeof data.header_4k) != XPAY_OK ||
        xpay_webhook_sign(secret, now, data.body_4k, BODY_256, data.header_256,
                          sizeof data.header_256) != XPAY_OK ||
        xpay_webhook_sign(secret, now, data.event, data.event_length, data.header_event,
                          sizeof data.header_event) != XPAY_OK ||
        EVP_MAC_init(data.hmac, (const unsigned char *)secret, strlen(secret), params) != 1)
        fail("webhooks cannot be prepared");
}

/* A session at the sandbox, paid so that it carries the whole graph, and both ways to fetch it. */
static void prepare_calls(const char *base)
{
    xpay_error error;
    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    options.api_key = "sk_test_sandbox_secret";
    options.base_url = base;
    data.client_options = options;
    xpay_product_data_params product = XPAY_PRODUCT_DATA_PARAMS_INIT;
    product.name = "Stoneware mug";
    xpay_price_data_params price = XPAY_PRICE_DATA_PARAMS_INIT;
    price.currency = XPAY_CURRENCY_EGP;
    price.has_unit_amount = true;
    price.unit_amount = 11302;
    price.product_data = &product;
    xpay_line_item_params line = XPAY_LINE_ITEM_PARAMS_INIT;
    line.price_data = &price;
    line.quantity = 2;
    xpay_after_completion_redirect_params redirect = XPAY_AFTER_COMPLETION_REDIRECT_PARAMS_INIT;
    redirect.url = "https://shop.example/return?session_id={CHECKOUT_SESSION_ID}";
    xpay_after_completion_params after = XPAY_AFTER_COMPLETION_PARAMS_INIT;
    after.type = XPAY_AFTER_COMPLETION_TYPE_REDIRECT;
    after.redirect = &redirect;
    xpay_checkout_session_create_params params = XPAY_CHECKOUT_SESSION_CREATE_PARAMS_INIT;
    params.line_items = &line;
    params.line_items_count = 1;
    params.after_completion = &after;

    xpay_checkout_session *session;
    if (xpay_client_new(&options, &data.client, &error) != XPAY_OK ||
        xpay_checkout_session_create(data.client, &params, NULL, &session, &error) != XPAY_OK)
        fail(error.message);
    snprintf(data.id, sizeof data.id, "%s", session->id);
    xpay_object_free(session);

    char url[512];
    snprintf(url, sizeof url, "%s/c/%s", base, data.id);
    data.easy = curl_easy_init();
    curl_easy_setopt(data.easy, CURLOPT_URL, url);
    curl_easy_setopt(data.easy, CURLOPT_PROXY, "");
    curl_easy_setopt(data.easy, CURLOPT_POSTFIELDS, "action=pay");
    curl_easy_setopt(data.easy, CURLOPT_WRITEFUNCTION, receive);
    if (curl_easy_perform(data.easy) != CURLE_OK)
        fail("the session cannot be paid");
    snprintf(url, sizeof url, "%s/checkout/sessions/%s", base, data.id);
    curl_easy_setopt(data.easy, CURLOPT_URL, url);
    curl_easy_setopt(data.easy, CURLOPT_HTTPGET, 1L);
    struct curl_slist *headers =
        curl_slist_append(NULL, "Authorization: Bearer sk_test_sandbox_secret");
    curl_easy_setopt(data.easy, CURLOPT_HTTPHEADER, headers);

    snprintf(url, sizeof url, "%s/_sandbox/state", base);
    data.state = curl_easy_init();
    curl_easy_setopt(data.state, CURLOPT_URL, url);
    curl_easy_setopt(data.state, CURLOPT_PROXY, "");
    curl_easy_setopt(data.state, CURLOPT_WRITEFUNCTION, receive);
}

static int do_work(const char *name, int count)
{
    for (size_t i = 0; i < ROWS; i++)
        if (strcmp(rows[i].name, name) == 0) {
            for (int k = 0; k < count; k++)
                rows[i].ours();
            return 0;
        }
    fail("no such work");
    return 1;
}

static void write_file(const char *directory, const char *name, const char *bytes, size_t length)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(bytes, 1, length, file) != length || fclose(file) != 0)
        fail(path);
}

static int take_turns(const char *directory)
{
    char line[32];
    write_file(directory, "event", data.event, data.event_length);
    write_file(directory, "header", data.header_event, strlen(data.header_event));
    write_file(directory, "secret", secret, strlen(secret));
    puts(xpay_version());
    fflush(stdout);
    while (fgets(line, sizeof line, stdin) != NULL) {
        printf("%lld\n", (long long)time_batch(construct_event, atoi(line)));
        fflush(stdout);
    }
    return 0;
}

int main(int argc, char **argv)
{
    prepare();
    if (argc == 4 && strcmp(argv[1], "--work") == 0)
        return do_work(argv[2], atoi(argv[3]));
    if (argc == 3 && strcmp(argv[1], "--turns") == 0)
        return take_turns(argv[2]);
    if (argc != 3)
        fail("usage: bench OUT.json URL | bench --work NAME COUNT | bench --turns DIRECTORY");
    prepare_calls(argv[2]);
    read_earlier(argv[1]);
    FILE *json = fopen(argv[1], "w");
    if (json == NULL)
        fail(argv[1]);
    fprintf(json, "{\n");
    for (size_t i = 0; i < ROWS; i++)
        measure(json, &rows[i]);
    measure_memory(json);
    measure_connections(json);
    keep_earlier(json);
    fprintf(json, "\n}\n");
    const char *limits = getenv("LIMITS"); /* "told": a limit that is passed is no failure */
    bool told = limits != NULL && strcmp(limits, "told") == 0;
    return fclose(json) == 0 && (over_limit == 0 || told) ? 0 : 1;
}
