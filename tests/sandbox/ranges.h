/* The list filters that are a small language: eq:100, bt:10,100, gt:50, lt:200 for amounts;
 * eq:2024-01-01, bt:2024-01-01,2024-12-31, last:7,days for dates. */
#ifndef SANDBOX_RANGES_H
#define SANDBOX_RANGES_H

#include <stdbool.h>
#include <stdint.h>

/* Both ends belong to it. */
struct range {
    int64_t least, most;
};

/* False if the text is not a filter of amounts. */
bool range_read_amount(const char *text, struct range *out);
/* In milliseconds since the epoch; days begin when they do in ZONE, an IANA name. False if the
 * text is not a filter of dates. */
bool range_read_date(const char *text, const char *zone, int64_t now, struct range *out);

bool range_holds(const struct range *range, int64_t value);

#endif
