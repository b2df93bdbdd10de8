/* What the sandbox remembers. Everything here is guarded by one lock (state_lock): requests,
 * pages, the control interface and the delivery thread take it, and nobody keeps it across I/O. */
#ifndef SANDBOX_STATE_H
#define SANDBOX_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>

#include "catalogue.h"
#include "ids.h"
#include "index.h"
#include "money.h"

/* How refunds and their ledger rows are shown (see graph.h). */
enum graph { GRAPH_CONTRACT, GRAPH_SEED, GRAPH_BOTH };

struct settings {
    enum graph graph;
    bool self_check;
    bool keys_everywhere; /* Idempotency-Key works on every POST and PATCH */
    bool verbose;
    char origin[64]; /* http://127.0.0.1:4242 */
};

extern struct settings settings;

struct amounts {
    int64_t subtotal;
    int64_t discount;
    int64_t platform_fee; /* passed on to the customer, its VAT included */
    int64_t vat;          /* collected from the customer */
    int64_t total;
};

struct line {
    char id[ID_SIZE];
    int64_t quantity;
    int64_t unit_amount;
    struct amounts priced;    /* in the currency of the price */
    struct amounts processed; /* in the processing currency */
    cJSON *price;             /* as shown */
    cJSON *adjustable;        /* as shown, or NULL */
    char *description;        /* or NULL */
    char *param;              /* lineItems[0].priceData.currency: for refusals */
    struct price *catalogued; /* NULL: priced inline */
    const struct currency *currency;
};

struct spending {
    int64_t gross, refunded, payments;
    int64_t first, last; /* times; 0: never */
};

struct customer {
    char id[ID_SIZE];
    enum world world;
    bool guest;
    int64_t created, updated;
    char *name, *email, *phone; /* each may be NULL */
    cJSON *address;             /* or NULL */
    cJSON *metadata;            /* or NULL */
    const struct currency *currency;
    struct spending spent;
    const struct charge *latest;
    int64_t card_seen_first, card_seen_last, card_charges;
};

enum refund_status {
    REFUND_PENDING,
    REFUND_REQUIRES_ACTION,
    REFUND_SUCCEEDED,
    REFUND_FAILED,
    REFUND_CANCELED,
    REFUND_STATUSES
};

struct ledger_row {
    char id[ID_SIZE];
    const char *type; /* of the contract's list */
    const char *category;
    const char *source; /* id of the charge or refund */
    const char *intent_id;
    int64_t amount;
    struct fee fee;
    int64_t created, available;
    const char *rate; /* decimal text, or NULL */
    const struct payout_batch *batch;
    enum world world;
};

struct payout_batch {
    char id[ID_SIZE];
    enum world world;
    int64_t created, updated;
    int64_t closes; /* start of the day on which it is paid out */
    int64_t amount;
};

struct refund {
    char id[ID_SIZE];
    struct charge *charge;
    int64_t created;
    int64_t amount;
    enum refund_status status;
    char *reason, *description, *instructions_email; /* each may be NULL */
    struct ledger_row *row;                          /* NULL until settled */
    struct ledger_row *reversal;                     /* of one that failed after it had settled */
    char receipt[ID_SIZE];
    char external_id[ID_SIZE];
};

enum charge_outcome { CHARGE_PENDING, CHARGE_SUCCEEDED, CHARGE_FAILED };

struct charge {
    char id[ID_SIZE];
    char method_id[ID_SIZE];
    struct intent *intent;
    int64_t created, captured;
    int64_t amount;
    int64_t presentment; /* in the session's currency, if that is not the processing one */
    int64_t refunded;    /* by refunds that succeeded */
    enum charge_outcome outcome;
    const struct method *method;
    const struct decline *decline; /* of a failed one */
    char *name, *email, *phone;    /* who paid; each may be NULL */
    struct refund **refunds;       /* oldest first */
    size_t refund_count;
    struct ledger_row *row;
    struct fee fee;
    char reference[24]; /* voucher number of a pay-later method */
    int64_t reference_expires;
};

struct intent {
    char id[ID_SIZE];
    char secret[SECRET_SIZE];
    struct session *session;
    int64_t created, updated;
    cJSON *metadata;
    struct charge **charges; /* oldest first */
    size_t charge_count;
    const struct charge *failed; /* the last attempt that failed */
};

enum session_status { SESSION_OPEN, SESSION_COMPLETE, SESSION_EXPIRED };
enum payment_status { PAYMENT_UNPAID, PAYMENT_PAID, PAYMENT_NOT_REQUIRED };

struct session {
    char id[ID_SIZE];
    char secret[SECRET_SIZE];
    char rate_id[ID_SIZE];
    char link_id[ID_SIZE]; /* empty: not from a payment link */
    enum world world;
    enum session_status status;
    enum payment_status payment;
    int64_t created, updated, expires;
    cJSON *input; /* the body of the create call with every update merged in, defaults filled */
    const struct currency *currency; /* of the prices */
    struct line *lines;
    size_t line_count;
    struct amounts priced;
    struct amounts processed;
    struct fee passed_fee; /* part of the total when the customer pays the fee */
    const struct coupon *coupon;
    const struct promotion *promotion;
    bool redeemed;
    char discount_id[ID_SIZE];
    struct customer *customer; /* linked, created or guest; NULL before payment of a new one */
    cJSON *collected;          /* customerDetails as shown, or NULL */
    cJSON *fields;             /* customFields as shown, or NULL */
    struct intent *intent;     /* NULL until a payment is started */

    struct rendered { /* the answer to a GET, kept until something it shows changes */
        char *bytes;
        size_t length;
        int64_t until;
        unsigned long ledger_version;
    } rendered;
};

struct list {
    void **items; /* oldest first */
    size_t count;
};

struct state {
    struct index sessions, intents, charges, refunds, customers; /* by id */
    struct list all_sessions, all_refunds, all_customers, all_charges;
    struct list ledger, batches;
    unsigned long ledger_version;
    int64_t next_deadline; /* nothing expires before that sandbox time */
    bool inactive[WORLDS]; /* the account cannot take payments there (yet) */
    enum refund_status next_refund;
    bool next_refund_set;
};

extern struct state state;

void state_lock(void);
void state_unlock(void);
void state_free(void);
void list_add(struct list *list, void *item);
void list_remove(struct list *list, const void *item);
void list_free(struct list *list, void (*release)(void *));

/* The object of that id in that world, or NULL. */
struct session *session_find(const char *id, enum world world);
struct customer *customer_find(const char *id, enum world world);
struct charge *charge_find(const char *id, enum world world);
struct intent *intent_find(const char *id, enum world world);
struct refund *refund_find(const char *id, enum world world);

/* Something that the session's answer shows has changed. */
void session_touch(struct session *session);
/* Makes sure that expiry is looked at no later than WHEN. */
void state_deadline(int64_t when);

void lines_free(struct line *lines, size_t count);

#endif
