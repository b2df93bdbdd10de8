/* What a session costs: its lines, one currency, discount, passed-on fee, collected VAT, each in
 * the currency of the prices and in the processing currency. */
#ifndef SANDBOX_PRICING_H
#define SANDBOX_PRICING_H

#include "answer.h"
#include "state.h"

struct pricing {
    const struct currency *currency;
    struct line *lines;
    size_t line_count;
    struct amounts priced;
    struct amounts processed;
    struct fee passed_fee;
    const struct coupon *coupon;
    const struct promotion *promotion;
};

/* Whose catalogue it is, and which member of a line names a price of it. */
struct pricing_source {
    enum world world;
    const char *price_member;
};

/* Prices the (merged, validated) body of a session or a payment link; false with a refusal in
 * ANSWER. */
bool pricing_make(struct pricing *out, const cJSON *input, const struct pricing_source *from,
                  struct answer *answer);
void pricing_free(struct pricing *pricing);
/* The lines are on something now: their prices keep their terms from here on. */
void pricing_use(const struct line *lines, size_t count);

#endif
