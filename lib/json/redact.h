/* JSON for the eyes of a person: whatever is or looks like a secret is masked. The bytes need not be valid JSON. */
#ifndef XPAY_JSON_REDACT_H
#define XPAY_JSON_REDACT_H

#include <stddef.h>

/*
 * A copy of as many bytes and a NUL, to be freed with xpay_redact_free(); NULL when memory ran out. Masked are the
 * values of members that a field table marks as secret, wherever they stand, and words with the shape of a secret.
 */
char *xpay_redact_json(const char *bytes, size_t length);

/* NULL is allowed. `length` as above. */
void xpay_redact_free(char *text, size_t length);

#endif
