/* Products, prices, payment links and webhook endpoints on the wire: what each call sends, and what becomes of doubt. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "shelf.h"
#include "suites.h"

#define PRODUCT "{\"id\":\"prod_1\",\"name\":\"Tea\",\"active\":true}"
#define PRICE   "{\"object\":\"price\",\"id\":\"price_1\",\"currency\":\"EGP\",\"type\":\"ONE_TIME\"}"
#define LINK \
    "{\"object\":\"payment_link\",\"id\":\"plink_1\",\"currency\":\"EGP\",\"computedAmount\":5}"
#define ENDPOINT "{\"object\":\"webhook_endpoint\",\"id\":\"we_1\",\"status\":\"enabled\"}"

static const xpay_after_completion_params after = {
    .size = sizeof after, .type = XPAY_AFTER_COMPLETION_TYPE_HOSTED_CONFIRMATION};
static const char *const events[] = {"refund.failed"};

/* Each gives the object, NULL for nothing, to be freed. */
static void *create_product(xpay_client *client, xpay_error *error)
{
    xpay_price_create_params price = XPAY_PRICE_CREATE_PARAMS_INIT;
    xpay_product_create_params params = XPAY_PRODUCT_CREATE_PARAMS_INIT;
    xpay_product *product;
    price.clear = XPAY_PRICE_CREATE_CLEAR_STOCK;
    price.type = XPAY_PRICE_TYPE_ONE_TIME;
    price.has_unit_amount = true;
    price.has_start_date = true;
    price.start_date = INT64_C(1767225600125);
    params.name = "Tea";
    params.has_active = true;
    params.active = true;
    params.default_price = &price;
    (void)!xpay_product_create(client, &params, NULL, &product, error);
    return product;
}

static void *retrieve_product(xpay_client *client, xpay_error *error)
{
    xpay_product *product;
    (void)!xpay_product_retrieve(client, "prod_1", NULL, &product, error);
    return product;
}

static void *update_product(xpay_client *client, xpay_error *error)
{
    xpay_product_update_params params = XPAY_PRODUCT_UPDATE_PARAMS_INIT;
    xpay_product *product;
    params.clear = XPAY_PRODUCT_UPDATE_CLEAR_IMAGE;
    params.default_price = "";
    (void)!xpay_product_update(client, "prod_1", &params, NULL, &product, error);
    return product;
}

static void *delete_product(xpay_client *client, xpay_error *error)
{
    (void)!xpay_product_delete(client, "prod_1", NULL, error);
    return NULL;
}

static void *list_products(xpay_client *client, xpay_error *error)
{
    static const xpay_text_pair metadata[] = {{"tier", "a b"}};
    xpay_product_list_params params = XPAY_PRODUCT_LIST_PARAMS_INIT;
    xpay_product_page *page;
    params.has_active = true;
    params.metadata = metadata;
    params.metadata_count = 1;
    (void)!xpay_product_list(client, &params, NULL, &page, error);
    return page;
}

static void *create_price(xpay_client *client, xpay_error *error)
{
    xpay_recurring_params recurring = XPAY_RECURRING_PARAMS_INIT;
    xpay_price_create_params params = XPAY_PRICE_CREATE_PARAMS_INIT;
    xpay_price *price;
    recurring.interval = XPAY_RECURRING_INTERVAL_MONTH;
    params.type = XPAY_PRICE_TYPE_RECURRING;
    params.has_unit_amount = true;
    params.unit_amount = 4500;
    params.recurring = &recurring;
    (void)!xpay_price_create(client, "prod_1", &params, NULL, &price, error);
    return price;
}

static void *update_price(xpay_client *client, xpay_error *error)
{
    xpay_custom_unit_amount_params bounds = XPAY_CUSTOM_UNIT_AMOUNT_PARAMS_INIT;
    xpay_price_update_params params = XPAY_PRICE_UPDATE_PARAMS_INIT;
    xpay_price *price;
    bounds.has_minimum = true;
    bounds.minimum = 1;
    params.custom_unit_amount = &bounds;
    (void)!xpay_price_update(client, "price_1", &params, NULL, &price, error);
    return price;
}

