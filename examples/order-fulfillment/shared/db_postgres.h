/*
 * The parts of the PostgreSQL driver: sessions that are connected and asked (db_postgres_session.c); the URL without
 * traps, messages without the password, the schema in its own words (db_postgres_words.c); transactions (db_postgres.c).
 */
#ifndef SHOP_DB_POSTGRES_H
#define SHOP_DB_POSTGRES_H

#include "db_driver.h"

#include <pthread.h>
#include <stddef.h>

#include <libpq-fe.h>

enum {
    CONNECTIONS_MOST = 8
}; /* of this process; PostgreSQL's max_connections is for all together */

struct session {
    PGconn *connection; /* NULL: not yet, or not any more */
    bool taken;
};

struct server {
    struct db db;
    char *url, *password; /* the password as it may stand in messages; "" without one */
    pthread_mutex_t lock;
    pthread_cond_t given_back;
    struct session sessions[CONNECTIONS_MOST];
};

struct db *postgres_open(const char *url);
void postgres_close(struct db *db);

/* A session that nobody has, connected or not. NULL when none was given back in time. */
struct session *postgres_take(struct server *server, int64_t deadline);
void postgres_give_back(struct server *server, struct session *session);
/* Connects it, if need be. False: words say why. */
bool postgres_connect(struct server *server, struct session *session, char *words, size_t size);
/* It is of no use any more. */
void postgres_drop(struct session *session);
/* The answer to one statement; NULL when none came in time: then drop it. */
PGresult *postgres_ask(struct session *session, const char *sql, const struct db_value *values,
                       size_t count);

/* The password of the URL, to be freed; "" without one. NULL when libpq could not use the URL, or would
 * take a part of the password for the host: words say so. libpq's own would quote it. */
char *postgres_check_url(const char *url, char *words, size_t size);

/* The first line of a message, with *** for the password. */
void postgres_redact(const char *message, const char *password, char *words, size_t size);

/* A statement of the schema, as SQLite writes it: INTEGER is BIGINT here, and tables are always strict. To be freed. */
char *postgres_schema(const char *sql);

void postgres_no_notice(void *context, const char *message);

#endif
