/* From a caller's values to an object or an error: check, write, exchange, explain. */
#include "call.h"

#include <string.h>

#include "../base/fail.h"
#include "calling.h"
#include "driver.h"

#define FIRST_DELAY_US 500000
#define MAX_DELAY_US   8000000

/* What to say when XPay says nothing itself. The first row that fits counts; 0 and NULL fit any. */
static const struct remedy_row {
    xpay_status status;
    int32_t http_status;
    const char *code;
    const char *text;
} remedy_rows[] = {
    {XPAY_ERROR_PERMISSION, 0, "merchant_not_activated",
     "the account is not activated for live payments yet. Finish its activation in XPay's "
     "dashboard, or use a test key; until then a live key can only read the account"},
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

static xpay_status refuse(xpay_calling *c, const char *param, const char *message)
{
    return xpay_fail(c->error, XPAY_ERROR_ARGUMENT, param, "%s", message);
}

xpay_status xpay_call_options(const xpay_request_options *given, xpay_request_options *options,
                              xpay_error *error)
{
    xpay_status status = XPAY_OK;
    *options = (xpay_request_options)XPAY_REQUEST_OPTIONS_INIT;
    if (given != NULL)
        status =
            xpay_options_copy(options, sizeof(*options), given, "XPAY_REQUEST_OPTIONS_INIT", error);
    if (status == XPAY_OK && options->timeout_ms < 0)
        status =
            xpay_fail(error, XPAY_ERROR_ARGUMENT, "timeout_ms", "a timeout must not be negative");
    if (status == XPAY_OK && options->max_attempts < 0)
        status = xpay_fail(error, XPAY_ERROR_ARGUMENT, "max_attempts",
                           "a number of attempts must not be negative");
    return status;
}

static xpay_status read_options(xpay_calling *c, const xpay_request_options *given,
                                xpay_request_options *options)
{
    xpay_status status = xpay_call_options(given, options, c->error);
    c->cancel = options->cancel;
    c->order_reference = options->order_reference;
    c->given_key = options->idempotency_key != NULL;
    return status;
}

static void begin(xpay_calling *c, const xpay_request_options *options)
{
    const xpay_settings *settings = &c->client->settings;
    int64_t timeout_ms = options->timeout_ms == 0 ? settings->timeout_ms : options->timeout_ms;
    if (timeout_ms > XPAY_TIMEOUT_LIMIT_MS)
        timeout_ms = XPAY_TIMEOUT_LIMIT_MS;
    const xpay_retry_policy policy = {
        .max_attempts = options->max_attempts == 0 ? settings->max_attempts : options->max_attempts,
        .first_delay_us = FIRST_DELAY_US,
        .max_delay_us = MAX_DELAY_US,
        .max_retry_after_us = settings->max_retry_after_ms * 1000,
        .budget = &c->client->budget,
    };
    xpay_exchange_begin(&c->exchange, c->request.operation, c->request.key[0] != '\0',
                        &xpay_machine, &policy, timeout_ms * 1000);
}

/* Everything that can be wrong before anything is sent. */
static xpay_status prepare(xpay_calling *c, const xpay_operation *operation, const char *id,
                           const void *params, const xpay_request_options *given, const void *out)
{
    xpay_request_options options;
    if (c->client == NULL)
        return refuse(c, "client", "the client must not be NULL");
    if (out == NULL && operation->answer != NULL)
        return refuse(c, "out", "there is no place for the answer: it must not be NULL");
    xpay_status status = read_options(c, given, &options);
    if (status == XPAY_OK)
        status = xpay_request_key(&c->request, operation, &options, &xpay_machine, c->error);
    if (status == XPAY_OK)
        status = xpay_request_write(&c->request, &c->client->settings, id, params, c->error);
    if (status == XPAY_OK)
        begin(c, &options);
    return status;
}

static xpay_status prepare_again(xpay_calling *c, const xpay_operation *operation,
                                 const xpay_intent *intent, const xpay_request_options *given)
{
    xpay_request_options options;
    xpay_status status = read_options(c, given, &options);
    if (status == XPAY_OK)
        status =
            xpay_request_restore(&c->request, operation, &c->client->settings, intent, c->error);
    if (status == XPAY_OK) {
        begin(c, &options);
        int64_t left_ms = intent->not_after_ms - xpay_client_latest_ms(c->client);
        xpay_exchange_key_dies(&c->exchange, xpay_machine.lasting_ms(NULL) + left_ms);
    }
    c->order_reference = intent->order_reference;
    c->resolving = true;
    return status;
}

static void cancel(xpay_calling *c)
{
    xpay_exchange_cancel(&c->exchange);
    xpay_fail(c->error, XPAY_ERROR_CANCELED, NULL, "%s", xpay_status_text(XPAY_ERROR_CANCELED));
}

static void run(xpay_calling *c)
{
    for (;;) {
        int32_t action = xpay_exchange_next(&c->exchange);
        if (action == XPAY_ACTION_DONE)
            return;
        if (xpay_canceled(c->cancel)) {
            cancel(c);
        } else if (action == XPAY_ACTION_SEND) {
            xpay_attempt_make(c);
        } else {
            xpay_observe_wait(c);
            xpay_cancel_sleep(c->cancel, c->exchange.wait_until_us);
        }
    }
}

/* Whether what XPay says by itself leaves open what to do. */
static bool needs_remedy(const xpay_error *error)
{
    return error->message[0] == '\0' || strcmp(error->code, "merchant_not_activated") == 0;
}

/* A refusal without words, from XPay or from something before it, gets ours; one that needs a remedy, that as well. */
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
    char words[sizeof(error->message)];
    memcpy(param, error->param, sizeof(param));
    memcpy(words, error->message, sizeof(words));
    xpay_fail(error, error->status, param, "HTTP %d: %s%s%s", (int)error->http_status, text,
              words[0] == '\0' ? "" : " - ", words);
}