static void *delete_price(xpay_client *client, xpay_error *error)
{
    (void)!xpay_price_delete(client, "price_1", NULL, error);
    return NULL;
}

static void *create_link(xpay_client *client, xpay_error *error)
{
    xpay_payment_link_line_item_params line = XPAY_PAYMENT_LINK_LINE_ITEM_PARAMS_INIT;
    xpay_payment_link_create_params params = XPAY_PAYMENT_LINK_CREATE_PARAMS_INIT;
    xpay_payment_link *link;
    line.price_id = "price_1";
    line.quantity = 2;
    params.line_items = &line;
    params.line_items_count = 1;
    params.after_completion = &after;
    (void)!xpay_payment_link_create(client, &params, NULL, &link, error);
    return link;
}

static void *retrieve_link(xpay_client *client, xpay_error *error)
{
    xpay_payment_link *link;
    (void)!xpay_payment_link_retrieve(client, "plink_1", NULL, &link, error);
    return link;
}

static void *update_link(xpay_client *client, xpay_error *error)
{
    xpay_payment_link_update_params params = XPAY_PAYMENT_LINK_UPDATE_PARAMS_INIT;
    xpay_custom_field_params nothing = XPAY_CUSTOM_FIELD_PARAMS_INIT;
    xpay_payment_link *link;
    params.clear = XPAY_PAYMENT_LINK_UPDATE_CLEAR_EXPIRES_AT;
    params.custom_fields = &nothing; /* an empty list: there are none any more */
    (void)!xpay_payment_link_update(client, "plink_1", &params, NULL, &link, error);
    return link;
}

static void *list_links(xpay_client *client, xpay_error *error)
{
    xpay_amount_filter_params amount = XPAY_AMOUNT_FILTER_PARAMS_INIT;
    xpay_date_filter_params date = XPAY_DATE_FILTER_PARAMS_INIT;
    xpay_payment_link_list_params params = XPAY_PAYMENT_LINK_LIST_PARAMS_INIT;
    xpay_payment_link_page *page;
    amount.comparison = XPAY_AMOUNT_COMPARISON_BT;
    amount.has_amount = true;
    amount.amount = 10;
    amount.has_upper = true;
    amount.upper = 100;
    date.comparison = XPAY_DATE_COMPARISON_LAST;
    date.has_count = true;
    date.count = 7;
    date.unit = XPAY_DATE_UNIT_DAYS;
    params.has_page = true;
    params.page = 2;
    params.amount = &amount;
    params.date = &date;
    (void)!xpay_payment_link_list(client, &params, NULL, &page, error);
    return page;
}

static void *create_endpoint(xpay_client *client, xpay_error *error)
{
    xpay_webhook_endpoint_create_params params = XPAY_WEBHOOK_ENDPOINT_CREATE_PARAMS_INIT;
    xpay_webhook_endpoint *endpoint;
    params.url = "https://shop.example/hooks";
    params.enabled_events = events;
    params.enabled_events_count = 1;
    (void)!xpay_webhook_endpoint_create(client, &params, NULL, &endpoint, error);
    return endpoint;
}

static void *retrieve_endpoint(xpay_client *client, xpay_error *error)
{
    xpay_webhook_endpoint *endpoint;
    (void)!xpay_webhook_endpoint_retrieve(client, "we_1", NULL, &endpoint, error);
    return endpoint;
}

static void *update_endpoint(xpay_client *client, xpay_error *error)
{
    xpay_webhook_endpoint_update_params params = XPAY_WEBHOOK_ENDPOINT_UPDATE_PARAMS_INIT;
    xpay_webhook_endpoint *endpoint;
    params.status = XPAY_WEBHOOK_ENDPOINT_STATUS_DISABLED;
    params.enabled_events = events; /* with no element: all */
    (void)!xpay_webhook_endpoint_update(client, "we_1", &params, NULL, &endpoint, error);
    return endpoint;
}

