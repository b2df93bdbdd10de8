/* Reading settings, and announcing a port. */
#include "settings.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool setting(const char *name, const char *fallback, const char **value)
{
    const char *given = getenv(name);
    *value = given && *given ? given : fallback;
    if (!*value)
        fprintf(stderr, "%s is not set; see --help.\n", name);
    return *value != NULL;
}

bool setting_number(const char *name, int64_t fallback, int64_t least, int64_t most, int64_t *value)
{
    const char *given = getenv(name);
    *value = fallback;
    if (!given || !*given)
        return true;
    char *end;
    errno = 0;
    long long number = strtoll(given, &end, 10);
    if (errno || *end || number < least || number > most) {
        fprintf(stderr, "%s must be a number from %" PRId64 " to %" PRId64 ".\n", name, least,
                most);
        return false;
    }
    *value = number;
    return true;
}

bool port_announce(const char *path, int port)
{
    if (!*path)
        return true;
    char temporary[4096];
    int length = snprintf(temporary, sizeof temporary, "%s.new", path);
    FILE *file = length > 0 && (size_t)length < sizeof temporary ? fopen(temporary, "w") : NULL;
    bool written = file && fprintf(file, "%d\n", port) > 0;
    if (file && fclose(file) != 0)
        written = false;
    if (!written || rename(temporary, path) != 0) {
        fprintf(stderr, "PORT_FILE cannot be written: %s\n", strerror(errno));
        return false;
    }
    return true;
}
