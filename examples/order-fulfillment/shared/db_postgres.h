/*
 * What PostgreSQL needs before it is asked anything: a URL without traps, messages without the password, and the
 * schema in its own words.
 */
#ifndef SHOP_DB_POSTGRES_H
#define SHOP_DB_POSTGRES_H

#include <stddef.h>

#include <libpq-fe.h>

/* The password of the URL, to be freed; "" without one. NULL when libpq could not use the URL, or would
 * take a part of the password for the host: words say so. libpq's own would quote it. */
char *postgres_check_url(const char *url, char *words, size_t size);

/* The first line of a message, with *** for the password. */
void postgres_redact(const char *message, const char *password, char *words, size_t size);

/* A statement of the schema, as SQLite writes it: INTEGER is BIGINT here, and tables are always strict. To be freed. */
char *postgres_schema(const char *sql);

void postgres_no_notice(void *context, const char *message);

#endif
