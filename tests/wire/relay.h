/*
 * A TCP relay that breaks one exchange at one byte.
 *
 * It stands between the library and a server, on a thread of its own. Armed, it counts the bytes of the request or of
 * the response and strikes once, at the byte with the given offset; everything before and after passes unchanged.
 */
#ifndef WIRE_RELAY_H
#define WIRE_RELAY_H

#include <stdbool.h>
#include <stdint.h>

struct relay;

typedef enum {
    FAULT_NONE,
    FAULT_CUT,    /* the connection is closed (FIN) in the place of that byte */
    FAULT_RESET,  /* the same with RST towards the client */
    FAULT_GARBLE, /* that byte arrives with some bits flipped */
    FAULT_DELAY,  /* that byte and all after it wait a little */
    FAULT_HOLD,   /* they wait until the client has gone; then what it sent arrives after all */
    FAULT_KINDS
} fault_kind;

typedef enum { REQUEST, RESPONSE, SIDES } relay_side;
typedef enum { REGION_LINE, REGION_HEADERS, REGION_BODY, REGION_WHOLE, REGIONS } relay_region;

struct relay_fault {
    fault_kind kind;
    relay_side side;
    long offset;
    unsigned char mask; /* garble: the bits to flip */
    int64_t delay_us;   /* delay: how long */
};

struct relay_report {
    bool fired;
    bool reused;                 /* it struck a connection that had been used before it was armed */
    relay_region region;         /* where the byte is: first line, headers or body */
    long asked;                  /* connections that carried request bytes since it was armed */
    long starts[SIDES][REGIONS]; /* offset of the first byte of each region; of WHOLE: the end */
};

struct relay *relay_start(uint16_t server_port);
void relay_stop(struct relay *relay);
uint16_t relay_port(const struct relay *relay);

/* Begin to count, and strike when it is time. FAULT_NONE only counts. */
void relay_arm(struct relay *relay, const struct relay_fault *fault);

/* Wait until the server has seen the end of all that was broken, disarm, and say what happened. */
void relay_settle(struct relay *relay, struct relay_report *report);

/* What happened so far. */
void relay_look(struct relay *relay, struct relay_report *report);

/* Close all connections now, as a server does with idle ones. */
void relay_close_idle(struct relay *relay, bool reset);

/* The largest number of connections that were open to it at the same time. */
int relay_peak(struct relay *relay);

#endif
