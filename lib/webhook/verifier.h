/* What a verifier holds: its secrets, its limits, and the checks that are ready for the next delivery. */
#ifndef XPAY_WEBHOOK_VERIFIER_H
#define XPAY_WEBHOOK_VERIFIER_H

#include <stdatomic.h>

#include <xpay/webhook.h>

#include "keyed.h"

/* At most as many checks wait for the next delivery; more are made and dropped as needed. */
enum { XPAY_MAX_SECRETS = 16, XPAY_MAX_IDLE_CHECKS = 64, XPAY_LABEL_SIZE = 64 };

typedef struct xpay_webhook_key {
    xpay_keyed *keyed; /* copied from, never used itself */
    int64_t not_after; /* INT64_MAX: for ever */
    char label[XPAY_LABEL_SIZE];
} xpay_webhook_key;

struct xpay_webhook_verifier {
    xpay_webhook_key keys[XPAY_MAX_SECRETS];
    size_t count;
    int64_t tolerance;
    size_t max_body_bytes;
    xpay_clock clock;
    void *clock_context;
    /* NULL or one that waits. No lock: a child forked while another thread held it would wait for ever. */
    _Atomic(xpay_webhook_stream *) idle[XPAY_MAX_IDLE_CHECKS];
};

/* One delivery that is being checked. */
struct xpay_webhook_stream {
    xpay_webhook_verifier *verifier;
    xpay_signature_header header;
    size_t length; /* of the body so far */
    bool finished;
    bool too_large;
    bool out_of_memory;
    xpay_keyed *keyed[]; /* one for each secret */
};

/* xpay_webhook_verify() with an error that is clear already. */
xpay_status xpay_verify(xpay_webhook_verifier *verifier, const void *body, size_t length,
                        const char *header, xpay_webhook_match *match, xpay_error *error);

/* One that is ready; NULL when memory ran out. */
xpay_webhook_stream *xpay_verifier_take(xpay_webhook_verifier *verifier);
void xpay_verifier_give_back(xpay_webhook_stream *stream);

#endif
