/* Moments as text: ISO 8601 with zone, to and from milliseconds since the epoch. */
#ifndef XPAY_BASE_MOMENT_H
#define XPAY_BASE_MOMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Read "2026-05-01T10:00:00.000Z" or with an offset such as "+02:00"; seconds and fraction are optional, more than
 * three digits of fraction are dropped. False when it is not such a moment.
 */
bool xpay_time_parse(const char *text, size_t length, int64_t *milliseconds);

enum { XPAY_TIME_TEXT_SIZE = 32 };

/* Write "2026-05-01T10:00:00.000Z". */
void xpay_time_format(int64_t milliseconds, char text[XPAY_TIME_TEXT_SIZE]);

#endif
