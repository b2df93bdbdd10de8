/* From a caller's values to an object or an error: check, write, exchange, read, explain. */
#include "call.h"

#include <string.h>

#include "../base/fail.h"
#include "../json/decode.h"
#include "driver.h"
#include "pool.h"

/* Automatic repeats are off: whoever calls decides, by outcome and next step. */
static const xpay_retry_policy policy = {1, 500000, 8000000};

typedef struct call {
    xpay_client *client;
    xpay_request request;
    xpay_exchange exchange;
    void *object;
    xpay_error *error;
} call;

/* What to say when XPay says nothing itself. The first row that fits counts; 0 and NULL fit any. */
static const struct remedy_row {
    xpay_status status;
    int32_t http_status;
    const char *code;
    const char *text;
} remedy_rows[] = {
    {XPAY_ERROR_PERMISSION, 0, "merchant_not_activated",
     "the account is not activated for live payments yet: finish its activation, or use a test "
     "key"},
    {XPAY_ERROR_PERMISSION, 0, NULL,
     "the API key may not do this: give a restricted key the permission, or use a secret key"},
    {XPAY_ERROR_AUTHENTICATION, 0, NULL,
     "XPay does not know the API key: it is wrong, or was rolled in the dashboard"},
    {XPAY_ERROR_NOT_FOUND, 0, NULL,
     "no such object: check the id, and whether it belongs to the mode (test, live) of the key"},
    {XPAY_ERROR_IDEMPOTENCY, 409, NULL,
     "the first request with this idempotency key is still running"},
    {XPAY_ERROR_IDEMPOTENCY, 0, NULL,
     "this idempotency key was used for a different request: see what that one did"},
    {XPAY_ERROR_PROTOCOL, 0, NULL,
     "the answer was a redirect or no HTTP that an API speaks: check the base URL and the proxy"},
};

static xpay_status refuse(call *c, const char *param, const char *message)
{
    return xpay_fail(c->error, XPAY_ERROR_ARGUMENT, param, "%s", message);
}

/* Everything that can be wrong before anything is sent. */
static xpay_status prepare(call *c, const xpay_operation *operation, const char *id,
                           const void *params, const xpay_request_options *given, const void *out)
{
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    if (c->client == NULL)
        return refuse(c, "client", "the client must not be NULL");
    if (out == NULL)
        return refuse(c, "out", "there is no place for the answer: it must not be NULL");

    xpay_status status = XPAY_OK;
    if (given != NULL)
        status = xpay_options_copy(&options, sizeof(options), given, "XPAY_REQUEST_OPTIONS_INIT",
                                   c->error);
    if (status == XPAY_OK && options.timeout_ms < 0)
        status = refuse(c, "timeout_ms", "a timeout must not be negative");
    if (status == XPAY_OK)
        status = xpay_request_key(&c->request, operation, &options, &xpay_machine, c->error);
    if (status == XPAY_OK)
        status = xpay_request_write(&c->request, &c->client->settings, id, params, c->error);
    if (status != XPAY_OK)
        return status;

    int64_t timeout_ms =
        options.timeout_ms == 0 ? c->client->settings.timeout_ms : options.timeout_ms;
    if (timeout_ms > XPAY_TIMEOUT_LIMIT_MS)
        timeout_ms = XPAY_TIMEOUT_LIMIT_MS;
    xpay_exchange_begin(&c->exchange, operation, c->request.key[0] != '\0', &xpay_machine, &policy,
                        timeout_ms * 1000);
    return XPAY_OK;
}

/* A 2xx: it counts when the object can be read. */
static xpay_status read_object(call *c, const xpay_answer *answer)
{
    const xpay_operation *operation = c->request.operation;
    xpay_response response = answer->response;
    response.attempts = c->exchange.sent;
    response.total_us = xpay_machine.now_us(NULL) - c->exchange.started_us;
    response.request_id = answer->request_id[0] == '\0' ? NULL : answer->request_id;
    response.idempotency_key = c->request.key[0] == '\0' ? NULL : c->request.key;
    const char *bytes = answer->body.length == 0 ? "" : answer->body.bytes;
    return xpay_decode(operation->answer, bytes, answer->body.length, &response, &c->object,
                       c->error);
}

