/* Routes: the longest entry that fits wins, and a table that cannot be meant is refused. */
#include <stdlib.h>
#include <string.h>

#include <xpay/event_routes.h>
#include <xpay/inbox.h>

#include "suites.h"

static xpay_status note(void *context, const char *name)
{
    *(const char **)context = name;
    return XPAY_OK;
}

#define HANDLER(name)                                                                  \
    static xpay_status name(void *context, const xpay_event *event, void *transaction) \
    {                                                                                  \
        ck_assert_ptr_nonnull(event->type);                                            \
        ck_assert_ptr_eq(transaction, context);                                        \
        return note(context, #name);                                                   \
    }
HANDLER(session)
HANDLER(completed)
HANDLER(checkout)
HANDLER(refund)
HANDLER(refund_failed)
HANDLER(version_2)
HANDLER(other)

static xpay_status refuse_all(void *context, const xpay_event *event, void *transaction)
{
    (void)context;
    (void)event;
    (void)transaction;
    return XPAY_ERROR_CONFLICT;
}

static const xpay_event_route table[] = {
    {"refund.", refund},
    {"checkout.session.completed", completed},
    {"checkout.", checkout},
    {"checkout.session.", session},
    {"refund.failed", refund_failed},
    {"v2.refund_3.failed", version_2},
};

static const struct route_case {
    const char *type, *handler;
} route_cases[] = {
    {"refund.created", "refund"},
    {"refund.failed", "refund_failed"},
    {"refund.failed.again", "refund"},
    {"refund.", "other"},
    {"refund", "other"},
    {"v2.refund_3.failed", "version_2"},
    {"refunds.created", "other"},
    {"charge.refund.created", "other"},
    {"checkout.session.completed", "completed"},
    {"checkout.session.completed.", "session"},
    {"checkout.session.complete", "session"},
    {"checkout.session", "checkout"},
    {"checkout.page.opened", "checkout"},
    {"Checkout.session.completed", "other"},
    {"", "other"},
};

START_TEST(test_longest_entry_that_fits_wins_wherever_it_stands)
{
    const struct route_case *c = &route_cases[_i];
    const xpay_event event = {.id = "evt_1", .type = c->type};
    enum { COUNT = LENGTH(table) };
    for (size_t shift = 0; shift < COUNT; shift++) {
        xpay_event_route shifted[COUNT];
        for (size_t i = 0; i < COUNT; i++)
            shifted[i] = table[(i + shift) % COUNT];
        xpay_event_routes *routes;
        const char *called = "none";
        ck_assert_int_eq(xpay_event_routes_new(shifted, COUNT, other, &called, &routes, NULL),
                         XPAY_OK);
        memset(shifted, 0, sizeof shifted); /* a copy was kept */
        ck_assert_int_eq(xpay_event_routes_dispatch(routes, &event, &called), XPAY_OK);
        ck_assert_str_eq(called, c->handler);
        xpay_event_routes_free(routes);
    }
}
END_TEST

START_TEST(test_texts_of_the_table_are_copied)
{
    char type[] = "refund.failed";
    const xpay_event event = {.id = "evt_1", .type = "refund.failed"};
    const xpay_event_route route = {type, refund_failed};
    xpay_event_routes *routes;
    const char *called = "none";
    ck_assert_int_eq(xpay_event_routes_new(&route, 1, NULL, &called, &routes, NULL), XPAY_OK);
    memset(type, '#', sizeof type - 1);
    ck_assert_int_eq(xpay_event_routes_dispatch(routes, &event, &called), XPAY_OK);
    ck_assert_str_eq(called, "refund_failed");
    xpay_event_routes_free(routes);
}
END_TEST

START_TEST(test_event_without_a_handler_is_acknowledged)
{
    const xpay_event event = {.id = "evt_1", .type = "coupon.created"};
    xpay_event_routes *routes;
    const char *called = "none";
    ck_assert_int_eq(xpay_event_routes_new(table, LENGTH(table), NULL, &called, &routes, NULL),
                     XPAY_OK);
    ck_assert_int_eq(xpay_event_routes_dispatch(routes, &event, &called), XPAY_OK);
    ck_assert_str_eq(called, "none");
    xpay_event_routes_free(routes);
    ck_assert_int_eq(xpay_event_routes_new(NULL, 0, refuse_all, NULL, &routes, NULL), XPAY_OK);
    ck_assert_int_eq(xpay_event_routes_dispatch(routes, &event, NULL), XPAY_ERROR_CONFLICT);
    xpay_event_routes_free(routes);
    xpay_event_routes_free(NULL);
}
END_TEST

static int32_t take(void *context, const xpay_event *event, void **transaction)
{
    (void)event;
    *transaction = context;
    return XPAY_CLAIM_TAKEN;
}

static xpay_status keep(void *context, void *transaction)
{
    (void)context;
    (void)transaction;
    return XPAY_OK;
}

static void drop(void *context, void *transaction)
{
    (void)context;
    (void)transaction;
}

START_TEST(test_routes_are_a_handler_of_the_inbox)
{
    const xpay_event event = {.id = "evt_1", .type = "refund.failed"};
    xpay_event_routes *routes;
    const char *called = "none";
    xpay_inbox inbox = XPAY_INBOX_INIT;
    xpay_inbox_reply reply;
    inbox.context = &called;
    inbox.claim = take;
    inbox.commit = keep;
    inbox.release = drop;
    ck_assert_int_eq(
        xpay_event_routes_new(table, LENGTH(table), refuse_all, &called, &routes, NULL), XPAY_OK);
    ck_assert_int_eq(
        xpay_inbox_handle(&inbox, &event, xpay_event_routes_dispatch, routes, &reply, NULL),
        XPAY_OK);
    ck_assert_str_eq(called, "refund_failed");
    const xpay_event stray = {.id = "evt_2", .type = "coupon.created"};
    ck_assert_int_eq(
        xpay_inbox_handle(&inbox, &stray, xpay_event_routes_dispatch, routes, &reply, NULL),
        XPAY_ERROR_CONFLICT);
    ck_assert_int_eq(reply.http_status, 503);
    xpay_event_routes_free(routes);
}
END_TEST

static const struct bad_case {
    xpay_event_route third;
    const char *param;
} bad_cases[] = {
    {{NULL, other}, "table[2].type"},
    {{"", other}, "table[2].type"},
    {{".", other}, "table[2].type"},
    {{".refund", other}, "table[2].type"},
    {{"refund..failed", other}, "table[2].type"},
    {{"refund.*", other}, "table[2].type"},
    {{"*", other}, "table[2].type"},
    {{"Refund.failed", other}, "table[2].type"},
    {{"refund failed", other}, "table[2].type"},
    {{"refund.failed", NULL}, "table[2].handler"},
    {{"refund.", other}, "table[2].type"},
    {{"charge.failed", other}, "table[2].type"},
};

START_TEST(test_table_that_cannot_be_meant_is_refused)
{
    const struct bad_case *c = &bad_cases[_i];
    const xpay_event_route given[] = {{"refund.", refund}, {"charge.failed", other}, c->third};
    xpay_event_routes *routes = (xpay_event_routes *)&routes;
    xpay_error error;
    ck_assert_int_eq(xpay_event_routes_new(given, 3, NULL, NULL, &routes, &error),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_ptr_null(routes);
    ck_assert_str_eq(error.param, c->param);
    ck_assert_int_eq(xpay_event_routes_new(NULL, 1, NULL, NULL, &routes, &error),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "table");
    ck_assert_int_eq(xpay_event_routes_new(given, 2, NULL, NULL, NULL, &error),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "routes");
}
END_TEST

Suite *event_routes_suite(void)
{
    Suite *suite = suite_create("event routes");
    TCase *tests = tcase_create("table");
    tcase_add_loop_test(tests, test_longest_entry_that_fits_wins_wherever_it_stands, 0,
                        LENGTH(route_cases));
    tcase_add_test(tests, test_texts_of_the_table_are_copied);
    tcase_add_test(tests, test_event_without_a_handler_is_acknowledged);
    tcase_add_test(tests, test_routes_are_a_handler_of_the_inbox);
    tcase_add_loop_test(tests, test_table_that_cannot_be_meant_is_refused, 0, LENGTH(bad_cases));
    suite_add_tcase(suite, tests);
    return suite;
}
