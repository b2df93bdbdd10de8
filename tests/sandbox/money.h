/* Money: 64-bit counts of the smallest unit, decimal rates kept as text, and the fee table.
 * There is no floating point here: a conversion is one wide multiplication and one division,
 * truncating, in both directions. */
#ifndef SANDBOX_MONEY_H
#define SANDBOX_MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>

/* The largest amount that a JSON number carries exactly. */
#define MONEY_MAX INT64_C(9007199254740991)

struct currency {
    const char *code;
    int exponent;     /* decimal places of the smallest unit */
    const char *rate; /* EGP per major unit, as decimal text; NULL for EGP itself */
};

extern const struct currency currencies[];
extern const size_t currency_count;

/* NULL if the code is not one of the 15. */
const struct currency *currency_find(const char *code);
/* What everything is processed and settled in. */
const struct currency *currency_processing(void);

/* Presentment to processing and back at the currency's rate. -1 if it does not fit MONEY_MAX. */
int64_t money_to_processing(int64_t amount, const struct currency *from);
int64_t money_to_presentment(int64_t amount, const struct currency *to);

/* amount x part / whole, truncated; the product may exceed 64 bits. */
int64_t money_share(int64_t amount, int64_t part, int64_t whole);

/* What the merchant pays for a charge of AMOUNT (processing currency). */
struct fee {
    int64_t platform; /* 2.75 % + 3.00 EGP */
    int64_t vat;      /* 14 % of that */
};

#define FEE_PERCENTAGE       "2.75"
#define VAT_ON_FEE_BPS       1400
#define DEFAULT_VAT_RATE_BPS 1400

struct fee fee_for(int64_t amount);
int64_t fee_total(struct fee fee);
/* The two rows of a ledger row's feeDetails. */
void fee_add_details(cJSON *list, struct fee fee);

#endif
