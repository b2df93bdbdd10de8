/* One attempt: a line, a transfer, and what its answer means. */
#include <string.h>

#include "../base/fail.h"
#include "../json/decode.h"
#include "../json/scan.h"
#include "calling.h"
#include "driver.h"
#include "pool.h"

/* A 2xx with a body where none is to come: JSON is XPay's and fine, anything else is not XPay's word. */
static xpay_status pass_over(xpay_calling *c, const xpay_answer *answer)
{
    xpay_json_scan scan;
    xpay_status status = XPAY_OK;
    if (answer->body.length == 0)
        return XPAY_OK;
    if (!xpay_json_scan_bytes(&scan, answer->body.bytes, answer->body.length))
        status =
            scan.problem == NULL
                ? xpay_fail(c->error, XPAY_ERROR_MEMORY, NULL, "%s",
                            xpay_status_text(XPAY_ERROR_MEMORY))
                : xpay_fail(c->error, XPAY_ERROR_JSON, NULL,
                            "the answer was to be empty, and is not JSON either: %s", scan.problem);
    xpay_json_scan_free(&scan);
    return status;
}

/* A 2xx: it counts when the object can be read. */
static xpay_status read_object(xpay_calling *c, const xpay_answer *answer)
{
    const xpay_operation *operation = c->request.operation;
    xpay_response response = answer->response;
    if (operation->answer == NULL)
        return pass_over(c, answer);
    response.attempts = c->exchange.sent;
    response.total_us = xpay_machine.now_us(NULL) - c->exchange.started_us;
    response.request_id = answer->request_id[0] == '\0' ? NULL : answer->request_id;
    response.idempotency_key = c->request.key[0] == '\0' ? NULL : c->request.key;
    const char *bytes = answer->body.length == 0 ? "" : answer->body.bytes;
    return xpay_decode(operation->answer, bytes, answer->body.length, &response, &c->object,
                       c->error);
}

/* Read what an attempt brought into the error or the object; XPAY_OK when the answer is usable as what it is. */
static xpay_status read_answer(xpay_calling *c, const xpay_answer *answer)
{
    xpay_error *error = c->error;
    error->http_status = answer->http_status;
    error->transport_code = answer->transport_code;
    if (answer->failure == XPAY_ERROR_TOO_LARGE)
        return xpay_fail(error, answer->failure, NULL,
                         "%s: its body may have %zu bytes (max_response_bytes), its header 256 KiB",
                         xpay_status_text(answer->failure), answer->max_body);
    if (answer->failure != XPAY_OK)
        return xpay_fail(error, answer->failure, NULL, "%s%s%s", xpay_status_text(answer->failure),
                         answer->detail[0] == '\0' ? "" : ": ", answer->detail);
    if (answer->http_status >= 200 && answer->http_status <= 299)
        return read_object(c, answer);
    if (answer->body.length > 0 &&
        !xpay_decode_api_error(answer->body.bytes, answer->body.length, error) &&
        strncmp(answer->content_type, "application/json", 16) != 0)
        xpay_fail(error, XPAY_OK, NULL,
                  "HTTP %d, and the answer is %s instead of XPay's JSON: a firewall or a proxy may "
                  "have given it",
                  (int)answer->http_status,
                  answer->content_type[0] == '\0' ? "of no type" : answer->content_type);
    return XPAY_OK;
}

/* What tells refusals of the same HTTP status apart. */
static const char *refusal_code(const xpay_error *error)
{
    if (strcmp(error->type, "idempotency_error") == 0)
        return "idempotency_key_in_use";
    return error->code[0] != '\0' ? error->code : error->type;
}

static void note_skew(xpay_client *client, const xpay_response *response)
{
    if (!response->has_clock_skew)
        return;
    atomic_store(&client->skew_ms, response->clock_skew_ms);
    atomic_store(&client->knows_skew, true);
}

void xpay_attempt_make(xpay_calling *c)
{
    xpay_line *line = NULL;
    xpay_attempt result = {XPAY_OK, 0, "", -1, false};
    int64_t started_us = xpay_machine.now_us(NULL);
    xpay_error_clear(c->error);
    result.failure = xpay_pool_take(c->client, c->exchange.deadline_us, c->cancel, &line, c->error);
    if (result.failure == XPAY_OK) {
        xpay_observe_request(c);
        xpay_drive(line, &c->request, &c->exchange, c->cancel);
        result.failure = read_answer(c, &line->answer);
        result.http_status = line->answer.http_status;
        result.code = refusal_code(c->error);
        if (c->error->request_id[0] == '\0')
            xpay_error_text(c->error->request_id, sizeof(c->error->request_id),
                            line->answer.request_id);
        result.retry_after_us = line->answer.retry_after_us;
        result.replayed = line->answer.response.replayed;
        note_skew(c->client, &line->answer.response);
        if (result.retry_after_us > 0)
            c->error->retry_after_ms = result.retry_after_us / 1000;
    }
    xpay_exchange_attempted(&c->exchange, &result);
    xpay_observe_response(c, line == NULL ? NULL : &line->answer, &result,
                          xpay_machine.now_us(NULL) - started_us);
    if (line != NULL) {
        xpay_answer_reset(&line->answer); /* it may hold client secrets */
        xpay_pool_give(line);
    }
}
