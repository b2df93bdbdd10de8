/* The HTTP server, on libmicrohttpd. */
#include "http.h"
#include "http_guard.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <microhttpd.h>

enum { BODY_MAX = 1 << 20, CONNECTIONS_MAX = 256, IDLE_SECONDS = 60 };

struct http_server {
    struct http_options options;
    char authorization[GUARD_SIZE]; /* what the staff's browsers send; "" lets nobody in */
    int listening;                  /* the daemon's, once there is one */
    struct MHD_Daemon *daemon;
};

struct upload {
    struct text body;
    bool too_large;
};

const char *http_header(const struct http_request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

const char *http_query(const struct http_request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_GET_ARGUMENT_KIND, name);
}

void http_cookie(const struct http_request *request, const char *name, char value[ID_SIZE])
{
    const char *found = MHD_lookup_connection_value(request->connection, MHD_COOKIE_KIND, name);
    if (!found || strlen(found) >= ID_SIZE)
        found = "";
    memcpy(value, found, strlen(found) + 1);
}

void http_say(struct http_reply *reply, unsigned status, const char *sentence)
{
    reply->status = status;
    reply->type = "text/plain; charset=utf-8";
    text_free(&reply->body);
    text_addf(&reply->body, "%s\n", sentence);
}

void http_see_other(struct http_reply *reply)
{
    http_say(reply, MHD_HTTP_SEE_OTHER, "See there.");
}

/* Whether the path fits the pattern; id receives what * stood for. */
static bool path_fits(const char *pattern, const char *path, char id[ID_SIZE])
{
    const char *star = strchr(pattern, '*');
    id[0] = '\0';
    if (!star)
        return strcmp(pattern, path) == 0;
    size_t before = (size_t)(star - pattern);
    if (strncmp(pattern, path, before) != 0)
        return false;
    size_t length = strcspn(path + before, "/");
    if (length == 0 || length >= ID_SIZE || strcmp(star + 1, path + before + length) != 0)
        return false;
    memcpy(id, path + before, length);
    id[length] = '\0';
    return id_is_plain(id);
}

