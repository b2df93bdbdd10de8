/* Answers that many scripts use. */
#ifndef XPAY_TESTS_ANSWERS_SCRIPTED_H
#define XPAY_TESTS_ANSWERS_SCRIPTED_H

#include "scripted.h"

#define REFUND_TAIL                                                               \
    "\"id\":\"re_1\",\"object\":\"refund\",\"amount\":500,\"chargeId\":\"ch_1\"," \
    "\"createdAt\":\"2099-01-01T00:00:00.000Z\",\"currency\":\"EGP\",\"status\":\"SUCCEEDED\"}"
#define REFUND_JSON "{" REFUND_TAIL

#define ERROR_JSON(type, code)                           \
    "{\"error\":{\"type\":\"" type "\",\"code\":\"" code \
    "\",\"message\":\"no\"},\"request_id\":\"req_1\"}"

#define MADE     SAYS("201", "", REFUND_JSON)
#define FAILED   SAYS("500", "", ERROR_JSON("api_error", "internal_error"))
#define BUSY     SAYS("503", "", ERROR_JSON("api_error", "internal_error"))
#define TOO_MANY SAYS("429", "", ERROR_JSON("rate_limit_error", "rate_limit"))
#define WRONG    SAYS("400", "", ERROR_JSON("invalid_request_error", "parameter_invalid"))
#define WRONG_AGAIN                              \
    SAYS("400", "Idempotent-Replayed: true\r\n", \
         ERROR_JSON("invalid_request_error", "parameter_invalid"))
#define NO_KEY SAYS("401", "", ERROR_JSON("authentication_error", "invalid_api_key"))

#endif
