/* One row per key. */
#include "keys.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>

static const char *const restricted[] = {
    "CHECKOUT_SESSIONS_READ", "CHECKOUT_SESSIONS_WRITE", "REFUNDS_READ",
    "REFUNDS_WRITE",          "CUSTOMERS_READ",          NULL,
};

static const char *const selling[] = {
    "PRODUCTS_WRITE", "PAYMENT_LINKS_WRITE", "CUSTOMERS_WRITE", "WEBHOOK_ENDPOINTS_READ", NULL,
};
static const char *const watching[] = {
    "PRODUCTS_READ",
    "PAYMENT_LINKS_READ",
    "WEBHOOK_ENDPOINTS_READ",
    NULL,
};

static const struct key keys[] = {
    {"sk_test_sandbox_secret", "SECRET", WORLD_TEST, NULL},
    {"rk_test_sandbox_restricted", "RESTRICTED", WORLD_TEST, restricted},
    {"rk_test_sandbox_selling", "RESTRICTED", WORLD_TEST, selling},
    {"rk_test_sandbox_watching", "RESTRICTED", WORLD_TEST, watching},
    {"pk_test_sandbox_publishable", "PUBLISHABLE", WORLD_TEST, NULL},
    {"sk_live_sandbox_secret", "SECRET", WORLD_LIVE, NULL},
    {"sk_live_sandbox_inactive", "SECRET", WORLD_LIVE_INACTIVE, NULL},
};

const struct key *key_find(const char *text)
{
    const struct key *found = NULL;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (strlen(keys[i].text) == strlen(text) &&
            CRYPTO_memcmp(keys[i].text, text, strlen(text)) == 0)
            found = &keys[i];
    return found;
}

static bool listed(const struct key *key, const char *permission)
{
    for (const char *const *at = key->permissions; *at; at++)
        if (same_text(*at, permission))
            return true;
    return false;
}

bool key_permits(const struct key *key, const char *permission)
{
    if (!key->permissions || listed(key, permission))
        return true;
    size_t length = strlen(permission);
    if (length < 5 || strcmp(permission + length - 5, "_READ") != 0)
        return false;
    char *write = must_format("%.*s_WRITE", (int)(length - 5), permission);
    bool permits = listed(key, write);
    free(write);
    return permits;
}
