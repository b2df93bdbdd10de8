/* A server whose every move is written in the test: a thread for each connection, with TLS if it has a certificate. */
#ifndef WIRE_SERVER_H
#define WIRE_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct server;
struct certificate;

enum { REQUEST_SIZE = 16384 };

/* One connection. */
struct peer {
    struct server *server;
    void *context; /* the server's */
    int fd;
    void *tls;
    char request[REQUEST_SIZE]; /* the last one, NUL-terminated */
    size_t length;              /* of it, and of what came behind it */
    size_t request_length;
};

/* What is done with a connection once it is there; it is closed afterwards. */
typedef void serve_function(struct peer *peer);

struct server *server_start(serve_function *serve, void *context,
                            const struct certificate *certificate);
void server_stop(struct server *server);
uint16_t server_port(const struct server *server);

/* Connections that were opened, also those on which TLS failed; requests that were read whole. */
long server_connections(struct server *server);
long server_requests(struct server *server);

/* Wait until all connections are over: what they were to do is done. */
void server_drain(struct server *server);

/* Whether the server is being stopped: loops end then. */
bool server_is_stopping(struct server *server);

/* Read one whole request. False when the client closed. */
bool peer_read(struct peer *peer);
void peer_write(struct peer *peer, const char *bytes, size_t length);

/* An answer with this status line ("429 Too Many Requests"), more header lines ("" or each with \r\n) and JSON. */
void peer_answer(struct peer *peer, const char *status, const char *headers, const char *json);

/* Ask the sandbox on that port what the client asked, and pass its answer on unless `lose`. */
void peer_forward(struct peer *peer, uint16_t port, bool lose);

/* The value of a header of the last request, copied; "" when absent. */
void peer_header(const struct peer *peer, const char *name, char *value, size_t size);

#endif
