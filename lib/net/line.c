/* Setting libcurl up, and reading from it what an attempt came to. */
#include "line.h"

#include <stdlib.h>
#include <string.h>

#include "../base/secret.h"
#include "transport.h"

#define MAX_IDLE_S     55 /* less than servers' idle limits: fewer requests meet a dying connection */
#define MAX_LIFETIME_S 600 /* so that a change in DNS is followed */

static const struct switch_row {
    CURLoption option;
    long value;
} switches[] = {
    {CURLOPT_NOSIGNAL, 1},
    {CURLOPT_QUICK_EXIT, 1}, /* never wait for a resolver that hangs */
    {CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1},
    {CURLOPT_HTTP09_ALLOWED, 0},
    {CURLOPT_FOLLOWLOCATION, 0},
    {CURLOPT_NETRC, CURL_NETRC_IGNORED},
    {CURLOPT_DISALLOW_USERNAME_IN_URL, 1},
    {CURLOPT_PATH_AS_IS, 1},
    {CURLOPT_TCP_NODELAY, 1},
    {CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
    {CURLOPT_SSL_VERIFYPEER, 1},
    {CURLOPT_SSL_VERIFYHOST, 2},
    /* Until 8.12, libcurl frees a name twice after memory ran out while it stored a session. */
    {CURLOPT_SSL_SESSIONID_CACHE, 0},
    {CURLOPT_PROXY_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
    {CURLOPT_PROXY_SSL_VERIFYPEER, 1},
    {CURLOPT_PROXY_SSL_VERIFYHOST, 2},
    {CURLOPT_SUPPRESS_CONNECT_HEADERS, 1},
    {CURLOPT_HEADEROPT, CURLHEADER_SEPARATE}, /* the API key is not for the proxy */
    {CURLOPT_MAXAGE_CONN, MAX_IDLE_S},
    {CURLOPT_MAXLIFETIME_CONN, MAX_LIFETIME_S},
};

/* libcurl is about to send. Its own repeats are stopped here; see xpay_exchange_sending(). */
static int before_request(void *user, char *remote_ip, char *local_ip, int remote_port,
                          int local_port)
{
    xpay_line *line = user;
    (void)remote_ip, (void)local_ip, (void)remote_port, (void)local_port;
    return xpay_exchange_sending(line->exchange) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

static CURLcode set_callbacks(xpay_line *line)
{
    CURL *easy = line->easy;
    CURLcode code = curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_request);
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_PREREQDATA, line);
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, xpay_answer_header);
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_HEADERDATA, &line->answer);
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, xpay_answer_body);
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_WRITEDATA, &line->answer);
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, line->detail);
    return code;
}

/* With a bundle file and no directory beside it, libcurl reads the certificates once and keeps them. */
static CURLcode set_trust(CURL *easy, const char *ca_file)
{
    if (ca_file == NULL)
        return CURLE_OK;
    CURLcode code = curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file);
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_PROXY_CAINFO, ca_file);
    if (code == CURLE_OK)
        curl_easy_setopt(easy, CURLOPT_CAPATH, (char *)NULL);
    if (code == CURLE_OK)
        curl_easy_setopt(easy, CURLOPT_PROXY_CAPATH, (char *)NULL);
    return code;
}

/* "" keeps libcurl from looking into the environment. */
static CURLcode set_proxy(CURL *easy, const xpay_settings *settings)
{
    bool environment = settings->proxy_from_environment && !settings->loopback;
    CURLcode code = CURLE_OK;
    if (settings->proxy != NULL && !settings->loopback)
        code = curl_easy_setopt(easy, CURLOPT_PROXY, settings->proxy);
    else if (!environment)
        code = curl_easy_setopt(easy, CURLOPT_PROXY, "");
    if (code == CURLE_OK && !environment)
        code = curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    return code;
}

