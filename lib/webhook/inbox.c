/* Verify, claim, handle, commit, answer: in this order, and a 2xx only after the commit. */
#include <string.h>

#include <xpay/inbox.h>

#include "../base/fail.h"
#include "event.h"

_Static_assert(sizeof(xpay_inbox_reply) == 512, "xpay_inbox_reply has one size for ever");

void xpay_inbox_init(xpay_inbox *inbox, size_t size)
{
    memset(inbox, 0, size);
    inbox->size = size;
}

/* What each status of a refused delivery is answered with; all that is not listed with 500. */
static const struct {
    xpay_status status;
    int32_t http_status;
    int32_t verdict;
} refusals[] = {
    {XPAY_ERROR_SIGNATURE_MISSING, 401, XPAY_INBOX_REFUSED},
    {XPAY_ERROR_SIGNATURE_MALFORMED, 401, XPAY_INBOX_REFUSED},
    {XPAY_ERROR_SIGNATURE_MISMATCH, 401, XPAY_INBOX_REFUSED},
    {XPAY_ERROR_SIGNATURE_EXPIRED, 401, XPAY_INBOX_REFUSED},
    {XPAY_ERROR_TOO_LARGE, 413, XPAY_INBOX_REFUSED},
    {XPAY_ERROR_JSON, 500, XPAY_INBOX_UNREADABLE},
    {XPAY_ERROR_DECODE, 500, XPAY_INBOX_UNREADABLE},
    {XPAY_ERROR_NOT_AN_EVENT, 500, XPAY_INBOX_UNREADABLE},
};

/* What each status of a handler is answered with; all that is not listed with 500. */
static const struct {
    xpay_status status;
    int32_t http_status;
} put_off[] = {
    {XPAY_ERROR_NOT_FOUND, 404}, /* as XPay's own connectors answer for an order not known, yet */
    {XPAY_ERROR_CONFLICT, 503},
};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static xpay_status answer(xpay_inbox_reply *reply, int32_t http_status, int32_t verdict,
                          xpay_status status)
{
    reply->http_status = http_status;
    reply->verdict = verdict;
    return status;
}

static xpay_status refuse(xpay_inbox_reply *reply, xpay_status status)
{
    for (size_t i = 0; i < LENGTH(refusals); i++)
        if (refusals[i].status == status)
            return answer(reply, refusals[i].http_status, refusals[i].verdict, status);
    return answer(reply, 500, XPAY_INBOX_FAILED, status);
}

static xpay_status put_back(xpay_inbox_reply *reply, xpay_status status, xpay_error *error)
{
    int32_t http_status = 500;
    for (size_t i = 0; i < LENGTH(put_off); i++)
        if (put_off[i].status == status)
            http_status = put_off[i].http_status;
    xpay_fail(error, status, NULL, "the handler could not finish the event (%s): rolled back",
              xpay_status_name(status));
    return answer(reply, http_status, XPAY_INBOX_PUT_OFF, status);
}

/* Begin a reply that says 500 until something better is known. */
static xpay_status begin(const xpay_inbox *inbox, xpay_event_handler handler,
                         xpay_inbox_reply *reply, xpay_error *error)
{
    xpay_error_clear(error);
    if (reply == NULL)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "reply", "reply: must not be NULL");
    memset(reply, 0, sizeof *reply);
    answer(reply, 500, XPAY_INBOX_FAILED, XPAY_OK);
    if (inbox == NULL || inbox->size < offsetof(xpay_inbox, release) + sizeof inbox->release)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "inbox",
                         "inbox: begin with XPAY_INBOX_INIT, and set its callbacks");
    for (size_t i = sizeof *inbox; i < inbox->size; i++)
        if (((const char *)inbox)[i] != 0)
            return xpay_fail(error, XPAY_ERROR_ABI, "inbox",
                             "the inbox has a member that this libxpay does not know");
    if (inbox->claim == NULL || inbox->commit == NULL || inbox->release == NULL)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "inbox",
                         "inbox: claim, commit and release must not be NULL");
    if (handler == NULL)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "handler", "handler: must not be NULL");
    return XPAY_OK;
}

