/* Where an exchange is, and what is done to it at the byte that was asked for. */
#include "relay_inside.h"
#include "sockets.h"
#include "wire.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void relay_close_fd(int *fd, bool reset)
{
    if (*fd < 0)
        return;
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    if (reset)
        setsockopt(*fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    close(*fd);
    *fd = -1;
}

void relay_close_client(struct relay *relay, struct pair *pair, bool reset)
{
    if (pair->client >= 0)
        relay->open--;
    relay_close_fd(&pair->client, reset);
}

/*
 * Nothing passes any more. A server that may still act on what it was sent is given the time to answer; the others are
 * left with a reset, since libmicrohttpd can overlook an end that comes close behind data.
 */
void relay_sever(struct relay *relay, struct pair *pair, bool reset)
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
        relay_close_fd(&pair->server, true);
    if (reset)
        relay_close_client(relay, pair, true);
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
        relay_sever(relay, pair, fault->kind == FAULT_RESET);
        break;
    }
}

void relay_pass(struct relay *relay, struct pair *pair, relay_side side, char *bytes, size_t length)
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