static CURLcode set_up(xpay_line *line, const xpay_settings *settings)
{
    CURL *easy = line->easy;
    CURLcode code = CURLE_OK;
    for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]) && code == CURLE_OK; i++)
        code = curl_easy_setopt(easy, switches[i].option, switches[i].value);
    if (code == CURLE_OK)
        code = set_callbacks(line);
    if (code == CURLE_OK)
        code = set_trust(easy, settings->ca_file);
    if (code == CURLE_OK)
        code = set_proxy(easy, settings);
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, settings->https ? "https" : "http");
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_USERAGENT, settings->user_agent);
    if (code == CURLE_OK)
        code =
            curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)settings->connect_timeout_ms);
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE,
                                (curl_off_t)settings->max_response_bytes);
    return code;
}

static void chain_headers(xpay_line *line, const xpay_settings *settings)
{
    char *const lines[XPAY_HEADER_COUNT] = {
        [XPAY_HEADER_KEY] = line->key_header,
        [XPAY_HEADER_CONTENT_TYPE] = (char *)"Content-Type: application/json",
        [XPAY_HEADER_AUTHORIZATION] = settings->authorization.text,
        [XPAY_HEADER_ACCEPT] = (char *)"Accept: application/json",
        [XPAY_HEADER_EXPECT] = (char *)"Expect:", /* removed: never wait for a 100 */
    };
    for (size_t i = 0; i < XPAY_HEADER_COUNT; i++) {
        line->headers[i].data = lines[i];
        line->headers[i].next = i + 1 < XPAY_HEADER_COUNT ? &line->headers[i + 1] : NULL;
    }
}

xpay_status xpay_line_open(const xpay_settings *settings, xpay_line **out)
{
    xpay_status status = XPAY_ERROR_MEMORY;
    xpay_line *line = calloc(1, sizeof(*line));
    *out = NULL;
    if (line == NULL)
        return status;
    line->answer.max_body = settings->max_response_bytes;
    line->multi = curl_multi_init();
    line->easy = curl_easy_init();
    if (line->multi != NULL && line->easy != NULL) {
        chain_headers(line, settings);
        CURLcode code = set_up(line, settings);
        status = xpay_transport_status((int32_t)code);
        /* A request on a connection of its own closes the idle one first: the pool's limit holds for both. */
        curl_multi_setopt(line->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, 1L);
    }
    if (status != XPAY_OK) {
        xpay_line_close(line);
        return status;
    }
    *out = line;
    return XPAY_OK;
}

void xpay_line_close(xpay_line *line)
{
    if (line == NULL)
        return;
    curl_easy_cleanup(line->easy);
    curl_multi_cleanup(line->multi);
    xpay_answer_reset(&line->answer);
    xpay_buffer_free(&line->answer.body);
    xpay_wipe(line,
              sizeof(*line)); /* header values and libcurl's words: what the other side sent */
    free(line);
}

/* Enter the chain of headers where this request begins. */
static struct curl_slist *first_header(xpay_line *line, const xpay_request *request)
{
    if (xpay_operation_reads(request->operation) || xpay_operation_deletes(request->operation))
        return &line->headers[XPAY_HEADER_AUTHORIZATION];
    if (request->key[0] == '\0')
        return &line->headers[XPAY_HEADER_CONTENT_TYPE];
    static const char name[] = "Idempotency-Key: ";
    memcpy(line->key_header, name, sizeof(name) - 1);
    memcpy(line->key_header + sizeof(name) - 1, request->key, sizeof(request->key));
    return &line->headers[XPAY_HEADER_KEY];
}

static CURLcode set_method(xpay_line *line, const xpay_request *request)
{
    CURL *easy = line->easy;
    const char *method = request->operation->method;
    const char *custom = strcmp(method, "GET") == 0 || strcmp(method, "POST") == 0 ? NULL : method;
    CURLcode code = CURLE_OK;
    if (xpay_operation_reads(request->operation) || xpay_operation_deletes(request->operation)) {
        code = curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L); /* no body, nor a length of one */
    } else {
        const char *body = request->body.length == 0 ? "" : request->body.bytes;
        code =
            curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.length);
        if (code == CURLE_OK)
            code = curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
    }
    if (code == CURLE_OK && custom != line->custom_method) {
        code = curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, custom);
        line->custom_method = custom;
    }
    return code;
}

