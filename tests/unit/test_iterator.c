/* Walking lists: every item once, in order, with as few requests as that needs, and never for ever. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "allocation.h"
#include "answers_scripted.h"
#include "suites.h"

/* Items by one letter, and pages of them. */
#define I(letter)            "{\"id\":\"" letter "\",\"chargeId\":\"ch_1\"}"
#define ANONYMOUS(name)      "{\"name\":\"" name "\"}"
#define PAGE(total, ...)     SAYS("200", "", "{\"data\":[" __VA_ARGS__ "],\"totalCount\":" #total "}")
#define UNCOUNTED_PAGE(...)  SAYS("200", "", "{\"data\":[" __VA_ARGS__ "]}")
#define BARE(...)            SAYS("200", "", "[" __VA_ARGS__ "]")
#define CUSTOMERS            "/customers?limit=2&page="
#define CUSTOMERS_ONE_BY_ONE "/customers?limit=1&page="
#define REFUNDS              "/refunds?limit=2&offset="

/* A list as the server has it at each request, and what a walk through it comes to. */
static const struct walk_case {
    const char *rule;
    const char *target; /* of each request, without what counts */
    const char *answers[14];
    const char *items;   /* that are handed out, in their order */
    const char *counted; /* the counter of each request */
    const char *param;   /* of the error that ends the walk; NULL when none does */
} walk_cases[] = {
    {"an empty list", CUSTOMERS, {PAGE(0, "")}, "", "1", NULL},
    {"one page", CUSTOMERS, {PAGE(1, I("a"))}, "a", "1", NULL},
    {"a full page that is all", CUSTOMERS, {PAGE(2, I("a") "," I("b"))}, "ab", "1", NULL},
    {"several pages",
     CUSTOMERS,
     {PAGE(5, I("a") "," I("b")), PAGE(5, I("c") "," I("d")), PAGE(5, I("e"))},
     "abcde",
     "1 2 3",
     NULL},
    {"a short page does not end it",
     CUSTOMERS,
     {PAGE(3, I("a")), PAGE(3, I("b") "," I("c"))},
     "abc",
     "1 2",
     NULL},
    {"pages that fall short of the total for ever",
     CUSTOMERS,
     {PAGE(4, I("a")), PAGE(4, I("c") "," I("d")), PAGE(4, "")},
     "acd",
     "1 2 3",
     NULL},
    {"without a total an empty page ends it",
     CUSTOMERS,
     {UNCOUNTED_PAGE(I("a") "," I("b")), UNCOUNTED_PAGE(I("c")), UNCOUNTED_PAGE("")},
     "abc",
     "1 2 3",
     NULL},
    {"a total of 0 beside items is none",
     CUSTOMERS,
     {PAGE(0, I("a") "," I("b")), PAGE(0, I("c")), PAGE(0, "")},
     "abc",
     "1 2 3",
     NULL},
    {"the total grows",
     CUSTOMERS,
     {PAGE(3, I("a") "," I("b")), PAGE(5, I("c") "," I("d")), PAGE(5, I("e"))},
     "abcde",
     "1 2 3",
     NULL},
    {"items are deleted",
     CUSTOMERS,
     {PAGE(5, I("a") "," I("b")), PAGE(4, I("d") "," I("e"))},
     "abde",
     "1 2",
     NULL},
    {"more on a page than was asked for, and the rest is deleted",
     CUSTOMERS,
     {PAGE(4, I("a") "," I("b") "," I("c")), PAGE(3, "")},
     "abc",
     "1 2",
     NULL},
    {"all that is left is deleted",
     CUSTOMERS,
     {PAGE(3, I("a") "," I("b")), PAGE(2, "")},
     "ab",
     "1 2",
     NULL},
    {"one is added in front",
     CUSTOMERS,
     {PAGE(4, I("d") "," I("c")), PAGE(5, I("c") "," I("b")), PAGE(5, I("a")), PAGE(5, "")},
     "dcba",
     "1 2 3 4",
     NULL},
    {"as many as a page has are added in front",
     CUSTOMERS,
     {PAGE(3, I("c") "," I("b")), PAGE(5, I("c") "," I("b")), PAGE(5, I("a")), PAGE(5, "")},
     "cba",
     "1 2 3 4",
     NULL},
    {"one is added in front, one by one",
     CUSTOMERS_ONE_BY_ONE,
     {PAGE(2, I("b")), PAGE(3, I("b")), PAGE(3, I("a")), PAGE(3, "")},
     "ba",
     "1 2 3 4",
     NULL},
    {"items without an id are told apart by all that they say",
     CUSTOMERS,
     {PAGE(3, ANONYMOUS("x") "," ANONYMOUS("y")), PAGE(4, ANONYMOUS("y") "," I("c")), PAGE(4, "")},
     "--c",
     "1 2 3",
     NULL},
    {"the same id in other words is the same item",
     CUSTOMERS,
     {PAGE(3, I("a") "," I("b")), PAGE(4, "{\"id\":\"\\u0062\",\"name\":\"B\"}," I("c")),
      PAGE(4, "")},
     "abc",
     "1 2 3",
     NULL},
    {"an empty page although there are more",
     CUSTOMERS,
     {PAGE(5, I("a") "," I("b")), PAGE(5, "")},
     "ab",
     "1 2",
     "totalCount"},
    {"nothing although there is something", CUSTOMERS, {PAGE(1, "")}, "", "1", "totalCount"},
    {"the page asked for is not looked at",
     CUSTOMERS,
     {PAGE(9, I("a") "," I("b")), PAGE(9, I("a") "," I("b")), PAGE(9, I("a") "," I("b")),
      PAGE(9, I("a") "," I("b"))},
     "ab",
     "1 2 3 4",
     "page"},
    {"one page for ever, as long as the list says that it is",
     CUSTOMERS,
     {PAGE(3, I("a") "," I("b")), PAGE(3, I("a") "," I("b")), PAGE(3, I("a") "," I("b")),
      PAGE(3, I("a") "," I("b"))},
     "ab",
     "1 2 3 4",
     "page"},
    {"pages go round in a circle",
     CUSTOMERS_ONE_BY_ONE,
     {PAGE(99, I("a")), PAGE(99, I("b")), PAGE(99, I("c")), PAGE(99, I("a")), PAGE(99, I("b")),
      PAGE(99, I("c")), PAGE(99, I("a")), PAGE(99, I("b")), PAGE(99, I("c")), PAGE(99, I("a")),
      PAGE(99, I("b")), PAGE(99, I("c")), PAGE(99, I("a")), PAGE(99, I("b"))},
     "abcabcabcabca",
     "1 2 3 4 5 6 7 8 9 10 11 12 13 14",
     "page"},
    {"no list at all", CUSTOMERS, {SAYS("200", "", "{}")}, "", "1", "data"},
    {"null for a list",
     CUSTOMERS,
     {PAGE(3, I("a") "," I("b")), SAYS("200", "", "{\"data\":null}")},
     "ab",
     "1 2",
     "data"},
    {"an item that is none",
     CUSTOMERS,
     {PAGE(4, I("a") "," I("b")), PAGE(4, "7," I("d"))},
     "ab",
     "1 2",
     "data"},
    {"an item of a bare list that is none", REFUNDS, {BARE(I("a") ",null")}, "", "0", "data"},
    {"an empty bare list", REFUNDS, {BARE("")}, "", "0", NULL},
    {"a bare list ends with an empty page",
     REFUNDS,
     {BARE(I("a") "," I("b")), BARE(I("c")), BARE("")},
     "abc",
     "0 2 3",
     NULL},
    {"one is added in front of a bare list",
     REFUNDS,
     {BARE(I("c") "," I("b")), BARE(I("b") "," I("a")), BARE("")},
     "cba",
     "0 2 4",
     NULL},
    {"the offset asked for is not looked at",
     REFUNDS,
     {BARE(I("a") "," I("b")), BARE(I("a") "," I("b")), BARE(I("a") "," I("b")),
      BARE(I("a") "," I("b"))},
     "ab",
     "0 2 4 6",
     "offset"},
};

