/* Receiving: bounded, and only what is needed. */
#include "answer.h"

#include <curl/curl.h>
#include <string.h>

#include "../base/secret.h"

#define MAX_HEADER_BYTES ((size_t)256 * 1024)
#define KEPT_BODY_BYTES  ((size_t)64 * 1024)

static const struct header_row {
    const char *name;
    size_t name_length;
    size_t offset;
    size_t size;
} header_rows[] = {
#define HEADER(name, member)                                                                      \
    {                                                                                             \
        name, sizeof(name) - 1, offsetof(xpay_answer, member), sizeof(((xpay_answer *)0)->member) \
    }
    HEADER("date", date),
    HEADER("request-id", request_id),
    HEADER("x-request-id", request_id),
    HEADER("retry-after", retry_after),
    HEADER("content-type", content_type),
    HEADER("idempotent-replayed", replayed),
#undef HEADER
};

static void forget_headers(xpay_answer *answer)
{
    answer->date[0] = '\0';
    answer->request_id[0] = '\0';
    answer->retry_after[0] = '\0';
    answer->content_type[0] = '\0';
    answer->replayed[0] = '\0';
}

void xpay_answer_reset(xpay_answer *answer)
{
    xpay_wipe(answer->body.bytes, answer->body.length);
    answer->body.length = 0;
    if (answer->body.capacity > KEPT_BODY_BYTES || answer->body.failed)
        xpay_buffer_free(&answer->body);
    answer->header_bytes = 0;
    answer->http_status = 0;
    answer->refusal = XPAY_OK;
    forget_headers(answer);
    answer->failure = XPAY_OK;
    answer->transport_code = 0;
    answer->detail = "";
    memset(&answer->response, 0, sizeof(answer->response));
    answer->retry_after_us = -1;
}

/* "HTTP/1.1 201 Created": a new header begins, after an interim one perhaps. */
static void read_status_line(xpay_answer *answer, const char *line, size_t length)
{
    const char *code = memchr(line, ' ', length);
    forget_headers(answer);
    answer->http_status = 0;
    if (code == NULL || (size_t)(line + length - code) < 4)
        return;
    for (int i = 1; i <= 3; i++) {
        if (code[i] < '0' || code[i] > '9')
            return;
        answer->http_status = answer->http_status * 10 + (code[i] - '0');
    }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void keep_value(char *field, size_t size, const char *value, const char *end)
{
    while (value < end && is_blank(*value))
        value++;
    while (value < end && is_blank(end[-1]))
        end--;
    size_t length = (size_t)(end - value);
    if (length >= size)
        length = size - 1;
    memcpy(field, value, length);
    field[length] = '\0';
}

size_t xpay_answer_header(char *line, size_t size, size_t count, void *user)
{
    xpay_answer *answer = user;
    size_t length = size * count;
    answer->header_bytes += length;
    if (answer->header_bytes > MAX_HEADER_BYTES) {
        answer->refusal = XPAY_ERROR_TOO_LARGE;
        return 0;
    }
    if (length >= 5 && memcmp(line, "HTTP/", 5) == 0) {
        read_status_line(answer, line, length);
        return length;
    }
    for (size_t i = 0; i < sizeof(header_rows) / sizeof(header_rows[0]); i++) {
        const struct header_row *row = &header_rows[i];
        if (length > row->name_length && line[row->name_length] == ':' &&
            curl_strnequal(line, row->name, row->name_length))
            keep_value((char *)answer + row->offset, row->size, line + row->name_length + 1,
                       line + length);
    }
    return length;
}

size_t xpay_answer_body(char *bytes, size_t size, size_t count, void *user)
{
    xpay_answer *answer = user;
    size_t length = size * count;
    if (length > answer->max_body - answer->body.length) {
        answer->refusal = XPAY_ERROR_TOO_LARGE;
        return 0;
    }
    xpay_buffer_append(&answer->body, bytes, length);
    if (answer->body.failed) {
        answer->refusal = XPAY_ERROR_MEMORY;
        return 0;
    }
    return length;
}
