/* One thread, one poll loop; commands come through a pipe, one at a time. */
#include "relay.h"
#include "sockets.h"
#include "wire.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PAIRS = 256, CHUNK = 65536, PATIENCE_US = 50000 };

/* A client's connection and the one to the server that belongs to it; -1 when closed. */
struct pair {
    int client;
    int server;
    bool old;            /* there before the relay was armed */
    bool asked;          /* carried request bytes since then */
    bool unanswered;     /* the server was sent something, and has not answered it yet */
    bool severed;        /* nothing passes any more */
    int64_t patience_us; /* until then a severed server may answer */
    bool holding;
    char *held; /* request bytes that wait */
    size_t held_length;
};

enum command { COMMAND_NONE, COMMAND_ARM, COMMAND_SETTLE, COMMAND_CLOSE, COMMAND_STOP };

struct relay {
    uint16_t port, server_port;
    int listener;
    int wake[2];
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t done;
    enum command command;
    bool reset;
    struct relay_fault fault;
    struct relay_report report;
    long seen[SIDES];
    relay_region region[SIDES]; /* of the next byte */
    bool blank[SIDES];          /* the current header line is empty so far */
    struct pair pairs[PAIRS];
    int used; /* pairs beyond were never open */
    int open, peak;
    char chunk[CHUNK];
};

static void close_fd(int *fd, bool reset)
{
    if (*fd < 0)
        return;
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    if (reset)
        setsockopt(*fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    close(*fd);
    *fd = -1;
}

static void close_client(struct relay *relay, struct pair *pair, bool reset)
{
    if (pair->client >= 0)
        relay->open--;
    close_fd(&pair->client, reset);
}

/*
 * Nothing passes any more. A server that may still act on what it was sent is given the time to answer; the others are
 * left with a reset, since libmicrohttpd can overlook an end that comes close behind data.
 */
static void sever(struct relay *relay, struct pair *pair, bool reset)
{
    if (pair->holding)
        send_all(pair->server, pair->held, pair->held_length);
    free(pair->held);
    pair->held = NULL;
    pair->holding = false;
    if (!pair->severed)
        pair->patience_us = now_us() + PATIENCE_US;
    pair->severed = true;
    if (!pair->unanswered)
        close_fd(&pair->server, true);
    if (reset)
        close_client(relay, pair, true);
    else if (pair->client >= 0)
        shutdown(pair->client, SHUT_WR); /* close() would reset it when something is unread */
}

/* Where one more byte of this side is; its beginning is remembered. */
static relay_region follow(struct relay *relay, relay_side side, char byte)
{
    relay_region region = relay->region[side];
    long offset = relay->seen[side]++;
    if (relay->report.starts[side][region] < 0)
        relay->report.starts[side][region] = offset;
    relay->report.starts[side][REGION_WHOLE] = offset + 1;
    if (byte == '\n' && region == REGION_LINE) {
        relay->region[side] = REGION_HEADERS;
        relay->blank[side] = true;
    } else if (byte == '\n' && region == REGION_HEADERS && relay->blank[side]) {
        relay->region[side] = REGION_BODY;
    } else if (byte != '\r') {
        relay->blank[side] = byte == '\n';
    }
    return region;
}

static void hold(struct pair *pair, const char *bytes, size_t length)
{
    char *grown = realloc(pair->held, pair->held_length + length + 1);
    if (grown == NULL)
        give_up("no memory in the relay");
    memcpy(grown + pair->held_length, bytes, length);
    pair->held = grown;
    pair->held_length += length;
    pair->holding = true;
}

/* The fault's byte is bytes[at]: what comes before it was not sent yet. */
static void strike(struct relay *relay, struct pair *pair, relay_side side, char *bytes,
                   size_t length, size_t at)
{
    const struct relay_fault *fault = &relay->fault;
    int to = side == REQUEST ? pair->server : pair->client;
    relay->report.fired = true;
    relay->report.reused = pair->old;
    if (fault->kind == FAULT_GARBLE) {
        bytes[at] = (char)(bytes[at] ^ fault->mask);
        send_all(to, bytes, length);
        return;
    }
    send_all(to, bytes, at);
    switch (fault->kind) {
    case FAULT_DELAY:
        nap_us(fault->delay_us);
        send_all(to, bytes + at, length - at);
        break;
    case FAULT_HOLD: hold(pair, bytes + at, side == REQUEST ? length - at : 0); break;
    default:
        pair->unanswered = false; /* a part of a request, or already answered */
        sever(relay, pair, fault->kind == FAULT_RESET);
        break;
    }
}

static void pass(struct relay *relay, struct pair *pair, relay_side side, char *bytes,
                 size_t length)
{
    bool armed = relay->fault.kind != FAULT_NONE && relay->fault.side == side;
    pair->unanswered = side == REQUEST;
    if (side == REQUEST && !pair->asked) {
        pair->asked = true;
        relay->report.asked++;
    }
    if (pair->holding) {
        if (side == REQUEST && relay->fault.side == REQUEST)
            hold(pair, bytes, length);
        return;
    }
    for (size_t i = 0; i < length && !relay->report.fired; i++) {
        relay_region region = follow(relay, side, bytes[i]);
        if (armed && relay->seen[side] == relay->fault.offset + 1) {
            relay->report.region = region;
            strike(relay, pair, side, bytes, length, i);
            return;
        }
    }
    send_all(side == REQUEST ? pair->server : pair->client, bytes, length);
}

static void read_client(struct relay *relay, struct pair *pair)
{
    for (;;) {
        ssize_t got = recv(pair->client, relay->chunk, CHUNK, MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (got <= 0) {
            sever(relay, pair, false);
            close_client(relay, pair, false);
            return;
        }
        if (!pair->severed)
            pass(relay, pair, REQUEST, relay->chunk, (size_t)got);
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
        close_fd(&pair->server, false);
        pair->severed = true;
        if (pair->client >= 0)
            shutdown(pair->client, SHUT_WR);
    } else if (pair->severed) {
        close_fd(&pair->server, true);
    } else {
        pass(relay, pair, RESPONSE, relay->chunk, (size_t)got);
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
            close_fd(&pair->server, true);
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
                sever(relay, &relay->pairs[i], relay->reset);
                close_client(relay, &relay->pairs[i], relay->reset);
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
        close_fd(&relay->pairs[i].client, false);
        close_fd(&relay->pairs[i].server, false);
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
