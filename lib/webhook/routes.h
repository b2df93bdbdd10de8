/* How types of events are matched: whole, or by a family that ends with a dot. */
#ifndef XPAY_WEBHOOK_ROUTES_H
#define XPAY_WEBHOOK_ROUTES_H

#include <stdbool.h>

/* "refund.failed" fits itself, "refund." all that begins so and goes on. */
bool xpay_event_type_fits(const char *pattern, const char *type);

#endif
