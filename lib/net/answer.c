/* Receiving: bounded, and only what is needed. */
#include "answer.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "../base/moment.h"
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
    xpay_buffer *body = &answer->body;
    if (body->capacity > KEPT_BODY_BYTES || body->failed)
        xpay_buffer_wipe(body);
    else if (body->length > 0)
        memset(body->bytes, 0, body->length); /* it stays reachable, so the compiler keeps this */
    body->length = 0;
    answer->header_bytes = 0;
    answer->http_status = 0;
    answer->headers_complete = false;
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
    answer->headers_complete = false;
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
    if (length <= 2 && (line[0] == '\r' || line[0] == '\n'))
        answer->headers_complete = answer->http_status >= 200;
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

/* The form that HTTP asks for: "Sun, 06 Nov 1994 08:49:37 GMT". */
static bool read_date(const char *text, int64_t *milliseconds)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    char name[4] = "";
    char iso[] = "YYYY-MM-DDTHH:MM:SSZ";
    if (strlen(text) != 29 || strcmp(text + 25, " GMT") != 0)
        return false;
    memcpy(name, text + 8, 3);
    const char *found = strstr(months, name);
    if (found == NULL || (found - months) % 3 != 0)
        return false;
    int month = (int)(found - months) / 3 + 1;
    memcpy(iso, text + 12, 4);
    iso[5] = (char)('0' + month / 10);
    iso[6] = (char)('0' + month % 10);
    memcpy(iso + 8, text + 5, 2);
    memcpy(iso + 11, text + 17, 8);
    return xpay_time_parse(iso, sizeof(iso) - 1, milliseconds);
}

/* Seconds, or a date: that is measured against the server's own clock where it is known. */
static int64_t read_retry_after(const xpay_answer *answer, int64_t now_ms)
{
    const char *text = answer->retry_after;
    size_t digits = strspn(text, "0123456789");
    int64_t until_ms;
    if (digits > 0 && text[digits] == '\0')
        return digits > 9 ? INT64_MAX / 2 : strtoll(text, NULL, 10) * 1000000;
    if (!read_date(text, &until_ms))
        return -1;
    int64_t wait_ms = until_ms - (now_ms + answer->response.clock_skew_ms);
    return wait_ms > 0 ? wait_ms * 1000 : 0;
}

void xpay_answer_read_headers(xpay_answer *answer, int64_t now_ms)
{
    xpay_response *response = &answer->response;
    int64_t date_ms;
    response->http_status = answer->http_status;
    response->replayed = answer->replayed[0] != '\0' && !curl_strequal(answer->replayed, "false");
    response->has_clock_skew = read_date(answer->date, &date_ms);
    if (response->has_clock_skew)
        response->clock_skew_ms = date_ms - now_ms;
    answer->retry_after_us = read_retry_after(answer, now_ms);
}
