/*
 * A line to XPay: one libcurl easy handle in a multi handle of its own, with the connection that they keep open.
 *
 * Everything that is the same in all requests is set once, when the line is opened. One thread uses a line at a time.
 */
#ifndef XPAY_NET_LINE_H
#define XPAY_NET_LINE_H

#include <curl/curl.h>

#include "answer.h"
#include "client.h"
#include "request.h"

enum {
    XPAY_HEADER_KEY,
    XPAY_HEADER_CONTENT_TYPE,
    XPAY_HEADER_AUTHORIZATION,
    XPAY_HEADER_ACCEPT,
    XPAY_HEADER_EXPECT,
    XPAY_HEADER_COUNT
};

typedef struct xpay_line {
    struct xpay_line *next; /* in the pool's stack */
    struct xpay_pool *pool; /* where it goes back to */
    CURLM *multi;
    CURL *easy;
    struct curl_slist
        headers[XPAY_HEADER_COUNT]; /* a chain: where it is entered decides what is sent */
    char key_header[sizeof("Idempotency-Key: ") + XPAY_KEY_SIZE];
    char detail[CURL_ERROR_SIZE];
    const char *custom_method; /* what the handle is set to; NULL for GET and POST */
    bool alone;                /* set to use a new connection and to close it */
    bool broken;               /* in a state that is not to be relied on: to be closed */
    xpay_exchange *exchange;   /* during an attempt */
    xpay_answer answer;
} xpay_line;

/* XPAY_OK, XPAY_ERROR_MEMORY, XPAY_ERROR_UNSUPPORTED. `settings` must outlive the line. */
xpay_status xpay_line_open(const xpay_settings *settings, xpay_line **line);
void xpay_line_close(xpay_line *line);

/* Set the handle up for an attempt. `request` and `exchange` must live until xpay_line_finish(). */
CURLcode xpay_line_prepare(xpay_line *line, const xpay_request *request, xpay_exchange *exchange);

/* The attempt ended with `code`: complete line->answer. */
void xpay_line_finish(xpay_line *line, CURLcode code);

#endif