/* Its key was too old before anything was sent. */
static void explain_old_key(xpay_error *error)
{
    xpay_fail(error, XPAY_ERROR_IDEMPOTENCY, "idempotency_key",
              "this idempotency key was first used more than 23 hours ago and XPay may have "
              "forgotten it: a repeat might act again. See what happened then");
}

/* It succeeded all the same, such as a DELETE that found nothing left: an earlier refusal is no error of the call. */
static void forget_refusal(xpay_error *error)
{
    xpay_error kept = *error;
    xpay_error_clear(error);
    error->http_status = kept.http_status;
    memcpy(error->request_id, kept.request_id, sizeof(error->request_id));
}

/* The exchange itself, from what is written and checked to its end. */
static xpay_status carry_out(xpay_calling *c)
{
    xpay_error *error = c->error;
    xpay_status status = xpay_intent_open(c);
    c->opened = status == XPAY_OK;
    if (c->opened) {
        run(c);
        status = c->exchange.status;
        if (status == XPAY_OK)
            forget_refusal(error);
        error->outcome = c->exchange.outcome;
        error->next_step = c->exchange.next_step;
        error->attempts = c->exchange.sent;
    }
    error->status = status;
    if (status == XPAY_ERROR_IDEMPOTENCY && error->message[0] == '\0' && c->exchange.tries == 0)
        explain_old_key(error);
    if (status != XPAY_OK && needs_remedy(error))
        explain(error);
    memcpy(error->idempotency_key, c->request.key, sizeof(error->idempotency_key));
    xpay_intent_close(c);
    xpay_observe_end(c);
    return status;
}

/* Nothing was sent, and nothing written down. What failed for want of memory may be a repeat of what happened. */
static xpay_status fail_early(xpay_calling *c, xpay_status status)
{
    xpay_error *error = c->error;
    bool repeat = status == XPAY_ERROR_MEMORY && (c->given_key || c->resolving);
    error->status = status;
    error->outcome = repeat ? XPAY_OUTCOME_UNKNOWN : XPAY_OUTCOME_NOT_SENT;
    error->next_step = status == XPAY_ERROR_MEMORY ? XPAY_NEXT_SAME_KEY : XPAY_NEXT_FIX;
    memcpy(error->idempotency_key, c->request.key, sizeof(error->idempotency_key));
    if (error->message[0] == '\0')
        explain(error);
    return status;
}

xpay_status xpay_call(xpay_client *client, const xpay_operation *operation, const char *id,
                      const void *params, const xpay_request_options *options, void *out,
                      xpay_error *error)
{
    xpay_error unwanted;
    xpay_calling c = {
        .client = client, .request = XPAY_REQUEST_INIT, .error = error == NULL ? &unwanted : error};
    xpay_error_clear(c.error);
    xpay_status status = prepare(&c, operation, id, params, options, out);
    status = status == XPAY_OK ? carry_out(&c) : fail_early(&c, status);
    if (out != NULL)
        memcpy(out, &c.object, sizeof(c.object));
    xpay_request_free(&c.request);
    return status;
}

xpay_status xpay_call_again(xpay_client *client, const xpay_operation *operation,
                            const xpay_intent *intent, const xpay_request_options *options,
                            xpay_again *again, void *out, xpay_error *error)
{
    xpay_calling c = {.client = client, .request = XPAY_REQUEST_INIT, .error = error};
    xpay_error_clear(error);
    xpay_status status = prepare_again(&c, operation, intent, options);
    status = status == XPAY_OK ? carry_out(&c) : fail_early(&c, status);
    again->asked = c.opened;
    memcpy(again->call, c.name, sizeof(again->call));
    memcpy(out, &c.object, sizeof(c.object));
    xpay_request_free(&c.request);
    return status;
}
