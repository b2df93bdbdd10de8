/*
 * Prints any object that can be read by its id, with all that is below it.
 *
 *     cc inspect.c $(pkg-config --cflags --libs xpay) -o inspect
 *     XPAY_API_KEY=sk_test_… ./inspect cs_test_… | re_… | cus_… | account
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xpay/xpay.h>

static xpay_status read_session(xpay_client *client, const char *id, void **object,
                                xpay_error *error)
{
    xpay_checkout_session *session;
    xpay_status status = xpay_checkout_session_retrieve(client, id, NULL, &session, error);
    *object = session;
    return status;
}

static xpay_status read_refund(xpay_client *client, const char *id, void **object,
                               xpay_error *error)
{
    xpay_refund *refund;
    xpay_status status = xpay_refund_retrieve(client, id, NULL, &refund, error);
    *object = refund;
    return status;
}

static xpay_status read_customer(xpay_client *client, const char *id, void **object,
                                 xpay_error *error)
{
    xpay_customer *customer;
    xpay_status status = xpay_customer_retrieve(client, id, NULL, &customer, error);
    *object = customer;
    return status;
}

static xpay_status read_account(xpay_client *client, const char *id, void **object,
                                xpay_error *error)
{
    xpay_account *account;
    (void)id;
    xpay_status status = xpay_account_retrieve(client, NULL, &account, error);
    *object = account;
    return status;
}

static const struct {
    const char *prefix;
    xpay_status (*read)(xpay_client *client, const char *id, void **object, xpay_error *error);
} kinds[] = {
    {"cs_", read_session},
    {"re_", read_refund},
    {"cus_", read_customer},
    {"account", read_account},
};

int main(int argc, char **argv)
{
    int result = 1;
    xpay_error error;
    xpay_client *client = NULL;
    void *object = NULL;
    char *text = NULL;
    size_t kind = 0, count = sizeof kinds / sizeof kinds[0];
    while (argc == 2 && kind < count &&
           strncmp(argv[1], kinds[kind].prefix, strlen(kinds[kind].prefix)) != 0)
        kind++;
    if (argc != 2 || kind == count) {
        fprintf(stderr, "usage: inspect cs_… | re_… | cus_… | account\n");
        return 2;
    }

    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    options.api_key = getenv("XPAY_API_KEY");
    options.base_url = getenv("XPAY_BASE_URL"); /* NULL: XPay itself */
    if (xpay_client_new(&options, &client, &error) != XPAY_OK) {
        fprintf(stderr, "%s (%s)\n", error.message, error.param);
        return 2;
    }
    if (kinds[kind].read(client, argv[1], &object, &error) != XPAY_OK) {
        fprintf(stderr, "%s: %s\n", xpay_status_name(error.status), error.message);
        if (error.next_step == XPAY_NEXT_FIX)
            fprintf(stderr, "Is it the right id, and the key of the right mode?\n");
        goto done;
    }
    if (xpay_object_print(object, &text) != XPAY_OK) {
        fprintf(stderr, "Out of memory.\n");
        goto done;
    }
    fputs(text, stdout);
    for (size_t i = 0; i < xpay_object_fault_count(object); i++) {
        const xpay_fault *fault = xpay_object_fault(object, i);
        if (fault)
            fprintf(stderr, "not as the contract says: %s is %s instead of %s\n", fault->path,
                    fault->found, fault->expected);
    }
    result = 0;

done:
    xpay_text_free(text);
    xpay_object_free(object);
    xpay_client_free(client);
    return result;
}
