/* Whether a delivery is from XPay, and fresh: header, length, signature, age, in that order; in pieces or at once. */
#include "fits.h"
#include "verifier.h"

#include <string.h>

#include "../base/fail.h"

#define HEADER XPAY_WEBHOOK_SIGNATURE_HEADER

static bool is_empty(const char *header)
{
    return header == NULL || header[strspn(header, " \t")] == '\0';
}

static xpay_status no_memory(xpay_error *error)
{
    return xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "out of memory");
}

static xpay_status missing(const char *name, xpay_error *error)
{
    return xpay_fail(error, XPAY_ERROR_ARGUMENT, name, "%s: must not be NULL", name);
}

/* Read the header and begin to sign as the sender should have; `error` is clear. */
static xpay_status begin(xpay_webhook_verifier *verifier, const char *header,
                         xpay_webhook_stream **begun, xpay_error *error)
{
    if (is_empty(header))
        return xpay_fail(error, XPAY_ERROR_SIGNATURE_MISSING, HEADER,
                         "the delivery has no " HEADER " header");
    xpay_webhook_stream *stream = xpay_verifier_take(verifier);
    if (stream == NULL)
        return no_memory(error);
    const char *problem = xpay_signature_header_read(header, &stream->header);
    if (problem != NULL) {
        xpay_verifier_give_back(stream);
        return xpay_fail(error, XPAY_ERROR_SIGNATURE_MALFORMED, HEADER, "the " HEADER " header %s",
                         problem);
    }
    stream->length = 0;
    stream->finished = stream->too_large = stream->out_of_memory = false;
    for (size_t i = 0; i < verifier->count && !stream->out_of_memory; i++)
        stream->out_of_memory = !xpay_keyed_begin(stream->keyed[i], stream->header.timestamp);
    *begun = stream;
    return XPAY_OK;
}

static xpay_status add(xpay_webhook_stream *stream, const void *bytes, size_t length,
                       xpay_error *error)
{
    size_t limit = stream->verifier->max_body_bytes;
    stream->too_large = stream->too_large || length > limit - stream->length;
    if (stream->too_large)
        return xpay_fail(error, XPAY_ERROR_TOO_LARGE, "body",
                         "the body has more than %zu bytes (max_body_bytes)", limit);
    stream->length += length;
    /* OpenSSL does not bear being given more after it has failed. */
    for (size_t i = 0; i < stream->verifier->count && !stream->out_of_memory; i++)
        stream->out_of_memory = !xpay_keyed_add(stream->keyed[i], bytes, length);
    return XPAY_OK;
}

/*
 * The secret with which a signature of the header was made; NULL when there is none. All secrets are tried against all
 * signatures, also after one has fitted. Of several that fit, one that is still accepted counts.
 */
static const xpay_webhook_key *find_key(xpay_webhook_stream *stream, int64_t now)
{
    const xpay_webhook_key *found = NULL;
    for (size_t i = 0; i < stream->verifier->count; i++) {
        const xpay_webhook_key *key = &stream->verifier->keys[i];
        unsigned char expected[XPAY_SIGNATURE_BYTES];
        if (!xpay_keyed_finish(stream->keyed[i], expected)) {
            stream->out_of_memory = true;
            return NULL;
        }
        /* Whether it fits is no secret: the answer to the delivery tells. */
        if (xpay_signature_fits(expected, &stream->header) != 0 &&
            (found == NULL || found->not_after < now))
            found = key;
    }
    return found;
}

static xpay_status check_age(const xpay_webhook_verifier *verifier, int64_t signed_at, int64_t now,
                             xpay_error *error)
{
    int64_t age;
    if (verifier->tolerance == XPAY_WEBHOOK_ANY_AGE)
        return XPAY_OK;
    if (__builtin_sub_overflow(now, signed_at, &age))
        age = INT64_MIN + 1;
    if (age <= verifier->tolerance && age >= -verifier->tolerance)
        return XPAY_OK;
    return xpay_fail(error, XPAY_ERROR_SIGNATURE_EXPIRED, HEADER,
                     "well signed, but %lld s %s: a replay, or this machine's clock is wrong",
                     (long long)(age < 0 ? -age : age), age < 0 ? "in the future" : "ago");
}

