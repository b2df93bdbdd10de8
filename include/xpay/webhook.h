/*
 * Webhooks: is it from XPay, is it fresh, and what does it say?
 *
 *     xpay_event *event;
 *     status = xpay_webhook_construct_event(verifier, body, body_length,
 *                                           signature_header, &event, &error);
 *
 * Give the body exactly as it came over the wire, by pointer and length: one added blank, a decoded character or a
 * JSON printed anew, and the signature is wrong. Answer 2xx only after you have stored what the event made you do;
 * anything else makes XPay deliver it again. Follows https://docs.xpay.app/integrate/webhooks/verifying-signatures.
 */
#ifndef XPAY_WEBHOOK_H
#define XPAY_WEBHOOK_H

#include <xpay/event.h>

/** Name of the HTTP header with the signature. */
#define XPAY_WEBHOOK_SIGNATURE_HEADER "XPay-Signature"

/** How old, or how far ahead, a signature may be by default: exactly as many seconds are still fresh. */
#define XPAY_WEBHOOK_TOLERANCE_SECONDS 300

/** Accept signatures of any age. For replaying stored deliveries, not for a server on the net. */
#define XPAY_WEBHOOK_ANY_AGE (-1)

/** Room for a header that xpay_webhook_sign() writes, NUL included. */
#define XPAY_WEBHOOK_SIGNATURE_SIZE 128

XPAY_BEGIN_DECLS

/** Checks deliveries of one endpoint; made once, used by all threads. */
typedef struct xpay_webhook_verifier xpay_webhook_verifier;

/** A clock: seconds since the epoch. Called once for each verification, on the calling thread. */
typedef int64_t (*xpay_clock)(void *context);

/** How deliveries are checked. All that is zero keeps its default. Text is copied. */
typedef struct xpay_webhook_options {
    size_t size;        /**< set by XPAY_WEBHOOK_OPTIONS_INIT */
    const char *secret; /**< whsec_… of the endpoint, whole; required */
    /** a second one that is accepted while you change secrets; NULL for none */
    const char *other_secret;
    int64_t tolerance_seconds; /**< 0: 300; XPAY_WEBHOOK_ANY_AGE: no limit */
    xpay_clock clock;          /**< NULL: the system's */
    void *clock_context;       /**< given to clock */
} xpay_webhook_options;

/** Initial value of an xpay_webhook_options. */
#define XPAY_WEBHOOK_OPTIONS_INIT XPAY_INITIAL(xpay_webhook_options)

/**
 * The same initial value, for languages without macros.
 *
 * @param options not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_webhook_options_init(xpay_webhook_options *options, size_t size);

/**
 * Make a verifier.
 *
 * @param options not NULL; may be freed afterwards.
 * @param verifier receives it, to be freed with xpay_webhook_verifier_free(); NULL on failure.
 * @param error NULL allowed.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT (no secret, one that does not begin with whsec_ or has white space in it, a
 *         negative tolerance other than XPAY_WEBHOOK_ANY_AGE; error->param names the option); XPAY_ERROR_ABI;
 *         XPAY_ERROR_UNSUPPORTED (OpenSSL has no HMAC with SHA-256); XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_webhook_verifier_new(const xpay_webhook_options *options,
                                                               xpay_webhook_verifier **verifier,
                                                               xpay_error *error);

/**
 * Wipe a verifier's secrets and free it.
 *
 * @param verifier NULL allowed; no other thread may be using it.
 */
XPAY_API void xpay_webhook_verifier_free(xpay_webhook_verifier *verifier);

/**
 * Check that a delivery was signed with the secret, and lately.
 *
 * The header is checked first, then every v1 signature against every secret in constant time, then the age. The body
 * is not looked into.
 *
 * @param verifier not NULL.
 * @param body the raw bytes; NULL only with length 0.
 * @param length of the body in bytes.
 * @param header value of XPay-Signature; NULL when there was none.
 * @param error NULL allowed.
 * @return XPAY_OK; XPAY_ERROR_SIGNATURE_MISSING (no header, or a blank one); XPAY_ERROR_SIGNATURE_MALFORMED (no t or
 *         no v1 in it, longer than 8 KiB, more than 32 v1); XPAY_ERROR_SIGNATURE_MISMATCH (wrong secret, or the body
 *         was changed on its way); XPAY_ERROR_SIGNATURE_EXPIRED (well signed, but too long ago or in the future: a
 *         replay, or a wrong clock); XPAY_ERROR_ARGUMENT; XPAY_ERROR_MEMORY. Answer all but the last with 4xx.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_webhook_verify(xpay_webhook_verifier *verifier,
                                                         const void *body, size_t length,
                                                         const char *header, xpay_error *error);

/**
 * Verify a delivery and decode its event.
 *
 * @param verifier not NULL.
 * @param body the raw bytes.
 * @param length of the body in bytes.
 * @param header value of XPay-Signature; NULL when there was none.
 * @param event receives the event, to be freed with xpay_object_free(); NULL on failure.
 * @param error NULL allowed.
 * @return what xpay_webhook_verify() returns, and for a body that was signed: XPAY_ERROR_JSON (not JSON; a byte order
 *         mark or a NUL included), XPAY_ERROR_NOT_AN_EVENT (no event with id, type and data.object),
 *         XPAY_ERROR_DECODE (an event whose object has a wrong kind in its id, status or amounts; error->param is
 *         the place).
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_webhook_construct_event(xpay_webhook_verifier *verifier,
                                                                  const void *body, size_t length,
                                                                  const char *header,
                                                                  xpay_event **event,
                                                                  xpay_error *error);

/**
 * Write the header that XPay would send with a body, for your tests.
 *
 * @param secret whsec_…; not NULL.
 * @param timestamp seconds since the epoch, not negative.
 * @param body the raw bytes; NULL only with length 0.
 * @param length of the body in bytes.
 * @param header receives "t=…,v1=…", NUL-terminated.
 * @param size of header in bytes; XPAY_WEBHOOK_SIGNATURE_SIZE suffices.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT; XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_webhook_sign(const char *secret, int64_t timestamp,
                                                       const void *body, size_t length,
                                                       char *header, size_t size);

XPAY_END_DECLS

#endif
