/*
 * Refunds a payment, whole or in part.
 *
 *     cc refund.c $(pkg-config --cflags --libs xpay) -o refund
 *     XPAY_API_KEY=sk_test_… ./refund pi_test_… 12.50 [key]
 *
 * The amount is in the currency that was processed, EGP; "all" refunds what is left. When it ends with "it may have
 * happened", run it again with the key that it printed: XPay then answers with the refund that it made, if it did.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xpay/xpay.h>

/* What a merchant does after each outcome. Money that may have moved is never sent under a new key. */
static void tell(const xpay_error *error)
{
    fprintf(stderr, "%s: %s %s\n", xpay_status_name(error->status), error->message, error->param);
    fprintf(stderr, "outcome: %s, next: %s, request: %s\n", xpay_outcome_name(error->outcome),
            xpay_next_step_name(error->next_step), error->request_id);
    switch (error->outcome) {
    case XPAY_OUTCOME_NOT_SENT: fprintf(stderr, "Nothing was sent, nothing was refunded.\n"); break;
    case XPAY_OUTCOME_REJECTED:
        fprintf(stderr, "XPay refused; nothing was refunded. A later try is a new refund.\n");
        break;
    default:
        fprintf(stderr, "It may have happened. Run this again with the key %s\n",
                error->idempotency_key);
    }
}

static const char *meaning(int32_t status)
{
    switch (status) {
    case XPAY_REFUND_STATUS_SUCCEEDED: return "done";
    case XPAY_REFUND_STATUS_PENDING: return "accepted, on its way";
    case XPAY_REFUND_STATUS_REQUIRES_ACTION: return "accepted, the customer has to act";
    case XPAY_REFUND_STATUS_FAILED:
    case XPAY_REFUND_STATUS_CANCELED: return "refused for good: nothing went back";
    default: return "accepted, in a state that this program does not know";
    }
}

int main(int argc, char **argv)
{
    int result = 1;
    xpay_error error;
    xpay_client *client = NULL;
    xpay_refund *refund = NULL;
    if (argc < 3 || argc > 4) {
        fprintf(stderr, "usage: refund pi_… <amount in EGP | all> [idempotency key]\n");
        return 2;
    }

    xpay_refund_create_params params = XPAY_REFUND_CREATE_PARAMS_INIT;
    params.payment_intent_id = argv[1];
    params.reason = XPAY_REFUND_REASON_REQUESTED_BY_CUSTOMER;
    params.has_amount = strcmp(argv[2], "all") != 0;
    if (params.has_amount &&
        xpay_money_parse(argv[2], XPAY_CURRENCY_EGP, &params.amount) != XPAY_OK) {
        fprintf(stderr, "%s is no amount in EGP.\n", argv[2]);
        return 2;
    }

    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    options.api_key = getenv("XPAY_API_KEY");
    options.base_url = getenv("XPAY_BASE_URL"); /* NULL: XPay itself */
    if (xpay_client_new(&options, &client, &error) != XPAY_OK) {
        fprintf(stderr, "%s (%s)\n", error.message, error.param);
        return 2;
    }

    xpay_request_options request = XPAY_REQUEST_OPTIONS_INIT;
    request.idempotency_key = argc > 3 ? argv[3] : NULL; /* NULL: a new one is made */
    if (xpay_refund_create(client, &params, &request, &refund, &error) != XPAY_OK) {
        tell(&error);
        goto done;
    }
    char money[XPAY_MONEY_TEXT_SIZE];
    if (xpay_money_format(refund->amount, refund->currency, money, sizeof money) != XPAY_OK)
        snprintf(money, sizeof money, "?");
    printf("%s: %s, %s%s\n", refund->id ? refund->id : "(no id)", money, meaning(refund->status),
           xpay_object_response(refund)->replayed ? " (made before under this key)" : "");
    result = refund->status == XPAY_REFUND_STATUS_FAILED ||
             refund->status == XPAY_REFUND_STATUS_CANCELED;

done:
    xpay_object_free(refund);
    xpay_client_free(client);
    return result;
}
