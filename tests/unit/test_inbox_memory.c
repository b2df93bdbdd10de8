/* The inbox in memory: once each, bounded, shared by threads, and no claim blocks an event for ever. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include <xpay/inbox.h>

#include "allocation.h"
#include "delivery.h"
#include "suites.h"

static int64_t given_clock(void *context)
{
    return *(int64_t *)context;
}

static xpay_inbox *memory_inbox(size_t capacity, int64_t *now)
{
    xpay_inbox_memory_options options = XPAY_INBOX_MEMORY_OPTIONS_INIT;
    options.capacity = capacity;
    options.claim_seconds = 10;
    options.clock = given_clock;
    options.clock_context = now;
    xpay_inbox *inbox;
    ck_assert_int_eq(xpay_inbox_memory_new(&options, &inbox, NULL), XPAY_OK);
    return inbox;
}

static int32_t claim(xpay_inbox *inbox, const char *id, void **transaction)
{
    xpay_event event = {.id = id, .type = "x"};
    *transaction = NULL;
    return inbox->claim(inbox->context, &event, transaction);
}

static xpay_status commit(xpay_inbox *inbox, void *transaction)
{
    return inbox->commit(inbox->context, transaction);
}

static void commit_new(xpay_inbox *inbox, const char *id)
{
    void *transaction;
    ck_assert_int_eq(claim(inbox, id, &transaction), XPAY_CLAIM_TAKEN);
    ck_assert_int_eq(commit(inbox, transaction), XPAY_OK);
}

START_TEST(test_committed_event_is_a_duplicate_and_a_released_one_is_not)
{
    int64_t now = 0;
    xpay_inbox *inbox = memory_inbox(0, &now);
    void *first, *second;
    ck_assert_int_eq(claim(inbox, "evt_1", &first), XPAY_CLAIM_TAKEN);
    ck_assert_int_eq(claim(inbox, "evt_1", &second), XPAY_CLAIM_BUSY);
    ck_assert_int_eq(claim(inbox, "evt_2", &second), XPAY_CLAIM_TAKEN);
    inbox->release(inbox->context, first);
    ck_assert_int_eq(claim(inbox, "evt_1", &first), XPAY_CLAIM_TAKEN);
    ck_assert_int_eq(commit(inbox, first), XPAY_OK);
    ck_assert_int_eq(claim(inbox, "evt_1", &first), XPAY_CLAIM_DUPLICATE);
    ck_assert_int_eq(commit(inbox, second), XPAY_OK);
    now = 1000000;
    ck_assert_int_eq(claim(inbox, "evt_2", &first), XPAY_CLAIM_DUPLICATE);
    xpay_inbox_memory_free(inbox);
}
END_TEST

START_TEST(test_abandoned_claim_is_taken_over_and_its_late_commit_fails)
{
    int64_t now = 100;
    xpay_inbox *inbox = memory_inbox(0, &now);
    void *lost, *late, *mine;
    ck_assert_int_eq(claim(inbox, "evt_1", &late), XPAY_CLAIM_TAKEN);
    now = 110;
    ck_assert_int_eq(claim(inbox, "evt_1", &mine), XPAY_CLAIM_BUSY);
    now = 111;
    ck_assert_int_eq(claim(inbox, "evt_1", &lost), XPAY_CLAIM_TAKEN);
    ck_assert_int_ne(commit(inbox, late), XPAY_OK);
    ck_assert_int_eq(claim(inbox, "evt_1", &mine), XPAY_CLAIM_BUSY);
    now = 122;
    ck_assert_int_eq(claim(inbox, "evt_1", &mine), XPAY_CLAIM_TAKEN);
    inbox->release(inbox->context, lost); /* a late release does not end another's claim either */
    ck_assert_int_eq(claim(inbox, "evt_1", &late), XPAY_CLAIM_BUSY);
    ck_assert_int_eq(commit(inbox, mine), XPAY_OK);
    ck_assert_int_eq(claim(inbox, "evt_1", &late), XPAY_CLAIM_DUPLICATE);
    xpay_inbox_memory_free(inbox);
}
END_TEST

