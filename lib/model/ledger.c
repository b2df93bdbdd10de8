/* The ledger of a session: rows from charges and refunds, added up by currency and by payout. */
#include <xpay/ledger.h>

#include <stdlib.h>
#include <string.h>

#include <xpay/fulfillment.h>

#include "../base/fail.h"
#include "../json/root.h"
#include "model.h"

#define T xpay_ledger_row
static const xpay_field ledger_row_fields[] = {
    TEXT("source", source, EXT),
    TEXT("transaction", transaction, EXT),
    CURRENCY("currency", currency, EXT),
    MONEY("amount", amount, EXT),
    MONEY("fee", fee, EXT),
    MONEY("net", net, EXT),
    ENUM("status", status, EXT, balance_transaction_status),
    BOOLEAN("derived", derived, EXT),
    BOOLEAN("counted", counted, EXT),
    TEXT("payoutBatch", payout_batch, EXT),
};
XPAY_TYPE(ledger_row, "", NULL);
#undef T

#define T xpay_ledger_totals
static const xpay_field ledger_totals_fields[] = {
    CURRENCY("currency", currency, EXT),
    MONEY("gross", gross, EXT),
    MONEY("fees", fees, EXT),
    MONEY("refunded", refunded, EXT),
    MONEY("net", net, EXT),
    MONEY("pending", pending, EXT),
    MONEY("available", available, EXT),
    MONEY("refundsPending", refunds_pending, EXT),
    MONEY("unbooked", unbooked, EXT),
    BOOLEAN("addsUp", adds_up, EXT),
};
XPAY_TYPE(ledger_totals, "", NULL);
#undef T

#define T xpay_ledger_batch
static const xpay_field ledger_batch_fields[] = {
    TEXT("id", id, EXT),
    ENUM("status", status, EXT, payout_batch_status),
    TEXT("arrivalDate", arrival_date, EXT),
    CURRENCY("currency", currency, EXT),
    MONEY("net", net, EXT),
};
XPAY_TYPE(ledger_batch, "", NULL);
#undef T

#define T xpay_ledger
static const xpay_field ledger_fields[] = {
    OBJECTS("totals", totals, EXT, ledger_totals),
    OBJECTS("batches", batches, EXT, ledger_batch),
    OBJECTS("rows", rows, EXT, ledger_row),
};
XPAY_TYPE(ledger, "", NULL);
#undef T

/* A ledger while it is being added up. All structs live in its root; the lists have room for the most there can be. */
typedef struct book {
    xpay_root *root;
    xpay_ledger *ledger;
    xpay_ledger_row **rows;
    xpay_ledger_totals **totals;
    xpay_ledger_batch **batches;
    xpay_error *error;
    xpay_status status; /* the first failure; nothing is done after it */
} book;

static bool fails(book *b, xpay_status status, const char *param, const char *message)
{
    if (b->status == XPAY_OK)
        b->status = xpay_fail(b->error, status, param, "%s", message);
    return false;
}

static void *new_object(book *b, const xpay_type *type)
{
    xpay_object *object = xpay_arena_zeroed(&b->root->arena, type->size);
    if (object == NULL) {
        fails(b, XPAY_ERROR_MEMORY, NULL, "out of memory");
        return NULL;
    }
    *object = (xpay_object){type, b->root, b->root->json};
    return object;
}

static const char *keep_text(book *b, const char *text)
{
    if (text == NULL)
        return NULL;
    const char *copy = xpay_arena_copy(&b->root->arena, text, strlen(text));
    if (copy == NULL)
        fails(b, XPAY_ERROR_MEMORY, NULL, "out of memory");
    return copy;
}

static void add(book *b, int64_t *sum, int64_t amount)
{
    if (__builtin_add_overflow(*sum, amount, sum))
        fails(b, XPAY_ERROR_OVERFLOW, NULL, "a sum of the ledger does not fit in 64 bits");
}

/* Minus an amount; the difference to -amount is that no int64_t overflows it unseen. */
static int64_t minus(book *b, int64_t amount)
{
    int64_t result = 0;
    if (__builtin_sub_overflow((int64_t)0, amount, &result))
        fails(b, XPAY_ERROR_OVERFLOW, NULL, "an amount of the ledger does not fit in 64 bits");
    return result;
}

/* The totals of a currency, new when this is its first amount. NULL when memory ran out. */
static xpay_ledger_totals *totals_of(book *b, xpay_currency currency)
{
    for (size_t i = 0; i < b->ledger->totals_count; i++)
        if (b->totals[i]->currency == currency)
            return b->totals[i];
    xpay_ledger_totals *totals = new_object(b, &xpay_type_ledger_totals);
    if (totals == NULL)
        return NULL;
    totals->currency = currency;
    b->totals[b->ledger->totals_count++] = totals;
    return totals;
}

