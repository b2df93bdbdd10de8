/* What a client accepts, and how it shares its lines. */
#include <check.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <xpay/refund.h>

#include "net/pool.h"

Suite *client_suite(void);
void add_request_tests(Suite *suite);

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define TEST_KEY      "sk_test_abc123"

/* One option set to one value, and what the client says to it. `param` NULL: it is accepted. */
typedef struct option_case {
    const char *api_key;
    const char *base_url;
    const char *ca_file;
    const char *proxy;
    const char *app_name;
    int64_t timeout_ms;
    int64_t connect_timeout_ms;
    int64_t max_retry_after_ms;
    int32_t max_attempts;
    int32_t retry_budget;
    const char *param;
    const char *word; /* in the message */
} option_case;

static const option_case option_cases[] = {
    {.api_key = "sk_test_1"},
    {.api_key = "sk_live_1"},
    {.api_key = "rk_test_1"},
    {.api_key = "rk_live_1"},
    {.api_key = "", .param = "api_key", .word = "missing"},
    {.api_key = "sk_test_", .param = "api_key", .word = "prefix"},
    {.api_key = "sk_1", .param = "api_key", .word = "prefix"},
    {.api_key = "SK_TEST_1", .param = "api_key", .word = "prefix"},
    {.api_key = " sk_test_1", .param = "api_key", .word = "prefix"},
    {.api_key = "pk_live_1", .param = "api_key", .word = "publishable"},
    {.api_key = "whsec_1", .param = "api_key", .word = "prefix"},
    {.api_key = "sk_test_1\n", .param = "api_key", .word = "line break"},
    {.api_key = "sk_test_1 ", .param = "api_key", .word = "blank"},
    {.api_key = "sk_test_1\r\nX-Evil: 1", .param = "api_key", .word = "line break"},
    {.api_key = "sk_test_\xc3\xa9", .param = "api_key", .word = "ASCII"},

    {.base_url = "https://api.example"},
    {.base_url = "https://api.example/"},
    {.base_url = "https://api.example:8443/xpay/"},
    {.base_url = "http://127.0.0.1:4000"},
    {.base_url = "http://127.255.1.2"},
    {.base_url = "http://localhost:4000/"},
    {.base_url = "http://LOCALHOST"},
    {.base_url = "http://[::1]:4000"},
    {.base_url = "http://api.xpay.app", .param = "base_url", .word = "https"},
    {.base_url = "http://127.0.0.1.example", .param = "base_url", .word = "https"},
    {.base_url = "http://128.0.0.1", .param = "base_url", .word = "https"},
    {.base_url = "http://localhost.example", .param = "base_url", .word = "https"},
    {.base_url = "http://[::2]", .param = "base_url", .word = "https"},
    {.base_url = "http://0.0.0.0", .param = "base_url", .word = "https"},
    {.base_url = "ftp://127.0.0.1", .param = "base_url", .word = "https"},
    {.base_url = "file:///etc/passwd", .param = "base_url", .word = ""},
    {.base_url = "api.xpay.app", .param = "base_url", .word = "URL"},
    {.base_url = "", .param = "base_url", .word = "URL"},
    {.base_url = "https://", .param = "base_url", .word = "URL"},
    {.base_url = "https://api.example\r\n", .param = "base_url", .word = "URL"},
    {.base_url = "https://user:pw@api.example", .param = "base_url", .word = "user"},
    {.base_url = "https://api.example?a=b", .param = "base_url", .word = "query"},
    {.base_url = "https://api.example/#a", .param = "base_url", .word = "fragment"},

    {.ca_file = "/etc/passwd"},
    {.ca_file = "/nonexistent.pem", .param = "ca_file", .word = "/nonexistent.pem"},

    {.proxy = "proxy.example:3128"},
    {.proxy = "http://user:pw@proxy.example:3128"},
    {.proxy = "https://proxy.example"},
    {.proxy = "socks5h://127.0.0.1:1080"},
    {.proxy = "ftp://proxy.example", .param = "proxy", .word = "proxy"},
    {.proxy = "http://", .param = "proxy", .word = "proxy"},
    {.proxy = "http://proxy.example\n", .param = "proxy", .word = "proxy"},

    {.app_name = "shop/2.1 (https://shop.example)"},
    {.app_name = ""},
    {.app_name = "shop\r\nX-Evil: 1", .param = "app_name", .word = "printable"},
    {.app_name = "caf\xc3\xa9", .param = "app_name", .word = "printable"},

    {.timeout_ms = 1},
    {.timeout_ms = INT64_MAX},
    {.timeout_ms = -1, .param = "timeout_ms", .word = "negative"},
    {.connect_timeout_ms = INT64_MAX},
    {.connect_timeout_ms = -1, .param = "connect_timeout_ms", .word = "negative"},
    {.max_retry_after_ms = INT64_MAX},
    {.max_retry_after_ms = -1, .param = "max_retry_after_ms", .word = "negative"},
    {.max_attempts = INT32_MAX},
    {.max_attempts = -1, .param = "max_attempts", .word = "negative"},
    {.retry_budget = INT32_MAX},
    {.retry_budget = INT32_MIN},
};

