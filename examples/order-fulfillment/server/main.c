/* The order server: starts the shop, and stops it in order. */
#include "config.h"
#include "intents.h"
#include "outbox.h"
#include "pages.h"
#include "schema.h"
#include "settings.h"
#include "shop.h"
#include "sweep.h"

#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <curl/curl.h>

void shop_log_error(const char *what, const xpay_error *error)
{
    log_line("%s: %s, outcome %s, next %s: %.300s%s%s", what, xpay_status_name(error->status),
             xpay_outcome_name(error->outcome), xpay_next_step_name(error->next_step),
             error->message, *error->request_id ? " " : "", error->request_id);
}

static bool make_client(struct shop *shop)
{
    xpay_error error;
    xpay_client_options options = XPAY_CLIENT_OPTIONS_INIT;
    options.api_key = shop->config.api_key;
    options.base_url = shop->config.base_url;
    options.app_name = "order-fulfillment/1.0";
    const xpay_intent_store store = intents_store(shop);
    options.intent_store = &store;
    if (xpay_client_new(&options, &shop->client, &error) != XPAY_OK) {
        fprintf(stderr, "XPay client: %s (%s)\n", error.message, error.param);
        return false;
    }
    xpay_webhook_options webhook = XPAY_WEBHOOK_OPTIONS_INIT;
    webhook.secret = shop->config.webhook_secret;
    xpay_webhook_secret old = XPAY_WEBHOOK_SECRET_INIT;
    old.secret = shop->config.old_webhook_secret;
    old.label = "old";
    webhook.secrets = &old;
    webhook.secrets_count = old.secret ? 1 : 0;
    if (xpay_webhook_verifier_new(&webhook, &shop->verifier, &error) != XPAY_OK) {
        fprintf(stderr, "XPAY_WEBHOOK_SECRET: %s (%s)\n", error.message, error.param);
        return false;
    }
    return true;
}

static int serve(struct shop *shop, const sigset_t *signals)
{
    int number, result = 1;
    struct http_server *server = NULL;
    struct http_options http = {
        .address = shop->config.address,
        .port = (int)shop->config.port,
        .password = shop->config.staff_password,
        .routes = shop_routes,
        .context = shop,
    };
    shop->outbox = outbox_start(shop);
    if (!shop->outbox) {
        log_line("the outbox cannot be started");
        goto done;
    }
    server = http_open(&http);
    if (!server)
        goto done;
    if (!*shop->config.public_url)
        config_derive_url(&shop->config, http_port(server));
    log_line("the shop is at %s", shop->config.public_url);
    if (!http_start(server) || !port_announce(shop->config.port_file, http_port(server)))
        goto done;
    if (shop->config.sweep_seconds && !(shop->sweeper = sweeper_start(shop))) {
        log_line("the sweeper cannot be started");
        goto done;
    }
    result = sigwait(signals, &number) == 0 ? 0 : 1;

done:
    sweeper_stop(shop->sweeper);
    http_stop(server);
    outbox_stop(shop->outbox);
    shop->outbox = NULL;
    return result;
}

int main(int argc, char **argv)
{
    int result = 1;
    struct shop shop = {0};
    const char *command = argc > 1 ? argv[1] : "serve";
    if (argc > 2 || (strcmp(command, "serve") != 0 && strcmp(command, "sweep") != 0)) {
        fputs(config_help, argc == 2 && strcmp(command, "--help") == 0 ? stdout : stderr);
        return argc == 2 && strcmp(command, "--help") == 0 ? 0 : 2;
    }
    if (!config_read(&shop.config))
        return 2;
    if (strcmp(command, "sweep") == 0 && !*shop.config.public_url) {
        fprintf(stderr, "A sweep needs the server's PORT or PUBLIC_URL.\n");
        return 2;
    }

    /* All threads inherit this: only main() hears the signals. */
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);

    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || !make_client(&shop))
        goto done;
    shop.db = db_open(shop.config.database_url, shop_schema);
    if (!shop.db)
        goto done;
    if (strcmp(command, "serve") == 0) {
        result = serve(&shop, &signals);
    } else {
        bool swept = sweep_everything(&shop);
        result = outbox_drain(&shop) && swept ? 0 : 1;
    }

done:
    db_close(shop.db);
    xpay_webhook_verifier_free(shop.verifier);
    xpay_client_free(shop.client);
    curl_global_cleanup();
    return result;
}
