/* The account as the first call: what it says in words, what its key may do, and what an inactive one is told. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "scripted.h"
#include "suites.h"

#define ACCOUNT(livemode, enabled, key)                                                    \
    "{'id':'mer_1','displayName':'Tea House','country':'EG','defaultCurrency':'EGP',"      \
    "'defaultLocale':'ar','supportedCurrencies':[{'code':'EGP','decimals':2,"              \
    "'paymentMethodTypes':['card','fawry']},{'code':'KWD','decimals':3,"                   \
    "'paymentMethodTypes':[]}],'livemode':" livemode ",'livePaymentsEnabled':" enabled "," \
    "'apiKey':" key "}"
#define SECRET_KEY          "{'type':'SECRET','mode':'live','permissions':[]}"
#define RESTRICTED_KEY(...) "{'type':'RESTRICTED','mode':'test','permissions':[" __VA_ARGS__ "]}"

static const struct explain_case {
    const char *rule;
    const char *account;
    const char *said[4]; /* parts that must be there */
    const char *unsaid;  /* one that must not; NULL: none */
} explain_cases[] = {
    {"whose it is, and which money it takes",
     ACCOUNT("true", "true", SECRET_KEY),
     {"mer_1, Tea House (EG)", "secret, for live payments",
      "EGP (default), 2 decimals: card, fawry", "KWD, 3 decimals: no payment method"},
     "NOT enabled"},
    {"live, and not approved yet: what happens and what to do",
     ACCOUNT("true", "false", SECRET_KEY),
     {"NOT enabled yet", "merchant_not_activated", "finish the activation", "test key"},
     NULL},
    {"test keys work before that",
     ACCOUNT("false", "false", RESTRICTED_KEY("'REFUNDS_WRITE'")),
     {"test payments", "not enabled yet; test keys work", "It may: REFUNDS_WRITE", "restricted"},
     "NOT enabled"},
    {"a key without a permission",
     ACCOUNT("false", "true", RESTRICTED_KEY("")),
     {"nothing but read the account"},
     "everything"},
    {"what this version does not know is said to be so",
     ACCOUNT("true", "true", "{'type':'LIMITED','mode':'live','permissions':['TEA_READ']}"),
     {"Key: of a kind that this version does not know",
      "It may: one that this version does not know"},
     "everything"},
    {"an answer without a key",
     ACCOUNT("true", "true", "null"),
     {"of a kind that this version does not know"},
     "everything"},
    {"names stay on their line",
     "{'id':'mer_1','displayName':'Tea\\r\\nKey: \\u001b[2J\\u007fH','country':'E\\nG',"
     "'livemode':true}",
     {"Account: mer_1, Tea  Key:  [2J H (E G)\nKey: of a kind"},
     NULL},
    {"an answer with hardly anything",
     "{'id':'mer_1','livemode':true}",
     {"Account: mer_1\n", "NOT enabled yet", "Currencies: none"},
     NULL},
};

START_TEST(test_account_is_explained)
{
    const struct explain_case *c = &explain_cases[_i];
    xpay_account *account = decoded("account", c->account);
    char *text;
    ck_assert_int_eq(xpay_account_explain(account, &text), XPAY_OK);
    for (size_t i = 0; i < LENGTH(c->said) && c->said[i] != NULL; i++)
        ck_assert_msg(strstr(text, c->said[i]) != NULL, "%s: \"%s\" is missing in:\n%s", c->rule,
                      c->said[i], text);
    ck_assert_msg(c->unsaid == NULL || strstr(text, c->unsaid) == NULL, "%s:\n%s", c->rule, text);
    xpay_text_free(text);
    xpay_object_free(account);
}
END_TEST

START_TEST(test_explaining_nothing_is_refused)
{
    char *text = (char *)"";
    xpay_account *account = decoded("account", ACCOUNT("true", "true", SECRET_KEY));
    ck_assert_int_eq(xpay_account_explain(NULL, &text), XPAY_ERROR_ARGUMENT);
    ck_assert_ptr_null(text);
    ck_assert_int_eq(xpay_account_explain(account, NULL), XPAY_ERROR_ARGUMENT);
    xpay_object_free(account);
}
END_TEST

