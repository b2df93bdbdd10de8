/* What comes back in one attempt: the status line, the headers that matter, the body up to a limit. */
#ifndef XPAY_NET_ANSWER_H
#define XPAY_NET_ANSWER_H

#include <xpay/object.h>

#include "../base/buffer.h"

typedef struct xpay_answer {
    size_t max_body;  /* more bytes are refused */
    xpay_buffer body; /* its memory serves many answers */
    size_t header_bytes;
    int32_t http_status;   /* 0 until a status line came */
    bool headers_complete; /* the blank line after them came, and not that of an interim answer */
    xpay_status refusal;   /* why we stopped reading ourselves; XPAY_OK when we did not */

    /* Header values, "" when absent. */
    char date[40];
    char request_id[64];
    char retry_after[40];
    char content_type[64];
    char replayed[16];

    /* Known when the attempt is over. */
    xpay_status failure;    /* XPAY_OK: the whole answer is here */
    int32_t transport_code; /* CURLcode */
    const char *detail;     /* libcurl's words about the failure, or "" */
    xpay_response response; /* timings, clock skew; the texts are not filled in */
    int64_t retry_after_us; /* -1 when the answer asks for no wait */
} xpay_answer;

/* Forget the last answer and wipe its bytes; keep the memory unless it grew large. */
void xpay_answer_reset(xpay_answer *answer);

/* The answer is over: fill in what its headers say. `now_ms` is the wall clock. */
void xpay_answer_read_headers(xpay_answer *answer, int64_t now_ms);

/* libcurl's callbacks for one header line and for a piece of the body. */
size_t xpay_answer_header(char *line, size_t size, size_t count, void *answer);
size_t xpay_answer_body(char *bytes, size_t size, size_t count, void *answer);

#endif
