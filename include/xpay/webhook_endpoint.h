/*
 * Webhook endpoints: where XPay sends events, and with which secret it signs them.
 *
 * The secret comes once, in the answer that makes the endpoint: store it where your server's other secrets are, and
 * give it to xpay_webhook_verifier_new(). To change it, make a second endpoint with the same URL, accept both secrets
 * for a while, then delete the first. An account has a limited number of endpoints in each mode.
 * Follows https://docs.xpay.app/integrate/webhooks/setting-up-an-endpoint.
 */
#ifndef XPAY_WEBHOOK_ENDPOINT_H
#define XPAY_WEBHOOK_ENDPOINT_H

#include <xpay/client.h>
#include <xpay/iterator.h>
#include <xpay/metadata.h>
#include <xpay/object.h>

/** Whether events are sent. */
enum {
    XPAY_WEBHOOK_ENDPOINT_STATUS_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_WEBHOOK_ENDPOINT_STATUS_ENABLED = 1, /**< they are */
    XPAY_WEBHOOK_ENDPOINT_STATUS_DISABLED = 2 /**< they are not */
};

/** Where events are sent. */
typedef struct xpay_webhook_endpoint {
    xpay_object base;
    const char *id;                    /**< we_… */
    const char *url;                   /**< of your server */
    const char *description;           /**< NULL when not given */
    int32_t status;                    /**< XPAY_WEBHOOK_ENDPOINT_STATUS_… */
    const char *const *enabled_events; /**< types of events, such as "refund.failed"; "*": all */
    size_t enabled_events_count;       /**< elements of enabled_events */
    const char *secret;        /**< whsec_…, only when just made, else NULL; wiped when freed */
    bool livemode;             /**< false for test mode */
    const xpay_json *metadata; /**< your own entries */
    int64_t created_at;        /**< milliseconds since the epoch, UTC */
    int64_t updated_at;        /**< milliseconds since the epoch, UTC */
} xpay_webhook_endpoint;

/** All webhook endpoints of an account in one mode. */
typedef struct xpay_webhook_endpoint_page {
    xpay_object base;
    const xpay_webhook_endpoint *const *data; /**< the endpoints, without their secrets */
    size_t data_count;                        /**< elements of data */
} xpay_webhook_endpoint_page;

/** @name Bits of xpay_webhook_endpoint_create_params.clear: send null for the member. */
/** @{ */
#define XPAY_WEBHOOK_ENDPOINT_CREATE_CLEAR_DESCRIPTION (UINT64_C(1) << 0)
#define XPAY_WEBHOOK_ENDPOINT_CREATE_CLEAR_METADATA    (UINT64_C(1) << 1)
/** @} */

/** A webhook endpoint to make. */
typedef struct xpay_webhook_endpoint_create_params {
    size_t size;             /**< set by XPAY_WEBHOOK_ENDPOINT_CREATE_PARAMS_INIT */
    uint64_t clear;          /**< XPAY_WEBHOOK_ENDPOINT_CREATE_CLEAR_… bits: send null */
    const char *url;         /**< required; https */
    const char *description; /**< for the dashboard */
    /** required: types of events, such as "refund.failed"; with no element, or only "*", all */
    const char *const *enabled_events;
    size_t enabled_events_count;    /**< elements of enabled_events */
    const xpay_text_pair *metadata; /**< your own entries; see metadata.h */
    size_t metadata_count;          /**< elements of metadata */
    const char *metadata_json;      /**< or JSON text: an object, not both */
} xpay_webhook_endpoint_create_params;

/** Initial value of an xpay_webhook_endpoint_create_params. */
#define XPAY_WEBHOOK_ENDPOINT_CREATE_PARAMS_INIT XPAY_INITIAL(xpay_webhook_endpoint_create_params)

/** @name Bits of xpay_webhook_endpoint_update_params.clear: send null for the member. */
/** @{ */
#define XPAY_WEBHOOK_ENDPOINT_UPDATE_CLEAR_DESCRIPTION (UINT64_C(1) << 0)
/** @} */

