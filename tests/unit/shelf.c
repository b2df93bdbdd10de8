#include "shelf.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static void keep(char *copy, size_t size, const char *text)
{
    snprintf(copy, size, "%s", text == NULL ? "(null)" : text);
}

xpay_status shelf_record(void *context, const xpay_intent *intent, int64_t *open_since_ms)
{
    shelf *s = context;
    s->records++;
    s->requests_at_record = scripted_requests(s->server);
    keep(s->key, sizeof s->key, intent->key);
    keep(s->fingerprint, sizeof s->fingerprint, intent->fingerprint);
    keep(s->operation, sizeof s->operation, intent->operation);
    keep(s->order, sizeof s->order, intent->order_reference);
    keep(s->method, sizeof s->method, intent->method);
    keep(s->target, sizeof s->target, intent->target);
    keep(s->body, sizeof s->body, intent->body);
    keep(s->account, sizeof s->account, intent->account);
    keep(s->call, sizeof s->call, intent->call);
    ck_assert_uint_eq(strspn(s->call, "0123456789abcdef"), 32);
    s->intent = *intent;
    s->intent.account = intent->account == NULL ? NULL : s->account;
    s->intent.call = s->call;
    s->intent.key = s->key;
    s->intent.fingerprint = s->fingerprint;
    s->intent.operation = s->operation;
    s->intent.order_reference = s->order;
    s->intent.method = s->method;
    s->intent.target = s->target;
    s->intent.body = s->body;
    if (s->open_since_ms != 0)
        *open_since_ms = s->open_since_ms;
    return s->record_status;
}

xpay_status shelf_settle(void *context, const xpay_settlement *settlement)
{
    shelf *s = context;
    s->settles++;
    ck_assert_str_eq(settlement->key, s->key);
    if (settlement->how == XPAY_SETTLEMENT_REJECTED &&
        (s->joined || strcmp(settlement->call, s->call) != 0))
        return XPAY_ERROR_CONFLICT;
    if (s->settle_status != XPAY_OK)
        return s->settle_status;
    s->settlement = settlement->how;
    s->has_json =
        settlement->object_json != NULL && strcmp(settlement->object_json, REFUND_JSON) == 0;
    return XPAY_OK;
}

xpay_status shelf_take_over(void *context, const char *key, const char *call)
{
    shelf *s = context;
    s->takes++;
    ck_assert_str_eq(key, s->key);
    ck_assert_str_ne(call, s->call);
    keep(s->call, sizeof s->call, call);
    return s->take_over_status;
}

static xpay_status unsettled(void *context, xpay_intent_visitor visit, void *visit_context)
{
    shelf *s = context;
    s->listed++;
    if (s->records == 0 || s->settlement == XPAY_SETTLEMENT_APPLIED ||
        s->settlement == XPAY_SETTLEMENT_REJECTED)
        return XPAY_OK;
    return visit(visit_context, &s->intent);
}

int64_t wall_ms(void)
{
    return (int64_t)time(NULL) * 1000;
}

xpay_client *shelf_client(shelf *s, scripted *server)
{
    xpay_client_options options = scripted_options(server);
    xpay_intent_store store = XPAY_INTENT_STORE_INIT;
    xpay_client *client;
    xpay_error error;
    s->server = server;
    store.context = s;
    store.record = shelf_record;
    store.settle = shelf_settle;
    store.take_over = shelf_take_over;
    store.unsettled = unsettled;
    options.intent_store = &store;
    options.max_attempts = 1;
    options.account = s->of_account == NULL ? "the shop in Cairo" : s->of_account;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    return client;
}

xpay_status shelf_refund(xpay_client *client, const char *key, xpay_error *error)
{
    xpay_refund_create_params params = XPAY_REFUND_CREATE_PARAMS_INIT;
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    xpay_refund *made;
    params.charge_id = "ch_1";
    params.has_amount = true;
    params.amount = 500;
    options.idempotency_key = key;
    options.order_reference = "1042";
    xpay_status status = xpay_refund_create(client, &params, &options, &made, error);
    xpay_object_free(made);
    return status;
}
