/*
 * Makes a checkout session and prints where to send the customer.
 *
 *     cc create_session.c $(pkg-config --cflags --libs xpay) -o create_session
 *     XPAY_API_KEY=sk_test_… ./create_session order-17
 *
 * The idempotency key is derived from the order's id, so running it again for the same order finds the same session.
 */
#include <stdio.h>
#include <stdlib.h>

#include <xpay/xpay.h>

static void tell(const xpay_error *error)
{
    fprintf(stderr, "%s: %s %s\n", xpay_status_name(error->status), error->message, error->param);
    fprintf(stderr, "outcome: %s, next: %s, key: %s, request: %s\n",
            xpay_outcome_name(error->outcome), xpay_next_step_name(error->next_step),
            error->idempotency_key, error->request_id);
    switch (error->outcome) {
    case XPAY_OUTCOME_NOT_SENT:
    case XPAY_OUTCOME_REJECTED: fprintf(stderr, "No session was made.\n"); break;
    default: fprintf(stderr, "A session may exist: run this again, and you will get it.\n");
    }
}

int main(int argc, char **argv)
{
    int result = 1;
    xpay_error error;
    xpay_client *client = NULL;
    xpay_checkout_session *session = NULL;
    const char *order = argc > 1 ? argv[1] : "order-1";

    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    options.api_key = getenv("XPAY_API_KEY");
    options.base_url = getenv("XPAY_BASE_URL"); /* NULL: XPay itself */
    if (xpay_client_new(&options, &client, &error) != XPAY_OK) {
        fprintf(stderr, "%s (%s)\n", error.message, error.param);
        return 2;
    }

    /* One coffee machine, 1499.00 EGP. */
    xpay_product_data_params product = XPAY_PRODUCT_DATA_PARAMS_INIT;
    product.name = "Coffee machine";
    xpay_price_data_params price = XPAY_PRICE_DATA_PARAMS_INIT;
    price.currency = XPAY_CURRENCY_EGP;
    price.has_unit_amount = true;
    price.unit_amount = 149900;
    price.product_data = &product;
    xpay_line_item_params line = XPAY_LINE_ITEM_PARAMS_INIT;
    line.price_data = &price;
    line.quantity = 1;

    xpay_after_completion_redirect_params redirect = XPAY_AFTER_COMPLETION_REDIRECT_PARAMS_INIT;
    redirect.url = "https://shop.example/return?session_id={CHECKOUT_SESSION_ID}";
    xpay_after_completion_params after = XPAY_AFTER_COMPLETION_PARAMS_INIT;
    after.type = XPAY_AFTER_COMPLETION_TYPE_REDIRECT;
    after.redirect = &redirect;

    const xpay_text_pair metadata[] = {{"order_id", order}};
    xpay_checkout_session_create_params params = XPAY_CHECKOUT_SESSION_CREATE_PARAMS_INIT;
    params.line_items = &line;
    params.line_items_count = 1;
    params.after_completion = &after;
    params.metadata = metadata;
    params.metadata_count = 1;

    char key[XPAY_IDEMPOTENCY_KEY_SIZE];
    if (xpay_idempotency_key_derive("example", "checkout", order, 0, key, sizeof key) != XPAY_OK) {
        fprintf(stderr, "No key can be made for that order.\n");
        goto done;
    }
    xpay_request_options request = XPAY_REQUEST_OPTIONS_INIT;
    request.idempotency_key = key;
    if (xpay_checkout_session_create(client, &params, &request, &session, &error) != XPAY_OK) {
        tell(&error);
        goto done;
    }
    /* A shop stores the id on the order here, before the customer goes anywhere. */
    printf("session: %s%s\n", session->id ? session->id : "(no id)",
           xpay_object_response(session)->replayed ? " (made before)" : "");
    printf("send the customer to: %s\n", session->url ? session->url : "(no page)");
    result = 0;

done:
    xpay_object_free(session);
    xpay_client_free(client);
    return result;
}
