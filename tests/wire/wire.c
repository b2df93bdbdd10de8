/* Counting, time, and the calls that all tests make. */
#include "wire.h"

#include "net/exchange.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PRINTED_FAILURES = 40 };

bool wire_quick;
_Thread_local int wire_sendings;
int64_t wire_first_delay_us = 2000;
void (*wire_before_sending)(void);
_Atomic long wire_passed, wire_failed, wire_runs, wire_faults, wire_effects;

bool expect(bool holds, const char *format, ...)
{
    if (holds) {
        atomic_fetch_add(&wire_passed, 1);
        return true;
    }
    if (atomic_fetch_add(&wire_failed, 1) < PRINTED_FAILURES) {
        char line[1024] = "";
        va_list values;
        va_start(values, format);
        vsnprintf(line, sizeof line, format, values);
        va_end(values);
        printf("FAILED: %s\n", line);
    }
    return false;
}

void give_up(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    fputs("test-wire: ", stderr);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
    va_end(values);
    exit(2);
}

void count_run(long faults, long effects)
{
    atomic_fetch_add(&wire_runs, 1);
    atomic_fetch_add(&wire_faults, faults);
    atomic_fetch_add(&wire_effects, effects);
}

int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void nap_us(int64_t microseconds)
{
    struct timespec nap = {.tv_sec = (time_t)(microseconds / 1000000),
                           .tv_nsec = (long)(microseconds % 1000000) * 1000};
    while (nanosleep(&nap, &nap) != 0)
        continue;
}

const char *url_of(char url[URL_SIZE], const char *scheme, uint16_t port)
{
    snprintf(url, URL_SIZE, "%s://127.0.0.1:%u", scheme, (unsigned)port);
    return url;
}

void fresh_key(char key[KEY_SIZE])
{
    static _Atomic unsigned count;
    snprintf(key, KEY_SIZE, "wire-%lld-%08u", (long long)now_us(), atomic_fetch_add(&count, 1));
}

bool __real_xpay_exchange_sending(xpay_exchange *exchange);
bool __wrap_xpay_exchange_sending(xpay_exchange *exchange);

bool __wrap_xpay_exchange_sending(xpay_exchange *exchange)
{
    if (wire_before_sending != NULL)
        wire_before_sending();
    bool may = __real_xpay_exchange_sending(exchange);
    wire_sendings += may;
    return may;
}

void __real_xpay_exchange_begin(xpay_exchange *exchange, const xpay_operation *operation,
                                bool keyed, const xpay_sources *sources,
                                const xpay_retry_policy *policy, int64_t timeout_us);
void __wrap_xpay_exchange_begin(xpay_exchange *exchange, const xpay_operation *operation,
                                bool keyed, const xpay_sources *sources,
                                const xpay_retry_policy *policy, int64_t timeout_us);

void __wrap_xpay_exchange_begin(xpay_exchange *exchange, const xpay_operation *operation,
                                bool keyed, const xpay_sources *sources,
                                const xpay_retry_policy *policy, int64_t timeout_us)
{
    xpay_retry_policy quick = *policy;
    quick.first_delay_us = wire_first_delay_us;
    __real_xpay_exchange_begin(exchange, operation, keyed, sources, &quick, timeout_us);
}

xpay_client *client_to(const char *base_url, int attempts,
                       void (*change)(xpay_client_options *options, void *context), void *context)
{
    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    xpay_client *client;
    xpay_error error;
    options.api_key = WIRE_API_KEY;
    options.base_url = base_url;
    options.max_attempts = attempts;
    options.retry_budget = -1; /* unless a test is about it */
    if (change != NULL)
        change(&options, context);
    if (xpay_client_new(&options, &client, &error) != XPAY_OK)
        give_up("no client for %s: %s", base_url, error.message);
    return client;
}

xpay_status create_session(xpay_client *client, const xpay_request_options *options,
                           xpay_error *error)
{
    xpay_line_item_params line = XPAY_LINE_ITEM_PARAMS_INIT;
    line.price = "price_sandbox_tea";
    line.quantity = 1;
    xpay_after_completion_params after = XPAY_AFTER_COMPLETION_PARAMS_INIT;
    after.type = XPAY_AFTER_COMPLETION_TYPE_HOSTED_CONFIRMATION;
    xpay_checkout_session_create_params params = XPAY_CHECKOUT_SESSION_CREATE_PARAMS_INIT;
    params.line_items = &line;
    params.line_items_count = 1;
    params.after_completion = &after;
    params.payment_method_configuration_id = "pmc_sandbox_card"; /* makes the answer shorter */
    xpay_checkout_session *session;
    xpay_status status = xpay_checkout_session_create(client, &params, options, &session, error);
    xpay_object_free(session);
    return status;
}

xpay_status create_refund(xpay_client *client, const char *intent,
                          const xpay_request_options *options, xpay_error *error)
{
    xpay_refund_create_params params = XPAY_REFUND_CREATE_PARAMS_INIT;
    params.payment_intent_id = intent;
    params.has_amount = true;
    params.amount = 1;
    xpay_refund *refund;
    xpay_status status = xpay_refund_create(client, &params, options, &refund, error);
    xpay_object_free(refund);
    return status;
}