static void route(const struct http_server *server, struct http_request *request,
                  struct http_reply *reply)
{
    bool path_known = false;
    for (const struct http_route *at = server->options.routes; at->method; at++) {
        if (!path_fits(at->path, request->path, request->id))
            continue;
        path_known = true;
        if (strcmp(at->method, request->method) != 0)
            continue;
        if (at->flags & HTTP_STAFF && !guard_is_staff(server->authorization, request))
            http_say(reply, MHD_HTTP_UNAUTHORIZED, "This page is for the staff.");
        else if (strcmp(at->method, "POST") == 0 && !(at->flags & HTTP_ANY_ORIGIN) &&
                 !guard_is_own_page(request))
            http_say(reply, MHD_HTTP_FORBIDDEN, "This was sent from a page of another site.");
        else
            at->answer(server->options.context, request, reply);
        return;
    }
    if (path_known)
        http_say(reply, MHD_HTTP_METHOD_NOT_ALLOWED, "That cannot be done here.");
    else
        http_say(reply, MHD_HTTP_NOT_FOUND, "There is no such page.");
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, struct http_reply *reply)
{
    if (reply->body.failed || reply->location.failed || reply->cookie.failed) {
        reply->body.failed = reply->location.failed = reply->cookie.failed = false;
        reply->location.length = reply->cookie.length = 0;
        http_say(reply, MHD_HTTP_INTERNAL_SERVER_ERROR, "Out of memory.");
    }
    struct MHD_Response *response = MHD_create_response_from_buffer(
        reply->body.length, reply->body.bytes ? reply->body.bytes : (char[]){""},
        MHD_RESPMEM_MUST_COPY);
    if (!response)
        return MHD_NO;
    const struct {
        const char *name, *value;
    } headers[] = {
        {MHD_HTTP_HEADER_CONTENT_TYPE, reply->type},
        {MHD_HTTP_HEADER_LOCATION, reply->location.length ? reply->location.bytes : NULL},
        {MHD_HTTP_HEADER_SET_COOKIE, reply->cookie.length ? reply->cookie.bytes : NULL},
        {MHD_HTTP_HEADER_WWW_AUTHENTICATE,
         reply->status == MHD_HTTP_UNAUTHORIZED ? "Basic realm=\"staff\"" : NULL},
        {MHD_HTTP_HEADER_CACHE_CONTROL, "no-store"},
        {"Content-Security-Policy",
         "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
    };
    enum MHD_Result sent = MHD_YES;
    for (size_t i = 0; i < sizeof headers / sizeof headers[0] && sent == MHD_YES; i++)
        if (headers[i].value)
            sent = MHD_add_response_header(response, headers[i].name, headers[i].value);
    if (sent == MHD_YES)
        sent = MHD_queue_response(connection, reply->status, response);
    MHD_destroy_response(response);
    return sent;
}

static void take_upload(struct upload *upload, const char *bytes, size_t *size)
{
    if (upload->body.length + *size > BODY_MAX)
        upload->too_large = true;
    else
        text_add_bytes(&upload->body, bytes, *size);
    *size = 0;
}

static enum MHD_Result on_request(void *closure, struct MHD_Connection *connection,
                                  const char *path, const char *method, const char *version,
                                  const char *bytes, size_t *size, void **state)
{
    struct upload *upload = *state;
    (void)version;
    if (!upload) {
        *state = upload = calloc(1, sizeof *upload);
        return upload ? MHD_YES : MHD_NO;
    }
    if (*size) {
        take_upload(upload, bytes, size);
        return MHD_YES;
    }
    struct http_request request = {
        .method = method,
        .path = path,
        .body = upload->body.bytes ? upload->body.bytes : "",
        .body_length = upload->body.length,
        .connection = connection,
    };
    const char *accept = http_header(&request, MHD_HTTP_HEADER_ACCEPT);
    request.wants_json = accept && strstr(accept, "application/json") != NULL;
    struct http_reply reply = {.status = MHD_HTTP_OK, .type = "text/html; charset=utf-8"};
    if (upload->too_large)
        http_say(&reply, MHD_HTTP_CONTENT_TOO_LARGE, "That is too large.");
    else if (upload->body.failed)
        reply.body.failed = true;
    else
        route(closure, &request, &reply);
    enum MHD_Result sent = send_reply(connection, &reply);
    text_free(&reply.body);
    text_free(&reply.location);
    text_free(&reply.cookie);
    return sent;
}

static void on_end(void *closure, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode code)
{
    struct upload *upload = *state;
    (void)closure;
    (void)connection;
    (void)code;
    if (upload)
        text_free(&upload->body);
    free(upload);
    *state = NULL;
}

static int listen_on(const struct http_options *options)
{
    const int on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)options->port)};
    if (inet_pton(AF_INET, options->address, &address.sin_addr) != 1) {
        log_line("%s is not an IPv4 address", options->address);
        return -1;
    }
    int listening = socket(AF_INET, SOCK_STREAM, 0);
    if (listening >= 0 &&
        (setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
         bind(listening, (const struct sockaddr *)&address, sizeof address) != 0 ||
         listen(listening, SOMAXCONN) != 0)) {
        close(listening);
        listening = -1;
    }
    if (listening < 0)
        log_line("port %d of %s cannot be had", options->port, options->address);
    return listening;
}

struct http_server *http_open(const struct http_options *options)
{
    struct http_server *server = calloc(1, sizeof *server);
    if (!server || !guard_prepare(server->authorization, options->password) ||
        (server->listening = listen_on(options)) < 0) {
        free(server);
        return NULL;
    }
    server->options = *options;
    return server;
}

int http_port(const struct http_server *server)
{
    struct sockaddr_in address = {0};
    socklen_t length = sizeof address;
    if (getsockname(server->listening, (struct sockaddr *)&address, &length) != 0)
        return 0;
    return ntohs(address.sin_port);
}

bool http_start(struct http_server *server)
{
    server->daemon = MHD_start_daemon(
        MHD_USE_AUTO_INTERNAL_THREAD | MHD_USE_THREAD_PER_CONNECTION, 0, NULL, NULL, on_request,
        server, MHD_OPTION_LISTEN_SOCKET, server->listening, MHD_OPTION_NOTIFY_COMPLETED, on_end,
        NULL, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)IDLE_SECONDS, MHD_OPTION_END);
    if (!server->daemon)
        log_line("the HTTP server cannot be started");
    return server->daemon != NULL;
}

void http_stop(struct http_server *server)
{
    if (!server)
        return;
    if (server->daemon)
        MHD_stop_daemon(server->daemon); /* closes the socket, too */
    else
        close(server->listening);
    free(server);
}
