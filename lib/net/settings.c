/* Client options: checked one by one, each failure naming its option, and copied. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../base/buffer.h"
#include "../base/fail.h"
#include "addresses.h"
#include "client.h"
#include "startup.h"

#define DEFAULT_TIMEOUT_MS         30000
#define DEFAULT_CONNECT_TIMEOUT_MS 10000
#define DEFAULT_MAX_CONNECTIONS    64
#define DEFAULT_MAX_RESPONSE_BYTES ((size_t)16 * 1024 * 1024)
#define DEFAULT_MAX_RETRY_AFTER_MS 20000
#define DEFAULT_MAX_ATTEMPTS       4
#define DEFAULT_RETRY_BUDGET       10
#define API_KEY_LIMIT              512
#define APP_NAME_LIMIT             128
#define ACCOUNT_LIMIT              64

static const struct key_prefix {
    const char *text;
    bool live;
} key_prefixes[] = {
    {"sk_test_", false}, {"rk_test_", false}, {"sk_live_", true}, {"rk_live_", true}};

/* Patches add nothing to the headers, so only major and minor count. 0: the caller does not say. */
static xpay_status check_version(uint32_t headers, xpay_error *error)
{
    if (headers / 1000 <= XPAY_VERSION_NUMBER / 1000)
        return XPAY_OK;
    return xpay_fail(error, XPAY_ERROR_ABI, "header_version",
                     "compiled with the headers of libxpay %u.%u, but libxpay %s is loaded",
                     headers / 1000000, headers / 1000 % 1000, XPAY_VERSION_STRING);
}

/* The key becomes the one header line that carries it; there is no other copy. */
static xpay_status read_api_key(xpay_settings *settings, const char *key, xpay_error *error)
{
    static const char header[] = "Authorization: Bearer ";
    char line[sizeof(header) + API_KEY_LIMIT];
    const struct key_prefix *prefix = NULL;

    if (key == NULL || key[0] == '\0')
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "api_key", "the API key is missing");
    if (strncmp(key, "pk_", 3) == 0)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "api_key",
                         "this is a publishable key, made for browsers: use a secret or a "
                         "restricted key");
    for (size_t i = 0; i < sizeof(key_prefixes) / sizeof(key_prefixes[0]); i++)
        if (strncmp(key, key_prefixes[i].text, strlen(key_prefixes[i].text)) == 0)
            prefix = &key_prefixes[i];
    if (prefix == NULL || key[strlen(prefix->text)] == '\0')
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "api_key",
                         "an API key starts with one of the prefixes of a secret or restricted "
                         "key, for test or live mode");
    if (!xpay_is_plain(key, '!'))
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "api_key",
                         "the API key contains a blank, a line break or a character that is not "
                         "ASCII: was it copied with something around it?");
    if (strlen(key) > API_KEY_LIMIT)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "api_key",
                         "the API key is longer than %d characters", API_KEY_LIMIT);

    settings->live = prefix->live;
    memcpy(line, header, sizeof(header) - 1);
    memcpy(line + sizeof(header) - 1, key, strlen(key) + 1);
    bool kept = xpay_secret_set(&settings->authorization, line);
    xpay_wipe(line, sizeof(line));
    return kept ? XPAY_OK : xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "no memory for a client");
}

static xpay_status read_ca_file(xpay_settings *settings, const char *ca_file, xpay_error *error)
{
    if (ca_file != NULL && access(ca_file, R_OK) != 0)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "ca_file",
                         "the file of trusted certificates cannot be read: %s", ca_file);
    if (ca_file == NULL)
        ca_file = xpay_system_ca_file();
    if (ca_file == NULL)
        return XPAY_OK;
    settings->ca_file = strdup(ca_file);
    if (settings->ca_file == NULL)
        return xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "no memory for a client");
    return XPAY_OK;
}

static xpay_status write_user_agent(xpay_settings *settings, const char *app_name,
                                    xpay_error *error)
{
    if (app_name != NULL && (!xpay_is_plain(app_name, ' ') || strlen(app_name) > APP_NAME_LIMIT))
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "app_name",
                         "the application's name is at most %d printable ASCII characters",
                         APP_NAME_LIMIT);
    xpay_buffer text = XPAY_BUFFER_INIT;
    xpay_buffer_text(&text, "libxpay/" XPAY_VERSION_STRING);
    if (app_name != NULL && app_name[0] != '\0')
        xpay_buffer_format(&text, " (%s)", app_name);
    xpay_buffer_format(&text, " libcurl/%s", xpay_curl_version());
    settings->user_agent = xpay_buffer_take(&text);
    if (settings->user_agent == NULL)
        return xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "no memory for a client");
    return XPAY_OK;
}

static xpay_status read_account(xpay_settings *settings, const char *account, xpay_error *error)
{
    if (account == NULL || account[0] == '\0')
        return XPAY_OK;
    if (!xpay_is_plain(account, ' ') || strlen(account) > ACCOUNT_LIMIT)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "account",
                         "the name of the account is at most %d printable ASCII characters",
                         ACCOUNT_LIMIT);
    settings->account = strdup(account);
    if (settings->account == NULL)
        return xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "no memory for a client");
    return XPAY_OK;
}

