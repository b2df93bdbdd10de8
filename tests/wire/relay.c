/* One thread, one poll loop; commands come through a pipe, one at a time. */
#include "relay_inside.h"
#include "sockets.h"
#include "wire.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void read_client(struct relay *relay, struct pair *pair)
{
    for (;;) {
        ssize_t got = recv(pair->client, relay->chunk, CHUNK, MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (got <= 0) {
            relay_sever(relay, pair, false);
            relay_close_client(relay, pair, false);
            return;
        }
        if (!pair->severed)
            relay_pass(relay, pair, REQUEST, relay->chunk, (size_t)got);
        if (pair->client < 0)
            return;
    }
}

static void read_server(struct relay *relay, struct pair *pair)
{
    ssize_t got = recv(pair->server, relay->chunk, CHUNK, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0) {
        relay_close_fd(&pair->server, false);
        pair->severed = true;
        if (pair->client >= 0)
            shutdown(pair->client, SHUT_WR);
    } else if (pair->severed) {
        relay_close_fd(&pair->server, true);
    } else {
        relay_pass(relay, pair, RESPONSE, relay->chunk, (size_t)got);
    }
}

static void accept_client(struct relay *relay)
{
    int client = accept(relay->listener, NULL, NULL);
    for (int i = 0; i < PAIRS && client >= 0; i++) {
        struct pair *pair = &relay->pairs[i];
        if (pair->client >= 0 || pair->server >= 0)
            continue;
        memset(pair, 0, sizeof *pair);
        relay->used = i < relay->used ? relay->used : i + 1;
        no_delay(client);
        pair->client = client;
        pair->server = connect_to(relay->server_port);
        if (++relay->open > relay->peak)
            relay->peak = relay->open;
        return;
    }
    give_up("the relay has no room for another connection");
}

/* Whether every broken exchange is over at the server. */
static bool is_settled(struct relay *relay)
{
    bool settled = true;
    for (int i = 0; i < relay->used; i++) {
        struct pair *pair = &relay->pairs[i];
        if (pair->severed && pair->server >= 0 && now_us() > pair->patience_us)
            relay_close_fd(&pair->server, true);
        settled = settled && (!pair->severed || pair->server < 0);
    }
    return settled;
}

/* False: to be tried again, since the server has not come to its end yet. */
static bool obey(struct relay *relay, bool quiet)
{
    if (relay->command == COMMAND_SETTLE) {
        if (!quiet || !is_settled(relay))
            return false;
        relay->fault.kind = FAULT_NONE;
    } else if (relay->command == COMMAND_CLOSE) {
        for (int i = 0; i < relay->used; i++)
            if (relay->pairs[i].client >= 0) {
                relay_sever(relay, &relay->pairs[i], relay->reset);
                relay_close_client(relay, &relay->pairs[i], relay->reset);
            }
    } else if (relay->command == COMMAND_ARM) {
        memset(relay->seen, 0, sizeof relay->seen);
        memset(relay->region, 0, sizeof relay->region);
        memset(&relay->report, 0, sizeof relay->report);
        memset(relay->report.starts, 0xff, sizeof relay->report.starts);
        for (int i = 0; i < relay->used; i++) {
            relay->pairs[i].old = true;
            relay->pairs[i].asked = false;
        }
    }
    return true;
}

static void serve(struct relay *relay, const struct pollfd *fds, int used)
{
    for (int i = 0; i < used; i++) { /* before new ones are counted */
        struct pair *pair = &relay->pairs[i];
        if (fds[2 + 2 * i].revents != 0 && pair->client >= 0)
            read_client(relay, pair);
        if (fds[3 + 2 * i].revents != 0 && pair->server >= 0)
            read_server(relay, pair);
    }
    if (fds[0].revents != 0)
        accept_client(relay);
    char byte;
    if (fds[1].revents != 0 && read(relay->wake[0], &byte, 1) != 1)
        give_up("the relay lost its pipe");
}

/* The lock is only let go while it waits. */
static void *run(void *context)
{
    struct relay *relay = context;
    struct pollfd fds[2 + 2 * PAIRS];
    bool stop = false;
    pthread_mutex_lock(&relay->mutex);
    while (!stop) {
        int used = relay->used, wait_ms = relay->command == COMMAND_SETTLE ? 1 : -1;
        fds[0] = (struct pollfd){.fd = relay->listener, .events = POLLIN};
        fds[1] = (struct pollfd){.fd = relay->wake[0], .events = POLLIN};
        for (int i = 0; i < used; i++) {
            fds[2 + 2 * i] = (struct pollfd){.fd = relay->pairs[i].client, .events = POLLIN};
            fds[3 + 2 * i] = (struct pollfd){.fd = relay->pairs[i].server, .events = POLLIN};
        }
        if (is_settled(relay))
            wait_ms = wait_ms > 0 ? 0 : wait_ms;
        pthread_mutex_unlock(&relay->mutex);
        bool quiet = poll(fds, (nfds_t)(2 + 2 * used), wait_ms) <= 0;
        pthread_mutex_lock(&relay->mutex);
        if (!quiet)
            serve(relay, fds, used);
        if (relay->command != COMMAND_NONE && obey(relay, quiet)) {
            stop = relay->command == COMMAND_STOP;
            relay->command = COMMAND_NONE;
            pthread_cond_broadcast(&relay->done);
        }
    }
    pthread_mutex_unlock(&relay->mutex);
    return NULL;
}

/* Give the thread a command and wait until it is obeyed. The lock is held afterwards. */
static void give(struct relay *relay, enum command command)
{
    relay->command = command;
    if (write(relay->wake[1], "", 1) != 1)
        give_up("the relay lost its pipe");
    while (relay->command != COMMAND_NONE)
        pthread_cond_wait(&relay->done, &relay->mutex);
}

struct relay *relay_start(uint16_t server_port)
{
    struct relay *relay = calloc(1, sizeof *relay);
    if (relay == NULL || pipe(relay->wake) != 0)
        give_up("no relay");
    relay->server_port = server_port;
    relay->listener = listen_on_any(&relay->port);
    for (int i = 0; i < PAIRS; i++)
        relay->pairs[i].client = relay->pairs[i].server = -1;
    pthread_mutex_init(&relay->mutex, NULL);
    pthread_cond_init(&relay->done, NULL);
    if (pthread_create(&relay->thread, NULL, run, relay) != 0)
        give_up("no thread for a relay");
    return relay;
}

void relay_stop(struct relay *relay)
{
    pthread_mutex_lock(&relay->mutex);
    give(relay, COMMAND_STOP);
    pthread_mutex_unlock(&relay->mutex);
    pthread_join(relay->thread, NULL);
    for (int i = 0; i < PAIRS; i++) {
        relay_close_fd(&relay->pairs[i].client, false);
        relay_close_fd(&relay->pairs[i].server, false);
        free(relay->pairs[i].held);
    }
    close(relay->listener);
    close(relay->wake[0]);
    close(relay->wake[1]);
    free(relay);
}

uint16_t relay_port(const struct relay *relay)
{
    return relay->port;
}

void relay_arm(struct relay *relay, const struct relay_fault *fault)
{
    pthread_mutex_lock(&relay->mutex);
    relay->fault = *fault;
    give(relay, COMMAND_ARM);
    pthread_mutex_unlock(&relay->mutex);
}

void relay_settle(struct relay *relay, struct relay_report *report)
{
    pthread_mutex_lock(&relay->mutex);
    give(relay, COMMAND_SETTLE);
    *report = relay->report;
    pthread_mutex_unlock(&relay->mutex);
}

void relay_look(struct relay *relay, struct relay_report *report)
{
    pthread_mutex_lock(&relay->mutex);
    *report = relay->report;
    pthread_mutex_unlock(&relay->mutex);
}

void relay_close_idle(struct relay *relay, bool reset)
{
    pthread_mutex_lock(&relay->mutex);
    relay->reset = reset;
    give(relay, COMMAND_CLOSE);
    pthread_mutex_unlock(&relay->mutex);
}

int relay_peak(struct relay *relay)
{
    pthread_mutex_lock(&relay->mutex);
    int peak = relay->peak;
    pthread_mutex_unlock(&relay->mutex);
    return peak;
}
