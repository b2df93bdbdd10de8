#include "keys.h"

#include <string.h>

#include <xpay/idempotency.h>

void xpay_keys_init(xpay_keys *keys)
{
    pthread_mutex_init(&keys->mutex, NULL);
}

void xpay_keys_destroy(xpay_keys *keys)
{
    pthread_mutex_destroy(&keys->mutex);
}

static xpay_known_key *find(xpay_keys *keys, const unsigned char *name)
{
    for (size_t i = 0; i < XPAY_KEYS_REMEMBERED; i++)
        if (keys->known[i].used && memcmp(keys->known[i].name, name, XPAY_KEY_NAME_SIZE) == 0)
            return &keys->known[i];
    return NULL;
}

/* The place of the oldest key under which nothing is running: of those not in doubt, if there is one. */
static xpay_known_key *forget_oldest(xpay_keys *keys)
{
    for (size_t i = 0; i < (size_t)2 * XPAY_KEYS_REMEMBERED; i++) {
        xpay_known_key *known = &keys->known[keys->next];
        bool last_resort = i >= XPAY_KEYS_REMEMBERED;
        keys->next = (keys->next + 1) % XPAY_KEYS_REMEMBERED;
        if (known->running == 0 && (!known->possible || last_resort))
            return known;
    }
    return NULL;
}

static xpay_known_key *find_place(xpay_keys *keys)
{
    xpay_known_key *place = keys->free;
    if (place != NULL)
        keys->free = place->next_free;
    else if (keys->filled < XPAY_KEYS_REMEMBERED)
        place = &keys->known[keys->filled++];
    else
        place = forget_oldest(keys);
    return place;
}

static void give_place(xpay_keys *keys, xpay_known_key *known)
{
    known->used = false;
    known->next_free = keys->free;
    keys->free = known;
}

static xpay_known_key *remember(xpay_keys *keys, const unsigned char *name,
                                const unsigned char *fingerprint, int64_t now_ms)
{
    xpay_known_key *known = find_place(keys);
    if (known == NULL)
        return NULL;
    memset(known, 0, sizeof(*known));
    memcpy(known->name, name, XPAY_KEY_NAME_SIZE);
    memcpy(known->fingerprint, fingerprint, XPAY_DIGEST_SIZE);
    known->since_ms = now_ms;
    known->used = true;
    return known;
}

bool xpay_keys_begin(xpay_keys *keys, const unsigned char name[XPAY_KEY_NAME_SIZE],
                     const unsigned char fingerprint[XPAY_DIGEST_SIZE], int64_t now_ms,
                     xpay_key_past *past, xpay_known_key **out)
{
    bool fits = true;
    pthread_mutex_lock(&keys->mutex);
    xpay_known_key *known = find(keys, name);
    if (known == NULL)
        known = remember(keys, name, fingerprint, now_ms);
    else
        fits = memcmp(known->fingerprint, fingerprint, XPAY_DIGEST_SIZE) == 0;
    *past = (xpay_key_past){false, false, now_ms};
    if (known != NULL)
        past->possible = known->possible || known->running > 0;
    if (known != NULL && fits) {
        /* What was refused is forgotten by XPay after a day, and the key lives anew. */
        if (!past->possible && now_ms > known->since_ms + XPAY_IDEMPOTENCY_KEY_LIFETIME_MS)
            known->since_ms = now_ms;
        past->since_ms = known->since_ms;
        past->refused = known->refused;
        known->running++;
    }
    pthread_mutex_unlock(&keys->mutex);
    *out = fits ? known : NULL;
    return fits;
}

bool xpay_keys_end(xpay_keys *keys, xpay_known_key *known, int32_t end)
{
    pthread_mutex_lock(&keys->mutex);
    known->running--;
    bool by_others = known->running > 0 || known->possible;
    if (end == XPAY_KEY_POSSIBLE || end == XPAY_KEY_SPENT)
        known->possible = true;
    if (end != XPAY_KEY_NOT_SENT)
        known->sent = true;
    if (end == XPAY_KEY_REFUSED)
        known->refused = true;
    if (known->running == 0 && (!known->sent || end == XPAY_KEY_SPENT))
        give_place(keys, known);
    pthread_mutex_unlock(&keys->mutex);
    return by_others;
}