static void *delete_endpoint(xpay_client *client, xpay_error *error)
{
    (void)!xpay_webhook_endpoint_delete(client, "we_1", NULL, error);
    return NULL;
}

static void *list_endpoints(xpay_client *client, xpay_error *error)
{
    xpay_webhook_endpoint_page *page;
    (void)!xpay_webhook_endpoint_list(client, NULL, &page, error);
    return page;
}

static const struct call_case {
    void *(*call)(xpay_client *client, xpay_error *error);
    const char *target; /* method, path and query */
    const char *body;   /* NULL: none */
    const char *answer;
    bool keyed;
} call_cases[] = {
    {create_product, "POST /products",
     "{\"name\":\"Tea\",\"active\":true,\"defaultPrice\":{\"unitAmount\":0,\"type\":\"ONE_TIME\","
     "\"stock\":null,\"startDate\":\"2026-01-01T00:00:00.125Z\"}}",
     SAYS("201", "", PRODUCT), true},
    {retrieve_product, "GET /products/prod_1", NULL, SAYS("200", "", PRODUCT), false},
    {update_product, "PATCH /products/prod_1", "{\"image\":null,\"defaultPrice\":\"\"}",
     SAYS("200", "", PRODUCT), true},
    {delete_product, "DELETE /products/prod_1", NULL, SAYS("204", "", ""), false},
    {list_products, "GET /products?active=false&metadata=%7B%22tier%22%3A%22a%20b%22%7D", NULL,
     SAYS("200", "",
          "{\"data\":[" PRODUCT "],\"totalCount\":1,\"page\":1,\"limit\":20,\"totalPages\":1}"),
     false},
    {create_price, "POST /prices?productId=prod_1",
     "{\"unitAmount\":4500,\"type\":\"RECURRING\",\"recurring\":{\"interval\":\"MONTH\"}}",
     SAYS("201", "", PRICE), true},
    {update_price, "PATCH /prices/price_1", "{\"customUnitAmount\":{\"minimum\":1}}",
     SAYS("200", "", PRICE), true},
    {delete_price, "DELETE /prices/price_1", NULL, SAYS("204", "", ""), false},
    {create_link, "POST /payment-links",
     "{\"lineItems\":[{\"priceId\":\"price_1\",\"quantity\":2}],\"afterCompletion\":{\"type\":"
     "\"hosted_confirmation\"}}",
     SAYS("201", "", LINK), true},
    {retrieve_link, "GET /payment-links/plink_1", NULL, SAYS("200", "", LINK), false},
    {update_link, "PATCH /payment-links/plink_1", "{\"customFields\":[],\"expiresAt\":null}",
     SAYS("200", "", LINK), true},
    {list_links, "GET /payment-links?page=2&amount=bt%3A10%2C100&date=last%3A7%2Cdays", NULL,
     SAYS("200", "", "{\"data\":[" LINK "],\"totalCount\":21}"), false},
    {create_endpoint, "POST /webhook-endpoints",
     "{\"url\":\"https://shop.example/hooks\",\"enabledEvents\":[\"refund.failed\"]}",
     SAYS("201", "", ENDPOINT), true},
    {retrieve_endpoint, "GET /webhook-endpoints/we_1", NULL, SAYS("200", "", ENDPOINT), false},
    {update_endpoint, "PATCH /webhook-endpoints/we_1",
     "{\"enabledEvents\":[],\"status\":\"disabled\"}", SAYS("200", "", ENDPOINT), true},
    {delete_endpoint, "DELETE /webhook-endpoints/we_1", NULL, SAYS("204", "", ""), false},
    {list_endpoints, "GET /webhook-endpoints", NULL,
     SAYS("200", "", "{\"object\":\"list\",\"data\":[" ENDPOINT "]}"), false},
};

