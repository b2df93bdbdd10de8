/* Events: signed and fresh, then JSON, then an event, then its object by its type. */
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "answers.h"
#include "delivery.h"
#include "suites.h"

/* Deliver raw bytes, well signed. */
static xpay_status deliver_bytes(const char *body, size_t length, xpay_event **event,
                                 xpay_error *error)
{
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    char header[MAX_HEADER];
    write_header(header, "t=<t>,v1=<good>", body, length);
    memset(error, 0xAA, sizeof *error);
    *event = (xpay_event *)error;
    xpay_status status = xpay_webhook_construct_event(verifier, body, length, header, event, error);
    xpay_webhook_verifier_free(verifier);
    ck_assert_int_eq(error->status, status);
    ck_assert_int_eq(*event == NULL, status != XPAY_OK);
    ck_assert_int_eq(*error->message == '\0', status == XPAY_OK);
    return status;
}

/* The same for text with ' for ". */
static xpay_status deliver(const char *text, xpay_event **event, xpay_error *error)
{
    char *body = json_of(text);
    xpay_status status = deliver_bytes(body, strlen(body), event, error);
    free(body);
    return status;
}

#define EVENT(type, object)                                                \
    "{'id':'evt_test_1','object':'event','api_version':'3.1.0','created':" \
    "'2026-05-01T10:00:00.000Z','type':'" type "','livemode':false,'data':{'object':" object "}}"

#define A_SESSION  "{'object':'checkout.session','id':'cs_1','paymentStatus':'paid','amountTotal':5}"
#define AN_INTENT  "{'object':'payment_intent','id':'pi_1','amount':5}"
#define A_CHARGE   "{'object':'charge','id':'ch_1','amount':5,'refunds':[{'id':'re_1','amount':2}]}"
#define A_REFUND   "{'object':'refund','id':'re_1','amount':'5'}"
#define A_CUSTOMER "{'object':'customer','id':'cus_1'}"
#define A_COUPON   "{'object':'coupon','id':'coupon_1','percentOff':10}"
#define A_PRODUCT  "{'object':'product','id':'prod_1','name':'x'}"
#define A_CODE     "{'object':'promotion_code','id':'promo_1'}"

