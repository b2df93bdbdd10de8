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

/** How large a body may be by default, in bytes. An event of XPay has a few thousand. */
#define XPAY_WEBHOOK_MAX_BODY_BYTES 1048576

/** Room for a header that xpay_webhook_sign() writes, NUL included. */
#define XPAY_WEBHOOK_SIGNATURE_SIZE 128

XPAY_BEGIN_DECLS

/** Checks deliveries of one endpoint; made once, used by all threads, and by the children of a fork as well. */
typedef struct xpay_webhook_verifier xpay_webhook_verifier;

/** A clock: seconds since the epoch. Called once for each verification, on the calling thread. It must return. */
typedef int64_t (*xpay_clock)(void *context);

/** One of several secrets, while you change from one to the next. Text is copied. */
typedef struct xpay_webhook_secret {
    size_t size;        /**< set by XPAY_WEBHOOK_SECRET_INIT */
    const char *secret; /**< whsec_… of the endpoint, whole; required */
    /** how answers and logs name it, such as "2026-05": up to 63 printable ASCII characters; NULL: "" */
    const char *label;
    /** the last second in which it is accepted, since the epoch; 0: for ever */
    int64_t not_after;
} xpay_webhook_secret;

/** Initial value of an xpay_webhook_secret. */
#define XPAY_WEBHOOK_SECRET_INIT XPAY_INITIAL(xpay_webhook_secret)

/** How deliveries are checked. All that is zero keeps its default. Text is copied. */
typedef struct xpay_webhook_options {
    size_t size;        /**< set by XPAY_WEBHOOK_OPTIONS_INIT */
    const char *secret; /**< whsec_… of the endpoint, whole; required unless there are `secrets` */
    /** more that are accepted, while you change them: XPay tells of no time in which it signs with both */
    const xpay_webhook_secret *secrets;
    size_t secrets_count;      /**< how many; with `secret` at most 16 */
    int64_t tolerance_seconds; /**< 0: 300; XPAY_WEBHOOK_ANY_AGE: no limit */
    size_t max_body_bytes;     /**< larger bodies are refused; 0: XPAY_WEBHOOK_MAX_BODY_BYTES */
    xpay_clock clock;          /**< NULL: the system's */
    void *clock_context;       /**< given to clock */
} xpay_webhook_options;

/** Whose signature fitted. It is wholly written by every call that checks one, and has no initialiser. */
typedef struct xpay_webhook_match {
    /** of the secret; "" for one without and where nothing fits; lives as long as the verifier */
    const char *label;
    int64_t signed_at;    /**< the header's t: seconds since the epoch */
    uint64_t reserved[4]; /**< zero */
} xpay_webhook_match;

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
 * The initial value of one secret, for languages without macros.
 *
 * @param secret not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_webhook_secret_init(xpay_webhook_secret *secret, size_t size);

/**
 * Make a verifier.
 *
 * @param options not NULL; may be freed afterwards.
 * @param verifier receives it, to be freed with xpay_webhook_verifier_free(); NULL on failure.
 * @param error NULL allowed.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT, where error->param names the option, such as "secrets[1].label" (options or a
 *         secret not begun with their INIT; no secret at all, or more than 16; `secrets` NULL with a count; a secret that
 *         is NULL, does not begin with whsec_, has nothing behind that, or has a blank, a control character or a byte that
 *         is not ASCII in it; a label of more than 63 bytes, with anything but printable ASCII, or with whsec_ in it; a
 *         negative not_after; a negative tolerance other than XPAY_WEBHOOK_ANY_AGE); XPAY_ERROR_ABI (a member that this
 *         version does not know is not zero); XPAY_ERROR_UNSUPPORTED (OpenSSL has no HMAC with SHA-256);
 *         XPAY_ERROR_MEMORY.
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
 * Check that a delivery was signed with a secret that is still accepted, and lately.
 *
 * The header is checked first, then the length of the body, then every v1 signature against every secret in constant
 * time, then the age. The body is not looked into. The clock is asked once.
 *
 * @param verifier not NULL.
 * @param body the raw bytes; NULL only with length 0.
 * @param length of the body in bytes.
 * @param header value of XPay-Signature; NULL when there was none.
 * @param match receives which secret it was; NULL allowed.
 * @param error NULL allowed.
 * @return XPAY_OK; XPAY_ERROR_SIGNATURE_MISSING (no header, or a blank one); XPAY_ERROR_SIGNATURE_MALFORMED (no t or
 *         no v1 in it, longer than 8 KiB, more than 32 v1); XPAY_ERROR_TOO_LARGE (the body is over max_body_bytes);
 *         XPAY_ERROR_SIGNATURE_MISMATCH (wrong secret, one past its not_after, or the body was changed on its way);
 *         XPAY_ERROR_SIGNATURE_EXPIRED (well signed, but too long ago or in the future: a replay, or a wrong clock);
 *         XPAY_ERROR_ARGUMENT; XPAY_ERROR_MEMORY. Answer all but the last two with 4xx.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_webhook_verify(xpay_webhook_verifier *verifier,
                                                         const void *body, size_t length,
                                                         const char *header,
                                                         xpay_webhook_match *match,
                                                         xpay_error *error);

/**
 * Verify a delivery and decode its event.
 *
 * @param verifier not NULL.
 * @param body the raw bytes.
 * @param length of the body in bytes.
 * @param header value of XPay-Signature; NULL when there was none.
 * @param event receives the event, to be freed with xpay_object_free(); NULL on failure.
 * @param error NULL allowed.
 * @return what xpay_webhook_verify() returns, and for a body that was signed what xpay_event_decode() returns.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_webhook_construct_event(xpay_webhook_verifier *verifier,
                                                                  const void *body, size_t length,
                                                                  const char *header,
                                                                  xpay_event **event,
                                                                  xpay_error *error);

/**
 * Decode an event whose signature was checked before: through a stream, or when it was put into a store or a queue.
 *
 * Never give it what came from the net unchecked: anybody can write an event.
 *
 * An event whose type has no kind of its own is never refused for what it carries. An object that cannot be read is
 * left out then; it is there as JSON, at "/data/object" of xpay_object_get(), and xpay_object_fault() tells why.
 *
 * @param body the raw bytes.
 * @param length of the body in bytes.
 * @param match what the check said, of which the label becomes the event's secret_label; a label that you have stored
 *        will do; NULL allowed.
 * @param event receives the event, to be freed with xpay_object_free(); NULL on failure.
 * @param error NULL allowed.
 * @return XPAY_OK, also for types, objects and an api_version that this version does not know; XPAY_ERROR_JSON (not
 *         JSON; a byte order mark or a NUL included); XPAY_ERROR_NOT_AN_EVENT (no event with id and type, or one of a
 *         type of its own kind without an object); XPAY_ERROR_DECODE (one of a type of its own kind, whose object has
 *         a wrong kind of value as its id, status or an amount; error->param is the place); XPAY_ERROR_ARGUMENT;
 *         XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_event_decode(const void *body, size_t length,
                                                       const xpay_webhook_match *match,
                                                       xpay_event **event, xpay_error *error);

/** A delivery whose body comes in pieces. */
typedef struct xpay_webhook_stream xpay_webhook_stream;

