/*
 * The inbox: every event is handled once, however often it is delivered.
 *
 *     xpay_inbox_reply reply;
 *     xpay_inbox_process(verifier, &inbox, body, body_length, signature_header,
 *                        fulfil, shop, &reply, &error);
 *     send_answer(reply.http_status);
 *
 * XPay delivers an event until it gets a 2xx: 5 attempts in about 2 h 35 min, then it gives up. So a 2xx too early loses
 * a paid order, and handling an event twice ships it twice. The one safe order is: verify, claim the event's id, act,
 * commit both together, answer. xpay_inbox_process() keeps it, around your own database, which you give it as the
 * three callbacks of an xpay_inbox. In SQL they are, each transaction on a connection of its own:
 *
 *     CREATE TABLE events (
 *         id TEXT PRIMARY KEY,
 *         received TIMESTAMP DEFAULT CURRENT_TIMESTAMP
 *     );
 *
 *     claim:      BEGIN              (SQLite: BEGIN IMMEDIATE)
 *                 INSERT INTO events (id) VALUES ($1)
 *                     ON CONFLICT DO NOTHING
 *       1 row:    *transaction = the connection; XPAY_CLAIM_TAKEN
 *       0 rows:   ROLLBACK; XPAY_CLAIM_DUPLICATE
 *       busy:     ROLLBACK; XPAY_CLAIM_BUSY
 *       failed:   ROLLBACK; XPAY_CLAIM_FAILED
 *
 *     commit:     COMMIT
 *       done:     XPAY_OK
 *       failed:   ROLLBACK; XPAY_ERROR_INBOX
 *
 *     release:    ROLLBACK
 *
 * Where another transaction has the id, PostgreSQL waits for its end; SQLite waits for any other writer, up to its busy
 * timeout. Make both waits shorter than 30 seconds (lock_timeout, sqlite3_busy_timeout()), and say BUSY when they end.
 * PostgreSQL ends a transaction in which a statement has failed with ROLLBACK although it was told COMMIT, and calls that
 * a success: `commit` must look at the command's tag (PQcmdStatus()).
 *
 * Keep the ids as long as an order can be acted on, some months: after its own attempts, XPay delivers an event again
 * when somebody resends it from the dashboard, also much later.
 *
 * Follows https://docs.xpay.app/integrate/webhooks/replaying-and-retries.
 */
#ifndef XPAY_INBOX_H
#define XPAY_INBOX_H

#include <xpay/webhook.h>

/** What `claim` says. Anything else counts as XPAY_CLAIM_FAILED. */
enum {
    XPAY_CLAIM_TAKEN = 1,     /**< the event is this call's now, and a transaction is open */
    XPAY_CLAIM_DUPLICATE = 2, /**< it was committed before; no transaction is open */
    XPAY_CLAIM_BUSY = 3,      /**< another worker has it at this moment; none is open */
    XPAY_CLAIM_FAILED = 4     /**< the database failed; none is open */
};

/**
 * Where the ids of handled events are kept: a table of yours with the event's id as its unique key. All callbacks run
 * on the thread that calls xpay_inbox_process() or one of its kind, with no lock held; several threads may be in them at
 * a time, each with its own transaction. None may be NULL. They must return: no C++ exception and no longjmp() may
 * leave them.
 */
typedef struct xpay_inbox {
    size_t size;   /**< set by XPAY_INBOX_INIT */
    void *context; /**< given to every callback */
    /**
     * Begin a transaction and put event->id into the table in it; called once for each delivery that is well signed
     * and readable. TAKEN: set *transaction, which the handler, then `commit` or `release` receive. Where another
     * transaction has put the id there and has not ended yet, either wait for its end (then it is DUPLICATE or TAKEN)
     * or say BUSY at once; XPay waits 30 seconds for an answer. Returns XPAY_CLAIM_….
     */
    int32_t (*claim)(void *context, const xpay_event *event, void **transaction);
    /**
     * Commit, so that the id and all that the handler wrote are stored together, durably; called once after a handler
     * that returned XPAY_OK. Anything but XPAY_OK means that it was not, or not surely, stored: XPay is asked to
     * deliver again, and the next `claim` finds out. Ends the transaction in either case; `release` is not called
     * after it.
     */
    xpay_status (*commit)(void *context, void *transaction);
    /**
     * Roll back, so that neither the id nor anything that the handler wrote stays; called once after a handler that
     * did not return XPAY_OK. When the process dies instead, the database does the same by itself.
     */
    void (*release)(void *context, void *transaction);
} xpay_inbox;

