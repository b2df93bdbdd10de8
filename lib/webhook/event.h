/* Events between the files of this room. */
#ifndef XPAY_WEBHOOK_EVENT_H
#define XPAY_WEBHOOK_EVENT_H

#include <xpay/webhook.h>

/*
 * xpay_webhook_construct_event() with an error that is clear already. It also hands out what it refuses, if that is an
 * event at least by its id and type, so that it can be named in a log; the caller frees it then, too.
 */
xpay_status xpay_event_construct(xpay_webhook_verifier *verifier, const void *body, size_t length,
                                 const char *header, xpay_event **event, xpay_error *error);

/* The same by a stream, which is finished here; of a body that is not as long as what was added, nothing is read. */
xpay_status xpay_event_construct_streamed(xpay_webhook_stream *stream, const void *body,
                                          size_t length, xpay_event **event, xpay_error *error);

#endif
