/* One HTTP request on its way through the sandbox, and the rooms that can answer it. */
#ifndef SANDBOX_REQUEST_H
#define SANDBOX_REQUEST_H

#include "answer.h"
#include "contract.h"
#include "faults.h"
#include "idempotency.h"
#include "keys.h"
#include "operations.h"
#include "pairs.h"
#include "text.h"

enum { BODY_MAX = 1 << 20 };

/* What the server is to do next. */
enum step {
    STEP_ANSWER, /* send request->answer */
    STEP_CLOSE,  /* close the connection without an answer */
    STEP_WAIT,   /* come back after request->fault.delay milliseconds */
};

struct request {
    char method[12];
    char *target; /* as sent: path and query */
    char *path;   /* still percent-encoded */
    struct pairs query;
    struct text body;
    bool too_large;
    bool started; /* headers were seen */
    /* Headers that matter; NULL if absent. */
    char *authorization, *content_type, *idempotency_key, *accept;

    /* Filled in on the way. */
    int stage;
    char *id;
    const struct contract_operation *contract;
    const struct operation *operation;
    const struct key *key;
    struct fault fault;
    struct idempotency_record *record;
    cJSON *json;
    struct answer answer;
    bool checked;  /* the operation has held its answer against the contract itself */
    bool truncate; /* send half of the body, then close */
    bool has_waited;
    enum step waited; /* what to do after the wait */
};

/* The API. To be called again after a wait. */
enum step api_proceed(struct request *request);

/* Requests seen and effects had per operation: {operationId: {requests, effects}}. */
cJSON *api_tally(void);

/* The checkout page and payment links, and the control interface. */
void page_answer(struct request *request);
void control_answer(struct request *request);
/* The text of GET /_sandbox in parts, up to NULL. */
extern const char *const control_help[];

#endif
