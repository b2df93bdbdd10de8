/* Runs the unit tests: rules of the library that need no network. CK_FORK=no and CK_RUN_SUITE work as in Check. */
#include <stdlib.h>

#include "suites.h"

static Suite *(*const suites[])(void) = {
    scan_suite,       scan_text_suite, number_suite,     moment_suite,  money_suite,
    conversion_suite, decode_suite,    bad_answer_suite, pointer_suite, object_suite,
    webhook_suite,    signature_suite, verifier_suite,   event_suite,   fulfillment_suite,
    ledger_suite,     describe_suite,  error_suite,      buffer_suite,  memory_suite,
    exchange_suite,   client_suite,
};

int main(void)
{
    SRunner *runner = srunner_create(NULL);
    for (size_t i = 0; i < LENGTH(suites); i++)
        srunner_add_suite(runner, suites[i]());
    srunner_run_all(runner, CK_ENV);
    int failures = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