static const struct type_case {
    const char *type;
    int32_t kind;
    const char *object;
    const char *type_name; /* of the object; NULL when this version has none */
} type_cases[] = {
    {"checkout.session.completed", XPAY_EVENT_CHECKOUT_SESSION_COMPLETED, A_SESSION,
     "checkout_session"},
    {"checkout.session.expired", XPAY_EVENT_CHECKOUT_SESSION_EXPIRED, A_SESSION,
     "checkout_session"},
    {"checkout.session.async_payment_succeeded",
     XPAY_EVENT_CHECKOUT_SESSION_ASYNC_PAYMENT_SUCCEEDED, A_SESSION, "checkout_session"},
    {"checkout.session.async_payment_failed", XPAY_EVENT_CHECKOUT_SESSION_ASYNC_PAYMENT_FAILED,
     A_SESSION, "checkout_session"},
    {"payment_intent.payment_failed", XPAY_EVENT_PAYMENT_INTENT_PAYMENT_FAILED, AN_INTENT,
     "payment_intent"},
    {"charge.failed", XPAY_EVENT_CHARGE_FAILED, A_CHARGE, "charge"},
    {"charge.refunded", XPAY_EVENT_CHARGE_REFUNDED, A_CHARGE, "charge"},
    {"refund.created", XPAY_EVENT_REFUND_CREATED, A_REFUND, "refund"},
    {"refund.failed", XPAY_EVENT_REFUND_FAILED, A_REFUND, "refund"},
    {"customer.created", XPAY_EVENT_CUSTOMER_CREATED, A_CUSTOMER, "customer"},
    {"customer.updated", XPAY_EVENT_CUSTOMER_OTHER, A_CUSTOMER, "customer"},
    {"charge.succeeded", XPAY_EVENT_CHARGE_OTHER, A_CHARGE, "charge"},
    {"refund.updated", XPAY_EVENT_REFUND_OTHER, A_REFUND, "refund"},
    {"product.updated", XPAY_EVENT_PRODUCT, A_PRODUCT, "product"},
    {"product.updated", XPAY_EVENT_PRODUCT, "{'object':'product.v9','id':'prod_1'}", NULL},
    {"coupon.updated", XPAY_EVENT_COUPON, A_COUPON, "coupon"},
    {"promotion_code.created", XPAY_EVENT_PROMOTION_CODE_CREATED, A_CODE, "promotion_code"},
    {"promotion_code.updated", XPAY_EVENT_PROMOTION_CODE_UPDATED, A_CODE, "promotion_code"},
    {"webhook_endpoint.delivery_failed", XPAY_EVENT_WEBHOOK_ENDPOINT_DELIVERY_FAILED, "{}", NULL},

    {"webhook_endpoint.delivery_failed", XPAY_EVENT_WEBHOOK_ENDPOINT_DELIVERY_FAILED,
     "{'object':'webhook_endpoint','id':'we_1','status':'enabled','url':'https://x'}",
     "webhook_endpoint"},
    {"price.created", XPAY_EVENT_UNKNOWN, "{'object':'price','id':'price_1'}", "price"},
    {"payment_link.updated", XPAY_EVENT_UNKNOWN, "{'object':'payment_link','id':'plink_1'}",
     "payment_link"},

    /* What this version does not know: the type, the object, or both. */
    {"charge.dispute.created", XPAY_EVENT_CHARGE_OTHER, A_CHARGE, "charge"},
    {"checkout.session.complete", XPAY_EVENT_UNKNOWN, A_SESSION, "checkout_session"},
    {"checkout.session.completed.v2", XPAY_EVENT_UNKNOWN, A_SESSION, "checkout_session"},
    {"CHARGE.FAILED", XPAY_EVENT_UNKNOWN, A_CHARGE, "charge"},
    {"payment_intent.succeeded", XPAY_EVENT_UNKNOWN, AN_INTENT, "payment_intent"},
    {"refund", XPAY_EVENT_UNKNOWN, A_REFUND, "refund"},
    {"refund.", XPAY_EVENT_UNKNOWN, A_REFUND, "refund"},
    {"refunds.created", XPAY_EVENT_UNKNOWN, A_REFUND, "refund"},
    {"customer.subscription", XPAY_EVENT_CUSTOMER_OTHER, "{'object':'subscription'}", NULL},
    {"dispute.opened", XPAY_EVENT_UNKNOWN, "{'object':'dispute','id':'dp_1'}", NULL},
    {"charge.failed", XPAY_EVENT_CHARGE_FAILED, "{'object':'charge.v2','id':7,'amount':'x'}", NULL},
    {"charge.failed", XPAY_EVENT_CHARGE_FAILED, "{'object':'charg','id':'ch_1'}", NULL},
    {"charge.failed", XPAY_EVENT_CHARGE_FAILED, "{'object':'','id':'ch_1'}", NULL},
    {"charge.failed", XPAY_EVENT_CHARGE_FAILED, "{'object':7,'id':'ch_1'}", NULL},
    {"charge.failed", XPAY_EVENT_CHARGE_FAILED, "{'id':'ch_1','a':[{'object':'charge'}]}", NULL},
    {"refund.created", XPAY_EVENT_REFUND_CREATED,
     "{'a':{'object':'x'},'b':[1,[2]],'object':'refund','id':'re_1','amount':5}", "refund"},
};

static void check_typed(const char *name, const char *wanted, const void *member,
                        const void *object)
{
    bool is_it = wanted != NULL && strcmp(name, wanted) == 0;
    ck_assert_ptr_eq(member, is_it ? object : NULL);
}

