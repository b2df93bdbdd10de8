/* What no call can create or change: payment methods, declines, coupons, promotion codes, and who
 * the merchant is. Products and prices are in products.h. */
#ifndef SANDBOX_CATALOGUE_H
#define SANDBOX_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ids.h"

struct method {
    const char *type;
    const char *name;
    const char *category;
    const char *required_field; /* of the customer, or NULL */
    bool processing_only;       /* takes sessions priced in EGP only */
    bool pays_later;            /* by a reference */
    bool refundable;
};
extern const struct method methods[];
extern const size_t method_count;
const struct method *method_find(const char *type);

struct decline {
    const char *decline_code; /* NULL: not a card */
    const char *code;
    const char *network_code;
    const char *message;  /* safe to show to the customer */
    const char *merchant; /* for staff */
    const char *advice;
};
extern const struct decline declines[];
extern const size_t decline_count;
const struct decline *decline_find(const char *decline_code);
/* What a pay-later reference fails with: refused, or never paid. */
extern const struct decline decline_reference, decline_reference_expired;

struct coupon {
    const char *id, *name;
    int64_t percent_bps; /* 0: a fixed amount */
    const char *percent; /* the same as decimal text */
    int64_t amount_off;  /* EGP */
    int64_t minimum;     /* subtotal, EGP */
};
struct promotion {
    const char *id, *code;
    const char *coupon;
    bool active;
};
extern const struct coupon coupons[];
extern const size_t coupon_count;
extern const struct promotion promotions[];
extern const size_t promotion_count;
const struct coupon *coupon_find(const char *id);
const struct promotion *promotion_find(const char *id);

struct configuration {
    const char *id;
    const char *const *methods; /* NULL-terminated */
};
const struct configuration *configuration_find(const char *id);

struct merchant {
    const char *id, *name;
};
/* The two live worlds are two merchants, too. */
const struct merchant *merchant_of(enum world world);

/* The merchant's default branding, as JSON text. */
extern const char branding_defaults[];

#endif
