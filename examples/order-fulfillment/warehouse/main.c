/*
 * The warehouse: a small service with a database of its own, which ships what it is told to, each key once.
 *
 *   POST /shipments   Idempotency-Key: <key>, any JSON   201 shipped; 200 shipped before; 409 another body
 *   GET /shipments    what was shipped, and how often a shipment was asked for again
 */
#include "db.h"
#include "http.h"
#include "settings.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static const char *const first[] = {
    "CREATE TABLE shipments ("
    "  key TEXT PRIMARY KEY,"
    "  body TEXT NOT NULL,"
    "  asked INTEGER NOT NULL," /* how often */
    "  shipped_at INTEGER NOT NULL"
    ") STRICT",
    NULL,
};

static const char *const *const schema[] = {first, NULL};

static void ship(void *context, const struct http_request *request, struct http_reply *reply)
{
    struct db *db = context;
    const char *key = http_header(request, "Idempotency-Key");
    if (!key || !id_is_plain(key) || request->body_length != strlen(request->body)) {
        http_say(reply, 400, "A shipment needs an Idempotency-Key and a text.");
        return;
    }
    bool shipped = false, again = false;
    struct tx tx = {.db = db};
    while (tx_attempt(&tx)) {
        shipped = tx_run(&tx,
                         "INSERT INTO shipments (key, body, asked, shipped_at)"
                         " VALUES ($1, $2, 1, $3) ON CONFLICT DO NOTHING",
                         DB_VALUES(TEXT_(key), TEXT_(request->body), NUMBER_(now_ms()))) > 0;
        again = !shipped && tx_run(&tx,
                                   "UPDATE shipments SET asked = asked + 1"
                                   " WHERE key = $1 AND body = $2",
                                   DB_VALUES(TEXT_(key), TEXT_(request->body))) > 0;
    }
    if (tx.result != DB_OK)
        http_say(reply, 503, "Try again.");
    else if (shipped)
        http_say(reply, 201, "Shipped.");
    else if (again)
        http_say(reply, 200, "Shipped before.");
    else
        http_say(reply, 409, "That key is of another shipment.");
}

static void list(void *context, const struct http_request *request, struct http_reply *reply)
{
    struct db *db = context;
    int64_t count = 0, repeats = 0;
    struct text shipments = {0};
    (void)request;
    struct tx tx = {.db = db};
    while (tx_attempt(&tx)) {
        text_free(&shipments);
        count = repeats = 0;
        struct rows *rows = tx_query(
            &tx, "SELECT key, asked, body FROM shipments ORDER BY shipped_at, key", NULL, 0);
        for (; rows_next(rows); count++) {
            repeats += rows_number(rows, 1) - 1;
            text_add(&shipments, count ? "," : "");
            json_addf(&shipments, "{\"key\":%s,\"asked\":%" PRId64 ",\"body\":%s}",
                      rows_text(rows, 0), rows_number(rows, 1), rows_text(rows, 2));
        }
        rows_close(rows);
    }
    if (tx.result != DB_OK || shipments.failed) {
        http_say(reply, 503, "Try again.");
    } else {
        reply->type = "application/json";
        json_addf(&reply->body, "{\"count\":%" PRId64 ",\"repeats\":%" PRId64 ",\"shipments\":[",
                  count, repeats);
        text_add(&reply->body, shipments.bytes ? shipments.bytes : "");
        text_add(&reply->body, "]}\n");
    }
    text_free(&shipments);
}

static const struct http_route routes[] = {
    {"POST", "/shipments", 0, ship},
    {"GET", "/shipments", 0, list},
    {NULL, NULL, 0, NULL},
};

int main(int argc, char **argv)
{
    int64_t port;
    const char *database_url, *port_file;
    struct http_options http = {.password = "", .routes = routes};
    (void)argv;
    if (argc > 1) {
        fputs("usage: warehouse\n"
              "Settings, from the environment: DATABASE_URL (sqlite:warehouse.db), PORT (8081; 0 "
              "takes a free one), BIND (127.0.0.1), PORT_FILE\n",
              stderr);
        return 2;
    }
    if (!setting("DATABASE_URL", "sqlite:warehouse.db", &database_url) ||
        !setting("PORT_FILE", "", &port_file) || !setting("BIND", "127.0.0.1", &http.address) ||
        !setting_number("PORT", 8081, 0, 65535, &port))
        return 2;

    int number, result = 1;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);

    struct db *db = db_open(database_url, schema);
    if (!db)
        return 1;
    http.context = db;
    http.port = (int)port;
    struct http_server *server = http_open(&http);
    if (server && http_start(server) && port_announce(port_file, http_port(server)) &&
        sigwait(&signals, &number) == 0)
        result = 0;
    http_stop(server);
    db_close(db);
    return result;
}