START_TEST(test_event_holds_its_object_by_the_object_s_own_type)
{
    const struct type_case *c = &type_cases[_i];
    char *with_type = replaced(EVENT("#", "@"), "#", c->type);
    char *text = replaced(with_type, "@", c->object), *json = json_of(c->object);
    xpay_event *event;
    xpay_error error;
    ck_assert_int_eq(deliver(text, &event, &error), XPAY_OK);
    ck_assert_str_eq(event->id, "evt_test_1");
    ck_assert_str_eq(event->type, c->type);
    ck_assert_int_eq(event->kind, c->kind);
    ck_assert_str_eq(event->api_version, "3.1.0");
    ck_assert(event->has_created && !event->livemode);
    ck_assert_int_eq(event->created, 1777629600000);

    const xpay_object *object = event->data->object;
    ck_assert_int_eq(object == NULL, c->type_name == NULL);
    if (object != NULL)
        ck_assert_str_eq(xpay_type_name(object->type), c->type_name);
    check_typed("checkout_session", c->type_name, event->checkout_session, object);
    check_typed("payment_intent", c->type_name, event->payment_intent, object);
    check_typed("charge", c->type_name, event->charge, object);
    check_typed("refund", c->type_name, event->refund, object);
    check_typed("customer", c->type_name, event->customer, object);
    check_typed("product", c->type_name, event->product, object);
    check_typed("coupon", c->type_name, event->coupon, object);
    check_typed("promotion_code", c->type_name, event->promotion_code, object);

    /* Raw it is there in any case. */
    const char *raw;
    size_t length;
    ck_assert_int_eq(xpay_object_get(event, "/data/object", &raw, &length), XPAY_OK);
    ck_assert_uint_eq(length, strlen(json));
    ck_assert_mem_eq(raw, json, length);
    xpay_object_free((void *)object); /* it is not a root */
    ck_assert_str_eq(event->id, "evt_test_1");
    xpay_object_free(event);
    free(json);
    free(text);
    free(with_type);
}
END_TEST

START_TEST(test_event_carries_a_whole_session)
{
    char *session = _i == 0 ? contract_session() : page_session();
    char *text = replaced(EVENT("checkout.session.completed", "@"), "@", session);
    xpay_event *event;
    xpay_error error;
    ck_assert_int_eq(deliver(text, &event, &error), XPAY_OK);
    ck_assert_str_eq(event->checkout_session->payment_intent->charges[1]->id, "ch_2");
    ck_assert_int_eq(event->checkout_session->amount_total, 149900);
    ck_assert_int_eq(xpay_object_response(event)->http_status, 0);
    xpay_object_free(event);
    free(text);
    free(session);
}
END_TEST

/* Signed bodies that are JSON, but no events; `param` is what they lack. */
static const struct no_event_case {
    const char *text, *param;
} no_event_cases[] = {
    {"{}", "/object"},
    {"[]", ""},
    {"null", ""},
    {"'event'", ""},
    {"7", ""},
    {"{'id':'e','type':'t','data':{'object':{}}}", "/object"},
    {"{'object':'refund','id':'e','type':'t','data':{'object':{}}}", "/object"},
    {"{'object':'event','type':'t','data':{'object':{}}}", "/id"},
    {"{'object':'event','id':'','type':'t','data':{'object':{}}}", "/id"},
    {"{'object':'event','id':null,'type':'t','data':{'object':{}}}", "/id"},
    {"{'object':'event','id':7,'type':'t','data':{'object':{}}}", "/id"},
    {"{'object':'event','id':'e','data':{'object':{}}}", "/type"},
    {"{'object':'event','id':'e','type':'','data':{'object':{}}}", "/type"},
    {"{'object':'event','id':'e','type':null,'data':{'object':{}}}", "/type"},
    {"{'object':'event','id':'e','type':{},'data':{'object':{}}}", "/type"},
    /* Of a type that is known, it must have an object. */
    {"{'object':'event','id':'e','type':'refund.created'}", "/data/object"},
    {"{'object':'event','id':'e','type':'refund.created','data':null}", "/data/object"},
    {"{'object':'event','id':'e','type':'refund.created','data':[]}", "/data/object"},
    {"{'object':'event','id':'e','type':'refund.created','data':'x'}", "/data/object"},
    {"{'object':'event','id':'e','type':'refund.created','data':{}}", "/data/object"},
    {"{'object':'event','id':'e','type':'refund.created','data':{'object':null}}", "/data/object"},
    {"{'object':'event','id':'e','type':'refund.created','data':{'object':'cs_1'}}",
     "/data/object"},
    {"{'object':'event','id':'e','type':'refund.created','data':{'object':[{}]}}", "/data/object"},
    {"{'object':'event','id':'e','type':'refund.created','data':[{'object':{}}]}", "/data/object"},
    {"{'object':'event','id':'e','type':'refund.created','data':{'object':{}},'data':null}",
     "/data/object"},
    {"{'object':'event','id':'e','type':'refund.created','data':{'object':{},'object':7}}",
     "/data/object"},
    {A_SESSION, "/object"},
};

