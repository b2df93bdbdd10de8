/*
 * What the shop is told from outside: settings, all from the environment.
 */
#ifndef SHOP_CONFIG_H
#define SHOP_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

struct config {
    const char *api_key;            /* XPAY_API_KEY */
    const char *base_url;           /* XPAY_BASE_URL; NULL: XPay itself */
    const char *webhook_secret;     /* XPAY_WEBHOOK_SECRET */
    const char *old_webhook_secret; /* XPAY_WEBHOOK_SECRET_OLD; NULL: none */
    const char *database_url;       /* DATABASE_URL */
    const char *warehouse_url;      /* WAREHOUSE_URL, without a slash at its end */
    const char *address;            /* BIND */
    const char *port_file;          /* PORT_FILE; "" for none */
    const char *staff_password;     /* STAFF_PASSWORD; "": the staff's pages are closed */
    char public_url[512];           /* PUBLIC_URL, without a slash at its end; "": not known yet */
    int64_t port;                   /* PORT */
    int64_t sweep_seconds;          /* SWEEP_SECONDS: between sweeps */
    int64_t sweep_age_seconds;      /* SWEEP_AGE_SECONDS: when an order is first asked about */
    int64_t sweep_rate;             /* SWEEP_RATE: calls a second */
    int64_t session_minutes;        /* SESSION_MINUTES: how long a customer may take to pay */
};

extern const char config_help[];

/* False when something is missing or misshapen; standard error says what. */
bool config_read(struct config *config);

/* The public URL of a shop that was given none: to be called once the port is known. */
void config_derive_url(struct config *config, int port);

#endif
