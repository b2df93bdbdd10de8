/* The envelope around an object, checked against the contract like an answer is. */
#include "events.h"
#include "clock.h"
#include "deliveries.h"
#include "graph.h"
#include "json.h"
#include "show_product.h"
#include "self_check.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

static struct list events;

static void emit(const char *type, enum world world, const char *schema, cJSON *object)
{
    struct event *event = must_alloc_zero(sizeof *event);
    id_make(event->id, "evt", world);
    event->type = type;
    event->world = world;
    event->created = clock_now();
    cJSON *envelope = cJSON_CreateObject();
    json_add_text(envelope, "id", event->id);
    json_add_text(envelope, "object", "event");
    json_add_text(envelope, "api_version", "3.1.0");
    json_add_time(envelope, "created", event->created);
    json_add_text(envelope, "type", type);
    json_add_flag(envelope, "livemode", world != WORLD_TEST);
    cJSON_AddItemToObject(json_add_object(envelope, "data"), "object", object);
    self_check_object(type, schema, object);
    event->body = json_print(envelope);
    event->length = strlen(event->body);
    cJSON_Delete(envelope);
    list_add(&events, event);
    deliveries_add(event);
}

void event_session(const char *type, const struct session *session)
{
    emit(type, session->world, "CheckoutSessionResponse", show_session(session));
}

void event_intent(const char *type, const struct intent *intent)
{
    emit(type, intent->session->world, "PaymentIntentResponse", show_intent(intent));
}

void event_charge(const char *type, const struct charge *charge)
{
    emit(type, charge->intent->session->world, "ChargeResponse", show_charge(charge));
}

void event_refund(const char *type, const struct refund *refund)
{
    emit(type, refund->charge->intent->session->world, "RefundResponse", show_refund(refund));
}

void event_customer(const char *type, const struct customer *customer)
{
    emit(type, customer->world, "CustomerResponse", show_customer(customer));
}

void event_product(const char *type, const struct product *product)
{
    emit(type, product->world, "ProductResponse", show_product(product));
}

/* Those that the documentation or the official clients name; and of product.* and customer.*,
 * which it names as groups, the ones that the sandbox sends. */
bool event_type_is_known(const char *type)
{
    static const char *const types[] = {
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
        "product.created",
        "product.updated",
        "product.deleted",
        "promotion_code.created",
        "promotion_code.updated",
        "webhook_endpoint.delivery_failed",
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (same_text(types[i], type))
            return true;
    return false;
}

const struct list *events_all(void)
{
    return &events;
}

const struct event *event_find(const char *id)
{
    for (size_t i = 0; i < events.count; i++) {
        const struct event *event = events.items[i];
        if (same_text(event->id, id))
            return event;
    }
    return NULL;
}

void events_free(void)
{
    for (size_t i = 0; i < events.count; i++) {
        struct event *event = events.items[i];
        free(event->body);
        free(event);
    }
    free(events.items);
    events = (struct list){0};
}