START_TEST(test_what_is_no_event_is_refused_with_what_it_lacks)
{
    xpay_event *event;
    xpay_error error;
    ck_assert_int_eq(deliver(no_event_cases[_i].text, &event, &error), XPAY_ERROR_NOT_AN_EVENT);
    ck_assert_str_eq(error.param, no_event_cases[_i].param);
    ck_assert_ptr_nonnull(strstr(error.message, error.param));
}
END_TEST

#define BARE "{\"object\":\"event\",\"id\":\"e\",\"type\":\"t\",\"data\":{\"object\":{}}}"

static const struct no_json_case {
    const char *bytes;
    size_t length;
    int64_t offset;
} no_json_cases[] = {
    {"", 0, 0},
    {" ", 1, 1},
    {"hello", 5, 0},
    {"<html></html>", 13, 0},
    {"id=evt_1&type=t", 15, 0},
    {"\xef\xbb\xbf" BARE, sizeof BARE + 2, 0},
    {BARE "\0", sizeof BARE, sizeof BARE - 1},
    {BARE BARE, 2 * sizeof BARE - 2, sizeof BARE - 1},
    {BARE, sizeof BARE - 2, sizeof BARE - 2},
    {"{\"object\":\"event\0\"}", 19, 16},
    {"{\"object\":\"event\",\"id\":\"\xff\"}", 26, 24},
};

START_TEST(test_signed_body_that_is_not_json_is_refused_as_that)
{
    const struct no_json_case *c = &no_json_cases[_i];
    xpay_event *event;
    xpay_error error;
    ck_assert_int_eq(deliver_bytes(c->bytes, c->length, &event, &error), XPAY_ERROR_JSON);
    ck_assert_int_eq(error.offset, c->offset);
}
END_TEST

/* Wrong kinds in the object: what money hangs on makes the event unreadable, and its place is told. */
static const struct wrong_case {
    const char *type, *object, *param;
} wrong_cases[] = {
    {"checkout.session.completed", "{'object':'checkout.session','id':'cs_1','amountTotal':'x'}",
     "/data/object/amountTotal"},
    {"checkout.session.completed", "{'object':'checkout.session','id':7}", "/data/object/id"},
    {"checkout.session.completed", "{'object':'checkout.session','id':'cs_1','paymentStatus':1}",
     "/data/object/paymentStatus"},
    {"charge.refunded",
     "{'object':'charge','id':'ch_1','refunds':[{'id':'re_1','amount':1},"
     "{'id':'re_2','amount':1.5}]}",
     "/data/object/refunds/1/amount"},
    {"refund.failed", "{'object':'refund','id':'re_1','amount':null,'status':7}",
     "/data/object/amount"},
};

START_TEST(test_wrong_kind_of_an_amount_in_an_event_is_told_with_its_place)
{
    const struct wrong_case *c = &wrong_cases[_i];
    char *with_type = replaced(EVENT("#", "@"), "#", c->type);
    char *text = replaced(with_type, "@", c->object);
    xpay_event *event;
    xpay_error error;
    ck_assert_int_eq(deliver(text, &event, &error), XPAY_ERROR_DECODE);
    ck_assert_str_eq(error.param, c->param);
    free(text);
    free(with_type);
}
END_TEST

