/*
 * Intents: what is about to be done is written down before it is sent, so that no crash forgets it.
 *
 * A client that is given an intent store records every call that could change something before the first attempt, and
 * settles it after. The store is yours: rows in the database that has your orders, best in the same transaction. After
 * a restart, xpay_resolve_unsettled() finishes what was left open, each under its own key, so that nothing is done
 * twice and nothing is forgotten.
 *
 * Calls that only read are not recorded, nor those that delete, which can be repeated at will, nor those made without
 * a key on purpose, which could not be repeated at all.
 * (XPay's payment intents, pi_…, are something else: see payment_intent.h.)
 */
#ifndef XPAY_INTENT_H
#define XPAY_INTENT_H

#include <xpay/client.h>
#include <xpay/idempotency.h>

/** How a call ended. */
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
    const char *account;         /**< from the client's options; NULL when not given */
    const char *call;            /**< 32 hexadecimal digits: another one for each call */
    int64_t
        created_ms; /**< milliseconds since the epoch, UTC, by the earlier of two clocks: XPay's, ours */
    int64_t not_after_ms; /**< until then the key is surely known to XPay */
    bool livemode;        /**< made with a key of live mode; false: of test mode */
    uint8_t reserved[7];  /**< zero */
} xpay_intent;

/** Initial value of an xpay_intent. */
#define XPAY_INTENT_INIT XPAY_INITIAL(xpay_intent)

/** How one call ended. */
typedef struct xpay_settlement {
    size_t size;      /**< set by the library */
    const char *key;  /**< the name of the row */
    const char *call; /**< the call that ended, as it was recorded */
    int32_t how;      /**< XPAY_SETTLEMENT_… */
    /** the object's JSON, with all that XPay sent, client and signing secrets included; NULL unless it was read */
    const char *object_json;
} xpay_settlement;

/** Receives one unsettled intent, and returns; anything but XPAY_OK ends the listing. Texts are valid during the call. */
typedef xpay_status (*xpay_intent_visitor)(void *context, const xpay_intent *intent);

/**
 * A place where intents are kept. All callbacks run on the thread that makes the call, with no lock held; several
 * threads may be in them at a time. They must not make calls on the same client. They must return: no C++ exception and
 * no longjmp() may leave them.
 */