static xpay_status finish(xpay_webhook_stream *stream, xpay_webhook_match *match, xpay_error *error)
{
    const xpay_webhook_verifier *verifier = stream->verifier;
    int64_t now = verifier->clock(verifier->clock_context);
    stream->finished = true;
    const xpay_webhook_key *key = stream->out_of_memory ? NULL : find_key(stream, now);
    if (stream->out_of_memory)
        return no_memory(error);
    if (key == NULL)
        return xpay_fail(error, XPAY_ERROR_SIGNATURE_MISMATCH, HEADER,
                         "no signature fits: the secret is another endpoint's or mode's, or the "
                         "body is not byte for byte what was sent");
    if (key->not_after < now)
        return xpay_fail(error, XPAY_ERROR_SIGNATURE_MISMATCH, HEADER,
                         "signed with the secret \"%s\", which is not accepted any more since its "
                         "not_after",
                         key->label);
    xpay_status status = check_age(verifier, stream->header.timestamp, now, error);
    if (status == XPAY_OK && match != NULL) {
        match->label = key->label;
        match->signed_at = stream->header.timestamp;
    }
    return status;
}

static void clear(xpay_webhook_match *match)
{
    if (match != NULL)
        *match = (xpay_webhook_match){.label = ""};
}

xpay_status xpay_verify(xpay_webhook_verifier *verifier, const void *body, size_t length,
                        const char *header, xpay_webhook_match *match, xpay_error *error)
{
    xpay_webhook_stream *stream;
    clear(match);
    if (verifier == NULL || (body == NULL && length > 0))
        return missing(verifier == NULL ? "verifier" : "body", error);
    xpay_status status = begin(verifier, header, &stream, error);
    if (status != XPAY_OK)
        return status;
    status = add(stream, body, length, error);
    if (status == XPAY_OK)
        status = finish(stream, match, error);
    xpay_verifier_give_back(stream);
    return status;
}

xpay_status xpay_webhook_verify(xpay_webhook_verifier *verifier, const void *body, size_t length,
                                const char *header, xpay_webhook_match *match, xpay_error *error)
{
    xpay_error_clear(error);
    return xpay_verify(verifier, body, length, header, match, error);
}

xpay_status xpay_webhook_stream_begin(xpay_webhook_verifier *verifier, const char *header,
                                      xpay_webhook_stream **stream, xpay_error *error)
{
    xpay_error_clear(error);
    if (stream == NULL)
        return missing("stream", error);
    *stream = NULL;
    return verifier != NULL ? begin(verifier, header, stream, error) : missing("verifier", error);
}

static xpay_status over(xpay_error *error)
{
    return xpay_fail(error, XPAY_ERROR_ARGUMENT, "stream",
                     "stream: it is finished and has been answered");
}

xpay_status xpay_webhook_stream_update(xpay_webhook_stream *stream, const void *bytes,
                                       size_t length, xpay_error *error)
{
    xpay_error_clear(error);
    if (stream == NULL || (bytes == NULL && length > 0))
        return missing(stream == NULL ? "stream" : "bytes", error);
    return stream->finished ? over(error) : add(stream, bytes, length, error);
}

xpay_status xpay_webhook_stream_finish(xpay_webhook_stream *stream, xpay_webhook_match *match,
                                       xpay_error *error)
{
    xpay_error_clear(error);
    clear(match);
    if (stream == NULL)
        return missing("stream", error);
    if (stream->finished)
        return over(error);
    /* A body that was too large stays so, also for who did not look at what the update returned. */
    return stream->too_large ? add(stream, NULL, 0, error) : finish(stream, match, error);
}

void xpay_webhook_stream_free(xpay_webhook_stream *stream)
{
    if (stream != NULL)
        xpay_verifier_give_back(stream);
}
