/* What the two halves of the relay share: the loop, and the breaking. */
#ifndef WIRE_RELAY_INSIDE_H
#define WIRE_RELAY_INSIDE_H

#include <pthread.h>

#include "relay.h"

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

void relay_close_fd(int *fd, bool reset);
void relay_close_client(struct relay *relay, struct pair *pair, bool reset);

/* End both sides of a connection: the client's with FIN or RST, the server's when it has answered. */
void relay_sever(struct relay *relay, struct pair *pair, bool reset);

/* Pass bytes on to the other side, or strike. */
void relay_pass(struct relay *relay, struct pair *pair, relay_side side, char *bytes,
                size_t length);

#endif
