/*
 * Intents: what is about to be done is written down before it is sent, so that no crash forgets it.
 *
 * A client that is given an intent store records every call that could change something before the first attempt, and
 * settles it after. The store is yours: rows in the database that has your orders, best in the same transaction. After
 * a restart, xpay_resolve_unsettled() finishes what was left open, each under its own key, so that nothing is done
 * twice and nothing is forgotten.
 *
 * Calls that only read are not recorded, nor are those made without a key on purpose: they could not be repeated.
 * (XPay's payment intents, pi_…, are something else: see payment_intent.h.)
 */
#ifndef XPAY_INTENT_H
#define XPAY_INTENT_H

#include <xpay/client.h>
#include <xpay/idempotency.h>

/** How an intent ended. */
enum {
    XPAY_SETTLEMENT_APPLIED = 1,    /**< done, and its answer was read */
    XPAY_SETTLEMENT_REJECTED = 2,   /**< it was not sent, or definitely refused: nothing happened */
    XPAY_SETTLEMENT_UNREADABLE = 3, /**< done, but its answer could not be read: resolve it */
    XPAY_SETTLEMENT_OPEN = 4        /**< it may have happened: keep it, and resolve it */
};

/** One call that is about to be made. */
typedef struct xpay_intent {
    size_t size;                 /**< set by XPAY_INTENT_INIT, or by the library that fills it in */
    const char *key;             /**< the idempotency key: the name of the row */
    const char *fingerprint;     /**< 64 hexadecimal digits over method, target and body */
    const char *operation;       /**< such as "refund_create" */
    const char *order_reference; /**< from the request's options; NULL when not given */
    const char *method;          /**< such as "POST" */
    const char *target;          /**< path and query, such as "/refunds" */
    const char *body;            /**< the JSON to be sent, NUL-terminated; "" for none */
    int64_t created_ms;          /**< milliseconds since the epoch, UTC */
    int64_t not_after_ms;        /**< until then the key is surely known to XPay */
} xpay_intent;

/** Initial value of an xpay_intent. */
#define XPAY_INTENT_INIT XPAY_INITIAL(xpay_intent)

/** Receives one unsettled intent; anything but XPAY_OK ends the listing. All texts are valid during the call. */
typedef xpay_status (*xpay_intent_visitor)(void *context, const xpay_intent *intent);

/**
 * A place where intents are kept. All callbacks run on the thread that makes the call, with no lock held; several
 * threads may be in them at a time. They must not make calls on the same client.
 */
typedef struct xpay_intent_store {
    size_t size;   /**< set by XPAY_INTENT_STORE_INIT */
    void *context; /**< given to every callback */
    /**
     * Keep an intent, durably, before anything is sent; called once for each call. Its texts are valid during the
     * callback only. When its key is there already:
     * with another fingerprint, change nothing and return XPAY_ERROR_IDEMPOTENCY;
     * settled as REJECTED, open it again, with the new times if its own not_after_ms has passed;
     * otherwise keep the row as it is and set *open_since_ms to its created_ms, so that the library knows that the
     * operation may have happened before.
     * Anything but XPAY_OK ends the call with that status, and nothing is sent. Not NULL.
     */
    xpay_status (*record)(void *context, const xpay_intent *intent, int64_t *open_since_ms);
    /**
     * Note how the operation ended: XPAY_SETTLEMENT_…, and the JSON of the object when it was read (NULL otherwise).
     * The JSON has all that XPay sent, client secrets included. What was settled as APPLIED stays APPLIED. Called once
     * after the last attempt. A failure here does not change what the call returns: the intent stays unsettled and is
     * resolved later, under its key. Not NULL.
     */
    xpay_status (*settle)(void *context, const char *key, int32_t settlement,
                          const char *object_json);
    /**
     * Call `visit` for every intent that is not settled as APPLIED or REJECTED, the oldest first; pass its status on.
     * NULL: this store cannot list, and xpay_resolve_unsettled() cannot be used with it.
     */
    xpay_status (*unsettled)(void *context, xpay_intent_visitor visit, void *visit_context);
} xpay_intent_store;