START_TEST(test_each_call_sends_what_it_was_given)
{
    const struct call_case *c = &call_cases[_i];
    scripted *server = scripted_start(&c->answer, 1);
    xpay_client_options options = scripted_options(server);
    xpay_client *client;
    xpay_error error;
    char line[256], key[128];
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    void *object = c->call(client, &error);
    ck_assert_msg(error.status == XPAY_OK, "%s: %s", c->target, error.message);
    ck_assert_int_eq(object != NULL, strncmp(c->target, "DELETE", 6) != 0);
    const char *request = scripted_request(server, 0), *body = strstr(request, "\r\n\r\n") + 4;
    snprintf(line, sizeof line, "%s HTTP/1.1\r\n", c->target);
    ck_assert_msg(strncmp(request, line, strlen(line)) == 0, "%s", request);
    ck_assert_str_eq(body, c->body == NULL ? "" : c->body);
    scripted_header(request, "Idempotency-Key", key, sizeof key);
    ck_assert_int_eq(key[0] != '\0', c->keyed);
    xpay_object_free(object);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* What a process that died left open: asked again where XPay is known to de-duplicate, and left to a person else. */
static const struct doubt_case {
    void *(*call)(xpay_client *client, xpay_error *error);
    const char *operation;
    const char *answer; /* to a repeat */
    size_t requests;
    int32_t verdict;
} doubt_cases[] = {
    {create_endpoint, "webhook_endpoint_create", SAYS("201", "", ENDPOINT), 1,
     XPAY_RESOLUTION_DONE},
    {update_endpoint, "webhook_endpoint_update", SAYS("200", "", ENDPOINT), 1,
     XPAY_RESOLUTION_DONE},
    {create_product, "product_create", SAYS("201", "", PRODUCT), 0, XPAY_RESOLUTION_ASK_A_PERSON},
    {update_product, "product_update", SAYS("200", "", PRODUCT), 0, XPAY_RESOLUTION_ASK_A_PERSON},
    {create_price, "price_create", SAYS("201", "", PRICE), 0, XPAY_RESOLUTION_ASK_A_PERSON},
    {update_price, "price_update", SAYS("200", "", PRICE), 0, XPAY_RESOLUTION_ASK_A_PERSON},
    {create_link, "payment_link_create", SAYS("201", "", LINK), 0, XPAY_RESOLUTION_ASK_A_PERSON},
    {update_link, "payment_link_update", SAYS("200", "", LINK), 0, XPAY_RESOLUTION_ASK_A_PERSON},
};

START_TEST(test_doubt_is_resolved_as_far_as_xpay_is_known)
{
    const struct doubt_case *c = &doubt_cases[_i];
    static const char *const lost[] = {LOST};
    shelf s = {0};
    xpay_resolution resolution;
    xpay_error error;
    scripted *server = scripted_start(lost, 1);
    xpay_client *client = shelf_client(&s, server);
    ck_assert_ptr_null(c->call(client, &error));
    ck_assert_int_eq(error.outcome, XPAY_OUTCOME_UNKNOWN);
    ck_assert_int_eq(s.settlement, XPAY_SETTLEMENT_OPEN);
    ck_assert_str_eq(s.operation, c->operation);
    xpay_client_free(client);
    scripted_stop(server);

    server = scripted_start(&c->answer, 1);
    client = shelf_client(&s, server);
    ck_assert_msg(xpay_resolve(client, &s.intent, NULL, &resolution, &error) == XPAY_OK ||
                      c->verdict != XPAY_RESOLUTION_DONE,
                  "%s", error.message);
    ck_assert_int_eq(resolution.verdict, c->verdict);
    ck_assert_uint_eq(scripted_requests(server), c->requests);
    ck_assert_int_eq(resolution.object != NULL, c->verdict == XPAY_RESOLUTION_DONE);
    xpay_object_free(resolution.object);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

Suite *catalogue_suite(void)
{
    Suite *suite = suite_create("catalogue");
    TCase *tcase = tcase_create("catalogue");
    tcase_add_loop_test(tcase, test_each_call_sends_what_it_was_given, 0, LENGTH(call_cases));
    tcase_add_loop_test(tcase, test_doubt_is_resolved_as_far_as_xpay_is_known, 0,
                        LENGTH(doubt_cases));
    suite_add_tcase(suite, tcase);
    return suite;
}
