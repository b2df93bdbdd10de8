/* Prices of products: terms, when they may be bought, and how many are left. */
#ifndef SANDBOX_PRICES_H
#define SANDBOX_PRICES_H

#include "answer.h"
#include "state.h"

struct price {
    char id[ID_SIZE];
    struct product *product;
    cJSON *input; /* the body of the create call with every update merged in, without nulls */
    const struct currency *currency;
    int64_t starts, ends; /* when it may be bought; 0: no limit */
    bool counted;         /* there is a stock */
    int64_t stock;        /* falls with each payment; below 0: oversold */
    bool used;            /* was on a line of a session or of a payment link */
    int64_t created, updated;
};

struct price *price_find(const char *id, enum world world);

/* From bodies that fit the contract. NULL or false with a refusal in ANSWER. */
struct price *price_create(struct product *product, const cJSON *body, struct answer *answer);
bool price_update(struct price *price, const cJSON *body, struct answer *answer);
bool price_delete(struct price *price, struct answer *answer);

/* Part of making a product. ID NULL: one is made; PREFIX is what a refusal puts before the name of
 * a member. */
struct price *price_add(struct product *product, const char *id, const cJSON *body,
                        const char *prefix, struct answer *answer);
void price_free(void *price);
/* After all products. */
void prices_free(void);

bool price_is_active(const struct price *price);
bool price_is_custom(const struct price *price);
/* What a line of it costs; of a CUSTOM price its preset, else its minimum, else 0. */
int64_t price_unit_amount(const struct price *price);
/* It was paid for. */
void price_take(struct price *price, int64_t quantity);

#endif
