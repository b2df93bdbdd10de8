#include "refund_request.h"

#include "../json/decode.h"
#include "model.h"

#define T xpay_refund_request
static const xpay_field refund_request_fields[] = {
    TEXT("chargeId", charge_id, NULLABLE),
    MONEY_OPT("amount", amount, NULLABLE),
    ENUM("reason", reason, NULLABLE, refund_reason),
    TEXT("description", description, NULLABLE),
    TEXT("instructionsEmail", instructions_email, NULLABLE),
};
#undef T

/* Not one of the types that can be listed: no answer is of it. */
static const xpay_type refund_request_type = {
    "refund_request",
    "",
    NULL,
    sizeof(xpay_refund_request),
    refund_request_fields,
    XPAY_LENGTH(refund_request_fields),
    NOWHERE,
    NOWHERE,
    NULL,
    0,
    NULL,
    false,
};

xpay_status xpay_refund_request_read(const char *body, xpay_refund_request **request,
                                     xpay_error *error)
{
    void *object = NULL;
    xpay_status status =
        xpay_decode(&refund_request_type, body, strlen(body), NULL, &object, error);
    *request = object;
    return status;
}