START_TEST(test_writing_includes_reading)
{
    static const struct {
        const char *key;
        int32_t permission;
        bool may;
    } cases[] = {
        {RESTRICTED_KEY("'REFUNDS_WRITE'"), XPAY_PERMISSION_REFUNDS_WRITE, true},
        {RESTRICTED_KEY("'REFUNDS_WRITE'"), XPAY_PERMISSION_REFUNDS_READ, true},
        {RESTRICTED_KEY("'REFUNDS_READ'"), XPAY_PERMISSION_REFUNDS_READ, true},
        {RESTRICTED_KEY("'REFUNDS_READ'"), XPAY_PERMISSION_REFUNDS_WRITE, false},
        {RESTRICTED_KEY("'REFUNDS_WRITE'"), XPAY_PERMISSION_PRODUCTS_WRITE, false},
        {RESTRICTED_KEY("'PRODUCTS_READ','REPORTING_READ'"), XPAY_PERMISSION_REFUNDS_WRITE, false},
        {RESTRICTED_KEY("'REFUNDS_WRITE'"), XPAY_PERMISSION_UNKNOWN, false},
        {RESTRICTED_KEY("'TEA_WRITE'"), XPAY_PERMISSION_UNKNOWN, false},
        {RESTRICTED_KEY("'REFUNDS_WRITE'"), 4711, false},
        {SECRET_KEY, XPAY_PERMISSION_API_KEYS_WRITE, true},
        {SECRET_KEY, 4711, false},
        {"null", XPAY_PERMISSION_REFUNDS_READ, false},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        char *text = replaced(ACCOUNT("true", "true", "@"), "@", cases[i].key);
        xpay_account *account = decoded("account", text);
        ck_assert_msg(xpay_account_may(account, cases[i].permission) == cases[i].may,
                      "%s, permission %d", cases[i].key, cases[i].permission);
        xpay_object_free(account);
        free(text);
    }
    ck_assert(!xpay_account_may(NULL, XPAY_PERMISSION_REFUNDS_READ));
}
END_TEST

/* xpay_account_may() goes by the numbers: each area's reading is odd, and its writing follows. */
START_TEST(test_permissions_come_in_pairs)
{
    const xpay_type *type = xpay_type_by_name("account_api_key");
    const xpay_enum *values = xpay_type_field_by_name(type, "permissions")->values;
    ck_assert_uint_eq(values->count % 2, 0);
    for (size_t i = 0; i < values->count; i += 2) {
        size_t area = strlen(values->names[i]) - strlen("READ");
        ck_assert_str_eq(values->names[i] + area, "READ");
        ck_assert_msg(strncmp(values->names[i], values->names[i + 1], area) == 0 &&
                          strcmp(values->names[i + 1] + area, "WRITE") == 0,
                      "%s", values->names[i + 1]);
    }
}
END_TEST

#define REFUSED(message)                                                                       \
    SAYS("403", "",                                                                            \
         "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"merchant_not_activated\"," \
         "\"message\":\"" message "\"},\"request_id\":\"req_1\"}")

/* With XPay's own words and without: the message says what is the matter and what to do. */
START_TEST(test_inactive_account_is_told_what_to_do)
{
    static const char *const answers[] = {REFUSED("Merchant is not activated"), REFUSED("")};
    scripted *server = scripted_start(answers, LENGTH(answers));
    xpay_client_options options = scripted_options(server);
    xpay_client *client;
    xpay_product_page *page;
    xpay_error error;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    for (size_t i = 0; i < LENGTH(answers); i++) {
        ck_assert_int_eq(xpay_product_list(client, NULL, NULL, &page, &error),
                         XPAY_ERROR_PERMISSION);
        ck_assert_str_eq(error.code, "merchant_not_activated");
        ck_assert_str_eq(error.request_id, "req_1");
        ck_assert_ptr_nonnull(strstr(error.message, "not activated for live payments yet"));
        ck_assert_ptr_nonnull(strstr(error.message, "Finish its activation"));
        ck_assert_ptr_nonnull(strstr(error.message, "test key"));
        ck_assert_int_eq(strstr(error.message, "Merchant is not activated") != NULL, i == 0);
    }
    xpay_client_free(client);
    scripted_stop(server);
}
END_TEST

Suite *account_suite(void)
{
    Suite *suite = suite_create("account");
    TCase *tcase = tcase_create("account");
    tcase_add_loop_test(tcase, test_account_is_explained, 0, LENGTH(explain_cases));
    tcase_add_test(tcase, test_explaining_nothing_is_refused);
    tcase_add_test(tcase, test_writing_includes_reading);
    tcase_add_test(tcase, test_permissions_come_in_pairs);
    tcase_add_test(tcase, test_inactive_account_is_told_what_to_do);
    suite_add_tcase(suite, tcase);
    return suite;
}
