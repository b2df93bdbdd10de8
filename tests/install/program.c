/* What a merchant's first C program might call, built against the installed library. */
#include <stdio.h>
#include <string.h>
#include <xpay/xpay.h>

static int failures;

static void expect(int fine, const char *what)
{
    if (!fine) {
        fprintf(stderr, "program.c: %s\n", what);
        failures++;
    }
}

static void check_webhook(void)
{
    static const char secret[] = "whsec_installed";
    static const char body[] =
        "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"customer.created\",\"data\":{\"object\":"
        "{\"id\":\"cus_1\",\"object\":\"customer\"}}}";
    size_t length = sizeof(body) - 1;
    char header[XPAY_WEBHOOK_SIGNATURE_SIZE];
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    xpay_webhook_verifier *verifier;
    xpay_event *event;
    xpay_error error;

    options.secret = secret;
    options.tolerance_seconds = XPAY_WEBHOOK_ANY_AGE;
    expect(xpay_webhook_sign(secret, 1700000000, body, length, header, sizeof(header)) == XPAY_OK,
           "a body can be signed");
    expect(xpay_webhook_verifier_new(&options, &verifier, &error) == XPAY_OK,
           "a verifier can be made");
    expect(xpay_webhook_verify(verifier, body, length, header, NULL, &error) == XPAY_OK,
           "what was signed is verified");
    expect(xpay_webhook_verify(verifier, body, length - 1, header, NULL, &error) ==
               XPAY_ERROR_SIGNATURE_MISMATCH,
           "what was cut off is not");
    expect(xpay_webhook_construct_event(verifier, body, length, header, &event, &error) == XPAY_OK,
           "an event is decoded");
    expect(event != NULL && event->kind == XPAY_EVENT_CUSTOMER_CREATED && event->customer != NULL &&
               strcmp(event->customer->id, "cus_1") == 0,
           "its customer is there");
    xpay_object_free(event);
    xpay_webhook_verifier_free(verifier);
}

int main(void)
{
    char money[XPAY_MONEY_TEXT_SIZE];
    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    xpay_refund_create_params params = XPAY_REFUND_CREATE_PARAMS_INIT;
    xpay_refund_create_params same;
    xpay_client *client;
    xpay_error error;

    expect(xpay_version_number() == XPAY_VERSION_NUMBER &&
               strcmp(xpay_version(), XPAY_VERSION_STRING) == 0,
           "headers and library are of one version");
    options.api_key = "pk_test_publishable";
    expect(xpay_client_new(&options, &client, &error) == XPAY_ERROR_ARGUMENT && client == NULL &&
               strcmp(error.param, "api_key") == 0 && error.message[0] != '\0',
           "a publishable key is refused with a reason");
    expect(xpay_money_format(149900, XPAY_CURRENCY_EGP, money, sizeof(money)) == XPAY_OK &&
               strcmp(money, "1499.00 EGP") == 0,
           "money can be shown");
    xpay_refund_create_params_init(&same, sizeof(same));
    expect(params.size == sizeof(params) && same.size == params.size && same.clear == 0,
           "the macro and the function give the same beginning");
    check_webhook();
    printf("libxpay %s: %s\n", xpay_version(), error.message);
    return failures != 0;
}
