/* Faults on request: what goes wrong for the next few calls of an operation. */
#ifndef SANDBOX_FAULTS_H
#define SANDBOX_FAULTS_H

#include <stdbool.h>
#include <stdint.h>

#include <cjson/cJSON.h>

enum fault_kind {
    FAULT_NONE,
    FAULT_STATUS,     /* a refusal of that status */
    FAULT_DELAY,      /* the answer takes its time */
    FAULT_CUT_BEFORE, /* connection closed, nothing done */
    FAULT_CUT_AFTER,  /* done, then the connection is closed without an answer */
    FAULT_TRUNCATE,   /* done, but only half of the body arrives */
    FAULT_GARBLE,     /* done, but the body is not JSON */
    FAULT_HTML,       /* a firewall's page, nothing done */
    FAULT_KINDS
};

struct fault {
    enum fault_kind kind;
    int status;
    int64_t delay;        /* milliseconds */
    char retry_after[32]; /* header value; empty: none */
    char code[48];
    bool after;    /* status, delay: the request was acted on first */
    bool unstored; /* the answer is not kept under the idempotency key */
};

/* {operation, times, kind, status, retryAfter, delayMs, code, after, stored}. False and a reason
 * if it makes no sense. With the state locked, like the rest. */
bool faults_add(const cJSON *wanted, const char **why);
/* The fault for this call of the operation, FAULT_NONE mostly. */
struct fault faults_take(const char *operation);
void faults_clear(void);

#endif
