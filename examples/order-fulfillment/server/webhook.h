/* The webhook endpoint: what XPay tells, and what it is answered. */
#ifndef SHOP_WEBHOOK_H
#define SHOP_WEBHOOK_H

#include "http.h"

void webhook_answer(void *shop, const struct http_request *request, struct http_reply *reply);

#endif
