/* What a client holds: its options, checked and copied, and its connections. */
#ifndef XPAY_NET_CLIENT_H
#define XPAY_NET_CLIENT_H

#include <stdatomic.h>
#include <xpay/client.h>
#include <xpay/intent.h>

#include "../base/secret.h"
#include "exchange.h"

struct xpay_pool;

/* The options as they are used: complete, and copies of the caller's. */
typedef struct xpay_settings {
    xpay_secret authorization; /* the whole header line: the only copy of the key that is ours */
    char *base_url;            /* without a slash at its end */
    char *ca_file;             /* NULL: libcurl's own default */
    char *proxy;               /* NULL: none, or the environment's */
    char *user_agent;
    int64_t timeout_ms;
    int64_t connect_timeout_ms;
    size_t max_response_bytes;
    uint32_t max_connections;
    int32_t max_attempts;
    int32_t retry_budget;
    int64_t max_retry_after_ms;
    xpay_intent_store intent_store; /* record is NULL: there is none */
    xpay_log log;
    void *log_context;
    xpay_trace trace;
    void *trace_context;
    int32_t log_level; /* 0 without a log */
    bool trace_bodies;
    char *account; /* the caller's name for the account; NULL: none */
    bool https;
    bool loopback;
    bool live;
    bool send_live_mode;
    bool proxy_from_environment;
} xpay_settings;

struct xpay_client {
    xpay_settings settings;
    xpay_budget budget;
    atomic_bool told_skew;   /* the log has been told that the clocks differ */
    atomic_bool knows_skew;  /* XPay has told its time */
    _Atomic int64_t skew_ms; /* XPay's clock minus ours, by its last answer; 0 until then */
    _Atomic(struct xpay_pool *) pool; /* of this process; a forked child gets its own */
};

/* The machine's clocks and random bytes. */
extern const xpay_sources xpay_machine;

/* Milliseconds since the epoch, UTC. */
int64_t xpay_wall_clock_ms(void);

/* The later, and the earlier, of our time and XPay's, as far as that is known: which one is right nobody knows. */
int64_t xpay_client_latest_ms(const xpay_client *client);
int64_t xpay_client_earliest_ms(const xpay_client *client);

/* Fill `settings` from `options`. On failure nothing is left to free. */
xpay_status xpay_settings_read(xpay_settings *settings, const xpay_client_options *options,
                               xpay_error *error);
void xpay_settings_free(xpay_settings *settings);

/*
 * Copy a caller's struct that begins with its size into `copy` of `known` bytes. What an older caller does not have
 * is zero; what a newer caller has beyond it must be. `init` is the macro that the message recommends.
 */
xpay_status xpay_options_copy(void *copy, size_t known, const void *given, const char *init,
                              xpay_error *error);

/* Longest timeout in effect; longer ones count as this. */
#define XPAY_TIMEOUT_LIMIT_MS INT32_MAX

#endif
