/*
 * Raw requests: any method, path and JSON, for what this version of the library has no function for.
 *
 * A raw request goes the way of all others: the key, TLS and the connections of the client, its time limits, cancelling,
 * idempotency keys, outcome and next step, log and trace. Only what is in it, and in its answer, is yours to know:
 *
 *     xpay_raw_request_params params = XPAY_RAW_REQUEST_PARAMS_INIT;
 *     params.method = "PATCH";
 *     params.path = "/customers/cus_1";
 *     params.body = "{\"name\":\"Mona\"}";
 *     xpay_raw *answer;
 *     const char *name;
 *     if (xpay_raw_request(client, &params, NULL, &answer, &error) == XPAY_OK)
 *         name = xpay_json_get(answer->json, "name"); // lives as long as the answer
 *     xpay_object_free(answer);
 *
 * Where there is a function for an endpoint, use that: it knows what XPay de-duplicates, and checks what it sends.
 */
#ifndef XPAY_RAW_H
#define XPAY_RAW_H

#include <xpay/client.h>
#include <xpay/object.h>

/** The answer to a raw request. xpay_object_get() finds any value in it by JSON pointer. */
typedef struct xpay_raw {
    xpay_object base;
    /** what XPay answered, whatever kind of JSON; NULL when that was nothing (HTTP 204) */
    const xpay_json *json;
} xpay_raw;

/** What to send. */
typedef struct xpay_raw_request_params {
    size_t size;        /**< set by XPAY_RAW_REQUEST_PARAMS_INIT */
    const char *method; /**< "GET", "POST", "PATCH", "PUT" or "DELETE"; required */
    /** path and query, percent-encoded, such as "/products?active=true"; required */
    const char *path;
    const char *body; /**< JSON, sent as it is; NULL: none. GET and DELETE have none */
    /**
     * You know from XPay that it answers a repeat of this request under the same idempotency key from its store, and
     * does not act again: then the library may repeat it when an answer is lost. In doubt: false. GET and DELETE are
     * repeated in any case.
     */
    bool deduplicated;
    uint8_t reserved[7]; /**< zero */
} xpay_raw_request_params;

/** Initial value of an xpay_raw_request_params. */
#define XPAY_RAW_REQUEST_PARAMS_INIT XPAY_INITIAL(xpay_raw_request_params)

XPAY_BEGIN_DECLS

/**
 * Send any request to XPay.
 *
 * POST, PATCH and PUT carry an idempotency key. Unless you say that XPay de-duplicates them, they are not repeated by
 * the library once they may have arrived; after an UNKNOWN outcome, look before you send them again. An answer to a
 * DELETE that says that nothing is there counts as success where an earlier attempt's answer was lost.
 *
 * An intent store is given those that have a key as the operation "raw_request", or "raw_request_deduplicated" where you
 * said so, with method, path and body. Of these only the latter can be asked for again by xpay_resolve(), which gives an
 * xpay_raw; the others it leaves to a person.
 *
 * The path begins with one slash and is a part of the base URL's host: the API key goes nowhere else. Do not add
 * `liveMode`, the client does (xpay_client_options). Follows https://docs.xpay.app.
 *
 * @param client not NULL.
 * @param params what to send; not NULL, may be freed afterwards.
 * @param options what this call does differently; NULL for the client's way.
 * @param answer receives the answer, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong, and what it may have done; NULL allowed.
 * @return XPAY_OK for any 2xx. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL, a path that would lead elsewhere, a
 *         body that is not JSON, …; error->param says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay:
 *         XPAY_ERROR_REQUEST, XPAY_ERROR_NOT_FOUND (no such path, or no such object), XPAY_ERROR_CONFLICT,
 *         XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION, XPAY_ERROR_IDEMPOTENCY, XPAY_ERROR_RATE_LIMIT,
 *         XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT, XPAY_ERROR_TLS_HANDSHAKE,
 *         XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT, XPAY_ERROR_CANCELED,
 *         XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that is not JSON: XPAY_ERROR_JSON, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_raw_request(xpay_client *client,
                                                      const xpay_raw_request_params *params,
                                                      const xpay_request_options *options,
                                                      xpay_raw **answer, xpay_error *error);

/**
 * Read a raw answer as an object that this version knows, where an unknown endpoint answers with one.
 *
 * @param answer not NULL.
 * @param type the object's C name without the prefix, such as "customer"; NULL: what the answer says that it is in its
 *        member `object`.
 * @param object the address of a pointer to that type; it receives a root of its own, to be freed with
 *        xpay_object_free(), also when the answer is freed before; NULL on failure.
 * @param error receives what went wrong; NULL allowed.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT (a NULL; no type of that name that XPay answers with); XPAY_ERROR_DECODE (it is
 *         another object, or a member that matters cannot be read; error->param says which); XPAY_ERROR_JSON (nothing
 *         came: HTTP 204); XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_raw_read_as(const xpay_raw *answer, const char *type,
                                                      void *object, xpay_error *error);

/**
 * The same initial value as XPAY_RAW_REQUEST_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_raw_request_params_init(xpay_raw_request_params *params, size_t size);

XPAY_END_DECLS

#endif
