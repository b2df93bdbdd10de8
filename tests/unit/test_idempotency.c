/* Keys that any process makes again, and what a client remembers of those that it used. */
#include <check.h>
#include <string.h>

#include "answers_scripted.h"
#include "net/keys.h"
#include "net/pool.h"
#include "suites.h"

static const struct derive_case {
    const char *name_space;
    const char *operation;
    const char *order;
    uint32_t generation;
    const char *key; /* worked out with Python's hashlib; NULL: only that it is another */
} derive_cases[] = {
    {"shop", "refund", "1042", 0,
     "xp1_b3738a6d757862b5e3cd269614d9ff816fe739f59a11199b3649c0a5ce82a874"},
    {"shop", "refund", "1042", 1,
     "xp1_577681d0655dc33601eb8c0ca2f8ff0b7dd371e1c7df8de7607424ef9a3a7c96"},
    {"", "refund", "1042", 0, NULL},
    {"shop", "session", "1042", 0, NULL},
    {"shop", "refund", "1043", 0, NULL},
    {"shoprefund", "r", "1042", 0, NULL},
    {"sho", "prefund", "1042", 0, NULL},
    {"shop", "refund1", "042", 0, NULL},
    {"shop", "refund", "1042", 256, NULL},
    {"shop", "refund", "10\xc3\xa9", 0, NULL},
    {"shop", "refund", "a b/c?d", 0, NULL},
};

START_TEST(test_derived_keys_differ_whenever_a_value_does)
{
    char keys[LENGTH(derive_cases)][XPAY_IDEMPOTENCY_KEY_SIZE];
    for (size_t i = 0; i < LENGTH(derive_cases); i++) {
        const struct derive_case *c = &derive_cases[i];
        ck_assert_int_eq(xpay_idempotency_key_derive(c->name_space, c->operation, c->order,
                                                     c->generation, keys[i], sizeof keys[i]),
                         XPAY_OK);
        ck_assert_uint_eq(strlen(keys[i]), 68);
        ck_assert_uint_eq(strspn(keys[i], "xp0123456789abcdef_"), 68);
        if (c->key != NULL)
            ck_assert_str_eq(keys[i], c->key);
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(keys[i], keys[k]);
    }
}
END_TEST

