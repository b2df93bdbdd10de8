/* Time zones by their IANA names, read from the system's files: the process has one TZ only, and
 * several threads. */
#ifndef SANDBOX_ZONES_H
#define SANDBOX_ZONES_H

#include <stdbool.h>
#include <stdint.h>

bool zone_is_known(const char *name);
/* LOCAL: milliseconds since the epoch as a clock in that zone (which is known) counts them. */
int64_t zone_to_utc(const char *name, int64_t local);

#endif
