/* The object graph as JSON: session, intent, charge, refund, ledger row, customer. */
#ifndef SANDBOX_GRAPH_H
#define SANDBOX_GRAPH_H

#include "state.h"

cJSON *show_session(const struct session *session);
cJSON *show_intent(const struct intent *intent); /* stand-alone: with its session */
cJSON *show_charge(const struct charge *charge);
cJSON *show_refund(const struct refund *refund);
cJSON *show_ledger_row(const struct ledger_row *row);
cJSON *show_customer(const struct customer *customer);
cJSON *show_listed_customer(const struct customer *customer);

/* Without the other half of the pair, as the contract nests them. */
cJSON *show_session_fields(const struct session *session);
cJSON *show_intent_fields(const struct intent *intent);

/* {amount, currency, exchangeRate, exchangeRateId} or null. */
void show_presentment(cJSON *object, const char *name, const struct session *session,
                      int64_t amount);
bool session_has_presentment(const struct session *session);

/* Parts that several objects show. */
void show_row_or_null(cJSON *object, const char *name, const struct ledger_row *row);
void show_billing(cJSON *object, const struct charge *charge);
/* The card, valu and fawry members, of which the charge's own one is filled. */
void show_method_parts(cJSON *object, const struct charge *charge, bool as_method);
const char *charge_status(const struct charge *charge);
/* Newest first. */
void push_refunds(cJSON *list, const struct charge *charge);

/* Makes the self-check tolerate what the chosen graph shows beside the contract. */
void graph_choose(enum graph graph);

extern const char *const refund_status_names[REFUND_STATUSES];

#endif
