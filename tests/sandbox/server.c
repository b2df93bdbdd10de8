/* The glue between libmicrohttpd and the rooms that answer. */
#include "server.h"
#include "clock.h"
#include "request.h"
#include "state.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <microhttpd.h>

static struct MHD_Daemon *server;
static _Atomic unsigned long connections;

/* Requests that wait for a fault's delay, each with its suspended connection. */
struct waiting {
    struct MHD_Connection *connection;
    struct request *request;
    int64_t due; /* real time */
    struct waiting *next;
};
static pthread_mutex_t waiting_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t waiting_changed = PTHREAD_COND_INITIALIZER;
static struct waiting *waiting;
static pthread_t waiting_thread;
static bool stopping;

unsigned long server_connections(void)
{
    return atomic_load(&connections);
}

static void *begin_request(void *context, const char *uri, struct MHD_Connection *connection)
{
    (void)context;
    (void)connection;
    struct request *request = must_alloc_zero(sizeof *request);
    const char *question = strchr(uri, '?');
    request->target = must_copy(uri);
    request->path = question ? must_copy_bytes(uri, (size_t)(question - uri)) : must_copy(uri);
    if (question)
        pairs_read(&request->query, question + 1, strlen(question + 1));
    return request;
}

static void end_request(void *context, struct MHD_Connection *connection, void **request_context,
                        enum MHD_RequestTerminationCode code)
{
    (void)context;
    (void)connection;
    (void)code;
    struct request *request = *request_context;
    if (!request)
        return;
    char *const texts[] = {request->target,        request->path,         request->id,
                           request->authorization, request->content_type, request->idempotency_key,
                           request->accept};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        free(texts[i]);
    pairs_free(&request->query);
    text_free(&request->body);
    cJSON_Delete(request->json);
    answer_clear(&request->answer);
    free(request);
    *request_context = NULL;
}

static char *header(struct MHD_Connection *connection, const char *name)
{
    const char *value = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
    return value ? must_copy(value) : NULL;
}

static void read_headers(struct request *request, struct MHD_Connection *connection,
                         const char *method)
{
    request->started = true;
    snprintf(request->method, sizeof request->method, "%s", method);
    request->authorization = header(connection, "Authorization");
    request->content_type = header(connection, "Content-Type");
    request->idempotency_key = header(connection, "Idempotency-Key");
    request->accept = header(connection, "Accept");
}

/* Half of a body, after which the connection is closed although more was announced. */
static ssize_t read_half(void *context, uint64_t position, char *buffer, size_t room)
{
    const struct answer *answer = context;
    size_t half = answer->length / 2;
    if (position >= half)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    size_t length = half - (size_t)position < room ? half - (size_t)position : room;
    memcpy(buffer, answer->body + position, length);
    return (ssize_t)length;
}

static struct MHD_Response *response_of(struct request *request)
{
    struct answer *answer = &request->answer;
    if (request->truncate)
        return MHD_create_response_from_callback(answer->length, 4096, read_half, answer, NULL);
    struct MHD_Response *response =
        MHD_create_response_from_buffer(answer->length, answer->body, MHD_RESPMEM_MUST_FREE);
    if (response)
        answer->body = NULL; /* it belongs to the response now */
    return response;
}

