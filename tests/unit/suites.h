/* The suites of this program: one for each file test_….c. */
#ifndef XPAY_TESTS_SUITES_H
#define XPAY_TESTS_SUITES_H

#include <check.h>

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

Suite *scan_suite(void);
Suite *scan_text_suite(void);
Suite *number_suite(void);
Suite *moment_suite(void);
Suite *money_suite(void);
Suite *conversion_suite(void);
Suite *decode_suite(void);
Suite *bad_answer_suite(void);
Suite *pointer_suite(void);
Suite *object_suite(void);
Suite *webhook_suite(void);
Suite *signature_suite(void);
Suite *verifier_suite(void);
Suite *event_suite(void);
Suite *inbox_suite(void);
Suite *inbox_memory_suite(void);
Suite *rotation_suite(void);
Suite *stream_suite(void);
Suite *event_routes_suite(void);
Suite *vectors_suite(void);
Suite *ordering_suite(void);
Suite *fulfillment_suite(void);
Suite *ledger_suite(void);
Suite *describe_suite(void);
Suite *error_suite(void);
Suite *buffer_suite(void);
Suite *memory_suite(void);
Suite *exchange_suite(void);
Suite *client_suite(void);
Suite *retry_suite(void);
Suite *cancel_suite(void);
Suite *idempotency_suite(void);
Suite *intent_suite(void);
Suite *resolve_suite(void);
Suite *iterator_suite(void);
Suite *copy_suite(void);
Suite *raw_suite(void);
Suite *log_suite(void);
Suite *delete_suite(void);
Suite *account_suite(void);
Suite *catalogue_suite(void);

#endif
