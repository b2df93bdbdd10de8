/* Numbers of JSON, read exactly from their digits. The bytes given are a number that was scanned, or text. */
#ifndef XPAY_JSON_NUMBER_H
#define XPAY_JSON_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Greatest magnitude of an integer that every JSON implementation carries exactly. */
#define XPAY_JSON_MAX_INTEGER INT64_C(9007199254740991)

/* The integer that a JSON number is, "1e2" and "100.0" included; false when it is none or beyond 2^53 - 1. */
bool xpay_number_to_integer(const char *bytes, size_t length, int64_t *integer);

/* The same from text: an optional minus and digits, nothing else. "50.00" might mean major units, so it is refused. */
bool xpay_number_from_text(const char *bytes, size_t length, int64_t *integer);

/* A double near the number, for display; false when the bytes are not a JSON number, or too large. */
bool xpay_number_to_double(const char *bytes, size_t length, double *number);

#endif
