/* Names and sentences of statuses, outcomes and next steps. */
#include <xpay/error.h>
#include <xpay/version.h>

#define ROW(status, text)                    \
    {                                        \
        XPAY_##status, "XPAY_" #status, text \
    }

static const struct {
    xpay_status status;
    const char *name;
    const char *text;
} statuses[] = {
    ROW(OK, "success"),
    ROW(ERROR_ARGUMENT, "a value is missing, out of range or misshapen"),
    ROW(ERROR_MEMORY, "memory ran out"),
    ROW(ERROR_ABI, "the program was built with newer headers than this libxpay has"),
    ROW(ERROR_UNSUPPORTED, "libcurl or OpenSSL on this machine lacks what libxpay needs"),
    ROW(ERROR_ABSENT, "there is nothing of that name"),
    ROW(ERROR_OVERFLOW, "the amount does not fit, or currencies would be mixed"),
    ROW(ERROR_RESOLVE, "the host name could not be resolved"),
    ROW(ERROR_CONNECT, "no connection could be made"),
    ROW(ERROR_TLS_HANDSHAKE, "TLS could not be agreed on with the server"),
    ROW(ERROR_TLS_CERTIFICATE, "the server's certificate is not to be trusted"),
    ROW(ERROR_NETWORK, "the connection broke"),
    ROW(ERROR_TIMEOUT, "the time allowed ran out"),
    ROW(ERROR_CANCELED, "the call was canceled"),
    ROW(ERROR_PROTOCOL, "what came back is not usable HTTP"),
    ROW(ERROR_TOO_LARGE, "the answer, or the body of a webhook, is larger than allowed"),
    ROW(ERROR_REQUEST, "XPay found the request wrong"),
    ROW(ERROR_AUTHENTICATION, "XPay did not accept the API key"),
    ROW(ERROR_PERMISSION, "the API key may not do this"),
    ROW(ERROR_NOT_FOUND, "XPay has no such object in this mode"),
    ROW(ERROR_CONFLICT, "the object's state does not allow it now"),
    ROW(ERROR_IDEMPOTENCY, "the idempotency key belongs to another request or is in use"),
    ROW(ERROR_RATE_LIMIT, "too many requests"),
    ROW(ERROR_SERVER, "XPay failed"),
    ROW(ERROR_JSON, "the bytes are not JSON"),
    ROW(ERROR_DECODE, "the JSON is not the object that was expected"),
    ROW(ERROR_SIGNATURE_MISSING, "the webhook has no XPay-Signature header"),
    ROW(ERROR_SIGNATURE_MALFORMED, "the webhook's XPay-Signature header is malformed"),
    ROW(ERROR_SIGNATURE_MISMATCH, "the webhook was not signed with a known secret"),
    ROW(ERROR_SIGNATURE_EXPIRED, "the webhook's signature is outside the time window"),
    ROW(ERROR_NOT_AN_EVENT, "the webhook's body is not an event"),
    ROW(ERROR_INBOX, "the inbox could not claim or commit the event"),
    ROW(ERROR_INBOX_BUSY, "another worker has the event at this moment"),
};

static const char *const outcomes[] = {"NONE", "NOT_SENT", "REJECTED", "APPLIED", "UNKNOWN"};
static const char *const next_steps[] = {"NONE", "FIX", "SAME_KEY", "NEW_GENERATION", "LOOK"};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

const char *xpay_status_name(xpay_status status)
{
    for (size_t i = 0; i < COUNT(statuses); i++)
        if (statuses[i].status == status)
            return statuses[i].name;
    return "XPAY_ERROR_?";
}

const char *xpay_status_text(xpay_status status)
{
    for (size_t i = 0; i < COUNT(statuses); i++)
        if (statuses[i].status == status)
            return statuses[i].text;
    return "a status that this libxpay does not know";
}

const char *xpay_outcome_name(int32_t outcome)
{
    return outcome >= 0 && (size_t)outcome < COUNT(outcomes) ? outcomes[outcome] : "?";
}

const char *xpay_next_step_name(int32_t next_step)
{
    return next_step >= 0 && (size_t)next_step < COUNT(next_steps) ? next_steps[next_step] : "?";
}

uint32_t xpay_version_number(void)
{
    return XPAY_VERSION_NUMBER;
}

const char *xpay_version(void)
{
    return XPAY_VERSION_STRING;
}
