/* How a verifier is made, and how threads share what it has prepared. */
#include "verifier.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../base/fail.h"

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

void xpay_webhook_secret_init(xpay_webhook_secret *secret, size_t size)
{
    memset(secret, 0, size);
    secret->size = size;
}

/* What is wrong with a secret as it was configured; NULL when nothing is. */
static const char *secret_problem(const char *secret)
{
    if (secret == NULL)
        return "the endpoint's whsec_… is required";
    for (const char *c = secret; *c != '\0'; c++)
        if (*c <= ' ' || *c > '~')
            return "has a blank, a line break or a character that is not ASCII in it: copy it "
                   "without";
    if (strncmp(secret, "whsec_", 6) != 0 || secret[6] == '\0')
        return "does not begin with whsec_: copy the endpoint's signing secret whole";
    return NULL;
}

/* Labels go into logs, so they are short, plain, and no secret. */
static const char *label_problem(const char *label)
{
    if (strnlen(label, XPAY_LABEL_SIZE) == XPAY_LABEL_SIZE)
        return "is longer than 63 characters";
    for (const char *c = label; *c != '\0'; c++)
        if (*c < ' ' || *c > '~')
            return "has a character in it that is not printable ASCII";
    return strstr(label, "whsec_") != NULL ? "must not be a secret: it is shown in logs" : NULL;
}

static xpay_status refuse(xpay_error *error, const char *place, const char *member,
                          const char *problem)
{
    char path[64];
    snprintf(path, sizeof path, "%s%s", place, member);
    return xpay_fail(error, XPAY_ERROR_ARGUMENT, path, "%s: %s", path, problem);
}

/* Add a secret; `place` is where it stands in the options, for the error. */
static xpay_status add_secret(xpay_webhook_verifier *verifier, const char *place,
                              const xpay_webhook_secret *given, xpay_error *error)
{
    const char *label = given->label != NULL ? given->label : "";
    if (secret_problem(given->secret) != NULL)
        return refuse(error, place, "secret", secret_problem(given->secret));
    if (label_problem(label) != NULL)
        return refuse(error, place, "label", label_problem(label));
    if (given->not_after < 0)
        return refuse(error, place, "not_after", "must not be negative (0: for ever)");
    bool supported;
    xpay_webhook_key *key = &verifier->keys[verifier->count];
    key->keyed = xpay_keyed_new(given->secret, strlen(given->secret), &supported);
    if (key->keyed == NULL)
        return supported ? xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "out of memory")
                         : xpay_fail(error, XPAY_ERROR_UNSUPPORTED, NULL,
                                     "OpenSSL has no HMAC with SHA-256");
    key->not_after = given->not_after == 0 ? INT64_MAX : given->not_after;
    strcpy(key->label, label);
    verifier->count++;
    return XPAY_OK;
}

/* Element `index` of the options' secrets, as this library knows it; they step by the first one's size. */
static xpay_status read_secret(const xpay_webhook_options *options, size_t index,
                               xpay_webhook_secret *known, const char *place, xpay_error *error)
{
    size_t size = options->secrets->size;
    memset(known, 0, sizeof *known);
    if (size < offsetof(xpay_webhook_secret, secret) + sizeof known->secret)
        return refuse(error, place, "size", "begin with XPAY_WEBHOOK_SECRET_INIT");
    const char *element = (const char *)options->secrets + index * size;
    for (size_t i = sizeof *known; i < size; i++)
        if (element[i] != 0)
            return xpay_fail(error, XPAY_ERROR_ABI, "secrets",
                             "a secret has a member that this libxpay does not know");
    memcpy(known, element, size < sizeof *known ? size : sizeof *known);
    if (known->size != size)
        return refuse(error, place, "size", "begin with XPAY_WEBHOOK_SECRET_INIT");
    return XPAY_OK;
}

static xpay_status add_secrets(xpay_webhook_verifier *verifier, const xpay_webhook_options *options,
                               xpay_error *error)
{
    xpay_status status = XPAY_OK;
    xpay_webhook_secret only = XPAY_WEBHOOK_SECRET_INIT;
    only.secret = options->secret;
    if (options->secret != NULL || options->secrets_count == 0)
        status = add_secret(verifier, "", &only, error);
    for (size_t i = 0; i < options->secrets_count && status == XPAY_OK; i++) {
        xpay_webhook_secret known;
        char place[32];
        snprintf(place, sizeof place, "secrets[%zu].", i);
        status = read_secret(options, i, &known, place, error);
        if (status == XPAY_OK)
            status = add_secret(verifier, place, &known, error);
    }
    return status;
}