/** What to change of a webhook endpoint. What is not given stays as it is. */
typedef struct xpay_webhook_endpoint_update_params {
    size_t size;             /**< set by XPAY_WEBHOOK_ENDPOINT_UPDATE_PARAMS_INIT */
    uint64_t clear;          /**< XPAY_WEBHOOK_ENDPOINT_UPDATE_CLEAR_… bits: send null */
    const char *url;         /**< https */
    const char *description; /**< for the dashboard */
    const char *const *enabled_events; /**< replaces the old ones; no element, or only "*": all */
    size_t enabled_events_count;       /**< elements of enabled_events */
    int32_t status;                    /**< XPAY_WEBHOOK_ENDPOINT_STATUS_… */
    const xpay_text_pair *metadata;    /**< your own entries; see metadata.h */
    size_t metadata_count;             /**< elements of metadata */
    const char *metadata_json;         /**< or JSON text: an object, not both */
} xpay_webhook_endpoint_update_params;

/** Initial value of an xpay_webhook_endpoint_update_params. */
#define XPAY_WEBHOOK_ENDPOINT_UPDATE_PARAMS_INIT XPAY_INITIAL(xpay_webhook_endpoint_update_params)

XPAY_BEGIN_DECLS

/**
 * Make a webhook endpoint. Its secret is in this answer and in no other.
 *
 * XPay de-duplicates this call by its idempotency key, so the library repeats it while that is safe.
 *
 * Follows POST /webhook-endpoints, https://docs.xpay.app/integrate/webhooks/setting-up-an-endpoint.
 *
 * @param client not NULL.
 * @param params the endpoint; not NULL, may be freed afterwards.
 * @param options what this call does differently; NULL for the client's way.
 * @param endpoint receives the endpoint with its secret, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong, and what it may have done; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL, or a value that is missing, misshapen
 *         or excluded by another; error->param says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by
 *         XPay: XPAY_ERROR_REQUEST (XPay finds a value wrong, or the account has as many endpoints as it may),
 *         XPAY_ERROR_NOT_FOUND, XPAY_ERROR_CONFLICT, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION,
 *         XPAY_ERROR_IDEMPOTENCY, XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE,
 *         XPAY_ERROR_CONNECT, XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK,
 *         XPAY_ERROR_TIMEOUT, XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that
 *         cannot be read: XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_webhook_endpoint_create(
    xpay_client *client, const xpay_webhook_endpoint_create_params *params,
    const xpay_request_options *options, xpay_webhook_endpoint **endpoint, xpay_error *error);

/**
 * Read one webhook endpoint, without its secret.
 *
 * Follows GET /webhook-endpoints/{id}, https://docs.xpay.app/integrate/webhooks/setting-up-an-endpoint.
 *
 * @param client not NULL.
 * @param id we_…; not NULL.
 * @param options what this call does differently; NULL for the client's way.
 * @param endpoint receives the endpoint, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL or misshapen argument; error->param
 *         says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay: XPAY_ERROR_NOT_FOUND (no such
 *         endpoint in the key's mode), XPAY_ERROR_REQUEST, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION,
 *         XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT,
 *         XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT,
 *         XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that cannot be read:
 *         XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_webhook_endpoint_retrieve(
    xpay_client *client, const char *id, const xpay_request_options *options,
    xpay_webhook_endpoint **endpoint, xpay_error *error);

/**
 * Change a webhook endpoint.
 *
 * XPay de-duplicates this call by its idempotency key, so the library repeats it while that is safe.
 *
 * A repeat under a key that was used before is answered, but not done again. With keys of your own, give each
 * change a sequence number.
 *
 * Follows PATCH /webhook-endpoints/{id}, https://docs.xpay.app/integrate/webhooks/setting-up-an-endpoint.
 *
 * @param client not NULL.
 * @param id we_…; not NULL.
 * @param params what changes; not NULL, may be freed afterwards.
 * @param options what this call does differently; NULL for the client's way.
 * @param endpoint receives the endpoint as it now is, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong, and what it may have done; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL, or a value that is missing, misshapen
 *         or excluded by another; error->param says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by
 *         XPay: XPAY_ERROR_REQUEST (XPay finds a value wrong), XPAY_ERROR_NOT_FOUND (no such endpoint, or
 *         something that it refers to), XPAY_ERROR_CONFLICT, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION,
 *         XPAY_ERROR_IDEMPOTENCY, XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE,
 *         XPAY_ERROR_CONNECT, XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK,
 *         XPAY_ERROR_TIMEOUT, XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that
 *         cannot be read: XPAY_ERROR_JSON, XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_webhook_endpoint_update(
    xpay_client *client, const char *id, const xpay_webhook_endpoint_update_params *params,
    const xpay_request_options *options, xpay_webhook_endpoint **endpoint, xpay_error *error);

/**
 * Delete a webhook endpoint for good. No more events go there.
 *
 * It may be repeated at will. When an answer was lost and the repeat finds nothing, it is gone, and the call
 * succeeds. After an UNKNOWN outcome, call it again: XPAY_ERROR_NOT_FOUND then means that it is gone.
 *
 * Follows DELETE /webhook-endpoints/{id}, https://docs.xpay.app/integrate/webhooks/setting-up-an-endpoint.
 *
 * @param client not NULL.
 * @param id we_…; not NULL.
 * @param options what this call does differently; NULL for the client's way.
 * @param error receives what went wrong, and what it may have done; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL or misshapen argument; error->param
 *         says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay: XPAY_ERROR_REQUEST,
 *         XPAY_ERROR_NOT_FOUND (no such endpoint in the key's mode), XPAY_ERROR_CONFLICT,
 *         XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION, XPAY_ERROR_RATE_LIMIT, XPAY_ERROR_SERVER. On the
 *         way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT, XPAY_ERROR_TLS_HANDSHAKE, XPAY_ERROR_TLS_CERTIFICATE,
 *         XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT, XPAY_ERROR_CANCELED, XPAY_ERROR_PROTOCOL,
 *         XPAY_ERROR_TOO_LARGE. An answer that is not XPay's: XPAY_ERROR_JSON, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_webhook_endpoint_delete(
    xpay_client *client, const char *id, const xpay_request_options *options, xpay_error *error);

/**
 * List all webhook endpoints of the key's mode. There are no pages.
 *
 * Follows GET /webhook-endpoints, https://docs.xpay.app/integrate/webhooks/setting-up-an-endpoint.
 *
 * @param client not NULL.
 * @param options what this call does differently; NULL for the client's way.
 * @param page receives all of them, to be freed with xpay_object_free(); NULL on failure.
 * @param error receives what went wrong; NULL allowed.
 * @return XPAY_OK. Before anything is sent: XPAY_ERROR_ARGUMENT (a NULL or misshapen argument; error->param
 *         says which), XPAY_ERROR_ABI, XPAY_ERROR_MEMORY. Refused by XPay: XPAY_ERROR_REQUEST,
 *         XPAY_ERROR_NOT_FOUND, XPAY_ERROR_AUTHENTICATION, XPAY_ERROR_PERMISSION, XPAY_ERROR_RATE_LIMIT,
 *         XPAY_ERROR_SERVER. On the way: XPAY_ERROR_RESOLVE, XPAY_ERROR_CONNECT, XPAY_ERROR_TLS_HANDSHAKE,
 *         XPAY_ERROR_TLS_CERTIFICATE, XPAY_ERROR_NETWORK, XPAY_ERROR_TIMEOUT, XPAY_ERROR_CANCELED,
 *         XPAY_ERROR_PROTOCOL, XPAY_ERROR_TOO_LARGE. An answer that cannot be read: XPAY_ERROR_JSON,
 *         XPAY_ERROR_DECODE, XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_webhook_endpoint_list(xpay_client *client,
                                                                const xpay_request_options *options,
                                                                xpay_webhook_endpoint_page **page,
                                                                xpay_error *error);

/**
 * Walk all webhook endpoints, one after the other, as other lists are walked: see iterator.h. XPay gives them all at once.
 *
 * Nothing is sent yet. Follows GET /webhook-endpoints, https://docs.xpay.app/integrate/webhooks/setting-up-an-endpoint.
 *
 * @param client not NULL; to be freed after the iterator.
 * @param options what the request does differently; NULL for the client's way. Copied; its `cancel` must
 *        outlive the iterator.
 * @param iterator receives the iterator, whose items are xpay_webhook_endpoint; to be freed with xpay_iterator_free().
 *        NULL on failure.
 * @param error receives what went wrong; NULL allowed.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT (a NULL or a misshapen value; error->param says which), XPAY_ERROR_ABI,
 *         XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status
xpay_webhook_endpoint_iterate(xpay_client *client, const xpay_request_options *options,
                              xpay_iterator **iterator, xpay_error *error);

/**
 * The same initial value as XPAY_WEBHOOK_ENDPOINT_CREATE_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_webhook_endpoint_create_params_init(xpay_webhook_endpoint_create_params *params,
                                                       size_t size);

/**
 * The same initial value as XPAY_WEBHOOK_ENDPOINT_UPDATE_PARAMS_INIT, for languages without macros.
 *
 * @param params not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_webhook_endpoint_update_params_init(xpay_webhook_endpoint_update_params *params,
                                                       size_t size);

XPAY_END_DECLS

#endif