/* What the ledger needs of an object is missing, or not known to this version. */
static bool lacks(book *b, const char *id, const char *field)
{
    if (b->status == XPAY_OK)
        b->status = xpay_fail(b->error, XPAY_ERROR_DECODE, field, "%s has no %s that can be used",
                              id == NULL ? "an object without id" : id, field);
    return false;
}

/* Whether the answer had what is needed of an object: an amount that is missing must not pass for 0. */
static bool has_all(book *b, const char *id, const xpay_object *object, const char *const *fields,
                    size_t count, xpay_currency currency)
{
    const char *value;
    size_t length;
    for (size_t i = 0; i < count; i++)
        if (xpay_object_get(object, fields[i], &value, &length) != XPAY_OK)
            return lacks(b, id, fields[i] + 1);
    if (currency == XPAY_CURRENCY_UNKNOWN)
        return lacks(b, id, "currency");
    return true;
}

static void add_to_batch(book *b, const xpay_payout_batch *payout, const xpay_ledger_row *row)
{
    xpay_ledger_batch *batch = NULL;
    for (size_t i = 0; i < b->ledger->batches_count && batch == NULL; i++)
        if (b->batches[i]->currency == row->currency && strcmp(b->batches[i]->id, payout->id) == 0)
            batch = b->batches[i];
    if (batch == NULL) {
        batch = new_object(b, &xpay_type_ledger_batch);
        if (batch == NULL)
            return;
        batch->id = row->payout_batch;
        batch->status = payout->status;
        batch->arrival_date = keep_text(b, payout->arrival_date);
        batch->currency = row->currency;
        b->batches[b->ledger->batches_count++] = batch;
    }
    add(b, &batch->net, row->net);
}

static xpay_ledger_row *new_row(book *b, const char *source, xpay_currency currency)
{
    xpay_ledger_row *row = new_object(b, &xpay_type_ledger_row);
    if (row == NULL)
        return NULL;
    row->source = keep_text(b, source);
    row->currency = currency;
    b->rows[b->ledger->rows_count++] = row;
    return row;
}

/* A row that XPay booked. */
static void add_booked(book *b, const char *source, const xpay_balance_transaction *booked,
                       bool is_refund)
{
    static const char *const needed[] = {"/amount", "/fee", "/net"};
    if (!has_all(b, booked->id, &booked->base, needed, XPAY_LENGTH(needed), booked->currency))
        return;
    xpay_ledger_row *row = new_row(b, source, booked->currency);
    xpay_ledger_totals *totals = totals_of(b, booked->currency);
    if (row == NULL || totals == NULL)
        return;
    row->transaction = keep_text(b, booked->id);
    row->amount = booked->amount;
    row->fee = booked->fee;
    row->net = booked->net;
    row->status = booked->status;
    row->counted = true;
    if (is_refund)
        add(b, &totals->refunded, minus(b, row->amount));
    else
        add(b, &totals->gross, row->amount);
    add(b, &totals->fees, row->fee);
    add(b, &totals->net, row->net);
    add(b,
        row->status == XPAY_BALANCE_TRANSACTION_STATUS_AVAILABLE ? &totals->available
                                                                 : &totals->pending,
        row->net);
    if (booked->payout_batch != NULL && booked->payout_batch->id != NULL) {
        row->payout_batch = keep_text(b, booked->payout_batch->id);
        add_to_batch(b, booked->payout_batch, row);
    }
}

static void add_charge(book *b, const xpay_charge *charge)
{
    static const char *const needed[] = {"/amountCaptured"};
    if (charge->balance_transaction != NULL) {
        add_booked(b, charge->id, charge->balance_transaction, false);
        return;
    }
    if (!charge->captured && charge->amount_captured == 0)
        return;
    if (!has_all(b, charge->id, &charge->base, needed, 1, charge->currency))
        return;
    xpay_ledger_totals *totals = totals_of(b, charge->currency);
    if (totals != NULL)
        add(b, &totals->unbooked, charge->amount_captured);
}

static bool came_to_nothing(const xpay_refund *refund)
{
    return refund->status == XPAY_REFUND_STATUS_FAILED ||
           refund->status == XPAY_REFUND_STATUS_CANCELED ||
           refund->failure_balance_transaction_id != NULL;
}

