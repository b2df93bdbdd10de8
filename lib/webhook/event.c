/* Events: the envelope's table, and the object in it by its own type. */
#include <string.h>

#include <xpay/webhook.h>

#include "../base/fail.h"
#include "../json/decode.h"
#include "../model/model.h"

/* Any object that says what it is. */
const xpay_type xpay_type_object = {.name = "object",
                                    .schemas = "",
                                    .size = sizeof(xpay_object),
                                    .size_offset = NOWHERE,
                                    .clear_offset = NOWHERE,
                                    .resolve = xpay_type_by_tag};

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

/* Event types by number: XPAY_EVENT_… minus 1. */
static const char *const kinds[] = {
    "checkout.session.completed",
    "checkout.session.expired",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "payment_intent.payment_failed",
    "charge.failed",
    "charge.refunded",
    "refund.created",
    "refund.failed",
    "customer.created",
};

static int32_t kind_of(const char *type)
{
    for (size_t i = 0; i < XPAY_LENGTH(kinds); i++)
        if (strcmp(kinds[i], type) == 0)
            return (int32_t)i + 1;
    return XPAY_EVENT_UNKNOWN;
}

/* Put the object where its type is known to the compiler. */
static void set_typed(xpay_event *event, const xpay_object *object)
{
    if (object == NULL)
        return;
    if (object->type == &xpay_type_checkout_session)
        event->checkout_session = (const xpay_checkout_session *)(const void *)object;
    else if (object->type == &xpay_type_payment_intent)
        event->payment_intent = (const xpay_payment_intent *)(const void *)object;
    else if (object->type == &xpay_type_charge)
        event->charge = (const xpay_charge *)(const void *)object;
    else if (object->type == &xpay_type_refund)
        event->refund = (const xpay_refund *)(const void *)object;
    else if (object->type == &xpay_type_customer)
        event->customer = (const xpay_customer *)(const void *)object;
}

static bool is_given(const char *text)
{
    return text != NULL && *text != '\0';
}

/* What an envelope lacks; NULL when it is one. */
static const char *lacking(const xpay_event *event)
{
    const char *object;
    size_t length;
    if (!is_given(event->id))
        return "/id";
    if (!is_given(event->type))
        return "/type";
    if (event->data != NULL && event->data->object != NULL)
        return NULL;
    /* One that this version does not know is left raw, but it must be there. */
    if (xpay_object_get(event, "/data/object", &object, &length) != XPAY_OK || *object != '{')
        return "/data/object";
    return NULL;
}

xpay_status xpay_webhook_construct_event(xpay_webhook_verifier *verifier, const void *body,
                                         size_t length, const char *header, xpay_event **event,
                                         xpay_error *error)
{
    static const char inside[] = "/data/object/";
    xpay_error local;
    if (error == NULL)
        error = &local;
    xpay_error_clear(error);
    if (event == NULL)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "event", "event: must not be NULL");
    *event = NULL;
    xpay_status status = xpay_webhook_verify(verifier, body, length, header, error);
    if (status != XPAY_OK)
        return status;

    void *object;
    status = xpay_decode(&xpay_type_event, body, length, NULL, &object, error);
    if (status == XPAY_ERROR_DECODE && strncmp(error->param, inside, sizeof inside - 1) != 0)
        return xpay_fail(error, XPAY_ERROR_NOT_AN_EVENT, error->param,
                         "well signed, but not an event: see \"%s\" in it", error->param);
    if (status != XPAY_OK)
        return status;

    xpay_event *decoded = object;
    const char *lack = lacking(decoded);
    if (lack != NULL) {
        xpay_object_free(decoded);
        return xpay_fail(error, XPAY_ERROR_NOT_AN_EVENT, lack,
                         "well signed, but not an event: it has no \"%s\"", lack);
    }
    decoded->kind = kind_of(decoded->type);
    set_typed(decoded, decoded->data->object);
    *event = decoded;
    return XPAY_OK;
}
