/* The operations that the sandbox serves: one row each, named as in the contract, which has the
 * rest (method, path, schemas). A new operation is one row and one function. */
#ifndef SANDBOX_OPERATIONS_H
#define SANDBOX_OPERATIONS_H

#include <stdint.h>

#include "answer.h"
#include "contract.h"
#include "keys.h"
#include "pairs.h"

/* One admitted call: the key is good, the body and the query fit the contract. */
struct call {
    const struct contract_operation *contract;
    const struct key *key;
    enum world world;
    const char *id; /* the path's {id}, or NULL */
    const struct pairs *query;
    const cJSON *body; /* NULL if the operation takes none */
};

struct operation {
    const char *id;
    const char *permission; /* NULL: any secret or restricted key, an inactive account's as well */
    /* Fills in the answer; with the state locked. True if the answer is checked already. */
    bool (*act)(const struct call *call, struct answer *answer);
    /* The official clients are seen to rely on its Idempotency-Key. Whether the others look at
     * one is not known (settings.keys_everywhere). */
    bool deduplicates;
};

/* NULL if the sandbox does not serve it: then it does not start. */
const struct operation *operation_find(const char *id);

bool act_get_account(const struct call *call, struct answer *answer);
bool act_create_session(const struct call *call, struct answer *answer);
bool act_get_session(const struct call *call, struct answer *answer);
bool act_update_session(const struct call *call, struct answer *answer);
bool act_expire_session(const struct call *call, struct answer *answer);
bool act_create_customer(const struct call *call, struct answer *answer);
bool act_list_customers(const struct call *call, struct answer *answer);
bool act_get_customer(const struct call *call, struct answer *answer);
bool act_create_link(const struct call *call, struct answer *answer);
bool act_list_links(const struct call *call, struct answer *answer);
bool act_get_link(const struct call *call, struct answer *answer);
bool act_update_link(const struct call *call, struct answer *answer);
bool act_create_product(const struct call *call, struct answer *answer);
bool act_list_products(const struct call *call, struct answer *answer);
bool act_get_product(const struct call *call, struct answer *answer);
bool act_update_product(const struct call *call, struct answer *answer);
bool act_delete_product(const struct call *call, struct answer *answer);
bool act_create_price(const struct call *call, struct answer *answer);
bool act_update_price(const struct call *call, struct answer *answer);
bool act_delete_price(const struct call *call, struct answer *answer);
bool act_create_endpoint(const struct call *call, struct answer *answer);
bool act_list_endpoints(const struct call *call, struct answer *answer);
bool act_get_endpoint(const struct call *call, struct answer *answer);
bool act_update_endpoint(const struct call *call, struct answer *answer);
bool act_delete_endpoint(const struct call *call, struct answer *answer);
bool act_create_refund(const struct call *call, struct answer *answer);
bool act_list_refunds(const struct call *call, struct answer *answer);
bool act_get_refund(const struct call *call, struct answer *answer);

/* A whole number of the query between 1 and MAXIMUM; false with a refusal otherwise. */
bool query_number(const struct call *call, const char *name, int64_t minimum, int64_t fallback,
                  int64_t *out, struct answer *answer);

#endif
