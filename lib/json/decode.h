/* From an answer's bytes to a tree of structs. */
#ifndef XPAY_JSON_DECODE_H
#define XPAY_JSON_DECODE_H

#include <xpay/object.h>

/*
 * Decode `length` bytes as a root object of `type`. The bytes are copied; so is `response` with its texts, NULL for
 * none.
 *
 * XPAY_OK, XPAY_ERROR_JSON (offset says where), XPAY_ERROR_DECODE (param is the JSON pointer), XPAY_ERROR_MEMORY. Of
 * `error` (NULL allowed) only status, param, message and offset are written.
 */
xpay_status xpay_decode(const xpay_type *type, const char *bytes, size_t length,
                        const xpay_response *response, void **object, xpay_error *error);

/* XPAY_ERROR_DECODE because of a fault: param is its path. Returns the status. */
xpay_status xpay_fail_by_fault(xpay_error *error, const xpay_fault *fault);

/*
 * Fill type, code, param, message, doc_url and request_id of `error` from an error answer's body. False when the body
 * is not XPay's error envelope; then nothing is written.
 */
bool xpay_decode_api_error(const char *bytes, size_t length, xpay_error *error);

#endif
