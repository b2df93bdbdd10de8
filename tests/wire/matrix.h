/* One exchange that is broken at one byte, and what may come of it. */
#ifndef WIRE_MATRIX_H
#define WIRE_MATRIX_H

#include "relay.h"
#include "sandbox.h"
#include "wire.h"

typedef enum { CREATE_SESSION, CREATE_REFUND, OPERATIONS } matrix_operation;

extern const char *const matrix_operation_ids[OPERATIONS];

/* All cells of one kind: the same call with the same fault, at every offset. */
struct sweep {
    matrix_operation operation;
    fault_kind kind;
    relay_side side;
    unsigned char mask;
    bool reused;
    bool retries;
};

/* OK stands in the place of XPAY_OUTCOME_NONE. */
enum { OUTCOMES = 5, EFFECTS = 3 };

struct cell {
    bool fired;
    relay_region region;
    int32_t outcome;
    long effects;
};

/* A worker's own sandbox, relay and client. */
struct bench {
    struct sandbox sandbox;
    struct relay *relay;
    xpay_client *client;
    long effects; /* of the operation, when last asked */
};

/* Make one call with the fault at `offset`, hold the library to the truth, and say what happened. */
struct cell matrix_run(struct bench *bench, const struct sweep *sweep, long offset);

/* Bits of 1 << outcome that are no lie and no needless doubt in this cell. */
unsigned matrix_allowed(const struct sweep *sweep, relay_region region);

#endif