/* What a type that has no name here carries: whatever it is, the event is delivered, and all of it is there as JSON. */
static const struct raw_case {
    const char *type, *data;
    const char *fault; /* its path; NULL when there is none */
} raw_cases[] = {
    {"brand.new", "{'object':{'object':'refund','id':'re_1','amount':null}}",
     "/data/object/amount"},
    {"charge.dispute.created", "{'object':{'object':'charge','id':7,'amount':1}}",
     "/data/object/id"},
    {"charge.captured", "{'object':{'object':'charge','id':'c','receiptUrl':7,'amount':'x'}}",
     "/data/object/amount"},
    {"product.updated", "{'object':{'object':'product','id':{}}}", "/data/object/id"},
    {"payment_intent.succeeded",
     "{'object':{'object':'payment_intent','id':'pi_1','charges':[{'id':'ch_1','amount':{'a':"
     "[1,2]},'refunds':[]}],'amount':1},'previous':{'a':[1]}}",
     "/data/object/charges/0/amount"},
    {"ping", "{}", NULL},
    {"ping", "{'object':null}", "/data/object"},
    {"ping", "{'object':[{'object':'refund'}]}", "/data/object"},
    {"ping", "null", "/data"},
    {"ping", "'pong'", "/data"},
    {"ping", "[]", "/data"},
};

START_TEST(test_unknown_type_is_delivered_raw_whatever_it_carries)
{
    const struct raw_case *c = &raw_cases[_i];
    char *with_type =
        replaced("{'id':'e','object':'event','data':@,'livemode':true,'type':'#'}", "#", c->type);
    char *text = replaced(with_type, "@", c->data), *json = json_of(c->data);
    xpay_event *event;
    xpay_error error;
    ck_assert_int_eq(deliver(text, &event, &error), XPAY_OK);
    ck_assert_str_eq(event->type, c->type);
    ck_assert(event->livemode); /* what comes behind the object is read */
    ck_assert(event->data == NULL || event->data->object == NULL);
    ck_assert(event->charge == NULL && event->refund == NULL && event->payment_intent == NULL);
    ck_assert_uint_eq(xpay_object_fault_count(event), c->fault == NULL ? 0 : 1);
    if (c->fault != NULL)
        ck_assert_str_eq(xpay_object_fault(event, 0)->path, c->fault);
    const char *raw;
    size_t length;
    ck_assert_int_eq(xpay_object_get(event, "/data", &raw, &length), XPAY_OK);
    ck_assert_uint_eq(length, strlen(json));
    ck_assert_mem_eq(raw, json, length);
    xpay_object_free(event);
    free(json);
    free(text);
    free(with_type);
}
END_TEST

START_TEST(test_last_object_counts_whether_it_can_be_read_or_not)
{
    static const struct {
        const char *data;
        xpay_status status;
    } cases[] = {
        {"{'object':{'object':'refund','id':7},'object':" A_REFUND "}", XPAY_OK},
        {"{'object':" A_REFUND ",'object':{'object':'refund','id':7}}", XPAY_ERROR_DECODE},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        char *text = replaced("{'id':'e','object':'event','type':'refund.failed','data':@}", "@",
                              cases[i].data);
        xpay_event *event;
        xpay_error error;
        ck_assert_int_eq(deliver(text, &event, &error), cases[i].status);
        if (event != NULL) {
            ck_assert_str_eq(event->refund->id, "re_1");
            for (size_t k = 0; k < xpay_object_fault_count(event); k++)
                ck_assert_str_ne(xpay_object_fault(event, k)->path, "/data/object/id");
            xpay_object_free(event);
        }
        free(text);
    }
}
END_TEST

