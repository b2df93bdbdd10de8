/*
 * Secrets that are looked for: in every block of memory that is freed while watching, by whom it is freed, and in
 * every text that leaves the library. Memory is watched by this program's own free() and realloc(), which libraries
 * use as well; not under sanitizers, which bring theirs.
 */
#ifndef WIRE_CANARY_H
#define WIRE_CANARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/*
 * One more secret; copied. A `true` one is a key or an XPay secret; the others are texts of the caller's that only look
 * like one: they are masked in logs and traces, but are printed with the object that they are in.
 */
void canary_add(const char *secret, bool is_true);

/* Whether memory can be watched in this build. */
bool canary_can_watch(void);
void canary_watch(bool on);

/* How many blocks of memory were seen, and freed with a secret in them by the module with this name in its path. */
long canary_blocks_seen(void);
long canary_blocks_left(const char *module);
void canary_print_blocks(void);

/* Look into a text that anybody may read; counts. False when a secret is in it. */
bool canary_is_clean(const char *text, size_t length, bool only_true);
long canary_bytes_searched(void);

#endif
