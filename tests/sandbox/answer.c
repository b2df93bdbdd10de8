/* Answers and the table of refusals. */
#include "answer.h"
#include "ids.h"
#include "json.h"
#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char json_type[] = "application/json; charset=utf-8";

void answer_clear(struct answer *answer)
{
    free(answer->body);
    free(answer->location);
    free(answer->retry_after);
    *answer = (struct answer){0};
}

void answer_text(struct answer *answer, int status, const char *content_type, char *body)
{
    answer_clear(answer);
    answer->status = status;
    answer->content_type = content_type;
    answer->body = body;
    answer->length = strlen(body);
}

void answer_json(struct answer *answer, int status, cJSON *body)
{
    answer_text(answer, status, json_type, json_print(body));
    cJSON_Delete(body);
}

void answer_bytes(struct answer *answer, int status, const char *bytes, size_t length)
{
    answer_clear(answer);
    answer->status = status;
    answer->content_type = json_type;
    answer->body = must_copy_bytes(bytes, length);
    answer->length = length;
}

void answer_nothing(struct answer *answer)
{
    answer_clear(answer);
    answer->status = 204;
}

/* Codes that are not listed are requests that are wrong as they stand: 400. */
static const struct {
    const char *code;
    const char *type;
    int status;
} codes[] = {
    {"authentication_required", "authentication_error", 401},
    {"invalid_api_key", "authentication_error", 401},
    {"api_key_inactive", "authentication_error", 401},
    {"permission_denied", "invalid_request_error", 403},
    {"merchant_not_activated", "invalid_request_error", 403},
    {"resource_missing", "invalid_request_error", 404},
    {"resource_invalid_state", "invalid_request_error", 409},
    {"idempotency_key_in_use", "idempotency_error", 400},
    {"rate_limit", "rate_limit_error", 429},
    {"request_timeout", "api_error", 408},
    {"internal_error", "api_error", 500},
};

bool refuse_with(struct answer *answer, int status, const char *code, const char *param,
                 const char *message)
{
    const char *type = status >= 500 ? "api_error" : "invalid_request_error";
    char request_id[ID_SIZE];
    id_make_plain(request_id, "req");
    const char *known = NULL;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (same_text(codes[i].code, code)) {
            type = codes[i].type;
            known = codes[i].code;
            status = status ? status : codes[i].status;
        }
    cJSON *envelope = cJSON_CreateObject();
    cJSON *error = json_add_object(envelope, "error");
    json_add_text(error, "type", type);
    json_add_text(error, "code", code);
    json_add_text(error, "message", message);
    if (param && *param)
        json_add_text(error, "param", param);
    char *url = must_format("https://docs.xpay.app/integrate/errors/api-error-codes#%s", code);
    json_add_text(error, "doc_url", url);
    free(url);
    json_add_text(envelope, "request_id", request_id);
    answer_json(answer, status ? status : 400, envelope);
    answer->code = known;
    return false;
}

bool refuse(struct answer *answer, const char *code, const char *param, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    char *message = must_format_list(format, values);
    va_end(values);
    refuse_with(answer, 0, code, param, message);
    free(message);
    return false;
}