/**
 * Begin to check a delivery whose body comes in pieces: when its headers are there.
 *
 * What it needs is kept for deliveries to come, for 64 of them at a time: as long as no more are under way at once than
 * were before, and no more than 64, nothing is allocated but what OpenSSL's HMAC takes and gives back itself, however
 * large the bodies are. A stream belongs to one thread at a time.
 *
 * @param verifier not NULL; it must outlive the stream.
 * @param header value of XPay-Signature; NULL when there was none.
 * @param stream receives it, to be freed with xpay_webhook_stream_free(); NULL on failure.
 * @param error NULL allowed.
 * @return XPAY_OK; XPAY_ERROR_SIGNATURE_MISSING; XPAY_ERROR_SIGNATURE_MALFORMED (then the body need not be read);
 *         XPAY_ERROR_ARGUMENT; XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_webhook_stream_begin(xpay_webhook_verifier *verifier,
                                                               const char *header,
                                                               xpay_webhook_stream **stream,
                                                               xpay_error *error);

/**
 * Add the next piece of the body.
 *
 * @param stream not NULL.
 * @param bytes the next raw bytes; NULL only with length 0.
 * @param length how many.
 * @param error NULL allowed.
 * @return XPAY_OK; XPAY_ERROR_TOO_LARGE (over max_body_bytes: answer 413 and stop reading); XPAY_ERROR_ARGUMENT (also
 *         after the stream was finished).
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_webhook_stream_update(xpay_webhook_stream *stream,
                                                                const void *bytes, size_t length,
                                                                xpay_error *error);

/**
 * Say whether the delivery is from XPay, when all of its body was added. Nothing of the body is to be believed before.
 *
 * The age is that of this moment. To decode the body that you have kept, see xpay_event_decode(); where there is an
 * inbox, xpay_inbox_process_stream() does both.
 *
 * @param stream not NULL; it stays to be freed.
 * @param match receives which secret it was; NULL allowed.
 * @param error NULL allowed.
 * @return as xpay_webhook_verify(); XPAY_ERROR_ARGUMENT also when it is called twice.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_webhook_stream_finish(xpay_webhook_stream *stream,
                                                                xpay_webhook_match *match,
                                                                xpay_error *error);

/**
 * End a stream, finished or not.
 *
 * @param stream NULL allowed.
 */
XPAY_API void xpay_webhook_stream_free(xpay_webhook_stream *stream);

/**
 * Write the header that XPay would send with a body, for your tests.
 *
 * @param secret whsec_…; not NULL.
 * @param timestamp seconds since the epoch, not negative.
 * @param body the raw bytes; NULL only with length 0.
 * @param length of the body in bytes.
 * @param header receives "t=…,v1=…", NUL-terminated.
 * @param size of header in bytes; XPAY_WEBHOOK_SIGNATURE_SIZE suffices.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT; XPAY_ERROR_UNSUPPORTED (OpenSSL has no HMAC with SHA-256); XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_webhook_sign(const char *secret, int64_t timestamp,
                                                       const void *body, size_t length,
                                                       char *header, size_t size);

XPAY_END_DECLS

#endif
