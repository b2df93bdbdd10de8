/*
 * Settings from the environment. What is missing or misshapen is said on standard error, by name and without its
 * value, since the value may be a secret.
 */
#ifndef SHOP_SETTINGS_H
#define SHOP_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

/* The value; the fallback when it is not set or empty. NULL as fallback makes it required. */
bool setting(const char *name, const char *fallback, const char **value);
bool setting_number(const char *name, int64_t fallback, int64_t least, int64_t most,
                    int64_t *value);

/* Tell a supervisor which port was taken: the number alone in a file, which appears complete. */
bool port_announce(const char *path, int port);

#endif
