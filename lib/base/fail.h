/* Filling in xpay_error, at the place that knows. */
#ifndef XPAY_BASE_FAIL_H
#define XPAY_BASE_FAIL_H

#include <xpay/error.h>

/* All zero, status XPAY_OK, offset -1. `error` may be NULL here and below. */
void xpay_error_clear(xpay_error *error);

/*
 * Set status, param and message (both cut to their fields, on one line, secrets scrubbed) and return the status, so
 * that callers write `return xpay_fail(...)`. The other members stay as they are. `param` may be NULL.
 */
xpay_status xpay_fail(xpay_error *error, xpay_status status, const char *param, const char *format,
                      ...) __attribute__((format(printf, 4, 5)));

/* Copy text into a fixed field: cut at a UTF-8 boundary, control characters to blanks; NULL as "". */
void xpay_plain_text(char *field, size_t size, const char *text);

/* The same for a field of an error: secrets are scrubbed as well. */
void xpay_error_text(char *field, size_t size, const char *text);

#endif
