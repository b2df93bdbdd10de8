/*
 * Logging and tracing: what the library does, told to you with every secret already taken out.
 *
 * Both are off unless you set them in the client's options. The library itself prints nothing.
 */
#ifndef XPAY_LOG_H
#define XPAY_LOG_H

#include <xpay/error.h>

XPAY_BEGIN_DECLS

/** How much a message matters. */
enum {
    XPAY_LOG_ERROR = 1, /**< an operation failed, or is in doubt */
    XPAY_LOG_WARN = 2,  /**< an attempt failed and is repeated; the clock is off */
    XPAY_LOG_INFO = 3,  /**< each operation, when it ends */
    XPAY_LOG_DEBUG = 4  /**< each attempt, each wait */
};

/**
 * Receives log lines.
 *
 * Called on the thread that makes the call, with no lock held; by several threads at a time. It must not make calls
 * on the same client. It must return: no C++ exception and no longjmp() may leave it.
 *
 * @param context from the client's options.
 * @param level XPAY_LOG_….
 * @param message one line without its end, redacted; valid during the call.
 */
typedef void (*xpay_log)(void *context, int32_t level, const char *message);

/** When in the life of an attempt a trace event comes. */
enum {
    XPAY_TRACE_REQUEST = 1, /**< the attempt begins */
    XPAY_TRACE_RESPONSE = 2 /**< it is over: answered or failed */
};

/** One step of one attempt. All texts are redacted and valid during the callback. Times are microseconds. */
typedef struct xpay_trace_event {
    size_t size;                 /**< of this struct in the library that fills it in */
    int32_t kind;                /**< XPAY_TRACE_… */
    int32_t attempt;             /**< 1 for the first */
    const char *operation;       /**< such as "refund_create" */
    const char *method;          /**< such as "POST" */
    const char *path;            /**< without host; ids in it stay, the query is left out */
    const char *idempotency_key; /**< NULL for reads */
    const char *body;            /**< redacted JSON; NULL unless the client asks for bodies */
    size_t body_length;          /**< bytes in body */
    xpay_status status;          /**< response: what the attempt came to */
    int32_t http_status;         /**< response: 0 when there was none */
    const char *request_id;      /**< response: NULL when XPay gave none */
    int64_t name_lookup_us;      /**< response: start until the name was resolved */
    int64_t connect_us;          /**< response: start until TCP was connected */
    int64_t tls_us;              /**< response: start until TLS was set up; 0 without TLS */
    int64_t first_byte_us;       /**< response: start until the first byte of the answer */
    int64_t total_us;            /**< response: start until the end of the attempt */
    bool connection_reused;      /**< response: no new connection was needed */
} xpay_trace_event;

/**
 * Receives trace events; the same rules as for xpay_log.
 *
 * @param context from the client's options.
 * @param event valid during the call.
 */
typedef void (*xpay_trace)(void *context, const xpay_trace_event *event);

XPAY_END_DECLS

#endif
