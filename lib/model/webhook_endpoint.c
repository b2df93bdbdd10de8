/* Field tables of <xpay/webhook_endpoint.h>. */
#include <xpay/webhook_endpoint.h>

#include "model.h"

XPAY_ENUM(webhook_endpoint_status, "enabled", "disabled");

#define T xpay_webhook_endpoint
static const xpay_field webhook_endpoint_fields[] = {
    TEXT("id", id, REQ | CRIT),
    TEXT("url", url, REQ),
    TEXT("description", description, REQ | NULLABLE),
    ENUM("status", status, REQ | CRIT, webhook_endpoint_status),
    TEXTS("enabledEvents", enabled_events, REQ),
    BOOLEAN("livemode", livemode, REQ),
    OPEN_JSON("metadata", metadata, REQ),
    TIME("createdAt", created_at, REQ),
    TIME("updatedAt", updated_at, REQ),
    TEXT("secret", secret, SECRET),
};
XPAY_TYPE(webhook_endpoint, "WebhookEndpointResponse WebhookEndpointWithSecretResponse",
          "webhook_endpoint");
#undef T

#define T xpay_webhook_endpoint_page
static const xpay_field webhook_endpoint_page_fields[] = {
    OBJECTS("data", data, REQ, webhook_endpoint),
};
XPAY_TYPE(webhook_endpoint_page, "ListWebhookEndpointsResponse", "list");
#undef T

#define T xpay_webhook_endpoint_create_params
static const xpay_field webhook_endpoint_create_params_fields[] = {
    P_TEXT("url", url, REQ, 0, 0, XPAY_FORMAT_HTTPS, NOWHERE),
    P_TEXT("description", description, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 0),
    P_TEXTS("enabledEvents", enabled_events, REQ, 0, INT32_MAX, NOWHERE),
    P_METADATA(NULLABLE, XPAY_FORMAT_OBJECT, 1),
};
static const xpay_rule webhook_endpoint_create_params_rules[] = {
    METADATA_RULES,
};
XPAY_PARAMS_TYPE(webhook_endpoint_create_params, "CreateWebhookEndpointRequest",
                 webhook_endpoint_create_params_rules,
                 XPAY_LENGTH(webhook_endpoint_create_params_rules));
#undef T

#define T xpay_webhook_endpoint_update_params
static const xpay_field webhook_endpoint_update_params_fields[] = {
    P_TEXT("url", url, 0, 0, 0, XPAY_FORMAT_HTTPS, NOWHERE),
    P_TEXT("description", description, NULLABLE, 0, 0, XPAY_FORMAT_NONE, 0),
    P_TEXTS("enabledEvents", enabled_events, 0, 0, INT32_MAX, NOWHERE),
    P_ENUM("status", status, 0, webhook_endpoint_status, NOWHERE),
    P_METADATA(0, XPAY_FORMAT_OBJECT, NOWHERE),
};
static const xpay_rule webhook_endpoint_update_params_rules[] = {
    {XPAY_RULE_EXCLUSIVE, SET("metadata"), SET("metadata_json")},
};
XPAY_PARAMS_TYPE(webhook_endpoint_update_params, "UpdateWebhookEndpointRequest",
                 webhook_endpoint_update_params_rules,
                 XPAY_LENGTH(webhook_endpoint_update_params_rules));
#undef T