typedef struct xpay_intent_store {
    size_t size;   /**< set by XPAY_INTENT_STORE_INIT */
    void *context; /**< given to every callback */
    /**
     * Keep an intent, durably, before anything is sent; called once for each call. Its texts are valid during the
     * callback only. When its key is there already:
     * with another fingerprint, change nothing and return XPAY_ERROR_IDEMPOTENCY;
     * settled as REJECTED, open it again under the new `call`, with the new times if its own not_after_ms has passed;
     * otherwise keep the row as it is but for its `call`, which is the new one from now on, and set *open_since_ms to
     * its created_ms, so that the library knows that the operation may have happened before.
     * Anything but XPAY_OK ends the call with that status and the outcome UNKNOWN, and nothing is sent: the row may be
     * there, and would be resolved later. Not NULL.
     */
    xpay_status (*record)(void *context, const xpay_intent *intent, int64_t *open_since_ms);
    /**
     * Note how a call ended; called once after its last attempt, and by xpay_resolve(). Two rules, for calls that
     * overlap: what was settled as APPLIED stays APPLIED; and REJECTED holds only while the row still names `call`. If
     * it names another, that one was recorded since and may be doing it: change nothing and return XPAY_ERROR_CONFLICT,
     * as for REJECTED after APPLIED. In SQL: UPDATE … WHERE key = :key AND settlement <> 1 AND (:how <> 2 OR call = :call).
     * What is not settled stays open and is resolved later, under its key. So a call that is not settled as REJECTED
     * ends in UNKNOWN instead of NOT_SENT or REJECTED. Not NULL.
     */
    xpay_status (*settle)(void *context, const xpay_settlement *settlement);
    /**
     * An intent is about to be resolved, by asking again: if it is neither settled as APPLIED nor as REJECTED, let its
     * row name `call` from now on; otherwise change nothing and return XPAY_ERROR_CONFLICT. So a call that still runs
     * cannot settle it as REJECTED any more. Anything but XPAY_OK ends the resolution of this intent, and nothing is
     * sent. NULL only in a store without `unsettled`.
     */
    xpay_status (*take_over)(void *context, const char *key, const char *call);
    /**
     * Call `visit` for every intent that is not settled as APPLIED or REJECTED, the oldest first; pass its status on.
     * NULL: this store cannot list, and nothing can be resolved with it.
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
    /** the request was made again under its key; otherwise it was looked up at most */
    bool asked_again;
    /**
     * XPay refused it then (HTTP 400, 404 or 409): it was done in an earlier try, or not at all, or the API key does not
     * see what it is about
     */
    bool refused;
    /**
     * Of DONE: the root. Of ASK_A_PERSON: the one that it may be, found by looking; NULL when there is none, or more
     * than one. NULL otherwise. To be freed with xpay_object_free().
     */
    void *object;
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
 * charge is then looked up in the list of its refunds. It counts as DONE where exactly one of that amount was made in
 * the intent's time, and its reason, description and e-mail address do not speak against it. (If your books have that
 * refund already, for another intent or made in the dashboard, ask a person.) Everything else only a person can tell.
 *
 * The key's age goes by the later of XPay's clock and this machine's; for an intent older than 11.5 hours XPay is asked
 * for its time first (GET /account, if no answer has told it yet). Only a clock that was more than an hour ahead when the
 * first call of a process was recorded, and was set back since, can make a key seem alive that XPay has forgotten.
 *
 * What an earlier process may have done stays possible until XPay shows otherwise: a refusal now may come of that. It
 * counts as REFUSED when the list of the charge's refunds shows none that fits, either; where there is no such list, it
 * is for a person, with `refused` set. A wrong API key, a full queue or a broken connection leave it STILL_OPEN. DONE and
 * REFUSED are settled in the client's store, if it has one.
 *
 * @param client not NULL; of the intent's mode and account: with another's key, XPay would not know of it. Its store, if
 *        it has one, must have the intent.
 * @param intent as it was recorded; not NULL. Its fingerprint must fit its request.
 * @param options NULL for the client's way; a key in it is ignored.
 * @param resolution receives the verdict; all zero on failure.
 * @param error what the last request came to; NULL allowed.
 * @return XPAY_OK when there is a verdict, also STILL_OPEN; XPAY_ERROR_ARGUMENT (the intent is not whole, is of an
 *         operation that this version does not know, or of another mode or account than the client's; error->param
 *         names the member); XPAY_ERROR_CONFLICT (its call, or somebody else, settled it meanwhile); another status of
 *         the store's; XPAY_ERROR_IDEMPOTENCY (its fingerprint is another request's);
 *         XPAY_ERROR_ABI; XPAY_ERROR_UNSUPPORTED (OpenSSL has no SHA-256); XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_resolve(xpay_client *client, const xpay_intent *intent,
                                                  const xpay_request_options *options,
                                                  xpay_resolution *resolution, xpay_error *error);

/** Told about every intent that was resolved; frees resolution->object. It returns; anything but XPAY_OK ends the run. */
typedef xpay_status (*xpay_resolution_visitor)(void *context, const xpay_intent *intent,
                                               const xpay_resolution *resolution);

/**
 * Resolve all that the client's store has unsettled. Call it after a restart, and from time to time.
 *
 * The store is read first, then the intents are resolved one by one; no callback is entered within another. Intents of
 * another mode or account than the client's are passed over: they are for another client. An intent
 * whose call is still running in another thread or process is harmless: both get the same answer. One that cannot be
 * resolved (its row is damaged) is told as ASK_A_PERSON, and does not hold up the others.
 *
 * Nor does one that the store fails to let be taken over: it is not told, stays open for the next run, and the others
 * are resolved before the store's status is returned. (XPAY_ERROR_CONFLICT is no failure: it was settled meanwhile.)
 * After 10 failures in a row the store is taken to be down, and the run ends.
 *
 * @param client with an intent store; not NULL.
 * @param options NULL for the client's way; a time limit holds for each intent; a cancelled run ends.
 * @param visit told about each; NULL allowed: then objects are freed.
 * @param context given to visit.
 * @param error what the last request came to; or the failure that ended the run; or else, of intents that could not be
 *        resolved, the first one's failure, whose idempotency_key names it; NULL allowed.
 * @return XPAY_OK when all were resolved, settled meanwhile or told; XPAY_ERROR_ARGUMENT when the client has no store that
 *         lists, or the options are wrong; XPAY_ERROR_CANCELED; what the visitor returned, or the store's `unsettled`: the
 *         run ended there. When it went on, the first failure: what the store's `take_over` returned,
 *         XPAY_ERROR_UNSUPPORTED (OpenSSL has no SHA-256), XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_resolve_unsettled(xpay_client *client,
                                                            const xpay_request_options *options,
                                                            xpay_resolution_visitor visit,
                                                            void *context, xpay_error *error);

XPAY_END_DECLS

#endif
