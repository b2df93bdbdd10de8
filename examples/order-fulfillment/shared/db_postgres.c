/*
 * The database as a PostgreSQL server, which many processes share: a few connections, one for each transaction that is
 * under way. A connection that was lost is made anew, and the transaction begins from the start; when it was lost amid
 * the commit, PostgreSQL is asked what came of it (pg_xact_status), so that nothing is done twice or forgotten.
 */
#include "db_postgres.h"
#include "identity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DOUBT_MS = 15000 }; /* how long beyond its time a transaction in doubt is asked about */

struct result_rows {
    struct rows rows;
    PGresult *result;
    int at;
};

static struct server *server_of(const struct tx *tx)
{
    return (struct server *)tx->db;
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
            postgres_drop(tx->session);
        return;
    }
    tx_fail(tx, DB_FAILED, words);
}

/* What was answered, or the transaction has failed. */
static PGresult *check(struct tx *tx, PGresult *result)
{
    if (!result) {
        tx_retry(tx, DB_BUSY, "the connection to PostgreSQL was lost");
        postgres_drop(tx->session);
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

static void begin(struct tx *tx)
{
    char words[sizeof tx->words];
    struct server *server = server_of(tx);
    struct session *session = tx->session = postgres_take(server, tx->deadline);
    if (!session) {
        tx_fail(tx, DB_BUSY, "all connections are taken");
        return;
    }
    if (!postgres_connect(server, session, words, sizeof words))
        tx_retry(tx, DB_BUSY, words);
    else
        PQclear(check(tx, postgres_ask(session, "BEGIN ISOLATION LEVEL READ COMMITTED", NULL, 0)));
}

static void end(struct tx *tx)
{
    struct server *server = server_of(tx);
    struct session *session = tx->session;
    if (!session)
        return;
    if (session->connection && PQtransactionStatus(session->connection) != PQTRANS_IDLE) {
        PGresult *result = postgres_ask(session, "ROLLBACK", NULL, 0);
        if (PQresultStatus(result) != PGRES_COMMAND_OK)
            postgres_drop(session);
        PQclear(result);
    }
    postgres_give_back(server, session);
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
        if (postgres_connect(server_of(tx), session, words, sizeof words))
            result =
                postgres_ask(session, "SELECT pg_xact_status(CAST($1 AS text)::xid8)", &number, 1);
        if (PQresultStatus(result) != PGRES_TUPLES_OK)
            postgres_drop(session);
        else if (strcmp(PQgetvalue(result, 0, 0), "committed") == 0)
            fate = "committed";
        else if (strcmp(PQgetvalue(result, 0, 0), "aborted") == 0)
            fate = "aborted";
        PQclear(result);
        if (!*fate)
            nanosleep(&pause, NULL);
    } while (!*fate && now_ms() < tx->deadline + DOUBT_MS);
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
        result = check(
            tx, postgres_ask(tx->session, "SELECT pg_current_xact_id_if_assigned()", NULL, 0));
        if (!result)
            return;
        snprintf(transaction, sizeof transaction, "%.20s", PQgetvalue(result, 0, 0));
        PQclear(result);
    }
    result = postgres_ask(tx->session, "COMMIT", NULL, 0);
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
    postgres_drop(tx->session);
    learn_outcome(tx, transaction);
}

/* Statements */

static int64_t run(struct tx *tx, const char *sql, const struct db_value *values, size_t count)
{
    PGresult *result = check(tx, postgres_ask(tx->session, sql, values, count));
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
    rows->result = check(tx, postgres_ask(tx->session, sql, values, count));
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
    .open = postgres_open,
    .close = postgres_close,
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
