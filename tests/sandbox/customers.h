/* Customers: registered ones, made by the merchant or at checkout, and guests. */
#ifndef SANDBOX_CUSTOMERS_H
#define SANDBOX_CUSTOMERS_H

#include "answer.h"
#include "state.h"

/* From a body that fits the contract; NULL with a refusal in ANSWER. */
struct customer *customer_create(const cJSON *body, enum world world, struct answer *answer);

/* One more registered customer with a name and an email of its own; no event is sent. */
struct customer *customer_add_numbered(enum world world);

/* Who a session without a customer was paid by: a registered customer if it asked for one, else
 * a guest, found again by email, by phone, or by card if neither is known. */
struct customer *customer_for_completion(const struct session *session);

/* A charge of that customer (NULL is harmless) was captured, or AMOUNT of one was refunded. */
void customer_note_charge(struct customer *customer, const struct charge *charge);
void customer_note_refund(struct customer *customer, int64_t amount);

#endif
