/*
 * Sends any request to XPay, for what libxpay has no function for yet, and prints the answer without its secrets.
 *
 *     cc raw_request.c $(pkg-config --cflags --libs xpay) -o raw_request
 *     XPAY_API_KEY=sk_test_… ./raw_request GET '/products?limit=3'
 *     XPAY_API_KEY=sk_test_… ./raw_request POST /customers '{"email": "mona@shop.example"}' [key]
 *
 * Whether XPay de-duplicates an endpoint is not known here. So what may have arrived is not sent again: look first.
 */
#include <stdio.h>
#include <stdlib.h>

#include <xpay/xpay.h>

int main(int argc, char **argv)
{
    xpay_error error;
    xpay_client *client = NULL;
    xpay_raw *answer = NULL;
    char *text = NULL;
    if (argc < 3 || argc > 5) {
        fprintf(stderr, "usage: raw_request <method> <path> [json [idempotency key]]\n");
        return 2;
    }

    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    options.api_key = getenv("XPAY_API_KEY");
    options.base_url = getenv("XPAY_BASE_URL"); /* NULL: XPay itself */
    if (xpay_client_new(&options, &client, &error) != XPAY_OK) {
        fprintf(stderr, "%s (%s)\n", error.message, error.param);
        return 2;
    }

    xpay_raw_request_params params = XPAY_RAW_REQUEST_PARAMS_INIT;
    params.method = argv[1];
    params.path = argv[2];
    params.body = argc > 3 ? argv[3] : NULL;
    xpay_request_options request = XPAY_REQUEST_OPTIONS_INIT;
    request.idempotency_key = argc > 4 ? argv[4] : NULL; /* NULL: a new one is made */
    if (xpay_raw_request(client, &params, &request, &answer, &error) != XPAY_OK) {
        fprintf(stderr, "%s: %s\n", xpay_status_name(error.status), error.message);
        fprintf(stderr, "outcome: %s, next: %s, key: %s\n", xpay_outcome_name(error.outcome),
                xpay_next_step_name(error.next_step), error.idempotency_key);
    } else if (xpay_object_print(answer, &text) != XPAY_OK) {
        fprintf(stderr, "Out of memory.\n");
    } else {
        printf("HTTP %d\n%s\n", (int)xpay_object_response(answer)->http_status, text);
    }

    int result = text == NULL;
    xpay_text_free(text);
    xpay_object_free(answer);
    xpay_client_free(client);
    return result;
}
