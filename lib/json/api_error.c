/* XPay's error envelope: {"error": {"type", "code", "message", "param", "doc_url"}, "request_id"}. */
#include <string.h>

#include "../base/fail.h"
#include "table.h"
#include "decode.h"

typedef struct xpay_api_error_body {
    xpay_object base;
    const char *type;
    const char *code;
    const char *message;
    const char *param;
    const char *doc_url;
} xpay_api_error_body;

typedef struct xpay_api_error {
    xpay_object base;
    const xpay_api_error_body *error;
    const char *request_id;
} xpay_api_error;

#define T xpay_api_error_body
static const xpay_field api_error_body_fields[] = {
    TEXT("type", type, REQ), TEXT("code", code, 0),       TEXT("message", message, REQ),
    TEXT("param", param, 0), TEXT("doc_url", doc_url, 0),
};
static XPAY_TYPE(api_error_body, "ApiErrorBody", NULL);
#undef T

#define T xpay_api_error
static const xpay_field api_error_fields[] = {
    OBJECT("error", error, REQ, api_error_body),
    TEXT("request_id", request_id, 0),
};
static XPAY_TYPE(api_error, "ApiErrorResponse", NULL);
#undef T

bool xpay_decode_api_error(const char *bytes, size_t length, xpay_error *error)
{
    void *object;
    if (xpay_decode(&xpay_type_api_error, bytes, length, NULL, &object, NULL) != XPAY_OK)
        return false;
    const xpay_api_error *answer = object;
    const xpay_api_error_body *body = answer->error;
    bool fine = body != NULL && body->type != NULL;
    if (fine && error != NULL) {
        xpay_error_text(error->type, sizeof error->type, body->type);
        xpay_error_text(error->code, sizeof error->code, body->code);
        xpay_error_text(error->param, sizeof error->param, body->param);
        xpay_error_text(error->message, sizeof error->message, body->message);
        xpay_error_text(error->doc_url, sizeof error->doc_url, body->doc_url);
        xpay_error_text(error->request_id, sizeof error->request_id, answer->request_id);
    }
    xpay_object_free(object);
    return fine;
}