/** Initial value of an xpay_inbox. */
#define XPAY_INBOX_INIT XPAY_INITIAL(xpay_inbox)

/** What became of a delivery. */
enum {
    XPAY_INBOX_HANDLED = 1,   /**< handled and committed: 200 */
    XPAY_INBOX_DUPLICATE = 2, /**< committed by an earlier delivery; the handler did not run: 200 */
    XPAY_INBOX_REFUSED = 3,   /**< not from XPay, not fresh (401), or too large (413) */
    XPAY_INBOX_UNREADABLE = 4, /**< from XPay, but no event that can be read; tell a person: 500 */
    XPAY_INBOX_PUT_OFF = 5, /**< the handler did not return XPAY_OK; rolled back: 404, 500, 503 */
    XPAY_INBOX_BUSY = 6,    /**< another worker has this event at this moment: 503 */
    XPAY_INBOX_FAILED = 7   /**< claim or commit failed, or memory ran out: 500 */
};

/**
 * What to answer, and what to write into the log. The caller owns it; it is wholly written by every call, so it needs
 * no initialiser. Texts are cut to their member, on one line, as they are otherwise; "" when not known.
 */
typedef struct xpay_inbox_reply {
    int32_t http_status;   /**< to be answered to XPay; the body does not matter */
    int32_t verdict;       /**< XPAY_INBOX_… */
    char event_id[128];    /**< evt_… */
    char event_type[128];  /**< such as "checkout.session.completed" */
    char secret_label[64]; /**< of the secret that it was signed with */
    char reserved[184];    /**< zero */
} xpay_inbox_reply;

/** How a memory inbox is made. All that is zero keeps its default. */
typedef struct xpay_inbox_memory_options {
    size_t size;           /**< set by XPAY_INBOX_MEMORY_OPTIONS_INIT */
    size_t capacity;       /**< how many events it knows at a time, at most 65536; default 4096 */
    int64_t claim_seconds; /**< after which a claim that did not end is abandoned; default 300 */
    xpay_clock clock;      /**< seconds that never go back; NULL: the system's, since it started */
    void *clock_context;   /**< given to clock */
} xpay_inbox_memory_options;

/** Initial value of an xpay_inbox_memory_options. */
#define XPAY_INBOX_MEMORY_OPTIONS_INIT XPAY_INITIAL(xpay_inbox_memory_options)

XPAY_BEGIN_DECLS

/**
 * The initial value, for languages without macros.
 *
 * @param inbox not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_inbox_init(xpay_inbox *inbox, size_t size);

/**
 * Verify a delivery, handle its event once, and say what to answer.
 *
 * The handler runs between claim and commit, so its writes join the claim's transaction, and all of it happens or
 * nothing. It must not do in that time what cannot be rolled back, such as a call to a warehouse: write that down as
 * work to do, in the same transaction. What it returns decides: XPAY_OK commits, also for an event that it has no use
 * for; anything else rolls back and makes XPay deliver the event again (XPAY_ERROR_NOT_FOUND, no such order yet, with
 * 404; XPAY_ERROR_CONFLICT, the order is being worked on, with 503; all else with 500).
 *
 * A body that is well signed but cannot be read as an event is answered with 500, not with 4xx as a forgery is: it
 * is from XPay and may be a paid order, so it must look like a fault of this server, which it is, to whoever watches
 * it. XPay delivers it 4 times more, then gives up; the verdict XPAY_INBOX_UNREADABLE and error->param say what
 * happened, and the order's session can be retrieved meanwhile.
 *
 * A body over max_body_bytes is not verified: whoever sent it, it is refused (XPAY_INBOX_REFUSED, 413). A limit that is
 * too low refuses XPay's own events so, as a wrong secret does with 401: watch how many are refused.
 *
 * @param verifier not NULL.
 * @param inbox not NULL; used by any number of threads.
 * @param body the raw bytes.
 * @param length of the body in bytes.
 * @param header value of XPay-Signature; NULL when there was none.
 * @param handler what to do with an event; not NULL. Not called for duplicates.
 * @param context given to the handler.
 * @param reply receives what to answer; not NULL.
 * @param error why it is not a 2xx; NULL allowed.
 * @return XPAY_OK when the answer is a 2xx: handled, or a duplicate; what xpay_webhook_construct_event() returns; what
 *         the handler returned; XPAY_ERROR_INBOX (claim or commit failed); XPAY_ERROR_INBOX_BUSY (another worker has
 *         the event); XPAY_ERROR_ARGUMENT (answered with 500); XPAY_ERROR_ABI (the same).
 */
