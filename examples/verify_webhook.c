/*
 * Verifies one webhook delivery, and prints what it says.
 *
 *     cc verify_webhook.c $(pkg-config --cflags --libs xpay) -o verify_webhook
 *     XPAY_WEBHOOK_SECRET=whsec_… ./verify_webhook 't=…,v1=…' body.json
 *
 * The body is read byte for byte from the file, or from standard input. A delivery that was stored long ago fails for
 * its age; "--any-age" in front checks the rest.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xpay/xpay.h>

/* All of a stream; NULL when it cannot be read or is larger than any webhook. */
static char *read_all(FILE *file, size_t *length)
{
    const size_t most = 16 << 20;
    size_t capacity = 64 << 10;
    char *bytes = malloc(capacity);
    *length = 0;
    while (bytes) {
        *length += fread(bytes + *length, 1, capacity - *length, file);
        if (*length < capacity)
            break;
        char *more = capacity < most ? realloc(bytes, capacity *= 2) : NULL;
        if (!more)
            free(bytes);
        bytes = more;
    }
    if (bytes && ferror(file)) {
        free(bytes);
        bytes = NULL;
    }
    return bytes;
}

/* What a server answers, so that XPay knows whether to deliver again; xpay_inbox_process() would say the same. */
static const char *answer(xpay_status status)
{
    switch (status) {
    case XPAY_ERROR_SIGNATURE_MISSING:
    case XPAY_ERROR_SIGNATURE_MALFORMED:
    case XPAY_ERROR_SIGNATURE_MISMATCH:
    case XPAY_ERROR_SIGNATURE_EXPIRED: return "401: it is not from XPay, or not fresh";
    case XPAY_ERROR_TOO_LARGE: return "413: it is larger than an event";
    case XPAY_ERROR_MEMORY: return "500: XPay delivers it again";
    default: return "500: it is from XPay and cannot be read, so a person must look";
    }
}

static void tell(const xpay_event *event)
{
    const xpay_checkout_session *session = event->checkout_session;
    printf("%s %s (%s)\n", event->id, event->type, event->livemode ? "live" : "test");
    if (!session)
        return;
    int32_t verdict = xpay_checkout_session_fulfillment(session);
    const char *order = xpay_json_get(session->metadata, "order_id");
    printf("order %s: %s\n", order ? order : "(none)",
           verdict == XPAY_FULFILLMENT_PAID || verdict == XPAY_FULFILLMENT_NOTHING_TO_PAY
               ? "ship, once its id, amount and currency are found to be right"
           : verdict == XPAY_FULFILLMENT_FAILED || verdict == XPAY_FULFILLMENT_EXPIRED ? "release"
           : verdict == XPAY_FULFILLMENT_UNCLEAR ? "retrieve the session, it may be paid"
                                                 : "keep waiting");
}

int main(int argc, char **argv)
{
    int result = 1;
    size_t length = 0;
    xpay_error error;
    xpay_webhook_verifier *verifier = NULL;
    xpay_event *event = NULL;
    char *text = NULL, *body = NULL;
    bool any_age = argc > 1 && strcmp(argv[1], "--any-age") == 0;
    char **arguments = argv + (any_age ? 2 : 1);
    if (argc - (any_age ? 1 : 0) < 2 || argc - (any_age ? 1 : 0) > 3) {
        fprintf(stderr, "usage: verify_webhook [--any-age] <XPay-Signature> [file]\n");
        return 2;
    }

    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    options.secret = getenv("XPAY_WEBHOOK_SECRET");
    options.tolerance_seconds = any_age ? XPAY_WEBHOOK_ANY_AGE : 0;
    if (xpay_webhook_verifier_new(&options, &verifier, &error) != XPAY_OK) {
        fprintf(stderr, "XPAY_WEBHOOK_SECRET: %s\n", error.message);
        return 2;
    }
    FILE *file = arguments[1] ? fopen(arguments[1], "rb") : stdin;
    body = file ? read_all(file, &length) : NULL;
    if (file && file != stdin)
        fclose(file);
    if (!body) {
        fprintf(stderr, "The body cannot be read.\n");
        goto done;
    }
    xpay_status status =
        xpay_webhook_construct_event(verifier, body, length, arguments[0], &event, &error);
    if (status != XPAY_OK) {
        fprintf(stderr, "%s: %s\nanswer %s\n", xpay_status_name(status), error.message,
                answer(status));
        goto done;
    }
    tell(event);
    if (xpay_object_print(event, &text) == XPAY_OK)
        fputs(text, stdout);
    result = 0;

done:
    free(body);
    xpay_text_free(text);
    xpay_object_free(event);
    xpay_webhook_verifier_free(verifier);
    return result;
}
