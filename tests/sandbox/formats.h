/* String formats and patterns of the contract. */
#ifndef SANDBOX_FORMATS_H
#define SANDBOX_FORMATS_H

#include <regex.h>
#include <stdbool.h>
#include <stdint.h>

#include "text.h"

typedef bool (*format_check)(const char *text);

/* NULL if the format is not implemented. */
format_check format_find(const char *name);

/* Compiles an ECMAScript pattern of the simple kind that the contract uses; false (with the
 * reason appended) for a construct that POSIX has no equal for. */
bool pattern_compile(regex_t *out, const char *pattern, struct text *problem);

/* Milliseconds since the epoch of a date-time such as 2024-01-01T02:00:00+02:00. */
bool date_time_read(const char *text, int64_t *milliseconds);
/* Milliseconds between the epoch and the start of a date such as 2024-01-01, both in UTC. */
bool date_read(const char *text, int64_t *milliseconds);

/* http or https with a host: what a browser may be sent to. */
bool url_is_web(const char *url);
/* https, or http to this very machine. */
bool url_is_secure(const char *url);

#endif
