/* The sandbox's clock: real time plus whatever a test has advanced it by.
 * Everything that an API object shows or that expires goes by it; signatures do not, because the
 * receiver of a webhook checks them against its own clock. */
#ifndef SANDBOX_CLOCK_H
#define SANDBOX_CLOCK_H

#include <stdint.h>

enum { CLOCK_ISO_SIZE = 40, CLOCK_DATE_SIZE = 24 };

#define MILLISECONDS_PER_MINUTE INT64_C(60000)
#define MILLISECONDS_PER_DAY    INT64_C(86400000)

int64_t clock_now(void);      /* sandbox time, milliseconds since the epoch */
int64_t clock_real(void);     /* real time, milliseconds since the epoch */
int64_t clock_advanced(void); /* by how much, milliseconds */
void clock_advance(int64_t milliseconds);

void clock_iso(char out[CLOCK_ISO_SIZE], int64_t milliseconds);   /* 2025-03-25T12:00:00.000Z */
void clock_date(char out[CLOCK_DATE_SIZE], int64_t milliseconds); /* 2025-03-25 */

#endif