/* The object is what the last of its members `object` says, however that is spelled. */
START_TEST(test_object_is_typed_by_its_last_tag)
{
    static const char *const tags[] = {
        "'object':'checkout\\u002esession'",
        "'object':'charge','object':'checkout.session'",
        "'object':'x','amount':{'a':[1,2]},'object':'checkout.session'",
        "'object':7,'object':'checkout.session'",
    };
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        char text[512];
        xpay_event *event;
        xpay_error error;
        snprintf(text, sizeof text,
                 "{'object':'event','id':'e','type':'checkout.session.completed',"
                 "'data':{'object':{%s,'id':'cs_1','paymentStatus':'paid'}}}",
                 tags[i]);
        ck_assert_int_eq(deliver(text, &event, &error), XPAY_OK);
        ck_assert_ptr_nonnull(event->checkout_session);
        ck_assert_int_eq(event->checkout_session->payment_status, XPAY_PAYMENT_STATUS_PAID);
        xpay_object_free(event);
    }
}
END_TEST

START_TEST(test_cosmetic_wrong_kind_leaves_a_paid_event_readable)
{
    xpay_event *event;
    xpay_error error;
    ck_assert_int_eq(
        deliver(
            "{'object':'event','id':'e','type':'checkout.session.completed','created':1777629600,"
            "'livemode':'no','api_version':3,'data':{'object':{'object':'checkout.session',"
            "'id':'cs_1','status':'complete','paymentStatus':'paid','url':7}}}",
            &event, &error),
        XPAY_OK);
    ck_assert(!event->has_created && !event->livemode);
    ck_assert_ptr_null(event->api_version);
    ck_assert_int_eq(event->checkout_session->payment_status, XPAY_PAYMENT_STATUS_PAID);
    ck_assert_uint_eq(xpay_object_fault_count(event), 4);
    ck_assert_str_eq(xpay_object_fault(event, 3)->path, "/data/object/url");
    xpay_object_free(event);
}
END_TEST

START_TEST(test_mode_that_is_null_is_test_mode_and_that_is_noted)
{
    xpay_event *event;
    xpay_error error;
    ck_assert_int_eq(
        deliver("{'object':'event','id':'e','type':'ping','livemode':null}", &event, &error),
        XPAY_OK);
    ck_assert(!event->livemode);
    ck_assert_uint_eq(xpay_object_fault_count(event), 1);
    ck_assert_str_eq(xpay_object_fault(event, 0)->path, "/livemode");
    xpay_object_free(event);
}
END_TEST

START_TEST(test_another_api_version_is_a_flag_and_no_failure)
{
    static const struct {
        const char *version;
        bool other;
    } versions[] = {{"'3.1.0'", false}, {"'3.1.1'", true}, {"'4.0.0'", true}, {"'2'", true},
                    {"''", true},       {"null", false},   {"7", false}};
    for (size_t i = 0; i < LENGTH(versions); i++) {
        char *text = replaced(EVENT("refund.created", A_REFUND), "'3.1.0'", versions[i].version);
        xpay_event *event;
        xpay_error error;
        ck_assert_int_eq(deliver(text, &event, &error), XPAY_OK);
        ck_assert_int_eq(event->other_version, versions[i].other);
        ck_assert_str_eq(event->refund->id, "re_1");
        xpay_object_free(event);
        free(text);
    }
}
END_TEST