static enum MHD_Result send_answer(struct MHD_Connection *connection, struct request *request)
{
    struct answer *answer = &request->answer;
    unsigned status = (unsigned)answer->status;
    if (!answer->body)
        answer->body = must_copy("");
    struct MHD_Response *response = response_of(request);
    if (!response)
        return MHD_NO;
    const struct {
        const char *name, *value;
    } headers[] = {
        {"Content-Type", answer->content_type},
        {"Location", answer->location},
        {"Retry-After", answer->retry_after},
        {"Idempotent-Replayed", answer->replayed ? "true" : NULL},
    };
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        if (headers[i].value)
            MHD_add_response_header(response, headers[i].name, headers[i].value);
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static void log_request(const struct request *request, enum step step)
{
    if (!settings.verbose)
        return;
    if (step == STEP_CLOSE)
        fprintf(stderr, "%s %s (closed)\n", request->method, request->target);
    else
        fprintf(stderr, "%s %s %d\n", request->method, request->target, request->answer.status);
}

/* Acts before resumption and not after it: a client that has gone away in the meantime does not
 * keep a server from doing what it was asked to. */
static void end_wait(struct waiting *entry)
{
    entry->request->waited = api_proceed(entry->request);
    entry->request->has_waited = true;
    MHD_resume_connection(entry->connection);
    free(entry);
}

static enum MHD_Result take_step(struct MHD_Connection *connection, struct request *request,
                                 enum step step)
{
    if (step != STEP_WAIT) {
        log_request(request, step);
        return step == STEP_CLOSE ? MHD_NO : send_answer(connection, request);
    }
    struct waiting *entry = must_alloc_zero(sizeof *entry);
    entry->connection = connection;
    entry->request = request;
    entry->due = clock_real() + request->fault.delay;
    MHD_suspend_connection(connection);
    pthread_mutex_lock(&waiting_lock);
    bool too_late = stopping;
    if (!too_late) {
        entry->next = waiting;
        waiting = entry;
        pthread_cond_signal(&waiting_changed);
    }
    pthread_mutex_unlock(&waiting_lock);
    if (too_late)
        end_wait(entry);
    return MHD_YES;
}

/* Takes one request off the list whose time has come; otherwise *DUE is when the next one is. */
static struct waiting *take_due(int64_t *due)
{
    *due = INT64_MAX;
    for (struct waiting **at = &waiting; *at; at = &(*at)->next) {
        struct waiting *entry = *at;
        if (stopping || entry->due <= clock_real()) {
            *at = entry->next;
            return entry;
        }
        *due = entry->due < *due ? entry->due : *due;
    }
    return NULL;
}

static void *end_waits(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&waiting_lock);
    for (;;) {
        int64_t due;
        struct waiting *entry = take_due(&due);
        if (entry) {
            pthread_mutex_unlock(&waiting_lock);
            end_wait(entry);
            pthread_mutex_lock(&waiting_lock);
        } else if (stopping) {
            break;
        } else if (due == INT64_MAX) {
            pthread_cond_wait(&waiting_changed, &waiting_lock);
        } else {
            struct timespec until = {.tv_sec = due / 1000, .tv_nsec = due % 1000 * 1000000};
            pthread_cond_timedwait(&waiting_changed, &waiting_lock, &until);
        }
    }
    pthread_mutex_unlock(&waiting_lock);
    return NULL;
}

static bool starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static enum step answer_request(struct request *request)
{
    if (starts_with(request->path, "/_sandbox"))
        control_answer(request);
    else if (starts_with(request->path, "/c/") || starts_with(request->path, "/p/"))
        page_answer(request);
    else
        return api_proceed(request);
    return STEP_ANSWER;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_size, void **request_context)
{
    (void)context;
    (void)url;
    (void)version;
    struct request *request = *request_context;
    if (!request->started) {
        read_headers(request, connection, method);
        return MHD_YES;
    }
    if (*upload_size) {
        request->too_large = request->too_large || request->body.length + *upload_size > BODY_MAX;
        if (!request->too_large)
            text_add_bytes(&request->body, upload, *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    return take_step(connection, request,
                     request->has_waited ? request->waited : answer_request(request));
}

static void on_connection(void *context, struct MHD_Connection *connection, void **socket_context,
                          enum MHD_ConnectionNotificationCode code)
{
    (void)context;
    (void)connection;
    (void)socket_context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        atomic_fetch_add(&connections, 1);
}

static void on_library_message(void *context, const char *format, va_list values)
{
    (void)context;
    if (settings.verbose)
        vfprintf(stderr, format, values);
}

bool server_start(uint16_t port, unsigned threads)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (pthread_create(&waiting_thread, NULL, end_waits, NULL) != 0)
        return false;
    server = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, port, NULL,
        NULL, on_request, NULL, MHD_OPTION_EXTERNAL_LOGGER, on_library_message, NULL,
        MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address, MHD_OPTION_THREAD_POOL_SIZE, threads,
        MHD_OPTION_URI_LOG_CALLBACK, begin_request, NULL, MHD_OPTION_NOTIFY_COMPLETED, end_request,
        NULL, MHD_OPTION_NOTIFY_CONNECTION, on_connection, NULL, MHD_OPTION_CONNECTION_LIMIT, 4096u,
        MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u,
        MHD_OPTION_END);
    if (!server)
        server_stop();
    return server != NULL;
}

uint16_t server_port(void)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(server, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

void server_stop(void)
{
    pthread_mutex_lock(&waiting_lock);
    stopping = true;
    pthread_cond_signal(&waiting_changed);
    pthread_mutex_unlock(&waiting_lock);
    pthread_join(waiting_thread, NULL);
    if (server)
        MHD_stop_daemon(server);
}
