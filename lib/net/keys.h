/*
 * What a process remembers of the idempotency keys that it used last: which request each names, and whether its
 * operation may have happened.
 */
#ifndef XPAY_NET_KEYS_H
#define XPAY_NET_KEYS_H

#include <pthread.h>
#include <xpay/error.h>

#include "../base/digest.h"

enum { XPAY_KEYS_REMEMBERED = 1024, XPAY_KEY_NAME_SIZE = 16 };

typedef struct xpay_known_key {
    unsigned char name[XPAY_KEY_NAME_SIZE]; /* the beginning of the key's own digest */
    unsigned char fingerprint[XPAY_DIGEST_SIZE];
    int64_t since_ms; /* lasting clock: when its life at XPay may have begun */
    uint32_t running; /* calls under way with it */
    bool possible;    /* the operation may have happened: nothing takes that away again */
    bool sent;        /* XPay has seen it */
    bool refused;     /* XPay has stored a refusal under it */
    bool used;
    struct xpay_known_key *next_free; /* while it is not used */
} xpay_known_key;

typedef struct xpay_keys {
    pthread_mutex_t mutex;
    size_t filled;        /* places that were ever used */
    size_t next;          /* the oldest, to be forgotten next */
    xpay_known_key *free; /* places that are used no more */
    xpay_known_key known[XPAY_KEYS_REMEMBERED];
} xpay_keys;

/* What went before under a key. */
typedef struct xpay_key_past {
    bool possible;    /* the operation may have happened, or may be happening now */
    bool refused;     /* XPay has stored a refusal under the key, as we know */
    int64_t since_ms; /* when the key's life began */
} xpay_key_past;

void xpay_keys_init(xpay_keys *keys);
void xpay_keys_destroy(xpay_keys *keys);

/*
 * A call begins under the key whose digest begins with `name`. False when the key names another request, of which
 * `past` tells; otherwise *known is to be given to xpay_keys_end(). It is NULL when too many calls are under way to
 * remember this one.
 */
bool xpay_keys_begin(xpay_keys *keys, const unsigned char name[XPAY_KEY_NAME_SIZE],
                     const unsigned char fingerprint[XPAY_DIGEST_SIZE], int64_t now_ms,
                     xpay_key_past *past, xpay_known_key **known);

/* What a call under a key came to. */
enum {
    XPAY_KEY_NOT_SENT = 1, /* it sent nothing: the key is still free, unless others used it */
    XPAY_KEY_REFUSED = 2,  /* it names this request, which this call did not make happen */
    XPAY_KEY_POSSIBLE = 3, /* it names this request, which happened or may have */
    XPAY_KEY_SPENT =
        4, /* the same, and nobody will ask under it again: it need not be remembered */
    XPAY_KEY_TURNED_AWAY = 5 /* refused in a way that XPay does not store: it may act on the next */
};

/* The call is over; XPAY_KEY_…. True when the operation may have happened by other calls under the key. */
bool xpay_keys_end(xpay_keys *keys, xpay_known_key *known, int32_t end);

#endif