static xpay_status read_timeout(int64_t *timeout_ms, int64_t given, int64_t otherwise,
                                const char *name, xpay_error *error)
{
    if (given < 0)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, name, "a timeout must not be negative");
    *timeout_ms = given == 0 ? otherwise : given;
    if (*timeout_ms > XPAY_TIMEOUT_LIMIT_MS)
        *timeout_ms = XPAY_TIMEOUT_LIMIT_MS;
    return XPAY_OK;
}

static xpay_status read_max_attempts(xpay_settings *settings, int32_t given, xpay_error *error)
{
    if (given < 0)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "max_attempts",
                         "a number of attempts must not be negative");
    settings->max_attempts = given == 0 ? DEFAULT_MAX_ATTEMPTS : given;
    return XPAY_OK;
}

static xpay_status read_intent_store(xpay_settings *settings, const xpay_intent_store *given,
                                     xpay_error *error)
{
    xpay_intent_store *store = &settings->intent_store;
    if (given == NULL)
        return XPAY_OK;
    xpay_status status =
        xpay_options_copy(store, sizeof(*store), given, "XPAY_INTENT_STORE_INIT", error);
    if (status == XPAY_OK && (store->record == NULL || store->settle == NULL))
        status = xpay_fail(error, XPAY_ERROR_ARGUMENT, "intent_store",
                           "an intent store must be able to record and to settle");
    if (status == XPAY_OK && store->unsettled != NULL && store->take_over == NULL)
        status = xpay_fail(error, XPAY_ERROR_ARGUMENT, "intent_store",
                           "an intent store that lists must be able to take an intent over");
    return status;
}

static xpay_status read_hooks(xpay_settings *settings, const xpay_client_options *options,
                              xpay_error *error)
{
    if (options->log_level < 0 || options->log_level > XPAY_LOG_DEBUG)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "log_level",
                         "a log level is one of XPAY_LOG_ERROR to XPAY_LOG_DEBUG");
    settings->log = options->log;
    settings->log_context = options->log_context;
    if (options->log != NULL)
        settings->log_level = options->log_level == 0 ? XPAY_LOG_WARN : options->log_level;
    settings->trace = options->trace;
    settings->trace_context = options->trace_context;
    settings->trace_bodies = options->trace_bodies;
    return XPAY_OK;
}

xpay_status xpay_settings_read(xpay_settings *settings, const xpay_client_options *given,
                               xpay_error *error)
{
    xpay_client_options options;
    memset(settings, 0, sizeof(*settings));
    xpay_status status =
        xpay_options_copy(&options, sizeof(options), given, "XPAY_CLIENT_OPTIONS_INIT", error);
    if (status == XPAY_OK)
        status = check_version(options.header_version, error);
    if (status != XPAY_OK)
        return status;

    settings->max_connections =
        options.max_connections == 0 ? DEFAULT_MAX_CONNECTIONS : options.max_connections;
    settings->max_response_bytes =
        options.max_response_bytes == 0 ? DEFAULT_MAX_RESPONSE_BYTES : options.max_response_bytes;
    settings->retry_budget =
        options.retry_budget == 0 ? DEFAULT_RETRY_BUDGET : options.retry_budget;
    settings->send_live_mode = options.send_live_mode;
    settings->proxy_from_environment = options.proxy_from_environment;

    status = read_api_key(settings, options.api_key, error);
    if (status == XPAY_OK)
        status = xpay_settings_base_url(settings, options.base_url, error);
    if (status == XPAY_OK)
        status = read_ca_file(settings, options.ca_file, error);
    if (status == XPAY_OK)
        status = xpay_settings_proxy(settings, options.proxy, error);
    if (status == XPAY_OK)
        status = write_user_agent(settings, options.app_name, error);
    if (status == XPAY_OK)
        status = read_account(settings, options.account, error);
    if (status == XPAY_OK)
        status = read_timeout(&settings->timeout_ms, options.timeout_ms, DEFAULT_TIMEOUT_MS,
                              "timeout_ms", error);
    if (status == XPAY_OK)
        status = read_timeout(&settings->max_retry_after_ms, options.max_retry_after_ms,
                              DEFAULT_MAX_RETRY_AFTER_MS, "max_retry_after_ms", error);
    if (status == XPAY_OK)
        status = read_max_attempts(settings, options.max_attempts, error);
    if (status == XPAY_OK)
        status = read_intent_store(settings, options.intent_store, error);
    if (status == XPAY_OK)
        status = read_hooks(settings, &options, error);
    if (status == XPAY_OK)
        status = read_timeout(&settings->connect_timeout_ms, options.connect_timeout_ms,
                              DEFAULT_CONNECT_TIMEOUT_MS, "connect_timeout_ms", error);
    if (status != XPAY_OK)
        xpay_settings_free(settings);
    return status;
}

void xpay_settings_free(xpay_settings *settings)
{
    xpay_secret_free(&settings->authorization);
    free(settings->base_url);
    free(settings->ca_file);
    if (settings->proxy != NULL)
        xpay_wipe(settings->proxy, strlen(settings->proxy));
    free(settings->proxy);
    free(settings->user_agent);
    free(settings->account);
    memset(settings, 0, sizeof(*settings));
}