static xpay_client *client_of(scripted *server)
{
    xpay_client_options options = scripted_options(server);
    xpay_client *client;
    xpay_error error;
    options.max_attempts = 1;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    return client;
}

/* An iterator over customers, or over refunds when the target says so, with so many items a page. */
static xpay_iterator *iterator_of(xpay_client *client, const char *target, int64_t limit)
{
    xpay_customer_list_params customers = XPAY_CUSTOMER_LIST_PARAMS_INIT;
    xpay_refund_list_params refunds = XPAY_REFUND_LIST_PARAMS_INIT;
    xpay_iterator *each;
    xpay_error error;
    customers.has_limit = refunds.has_limit = true;
    customers.limit = refunds.limit = limit;
    xpay_status status = target[1] == 'c'
                             ? xpay_customer_iterate(client, &customers, NULL, &each, &error)
                             : xpay_refund_iterate(client, &refunds, NULL, &each, &error);
    ck_assert_msg(status == XPAY_OK, "%s", error.message);
    return each;
}

/* The first letter of an item's id, or - when it has none. */
static char letter_of(const void *item)
{
    size_t length;
    const char *id;
    return xpay_object_get(item, "/id", &id, &length) == XPAY_OK
               ? *((const xpay_customer_summary *)item)->id
               : '-';
}