START_TEST(test_full_inbox_forgets_the_event_committed_the_longest_ago)
{
    int64_t now = 0;
    xpay_inbox *inbox = memory_inbox(3, &now);
    void *claimed, *other;
    ck_assert_int_eq(claim(inbox, "evt_early_claim", &claimed), XPAY_CLAIM_TAKEN);
    commit_new(inbox, "evt_1");
    ck_assert_int_eq(commit(inbox, claimed), XPAY_OK); /* claimed first, committed second */
    commit_new(inbox, "evt_3");
    commit_new(inbox, "evt_4"); /* evt_1 goes */
    ck_assert_int_eq(claim(inbox, "evt_early_claim", &other), XPAY_CLAIM_DUPLICATE);
    ck_assert_int_eq(claim(inbox, "evt_3", &other), XPAY_CLAIM_DUPLICATE);
    ck_assert_int_eq(claim(inbox, "evt_1", &claimed), XPAY_CLAIM_TAKEN); /* evt_early_claim goes */
    ck_assert_int_eq(claim(inbox, "evt_3", &other), XPAY_CLAIM_DUPLICATE);
    ck_assert_int_eq(claim(inbox, "evt_4", &other), XPAY_CLAIM_DUPLICATE);
    inbox->release(inbox->context, claimed);
    /* What was committed is not abandoned, however long ago it was: the oldest still goes first. */
    commit_new(inbox, "evt_5");
    now = 1000;
    commit_new(inbox, "evt_6"); /* evt_3 goes */
    ck_assert_int_eq(claim(inbox, "evt_4", &other), XPAY_CLAIM_DUPLICATE);
    ck_assert_int_eq(claim(inbox, "evt_5", &other), XPAY_CLAIM_DUPLICATE);
    xpay_inbox_memory_free(inbox);
}
END_TEST

START_TEST(test_abandoned_claim_goes_before_what_was_committed)
{
    int64_t now = 0;
    xpay_inbox *inbox = memory_inbox(2, &now);
    void *abandoned, *other;
    commit_new(inbox, "evt_1");
    ck_assert_int_eq(claim(inbox, "evt_2", &abandoned), XPAY_CLAIM_TAKEN);
    now = 11;
    commit_new(inbox, "evt_3");
    ck_assert_int_eq(claim(inbox, "evt_1", &other), XPAY_CLAIM_DUPLICATE);
    ck_assert_int_ne(commit(inbox, abandoned), XPAY_OK);
    xpay_inbox_memory_free(inbox);
}
END_TEST

START_TEST(test_inbox_full_of_claims_fails_until_one_ends_or_is_abandoned)
{
    int64_t now = 0;
    xpay_inbox *inbox = memory_inbox(2, &now);
    void *one, *two, *three;
    ck_assert_int_eq(claim(inbox, "evt_1", &one), XPAY_CLAIM_TAKEN);
    now = 5;
    ck_assert_int_eq(claim(inbox, "evt_2", &two), XPAY_CLAIM_TAKEN);
    ck_assert_int_eq(claim(inbox, "evt_3", &three), XPAY_CLAIM_FAILED);
    now = 11; /* the first is abandoned now */
    ck_assert_int_eq(claim(inbox, "evt_3", &three), XPAY_CLAIM_TAKEN);
    ck_assert_int_ne(commit(inbox, one), XPAY_OK);
    ck_assert_int_eq(claim(inbox, "evt_1", &one), XPAY_CLAIM_FAILED);
    ck_assert_int_eq(commit(inbox, two), XPAY_OK);
    ck_assert_int_eq(claim(inbox, "evt_1", &one), XPAY_CLAIM_TAKEN); /* evt_2 is forgotten */
    ck_assert_int_eq(commit(inbox, three), XPAY_OK);
    ck_assert_int_eq(commit(inbox, one), XPAY_OK);
    xpay_inbox_memory_free(inbox);
}
END_TEST

