#include "server.h"
#include "certificates.h"
#include "sockets.h"
#include "wire.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/ssl.h>

enum { PEERS = 512 };

struct server {
    uint16_t port;
    int listener;
    SSL_CTX *tls;
    serve_function *serve;
    void *context;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t left;
    struct peer *peers[PEERS]; /* that are there */
    int here;
    long connections, requests;
    bool stopping;
};

static void leave(struct peer *peer)
{
    struct server *server = peer->server;
    pthread_mutex_lock(&server->mutex);
    for (int i = 0; i < PEERS; i++)
        if (server->peers[i] == peer)
            server->peers[i] = NULL;
    close(peer->fd);
    server->here--;
    pthread_cond_broadcast(&server->left);
    pthread_mutex_unlock(&server->mutex);
    SSL_free(peer->tls);
    free(peer);
}

static void *serve_one(void *context)
{
    struct peer *peer = context;
    struct server *server = peer->server;
    bool ready = true;
    if (server->tls != NULL) {
        peer->tls = SSL_new(server->tls);
        SSL_set_fd(peer->tls, peer->fd);
        ready = SSL_accept(peer->tls) == 1;
    }
    if (ready)
        server->serve(peer);
    leave(peer);
    return NULL;
}

static void admit(struct server *server, int fd)
{
    struct peer *peer = calloc(1, sizeof *peer);
    pthread_t thread;
    if (peer == NULL)
        give_up("no memory for a connection");
    no_delay(fd);
    peer->server = server;
    peer->context = server->context;
    peer->fd = fd;
    pthread_mutex_lock(&server->mutex);
    int place = 0;
    while (place < PEERS && server->peers[place] != NULL)
        place++;
    if (place == PEERS)
        give_up("too many connections to a server");
    server->peers[place] = peer;
    server->here++;
    server->connections++;
    pthread_mutex_unlock(&server->mutex);
    if (pthread_create(&thread, NULL, serve_one, peer) != 0)
        give_up("no thread for a connection");
    pthread_detach(thread);
}

static void *listen_on(void *context)
{
    struct server *server = context;
    sigset_t broken_pipe; /* here, not in the program: the library must not need it */
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, NULL); /* inherited by the connections' threads */
    for (;;) {
        int fd = accept(server->listener, NULL, NULL);
        if (fd < 0)
            return NULL;
        admit(server, fd);
    }
}

struct server *server_start(serve_function *serve, void *context,
                            const struct certificate *certificate)
{
    struct server *server = calloc(1, sizeof *server);
    if (server == NULL)
        give_up("no memory for a server");
    server->serve = serve;
    server->context = context;
    server->tls = certificate == NULL ? NULL : certificate_context(certificate);
    server->listener = listen_on_any(&server->port);
    pthread_mutex_init(&server->mutex, NULL);
    pthread_cond_init(&server->left, NULL);
    if (pthread_create(&server->thread, NULL, listen_on, server) != 0)
        give_up("no thread for a server");
    return server;
}

void server_stop(struct server *server)
{
    shutdown(server->listener, SHUT_RDWR);
    pthread_join(server->thread, NULL);
    close(server->listener);
    pthread_mutex_lock(&server->mutex);
    server->stopping = true;
    for (int i = 0; i < PEERS; i++)
        if (server->peers[i] != NULL)
            shutdown(server->peers[i]->fd, SHUT_RDWR);
    while (server->here > 0)
        pthread_cond_wait(&server->left, &server->mutex);
    pthread_mutex_unlock(&server->mutex);
    SSL_CTX_free(server->tls);
    free(server);
}

uint16_t server_port(const struct server *server)
{
    return server->port;
}

void server_drain(struct server *server)
{
    pthread_mutex_lock(&server->mutex);
    while (server->here > 0)
        pthread_cond_wait(&server->left, &server->mutex);
    pthread_mutex_unlock(&server->mutex);
}

static long locked(struct server *server, const long *value)
{
    pthread_mutex_lock(&server->mutex);
    long now = *value;
    pthread_mutex_unlock(&server->mutex);
    return now;
}

long server_connections(struct server *server)
{
    return locked(server, &server->connections);
}

long server_requests(struct server *server)
{
    return locked(server, &server->requests);
}

bool server_is_stopping(struct server *server)
{
    pthread_mutex_lock(&server->mutex);
    bool stopping = server->stopping;
    pthread_mutex_unlock(&server->mutex);
    return stopping;
}

/* Length of the whole message at the beginning of `bytes`; 0 when it is not whole yet. */
static size_t whole(const char *bytes, size_t length)
{
    const char *end = strstr(bytes, "\r\n\r\n");
    if (end == NULL)
        return 0;
    size_t needed = (size_t)(end + 4 - bytes);
    for (const char *line = strstr(bytes, "\r\n"); line != NULL && line < end;
         line = strstr(line + 2, "\r\n"))
        if (strncasecmp(line + 2, "Content-Length:", 15) == 0)
            needed += strtoul(line + 17, NULL, 10);
    return needed <= length ? needed : 0;
}

bool peer_read(struct peer *peer)
{
    peer->length -= peer->request_length;
    memmove(peer->request, peer->request + peer->request_length, peer->length + 1);
    while ((peer->request_length = whole(peer->request, peer->length)) == 0) {
        size_t room = REQUEST_SIZE - 1 - peer->length;
        char *to = peer->request + peer->length;
        ssize_t got =
            peer->tls == NULL ? recv(peer->fd, to, room, 0) : SSL_read(peer->tls, to, (int)room);
        if (got <= 0)
            return false;
        peer->length += (size_t)got;
        peer->request[peer->length] = '\0';
    }
    pthread_mutex_lock(&peer->server->mutex);
    peer->server->requests++;
    pthread_mutex_unlock(&peer->server->mutex);
    return true;
}

void peer_write(struct peer *peer, const char *bytes, size_t length)
{
    if (peer->tls == NULL)
        send_all(peer->fd, bytes, length);
    else if (length > 0)
        SSL_write(peer->tls, bytes, (int)length);
}

void peer_answer(struct peer *peer, const char *status, const char *headers, const char *json)
{
    char answer[4096];
    int length = snprintf(answer, sizeof answer,
                          "HTTP/1.1 %s\r\nContent-Type: application/json\r\n"
                          "Content-Length: %zu\r\n%s\r\n%s",
                          status, strlen(json), headers, json);
    peer_write(peer, answer, (size_t)length);
}

void peer_forward(struct peer *peer, uint16_t port, bool lose)
{
    static const size_t room = 65536;
    char *answer = malloc(room);
    size_t got = 0;
    if (answer == NULL)
        give_up("no memory");
    int fd = connect_to(port);
    send_all(fd, peer->request, peer->request_length);
    answer[0] = '\0';
    while (whole(answer, got) == 0) {
        ssize_t n = recv(fd, answer + got, room - 1 - got, 0);
        if (n <= 0)
            break;
        got += (size_t)n;
        answer[got] = '\0';
    }
    close(fd);
    if (!lose)
        peer_write(peer, answer, got);
    free(answer);
}

void peer_header(const struct peer *peer, const char *name, char *value, size_t size)
{
    size_t length = strlen(name);
    value[0] = '\0';
    for (const char *line = strstr(peer->request, "\r\n");
         line != NULL && strncmp(line, "\r\n\r\n", 4) != 0; line = strstr(line + 2, "\r\n"))
        if (strncasecmp(line + 2, name, length) == 0 && line[2 + length] == ':')
            snprintf(value, size, "%.*s", (int)strcspn(line + 4 + length, "\r"), line + 4 + length);
}
