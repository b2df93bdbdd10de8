/* Making and freeing clients. */
#include "client.h"

#include <stdlib.h>
#include <string.h>

#include "../base/fail.h"
#include "pool.h"
#include "startup.h"

#define SIZE_LIMIT 4096 /* no options struct will ever be larger: garbage otherwise */

void xpay_client_options_init(xpay_client_options *options, size_t size)
{
    memset(options, 0, size);
    options->size = size;
}

void xpay_request_options_init(xpay_request_options *options, size_t size)
{
    memset(options, 0, size);
    options->size = size;
}

xpay_status xpay_options_copy(void *copy, size_t known, const void *given, const char *init,
                              xpay_error *error)
{
    size_t size;
    memcpy(&size, given, sizeof(size));
    if (size < sizeof(size) || size > SIZE_LIMIT)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, "size",
                         "the options do not start with their size: initialise them with %s", init);
    for (size_t i = known; i < size; i++)
        if (((const unsigned char *)given)[i] != 0)
            return xpay_fail(error, XPAY_ERROR_ABI, "size",
                             "an option is set that libxpay %s does not know yet",
                             XPAY_VERSION_STRING);
    memset(copy, 0, known);
    memcpy(copy, given, size < known ? size : known);
    return XPAY_OK;
}

/* Nothing of what a client is asked to be has been sent anywhere, whatever is wrong with it. */
static xpay_status refuse(xpay_status status, xpay_error *error)
{
    if (error != NULL) {
        error->outcome = XPAY_OUTCOME_NOT_SENT;
        error->next_step = status == XPAY_ERROR_MEMORY ? XPAY_NEXT_SAME_KEY : XPAY_NEXT_FIX;
    }
    return status;
}

xpay_status xpay_client_new(const xpay_client_options *options, xpay_client **out,
                            xpay_error *error)
{
    xpay_error_clear(error);
    if (out == NULL)
        return refuse(xpay_fail(error, XPAY_ERROR_ARGUMENT, "client",
                                "there is no place for the client: it must not be NULL"),
                      error);
    *out = NULL;
    if (options == NULL)
        return refuse(xpay_fail(error, XPAY_ERROR_ARGUMENT, "options", "options must not be NULL"),
                      error);

    xpay_status status = xpay_startup(error);
    if (status != XPAY_OK)
        return refuse(status, error);
    xpay_client *client = calloc(1, sizeof(*client));
    xpay_pool *pool = xpay_pool_new();
    if (client == NULL || pool == NULL)
        status = xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "no memory for a client");
    else
        status = xpay_settings_read(&client->settings, options, error);
    if (status != XPAY_OK) {
        xpay_pool_free(pool);
        free(client);
        return refuse(status, error);
    }
    atomic_init(&client->pool, pool);
    atomic_init(&client->told_skew, false);
    atomic_init(&client->knows_skew, false);
    atomic_init(&client->skew_ms, 0);
    xpay_budget_fill(&client->budget, client->settings.retry_budget);
    *out = client;
    return XPAY_OK;
}

void xpay_client_free(xpay_client *client)
{
    if (client == NULL)
        return;
    xpay_pool_free(atomic_load(&client->pool));
    xpay_settings_free(&client->settings);
    free(client);
}

bool xpay_client_is_live(const xpay_client *client)
{
    return client != NULL && client->settings.live;
}

int64_t xpay_client_latest_ms(const xpay_client *client)
{
    int64_t skew_ms = atomic_load(&client->skew_ms);
    return xpay_wall_clock_ms() + (skew_ms > 0 ? skew_ms : 0);
}

int64_t xpay_client_earliest_ms(const xpay_client *client)
{
    int64_t skew_ms = atomic_load(&client->skew_ms);
    return xpay_wall_clock_ms() + (skew_ms < 0 ? skew_ms : 0);
}
