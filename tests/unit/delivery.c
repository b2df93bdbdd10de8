#include "delivery.h"

#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

static int64_t stopped_clock(void *context)
{
    (void)context;
    return TEST_NOW;
}

xpay_webhook_verifier *test_verifier(const char *other_secret, int64_t tolerance)
{
    xpay_webhook_options options = XPAY_WEBHOOK_OPTIONS_INIT;
    xpay_webhook_verifier *verifier;
    options.secret = TEST_SECRET;
    xpay_webhook_secret other = XPAY_WEBHOOK_SECRET_INIT;
    other.secret = other_secret;
    other.label = "other";
    options.secrets = &other;
    options.secrets_count = other_secret != NULL;
    options.tolerance_seconds = tolerance;
    options.clock = stopped_clock;
    ck_assert_int_eq(xpay_webhook_verifier_new(&options, &verifier, NULL), XPAY_OK);
    return verifier;
}

/* The 64 digits of a signature. */
static void write_signature(char digits[65], const char *secret, const void *body, size_t length)
{
    char header[XPAY_WEBHOOK_SIGNATURE_SIZE];
    ck_assert_int_eq(xpay_webhook_sign(secret, TEST_NOW, body, length, header, sizeof header),
                     XPAY_OK);
    const char *signature = strstr(header, "v1=") + 3;
    ck_assert_uint_eq(strlen(signature), 64);
    strcpy(digits, signature);
}

void write_header(char header[MAX_HEADER], const char *template, const void *body, size_t length)
{
    char time[24], good[65], upper[65], other[65], bad[65];
    snprintf(time, sizeof time, "%lld", (long long)TEST_NOW);
    write_signature(good, TEST_SECRET, body, length);
    write_signature(other, OTHER_SECRET, body, length);
    for (int i = 0; i < 65; i++)
        upper[i] = (char)toupper((unsigned char)good[i]);
    memset(bad, '0', 64);
    bad[64] = '\0';

    const struct {
        const char *mark, *text;
    } marks[] = {
        {"<t>", time}, {"<good>", good}, {"<GOOD>", upper}, {"<other>", other}, {"<bad>", bad}};
    while (*template != '\0') {
        size_t i = 0;
        while (i < 5 && strncmp(template, marks[i].mark, strlen(marks[i].mark)) != 0)
            i++;
        if (i == 5) {
            *header++ = *template ++;
            continue;
        }
        header = strcpy(header, marks[i].text) + strlen(marks[i].text);
        template += strlen(marks[i].mark);
    }
    *header = '\0';
}