CURLcode xpay_line_prepare(xpay_line *line, const xpay_request *request, xpay_exchange *exchange)
{
    CURL *easy = line->easy;
    xpay_answer_reset(&line->answer);
    line->detail[0] = '\0';
    line->exchange = exchange;
    CURLcode code = curl_easy_setopt(easy, CURLOPT_URL, request->url.bytes);
    if (code == CURLE_OK)
        code = curl_easy_setopt(easy, CURLOPT_HTTPHEADER, first_header(line, request));
    if (code == CURLE_OK)
        code = set_method(line, request);
    if (code == CURLE_OK && line->alone != request->unkeyed_write) {
        line->alone = request->unkeyed_write;
        curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, (long)line->alone);
        curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, (long)line->alone);
    }
    return code;
}

static int64_t microseconds(CURL *easy, CURLINFO info)
{
    curl_off_t value = 0;
    curl_easy_getinfo(easy, info, &value);
    return (int64_t)value;
}

/* libcurl's words, or better ones where it does not know the reason. */
static const char *describe(const xpay_line *line, CURLcode code)
{
    if (line->answer.refusal == XPAY_ERROR_CANCELED)
        return "";
    if (code == CURLE_ABORTED_BY_CALLBACK && !line->exchange->sending)
        return "its idempotency key grew too old before it could be sent";
    if (code == CURLE_ABORTED_BY_CALLBACK)
        return "the server closed it before it answered";
    return line->detail;
}

/*
 * A handshake that the network broke, as libcurl words it for OpenSSL. Nothing else tells it from one that the server
 * ended, and only the broken one is worth a repeat. Words that are not known here are taken for the server's no.
 */
static bool is_broken_handshake(const xpay_line *line, CURLcode code)
{
    static const char *const words[] = {"SSL_ERROR_SYSCALL", "Connection reset", "Broken pipe",
                                        "unexpected eof"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]) && code == CURLE_SSL_CONNECT_ERROR; i++)
        if (strstr(line->detail, words[i]) != NULL)
            return true;
    return false;
}

/* What the end of a transfer is to us, beyond what its code says by itself. */
static xpay_status failure_of(const xpay_line *line, CURLcode code)
{
    const xpay_answer *answer = &line->answer;
    if (answer->refusal != XPAY_OK)
        return answer->refusal;
    xpay_status failure = xpay_transport_status((int32_t)code);
    if (is_broken_handshake(line, code))
        return XPAY_ERROR_CONNECT;
    if (failure == XPAY_ERROR_NETWORK && !line->exchange->sending)
        return XPAY_ERROR_CONNECT; /* such as a proxy that refuses */
    /* libcurl takes an answer whose headers were cut off for one without a body. */
    if (failure == XPAY_OK && !answer->headers_complete)
        return XPAY_ERROR_NETWORK;
    return failure;
}

/*
 * After TLS failed, the next attempt is to read the certificates anew: the file may have changed, and what libcurl
 * keeps of it may be incomplete since memory ran out.
 */
static bool spoils_line(xpay_status failure)
{
    return failure == XPAY_ERROR_MEMORY || failure == XPAY_ERROR_TLS_HANDSHAKE ||
           failure == XPAY_ERROR_TLS_CERTIFICATE;
}

void xpay_line_finish(xpay_line *line, CURLcode code)
{
    CURL *easy = line->easy;
    xpay_answer *answer = &line->answer;
    xpay_response *response = &answer->response;
    long new_connections = 1;

    answer->transport_code = (int32_t)code;
    answer->failure = failure_of(line, code);
    xpay_transport_hide_user(line->detail);
    answer->detail = describe(line, code);
    line->exchange = NULL;
    line->broken = line->broken || spoils_line(answer->failure) || code == CURLE_SSL_CONNECT_ERROR;

    curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &new_connections);
    response->connection_reused = new_connections == 0;
    response->name_lookup_us = microseconds(easy, CURLINFO_NAMELOOKUP_TIME_T);
    response->connect_us = microseconds(easy, CURLINFO_CONNECT_TIME_T);
    response->tls_us = microseconds(easy, CURLINFO_APPCONNECT_TIME_T);
    response->first_byte_us = microseconds(easy, CURLINFO_STARTTRANSFER_TIME_T);
    xpay_answer_read_headers(answer, xpay_wall_clock_ms());
}
