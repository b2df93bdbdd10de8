/* What answers to which path. */
#include "pages.h"
#include "webhook.h"

#include <stddef.h>

static void page_health(void *shop, const struct http_request *request, struct http_reply *reply)
{
    (void)shop;
    (void)request;
    http_say(reply, 200, "Here.");
}

const struct http_route shop_routes[] = {
    {"GET", "/", 0, page_shop},
    {"POST", "/sign-in", 0, page_sign_in},
    {"POST", "/sign-out", 0, page_sign_out},
    {"POST", "/checkout", 0, page_checkout},
    {"POST", "/pay", 0, page_pay},
    {"GET", "/return", 0, page_return},
    {"POST", "/webhooks/xpay", HTTP_ANY_ORIGIN, webhook_answer},
    {"GET", "/orders", HTTP_STAFF, page_orders},
    {"GET", "/orders/*", HTTP_STAFF, page_order},
    {"POST", "/orders/*/refunds", HTTP_STAFF, page_refund},
    {"GET", "/ledger", HTTP_STAFF, page_ledger},
    {"GET", "/reviews", HTTP_STAFF, page_reviews},
    {"GET", "/health", 0, page_health},
    {NULL, NULL, 0, NULL},
};
