/*
 * What went wrong, what it may have done, and what to do next.
 *
 * An xpay_error is a plain struct that the caller owns, usually on the stack. Every call that takes one writes all of
 * it, on success too, so it needs no initialiser and holds no memory.
 */
#ifndef XPAY_ERROR_H
#define XPAY_ERROR_H

#include <xpay/status.h>

/**
 * Whether an operation took effect at XPay. It speaks of the whole operation, not of its last attempt, and is
 * meaningful after a call that could change something (create, update, expire, delete).
 */
enum {
    XPAY_OUTCOME_NONE = 0,     /**< success, or nothing of the kind was asked */
    XPAY_OUTCOME_NOT_SENT = 1, /**< the request never left: nothing happened */
    XPAY_OUTCOME_REJECTED = 2, /**< XPay refused it: nothing happened */
    XPAY_OUTCOME_APPLIED = 3,  /**< XPay did it, but its answer could not be read */
    XPAY_OUTCOME_UNKNOWN = 4   /**< it may have happened: ask again under the same key, or look */
};

/** What to do after a failure. */
enum {
    XPAY_NEXT_NONE = 0, /**< nothing to do */
    XPAY_NEXT_FIX = 1,  /**< correct the request, the key or the configuration first */
    XPAY_NEXT_SAME_KEY =
        2, /**< repeat the identical call, with `idempotency_key` if there is one */
    XPAY_NEXT_NEW_GENERATION =
        3,             /**< definitely refused: a later try is a new operation, new key */
    XPAY_NEXT_LOOK = 4 /**< do not repeat: retrieve or list, and see what happened */
};

/**
 * One failure, told to the program (numbers), to the person (message) and to support (request id).
 *
 * All text is UTF-8, NUL-terminated, cut to its field, on one line, and free of keys and secrets; "" when unknown.
 * The size is 2048 bytes in every version.
 */
typedef struct xpay_error {
    xpay_status status;     /**< the same value that the call returned */
    int32_t outcome;        /**< XPAY_OUTCOME_…: whether it may have happened */
    int32_t next_step;      /**< XPAY_NEXT_…: what to do now */
    int32_t http_status;    /**< of the last answer; 0 when there was none */
    int32_t attempts;       /**< requests that may have reached XPay */
    int32_t transport_code; /**< libcurl's CURLcode of the last attempt; 0 when it had none */
    int64_t offset;         /**< byte offset in the JSON where reading failed; -1 elsewhere */
    char type[32];          /**< XPay's error.type, such as "invalid_request_error" */
    char code[64];          /**< XPay's error.code, such as "resource_missing" */
    char param[160];        /**< the field concerned: a path in the request or in the answer */
    char message[640];      /**< for the log and the staff, never for a shopper */
    char doc_url[192];      /**< XPay's page about the code */
    char request_id[64];    /**< XPay's req_… of the failed request: quote it to support */
    char idempotency_key
        [256];              /**< the key under which the operation was, or would have been, sent */
    int64_t retry_after_ms; /**< how long XPay asked to wait before a repeat; 0 when it did not */
    char reserved[600];     /**< zero */
} xpay_error;

XPAY_BEGIN_DECLS

/**
 * Name of an outcome: "NONE", "NOT_SENT", "REJECTED", "APPLIED" or "UNKNOWN".
 *
 * @param outcome a value of xpay_error.outcome.
 * @return static text, never NULL; "?" for other values.
 */
XPAY_API const char *xpay_outcome_name(int32_t outcome);

/**
 * Name of a next step: "NONE", "FIX", "SAME_KEY", "NEW_GENERATION" or "LOOK".
 *
 * @param next_step a value of xpay_error.next_step.
 * @return static text, never NULL; "?" for other values.
 */
XPAY_API const char *xpay_next_step_name(int32_t next_step);

XPAY_END_DECLS

#endif
