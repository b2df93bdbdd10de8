/*
 * Lets a payment link go on without an end: takes its expiry away.
 *
 *     cc keep_link.c $(pkg-config --cflags --libs xpay) -o keep_link
 *     XPAY_API_KEY=sk_test_… ./keep_link plink_…
 *
 * What an update leaves at zero stays as it is at XPay. To take a value away, null must be sent, and that is asked for
 * with the member's bit in `clear`.
 */
#include <stdio.h>
#include <stdlib.h>

#include <xpay/xpay.h>

int main(int argc, char **argv)
{
    xpay_error error;
    xpay_client *client = NULL;
    xpay_payment_link *link = NULL;
    if (argc != 2) {
        fprintf(stderr, "usage: keep_link plink_…\n");
        return 2;
    }

    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    options.api_key = getenv("XPAY_API_KEY");
    options.base_url = getenv("XPAY_BASE_URL"); /* NULL: XPay itself */
    if (xpay_client_new(&options, &client, &error) != XPAY_OK) {
        fprintf(stderr, "%s (%s)\n", error.message, error.param);
        return 2;
    }

    xpay_payment_link_update_params params = XPAY_PAYMENT_LINK_UPDATE_PARAMS_INIT;
    params.clear =
        XPAY_PAYMENT_LINK_UPDATE_CLEAR_EXPIRES_AT; /* {"expiresAt": null}, nothing else */
    if (xpay_payment_link_update(client, argv[1], &params, NULL, &link, &error) != XPAY_OK) {
        fprintf(stderr, "%s: %s %s\n", xpay_status_name(error.status), error.message, error.param);
        if (error.outcome == XPAY_OUTCOME_UNKNOWN || error.outcome == XPAY_OUTCOME_APPLIED)
            fprintf(stderr, "It may have happened: look at the link.\n");
    } else {
        printf("%s %s\n", argv[1], link->has_expires_at ? "still expires" : "does not expire");
    }

    int result = link == NULL || link->has_expires_at;
    xpay_object_free(link);
    xpay_client_free(client);
    return result;
}
