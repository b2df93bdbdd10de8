/* Idempotency keys: the first request under a key is acted on, a repeat gets its answer again.
 * With the state locked. */
#ifndef SANDBOX_IDEMPOTENCY_H
#define SANDBOX_IDEMPOTENCY_H

#include <stdbool.h>

#include "answer.h"
#include "ids.h"

struct idempotency_record;

struct idempotent_request {
    const char *key;
    enum world world;
    const char *method;
    const char *target; /* path and query as they were sent */
    const char *body;
    size_t length;
};

/* True: act, then call idempotency_end with *RECORD. False: ANSWER has the stored answer or a
 * refusal. */
bool idempotency_begin(const struct idempotent_request *request, struct idempotency_record **record,
                       struct answer *answer);

/* Stores the answer, unless KEEP is false or it is one that is never stored. */
void idempotency_end(struct idempotency_record *record, const struct answer *answer, bool keep);

void idempotency_free(void);

#endif
