/* Connections to PostgreSQL: a few for the process, each connected when it is wanted, and asked with a time limit. */
#include "db_postgres.h"
#include "identity.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    ANSWER_MS = 15000, /* after that a silent server counts as lost */
    PARAMETERS_MOST = 16,
    OID_BIGINT = 20,
    OID_TEXT = 25
};

void postgres_drop(struct session *session)
{
    PQfinish(session->connection);
    session->connection = NULL;
}

static PGconn *connect_to(struct server *server, char *words, size_t size)
{
    /* What the URL says comes later, and counts. */
    const char *names[] = {"application_name",
                           "client_encoding",
                           "connect_timeout",
                           "keepalives_idle",
                           "keepalives_interval",
                           "keepalives_count",
                           "tcp_user_timeout",
                           "dbname",
                           NULL};
    const char *values[] = {"order-server", "UTF8",      "5", "10", "5", "3",
                            "15000",        server->url, NULL};
    PGconn *connection = PQconnectdbParams(names, values, 1);
    PGresult *result = NULL;
    if (PQstatus(connection) == CONNECTION_OK) {
        PQsetNoticeProcessor(connection, postgres_no_notice, NULL);
        /* A process that sleeps must not hold rows for ever. */
        result = PQexec(connection, "SET lock_timeout = '5s'; SET statement_timeout = '10s';"
                                    "SET idle_in_transaction_session_timeout = '30s'");
        if (PQresultStatus(result) == PGRES_COMMAND_OK && PQsetnonblocking(connection, 1) == 0) {
            PQclear(result);
            return connection;
        }
    }
    postgres_redact(PQerrorMessage(connection), server->password, words, size);
    PQclear(result);
    PQfinish(connection);
    return NULL;
}

void postgres_close(struct db *db)
{
    struct server *server = (struct server *)db;
    for (size_t i = 0; i < CONNECTIONS_MOST; i++)
        PQfinish(server->sessions[i].connection);
    pthread_cond_destroy(&server->given_back);
    pthread_mutex_destroy(&server->lock);
    free(server->url);
    free(server->password);
    free(server);
}

struct db *postgres_open(const char *url)
{
    char words[256];
    char *password = postgres_check_url(url, words, sizeof words);
    struct server *server = password ? calloc(1, sizeof *server) : NULL;
    if (!server) {
        log_line("database: %s", password ? "out of memory" : words);
        free(password);
        return NULL;
    }
    server->password = password;
    server->url = strdup(url);
    pthread_mutex_init(&server->lock, NULL);
    pthread_cond_init(&server->given_back, NULL);
    if (!server->url) {
        log_line("database: out of memory");
    } else if (!(server->sessions[0].connection = connect_to(server, words, sizeof words))) {
        log_line("DATABASE_URL: %s", words);
    } else if (PQserverVersion(server->sessions[0].connection) < 130000) {
        log_line("DATABASE_URL: the server is older than PostgreSQL 13");
    } else {
        return &server->db;
    }
    postgres_close(&server->db);
    return NULL;
}

bool postgres_connect(struct server *server, struct session *session, char *words, size_t size)
{
    if (!session->connection)
        session->connection = connect_to(server, words, size);
    return session->connection != NULL;
}

struct session *postgres_take(struct server *server, int64_t deadline)
{
    struct session *session = NULL;
    struct timespec until = {.tv_sec = deadline / 1000, .tv_nsec = deadline % 1000 * 1000000};
    pthread_mutex_lock(&server->lock);
    for (bool in_time = true; !session && in_time;) {
        for (size_t i = CONNECTIONS_MOST;
             i-- > 0;) /* the first ones are wanted most: they are connected */
            if (!server->sessions[i].taken)
                session = &server->sessions[i];
        if (!session)
            in_time = pthread_cond_timedwait(&server->given_back, &server->lock, &until) == 0;
    }
    if (session)
        session->taken = true;
    pthread_mutex_unlock(&server->lock);
    return session;
}

void postgres_give_back(struct server *server, struct session *session)
{
    pthread_mutex_lock(&server->lock);
    session->taken = false;
    pthread_cond_signal(&server->given_back);
    pthread_mutex_unlock(&server->lock);
}

static bool wait_for(PGconn *connection, short events, int64_t until)
{
    struct pollfd at = {.fd = PQsocket(connection), .events = events};
    int64_t left = until - now_ms();
    return left > 0 && poll(&at, 1, (int)left) > 0;
}

/* The last result of what was sent. NULL when none came: the connection is of no use any more. */
static PGresult *last_result(PGconn *connection)
{
    int64_t until = now_ms() + ANSWER_MS;
    PGresult *last = NULL, *result;
    int left;
    while ((left = PQflush(connection)) == 1)
        if (!wait_for(connection, POLLIN | POLLOUT, until) || !PQconsumeInput(connection))
            return NULL;
    if (left != 0)
        return NULL;
    do {
        while (PQisBusy(connection))
            if (!wait_for(connection, POLLIN, until) || !PQconsumeInput(connection)) {
                PQclear(last);
                return NULL;
            }
        result = PQgetResult(connection);
        if (result) {
            PQclear(last);
            last = result;
        }
    } while (result);
    return last;
}

PGresult *postgres_ask(struct session *session, const char *sql, const struct db_value *values,
                       size_t count)
{
    Oid types[PARAMETERS_MOST];
    const char *texts[PARAMETERS_MOST];
    char numbers[PARAMETERS_MOST][24];
    if (count > PARAMETERS_MOST)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        bool number = values[i].kind == DB_NUMBER;
        types[i] = number ? OID_BIGINT : OID_TEXT;
        snprintf(numbers[i], sizeof numbers[i], "%lld", (long long)values[i].number);
        texts[i] = number ? numbers[i] : values[i].text;
    }
    if (!PQsendQueryParams(session->connection, sql, (int)count, types, texts, NULL, NULL, 0))
        return NULL;
    return last_result(session->connection);
}
