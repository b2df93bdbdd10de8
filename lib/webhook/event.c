/* Events: the envelope's table, and the object in it by its own type. */
#include <string.h>

#include <xpay/webhook.h>

#include "../base/fail.h"
#include "../json/decode.h"
#include "../json/root.h"
#include "../model/model.h"
#include "event.h"
#include "routes.h"
#include "verifier.h"

/* Where an event has its object by the object's own type. */
static const struct {
    const xpay_type *type;
    size_t offset;
} places[] = {
    {&xpay_type_checkout_session, offsetof(xpay_event, checkout_session)},
    {&xpay_type_payment_intent, offsetof(xpay_event, payment_intent)},
    {&xpay_type_charge, offsetof(xpay_event, charge)},
    {&xpay_type_refund, offsetof(xpay_event, refund)},
    {&xpay_type_customer, offsetof(xpay_event, customer)},
    {&xpay_type_product, offsetof(xpay_event, product)},
    {&xpay_type_coupon, offsetof(xpay_event, coupon)},
    {&xpay_type_promotion_code, offsetof(xpay_event, promotion_code)},
};

/* The types that events are about first: there are many others. */
static const xpay_type *type_by_tag(const char *tag, size_t length)
{
    for (size_t i = 0; i < XPAY_LENGTH(places); i++) {
        const char *known = places[i].type->object_tag;
        if (strncmp(known, tag, length) == 0 && known[length] == '\0')
            return places[i].type;
    }
    return xpay_type_by_tag(tag, length);
}

/* Any object that says what it is. */
const xpay_type xpay_type_object = {.name = "object",
                                    .schemas = "",
                                    .size = sizeof(xpay_object),
                                    .size_offset = NOWHERE,
                                    .clear_offset = NOWHERE,
                                    .resolve = type_by_tag};

#define T xpay_event_data
static const xpay_field event_data_fields[] = {
    OBJECT("object", object, REQ | EXT, object),
};
XPAY_TYPE(event_data, "", NULL);
#undef T

#define T xpay_event
static const xpay_field event_fields[] = {
    TEXT("id", id, REQ | CRIT | EXT),         TEXT("api_version", api_version, EXT),
    TIME_OPT("created", created, EXT),        TEXT("type", type, REQ | CRIT | EXT),
    BOOLEAN("livemode", livemode, REQ | EXT), OBJECT("data", data, REQ | EXT, event_data),
};
XPAY_TYPE(event, "", "event");
#undef T

/*
 * Types and families, which end with a dot; the first that fits counts, so families come last. A type that a family fits
 * keeps that kind for as long as the SONAME lives: it gets no row of its own.
 */
static const struct known {
    const char *type;
    int32_t kind;
} known_types[] = {
    {"checkout.session.completed", XPAY_EVENT_CHECKOUT_SESSION_COMPLETED},
    {"checkout.session.expired", XPAY_EVENT_CHECKOUT_SESSION_EXPIRED},
    {"checkout.session.async_payment_succeeded",
     XPAY_EVENT_CHECKOUT_SESSION_ASYNC_PAYMENT_SUCCEEDED},
    {"checkout.session.async_payment_failed", XPAY_EVENT_CHECKOUT_SESSION_ASYNC_PAYMENT_FAILED},
    {"payment_intent.payment_failed", XPAY_EVENT_PAYMENT_INTENT_PAYMENT_FAILED},
    {"charge.failed", XPAY_EVENT_CHARGE_FAILED},
    {"charge.refunded", XPAY_EVENT_CHARGE_REFUNDED},
    {"refund.created", XPAY_EVENT_REFUND_CREATED},
    {"refund.failed", XPAY_EVENT_REFUND_FAILED},
    {"customer.created", XPAY_EVENT_CUSTOMER_CREATED},
    {"promotion_code.created", XPAY_EVENT_PROMOTION_CODE_CREATED},
    {"promotion_code.updated", XPAY_EVENT_PROMOTION_CODE_UPDATED},
    {"webhook_endpoint.delivery_failed", XPAY_EVENT_WEBHOOK_ENDPOINT_DELIVERY_FAILED},
    {"customer.", XPAY_EVENT_CUSTOMER_OTHER},
    {"charge.", XPAY_EVENT_CHARGE_OTHER},
    {"refund.", XPAY_EVENT_REFUND_OTHER},
    {"product.", XPAY_EVENT_PRODUCT},
    {"coupon.", XPAY_EVENT_COUPON},
};

/* What is known of a type; NULL when nothing is. */
static const struct known *find_known(const char *type)
{
    for (size_t i = 0; i < XPAY_LENGTH(known_types); i++)
        if (xpay_event_type_fits(known_types[i].type, type))
            return &known_types[i];
    return NULL;
}

/* Put the object where its type is known to the compiler. */
static void set_typed(xpay_event *event, const xpay_object *object)
{
    for (size_t i = 0; object != NULL && i < XPAY_LENGTH(places); i++)
        if (object->type == places[i].type)
            memcpy((char *)event + places[i].offset, &object, sizeof object);
}

static xpay_status lacks(const char *path, xpay_error *error)
{
    return xpay_fail(error, XPAY_ERROR_NOT_AN_EVENT, path,
                     "well signed, but not an event: it has no \"%s\"", path);
}