START_TEST(test_key_is_derived_of_whole_values_only)
{
    char key[69] = "x";
    ck_assert_int_eq(xpay_idempotency_key_derive("s", "o", "r", 0, key, sizeof key), XPAY_OK);
    ck_assert_int_eq(xpay_idempotency_key_derive("s", "o", "r", 0, key, sizeof key - 1),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(key, "");
    ck_assert_int_eq(xpay_idempotency_key_derive(NULL, "o", "r", 0, key, sizeof key),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_idempotency_key_derive("s", NULL, "r", 0, key, sizeof key),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_idempotency_key_derive("s", "", "r", 0, key, sizeof key),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_idempotency_key_derive("s", "o", NULL, 0, key, sizeof key),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_idempotency_key_derive("s", "o", "", 0, key, sizeof key),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_idempotency_key_derive("s", "o", "r", 0, NULL, 100), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_idempotency_key_derive("s", "o", "r", 0, key, 0), XPAY_ERROR_ARGUMENT);
}
END_TEST

static xpay_status refund(xpay_client *client, const char *key, int64_t amount, xpay_error *error)
{
    xpay_refund_create_params params = XPAY_REFUND_CREATE_PARAMS_INIT;
    xpay_request_options options = XPAY_REQUEST_OPTIONS_INIT;
    xpay_refund *made;
    params.charge_id = "ch_1";
    params.has_amount = true;
    params.amount = amount;
    options.idempotency_key = key;
    options.max_attempts = 1;
    xpay_status status = xpay_refund_create(client, &params, &options, &made, error);
    xpay_object_free(made);
    return status;
}

START_TEST(test_key_of_another_request_never_reaches_the_wire)
{
    static const char *const answers[] = {MADE, MADE, WRONG};
    scripted *server = scripted_start(answers, 3);
    xpay_client_options options = scripted_options(server);
    xpay_client *client;
    xpay_error error;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    ck_assert_int_eq(refund(client, "k1", 500, &error), XPAY_OK);
    ck_assert_int_eq(refund(client, "k1", 501, &error), XPAY_ERROR_IDEMPOTENCY);
    ck_assert_int_eq(error.outcome, XPAY_OUTCOME_UNKNOWN); /* what the key names was done */
    ck_assert_int_eq(error.next_step, XPAY_NEXT_LOOK);
    ck_assert_str_eq(error.param, "idempotency_key");
    ck_assert_str_eq(error.idempotency_key, "k1");
    ck_assert_ptr_nonnull(strstr(error.message, "may have happened"));
    ck_assert_uint_eq(scripted_requests(server), 1);
    ck_assert_int_eq(refund(client, "k1", 500, &error), XPAY_OK);
    ck_assert_uint_eq(scripted_requests(server), 2);
    ck_assert_int_eq(refund(client, "k2", 500, &error), XPAY_ERROR_REQUEST);
    ck_assert_int_eq(refund(client, "k2", 501, &error), XPAY_ERROR_IDEMPOTENCY);
    ck_assert_int_eq(error.outcome, XPAY_OUTCOME_NOT_SENT); /* what the key names was refused */
    ck_assert_int_eq(error.next_step, XPAY_NEXT_FIX);
    ck_assert_ptr_nonnull(strstr(error.message, "generation"));
    ck_assert_uint_eq(scripted_requests(server), 3);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

/* Two calls under one key, one attempt each: what the second comes to. */
static const struct doubt_case {
    const char *rule;
    const char *answers[2];
    xpay_status status;
    int32_t outcome;
} doubt_cases[] = {
    {"lost, then wrong API key", {LOST, NO_KEY}, XPAY_ERROR_AUTHENTICATION, XPAY_OUTCOME_UNKNOWN},
    {"lost, then too many", {LOST, TOO_MANY}, XPAY_ERROR_RATE_LIMIT, XPAY_OUTCOME_UNKNOWN},
    {"lost, then a new refusal", {LOST, WRONG}, XPAY_ERROR_REQUEST, XPAY_OUTCOME_UNKNOWN},
    /* It may have been refused because what was lost had been done. */
    {"lost, then the stored one", {LOST, WRONG_AGAIN}, XPAY_ERROR_REQUEST, XPAY_OUTCOME_UNKNOWN},
    {"lost, then done", {LOST, MADE}, XPAY_OK, XPAY_OUTCOME_NONE},
    {"done, then wrong API key", {MADE, NO_KEY}, XPAY_ERROR_AUTHENTICATION, XPAY_OUTCOME_UNKNOWN},
    {"refused, then wrong API key",
     {WRONG, NO_KEY},
     XPAY_ERROR_AUTHENTICATION,
     XPAY_OUTCOME_REJECTED},
    {"refused, then that refusal again",
     {WRONG, WRONG_AGAIN},
     XPAY_ERROR_REQUEST,
     XPAY_OUTCOME_REJECTED},
    /* 401 and 429 are not stored: somebody else asked under this key. */
    {"wrong API key, then a stored refusal",
     {NO_KEY, WRONG_AGAIN},
     XPAY_ERROR_REQUEST,
     XPAY_OUTCOME_UNKNOWN},
    {"too many, then a stored refusal",
     {TOO_MANY, WRONG_AGAIN},
     XPAY_ERROR_REQUEST,
     XPAY_OUTCOME_UNKNOWN},
    {"too many, then too many", {TOO_MANY, TOO_MANY}, XPAY_ERROR_RATE_LIMIT, XPAY_OUTCOME_REJECTED},
};

START_TEST(test_doubt_of_a_key_outlives_the_call)
{
    const struct doubt_case *c = &doubt_cases[_i];
    scripted *server = scripted_start(c->answers, 2);
    xpay_client_options options = scripted_options(server);
    xpay_client *client;
    xpay_error error;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    xpay_status first = refund(client, "k1", 500, &error);
    (void)first;
    xpay_status status = refund(client, "k1", 500, &error);
    ck_assert_msg(status == c->status, "%s: %s", c->rule, error.message);
    ck_assert_msg(error.outcome == c->outcome, "%s: %s", c->rule, xpay_outcome_name(error.outcome));
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

static const unsigned char request_a[XPAY_DIGEST_SIZE] = {1};
static const unsigned char request_b[XPAY_DIGEST_SIZE] = {2};

static const unsigned char *name_of(uint32_t number)
{
    static unsigned char name[XPAY_KEY_NAME_SIZE];
    memcpy(name, &number, sizeof number);
    return name;
}

START_TEST(test_last_1024_keys_are_remembered)
{
    static xpay_keys keys;
    xpay_key_past past;
    xpay_known_key *known;
    memset(&keys, 0, sizeof keys);
    xpay_keys_init(&keys);
    for (uint32_t i = 0; i < XPAY_KEYS_REMEMBERED; i++) {
        ck_assert(xpay_keys_begin(&keys, name_of(i), request_a, 0, &past, &known));
        xpay_keys_end(&keys, known, XPAY_KEY_POSSIBLE);
    }
    for (uint32_t i = 0; i < XPAY_KEYS_REMEMBERED; i++)
        ck_assert(!xpay_keys_begin(&keys, name_of(i), request_b, 0, &past, &known));
    ck_assert(xpay_keys_begin(&keys, name_of(5000), request_a, 0, &past, &known));
    xpay_keys_end(&keys, known, XPAY_KEY_POSSIBLE);
    ck_assert(xpay_keys_begin(&keys, name_of(0), request_b, 0, &past, &known));
    ck_assert(!past.possible);
    xpay_keys_destroy(&keys);
}
END_TEST

/* A shop makes thousands of sessions under keys that it never sees; the one refund in doubt is not forgotten for them. */
START_TEST(test_keys_that_nobody_asks_under_again_push_none_out)
{
    static const int32_t ends[] = {XPAY_KEY_SPENT, XPAY_KEY_NOT_SENT};
    static xpay_keys keys;
    xpay_key_past past;
    xpay_known_key *known;
    xpay_known_key *other;
    memset(&keys, 0, sizeof keys);
    xpay_keys_init(&keys);
    for (uint32_t i = 0; i < XPAY_KEYS_REMEMBERED - 2; i++) {
        ck_assert(xpay_keys_begin(&keys, name_of(i), request_a, 0, &past, &known));
        xpay_keys_end(&keys, known, XPAY_KEY_POSSIBLE);
    }
    for (uint32_t i = 2000; i < 6000;
         i += 2) { /* two at a time, so that places are given back in any order */
        ck_assert(xpay_keys_begin(&keys, name_of(i), request_a, 0, &past, &known));
        ck_assert(!past.possible);
        ck_assert(xpay_keys_begin(&keys, name_of(i + 1), request_a, 0, &past, &other));
        ck_assert(!past.possible);
        xpay_keys_end(&keys, known, ends[_i]);
        xpay_keys_end(&keys, other, ends[_i]);
    }
    for (uint32_t i = 0; i < XPAY_KEYS_REMEMBERED - 2; i++) {
        ck_assert(!xpay_keys_begin(&keys, name_of(i), request_b, 0, &past, &known));
        ck_assert(past.possible);
    }
    xpay_keys_destroy(&keys);
}
END_TEST

START_TEST(test_only_keys_of_the_callers_are_remembered_once_all_is_well)
{
    static const char *const answers[] = {LOST, WRONG};
    const char *script[1 + 40 + 1];
    for (size_t i = 0; i < LENGTH(script); i++)
        script[i] = i == 0 ? answers[0] : i == LENGTH(script) - 1 ? answers[1] : MADE;
    scripted *server = scripted_start(script, LENGTH(script));
    xpay_client_options options = scripted_options(server);
    xpay_client *client;
    xpay_error error;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    ck_assert_int_eq(refund(client, "k1", 500, &error), XPAY_ERROR_NETWORK);
    for (int i = 0; i < 40; i++)
        ck_assert_int_eq(refund(client, NULL, 500, &error), XPAY_OK);
    const xpay_keys *keys = xpay_pool_keys(client);
    ck_assert_uint_eq(keys->filled, 2);
    ck_assert_int_eq(refund(client, "k1", 500, &error), XPAY_ERROR_REQUEST);
    ck_assert_int_eq(error.outcome, XPAY_OUTCOME_UNKNOWN);
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

START_TEST(test_key_in_use_is_not_forgotten_and_is_in_doubt)
{
    static xpay_keys keys;
    xpay_key_past past;
    xpay_known_key *first;
    xpay_known_key *known;
    memset(&keys, 0, sizeof keys);
    xpay_keys_init(&keys);
    ck_assert(xpay_keys_begin(&keys, name_of(1), request_a, 7, &past, &first));
    ck_assert(!past.possible);
    for (uint32_t i = 10; i < 3000; i++) {
        ck_assert(xpay_keys_begin(&keys, name_of(i), request_a, 8, &past, &known));
        xpay_keys_end(&keys, known, XPAY_KEY_REFUSED);
    }
    ck_assert(xpay_keys_begin(&keys, name_of(1), request_a, 9, &past, &known));
    ck_assert_ptr_eq(known, first);
    ck_assert(past.possible);
    ck_assert_int_eq(past.since_ms, 7);
    xpay_keys_end(&keys, known, XPAY_KEY_NOT_SENT);
    xpay_keys_end(&keys, first, XPAY_KEY_NOT_SENT);
    /* It was never sent, so it is free. */
    ck_assert(xpay_keys_begin(&keys, name_of(1), request_b, 9, &past, &known));
    ck_assert(!past.possible);
    xpay_keys_end(&keys, known, XPAY_KEY_REFUSED);
    /* Refused, and then not sent: it still names the request that was refused. */
    ck_assert(xpay_keys_begin(&keys, name_of(1), request_b, 9, &past, &known));
    xpay_keys_end(&keys, known, XPAY_KEY_NOT_SENT);
    ck_assert(!xpay_keys_begin(&keys, name_of(1), request_a, 9, &past, &known));
    xpay_keys_destroy(&keys);
}
END_TEST

/* When a key's life began, for a call a day after one that ended like this: only what was refused begins anew. */
START_TEST(test_age_of_a_key_that_may_have_acted_is_never_forgotten)
{
    static const int32_t ends[] = {XPAY_KEY_POSSIBLE, XPAY_KEY_REFUSED};
    static const int64_t life = XPAY_IDEMPOTENCY_KEY_LIFETIME_MS;
    static xpay_keys keys;
    xpay_key_past past;
    xpay_known_key *known;
    xpay_known_key *second;
    memset(&keys, 0, sizeof keys);
    xpay_keys_init(&keys);
    ck_assert(xpay_keys_begin(&keys, name_of(1), request_a, 7, &past, &known));
    xpay_keys_end(&keys, known, ends[_i]);
    ck_assert(xpay_keys_begin(&keys, name_of(1), request_a, 7 + life, &past, &known));
    ck_assert_int_eq(past.since_ms, 7);
    xpay_keys_end(&keys, known, XPAY_KEY_REFUSED);
    ck_assert(xpay_keys_begin(&keys, name_of(1), request_a, 8 + life, &past, &known));
    ck_assert_int_eq(past.since_ms, ends[_i] == XPAY_KEY_POSSIBLE ? 7 : 8 + life);
    /* One that is running may be acting. */
    ck_assert(xpay_keys_begin(&keys, name_of(1), request_a, 9 + 2 * life, &past, &second));
    ck_assert_int_eq(past.since_ms, ends[_i] == XPAY_KEY_POSSIBLE ? 7 : 8 + life);
    xpay_keys_destroy(&keys);
}
END_TEST

/* The call that ended first was not sent; the other one still is under way. */
START_TEST(test_key_is_not_free_while_another_call_runs_under_it)
{
    static xpay_keys keys;
    xpay_key_past past;
    xpay_known_key *first;
    xpay_known_key *second;
    memset(&keys, 0, sizeof keys);
    xpay_keys_init(&keys);
    ck_assert(xpay_keys_begin(&keys, name_of(1), request_a, 7, &past, &first));
    ck_assert(xpay_keys_begin(&keys, name_of(1), request_a, 7, &past, &second));
    ck_assert(xpay_keys_end(&keys, first, XPAY_KEY_NOT_SENT));
    ck_assert(!xpay_keys_begin(&keys, name_of(1), request_b, 7, &past, &first));
    ck_assert(past.possible);
    xpay_keys_end(&keys, second, XPAY_KEY_SPENT);
    xpay_keys_destroy(&keys);
}
END_TEST

/* Two calls at a time under one key: how they end, in this order, and what the second one is told of the first. */
static const struct overlap_case {
    int32_t first;
    int32_t second;
    bool first_in_doubt;  /* by the second, which is still running */
    bool second_in_doubt; /* by what the first may have done */
} overlap_cases[] = {
    {XPAY_KEY_NOT_SENT, XPAY_KEY_NOT_SENT, true, false},
    {XPAY_KEY_REFUSED, XPAY_KEY_REFUSED, true, false},
    {XPAY_KEY_REFUSED, XPAY_KEY_POSSIBLE, true, false},
    {XPAY_KEY_POSSIBLE, XPAY_KEY_NOT_SENT, true, true},
    {XPAY_KEY_POSSIBLE, XPAY_KEY_REFUSED, true, true},
};

START_TEST(test_calls_that_overlap_leave_each_other_in_doubt)
{
    const struct overlap_case *c = &overlap_cases[_i];
    static xpay_keys keys;
    xpay_key_past past;
    xpay_known_key *first;
    xpay_known_key *second;
    memset(&keys, 0, sizeof keys);
    xpay_keys_init(&keys);
    ck_assert(xpay_keys_begin(&keys, name_of(1), request_a, 7, &past, &first));
    ck_assert(!past.possible);
    ck_assert(xpay_keys_begin(&keys, name_of(1), request_a, 8, &past, &second));
    ck_assert(past.possible);
    ck_assert_int_eq(xpay_keys_end(&keys, first, c->first), c->first_in_doubt);
    ck_assert_int_eq(xpay_keys_end(&keys, second, c->second), c->second_in_doubt);
    ck_assert_int_eq(xpay_keys_begin(&keys, name_of(1), request_b, 9, &past, &second),
                     c->second == XPAY_KEY_NOT_SENT && c->first == XPAY_KEY_NOT_SENT);
    xpay_keys_destroy(&keys);
}
END_TEST

Suite *idempotency_suite(void)
{
    Suite *suite = suite_create("idempotency");
    TCase *tests = tcase_create("keys");
    tcase_add_test(tests, test_derived_keys_differ_whenever_a_value_does);
    tcase_add_test(tests, test_key_is_derived_of_whole_values_only);
    tcase_add_test(tests, test_key_of_another_request_never_reaches_the_wire);
    tcase_add_loop_test(tests, test_doubt_of_a_key_outlives_the_call, 0, (int)LENGTH(doubt_cases));
    tcase_add_test(tests, test_last_1024_keys_are_remembered);
    tcase_add_loop_test(tests, test_keys_that_nobody_asks_under_again_push_none_out, 0, 2);
    tcase_add_test(tests, test_only_keys_of_the_callers_are_remembered_once_all_is_well);
    tcase_add_test(tests, test_key_in_use_is_not_forgotten_and_is_in_doubt);
    tcase_add_loop_test(tests, test_age_of_a_key_that_may_have_acted_is_never_forgotten, 0, 2);
    tcase_add_test(tests, test_key_is_not_free_while_another_call_runs_under_it);
    tcase_add_loop_test(tests, test_calls_that_overlap_leave_each_other_in_doubt, 0,
                        (int)LENGTH(overlap_cases));
    suite_add_tcase(suite, tests);
    return suite;
}
