/* What a call came to: one number for the program, one name for the log. */
#ifndef XPAY_STATUS_H
#define XPAY_STATUS_H

#include <xpay/export.h>

/** What kind of result a call had. 0 is success; every other value is one of the constants below. */
typedef int32_t xpay_status;

/* Values are fixed for ever; new ones are added, none is renumbered. */
enum {
    XPAY_OK = 0,

    /* Found before anything was sent. */
    XPAY_ERROR_ARGUMENT = 1, /**< a value is missing, out of range or misshapen; `param` names it */
    XPAY_ERROR_MEMORY = 2,   /**< memory ran out */
    XPAY_ERROR_ABI = 3,      /**< the caller was built with newer headers than the library has */
    XPAY_ERROR_UNSUPPORTED = 4, /**< libcurl or OpenSSL on this machine lacks what is needed */
    XPAY_ERROR_ABSENT = 5,      /**< what was asked for is not in the object */
    XPAY_ERROR_OVERFLOW = 6,    /**< an amount does not fit, or currencies would be mixed */

    /* The exchange with XPay failed below HTTP. */
    XPAY_ERROR_RESOLVE = 100,         /**< the host name (of XPay or the proxy) has no address */
    XPAY_ERROR_CONNECT = 101,         /**< no connection could be made */
    XPAY_ERROR_TLS_HANDSHAKE = 102,   /**< TLS could not be agreed on (version, cipher) */
    XPAY_ERROR_TLS_CERTIFICATE = 103, /**< the server's certificate is not to be trusted */
    XPAY_ERROR_NETWORK = 104,         /**< the connection broke while it was in use */
    XPAY_ERROR_TIMEOUT = 105,         /**< the time allowed ran out */
    XPAY_ERROR_CANCELED = 106,        /**< another thread canceled the call */
    XPAY_ERROR_PROTOCOL = 107,        /**< what came back is not usable HTTP, or was a redirect */
    XPAY_ERROR_TOO_LARGE = 108,       /**< the answer, or a webhook's body, is over the limit */

    /* XPay answered with an error. */
    XPAY_ERROR_REQUEST = 200,        /**< the request is wrong (HTTP 400 and other 4xx) */
    XPAY_ERROR_AUTHENTICATION = 201, /**< the API key is missing, wrong or rolled (401) */
    XPAY_ERROR_PERMISSION = 202, /**< the key may not do this, or the account is not live (403) */
    XPAY_ERROR_NOT_FOUND = 203,  /**< no such object in this mode (404) */
    XPAY_ERROR_CONFLICT = 204,   /**< the object's state does not allow it now (409) */
    XPAY_ERROR_IDEMPOTENCY =
        205,                     /**< the idempotency key belongs to another request or is in use */
    XPAY_ERROR_RATE_LIMIT = 206, /**< too many requests (429) */
    XPAY_ERROR_SERVER = 207,     /**< XPay failed (5xx, 408) */

    /* The bytes could not be read. */
    XPAY_ERROR_JSON = 300, /**< not JSON: syntax, encoding, a NUL, bytes after the value, a limit */
    XPAY_ERROR_DECODE = 301, /**< JSON, but not the object that was expected; `param` is the path */

    /* A webhook was refused. */
    XPAY_ERROR_SIGNATURE_MISSING = 400, /**< no XPay-Signature header, or an empty one */
    XPAY_ERROR_SIGNATURE_MALFORMED =
        401, /**< the header has no usable t or v1, or is over a limit */
    XPAY_ERROR_SIGNATURE_MISMATCH = 402, /**< no signature was made with a known secret */
    XPAY_ERROR_SIGNATURE_EXPIRED = 403,  /**< signed too long ago, or in the future */
    XPAY_ERROR_NOT_AN_EVENT = 404,       /**< signed and JSON, but not an event */

    /* A webhook could not be handled. */
    XPAY_ERROR_INBOX = 410,     /**< the inbox failed to claim or to commit */
    XPAY_ERROR_INBOX_BUSY = 411 /**< another worker has the event at this moment */
};

XPAY_BEGIN_DECLS

/**
 * Name of a status, such as "XPAY_ERROR_TIMEOUT".
 *
 * @param status any value.
 * @return static text, never NULL; "XPAY_ERROR_?" for a value that this library does not know.
 */
XPAY_API const char *xpay_status_name(xpay_status status);

/**
 * One short sentence that says what a status means.
 *
 * @param status any value.
 * @return static text, never NULL.
 */
XPAY_API const char *xpay_status_text(xpay_status status);

XPAY_END_DECLS

#endif
