#include "scripted.h"

#include <arpa/inet.h>
#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_REQUESTS = 64, MAX_CONNECTIONS = 64, REQUEST_SIZE = 4096 };

struct scripted {
    const char *const *answers;
    size_t answers_count;
    int listener;
    char base_url[64];
    pthread_t acceptor;
    pthread_mutex_t mutex;
    size_t requests_count;
    char requests[MAX_REQUESTS][REQUEST_SIZE];
    size_t connections_count;
    int connections[MAX_CONNECTIONS];
    pthread_t threads[MAX_CONNECTIONS];
};

typedef struct connection {
    scripted *server;
    int socket;
} connection;

void scripted_header(const char *request, const char *name, char *value, size_t size)
{
    value[0] = '\0';
    for (const char *line = request; line != NULL; line = strstr(line, "\r\n")) {
        line += line == request ? 0 : 2;
        size_t length = strlen(name);
        if (strncasecmp(line, name, length) == 0 && strncmp(line + length, ": ", 2) == 0) {
            const char *start = line + length + 2;
            snprintf(value, size, "%.*s", (int)strcspn(start, "\r\n"), start);
            return;
        }
    }
}

/* One request, headers and body; false when the connection ended first. */
static bool read_request(int socket, char *text)
{
    size_t length = 0;
    for (;;) {
        char value[16];
        const char *end = strstr(text, "\r\n\r\n");
        if (end != NULL) {
            scripted_header(text, "Content-Length", value, sizeof value);
            if (length >= (size_t)(end + 4 - text) + (size_t)atoi(value))
                return true;
        }
        ssize_t got = recv(socket, text + length, REQUEST_SIZE - 1 - length, 0);
        if (got <= 0)
            return false;
        length += (size_t)got;
        text[length] = '\0';
    }
}

/* Replace the mark of SAYS by the body's true length. */
static void send_answer(int socket, const char *answer)
{
    char text[8192];
    const char *mark = strstr(answer, "X-Length: ");
    if (mark == NULL) {
        send(socket, answer, strlen(answer), MSG_NOSIGNAL);
        return;
    }
    const char *body = mark + strlen("X-Length: ");
    int length = snprintf(text, sizeof text, "%.*sContent-Length: %zu\r\n\r\n%s",
                          (int)(mark - answer), answer, strlen(body), body);
    send(socket, text, (size_t)length, MSG_NOSIGNAL);
}

static void *serve(void *context)
{
    connection mine = *(connection *)context;
    scripted *server = mine.server;
    free(context);
    for (;;) {
        char text[REQUEST_SIZE] = "";
        if (!read_request(mine.socket, text))
            break;
        pthread_mutex_lock(&server->mutex);
        size_t index = server->requests_count;
        if (index < MAX_REQUESTS)
            memcpy(server->requests[server->requests_count++], text, sizeof text);
        pthread_mutex_unlock(&server->mutex);
        const char *answer = index < server->answers_count ? server->answers[index] : LOST;
        if (answer == LOST)
            break;
        if (answer[0] != '\0')
            send_answer(mine.socket, answer);
        if (answer[0] != '\0' && strstr(answer, "X-Length: ") == NULL)
            break; /* a piece of an answer */
    }
    shutdown(mine.socket, SHUT_RDWR);
    return NULL;
}

static void *accept_all(void *context)
{
    scripted *server = context;
    for (;;) {
        int socket = accept(server->listener, NULL, NULL);
        if (socket < 0)
            return NULL;
        connection *mine = malloc(sizeof *mine);
        mine->server = server;
        mine->socket = socket;
        pthread_mutex_lock(&server->mutex);
        size_t index = server->connections_count++;
        server->connections[index] = socket;
        pthread_create(&server->threads[index], NULL, serve, mine);
        pthread_mutex_unlock(&server->mutex);
    }
}

scripted *scripted_start(const char *const *answers, size_t count)
{
    scripted *server = calloc(1, sizeof *server);
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server->answers = answers;
    server->answers_count = count;
    server->listener = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(server->listener, (struct sockaddr *)&address, size), 0);
    ck_assert_int_eq(listen(server->listener, 64), 0);
    getsockname(server->listener, (struct sockaddr *)&address, &size);
    snprintf(server->base_url, sizeof server->base_url, "http://127.0.0.1:%d",
             ntohs(address.sin_port));
    pthread_mutex_init(&server->mutex, NULL);
    pthread_create(&server->acceptor, NULL, accept_all, server);
    return server;
}

void scripted_stop(scripted *server)
{
    shutdown(server->listener, SHUT_RDWR);
    pthread_join(server->acceptor, NULL);
    for (size_t i = 0; i < server->connections_count; i++) {
        shutdown(server->connections[i], SHUT_RDWR);
        pthread_join(server->threads[i], NULL);
        close(server->connections[i]);
    }
    close(server->listener);
    pthread_mutex_destroy(&server->mutex);
    free(server);
}

size_t scripted_requests(scripted *server)
{
    pthread_mutex_lock(&server->mutex);
    size_t count = server->requests_count;
    pthread_mutex_unlock(&server->mutex);
    return count;
}

size_t scripted_connections(scripted *server)
{
    pthread_mutex_lock(&server->mutex);
    size_t count = server->connections_count;
    pthread_mutex_unlock(&server->mutex);
    return count;
}

const char *scripted_request(scripted *server, size_t index)
{
    return server->requests[index];
}

xpay_client_options scripted_options(scripted *server)
{
    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    options.api_key = "sk_test_canary0123456789";
    options.base_url = server->base_url;
    options.timeout_ms = 10000;
    return options;
}