/* Read what an attempt brought into the error or the object; XPAY_OK when the answer is usable as what it is. */
static xpay_status read_answer(call *c, const xpay_answer *answer)
{
    xpay_error *error = c->error;
    error->http_status = answer->http_status;
    error->transport_code = answer->transport_code;
    if (answer->failure != XPAY_OK)
        return xpay_fail(error, answer->failure, NULL, "%s%s%s", xpay_status_text(answer->failure),
                         answer->detail[0] == '\0' ? "" : ": ", answer->detail);
    if (answer->http_status >= 200 && answer->http_status <= 299)
        return read_object(c, answer);
    if (answer->body.length > 0 &&
        !xpay_decode_api_error(answer->body.bytes, answer->body.length, error) &&
        strncmp(answer->content_type, "application/json", 16) != 0)
        xpay_fail(error, XPAY_OK, NULL,
                  "HTTP %d, and the answer is %s instead of XPay's JSON: a firewall or a proxy may "
                  "have given it",
                  (int)answer->http_status,
                  answer->content_type[0] == '\0' ? "of no type" : answer->content_type);
    return XPAY_OK;
}

/* What tells refusals of the same HTTP status apart. */
static const char *refusal_code(const xpay_error *error)
{
    if (strcmp(error->type, "idempotency_error") == 0)
        return "idempotency_key_in_use";
    return error->code[0] != '\0' ? error->code : error->type;
}

static void attempt(call *c)
{
    xpay_line *line = NULL;
    xpay_attempt result = {XPAY_OK, 0, "", -1};
    xpay_error_clear(c->error);
    result.failure = xpay_pool_take(c->client, c->exchange.deadline_us, &line, c->error);
    if (result.failure == XPAY_OK) {
        xpay_drive(line, &c->request, &c->exchange);
        result.failure = read_answer(c, &line->answer);
        result.http_status = line->answer.http_status;
        result.code = refusal_code(c->error);
        if (c->error->request_id[0] == '\0')
            xpay_error_text(c->error->request_id, sizeof(c->error->request_id),
                            line->answer.request_id);
        result.retry_after_us = line->answer.retry_after_us;
    }
    xpay_exchange_attempted(&c->exchange, &result);
    if (line != NULL) {
        xpay_answer_reset(&line->answer); /* it may hold client secrets */
        xpay_pool_give(line);
    }
}

static void run(call *c)
{
    for (;;) {
        switch (xpay_exchange_next(&c->exchange)) {
        case XPAY_ACTION_SEND: attempt(c); break;
        case XPAY_ACTION_WAIT: xpay_drive_wait(c->exchange.wait_until_us); break;
        default: return;
        }
    }
}

/* A refusal without words, from XPay or from something before it, gets ours. */
static void explain(xpay_error *error)
{
    const char *text = xpay_status_text(error->status);
    for (size_t i = 0; i < sizeof(remedy_rows) / sizeof(remedy_rows[0]); i++) {
        const struct remedy_row *row = &remedy_rows[i];
        if (row->status == error->status &&
            (row->http_status == 0 || row->http_status == error->http_status) &&
            (row->code == NULL || strcmp(row->code, error->code) == 0)) {
            text = row->text;
            break;
        }
    }
    char param[sizeof(error->param)];
    memcpy(param, error->param, sizeof(param));
    xpay_fail(error, error->status, param, "HTTP %d: %s", (int)error->http_status, text);
}

xpay_status xpay_call(xpay_client *client, const xpay_operation *operation, const char *id,
                      const void *params, const xpay_request_options *options, void *out,
                      xpay_error *error)
{
    xpay_error unwanted;
    call c = {client, XPAY_REQUEST_INIT, {0}, NULL, error == NULL ? &unwanted : error};
    error = c.error;
    xpay_error_clear(error);

    xpay_status status = prepare(&c, operation, id, params, options, out);
    if (status == XPAY_OK) {
        run(&c);
        status = c.exchange.status;
        error->outcome = c.exchange.outcome;
        error->next_step = c.exchange.next_step;
        error->attempts = c.exchange.sent;
    } else {
        error->outcome = XPAY_OUTCOME_NOT_SENT;
        error->next_step = status == XPAY_ERROR_MEMORY ? XPAY_NEXT_SAME_KEY : XPAY_NEXT_FIX;
    }
    error->status = status;
    memcpy(error->idempotency_key, c.request.key, sizeof(error->idempotency_key));
    if (status != XPAY_OK && error->message[0] == '\0')
        explain(error);
    if (out != NULL)
        memcpy(out, &c.object, sizeof(c.object));
    xpay_request_free(&c.request);
    return status;
}