START_TEST(test_stored_event_is_decoded_without_its_signature)
{
    char *body = json_of(EVENT("refund.created", A_REFUND));
    xpay_event *event = NULL;
    xpay_error error;
    ck_assert_int_eq(xpay_event_decode(body, strlen(body), NULL, &event, &error), XPAY_OK);
    ck_assert_int_eq(event->kind, XPAY_EVENT_REFUND_CREATED);
    ck_assert_str_eq(event->secret_label, "");
    xpay_object_free(event);
    ck_assert_int_eq(xpay_event_decode("{}", 2, NULL, &event, &error), XPAY_ERROR_NOT_AN_EVENT);
    ck_assert_ptr_null(event);
    ck_assert_int_eq(xpay_event_decode(body, strlen(body) - 1, NULL, &event, NULL),
                     XPAY_ERROR_JSON);
    ck_assert_int_eq(xpay_event_decode(NULL, 0, NULL, &event, &error), XPAY_ERROR_JSON);
    ck_assert_int_eq(xpay_event_decode(NULL, 1, NULL, &event, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "body");
    ck_assert_int_eq(xpay_event_decode(body, 1, NULL, NULL, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "event");
    free(body);
}
END_TEST

START_TEST(test_stored_event_bears_the_label_that_it_was_checked_with)
{
    char *body = json_of(EVENT("refund.created", A_REFUND)), label[] = "2026-05";
    const xpay_webhook_match match = {.label = label}, unnamed = {.label = NULL};
    xpay_event *event;
    ck_assert_int_eq(xpay_event_decode(body, strlen(body), &match, &event, NULL), XPAY_OK);
    memset(label, '#', sizeof label - 1);
    ck_assert_str_eq(event->secret_label, "2026-05");
    xpay_object_free(event);
    ck_assert_int_eq(xpay_event_decode(body, strlen(body), &unnamed, &event, NULL), XPAY_OK);
    ck_assert_str_eq(event->secret_label, "");
    xpay_object_free(event);
    free(body);
}
END_TEST

START_TEST(test_body_is_not_read_before_its_signature)
{
    xpay_webhook_verifier *verifier = test_verifier(NULL, 0);
    xpay_error error;
    xpay_event *event = (xpay_event *)&error;
    char header[MAX_HEADER];
    write_header(header, "t=<t>,v1=<bad>", "no JSON", 7);
    ck_assert_int_eq(xpay_webhook_construct_event(verifier, "no JSON", 7, header, &event, &error),
                     XPAY_ERROR_SIGNATURE_MISMATCH);
    ck_assert_ptr_null(event);
    ck_assert_int_eq(xpay_webhook_construct_event(verifier, "no JSON", 7, NULL, &event, NULL),
                     XPAY_ERROR_SIGNATURE_MISSING);
    ck_assert_int_eq(xpay_webhook_construct_event(verifier, BARE, 5, "t=1", NULL, &error),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "event");
    write_header(header, "t=<t>,v1=<good>", "no JSON", 7);
    ck_assert_int_eq(xpay_webhook_construct_event(verifier, "no JSON", 7, header, &event, NULL),
                     XPAY_ERROR_JSON);
    ck_assert_ptr_null(event);
    xpay_webhook_verifier_free(verifier);
}
END_TEST

Suite *event_suite(void)
{
    Suite *suite = suite_create("event");
    TCase *tests = tcase_create("events");
    tcase_add_loop_test(tests, test_event_holds_its_object_by_the_object_s_own_type, 0,
                        LENGTH(type_cases));
    tcase_add_loop_test(tests, test_event_carries_a_whole_session, 0, 2);
    tcase_add_loop_test(tests, test_unknown_type_is_delivered_raw_whatever_it_carries, 0,
                        LENGTH(raw_cases));
    tcase_add_test(tests, test_last_object_counts_whether_it_can_be_read_or_not);
    tcase_add_test(tests, test_object_is_typed_by_its_last_tag);
    tcase_add_test(tests, test_cosmetic_wrong_kind_leaves_a_paid_event_readable);
    tcase_add_test(tests, test_mode_that_is_null_is_test_mode_and_that_is_noted);
    tcase_add_test(tests, test_another_api_version_is_a_flag_and_no_failure);
    tcase_add_test(tests, test_stored_event_is_decoded_without_its_signature);
    tcase_add_test(tests, test_stored_event_bears_the_label_that_it_was_checked_with);
    suite_add_tcase(suite, tests);

    tests = tcase_create("refused");
    tcase_add_loop_test(tests, test_what_is_no_event_is_refused_with_what_it_lacks, 0,
                        LENGTH(no_event_cases));
    tcase_add_loop_test(tests, test_signed_body_that_is_not_json_is_refused_as_that, 0,
                        LENGTH(no_json_cases));
    tcase_add_loop_test(tests, test_wrong_kind_of_an_amount_in_an_event_is_told_with_its_place, 0,
                        LENGTH(wrong_cases));
    tcase_add_test(tests, test_body_is_not_read_before_its_signature);
    suite_add_tcase(suite, tests);
    return suite;
}
