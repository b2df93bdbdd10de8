/*
 * Ids that nobody can guess, the clock, and the log.
 */
#ifndef SHOP_IDENTITY_H
#define SHOP_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Room for any id, ours or XPay's, NUL included. */
enum { ID_SIZE = 128 };

/* "ord_" and 128 random bits. False when the system has no randomness to give. */
bool id_make(char id[ID_SIZE], const char *prefix);

/* Whether text from outside can be kept as an id: there, not empty, and not too long. */
bool id_fits(const char *text);

/* Milliseconds since the epoch. */
int64_t now_ms(void);

/* Whether text is an id that may go into a path or a header: letters, digits, _ and - only. */
bool id_is_plain(const char *text);

/* Any number from 0 on, below most; for waiting, not for secrets. */
int64_t random_below(int64_t most);

/* One line on standard error, with the time. Keys and secrets have no business in it. */
void log_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