START_TEST(test_monstrous_id_is_not_stored)
{
    static char id[100000];
    int64_t now = 0;
    void *transaction;
    xpay_inbox *inbox = memory_inbox(0, &now);
    memset(id, 'x', sizeof id - 1);
    ck_assert_int_eq(claim(inbox, id, &transaction), XPAY_CLAIM_FAILED);
    id[1024] = '\0';
    commit_new(inbox, id);
    xpay_inbox_memory_free(inbox);
}
END_TEST

static const struct option_case {
    size_t capacity;
    int64_t claim_seconds;
    const char *param;
} option_cases[] = {
    {0, 0, ""},
    {1, 1, ""},
    {65536, INT64_MAX, ""},
    {65537, 0, "capacity"},
    {SIZE_MAX, 0, "capacity"},
    {0, -1, "claim_seconds"},
};

START_TEST(test_options_are_checked)
{
    const struct option_case *c = &option_cases[_i];
    struct {
        xpay_inbox_memory_options options;
        int64_t newer;
    } given = {.options = XPAY_INBOX_MEMORY_OPTIONS_INIT};
    given.options.capacity = c->capacity;
    given.options.claim_seconds = c->claim_seconds;
    xpay_inbox *inbox = (xpay_inbox *)&given;
    xpay_error error;
    xpay_status status = xpay_inbox_memory_new(&given.options, &inbox, &error);
    ck_assert_int_eq(status, *c->param == '\0' ? XPAY_OK : XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, c->param);
    ck_assert_int_eq(inbox == NULL, status != XPAY_OK);
    xpay_inbox_memory_free(inbox);
    given.options.size = sizeof given;
    given.newer = 1;
    ck_assert_int_eq(xpay_inbox_memory_new(&given.options, &inbox, &error), XPAY_ERROR_ABI);
    given.options.size = 0;
    ck_assert_int_eq(xpay_inbox_memory_new(&given.options, &inbox, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_inbox_memory_new(NULL, NULL, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_inbox_memory_new(NULL, &inbox, NULL), XPAY_OK);
    commit_new(inbox, "evt_1"); /* with the system's clock */
    xpay_inbox_memory_free(inbox);
    xpay_inbox_memory_free(NULL);
}
END_TEST

START_TEST(test_defaults_are_4096_events_and_300_seconds)
{
    int64_t now = 0;
    char id[32];
    xpay_inbox_memory_options options = XPAY_INBOX_MEMORY_OPTIONS_INIT;
    options.clock = given_clock;
    options.clock_context = &now;
    xpay_inbox *inbox;
    void *first, *second;
    ck_assert_int_eq(xpay_inbox_memory_new(&options, &inbox, NULL), XPAY_OK);
    ck_assert_int_eq(claim(inbox, "evt_claimed", &first), XPAY_CLAIM_TAKEN);
    now = 300;
    ck_assert_int_eq(claim(inbox, "evt_claimed", &second), XPAY_CLAIM_BUSY);
    now = 301;
    ck_assert_int_eq(claim(inbox, "evt_claimed", &second), XPAY_CLAIM_TAKEN);
    ck_assert_int_ne(commit(inbox, first), XPAY_OK);
    ck_assert_int_eq(commit(inbox, second), XPAY_OK);
    for (int i = 1; i < 4096; i++) {
        snprintf(id, sizeof id, "evt_%d", i);
        commit_new(inbox, id);
    }
    ck_assert_int_eq(claim(inbox, "evt_claimed", &first), XPAY_CLAIM_DUPLICATE);
    commit_new(inbox, "evt_4096");
    ck_assert_int_eq(claim(inbox, "evt_claimed", &first), XPAY_CLAIM_TAKEN);
    inbox->release(inbox->context, first);
    xpay_inbox_memory_free(inbox);
}
END_TEST

/* Two ids with the same FNV-1a hash of 64 bits. */
START_TEST(test_ids_are_compared_whole)
{
    int64_t now = 0;
    xpay_inbox *inbox = memory_inbox(0, &now);
    commit_new(inbox, "8yn0iYCKYHlIj4-BwPqk");
    commit_new(inbox, "GReLUrM4wMqfg9yzV3KQ");
    xpay_inbox_memory_free(inbox);
}
END_TEST

START_TEST(test_claim_that_finds_no_room_keeps_nothing)
{
    int64_t now = 0;
    xpay_inbox *inbox = memory_inbox(1, &now);
    void *one, *two;
    ck_assert_int_eq(claim(inbox, "evt_1", &one), XPAY_CLAIM_TAKEN);
    long live = allocation_live();
    ck_assert_int_eq(claim(inbox, "evt_2", &two), XPAY_CLAIM_FAILED);
    ck_assert_int_eq(claim(inbox, "evt_1", &two), XPAY_CLAIM_BUSY);
    ck_assert_int_eq(allocation_live(), live);
    inbox->release(inbox->context, one);
    xpay_inbox_memory_free(inbox);
}
END_TEST

enum { THREADS = 8, EVENTS = 200 };

typedef struct race {
    xpay_inbox *inbox;
    atomic_int handled[EVENTS], failures;
} race;

static xpay_status count(void *context, const xpay_event *event, void *transaction)
{
    race *r = context;
    (void)transaction;
    int number = 0;
    ck_assert_int_eq(sscanf(event->id, "evt_%d", &number), 1);
    if (number % 7 == 0 && atomic_fetch_add(&r->failures, 1) % 3 != 2)
        return XPAY_ERROR_CONFLICT; /* a handler that fails now and then */
    atomic_fetch_add(&r->handled[number], 1);
    return XPAY_OK;
}

/* Delivers every event until it is answered with 2xx, as XPay would with more patience. */
static void *deliver_all(void *context)
{
    race *r = context;
    for (int i = 0; i < EVENTS; i++) {
        char id[32];
        snprintf(id, sizeof id, "evt_%d", i);
        xpay_event event = {.id = id, .type = "x"};
        xpay_inbox_reply reply;
        do
            xpay_inbox_handle(r->inbox, &event, count, r, &reply, NULL);
        while (reply.http_status != 200);
    }
    return NULL;
}

START_TEST(test_eight_threads_handle_each_event_once)
{
    static race r;
    int64_t now = 0;
    r.inbox = memory_inbox(0, &now);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, deliver_all, &r), 0);
    for (int i = 0; i < THREADS; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    for (int i = 0; i < EVENTS; i++)
        ck_assert_int_eq(atomic_load(&r.handled[i]), 1);
    xpay_inbox_memory_free(r.inbox);
}
END_TEST

Suite *inbox_memory_suite(void)
{
    Suite *suite = suite_create("inbox in memory");
    TCase *tests = tcase_create("claims");
    tcase_add_test(tests, test_committed_event_is_a_duplicate_and_a_released_one_is_not);
    tcase_add_test(tests, test_abandoned_claim_is_taken_over_and_its_late_commit_fails);
    tcase_add_test(tests, test_full_inbox_forgets_the_event_committed_the_longest_ago);
    tcase_add_test(tests, test_abandoned_claim_goes_before_what_was_committed);
    tcase_add_test(tests, test_inbox_full_of_claims_fails_until_one_ends_or_is_abandoned);
    tcase_add_test(tests, test_monstrous_id_is_not_stored);
    tcase_add_loop_test(tests, test_options_are_checked, 0, LENGTH(option_cases));
    tcase_add_test(tests, test_defaults_are_4096_events_and_300_seconds);
    tcase_add_test(tests, test_ids_are_compared_whole);
    tcase_add_test(tests, test_claim_that_finds_no_room_keeps_nothing);
    tcase_add_test(tests, test_eight_threads_handle_each_event_once);
    suite_add_tcase(suite, tests);
    return suite;
}