START_TEST(test_client_option)
{
    const option_case *c = &option_cases[_i];
    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    options.api_key = c->api_key == NULL ? TEST_KEY : c->api_key;
    options.base_url = c->base_url;
    options.ca_file = c->ca_file;
    options.proxy = c->proxy;
    options.app_name = c->app_name;
    options.timeout_ms = c->timeout_ms;
    options.connect_timeout_ms = c->connect_timeout_ms;
    options.max_retry_after_ms = c->max_retry_after_ms;
    options.max_attempts = c->max_attempts;
    options.retry_budget = c->retry_budget;

    xpay_error error;
    memset(&error, 0xAA, sizeof(error));
    xpay_client *client = (xpay_client *)&options;
    xpay_status status = xpay_client_new(&options, &client, &error);
    ck_assert_int_eq(error.status, status);
    if (c->param == NULL) {
        ck_assert_msg(status == XPAY_OK, "%s: %s", error.param, error.message);
        ck_assert_ptr_nonnull(client);
        ck_assert_str_eq(error.message, "");
        xpay_client_free(client);
        return;
    }
    ck_assert_int_eq(status, XPAY_ERROR_ARGUMENT);
    ck_assert_ptr_null(client);
    ck_assert_str_eq(error.param, c->param);
    ck_assert_msg(strstr(error.message, c->word) != NULL, "%s", error.message);
    ck_assert_int_eq(error.outcome, XPAY_OUTCOME_NOT_SENT);
    ck_assert_int_eq(error.next_step, XPAY_NEXT_FIX);
    ck_assert_ptr_null(strstr(error.message, "abc123"));
    ck_assert_int_eq(xpay_client_new(&options, &client, NULL), XPAY_ERROR_ARGUMENT);
}
END_TEST

START_TEST(test_mode_is_the_keys)
{
    static const char *const keys[] = {"sk_test_1", "rk_test_1", "sk_live_1", "rk_live_1"};
    for (size_t i = 0; i < LENGTH(keys); i++) {
        xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
        xpay_client *client;
        options.api_key = keys[i];
        ck_assert_int_eq(xpay_client_new(&options, &client, NULL), XPAY_OK);
        ck_assert_int_eq(xpay_client_is_live(client), i >= 2);
        xpay_client_free(client);
    }
    xpay_client_free(NULL);
}
END_TEST

