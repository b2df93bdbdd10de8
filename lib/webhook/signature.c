/* Whether a delivery is from XPay, and fresh: header, signature, age, in that order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <openssl/crypto.h>
#include <xpay/webhook.h>

#include "../base/fail.h"
#include "header.h"
#include "keyed.h"

enum { MAX_SECRETS = 2 };

struct xpay_webhook_verifier {
    xpay_keyed *secrets[MAX_SECRETS];
    size_t count;
    int64_t tolerance;
    xpay_clock clock;
    void *clock_context;
};

static int64_t system_clock(void *context)
{
    (void)context;
    return (int64_t)time(NULL);
}

void xpay_webhook_options_init(xpay_webhook_options *options, size_t size)
{
    memset(options, 0, size);
    options->size = size;
}

/* What is wrong with a secret as it was configured; NULL when nothing is. */
static const char *secret_problem(const char *secret)
{
    for (const char *c = secret; *c != '\0'; c++)
        if (*c <= ' ' || *c > '~')
            return "has a blank, a line break or a character that is not ASCII in it: copy it "
                   "without";
    if (strncmp(secret, "whsec_", 6) != 0 || secret[6] == '\0')
        return "does not begin with whsec_: copy the endpoint's signing secret whole";
    return NULL;
}

static xpay_status add_secret(xpay_webhook_verifier *verifier, const char *name, const char *secret,
                              xpay_error *error)
{
    const char *problem = secret_problem(secret);
    if (problem != NULL)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, name, "%s: %s", name, problem);
    bool supported;
    xpay_keyed *keyed = xpay_keyed_new(secret, strlen(secret), &supported);
    if (keyed == NULL)
        return supported ? xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "out of memory")
                         : xpay_fail(error, XPAY_ERROR_UNSUPPORTED, NULL,
                                     "OpenSSL has no HMAC with SHA-256");
    verifier->secrets[verifier->count++] = keyed;
    return XPAY_OK;
}

/* The options as this library knows them; older callers' structs are shorter. */
static xpay_status read_options(const xpay_webhook_options *options, xpay_webhook_options *known,
                                xpay_error *error)
{
    memset(known, 0, sizeof *known);
    if (options == NULL || options->size < sizeof options->size + sizeof options->secret)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "options",
                         "options: begin with XPAY_WEBHOOK_OPTIONS_INIT");
    for (size_t i = sizeof *options; i < options->size; i++)
        if (((const char *)options)[i] != 0)
            return xpay_fail(error, XPAY_ERROR_ABI, "options",
                             "options have a member that this libxpay does not know");
    memcpy(known, options, options->size < sizeof *known ? options->size : sizeof *known);
    if (known->secret == NULL)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "secret",
                         "secret: the endpoint's whsec_… is required");
    if (known->tolerance_seconds < 0 && known->tolerance_seconds != XPAY_WEBHOOK_ANY_AGE)
        return xpay_fail(
            error, XPAY_ERROR_ARGUMENT, "tolerance_seconds",
            "tolerance_seconds: must not be negative (XPAY_WEBHOOK_ANY_AGE: no limit)");
    return XPAY_OK;
}

xpay_status xpay_webhook_verifier_new(const xpay_webhook_options *options,
                                      xpay_webhook_verifier **verifier, xpay_error *error)
{
    xpay_error_clear(error);
    if (verifier == NULL)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "verifier", "verifier: must not be NULL");
    *verifier = NULL;
    xpay_webhook_options known;
    xpay_status status = read_options(options, &known, error);
    if (status != XPAY_OK)
        return status;

    xpay_webhook_verifier *made = calloc(1, sizeof *made);
    if (made == NULL)
        return xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "out of memory");
    made->tolerance =
        known.tolerance_seconds == 0 ? XPAY_WEBHOOK_TOLERANCE_SECONDS : known.tolerance_seconds;
    made->clock = known.clock != NULL ? known.clock : system_clock;
    made->clock_context = known.clock_context;
    status = add_secret(made, "secret", known.secret, error);
    if (status == XPAY_OK && known.other_secret != NULL)
        status = add_secret(made, "other_secret", known.other_secret, error);
    if (status != XPAY_OK) {
        xpay_webhook_verifier_free(made);
        return status;
    }
    *verifier = made;
    return XPAY_OK;
}

void xpay_webhook_verifier_free(xpay_webhook_verifier *verifier)
{
    if (verifier == NULL)
        return;
    while (verifier->count > 0)
        xpay_keyed_free(verifier->secrets[--verifier->count]);
    free(verifier);
}

