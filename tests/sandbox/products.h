/* The catalogue that a merchant edits: products, each with its prices, in each world one. */
#ifndef SANDBOX_PRODUCTS_H
#define SANDBOX_PRODUCTS_H

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

struct product {
    char id[ID_SIZE];
    enum world world;
    cJSON *input;       /* as above */
    struct list prices; /* oldest first */
    struct price *default_price;
    int64_t created, updated;
};

/* What exists from the start. */
void products_seed(void);
void products_free(void);

/* All of that world, oldest first (struct product *). */
const struct list *products_of(enum world world);
struct product *product_find(const char *id, enum world world);
struct price *price_find(const char *id, enum world world);

/* From bodies that fit the contract. NULL or false with a refusal in ANSWER. */
struct product *product_create(const cJSON *body, enum world world, struct answer *answer);
bool product_update(struct product *product, const cJSON *body, struct answer *answer);
bool product_delete(struct product *product, struct answer *answer);
struct price *price_create(struct product *product, const cJSON *body, struct answer *answer);
bool price_update(struct price *price, const cJSON *body, struct answer *answer);
bool price_delete(struct price *price, struct answer *answer);

bool product_is_active(const struct product *product);
bool price_is_active(const struct price *price);
bool price_is_custom(const struct price *price);
/* What a line of it costs; of a CUSTOM price its preset, else its minimum, else 0. */
int64_t price_unit_amount(const struct price *price);
/* It was paid for. */
void price_take(struct price *price, int64_t quantity);

#endif
