/* Webhook deliveries for these tests: a secret, a clock that stands still, and headers from templates. */
#ifndef XPAY_TESTS_DELIVERY_H
#define XPAY_TESTS_DELIVERY_H

#include <xpay/webhook.h>

#define TEST_SECRET  "whsec_test_1234567890abcdef"
#define OTHER_SECRET "whsec_test_fedcba0987654321"

/* What the clock shows, and the time of signing where a test says nothing else: 2026-05-01T10:00:00Z. */
#define TEST_NOW INT64_C(1777629600)

enum { MAX_HEADER = 16384 };

/* A verifier of TEST_SECRET and, unless NULL, another, whose clock shows TEST_NOW. */
xpay_webhook_verifier *test_verifier(const char *other_secret, int64_t tolerance);

/*
 * Write a template with its marks filled in: <t> TEST_NOW, <good> the signature of that time and the body under
 * TEST_SECRET, <GOOD> the same in upper case, <other> under OTHER_SECRET, <bad> one of nothing.
 */
void write_header(char header[MAX_HEADER], const char *template, const void *body, size_t length);

#endif