XPAY_API xpay_status xpay_inbox_process(xpay_webhook_verifier *verifier, const xpay_inbox *inbox,
                                        const void *body, size_t length, const char *header,
                                        xpay_event_handler handler, void *context,
                                        xpay_inbox_reply *reply, xpay_error *error);

/**
 * Handle a delivery once whose body came in pieces, and say what to answer: the same as xpay_inbox_process().
 *
 * Begin the stream when the headers are there, add the body as it comes, and keep it as well; then call this. When
 * xpay_webhook_stream_begin() finds no signature that can be read, you may answer 401 at once, and 413 when
 * xpay_webhook_stream_update() finds the body too large.
 *
 * @param stream not NULL, not finished: that is done here. It stays to be freed.
 * @param inbox not NULL; used by any number of threads.
 * @param body the raw bytes, the same that were added to the stream.
 * @param length of the body in bytes.
 * @param handler what to do with an event; not NULL. Not called for duplicates.
 * @param context given to the handler.
 * @param reply receives what to answer; not NULL.
 * @param error why it is not a 2xx; NULL allowed.
 * @return as xpay_inbox_process(); XPAY_ERROR_ARGUMENT (answered with 500) also for a length other than what was added
 *         to the stream, and for a stream that is finished.
 */
XPAY_API xpay_status xpay_inbox_process_stream(xpay_webhook_stream *stream, const xpay_inbox *inbox,
                                               const void *body, size_t length,
                                               xpay_event_handler handler, void *context,
                                               xpay_inbox_reply *reply, xpay_error *error);

/**
 * Handle an event once that was verified before, when it was put into a queue of yours.
 *
 * The same as xpay_inbox_process() from the claim on. xpay_event_decode() makes the event from what you have stored.
 *
 * @param inbox not NULL.
 * @param event not NULL; not freed.
 * @param handler what to do with it; not NULL.
 * @param context given to the handler.
 * @param reply receives what to answer; not NULL.
 * @param error NULL allowed.
 * @return as xpay_inbox_process().
 */
XPAY_API xpay_status xpay_inbox_handle(const xpay_inbox *inbox, const xpay_event *event,
                                       xpay_event_handler handler, void *context,
                                       xpay_inbox_reply *reply, xpay_error *error);

/**
 * The initial value, for languages without macros.
 *
 * @param options not NULL.
 * @param size of the struct as the caller knows it, in bytes.
 */
XPAY_API void xpay_inbox_memory_options_init(xpay_inbox_memory_options *options, size_t size);

/**
 * Make an inbox in memory: for trials and tests. It forgets everything when the program ends, and other processes do
 * not see it, so a shop that ships needs one in its database. It does not live through a fork either: a child must not
 * use its parent's, whose lock may be held for ever there, and shares nothing of it. Each claim and commit looks through
 * all of its capacity.
 *
 * It rolls back claims, not what a handler did elsewhere. It knows a bounded number of events: when it is full, the
 * event that was committed the longest ago is forgotten, and would be handled again; when all are claims in progress,
 * claiming fails. A claim whose thread never came back can be taken over after claim_seconds; when that thread does
 * come back, its commit fails.
 *
 * @param options NULL for the defaults.
 * @param inbox receives it, for any number of threads, to be freed with xpay_inbox_memory_free(); NULL on failure.
 *        The handler must not touch its transaction.
 * @param error NULL allowed.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT (a capacity over 65536, negative seconds); XPAY_ERROR_ABI;
 *         XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_inbox_memory_new(const xpay_inbox_memory_options *options,
                                                           xpay_inbox **inbox, xpay_error *error);

/**
 * Free a memory inbox.
 *
 * @param inbox of xpay_inbox_memory_new(); NULL allowed. No other thread may be using it.
 */
XPAY_API void xpay_inbox_memory_free(xpay_inbox *inbox);

XPAY_END_DECLS

#endif
