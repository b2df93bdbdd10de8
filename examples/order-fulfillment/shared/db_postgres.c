/*
 * The database as a PostgreSQL server, which many processes share: a few connections, one for each transaction that is
 * under way. A connection that was lost is made anew, and the transaction begins from the start; when it was lost amid
 * the commit, PostgreSQL is asked what came of it (pg_xact_status), so that nothing is done twice or forgotten.
 */
#include "db_driver.h"
#include "db_postgres.h"
#include "identity.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    CONNECTIONS_MOST = 8, /* of this process; PostgreSQL's max_connections is for all together */
    ANSWER_MS = 15000,    /* after that a silent server counts as lost */
    PARAMETERS_MOST = 16,
    OID_BIGINT = 20,
    OID_TEXT = 25
};

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

struct result_rows {
    struct rows rows;
    PGresult *result;
    int at;
};

static struct server *server_of(const struct tx *tx)
{
    return (struct server *)tx->db;
}

static PGconn *connection_of(const struct tx *tx)
{
    return ((struct session *)tx->session)->connection;
}

/* What a SQLSTATE means; the first row that it begins with. */
static const struct {
    const char *begins;
    enum db_result result;
    bool once_more, lost;
} meanings[] = {
    {"40001", DB_BUSY, true, false},  /* serialization failure */
    {"40P01", DB_BUSY, true, false},  /* deadlock */
    {"40003", DB_BUSY, true, true},   /* completion unknown: seen by the commit alone */
    {"55P03", DB_BUSY, false, false}, /* a row was held for too long */
    {"57014", DB_BUSY, false, false}, /* a statement took too long */
    {"57P", DB_BUSY, true, true},     /* the server goes down, or does not take anybody yet */
    {"08", DB_BUSY, true, true},      /* the connection */
    {"25006", DB_BUSY, true, true},   /* read-only: this is not the primary any more */
    {"25P", DB_BUSY, true, true},     /* it was idle for too long: this process was asleep */
    {"53", DB_BUSY, true, true},      /* out of connections, memory or disk */
    {"23", DB_REFUSED, false, false}, /* a constraint */
};

static void drop(struct session *session)
{
    PQfinish(session->connection);
    session->connection = NULL;
}

static void fail_with(struct tx *tx, const char *state, const char *words)
{
    for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++) {
        if (strncmp(state, meanings[i].begins, strlen(meanings[i].begins)) != 0)
            continue;
        if (meanings[i].once_more)
            tx_retry(tx, meanings[i].result, words);
        else
            tx_fail(tx, meanings[i].result, words);
        if (meanings[i].lost)
            drop(tx->session);
        return;
    }
    tx_fail(tx, DB_FAILED, words);
}

/* Connecting */

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

static void close_server(struct db *db)
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

static struct db *open_server(const char *url)
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
    close_server(&server->db);
    return NULL;
}

/* Asking */

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

static PGresult *ask(PGconn *connection, const char *sql, const struct db_value *values,
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
    if (!PQsendQueryParams(connection, sql, (int)count, types, texts, NULL, NULL, 0))
        return NULL;
    return last_result(connection);
}

/* What was answered, or the transaction has failed. */
static PGresult *check(struct tx *tx, PGresult *result)
{
    if (!result) {
        tx_retry(tx, DB_BUSY, "the connection to PostgreSQL was lost");
        drop(tx->session);
        return NULL;
    }
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return result;
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    /* libpq's own errors have no state: they are about the connection. */
    fail_with(tx, state ? state : "08", words ? words : "the connection to PostgreSQL was lost");
    PQclear(result);
    return NULL;
}

/* Transactions */

/* A session that nobody has, or NULL when none was given back in time. */
static struct session *take_session(struct server *server, int64_t deadline)
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

static void begin(struct tx *tx)
{
    char words[sizeof tx->words];
    struct server *server = server_of(tx);
    struct session *session = tx->session = take_session(server, tx->deadline);
    if (!session) {
        tx_fail(tx, DB_BUSY, "all connections are taken");
        return;
    }
    if (!session->connection)
        session->connection = connect_to(server, words, sizeof words);
    if (!session->connection)
        tx_retry(tx, DB_BUSY, words);
    else
        PQclear(
            check(tx, ask(session->connection, "BEGIN ISOLATION LEVEL READ COMMITTED", NULL, 0)));
}

static void end(struct tx *tx)
{
    struct server *server = server_of(tx);
    struct session *session = tx->session;
    if (!session)
        return;
    if (session->connection && PQtransactionStatus(session->connection) != PQTRANS_IDLE) {
        PGresult *result = ask(session->connection, "ROLLBACK", NULL, 0);
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
            drop(session);
        PQclear(result);
    }
    pthread_mutex_lock(&server->lock);
    session->taken = false;
    pthread_cond_signal(&server->given_back);
    pthread_mutex_unlock(&server->lock);
    tx->session = NULL;
}

