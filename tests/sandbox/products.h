/* The catalogue that a merchant edits: products, each with its prices; one in each world. */
#ifndef SANDBOX_PRODUCTS_H
#define SANDBOX_PRODUCTS_H

#include "answer.h"
#include "prices.h"
#include "state.h"

struct product {
    char id[ID_SIZE];
    enum world world;
    cJSON *input;       /* the body of the create call with every update merged in, without nulls */
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

/* From bodies that fit the contract. NULL or false with a refusal in ANSWER. */
struct product *product_create(const cJSON *body, enum world world, struct answer *answer);
bool product_update(struct product *product, const cJSON *body, struct answer *answer);
bool product_delete(struct product *product, struct answer *answer);

bool product_is_active(const struct product *product);

#endif