/* Whether there is an object, and one that can be read as what it says it is, unless this version does not know that. */
static xpay_status check_object(const xpay_event *event, xpay_error *error)
{
    static const char inside[] = "/data/object/";
    const char *object;
    size_t length;
    if (event->data != NULL && event->data->object != NULL)
        return XPAY_OK;
    if (xpay_object_get(event, "/data/object", &object, &length) != XPAY_OK || *object != '{')
        return lacks("/data/object", error);
    for (size_t i = 0; i < xpay_object_fault_count(event); i++) {
        const xpay_fault *fault = xpay_object_fault(event, i);
        if (strncmp(fault->path, inside, sizeof inside - 1) == 0)
            return xpay_fail_by_fault(error, fault);
    }
    return XPAY_OK;
}

/* Decode an event. One that is refused is handed out, too, where there is something to name it by. */
static xpay_status read(const void *body, size_t length, xpay_event **event, xpay_error *error)
{
    void *object;
    if (body == NULL)
        body = ""; /* of length 0 */
    xpay_status status = xpay_decode(&xpay_type_event, body, length, NULL, &object, error);
    if (status == XPAY_ERROR_DECODE)
        return xpay_fail(error, XPAY_ERROR_NOT_AN_EVENT, error->param,
                         "well signed, but not an event: see \"%s\" in it", error->param);
    if (status != XPAY_OK)
        return status;

    xpay_event *decoded = *event = object;
    if (*decoded->id == '\0')
        return lacks("/id", error);
    if (decoded->type == NULL || *decoded->type == '\0')
        return lacks("/type", error);
    const struct known *known = find_known(decoded->type);
    decoded->kind = known == NULL ? XPAY_EVENT_UNKNOWN : known->kind;
    decoded->other_version =
        decoded->api_version != NULL && strcmp(decoded->api_version, XPAY_EVENT_API_VERSION) != 0;
    if (decoded->data != NULL)
        set_typed(decoded, decoded->data->object);
    /* What a type that has no name here carries is not ours to judge. */
    bool named = known != NULL && strcmp(known->type, decoded->type) == 0;
    return named ? check_object(decoded, error) : XPAY_OK;
}

/* Note on an event which secret it was signed with; false when memory ran out. */
static bool set_label(xpay_event *event, const char *label)
{
    if (*label == '\0') {
        event->secret_label = "";
        return true;
    }
    /* The event is not handed out yet, so its root may still be written to. */
    xpay_root *root = (xpay_root *)event->base.root;
    event->secret_label = xpay_arena_copy(&root->arena, label, strlen(label));
    return event->secret_label != NULL;
}

static xpay_status read_labelled(const void *body, size_t length, const char *label,
                                 xpay_event **event, xpay_error *error)
{
    xpay_status status = read(body, length, event, error);
    if (*event != NULL && !set_label(*event, label))
        status = xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "out of memory");
    return status;
}

/* Only what is not refused is the caller's. */
static xpay_status hand_out(xpay_status status, xpay_event **event)
{
    if (status != XPAY_OK) {
        xpay_object_free(*event);
        *event = NULL;
    }
    return status;
}

xpay_status xpay_event_decode(const void *body, size_t length, const xpay_webhook_match *match,
                              xpay_event **event, xpay_error *error)
{
    xpay_error local;
    if (error == NULL)
        error = &local;
    xpay_error_clear(error);
    if (event == NULL)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "event", "event: must not be NULL");
    *event = NULL;
    if (body == NULL && length > 0)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "body", "body: must not be NULL");
    const char *label = match != NULL && match->label != NULL ? match->label : "";
    return hand_out(read_labelled(body, length, label, event, error), event);
}

xpay_status xpay_event_construct(xpay_webhook_verifier *verifier, const void *body, size_t length,
                                 const char *header, xpay_event **event, xpay_error *error)
{
    xpay_webhook_match match;
    *event = NULL;
    xpay_status status = xpay_verify(verifier, body, length, header, &match, error);
    return status == XPAY_OK ? read_labelled(body, length, match.label, event, error) : status;
}

xpay_status xpay_event_construct_streamed(xpay_webhook_stream *stream, const void *body,
                                          size_t length, xpay_event **event, xpay_error *error)
{
    xpay_webhook_match match;
    *event = NULL;
    xpay_status status = xpay_webhook_stream_finish(stream, &match, error);
    if (status != XPAY_OK)
        return status;
    if (body == NULL && length > 0)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "body", "body: must not be NULL");
    if (length != stream->length)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "length",
                         "length: %zu bytes, but %zu were added to the stream", length,
                         stream->length);
    return read_labelled(body, length, match.label, event, error);
}

xpay_status xpay_webhook_construct_event(xpay_webhook_verifier *verifier, const void *body,
                                         size_t length, const char *header, xpay_event **event,
                                         xpay_error *error)
{
    xpay_error local;
    if (error == NULL)
        error = &local;
    xpay_error_clear(error);
    if (event == NULL)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "event", "event: must not be NULL");
    return hand_out(xpay_event_construct(verifier, body, length, header, event, error), event);
}
