/* Field tables of <xpay/after_completion.h>. */
#include <xpay/after_completion.h>

#include "model.h"

XPAY_ENUM(after_completion_type, "redirect", "hosted_confirmation");

#define T xpay_after_completion_redirect
static const xpay_field after_completion_redirect_fields[] = {
    TEXT("url", url, REQ),
};
XPAY_TYPE(after_completion_redirect, "AfterCompletionRedirectResponse", NULL);
#undef T

#define T xpay_after_completion_hosted_confirmation
static const xpay_field after_completion_hosted_confirmation_fields[] = {
    TEXT("customMessage", custom_message, NULLABLE),
    TEXT("returnUrl", return_url, NULLABLE),
};
XPAY_TYPE(after_completion_hosted_confirmation, "AfterCompletionHostedConfirmationResponse", NULL);
#undef T

#define T xpay_after_completion
static const xpay_field after_completion_fields[] = {
    ENUM("type", type, REQ, after_completion_type),
    OBJECT("redirect", redirect, NULLABLE, after_completion_redirect),
    OBJECT("hostedConfirmation", hosted_confirmation, NULLABLE,
           after_completion_hosted_confirmation),
};
XPAY_TYPE(after_completion, "AfterCompletionResponse", NULL);
#undef T

#define T xpay_after_completion_redirect_params
static const xpay_field after_completion_redirect_params_fields[] = {
    P_TEXT("url", url, REQ, 0, 0, XPAY_FORMAT_URI, NOWHERE),
};
XPAY_PARAMS_TYPE(after_completion_redirect_params, "AfterCompletionRedirect", NULL, 0);
#undef T

#define T xpay_after_completion_hosted_confirmation_params
static const xpay_field after_completion_hosted_confirmation_params_fields[] = {
    P_TEXT("customMessage", custom_message, NULLABLE, 0, 500, XPAY_FORMAT_NONE, 0),
    P_TEXT("returnUrl", return_url, NULLABLE, 0, 0, XPAY_FORMAT_URI, 1),
};
XPAY_PARAMS_TYPE(after_completion_hosted_confirmation_params, "AfterCompletionHostedConfirmation",
                 NULL, 0);
#undef T

#define T xpay_after_completion_params
static const xpay_field after_completion_params_fields[] = {
    P_ENUM("type", type, REQ, after_completion_type, NOWHERE),
    P_OBJECT("redirect", redirect, NULLABLE, after_completion_redirect_params, 0),
    P_OBJECT("hostedConfirmation", hosted_confirmation, NULLABLE,
             after_completion_hosted_confirmation_params, 1),
};
static const xpay_rule after_completion_params_rules[] = {
    {XPAY_RULE_NEEDS, IS("type", XPAY_AFTER_COMPLETION_TYPE_REDIRECT), SET("redirect")},
    {XPAY_RULE_FORBIDS, IS("type", XPAY_AFTER_COMPLETION_TYPE_HOSTED_CONFIRMATION),
     SET("redirect")},
    {XPAY_RULE_FORBIDS, IS("type", XPAY_AFTER_COMPLETION_TYPE_REDIRECT),
     SET("hosted_confirmation")},
};
XPAY_PARAMS_TYPE(after_completion_params, "AfterCompletion", after_completion_params_rules,
                 XPAY_LENGTH(after_completion_params_rules));
#undef T
