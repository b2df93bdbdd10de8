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

/* Prices the (merged, validated) body of a session; false with a refusal in ANSWER. */
bool pricing_make(struct pricing *out, const cJSON *input, struct answer *answer);
void pricing_free(struct pricing *pricing);

#endif
