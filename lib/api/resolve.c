/* What became of a recorded intent: ask again while that is safe, look where it is not, and say when neither tells. */
#include <stdlib.h>
#include <string.h>

#include "../base/fail.h"
#include "../net/addresses.h"
#include "../net/call.h"
#include "../net/client.h"
#include "../net/request.h"
#include "look_up.h"
#include "operations.h"

static xpay_status damaged(xpay_error *error, const char *member, const char *message)
{
    return xpay_fail(error, XPAY_ERROR_ARGUMENT, member, "%s", message);
}

/* Whether path and query are such as the operation's row makes them. */
static bool is_target_of(const char *target, const char *path)
{
    const char *place = strchr(path, '{');
    size_t before = place == NULL ? strlen(path) : (size_t)(place - path);
    if (!xpay_is_plain(target, '!') || strncmp(target, path, before) != 0)
        return false;
    target += before;
    if (place != NULL) {
        const char *rest = strchr(place, '}') + 1;
        size_t id = strcspn(target, "/?#");
        if (id == 0 || strncmp(target + id, rest, strlen(rest)) != 0)
            return false;
        target += id + strlen(rest);
    }
    return target[0] == '\0' || target[0] == '?';
}

/* The fingerprint must be that of the request which would be made. */
static xpay_status check_fingerprint(const xpay_client *client, const xpay_operation *operation,
                                     const xpay_intent *intent, xpay_error *error)
{
    xpay_request request = XPAY_REQUEST_INIT;
    unsigned char bytes[XPAY_DIGEST_SIZE];
    char text[XPAY_DIGEST_TEXT_SIZE];
    xpay_digest digest;
    xpay_status status =
        xpay_request_restore(&request, operation, &client->settings, intent, error);
    if (status == XPAY_OK && !xpay_request_fingerprint(&request, bytes, &digest)) {
        status = digest.supported ? XPAY_ERROR_MEMORY : XPAY_ERROR_UNSUPPORTED;
        xpay_fail(error, status, NULL, "%s", xpay_status_text(status));
    }
    xpay_request_free(&request);
    if (status != XPAY_OK)
        return status;
    xpay_digest_text(bytes, text);
    if (strcmp(text, intent->fingerprint) != 0)
        return xpay_fail(error, XPAY_ERROR_IDEMPOTENCY, "fingerprint",
                         "the fingerprint of the intent is another request's: its row was changed");
    return XPAY_OK;
}

/* Copy what was given, and find its operation. */
static xpay_status check(const xpay_client *client, const xpay_intent *given, xpay_intent *intent,
                         const xpay_operation **operation, xpay_error *error)
{
    xpay_status status =
        xpay_options_copy(intent, sizeof(*intent), given, "XPAY_INTENT_INIT", error);
    if (status != XPAY_OK)
        return status;
    if (intent->body == NULL)
        intent->body = "";
    if (intent->key == NULL || !xpay_request_is_key(intent->key))
        return damaged(error, "key", "the intent has no idempotency key");
    if (intent->operation == NULL || intent->method == NULL || intent->target == NULL ||
        intent->fingerprint == NULL)
        return damaged(error, "intent", "the intent is not whole");
    *operation = xpay_operation_by_name(intent->operation);
    if (*operation == NULL)
        return damaged(error, "operation", "this version has no operation of that name");
    if (strcmp((*operation)->method, intent->method) != 0)
        return damaged(error, "method", "the method is not the operation's");
    if (!is_target_of(intent->target, (*operation)->path))
        return damaged(error, "target", "path and query are not the operation's");
    return check_fingerprint(client, *operation, intent, error);
}

/* What asking again came to. 0: that does not tell, but looking may. */
static int32_t verdict_of(const xpay_error *error)
{
    if (error->status == XPAY_OK)
        return XPAY_RESOLUTION_DONE;
    if (error->outcome == XPAY_OUTCOME_REJECTED)
        return XPAY_RESOLUTION_REFUSED;
    bool repeat_is_no_use =
        error->next_step == XPAY_NEXT_LOOK &&
        (error->status == XPAY_ERROR_DECODE || error->status == XPAY_ERROR_TOO_LARGE ||
         error->status == XPAY_ERROR_IDEMPOTENCY);
    return repeat_is_no_use ? 0 : XPAY_RESOLUTION_STILL_OPEN;
}

/* A refusal that was made just now. From now on it is stored: asked once more, it is XPay's last word. */
static bool is_new_refusal(const xpay_error *error)
{
    return error->outcome == XPAY_OUTCOME_UNKNOWN && error->next_step == XPAY_NEXT_LOOK &&
           (error->status == XPAY_ERROR_REQUEST || error->status == XPAY_ERROR_NOT_FOUND ||
            error->status == XPAY_ERROR_CONFLICT);
}

/* False when nothing could be asked; `status` says why. */
static bool ask_again(xpay_client *client, const xpay_operation *operation,
                      const xpay_intent *intent, const xpay_request_options *options,
                      xpay_resolution *resolution, xpay_error *error, xpay_status *status)
{
    for (int times = 0; times < 2; times++) {
        *status = xpay_call_again(client, operation, intent, options, &resolution->object, error);
        if (error->outcome == XPAY_OUTCOME_NOT_SENT)
            return false;
        if (!is_new_refusal(error))
            break;
    }
    resolution->asked_again = true;
    resolution->verdict = verdict_of(error);
    *status = XPAY_OK;
    return true;
}

static void settle(xpay_client *client, const xpay_intent *intent,
                   const xpay_resolution *resolution)
{
    if (resolution->verdict == XPAY_RESOLUTION_DONE)
        xpay_intent_settle(client, intent->operation, intent->key, XPAY_SETTLEMENT_APPLIED,
                           xpay_object_json(resolution->object, NULL));
    else if (resolution->verdict == XPAY_RESOLUTION_REFUSED)
        xpay_intent_settle(client, intent->operation, intent->key, XPAY_SETTLEMENT_REJECTED, NULL);
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

xpay_status xpay_resolve(xpay_client *client, const xpay_intent *given,
                         const xpay_request_options *options, xpay_resolution *resolution,
                         xpay_error *error)
{
    xpay_error unwanted;
    xpay_intent intent;
    const xpay_operation *operation = NULL;
    if (error == NULL)
        error = &unwanted;
    xpay_error_clear(error);
    error->outcome = XPAY_OUTCOME_UNKNOWN;
    error->next_step = XPAY_NEXT_LOOK;
    if (resolution == NULL)
        return damaged(error, "resolution", "there is no place for the verdict");
    memset(resolution, 0, sizeof(*resolution));
    if (client == NULL || given == NULL)
        return damaged(error, client == NULL ? "client" : "intent", "it must not be NULL");
    xpay_status status = check(client, given, &intent, &operation, error);
    if (status != XPAY_OK)
        return status;

    int64_t not_after_ms =
        earlier(intent.not_after_ms, intent.created_ms + XPAY_IDEMPOTENCY_KEY_LIFETIME_MS);
    bool safe = operation->key == XPAY_KEY_EVIDENCED && xpay_wall_clock_ms() <= not_after_ms;
    if (safe && !ask_again(client, operation, &intent, options, resolution, error, &status)) {
        memset(resolution, 0, sizeof(*resolution));
        return status;
    }
    if (resolution->verdict == 0)
        xpay_look_up(client, &intent, options, resolution, error);
    settle(client, &intent, resolution);
    return XPAY_OK;
}
