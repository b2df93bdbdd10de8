/*
 * Lists all customers, or those that match.
 *
 *     cc list_customers.c $(pkg-config --cflags --libs xpay) -o list_customers
 *     XPAY_API_KEY=sk_test_… ./list_customers [search]
 *
 * The iterator asks for page after page; no more than one is in memory, however many customers there are.
 */
#include <stdio.h>
#include <stdlib.h>

#include <xpay/xpay.h>

int main(int argc, char **argv)
{
    xpay_error error;
    xpay_client *client = NULL;
    xpay_iterator *each = NULL;
    const xpay_customer_summary *customer;
    unsigned long count = 0;

    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    options.api_key = getenv("XPAY_API_KEY");
    options.base_url = getenv("XPAY_BASE_URL"); /* NULL: XPay itself */
    if (xpay_client_new(&options, &client, &error) != XPAY_OK) {
        fprintf(stderr, "%s (%s)\n", error.message, error.param);
        return 2;
    }

    xpay_customer_list_params params = XPAY_CUSTOMER_LIST_PARAMS_INIT;
    params.search = argc > 1 ? argv[1] : NULL; /* in id, name, e-mail and phone */
    if (xpay_customer_iterate(client, &params, NULL, &each, &error) == XPAY_OK)
        while (xpay_iterator_next(each, &customer, &error) == XPAY_OK && customer != NULL) {
            printf("%s  %s  %s\n", customer->id ? customer->id : "(no id)",
                   customer->name ? customer->name : "-", customer->email ? customer->email : "-");
            count++;
        }
    if (error.status == XPAY_OK)
        printf("%lu customers\n", count);
    else /* a list that is not whole must not pass for one that is */
        fprintf(stderr, "Only %lu customers, then: %s\n", count, error.message);

    xpay_iterator_free(each);
    xpay_client_free(client);
    return error.status != XPAY_OK;
}