/** Initial value of an xpay_intent_store. */
#define XPAY_INTENT_STORE_INIT XPAY_INITIAL(xpay_intent_store)

/** What became of an intent that was resolved. */
enum {
    XPAY_RESOLUTION_DONE = 1,       /**< it is done; `object` is what was made or changed */
    XPAY_RESOLUTION_REFUSED = 2,    /**< XPay refused it for good: nothing happened */
    XPAY_RESOLUTION_STILL_OPEN = 3, /**< XPay cannot tell now: try later */
    XPAY_RESOLUTION_ASK_A_PERSON =
        4 /**< it must not be asked again, and what can be looked up does not tell */
};

/** The answer of xpay_resolve(). */
typedef struct xpay_resolution {
    int32_t verdict; /**< XPAY_RESOLUTION_… */
    bool
        asked_again; /**< the request was made again under its key; otherwise it was looked up at most */
    void *object; /**< of DONE: the root, to be freed with xpay_object_free(); NULL otherwise */
    uint64_t reserved[4]; /**< zero */
} xpay_resolution;

XPAY_BEGIN_DECLS

/**
 * The initial value, for languages without macros.
 *
 * @param intent not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_intent_init(xpay_intent *intent, size_t size);

/**
 * The initial value, for languages without macros.
 *
 * @param store not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_intent_store_init(xpay_intent_store *store, size_t size);

/**
 * Find out what became of one intent, and finish it.
 *
 * While its key surely lives, the identical request is made again under it: XPay then does it, or repeats its answer.
 * Past that, or where XPay is not known to de-duplicate the operation, the request is never made again. A refund of a
 * charge is then looked up in the list of its refunds; where exactly one fits, that is it. Everything else only a
 * person can tell.
 *
 * What an earlier process may have done stays possible until XPay says otherwise: a refusal counts as REFUSED when it
 * is the answer that XPay stored under the key (after one that is new, the request is made once more). A wrong API key, a full queue or a broken connection leave it
 * STILL_OPEN. DONE and REFUSED are settled in the client's store, if it has one.
 *
 * @param client not NULL.
 * @param intent as it was recorded; not NULL. Its fingerprint must fit its request.
 * @param options NULL for the client's way; a key in it is ignored.
 * @param resolution receives the verdict; all zero on failure.
 * @param error what the last request came to; NULL allowed.
 * @return XPAY_OK when there is a verdict, also STILL_OPEN; XPAY_ERROR_ARGUMENT (the intent is not whole, or is of an
 *         operation that this version does not know); XPAY_ERROR_IDEMPOTENCY (its fingerprint is another request's);
 *         XPAY_ERROR_ABI; XPAY_ERROR_UNSUPPORTED (OpenSSL has no SHA-256); XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_resolve(xpay_client *client, const xpay_intent *intent,
                                                  const xpay_request_options *options,
                                                  xpay_resolution *resolution, xpay_error *error);

/** Told about every intent that was resolved; frees resolution->object. Anything but XPAY_OK ends the run. */
typedef xpay_status (*xpay_resolution_visitor)(void *context, const xpay_intent *intent,
                                               const xpay_resolution *resolution);

/**
 * Resolve all that the client's store has unsettled. Call it after a restart, and from time to time.
 *
 * The store is read first, then the intents are resolved one by one; no callback is entered within another. An intent
 * whose call is still running in another thread or process is harmless: both get the same answer. One that cannot be
 * resolved (its row is damaged) is told as ASK_A_PERSON, and does not hold up the others.
 *
 * @param client with an intent store; not NULL.
 * @param options NULL for the client's way; a time limit holds for each intent; a cancelled run ends.
 * @param visit told about each; NULL allowed: then objects are freed.
 * @param context given to visit.
 * @param error what the last request came to, or the failure that ended the run; NULL allowed.
 * @return XPAY_OK when all were visited; XPAY_ERROR_ARGUMENT when the client has no store that lists; XPAY_ERROR_CANCELED;
 *         what the store or the visitor returned; XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_resolve_unsettled(xpay_client *client,
                                                            const xpay_request_options *options,
                                                            xpay_resolution_visitor visit,
                                                            void *context, xpay_error *error);

XPAY_END_DECLS

#endif