static void add_refund(book *b, const xpay_refund *refund)
{
    static const char *const needed[] = {"/amount"};
    if (refund->balance_transaction != NULL && !came_to_nothing(refund)) {
        add_booked(b, refund->id, refund->balance_transaction, true);
        return;
    }
    if (!has_all(b, refund->id, &refund->base, needed, 1, refund->currency))
        return;
    xpay_ledger_row *row = new_row(b, refund->id, refund->currency);
    xpay_ledger_totals *totals = totals_of(b, refund->currency);
    if (row == NULL || totals == NULL)
        return;
    row->transaction = keep_text(b, refund->balance_transaction_id);
    if (row->transaction == NULL && refund->balance_transaction != NULL)
        row->transaction = keep_text(b, refund->balance_transaction->id);
    row->amount = minus(b, refund->amount);
    row->derived = true;
    if (came_to_nothing(refund))
        return;
    row->net = row->amount;
    row->counted = refund->status == XPAY_REFUND_STATUS_SUCCEEDED;
    if (!row->counted) {
        add(b, &totals->refunds_pending, refund->amount);
        return;
    }
    add(b, &totals->refunded, refund->amount);
    add(b, &totals->net, row->net);
    add(b, &totals->available, row->net); /* refunds are taken from the available balance at once */
}

/* Whether XPay's net figures are what the others say. */
static void compare(book *b)
{
    for (size_t i = 0; i < b->ledger->totals_count; i++) {
        xpay_ledger_totals *totals = b->totals[i];
        int64_t net = totals->gross;
        add(b, &net, minus(b, totals->refunded));
        add(b, &net, minus(b, totals->fees));
        totals->adds_up = net == totals->net;
    }
}

/* The charges of an intent; where XPay sent only the latest, that one. */
static size_t charges_of(const xpay_payment_intent *intent, const xpay_charge *const **charges)
{
    if (intent->charges_count == 0 && intent->latest_charge != NULL) {
        *charges = &intent->latest_charge;
        return 1;
    }
    *charges = intent->charges;
    return intent->charges_count;
}

/* Whether the same charge stands in the list before. */
static bool is_listed_before(const xpay_charge *const *charges, size_t index)
{
    const char *id = charges[index]->id;
    for (size_t i = 0; i < index && id != NULL; i++)
        if (charges[i]->id != NULL && strcmp(charges[i]->id, id) == 0)
            return true;
    return false;
}

static void *new_list(book *b, size_t count)
{
    void *list = xpay_arena_zeroed(&b->root->arena, (count + 1) * sizeof(void *));
    if (list == NULL)
        fails(b, XPAY_ERROR_MEMORY, NULL, "out of memory");
    return list;
}

static void fill(book *b, const xpay_payment_intent *intent)
{
    const xpay_charge *const *charges;
    size_t charge_count = charges_of(intent, &charges);
    size_t refund_count = xpay_payment_intent_refunds(intent, NULL, 0);
    const xpay_refund **refunds = calloc(refund_count + 1, sizeof *refunds);
    size_t most = charge_count + refund_count;
    b->rows = new_list(b, most);
    b->totals = new_list(b, most);
    b->batches = new_list(b, most);
    if (refunds == NULL)
        fails(b, XPAY_ERROR_MEMORY, NULL, "out of memory");
    if (b->status == XPAY_OK)
        xpay_payment_intent_refunds(intent, refunds, refund_count);

    for (size_t i = 0; i < charge_count && b->status == XPAY_OK; i++)
        if (!is_listed_before(charges, i))
            add_charge(b, charges[i]);
    for (size_t i = 0; i < refund_count && b->status == XPAY_OK; i++)
        add_refund(b, refunds[i]);
    compare(b);
    free(refunds);
    b->ledger->rows = (const xpay_ledger_row *const *)b->rows;
    b->ledger->totals = (const xpay_ledger_totals *const *)b->totals;
    b->ledger->batches = (const xpay_ledger_batch *const *)b->batches;
}

xpay_status xpay_checkout_session_ledger(const xpay_checkout_session *session, xpay_ledger **ledger,
                                         xpay_error *error)
{
    xpay_error_clear(error);
    if (ledger != NULL)
        *ledger = NULL;
    if (session == NULL || ledger == NULL)
        return xpay_fail(error, XPAY_ERROR_ARGUMENT, session == NULL ? "session" : "ledger",
                         "must not be NULL");

    book b = {.root = xpay_root_new("{}", 2, NULL), .error = error};
    if (b.root == NULL)
        return xpay_fail(error, XPAY_ERROR_MEMORY, NULL, "out of memory");
    b.ledger = new_object(&b, &xpay_type_ledger);
    if (b.ledger != NULL && session->payment_intent != NULL)
        fill(&b, session->payment_intent);
    if (b.status != XPAY_OK) {
        xpay_root_free(b.root);
        return b.status;
    }
    b.root->top = &b.ledger->base;
    *ledger = b.ledger;
    return XPAY_OK;
}
