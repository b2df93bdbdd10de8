/* Settings and their defaults. */
#include "config.h"
#include "settings.h"

#include <stdio.h>
#include <string.h>

const char config_help[] =
    "usage: order-server [serve | sweep | --help]\n"
    "\n"
    "  serve   run the shop (the default)\n"
    "  sweep   once: ask XPay about every unfinished order, finish refunds, deliver the outbox\n"
    "\n"
    "Settings, from the environment:\n"
    "  XPAY_API_KEY             sk_… or rk_… (required)\n"
    "  XPAY_WEBHOOK_SECRET      whsec_… of the endpoint <PUBLIC_URL>/webhooks/xpay (required)\n"
    "  XPAY_WEBHOOK_SECRET_OLD  a second one that is accepted while you change it\n"
    "  XPAY_BASE_URL            another API than https://api.xpay.app, such as a sandbox\n"
    "  WAREHOUSE_URL            where shipments are ordered (required)\n"
    "  DATABASE_URL             postgresql://user:password@host/name, which many servers may "
    "share,\n"
    "                           or sqlite:<file> (sqlite:orders.db)\n"
    "  PORT, BIND               where to listen (8080, 127.0.0.1); port 0 takes a free one\n"
    "  PORT_FILE                file to write the port to\n"
    "  PUBLIC_URL               how customers reach the shop (http://BIND:PORT)\n"
    "  STAFF_PASSWORD           opens the staff's pages to user \"staff\"; without it they are "
    "closed\n"
    "  SWEEP_SECONDS            between sweeps (60); 0: none\n"
    "  SWEEP_AGE_SECONDS        an order's age when XPay is first asked about it (300)\n"
    "  SWEEP_RATE               calls a second at most (5); each server's own\n"
    "  SESSION_MINUTES          how long a customer may take to pay (60; at least 30)\n";

static void drop_slash(char *url)
{
    size_t length = strlen(url);
    if (length && url[length - 1] == '/')
        url[length - 1] = '\0';
}

bool config_read(struct config *config)
{
    const char *public_url = "";
    *config = (struct config){0};
    bool good = setting("XPAY_API_KEY", NULL, &config->api_key);
    good &= setting("XPAY_WEBHOOK_SECRET", NULL, &config->webhook_secret);
    good &= setting("WAREHOUSE_URL", NULL, &config->warehouse_url);
    good &= setting("XPAY_BASE_URL", "", &config->base_url);
    good &= setting("XPAY_WEBHOOK_SECRET_OLD", "", &config->old_webhook_secret);
    good &= setting("DATABASE_URL", "sqlite:orders.db", &config->database_url);
    good &= setting("BIND", "127.0.0.1", &config->address);
    good &= setting("PORT_FILE", "", &config->port_file);
    good &= setting("STAFF_PASSWORD", "", &config->staff_password);
    good &= setting("PUBLIC_URL", "", &public_url);
    good &= setting_number("PORT", 8080, 0, 65535, &config->port);
    good &= setting_number("SWEEP_SECONDS", 60, 0, 86400, &config->sweep_seconds);
    good &= setting_number("SWEEP_AGE_SECONDS", 300, 0, 86400, &config->sweep_age_seconds);
    good &= setting_number("SWEEP_RATE", 5, 1, 1000, &config->sweep_rate);
    good &= setting_number("SESSION_MINUTES", 60, 30, 10080, &config->session_minutes);
    if (!good)
        return false;
    if (!*config->base_url)
        config->base_url = NULL;
    if (!*config->old_webhook_secret)
        config->old_webhook_secret = NULL;
    if (strlen(public_url) >= sizeof config->public_url) {
        fprintf(stderr, "PUBLIC_URL is too long.\n");
        return false;
    }
    memcpy(config->public_url, public_url, strlen(public_url) + 1);
    drop_slash(config->public_url);
    if (!*config->public_url && config->port)
        config_derive_url(config, (int)config->port);
    return true;
}

void config_derive_url(struct config *config, int port)
{
    snprintf(config->public_url, sizeof config->public_url, "http://%.64s:%d", config->address,
             port);
}
