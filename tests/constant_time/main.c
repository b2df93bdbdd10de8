/*
 * Nothing branches on a signature before it is known whether it fits.
 *
 * Runs under valgrind. The signature that each verification computes is marked as undefined as soon as it is there, so
 * memcheck reports every branch and every address that depends on it, until xpay_signature_fits() has returned: what
 * that says is told to the sender anyway. With leaky.c in it the same program must be reported: then the comparison is
 * memcmp's, which stops at the first byte that differs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <valgrind/memcheck.h>
#include <xpay/webhook.h>

#include "webhook/fits.h"
#include "webhook/keyed.h"

static const char body[] =
    "{\"id\":\"evt_1\",\"type\":\"x\",\"object\":\"event\",\"livemode\":false,"
    "\"data\":{\"object\":{}}}";
static bool hides; /* not while the test itself signs */
static int hidden, told;

bool __real_xpay_keyed_finish(xpay_keyed *keyed, unsigned char signature[XPAY_SIGNATURE_BYTES]);
bool __wrap_xpay_keyed_finish(xpay_keyed *keyed, unsigned char signature[XPAY_SIGNATURE_BYTES]);
unsigned __real_xpay_signature_fits(const unsigned char expected[XPAY_SIGNATURE_BYTES],
                                    const xpay_signature_header *header);
unsigned __wrap_xpay_signature_fits(const unsigned char expected[XPAY_SIGNATURE_BYTES],
                                    const xpay_signature_header *header);

bool __wrap_xpay_keyed_finish(xpay_keyed *keyed, unsigned char signature[XPAY_SIGNATURE_BYTES])
{
    bool done = __real_xpay_keyed_finish(keyed, signature);
    if (hides) {
        VALGRIND_MAKE_MEM_UNDEFINED(signature, XPAY_SIGNATURE_BYTES);
        hidden++;
    }
    return done;
}

unsigned __wrap_xpay_signature_fits(const unsigned char expected[XPAY_SIGNATURE_BYTES],
                                    const xpay_signature_header *header)
{
    unsigned fits = __real_xpay_signature_fits(expected, header);
    VALGRIND_MAKE_MEM_DEFINED(&fits, sizeof fits);
    told++;
    return fits;
}

/* Which byte of the right signature is changed; none is at -1. `before` are other signatures that come first. */
static const struct delivery {
    int changed;
    const char *before;
    xpay_status status;
} deliveries[] = {
    {-1, "", XPAY_OK},
    {0, "", XPAY_ERROR_SIGNATURE_MISMATCH},
    {15, "", XPAY_ERROR_SIGNATURE_MISMATCH},
    {31, "", XPAY_ERROR_SIGNATURE_MISMATCH},
    {-1, ",v1=0000000000000000000000000000000000000000000000000000000000000000", XPAY_OK},
};

static void write_delivery(const struct delivery *d, const char *good, char *header, size_t size)
{
    const char *comma = strchr(good, ',');
    snprintf(header, size, "%.*s%s%s", (int)(comma - good), good, d->before, comma);
    if (d->changed >= 0) {
        char *digit = strstr(header, "v1=") + 3 + 2 * d->changed;
        *digit = *digit == '0' ? '1' : '0';
    }
}

int main(void)
{
    if (!RUNNING_ON_VALGRIND) {
        fprintf(stderr, "This is to be run under valgrind.\n");
        return 2;
    }
    xpay_webhook_secret other = XPAY_WEBHOOK_SECRET_INIT;
    other.secret = "whsec_other";
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    options.secret = "whsec_x";
    options.secrets = &other;
    options.secrets_count = 1;
    options.tolerance_seconds = XPAY_WEBHOOK_ANY_AGE;
    xpay_webhook_verifier *verifier;
    char good[XPAY_WEBHOOK_SIGNATURE_SIZE], header[512];
    if (xpay_webhook_verifier_new(&options, &verifier, NULL) != XPAY_OK ||
        xpay_webhook_sign("whsec_x", 1777629600, body, sizeof body - 1, good, sizeof good) !=
            XPAY_OK)
        return 1;
    hides = true;
    size_t count = sizeof deliveries / sizeof deliveries[0];
    for (size_t i = 0; i < count; i++) {
        xpay_event *event = NULL;
        write_delivery(&deliveries[i], good, header, sizeof header);
        xpay_status status =
            xpay_webhook_construct_event(verifier, body, sizeof body - 1, header, &event, NULL);
        if (status != deliveries[i].status) {
            fprintf(stderr, "delivery %zu: %s\n", i, xpay_status_name(status));
            return 1;
        }
        xpay_object_free(event);
    }
    xpay_webhook_verifier_free(verifier);
    /* Two secrets each: otherwise the marks were not where they should be. */
    return hidden == (int)(2 * count) && told == hidden ? 0 : 1;
}
