/* Runs the unit tests: rules of the library that need no network. CK_FORK=no and CK_RUN_SUITE work as in Check. */
#include <stdlib.h>

#include "suites.h"

static Suite *(*const suites[])(void) = {
    scan_suite,
    scan_text_suite,
    number_suite,
    moment_suite,
    money_suite,
    conversion_suite,
    decode_suite,
    bad_answer_suite,
    pointer_suite,
    object_suite,
    webhook_suite,
    signature_suite,
    verifier_suite,
    event_suite,
    fulfillment_suite,
    ledger_suite,
    describe_suite,
    error_suite,
    buffer_suite,
    memory_suite,
    exchange_suite,
    client_suite,
    retry_suite,
    cancel_suite,
    idempotency_suite,
    intent_suite,
    resolve_suite,
    log_suite,
    delete_suite,
    account_suite,
    catalogue_suite,

    /* Lists, parts of answers, and what has no function of its own. */
    iterator_suite,
    copy_suite,
    raw_suite,

    /* Events, once and in any order. */
    inbox_suite,
    inbox_memory_suite,
    rotation_suite,
    stream_suite,
    event_routes_suite,
    vectors_suite,
    ordering_suite,
};

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESS_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SANITIZED 1
#endif

int main(void)
{
    setenv("CK_DEFAULT_TIMEOUT", "60", 0); /* seconds for each test, also on a busy machine */
    SRunner *runner = srunner_create(NULL);
    for (size_t i = 0; i < LENGTH(suites); i++)
        srunner_add_suite(runner, suites[i]());
#ifdef ADDRESS_SANITIZED
    /* A process for every row of the tables takes minutes then, and the first fault ends the program anyway. */
    if (getenv("CK_FORK") == NULL)
        srunner_set_fork_status(runner, CK_NOFORK);
#endif
    srunner_run_all(runner, CK_ENV);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