/* The options as this library knows them; older callers' structs are shorter. */
static xpay_status read_options(const xpay_webhook_options *options, xpay_webhook_options *known,
                                xpay_error *error)
{
    memset(known, 0, sizeof *known);
    if (options == NULL ||
        options->size < offsetof(xpay_webhook_options, secret) + sizeof options->secret)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "options",
                         "options: begin with XPAY_WEBHOOK_OPTIONS_INIT");
    for (size_t i = sizeof *options; i < options->size; i++)
        if (((const char *)options)[i] != 0)
            return xpay_fail(error, XPAY_ERROR_ABI, "options",
                             "options have a member that this libxpay does not know");
    memcpy(known, options, options->size < sizeof *known ? options->size : sizeof *known);
    size_t count = known->secrets_count + (known->secret != NULL);
    if (known->secrets_count > XPAY_MAX_SECRETS || count > XPAY_MAX_SECRETS)
        return refuse(error, "", "secrets", "at most 16 secrets are accepted at a time");
    if (known->secrets == NULL && known->secrets_count > 0)
        return refuse(error, "", "secrets", "must not be NULL when secrets_count is not 0");
    if (known->tolerance_seconds < 0 && known->tolerance_seconds != XPAY_WEBHOOK_ANY_AGE)
        return refuse(error, "", "tolerance_seconds",
                      "must not be negative (XPAY_WEBHOOK_ANY_AGE: no limit)");
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
    made->max_body_bytes =
        known.max_body_bytes == 0 ? XPAY_WEBHOOK_MAX_BODY_BYTES : known.max_body_bytes;
    made->clock = known.clock != NULL ? known.clock : system_clock;
    made->clock_context = known.clock_context;
    status = add_secrets(made, &known, error);
    if (status != XPAY_OK) {
        xpay_webhook_verifier_free(made);
        return status;
    }
    *verifier = made;
    return XPAY_OK;
}

static void drop(xpay_webhook_stream *stream)
{
    if (stream == NULL)
        return;
    for (size_t i = 0; i < stream->verifier->count; i++)
        xpay_keyed_free(stream->keyed[i]);
    free(stream);
}

void xpay_webhook_verifier_free(xpay_webhook_verifier *verifier)
{
    if (verifier == NULL)
        return;
    for (size_t i = 0; i < XPAY_MAX_IDLE_CHECKS; i++)
        drop(verifier->idle[i]);
    while (verifier->count > 0)
        xpay_keyed_free(verifier->keys[--verifier->count].keyed);
    free(verifier);
}

static xpay_webhook_stream *make(xpay_webhook_verifier *verifier)
{
    xpay_webhook_stream *stream =
        calloc(1, sizeof *stream + verifier->count * sizeof *stream->keyed);
    if (stream == NULL)
        return NULL;
    stream->verifier = verifier;
    for (size_t i = 0; i < verifier->count; i++) {
        stream->keyed[i] = xpay_keyed_copy(verifier->keys[i].keyed);
        if (stream->keyed[i] == NULL) {
            drop(stream);
            return NULL;
        }
    }
    return stream;
}

xpay_webhook_stream *xpay_verifier_take(xpay_webhook_verifier *verifier)
{
    for (size_t i = 0; i < XPAY_MAX_IDLE_CHECKS; i++) {
        /* Looking first leaves a place that is empty to the threads that fill it. */
        xpay_webhook_stream *stream = atomic_load(&verifier->idle[i]);
        if (stream != NULL)
            stream = atomic_exchange(&verifier->idle[i], NULL);
        if (stream != NULL)
            return stream;
    }
    return make(verifier);
}

void xpay_verifier_give_back(xpay_webhook_stream *stream)
{
    for (size_t i = 0; i < XPAY_MAX_IDLE_CHECKS; i++) {
        xpay_webhook_stream *none = NULL;
        if (atomic_compare_exchange_strong(&stream->verifier->idle[i], &none, stream))
            return;
    }
    drop(stream);
}