/* The commit was sent and not answered: PostgreSQL knows what came of it, once it is back. */
static void learn_outcome(struct tx *tx, const char *transaction)
{
    char words[sizeof tx->words];
    struct session *session = tx->session;
    const struct db_value number = {.kind = DB_TEXT, .text = transaction};
    const char *fate = "";
    do {
        struct timespec pause = {.tv_nsec = 50 * 1000000};
        PGresult *result = NULL;
        if (!session->connection)
            session->connection = connect_to(server_of(tx), words, sizeof words);
        if (session->connection)
            result = ask(session->connection, "SELECT pg_xact_status(CAST($1 AS text)::xid8)",
                         &number, 1);
        if (PQresultStatus(result) != PGRES_TUPLES_OK)
            drop(session);
        else if (strcmp(PQgetvalue(result, 0, 0), "committed") == 0)
            fate = "committed";
        else if (strcmp(PQgetvalue(result, 0, 0), "aborted") == 0)
            fate = "aborted";
        PQclear(result);
        if (!*fate)
            nanosleep(&pause, NULL);
    } while (!*fate && now_ms() < tx->deadline + ANSWER_MS);
    if (strcmp(fate, "committed") == 0)
        return;
    if (*fate)
        tx_retry(tx, DB_BUSY, "the connection to PostgreSQL was lost amid a commit, which failed");
    else
        tx_fail(tx, DB_DOUBT, "the connection to PostgreSQL was lost amid a commit");
}

static void commit(struct tx *tx)
{
    char transaction[24] = "";
    PGresult *result = NULL;
    if (tx->wrote) { /* by that name its fate can be asked for */
        result =
            check(tx, ask(connection_of(tx), "SELECT pg_current_xact_id_if_assigned()", NULL, 0));
        if (!result)
            return;
        snprintf(transaction, sizeof transaction, "%.20s", PQgetvalue(result, 0, 0));
        PQclear(result);
    }
    result = ask(connection_of(tx), "COMMIT", NULL, 0);
    if (PQresultStatus(result) == PGRES_COMMAND_OK && strcmp(PQcmdStatus(result), "COMMIT") == 0) {
        PQclear(result);
        return;
    }
    /* A deferred refusal is an answer. All else may have come after the commit. */
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    bool refused = state && (strncmp(state, "23", 2) == 0 || strncmp(state, "400", 3) == 0) &&
                   strcmp(state, "40003") != 0;
    if (refused || !*transaction) {
        PQclear(check(tx, result));
        return;
    }
    PQclear(result);
    drop(tx->session);
    learn_outcome(tx, transaction);
}

/* Statements */

static int64_t run(struct tx *tx, const char *sql, const struct db_value *values, size_t count)
{
    PGresult *result = check(tx, ask(connection_of(tx), sql, values, count));
    int64_t changed = result ? strtoll(PQcmdTuples(result), NULL, 10) : 0;
    PQclear(result);
    return changed;
}

static struct rows *query(struct tx *tx, const char *sql, const struct db_value *values,
                          size_t count)
{
    struct result_rows *rows = (struct result_rows *)rows_new(tx, sizeof *rows);
    if (!rows)
        return NULL;
    rows->at = -1;
    rows->result = check(tx, ask(connection_of(tx), sql, values, count));
    return &rows->rows;
}

static bool next(struct rows *rows)
{
    struct result_rows *at = (struct result_rows *)rows;
    return ++at->at < PQntuples(at->result);
}

static const char *text(struct rows *rows, int column)
{
    const struct result_rows *at = (const struct result_rows *)rows;
    return PQgetisnull(at->result, at->at, column) ? NULL : PQgetvalue(at->result, at->at, column);
}

static int64_t number(struct rows *rows, int column)
{
    const char *digits = text(rows, column);
    return digits ? strtoll(digits, NULL, 10) : 0;
}

static void close_rows(struct rows *rows)
{
    PQclear(((struct result_rows *)rows)->result);
}

static void define(struct tx *tx, const char *sql)
{
    char *mine = postgres_schema(sql);
    if (mine)
        run(tx, mine, NULL, 0);
    else
        tx_fail(tx, DB_FAILED, "out of memory");
    free(mine);
}

const struct db_driver db_postgres = {
    .open = open_server,
    .close = close_server,
    .begin = begin,
    .commit = commit,
    .end = end,
    .run = run,
    .query = query,
    .define = define,
    .next = next,
    .number = number,
    .text = text,
    .close_rows = close_rows,
    .schema_lock = "SELECT pg_advisory_xact_lock(8017295)",
};
