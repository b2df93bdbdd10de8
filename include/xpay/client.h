/*
 * The client: a key, a place to send requests to, and a pool of connections.
 *
 * Make one at start-up and use it from all threads; it is freed once, when no call is running. A forked child may use
 * its parent's client: it opens connections of its own, and remembers none of the keys that the parent used (an intent
 * store remembers for both). Do not fork while another thread makes the process's first client.
 */
#ifndef XPAY_CLIENT_H
#define XPAY_CLIENT_H

#include <xpay/cancel.h>
#include <xpay/error.h>
#include <xpay/log.h>
#include <xpay/version.h>

XPAY_BEGIN_DECLS

typedef struct xpay_client xpay_client;

/**
 * How a client is set up. All that is zero keeps its default. Text is copied.
 *
 * What fails in a way that may pass (no connection, no answer, HTTP 408, 409 of a key in use, 429, 500, 502, 503, 504)
 * is repeated by the client itself, with the same bytes under the same key, where that cannot act twice. Before each
 * repeat it waits a random time of up to 0.5 s, 1 s, 2 s … 8 s, after what XPay asks to wait. All attempts and waits
 * together keep to timeout_ms.
 *
 * An outage is not made worse: a client has retry_budget repeats in reserve, shared by its threads. Each repeat takes
 * one. A call that XPay answers (with success, or with a refusal that is not repeated) puts one back if it was repeated
 * itself, else a tenth of one, never beyond the full reserve. While the reserve is empty nothing is repeated.
 */
typedef struct xpay_client_options {
    size_t size;              /**< set by XPAY_CLIENT_OPTIONS_INIT */
    uint32_t header_version;  /**< set by XPAY_CLIENT_OPTIONS_INIT; 0: not told */
    uint32_t max_connections; /**< open at the same time; further calls wait. Default 64 */
    const char *api_key;      /**< sk_test_…, sk_live_…, rk_test_… or rk_live_…; required */
    const char *base_url;     /**< default "https://api.xpay.app"; http for loopback hosts only */
    const char *ca_file;      /**< PEM file of trusted certificates; default: the system's */
    const char *proxy;        /**< proxy URL, never used for loopback; default: none */
    const char *app_name; /**< your application, for the User-Agent: "shop/2.1"; default: none */
    /** your name for the account, at most 64 characters: kept with intents, which no other account resolves */
    const char *account;
    int64_t timeout_ms;         /**< for a whole call; default 30,000 */
    int64_t connect_timeout_ms; /**< for making a connection; default 10,000 */
    int64_t
        max_retry_after_ms; /**< if XPay asks to wait longer, the call ends instead; default 20,000 */
    size_t max_response_bytes; /**< larger answers are refused; default 16 MiB */
    int32_t max_attempts;      /**< of one call, the first included; 1: never repeat. Default 4 */
    int32_t retry_budget;      /**< repeats in reserve; negative: no limit. Default 10 */
    const struct xpay_intent_store *intent_store; /**< see intent.h; copied. Default: none */
    xpay_log log;        /**< receives log lines; see log.h. Default: none */
    void *log_context;   /**< given to log */
    xpay_trace trace;    /**< receives an event for each request and response. Default: none */
    void *trace_context; /**< given to trace */
    int32_t log_level;   /**< lines up to this XPAY_LOG_…; default XPAY_LOG_WARN */
    bool trace_bodies;   /**< give trace the redacted bodies, too */
    bool proxy_from_environment; /**< without `proxy`: take http_proxy, https_proxy, no_proxy */
    bool
        send_live_mode; /**< add ?liveMode=true|false, so that XPay refuses a key of the wrong mode */
    uint8_t reserved[1]; /**< zero */
} xpay_client_options;

/** Initial value of an xpay_client_options. */
#ifdef __cplusplus
inline xpay_client_options xpay_client_options_initial()
{
    xpay_client_options options = xpay_client_options();
    options.size = sizeof(options);
    options.header_version = XPAY_VERSION_NUMBER;
    return options;
}
#define XPAY_CLIENT_OPTIONS_INIT xpay_client_options_initial()
#else
#define XPAY_CLIENT_OPTIONS_INIT                                                   \
    {                                                                              \
        .size = sizeof(xpay_client_options), .header_version = XPAY_VERSION_NUMBER \
    }
#endif

/** What one call does differently. All that is zero keeps the client's way. */
typedef struct xpay_request_options {
    size_t size; /**< set by XPAY_REQUEST_OPTIONS_INIT */
    const char *
        idempotency_key; /**< 1 to 255 of A-Z a-z 0-9 _ -; default: a new random one. Calls that read or delete send none */
    const char
        *order_reference;    /**< your order's id, for the intent store; not sent. Default: none */
    xpay_cancel *cancel;     /**< ends the call from another thread; default: none */
    int64_t timeout_ms;      /**< for the whole call; default: the client's */
    int32_t max_attempts;    /**< the first included; 1: never repeat. Default: the client's */
    bool no_idempotency_key; /**< send none: the call goes out once, on a connection of its own */
    uint8_t reserved[3];     /**< zero */
} xpay_request_options;

/** Initial value of an xpay_request_options. */
#define XPAY_REQUEST_OPTIONS_INIT XPAY_INITIAL(xpay_request_options)

/**
 * The initial value, for languages without macros. It does not tell the headers' version.
 *
 * @param options not NULL.
 * @param size of the struct as the caller knows it, in bytes: sizeof(xpay_client_options).
 */
XPAY_API void xpay_client_options_init(xpay_client_options *options, size_t size);

/**
 * The initial value, for languages without macros.
 *
 * @param options not NULL.
 * @param size of the struct as the caller knows it, in bytes: sizeof(xpay_request_options).
 */
XPAY_API void xpay_request_options_init(xpay_request_options *options, size_t size);

/**
 * Make a client. Nothing is sent.
 *
 * The first client of a process also initialises libcurl, in a way that is safe in any thread.
 *
 * @param options not NULL; may be freed afterwards.
 * @param client receives the client, to be freed with xpay_client_free(); NULL on failure.
 * @param error NULL allowed.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT (a key that is publishable or misshapen, a base URL that is neither https nor
 *         loopback, an unreadable CA file, …; error->param names the option); XPAY_ERROR_ABI (the caller was compiled
 *         with newer headers than the library has); XPAY_ERROR_UNSUPPORTED (libcurl is older than 7.87, or was built
 *         without OpenSSL, asynchronous DNS or thread-safe initialisation); XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_client_new(const xpay_client_options *options,
                                                     xpay_client **client, xpay_error *error);

/**
 * Close a client's connections, wipe its key and free it.
 *
 * In a forked child, the connections that the parent made are left alone: they are the parent's.
 *
 * @param client NULL allowed; no other thread may be using it.
 */
XPAY_API void xpay_client_free(xpay_client *client);

/**
 * Whether a client's key is a live one.
 *
 * @param client not NULL.
 * @return true for sk_live_ and rk_live_ keys.
 */
XPAY_API bool xpay_client_is_live(const xpay_client *client);

XPAY_END_DECLS

#endif
