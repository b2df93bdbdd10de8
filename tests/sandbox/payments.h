/* What a customer can make happen on the checkout page: pay, be declined, take a reference and
 * pay it later. Each attempt adds a charge. */
#ifndef SANDBOX_PAYMENTS_H
#define SANDBOX_PAYMENTS_H

#include "state.h"

struct payer {
    const struct method *method;
    const char *name, *email, *phone; /* each may be NULL */
};

extern const char payment_card_fingerprint[];

/* The session is open (and, for a customer to be created, an email or phone is known). */
void payment_succeed(struct session *session, const struct payer *payer);
void payment_decline(struct session *session, const struct payer *payer,
                     const struct decline *decline);
void payment_take_reference(struct session *session, const struct payer *payer);

/* The session waits for its reference to be paid. */
bool payment_is_waiting(const struct session *session);
void payment_reference_paid(struct session *session);
void payment_reference_failed(struct session *session, const struct decline *why);
/* Fails a reference whose time has come, and notes the deadline of one whose time has not. */
void payment_expire_reference(struct session *session, int64_t now);

/* What is known of the customer before the page asks: from customerDetails or customerId. */
const char *payment_known(const struct session *session, const char *member);

#endif
