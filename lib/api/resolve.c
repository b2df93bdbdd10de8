/* What became of a recorded intent: ask again while that is safe, look where it is not, and say when neither tells. */
#include <stdlib.h>
#include <string.h>

#include <xpay/account.h>

#include "../base/fail.h"
#include "../net/addresses.h"
#include "../net/call.h"
#include "../net/client.h"
#include "../net/request.h"
#include "look_up.h"
#include "operations.h"
#include "raw.h"
#include "resolve.h"

/* How far another machine's clock may be ahead of this one's. */
#define CLOCKS_DIFFER_MS (INT64_C(5) * 60 * 1000)

static xpay_status damaged(xpay_error *error, const char *member, const char *message)
{
    return xpay_fail(error, XPAY_ERROR_ARGUMENT, member, "%s", message);
}

/* Whether path and query are such as the operation's row makes them; a raw request's row has no path. */
static bool is_target_of(const char *target, const char *path)
{
    if (path == NULL)
        return xpay_raw_path_problem(target) == NULL;
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

const char *xpay_intent_stranger(const xpay_client *client, const xpay_intent *intent)
{
    const xpay_settings *settings = &client->settings;
    if (intent->livemode != settings->live)
        return "livemode";
    if (intent->account != NULL && settings->account != NULL &&
        strcmp(intent->account, settings->account) != 0)
        return "account";
    return NULL;
}

/* Times that cannot be are those of a damaged row; with them, a dead key might seem to live. */
static xpay_status check_times(const xpay_client *client, const xpay_intent *intent,
                               xpay_error *error)
{
    if (intent->created_ms <= 0 ||
        intent->created_ms > xpay_client_latest_ms(client) + CLOCKS_DIFFER_MS)
        return damaged(error, "created_ms",
                       "the intent was made in the future or never: its row was changed, or the "
                       "clock of one machine is wrong");
    if (intent->not_after_ms < intent->created_ms ||
        intent->not_after_ms - intent->created_ms > XPAY_IDEMPOTENCY_KEY_LIFETIME_MS)
        return damaged(error, "not_after_ms",
                       "the end of the key's life is not within 23 hours of its creation");
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
        *operation = xpay_raw_operation(intent->operation, intent->method);
    if (*operation == NULL)
        return damaged(error, "operation", "this version has no operation of that name");
    if (strcmp((*operation)->method, intent->method) != 0)
        return damaged(error, "method", "the method is not the operation's");
    if (!is_target_of(intent->target, (*operation)->path))
        return damaged(error, "target", "path and query are not the operation's");
    status = check_times(client, intent, error);
    if (status == XPAY_OK)
        status = check_fingerprint(client, *operation, intent, error);
    /* With a key of another mode or account, XPay would say that there is nothing of the kind. */
    const char *stranger = xpay_intent_stranger(client, intent);
    if (status == XPAY_OK && stranger != NULL)
        status = damaged(error, stranger,
                         "the intent was made in another mode (test, live) or for another account "
                         "than the client's: resolve it with a client of its own");
    return status;
}

/* XPay's own refusal of the operation. */
static bool is_refusal(const xpay_error *error)
{
    return (error->status == XPAY_ERROR_REQUEST || error->status == XPAY_ERROR_CONFLICT ||
            error->status == XPAY_ERROR_NOT_FOUND) &&
           error->type[0] != '\0';
}

/* Perhaps for another account's key, which sees nothing in a list, either. */
static bool is_missing(const xpay_error *error)
{
    return error->status == XPAY_ERROR_NOT_FOUND || strcmp(error->code, "resource_missing") == 0;
}

/* What asking again came to. 0: that does not tell, but looking may. */
static int32_t verdict_of(const xpay_error *error)
{
    if (error->status == XPAY_OK)
        return XPAY_RESOLUTION_DONE;
    bool looking_may_tell = is_refusal(error) || (error->next_step == XPAY_NEXT_LOOK &&
                                                  (error->status == XPAY_ERROR_DECODE ||
                                                   error->status == XPAY_ERROR_TOO_LARGE ||
                                                   error->status == XPAY_ERROR_IDEMPOTENCY));
    return looking_may_tell ? 0 : XPAY_RESOLUTION_STILL_OPEN;
}

static void settle(xpay_client *client, const xpay_intent *intent, const char *call,
                   xpay_resolution *resolution)
{
    if (resolution->verdict == XPAY_RESOLUTION_DONE)
        xpay_intent_settle(client, intent->operation, intent->key, call, XPAY_SETTLEMENT_APPLIED,
                           xpay_object_json(resolution->object, NULL));
    else if (resolution->verdict == XPAY_RESOLUTION_REFUSED &&
             !xpay_intent_settle(client, intent->operation, intent->key, call,
                                 XPAY_SETTLEMENT_REJECTED, NULL))
        resolution->verdict = XPAY_RESOLUTION_STILL_OPEN; /* another call has it by now */
}

typedef enum key_life { LIFE_OVER, LIFE_LEFT, LIFE_UNKNOWN } key_life;

/*
 * Whether the key surely lives. When our clock says that much of its life is over, XPay's is asked first: ours may be
 * behind. UNKNOWN when XPay gave no answer.
 */
static key_life life_of_key(xpay_client *client, const xpay_intent *intent,
                            const xpay_request_options *options, xpay_error *error)
{
    xpay_account *account = NULL;
    if (xpay_client_latest_ms(client) - intent->created_ms > XPAY_IDEMPOTENCY_KEY_LIFETIME_MS / 2 &&
        !atomic_load(&client->knows_skew)) {
        xpay_status status = xpay_account_retrieve(client, options, &account, error);
        xpay_object_free(account);
        if (status != XPAY_OK && error->http_status == 0)
            return LIFE_UNKNOWN;
    }
    return xpay_client_latest_ms(client) <= intent->not_after_ms ? LIFE_LEFT : LIFE_OVER;
}

xpay_status xpay_resolve_one(xpay_client *client, const xpay_intent *given, bool twin,
                             const xpay_request_options *options, xpay_resolution *resolution,
                             xpay_error *error)
{
    xpay_intent intent;
    const xpay_operation *operation = NULL;
    xpay_error_clear(error);
    error->outcome = XPAY_OUTCOME_UNKNOWN;
    error->next_step = XPAY_NEXT_LOOK;
    memset(resolution, 0, sizeof(*resolution));
    xpay_status status = check(client, given, &intent, &operation, error);
    if (status != XPAY_OK)
        return status;

    xpay_again again = {false, ""};
    key_life life = LIFE_OVER;
    if (operation->key == XPAY_KEY_EVIDENCED && xpay_wall_clock_ms() <= intent.not_after_ms)
        life = life_of_key(client, &intent, options, error);
    if (life == LIFE_UNKNOWN)
        resolution->verdict = XPAY_RESOLUTION_STILL_OPEN;
    if (life == LIFE_LEFT) {
        status = xpay_call_again(client, operation, &intent, options, &again, &resolution->object,
                                 error);
        if (!again.asked)
            return status;
        resolution->asked_again = true;
        resolution->refused = is_refusal(error);
        resolution->verdict = verdict_of(error);
    }
    if (resolution->verdict == 0)
        xpay_look_up(client, &intent, twin, resolution->refused && !is_missing(error), options,
                     resolution, error);
    settle(client, &intent, again.asked ? again.call : intent.call, resolution);
    return XPAY_OK;
}

xpay_status xpay_resolve(xpay_client *client, const xpay_intent *intent,
                         const xpay_request_options *options, xpay_resolution *resolution,
                         xpay_error *error)
{
    xpay_error unwanted;
    if (error == NULL)
        error = &unwanted;
    xpay_error_clear(error);
    error->outcome = XPAY_OUTCOME_UNKNOWN;
    error->next_step = XPAY_NEXT_LOOK;
    if (resolution == NULL)
        return damaged(error, "resolution", "there is no place for the verdict");
    memset(resolution, 0, sizeof(*resolution));
    if (client == NULL || intent == NULL)
        return damaged(error, client == NULL ? "client" : "intent", "it must not be NULL");
    const xpay_intent_store *store = &client->settings.intent_store;
    if (store->record != NULL && store->take_over == NULL)
        return damaged(error, "intent_store", "the client's store cannot take an intent over");
    return xpay_resolve_one(client, intent, false, options, resolution, error);
}
