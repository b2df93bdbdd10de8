/* The contract test: the library's description of itself, and what it reads and writes, against XPay's contract. */
#include "contract.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static size_t complaint_count;

void complain(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("  ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    complaint_count++;
}

size_t take_complaints(void)
{
    size_t count = complaint_count;
    complaint_count = 0;
    return count;
}

static Suite *contract_suite(void)
{
    Suite *suite = suite_create("contract");
    suite_add_tcase(suite, walk_case());
    suite_add_tcase(suite, operations_case());
    suite_add_tcase(suite, error_body_case());
    suite_add_tcase(suite, headers_case());
    suite_add_tcase(suite, members_case());
    suite_add_tcase(suite, read_back_case());
    suite_add_tcase(suite, bad_input_case());
    suite_add_tcase(suite, requests_case());
    return suite;
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    contract_open();
    SRunner *runner = srunner_create(contract_suite());
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    contract_close();
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