/* Walk to the end, or to the first error; what was handed out is written to `items`. */
static xpay_status walk(xpay_iterator *each, char *items, xpay_error *error)
{
    const void *item;
    xpay_status status;
    while ((status = xpay_iterator_next(each, &item, error)) == XPAY_OK && item != NULL)
        *items++ = letter_of(item);
    *items = '\0';
    ck_assert_ptr_null(item);
    return status;
}

static void check_requests(scripted *server, const struct walk_case *c)
{
    size_t index = 0;
    char counted[64] = "";
    for (; index < scripted_requests(server); index++) {
        char target[100];
        const char *request = scripted_request(server, index);
        ck_assert_int_eq(sscanf(request, "GET %99s HTTP/1.1", target), 1);
        ck_assert_msg(strncmp(target, c->target, strlen(c->target)) == 0, "%s: %s", c->rule,
                      target);
        snprintf(counted + strlen(counted), sizeof counted - strlen(counted), "%s%s",
                 index == 0 ? "" : " ", target + strlen(c->target));
    }
    ck_assert_msg(strcmp(counted, c->counted) == 0, "%s: asked for %s", c->rule, counted);
}

START_TEST(test_walk_hands_out_each_item_and_ends)
{
    const struct walk_case *c = &walk_cases[_i];
    char items[64], more[64];
    xpay_error error;
    scripted *server = scripted_start(c->answers, LENGTH(c->answers));
    xpay_client *client = client_of(server);
    xpay_iterator *each = iterator_of(client, c->target, strstr(c->target, "=1&") ? 1 : 2);
    xpay_status status = walk(each, items, &error);
    ck_assert_msg(strcmp(items, c->items) == 0, "%s: got %s", c->rule, items);
    ck_assert_msg(status == (c->param == NULL ? XPAY_OK : XPAY_ERROR_DECODE), "%s: %s", c->rule,
                  error.message);
    ck_assert_str_eq(error.param, c->param == NULL ? "" : c->param);
    ck_assert_int_eq(error.status, status);
    ck_assert_int_eq(error.outcome, XPAY_OUTCOME_NONE);
    check_requests(server, c);
    if (c->param == NULL) { /* nothing is asked behind the end */
        ck_assert_int_eq(walk(each, more, &error), XPAY_OK);
        ck_assert_str_eq(more, "");
        check_requests(server, c);
    }
    xpay_iterator_free(each);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* What can break the second of two pages, and what the walk says to it. */
static const struct break_case {
    const char *answer;
    xpay_status status;
} break_cases[] = {
    {LOST, XPAY_ERROR_NETWORK},
    {SILENCE, XPAY_ERROR_TIMEOUT},
    {FAILED, XPAY_ERROR_SERVER},
    {TOO_MANY, XPAY_ERROR_RATE_LIMIT},
    {NO_KEY, XPAY_ERROR_AUTHENTICATION},
    {SAYS("200", "", "{\"data\":["), XPAY_ERROR_JSON},
    {SAYS("200", "", "[]"), XPAY_ERROR_DECODE},
    {PAGE(3, ""), XPAY_ERROR_DECODE},
};

START_TEST(test_failed_step_can_be_made_again)
{
    const struct break_case *c = &break_cases[_i];
    const char *const answers[] = {PAGE(3, I("a") "," I("b")), c->answer, c->answer,
                                   PAGE(3, I("c"))};
    static const struct walk_case whole = {
        .rule = "again", .target = CUSTOMERS, .counted = "1 2 2 2"};
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    xpay_customer_list_params params = XPAY_CUSTOMER_LIST_PARAMS_INIT;
    xpay_iterator *each;
    xpay_error error;
    char items[8];
    scripted *server = scripted_start(answers, LENGTH(answers));
    xpay_client *client = client_of(server);
    params.has_limit = true;
    params.limit = 2;
    options.timeout_ms = c->status == XPAY_ERROR_TIMEOUT ? 100 : 10000;
    ck_assert_int_eq(xpay_customer_iterate(client, &params, &options, &each, &error), XPAY_OK);
    ck_assert_int_eq(walk(each, items, &error), c->status);
    ck_assert_str_eq(items, "ab");
    ck_assert_int_eq(walk(each, items, &error), c->status);
    ck_assert_int_eq(error.status, c->status);
    ck_assert_str_eq(items, "");
    ck_assert_int_eq(walk(each, items, &error), XPAY_OK);
    ck_assert_str_eq(items, "c");
    check_requests(server, &whole);
    xpay_iterator_free(each);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

START_TEST(test_nothing_is_fetched_before_it_is_due)
{
    const char *const answers[] = {PAGE(4, I("a") "," I("b")), PAGE(4, I("c") "," I("d"))};
    const xpay_customer_summary *customer;
    xpay_error error;
    scripted *server = scripted_start(answers, LENGTH(answers));
    xpay_client *client = client_of(server);
    xpay_iterator *each = iterator_of(client, CUSTOMERS, 2);
    ck_assert_uint_eq(scripted_requests(server), 0);
    for (const char *id = "abc"; *id != '\0'; id++) {
        ck_assert_int_eq(xpay_iterator_next(each, &customer, &error), XPAY_OK);
        ck_assert_int_eq(customer->id[0], *id);
        ck_assert_uint_eq(scripted_requests(server), *id == 'c' ? 2 : 1);
        ck_assert_int_eq(xpay_object_response(customer)->http_status, 200);
    }
    xpay_iterator_free(each); /* and stop there */
    ck_assert_uint_eq(scripted_requests(server), 2);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

START_TEST(test_cancelled_walk_asks_no_more)
{
    const char *const answers[] = {PAGE(3, I("a") "," I("b")), PAGE(3, I("c"))};
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    const xpay_refund *item;
    xpay_iterator *each;
    xpay_error error;
    scripted *server = scripted_start(answers, LENGTH(answers));
    xpay_client *client = client_of(server);
    char text[] = "order-1042";
    options.order_reference = options.idempotency_key = text;
    ck_assert_int_eq(xpay_cancel_new(&options.cancel), XPAY_OK);
    ck_assert_int_eq(xpay_customer_iterate(client, NULL, &options, &each, &error), XPAY_OK);
    memset(text, 0, sizeof text); /* the options may go */
    ck_assert_int_eq(xpay_iterator_next(each, &item, &error), XPAY_OK);
    xpay_cancel_trigger(options.cancel);
    ck_assert_int_eq(xpay_iterator_next(each, &item, &error), XPAY_OK); /* it is here already */
    ck_assert_int_eq(xpay_iterator_next(each, &item, &error), XPAY_ERROR_CANCELED);
    ck_assert_ptr_null(item);
    ck_assert_uint_eq(scripted_requests(server), 1);
    xpay_iterator_free(each);
    xpay_cancel_free(options.cancel);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

START_TEST(test_parameters_go_with_every_page)
{
    const char *const answers[] = {PAGE(602, I("a")), PAGE(602, I("b")), BARE(I("a")), BARE("")};
    xpay_customer_list_params customers = XPAY_CUSTOMER_LIST_PARAMS_INIT;
    xpay_refund_list_params refunds = XPAY_REFUND_LIST_PARAMS_INIT;
    xpay_client_options options;
    xpay_client *client;
    xpay_iterator *each;
    xpay_error error;
    const void *item;
    char items[8];
    char search[] = "mona@shop.example, 1%&page=9";
    scripted *server = scripted_start(answers, LENGTH(answers));
    options = scripted_options(server);
    options.send_live_mode = true;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    customers.has_page = true;
    customers.page = 7;
    customers.search = search;
    customers.type = XPAY_CUSTOMER_TYPE_GUEST;
    ck_assert_int_eq(xpay_customer_iterate(client, &customers, NULL, &each, &error), XPAY_OK);
    memset(search, 0, sizeof search); /* the parameters may go */
    memset(&customers, 0xAA, sizeof customers);
    ck_assert_int_eq(walk(each, items, &error), XPAY_OK);
    ck_assert_str_eq(items, "ab"); /* 602 with the 600 on the six pages before */
    xpay_iterator_free(each);
    refunds.charge_id = "ch_1";
    refunds.has_offset = true;
    refunds.offset = 40;
    ck_assert_int_eq(xpay_refund_iterate(client, &refunds, NULL, &each, &error), XPAY_OK);
    ck_assert_int_eq(xpay_iterator_next(each, &item, &error), XPAY_OK);
    xpay_iterator_free(each);
    static const char *const expected[] = {
        "GET /customers?limit=100&search=mona%40shop.example%2C%201%25%26page%3D9&type=guest&page=7"
        "&liveMode=false ",
        "GET /customers?limit=100&search=mona%40shop.example%2C%201%25%26page%3D9&type=guest&page=8"
        "&liveMode=false ",
        "GET /refunds?chargeId=ch_1&limit=100&offset=40&liveMode=false ",
    };
    for (size_t i = 0; i < LENGTH(expected); i++)
        ck_assert_msg(strncmp(scripted_request(server, i), expected[i], strlen(expected[i])) == 0,
                      "%.160s", scripted_request(server, i));
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* One letter for each list: how a walk through it is begun. */
static xpay_status begin(char list, xpay_client *client, xpay_iterator **each, xpay_error *error)
{
    xpay_payment_link_list_params links = XPAY_PAYMENT_LINK_LIST_PARAMS_INIT;
    xpay_amount_filter_params amount = XPAY_AMOUNT_FILTER_PARAMS_INIT;
    amount.comparison = XPAY_AMOUNT_COMPARISON_BT;
    amount.has_amount = true;
    amount.amount = 100;
    amount.has_upper = true;
    amount.upper = 200;
    links.amount = &amount;
    switch (list) {
    case 'c': return xpay_customer_iterate(client, NULL, NULL, each, error);
    case 'r': return xpay_refund_iterate(client, NULL, NULL, each, error);
    case 'l': return xpay_payment_link_iterate(client, &links, NULL, each, error);
    case 'p': return xpay_product_iterate(client, NULL, NULL, each, error);
    default: return xpay_webhook_endpoint_iterate(client, NULL, each, error);
    }
}

/* Two items of each list, as its pages bring them. */
static const struct list_case {
    char list;
    const char *answers[3];
    const char *targets[3];
} list_cases[] = {
    {'c',
     {PAGE(2, I("a")), PAGE(2, I("b"))},
     {"/customers?limit=100&page=1", "/customers?limit=100&page=2"}},
    {'l',
     {PAGE(2, I("a")), PAGE(2, I("b"))},
     {"/payment-links?limit=100&amount=bt%3A100%2C200&page=1",
      "/payment-links?limit=100&amount=bt%3A100%2C200&page=2"}},
    {'p',
     {PAGE(2, I("a")), PAGE(2, I("b"))},
     {"/products?limit=100&page=1", "/products?limit=100&page=2"}},
    {'r',
     {BARE(I("a")), BARE(I("b")), BARE("")},
     {"/refunds?limit=100&offset=0", "/refunds?limit=100&offset=1", "/refunds?limit=100&offset=2"}},
    {'w',
     {SAYS("200", "", "{\"object\":\"list\",\"data\":[" I("a") "," I("b") "]}")},
     {"/webhook-endpoints"}},
};

START_TEST(test_every_list_is_walked_in_its_own_way)
{
    const struct list_case *c = &list_cases[_i];
    xpay_iterator *each;
    xpay_error error;
    char items[8], target[100];
    size_t count = 0;
    scripted *server = scripted_start(c->answers, LENGTH(c->answers));
    xpay_client *client = client_of(server);
    ck_assert_msg(begin(c->list, client, &each, &error) == XPAY_OK, "%s", error.message);
    ck_assert_msg(walk(each, items, &error) == XPAY_OK, "%s", error.message);
    ck_assert_str_eq(items, "ab");
    for (; count < LENGTH(c->targets) && c->targets[count] != NULL; count++) {
        ck_assert_int_eq(sscanf(scripted_request(server, count), "GET %99s HTTP/1.1", target), 1);
        ck_assert_str_eq(target, c->targets[count]);
    }
    ck_assert_uint_eq(scripted_requests(server), count);
    xpay_iterator_free(each);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

START_TEST(test_wrong_arguments_are_told_before_anything_is_sent)
{
    scripted *server = scripted_start(NULL, 0);
    xpay_client *client = client_of(server);
    xpay_customer_list_params params = XPAY_CUSTOMER_LIST_PARAMS_INIT;
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    xpay_iterator *each = (xpay_iterator *)&params;
    const void *item = &params;
    xpay_error error;
    ck_assert_int_eq(xpay_customer_iterate(NULL, NULL, NULL, &each, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "client");
    ck_assert_ptr_null(each);
    ck_assert_int_eq(xpay_customer_iterate(client, NULL, NULL, NULL, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "iterator");
    params.has_limit = true;
    params.limit = 101;
    ck_assert_int_eq(xpay_customer_iterate(client, &params, NULL, &each, &error),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "limit");
    ck_assert_int_eq(error.outcome, XPAY_OUTCOME_NOT_SENT);
    ck_assert_int_eq(error.next_step, XPAY_NEXT_FIX);
    params.limit = 2;
    params.has_page = true;
    ck_assert_int_eq(xpay_customer_iterate(client, &params, NULL, &each, NULL),
                     XPAY_ERROR_ARGUMENT);
    params.page = 1;
    params.size = 0;
    ck_assert_int_eq(xpay_customer_iterate(client, &params, NULL, &each, &error),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "size");
    options.timeout_ms = -1;
    ck_assert_int_eq(xpay_customer_iterate(client, NULL, &options, &each, &error),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "timeout_ms");
    ck_assert_ptr_null(each);
    options.size = 0;
    ck_assert_int_eq(xpay_customer_iterate(client, NULL, &options, &each, &error),
                     XPAY_ERROR_ARGUMENT);

    ck_assert_int_eq(xpay_iterator_next(NULL, &item, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "iterator");
    ck_assert_ptr_null(item);
    each = iterator_of(client, CUSTOMERS, 2);
    ck_assert_int_eq(xpay_iterator_next(each, NULL, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "item");
    xpay_iterator_free(each);
    xpay_iterator_free(NULL);
    ck_assert_uint_eq(scripted_requests(server), 0);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* Memory that runs out behind each answer, when the page is taken in. */
static size_t failing;

static void fail_later(void *context, const xpay_trace_event *event)
{
    (void)context;
    if (event->kind == XPAY_TRACE_RESPONSE)
        allocation_fail(failing, false);
}

START_TEST(test_page_is_taken_in_again_when_memory_ran_out)
{
    enum { TIMES = 4 };
    const char *answers[TIMES + 1];
    xpay_client_options options;
    xpay_client *client;
    xpay_iterator *each;
    xpay_error error;
    const void *item;
    size_t failures = 0;
    if (!allocation_can_fail())
        return;
    for (size_t i = 0; i < LENGTH(answers); i++)
        answers[i] = PAGE(2, I("a") "," I("b"));
    scripted *server = scripted_start(answers, LENGTH(answers));
    options = scripted_options(server);
    options.trace = fail_later;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    each = iterator_of(client, CUSTOMERS, 2);
    for (failing = 1; failing <= TIMES; failing++) {
        xpay_status status = xpay_iterator_next(each, &item, &error);
        bool failed = allocation_failed();
        allocation_fail(0, false);
        if (!failed)
            break;
        failures++;
        ck_assert_int_eq(status, XPAY_ERROR_MEMORY);
        ck_assert_int_eq(error.status, XPAY_ERROR_MEMORY);
        ck_assert_ptr_null(item);
    }
    ck_assert_uint_ge(failures, 2); /* the items, their identities */
    ck_assert_ptr_nonnull(item);
    ck_assert_int_eq(letter_of(item), 'a');
    ck_assert_int_eq(xpay_iterator_next(each, &item, &error), XPAY_OK);
    ck_assert_int_eq(letter_of(item), 'b');
    xpay_iterator_free(each);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

START_TEST(test_one_page_is_kept_however_long_the_walk_is)
{
    enum { PAGES = 40, WARM = 10 };
    static char texts[PAGES][160];
    const char *answers[PAGES];
    const void *item;
    xpay_error error;
    long before = 0;
    if (!allocation_can_fail())
        return;
    for (int i = 0; i < PAGES; i++) {
        snprintf(texts[i], sizeof texts[i],
                 SAYS("200", "", "{\"data\":[{\"id\":\"%d\"}],\"totalCount\":%d}"), i, PAGES);
        answers[i] = texts[i];
    }
    scripted *server = scripted_start(answers, PAGES);
    xpay_client *client = client_of(server);
    xpay_iterator *each = iterator_of(client, CUSTOMERS, 1);
    for (int i = 0; i < PAGES; i++) {
        ck_assert_int_eq(xpay_iterator_next(each, &item, &error), XPAY_OK);
        ck_assert_ptr_nonnull(item);
        if (i == WARM)
            before = allocation_live();
    }
    ck_assert_int_lt(allocation_live() - before, PAGES - WARM - 1);
    xpay_iterator_free(each);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

Suite *iterator_suite(void)
{
    Suite *suite = suite_create("iterator");
    TCase *tests = tcase_create("walks");
    tcase_add_loop_test(tests, test_walk_hands_out_each_item_and_ends, 0, (int)LENGTH(walk_cases));
    tcase_add_loop_test(tests, test_failed_step_can_be_made_again, 0, (int)LENGTH(break_cases));
    tcase_add_test(tests, test_nothing_is_fetched_before_it_is_due);
    tcase_add_test(tests, test_cancelled_walk_asks_no_more);
    tcase_add_test(tests, test_parameters_go_with_every_page);
    tcase_add_loop_test(tests, test_every_list_is_walked_in_its_own_way, 0,
                        (int)LENGTH(list_cases));
    tcase_add_test(tests, test_wrong_arguments_are_told_before_anything_is_sent);
    tcase_add_test(tests, test_page_is_taken_in_again_when_memory_ran_out);
    tcase_add_test(tests, test_one_page_is_kept_however_long_the_walk_is);
    suite_add_tcase(suite, tests);
    return suite;
}
