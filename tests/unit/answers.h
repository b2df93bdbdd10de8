/*
 * Answers of XPay for these tests, written with ' for ", so that they can be read.
 *
 * The macros make single objects with what a test is about; what else the contract promises is left out, which the
 * library takes as it comes.
 */
#ifndef XPAY_TESTS_ANSWERS_H
#define XPAY_TESTS_ANSWERS_H

#include <xpay/xpay.h>

/* The text with every ' turned into "; to be released with free(). */
char *json_of(const char *text);

/* A copy of a text with the first `from`, which must be in it, replaced by `to`; to be released with free(). */
char *replaced(const char *text, const char *from, const char *to);

/* Decode text with ' for " as the type of that name. */
xpay_status decode_as(const char *type, const char *text, void **object, xpay_error *error);

/* The same for what must be readable; to be freed with xpay_object_free(). */
void *decoded(const char *type, const char *text);

/*
 * One sale in both shapes of the graph, with ' for "; to be released with free(). 1499.00 EGP were taken by the second
 * attempt, of which 50.00 and later 100.00 went back. By the contract refunds are in their charge and name their
 * ledger row; on XPay's object model page they are in the payment intent and hold it.
 */
char *contract_session(void);
char *page_session(void);

/* Part of the client secrets in them: no text for people may hold it. */
#define CANARY "canary5e551onK7"

#define SESSION(members) "{'object':'checkout.session','id':'cs_1'," members "}"
/* A session that lacks nothing critical. */
#define OPEN_SESSION(members) SESSION("'status':'open','paymentStatus':'unpaid'," members)
#define PAID_SESSION(intent) \
    SESSION("'status':'complete','paymentStatus':'paid','paymentIntent':" intent)
#define INTENT(members)     "{'object':'payment_intent','id':'pi_1'," members "}"
#define CHARGE(id, members) "{'object':'charge','id':'" id "'," members "}"
#define REFUND(id, members) "{'object':'refund','id':'" id "'," members "}"

/* A ledger row in a payout; the numbers are written as in C, `batch` is JSON. */
#define PAID_ROW(id, amount, fee, net, currency, status, batch)                      \
    "{'object':'balance_transaction','id':'" id "','amount':" #amount ",'fee':" #fee \
    ",'net':" #net ",'currency':'" currency "','status':'" status "','payoutBatch':" batch "}"
#define ROW(id, amount, fee, net, currency, status) \
    PAID_ROW(id, amount, fee, net, currency, status, "null")

#endif
