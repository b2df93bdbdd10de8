/* An answer under construction: a status and a body. Refusals are made from the table of error
 * codes, so that a code always comes with the type and the status that the API gives it. */
#ifndef SANDBOX_ANSWER_H
#define SANDBOX_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include <cjson/cJSON.h>

struct answer {
    int status;
    char *body; /* NULL: none */
    size_t length;
    const char *content_type;
    char *location;    /* of a 303 */
    char *retry_after; /* header value, or NULL */
    const char *code;  /* error code of a refusal, or NULL */
    bool replayed;     /* stored under an idempotency key by an earlier request */
};

void answer_json(struct answer *answer, int status, cJSON *body); /* takes BODY */
void answer_text(struct answer *answer, int status, const char *content_type, char *body);
void answer_bytes(struct answer *answer, int status, const char *bytes, size_t length);
/* 204 */
void answer_nothing(struct answer *answer);
void answer_clear(struct answer *answer);

/* Fills in the error envelope; always false, so that a rule can return it. PARAM may be NULL. */
bool refuse(struct answer *answer, const char *code, const char *param, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The same with another status than the code's own. */
bool refuse_with(struct answer *answer, int status, const char *code, const char *param,
                 const char *message);

#endif