START_TEST(test_null_arguments_are_errors)
{
    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    xpay_client *client;
    xpay_refund *refund = (xpay_refund *)&options;
    xpay_error error;
    options.api_key = TEST_KEY;
    ck_assert_int_eq(xpay_client_new(&options, NULL, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(xpay_client_new(NULL, &client, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_ptr_null(client);

    ck_assert_int_eq(xpay_refund_retrieve(NULL, "re_1", NULL, &refund, &error),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_ptr_null(refund);
    ck_assert_int_eq(error.outcome, XPAY_OUTCOME_NOT_SENT);
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    ck_assert_int_eq(xpay_refund_retrieve(client, "re_1", NULL, NULL, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_int_eq(error.outcome, XPAY_OUTCOME_NOT_SENT);
    ck_assert_int_eq(xpay_refund_retrieve(client, NULL, NULL, &refund, &error),
                     XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "id");
    xpay_client_free(client);
}
END_TEST

/* A caller's struct of another version. */
static const struct abi_case {
    const char *rule;
    size_t size;
    unsigned char tail; /* of the bytes that the library does not know */
    uint32_t header_version;
    xpay_status status;
} abi_cases[] = {
    {"today's", sizeof(xpay_client_options), 0, XPAY_VERSION_NUMBER, XPAY_OK},
    {"does not tell its version", sizeof(xpay_client_options), 0, 0, XPAY_OK},
    {"an older caller", offsetof(xpay_client_options, proxy), 0, 1, XPAY_OK},
    {"a longer struct, unused", sizeof(xpay_client_options) + 64, 0, 0, XPAY_OK},
    {"a longer struct, used", sizeof(xpay_client_options) + 64, 1, 0, XPAY_ERROR_ABI},
    {"a newer patch", sizeof(xpay_client_options), 0, XPAY_VERSION_NUMBER + 1, XPAY_OK},
    {"a newer minor version", sizeof(xpay_client_options), 0, XPAY_VERSION_NUMBER + 1000,
     XPAY_ERROR_ABI},
    {"not initialised", 0, 0, 0, XPAY_ERROR_ARGUMENT},
    {"garbage", (size_t)-1, 0, 0, XPAY_ERROR_ARGUMENT},
    {"less than a size", 4, 0, 0, XPAY_ERROR_ARGUMENT},
};

START_TEST(test_options_of_another_version)
{
    const struct abi_case *c = &abi_cases[_i];
    union {
        xpay_client_options options;
        unsigned char bytes[sizeof(xpay_client_options) + 64];
    } caller;
    memset(&caller, 0, sizeof(caller));
    memset(caller.bytes + sizeof(xpay_client_options), c->tail, 64);
    caller.options.size = c->size;
    caller.options.header_version = c->header_version;
    caller.options.api_key = TEST_KEY;
    if (c->size == offsetof(xpay_client_options, proxy))
        caller.options.proxy = "not:a proxy"; /* beyond the older caller's struct: never read */

    xpay_client *client;
    xpay_error error;
    xpay_status status = xpay_client_new(&caller.options, &client, &error);
    ck_assert_msg(status == c->status, "%s: %s", c->rule, error.message);
    if (c->size == 0)
        ck_assert_ptr_nonnull(strstr(error.message, "XPAY_CLIENT_OPTIONS_INIT"));
    xpay_client_free(client);
}
END_TEST

START_TEST(test_init_functions_stay_within_the_callers_struct)
{
    unsigned char bytes[sizeof(xpay_client_options)];
    xpay_client_options older;
    memset(bytes, 0xAA, sizeof(bytes));
    memcpy(&older, bytes, sizeof(older));
    xpay_client_options_init(&older, offsetof(xpay_client_options, proxy));
    ck_assert_uint_eq(older.size, offsetof(xpay_client_options, proxy));
    ck_assert_ptr_null(older.api_key);
    ck_assert_int_eq(memcmp(&older.proxy, bytes, sizeof(older) - older.size), 0);
}
END_TEST

START_TEST(test_line_used_last_is_used_next_and_no_more_than_allowed)
{
    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    xpay_client *client;
    xpay_error error;
    xpay_line *a;
    xpay_line *b;
    xpay_line *c;
    options.api_key = TEST_KEY;
    options.max_connections = 2;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    ck_assert_int_eq(xpay_pool_take(client, 0, NULL, &a, &error), XPAY_OK);
    ck_assert_int_eq(xpay_pool_take(client, 0, NULL, &b, &error), XPAY_OK);
    int64_t soon = xpay_machine.now_us(NULL) + 20000;
    ck_assert_int_eq(xpay_pool_take(client, soon, NULL, &c, &error), XPAY_ERROR_TIMEOUT);
    ck_assert_ptr_null(c);
    ck_assert_int_ge(xpay_machine.now_us(NULL), soon);

    xpay_pool_give(a);
    xpay_pool_give(b);
    ck_assert_int_eq(xpay_pool_take(client, 0, NULL, &c, &error), XPAY_OK);
    ck_assert_ptr_eq(c, b);
    c->broken = true;
    xpay_pool_give(c);
    ck_assert_int_eq(xpay_pool_take(client, 0, NULL, &c, &error), XPAY_OK);
    ck_assert_ptr_eq(c, a);
    ck_assert_int_eq(xpay_pool_take(client, 0, NULL, &b, &error), XPAY_OK);
    xpay_pool_give(b);
    xpay_pool_give(c);
    xpay_client_free(client);
}
END_TEST

/* Asks, in the child of a fork, whether it works on a line of its own and leaves the parent's alone. */
static int look_around_in_child(xpay_client *client, const xpay_line *line)
{
    xpay_line *own;
    xpay_error error;
    if (xpay_pool_take(client, 0, NULL, &own, &error) != XPAY_OK)
        return 1;
    bool separate = own != line && own->pool != line->pool;
    xpay_pool_give(own);
    xpay_client_free(client);
    return separate ? 0 : 2;
}

START_TEST(test_child_works_on_lines_of_its_own)
{
    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    xpay_client *client;
    xpay_error error;
    xpay_line *line;
    xpay_line *again;
    int status;
    options.api_key = TEST_KEY;
    ck_assert_int_eq(xpay_client_new(&options, &client, &error), XPAY_OK);
    const xpay_keys *keys = xpay_pool_keys(client);
    ck_assert_int_eq(xpay_pool_take(client, 0, NULL, &line, &error), XPAY_OK);
    xpay_pool_give(line);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0)
        _exit(xpay_pool_keys(client) == keys ? 3 : look_around_in_child(client, line));
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert_int_eq(xpay_pool_take(client, 0, NULL, &again, &error), XPAY_OK);
    ck_assert_ptr_eq(again, line);
    xpay_pool_give(again);
    xpay_client_free(client);
}
END_TEST

Suite *client_suite(void)
{
    Suite *suite = suite_create("client");
    TCase *tests = tcase_create("options");
    tcase_add_loop_test(tests, test_client_option, 0, (int)LENGTH(option_cases));
    tcase_add_loop_test(tests, test_options_of_another_version, 0, (int)LENGTH(abi_cases));
    tcase_add_test(tests, test_init_functions_stay_within_the_callers_struct);
    tcase_add_test(tests, test_mode_is_the_keys);
    tcase_add_test(tests, test_null_arguments_are_errors);
    suite_add_tcase(suite, tests);
    add_request_tests(suite);
    tests = tcase_create("lines");
    tcase_add_test(tests, test_line_used_last_is_used_next_and_no_more_than_allowed);
    tcase_add_test(tests, test_child_works_on_lines_of_its_own);
    suite_add_tcase(suite, tests);
    return suite;
}
