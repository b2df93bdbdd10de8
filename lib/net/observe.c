/* Telling the client's log and trace what happens, without any secret. Nothing is formatted that nobody wants. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../base/secret.h"
#include "../json/redact.h"
#include "calling.h"

#define LINE_SIZE    1024
#define PATH_SIZE    512
#define SKEW_WARN_MS 150000 /* half of what webhooks may be late */

static bool wants(const xpay_calling *c, int32_t level)
{
    return level <= c->client->settings.log_level;
}

static void tell(const xpay_client *client, int32_t level, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void tell(const xpay_client *client, int32_t level, const char *format, ...)
{
    const xpay_settings *settings = &client->settings;
    char line[LINE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    xpay_mask_secrets(line);
    settings->log(settings->log_context, level, line);
}

/* Where a request goes, without host and query. */
static const char *path_of(const xpay_calling *c, char path[PATH_SIZE])
{
    const char *target = xpay_request_target(&c->request);
    snprintf(path, PATH_SIZE, "%.*s", (int)strcspn(target, "?"), target);
    xpay_mask_secrets(path);
    return path;
}

static const char *or_dash(const char *text)
{
    return text == NULL || text[0] == '\0' ? "-" : text;
}

static void trace(const xpay_calling *c, xpay_trace_event *event, const char *body, size_t length)
{
    const xpay_settings *settings = &c->client->settings;
    char path[PATH_SIZE];
    char key[XPAY_KEY_SIZE];
    char *redacted = NULL;
    event->size = sizeof(*event);
    event->attempt = c->exchange.tries;
    event->operation = c->request.operation->name;
    event->method = c->request.operation->method;
    event->path = path_of(c, path);
    memcpy(key, c->request.key, sizeof(key));
    xpay_mask_secrets(key); /* it is the caller's choice, and may be anything */
    event->idempotency_key = key[0] == '\0' ? NULL : key;
    if (settings->trace_bodies && length > 0)
        redacted = xpay_redact_json(body, length);
    event->body = redacted;
    event->body_length = redacted == NULL ? 0 : length;
    settings->trace(settings->trace_context, event);
    xpay_redact_free(redacted, length);
}

void xpay_observe_request(const xpay_calling *c)
{
    if (c->client->settings.trace != NULL) {
        xpay_trace_event event = {.kind = XPAY_TRACE_REQUEST};
        trace(c, &event, c->request.body.bytes, c->request.body.length);
    }
    if (wants(c, XPAY_LOG_DEBUG)) {
        char path[PATH_SIZE];
        tell(c->client, XPAY_LOG_DEBUG, "%s: attempt %d: %s %s, key %s", c->request.operation->name,
             (int)c->exchange.tries, c->request.operation->method, path_of(c, path),
             or_dash(c->request.key));
    }
}

/* Once, until the clocks agree again. */
static void observe_skew(const xpay_calling *c, const xpay_response *response)
{
    atomic_bool *told = &c->client->told_skew;
    if (!response->has_clock_skew || !wants(c, XPAY_LOG_WARN))
        return;
    int64_t skew_ms = response->clock_skew_ms;
    bool off = skew_ms > SKEW_WARN_MS || skew_ms < -SKEW_WARN_MS;
    if (atomic_exchange(told, off) || !off)
        return;
    tell(c->client, XPAY_LOG_WARN,
         "this machine's clock is %lld s %s XPay's: webhooks will be refused as expired beyond 300",
         (long long)(skew_ms < 0 ? -skew_ms : skew_ms) / 1000, skew_ms < 0 ? "ahead of" : "behind");
}

static void trace_response(const xpay_calling *c, const xpay_answer *answer,
                           const xpay_attempt *attempt, int64_t total_us)
{
    xpay_trace_event event = {.kind = XPAY_TRACE_RESPONSE};
    event.status = c->exchange.status;
    event.http_status = attempt->http_status;
    event.total_us = total_us;
    if (answer == NULL) {
        trace(c, &event, NULL, 0);
        return;
    }
    event.request_id = c->error->request_id[0] != '\0' ? c->error->request_id : NULL;
    event.name_lookup_us = answer->response.name_lookup_us;
    event.connect_us = answer->response.connect_us;
    event.tls_us = answer->response.tls_us;
    event.first_byte_us = answer->response.first_byte_us;
    event.connection_reused = answer->response.connection_reused;
    trace(c, &event, answer->body.bytes, answer->body.length);
}

void xpay_observe_response(const xpay_calling *c, const xpay_answer *answer,
                           const xpay_attempt *attempt, int64_t total_us)
{
    if (c->client->settings.trace != NULL)
        trace_response(c, answer, attempt, total_us);
    if (wants(c, XPAY_LOG_DEBUG))
        tell(c->client, XPAY_LOG_DEBUG, "%s: attempt %d: %s, HTTP %d, %lld us, %s connection",
             c->request.operation->name, (int)c->exchange.tries,
             xpay_status_name(c->exchange.status), (int)attempt->http_status, (long long)total_us,
             answer != NULL && answer->response.connection_reused ? "kept" : "new");
    if (answer != NULL)
        observe_skew(c, &answer->response);
}

void xpay_observe_wait(const xpay_calling *c)
{
    const xpay_exchange *exchange = &c->exchange;
    if (!wants(c, XPAY_LOG_WARN))
        return;
    int64_t wait_us = exchange->wait_until_us - xpay_machine.now_us(NULL);
    tell(c->client, XPAY_LOG_WARN,
         "%s: attempt %d failed: %s, HTTP %d: %s; again in %lld ms, key %s",
         c->request.operation->name, (int)exchange->tries, xpay_status_name(exchange->status),
         (int)c->error->http_status, c->error->message,
         (long long)(wait_us < 0 ? 0 : wait_us) / 1000, or_dash(c->request.key));
}

void xpay_observe_end(const xpay_calling *c)
{
    const xpay_error *error = c->error;
    const xpay_exchange *exchange = &c->exchange;
    const char *name = c->request.operation->name;
    int32_t level = error->status == XPAY_OK ? XPAY_LOG_INFO : XPAY_LOG_ERROR;
    char path[PATH_SIZE];
    if (!wants(c, level))
        return;
    long long total_ms = (xpay_machine.now_us(NULL) - exchange->started_us) / 1000;
    if (error->status == XPAY_OK)
        tell(c->client, level, "%s: %s %s: done, HTTP %d, attempt %d, %lld ms, request %s, key %s",
             name, c->request.operation->method, path_of(c, path), (int)error->http_status,
             (int)exchange->tries, total_ms, or_dash(error->request_id), or_dash(c->request.key));
    else
        tell(c->client, level,
             "%s: %s %s: %s, outcome %s, next step %s, HTTP %d, attempt %d%s%s, %lld ms, "
             "request %s, key %s: %s",
             name, c->request.operation->method, path_of(c, path), xpay_status_name(error->status),
             xpay_outcome_name(error->outcome), xpay_next_step_name(error->next_step),
             (int)error->http_status, (int)exchange->tries,
             exchange->given_up == NULL ? "" : ", not repeated: ",
             exchange->given_up == NULL ? "" : exchange->given_up, total_ms,
             or_dash(error->request_id), or_dash(c->request.key), error->message);
}

void xpay_observe_store(const xpay_client *client, const char *operation, const char *key,
                        const char *what, xpay_status status)
{
    if (client->settings.log_level >= XPAY_LOG_WARN)
        tell(client, XPAY_LOG_WARN, "%s: the intent store could not %s key %s: %s", operation, what,
             key, xpay_status_name(status));
}