/* For the log, also of what is refused: `event` may be NULL, or lack what it should have. */
static void name(xpay_inbox_reply *reply, const xpay_event *event)
{
    if (event == NULL)
        return;
    xpay_plain_text(reply->event_id, sizeof reply->event_id, event->id);
    xpay_plain_text(reply->event_type, sizeof reply->event_type, event->type);
    xpay_plain_text(reply->secret_label, sizeof reply->secret_label, event->secret_label);
}

static xpay_status handle(const xpay_inbox *inbox, const xpay_event *event,
                          xpay_event_handler handler, void *context, xpay_inbox_reply *reply,
                          xpay_error *error)
{
    void *transaction = NULL;
    switch (inbox->claim(inbox->context, event, &transaction)) {
    case XPAY_CLAIM_TAKEN: break;
    case XPAY_CLAIM_DUPLICATE: return answer(reply, 200, XPAY_INBOX_DUPLICATE, XPAY_OK);
    case XPAY_CLAIM_BUSY:
        xpay_fail(error, XPAY_ERROR_INBOX_BUSY, NULL, "another worker has the event");
        return answer(reply, 503, XPAY_INBOX_BUSY, XPAY_ERROR_INBOX_BUSY);
    default:
        xpay_fail(error, XPAY_ERROR_INBOX, NULL, "the inbox could not claim the event");
        return answer(reply, 500, XPAY_INBOX_FAILED, XPAY_ERROR_INBOX);
    }
    xpay_status status = handler(context, event, transaction);
    if (status != XPAY_OK) {
        inbox->release(inbox->context, transaction);
        return put_back(reply, status, error);
    }
    if (inbox->commit(inbox->context, transaction) != XPAY_OK) {
        xpay_fail(error, XPAY_ERROR_INBOX, NULL, "the inbox could not commit the event");
        return answer(reply, 500, XPAY_INBOX_FAILED, XPAY_ERROR_INBOX);
    }
    return answer(reply, 200, XPAY_INBOX_HANDLED, XPAY_OK);
}

xpay_status xpay_inbox_handle(const xpay_inbox *inbox, const xpay_event *event,
                              xpay_event_handler handler, void *context, xpay_inbox_reply *reply,
                              xpay_error *error)
{
    xpay_status status = begin(inbox, handler, reply, error);
    if (status != XPAY_OK)
        return status;
    if (event == NULL || event->id == NULL || event->type == NULL)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "event", "event: must be one, with an id");
    name(reply, event);
    return handle(inbox, event, handler, context, reply, error);
}

/* Handle an event that was just constructed, or say why there is none; it is freed in either case. */
static xpay_status conclude(xpay_status status, xpay_event *event, const xpay_inbox *inbox,
                            xpay_event_handler handler, void *context, xpay_inbox_reply *reply,
                            xpay_error *error)
{
    name(reply, event);
    status = status == XPAY_OK ? handle(inbox, event, handler, context, reply, error)
                               : refuse(reply, status);
    xpay_object_free(event);
    return status;
}

xpay_status xpay_inbox_process(xpay_webhook_verifier *verifier, const xpay_inbox *inbox,
                               const void *body, size_t length, const char *header,
                               xpay_event_handler handler, void *context, xpay_inbox_reply *reply,
                               xpay_error *error)
{
    xpay_event *event;
    xpay_error local;
    if (error == NULL)
        error = &local;
    xpay_status status = begin(inbox, handler, reply, error);
    if (status != XPAY_OK)
        return status;
    status = xpay_event_construct(verifier, body, length, header, &event, error);
    return conclude(status, event, inbox, handler, context, reply, error);
}

xpay_status xpay_inbox_process_stream(xpay_webhook_stream *stream, const xpay_inbox *inbox,
                                      const void *body, size_t length, xpay_event_handler handler,
                                      void *context, xpay_inbox_reply *reply, xpay_error *error)
{
    xpay_event *event;
    xpay_error local;
    if (error == NULL)
        error = &local;
    xpay_status status = begin(inbox, handler, reply, error);
    if (status != XPAY_OK)
        return status;
    status = xpay_event_construct_streamed(stream, body, length, &event, error);
    return conclude(status, event, inbox, handler, context, reply, error);
}
