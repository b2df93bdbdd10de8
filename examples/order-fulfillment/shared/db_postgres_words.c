/* The URL, the messages and the schema of PostgreSQL. */
#include "db_postgres.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void postgres_no_notice(void *context, const char *message)
{
    (void)context;
    (void)message;
}

/* An @ or / that was not written as %40 or %2F cuts the password short, and its rest becomes host, port
 * or database: libpq would name these in its messages. */
static bool has_trap(const PQconninfoOption *options)
{
    for (; options->keyword; options++) {
        const char *value = options->val;
        if (!value)
            continue;
        if ((strcmp(options->keyword, "host") == 0 || strcmp(options->keyword, "dbname") == 0) &&
            strchr(value, '@'))
            return true;
        if (strcmp(options->keyword, "port") == 0 && strspn(value, "0123456789,") != strlen(value))
            return true;
    }
    return false;
}

char *postgres_check_url(const char *url, char *words, size_t size)
{
    char *nobody_sees = NULL, *password = NULL;
    PQconninfoOption *options = PQconninfoParse(url, &nobody_sees);
    PQfreemem(nobody_sees);
    if (!options || has_trap(options)) {
        snprintf(words, size,
                 "DATABASE_URL is not of the form postgresql://user:password@host:port/name;"
                 " in a password, write @ : / ? # and %% as %%40 %%3A %%2F %%3F %%23 and %%25");
    } else {
        password = strdup("");
        for (const PQconninfoOption *at = options; at->keyword && password; at++)
            if (at->val && strcmp(at->keyword, "password") == 0) {
                free(password);
                password = strdup(at->val);
            }
        if (!password)
            snprintf(words, size, "out of memory");
    }
    PQconninfoFree(options);
    return password;
}

void postgres_redact(const char *message, const char *password, char *words, size_t size)
{
    size_t hidden = strlen(password), length = 0;
    while (*message && *message != '\n' && length + 4 < size) {
        if (hidden && strncmp(message, password, hidden) == 0) {
            memcpy(words + length, "***", 3);
            length += 3;
            message += hidden;
        } else {
            words[length++] = *message++;
        }
    }
    words[length] = '\0';
}

char *postgres_schema(const char *sql)
{
    static const char theirs[] = "INTEGER", strict[] = ") STRICT";
    char *out = malloc(strlen(sql) + 1); /* BIGINT is shorter */
    char *end = out;
    if (!out)
        return NULL;
    for (bool word = false; *sql; word = isalnum((unsigned char)sql[-1]) != 0) {
        if (!word && strncmp(sql, theirs, sizeof theirs - 1) == 0) {
            memcpy(end, "BIGINT", 6);
            end += 6;
            sql += sizeof theirs - 1;
        } else if (strcmp(sql, strict) == 0) {
            *end++ = ')';
            sql += sizeof strict - 1;
        } else {
            *end++ = *sql++;
        }
    }
    *end = '\0';
    return out;
}