static bool is_empty(const char *header)
{
    return header == NULL || header[strspn(header, " \t")] == '\0';
}

/* Whether any signature of the header was made with any secret. All are compared, and no comparison stops early. */
static xpay_status match(const xpay_webhook_verifier *verifier, const void *body, size_t length,
                         const xpay_signature_header *header, bool *matches)
{
    *matches = false;
    for (size_t i = 0; i < verifier->count; i++) {
        unsigned char expected[XPAY_SIGNATURE_BYTES];
        if (!xpay_keyed_sign(verifier->secrets[i], header->timestamp, body, length, expected))
            return XPAY_ERROR_MEMORY;
        for (size_t k = 0; k < header->count; k++)
            *matches |= CRYPTO_memcmp(expected, header->signatures[k], sizeof expected) == 0;
    }
    return XPAY_OK;
}

xpay_status xpay_webhook_verify(xpay_webhook_verifier *verifier, const void *body, size_t length,
                                const char *header, xpay_error *error)
{
    xpay_error_clear(error);
    if (verifier == NULL || (body == NULL && length > 0))
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, verifier == NULL ? "verifier" : "body",
                         "%s: must not be NULL", verifier == NULL ? "verifier" : "body");
    if (is_empty(header))
        return xpay_fail(error, XPAY_ERROR_SIGNATURE_MISSING, XPAY_WEBHOOK_SIGNATURE_HEADER,
                         "the delivery has no " XPAY_WEBHOOK_SIGNATURE_HEADER " header");
    xpay_signature_header parts;
    const char *problem = xpay_signature_header_read(header, &parts);
    if (problem != NULL)
        return xpay_fail(error, XPAY_ERROR_SIGNATURE_MALFORMED, XPAY_WEBHOOK_SIGNATURE_HEADER,
                         "the " XPAY_WEBHOOK_SIGNATURE_HEADER " header %s", problem);

    bool matches;
    if (match(verifier, body, length, &parts, &matches) != XPAY_OK)
        return xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "out of memory");
    if (!matches)
        return xpay_fail(error, XPAY_ERROR_SIGNATURE_MISMATCH, XPAY_WEBHOOK_SIGNATURE_HEADER,
                         "no signature fits: the secret is another endpoint's or mode's, or the "
                         "body is not byte for byte what was sent");
    if (verifier->tolerance == XPAY_WEBHOOK_ANY_AGE)
        return XPAY_OK;
    int64_t age;
    if (__builtin_sub_overflow(verifier->clock(verifier->clock_context), parts.timestamp, &age))
        age = INT64_MIN + 1;
    if (age > verifier->tolerance || age < -verifier->tolerance)
        return xpay_fail(error, XPAY_ERROR_SIGNATURE_EXPIRED, XPAY_WEBHOOK_SIGNATURE_HEADER,
                         "well signed, but %lld s %s: a replay, or this machine's clock is wrong",
                         (long long)(age < 0 ? -age : age), age < 0 ? "in the future" : "ago");
    return XPAY_OK;
}

xpay_status xpay_webhook_sign(const char *secret, int64_t timestamp, const void *body,
                              size_t length, char *header, size_t size)
{
    if (header != NULL && size > 0)
        *header = '\0';
    if (secret == NULL || timestamp < 0 || (body == NULL && length > 0) || header == NULL)
        return XPAY_ERROR_ARGUMENT;
    bool supported;
    unsigned char signature[XPAY_SIGNATURE_BYTES];
    xpay_keyed *keyed = xpay_keyed_new(secret, strlen(secret), &supported);
    bool fine = keyed != NULL && xpay_keyed_sign(keyed, timestamp, body, length, signature);
    xpay_keyed_free(keyed);
    if (!fine)
        return XPAY_ERROR_MEMORY;

    char hex[2 * XPAY_SIGNATURE_BYTES + 1], whole[XPAY_WEBHOOK_SIGNATURE_SIZE];
    for (size_t i = 0; i < XPAY_SIGNATURE_BYTES; i++)
        snprintf(hex + 2 * i, 3, "%02x", signature[i]);
    int written = snprintf(whole, sizeof whole, "t=%lld,v1=%s", (long long)timestamp, hex);
    if (written < 0 || (size_t)written >= size)
        return XPAY_ERROR_ARGUMENT;
    memcpy(header, whole, (size_t)written + 1);
    return XPAY_OK;
}
