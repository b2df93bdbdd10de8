/*
 * The shop: what all its parts work with.
 */
#ifndef SHOP_SHOP_H
#define SHOP_SHOP_H

#include "config.h"
#include "db.h"
#include "identity.h"

#include <xpay/xpay.h>

struct outbox;
struct sweeper;

struct shop {
    struct config config;
    struct db *db;
    xpay_client *client;
    xpay_webhook_verifier *verifier;
    struct outbox *outbox;
    struct sweeper *sweeper;
    int64_t intents_rest; /* how old the intents are that are being resolved */
    bool intents_left;    /* some of them were not */
};

/* One line about a call that failed: what may have happened, and what to do next. */
void shop_log_error(const char *what, const xpay_error *error);

#endif
