/* News in any order: every sequence of the same events, each at least once, ends where XPay's objects did. */
#include <stdio.h>
#include <string.h>

#include <xpay/ordering.h>

#include "suites.h"

#define OPEN     XPAY_ORDER_OPEN
#define AWAITING XPAY_ORDER_AWAITING
#define EXPIRED  XPAY_ORDER_EXPIRED
#define FAILED   XPAY_ORDER_FAILED
#define PAID     XPAY_ORDER_PAID

/* Sessions as XPay shows them; a_ is the order's first session, b_ the one that replaced it. */
static const xpay_payment_intent failed_intent = {
    .id = "pi_1", .status = XPAY_PAYMENT_INTENT_STATUS_FAILED, .checkout_session_id = "cs_a"};
static const xpay_payment_intent succeeded_intent = {
    .id = "pi_1", .status = XPAY_PAYMENT_INTENT_STATUS_SUCCEEDED, .checkout_session_id = "cs_a"};
#define SESSION(cs, s, p) \
    .id = cs, .status = XPAY_CHECKOUT_SESSION_STATUS_##s, .payment_status = XPAY_PAYMENT_STATUS_##p
static const xpay_checkout_session
    a_open = {SESSION("cs_a", OPEN, UNPAID)},
    b_open = {SESSION("cs_b", OPEN, UNPAID)}, a_paid = {SESSION("cs_a", COMPLETE, PAID)},
    b_paid = {SESSION("cs_b", COMPLETE, PAID)}, a_awaiting = {SESSION("cs_a", COMPLETE, UNPAID)},
    a_failed = {SESSION("cs_a", COMPLETE, UNPAID), .payment_intent = &failed_intent},
    a_late = {SESSION("cs_a", COMPLETE, UNPAID), .payment_intent = &succeeded_intent},
    a_expired = {SESSION("cs_a", EXPIRED, UNPAID)}, b_expired = {SESSION("cs_b", EXPIRED, UNPAID)},
    a_expired_late = {SESSION("cs_a", EXPIRED, UNPAID), .payment_intent = &succeeded_intent},
    a_unclear = {SESSION("cs_a", COMPLETE, UNKNOWN)},
    a_free = {SESSION("cs_a", COMPLETE, NO_PAYMENT_REQUIRED), .has_amount_total = true},
    a_free_with_total = {SESSION("cs_a", COMPLETE, NO_PAYMENT_REQUIRED), .has_amount_total = true,
                         .amount_total = 5};

/* Refunds of the order's payment. */
#define REFUND(name, number, s)       \
    static const xpay_refund name = { \
        .id = number, .status = XPAY_REFUND_STATUS_##s, .payment_intent_id = "pi_1"}
REFUND(r1_pending, "re_1", PENDING);
REFUND(r1_requires_action, "re_1", REQUIRES_ACTION);
REFUND(r1_succeeded, "re_1", SUCCEEDED);
REFUND(r1_failed, "re_1", FAILED);
REFUND(r1_canceled, "re_1", CANCELED);
REFUND(r1_unknown, "re_1", UNKNOWN);
REFUND(r2_pending, "re_2", PENDING);
REFUND(r2_failed, "re_2", FAILED);
REFUND(r2_succeeded, "re_2", SUCCEEDED);

static const xpay_refund *const just_r1[] = {&r1_succeeded},
                                *const r2_and_r1[] = {&r2_pending, &r1_succeeded},
                                *const second_try[] = {&r2_succeeded, &r1_failed};
static const xpay_charge refunded = {.id = "ch_1",
                                     .payment_intent_id = "pi_1",
                                     .refunds = just_r1,
                                     .refunds_count = 1},
                         refunded_in_part = {.id = "ch_1",
                                             .payment_intent_id = "pi_1",
                                             .refunds = r2_and_r1,
                                             .refunds_count = 2},
                         refunded_again = {.id = "ch_1",
                                           .payment_intent_id = "pi_1",
                                           .refunds = second_try,
                                           .refunds_count = 2};
static const xpay_charge declined_charge = {.id = "ch_0", .payment_intent_id = "pi_1"};
static const xpay_payment_intent declined_intent = {.id = "pi_1", .checkout_session_id = "cs_a"},
                                 declined_elsewhere = {.id = "pi_2"},
                                 declined_in_session = {.id = "pi_1", .checkout_session = &a_open};
static const xpay_refund r1_of_unknown_payment = {.id = "re_1",
                                                  .status = XPAY_REFUND_STATUS_PENDING};

#define EVENT(name, k, member, object) \
    static const xpay_event name = {   \
        .id = #name, .type = "x", .kind = XPAY_EVENT_##k, .member = object}
EVENT(declined, PAYMENT_INTENT_PAYMENT_FAILED, payment_intent, &declined_intent);
EVENT(declined_other, PAYMENT_INTENT_PAYMENT_FAILED, payment_intent, &declined_elsewhere);
EVENT(declined_nested, PAYMENT_INTENT_PAYMENT_FAILED, payment_intent, &declined_in_session);
EVENT(charge_failed, CHARGE_FAILED, charge, &declined_charge);
EVENT(completed_paid, CHECKOUT_SESSION_COMPLETED, checkout_session, &a_paid);
EVENT(completed_paid_b, CHECKOUT_SESSION_COMPLETED, checkout_session, &b_paid);
EVENT(completed_unpaid, CHECKOUT_SESSION_COMPLETED, checkout_session, &a_awaiting);
EVENT(completed_free, CHECKOUT_SESSION_COMPLETED, checkout_session, &a_free);
EVENT(completed_unclear, CHECKOUT_SESSION_COMPLETED, checkout_session, &a_unclear);
EVENT(completed_open, CHECKOUT_SESSION_COMPLETED, checkout_session, &a_open);
EVENT(completed_failed, CHECKOUT_SESSION_COMPLETED, checkout_session, &a_failed);
EVENT(completed_with_total, CHECKOUT_SESSION_COMPLETED, checkout_session, &a_free_with_total);
EVENT(completed_late, CHECKOUT_SESSION_COMPLETED, checkout_session, &a_late);
EVENT(completed_without, CHECKOUT_SESSION_COMPLETED, checkout_session, NULL);
EVENT(succeeded, CHECKOUT_SESSION_ASYNC_PAYMENT_SUCCEEDED, checkout_session, &a_paid);
EVENT(succeeded_unpaid, CHECKOUT_SESSION_ASYNC_PAYMENT_SUCCEEDED, checkout_session, &a_awaiting);
EVENT(failed, CHECKOUT_SESSION_ASYNC_PAYMENT_FAILED, checkout_session, &a_failed);
EVENT(failed_bare, CHECKOUT_SESSION_ASYNC_PAYMENT_FAILED, checkout_session, &a_awaiting);
EVENT(failed_late, CHECKOUT_SESSION_ASYNC_PAYMENT_FAILED, checkout_session, &a_late);
EVENT(failed_paid, CHECKOUT_SESSION_ASYNC_PAYMENT_FAILED, checkout_session, &a_paid);
EVENT(expired, CHECKOUT_SESSION_EXPIRED, checkout_session, &a_expired);
EVENT(expired_late, CHECKOUT_SESSION_EXPIRED, checkout_session, &a_expired_late);
EVENT(expired_b, CHECKOUT_SESSION_EXPIRED, checkout_session, &b_expired);
EVENT(expired_paid, CHECKOUT_SESSION_EXPIRED, checkout_session, &a_paid);
EVENT(r1_created, REFUND_CREATED, refund, &r1_pending);
EVENT(r1_created_done, REFUND_CREATED, refund, &r1_succeeded);
EVENT(r1_created_alone, REFUND_CREATED, refund, &r1_of_unknown_payment);
EVENT(r2_created, REFUND_CREATED, refund, &r2_pending);
EVENT(r1_fails, REFUND_FAILED, refund, &r1_failed);
EVENT(r2_fails, REFUND_FAILED, refund, &r2_failed);
EVENT(charge_refunded, CHARGE_REFUNDED, charge, &refunded);
EVENT(charge_refunded_in_part, CHARGE_REFUNDED, charge, &refunded_in_part);
EVENT(charge_refunded_again, CHARGE_REFUNDED, charge, &refunded_again);
EVENT(something_new, UNKNOWN, checkout_session, &a_paid);
EVENT(something_new_open, UNKNOWN, checkout_session, &a_open);
EVENT(something_new_awaiting, UNKNOWN, checkout_session, &a_awaiting);
EVENT(something_new_failed, UNKNOWN, checkout_session, &a_failed);
EVENT(something_new_expired, UNKNOWN, checkout_session, &a_expired);
EVENT(something_new_unclear, UNKNOWN, checkout_session, &a_unclear);
EVENT(something_new_of_a_payment, UNKNOWN, payment_intent, &declined_intent);
EVENT(something_new_without, UNKNOWN, checkout_session, NULL);

/*
 * What really happened, in this order: each step is an event and how the order's session and the refunds are from then
 * on. `ends` is where each sequence of deliveries must end.
 */
enum { MAX_STEPS = 5 };

typedef struct step {
    const xpay_event *event;
    const xpay_checkout_session *session;
    const xpay_refund *refund_1, *refund_2;
} step;

/* Whether reading may be needed, and is it any good when something older is read than what was told before. */
enum { NEVER, SOMETIMES, IN_STEP };

static const struct world {
    const char *name, *session; /* the order's now */
    step steps[MAX_STEPS];
    int32_t ends, refund_1, refund_2;
    bool other_session; /* whether someone must be told */
    int reads;
} worlds[] = {
    {"card", "cs_a", {{&completed_paid, &a_paid, NULL, NULL}}, PAID, 0, 0, false, NEVER},
    {"card after two declines",
     "cs_a",
     {{&declined, &a_open, NULL, NULL},
      {&charge_failed, &a_open, NULL, NULL},
      {&completed_paid, &a_paid, NULL, NULL}},
     PAID,
     0,
     0,
     false,
     NEVER},
    {"card, told by a type that is new, too",
     "cs_a",
     {{&something_new_open, &a_open, NULL, NULL},
      {&something_new, &a_paid, NULL, NULL},
      {&completed_paid, &a_paid, NULL, NULL}},
     PAID,
     0,
     0,
     false,
     SOMETIMES},
    {"nothing to pay", "cs_a", {{&completed_free, &a_free, NULL, NULL}}, PAID, 0, 0, false, NEVER},
    {"Fawry, paid",
     "cs_a",
     {{&completed_unpaid, &a_awaiting, NULL, NULL}, {&succeeded, &a_paid, NULL, NULL}},
     PAID,
     0,
     0,
     false,
     NEVER},
    {"Fawry after a decline, paid",
     "cs_a",
     {{&declined, &a_open, NULL, NULL},
      {&completed_unpaid, &a_awaiting, NULL, NULL},
      {&succeeded, &a_paid, NULL, NULL}},
     PAID,
     0,
     0,
     false,
     NEVER},
    {"Fawry, not paid",
     "cs_a",
     {{&completed_unpaid, &a_awaiting, NULL, NULL}, {&failed, &a_failed, NULL, NULL}},
     FAILED,
     0,
     0,
     false,
     NEVER},
    {"Fawry, not paid, nobody says why",
     "cs_a",
     {{&completed_unpaid, &a_awaiting, NULL, NULL},
      {&failed_bare, &a_awaiting, NULL, NULL},
      {&declined, &a_awaiting, NULL, NULL}},
     FAILED,
     0,
     0,
     false,
     NEVER},
    {"Fawry, paid after all",
     "cs_a",
     {{&completed_unpaid, &a_awaiting, NULL, NULL},
      {&failed, &a_failed, NULL, NULL},
      {&succeeded, &a_paid, NULL, NULL}},
     PAID,
     0,
     0,
     false,
     NEVER},
    {"given up",
     "cs_a",
     {{&declined, &a_open, NULL, NULL}, {&expired, &a_expired, NULL, NULL}},
     EXPIRED,
     0,
     0,
     false,
     NEVER},
    {"second session paid",
     "cs_b",
     {{&declined, &b_open, NULL, NULL},
      {&expired, &b_open, NULL, NULL},
      {&completed_paid_b, &b_paid, NULL, NULL}},
     PAID,
     0,
     0,
     false,
     NEVER},
    {"both sessions paid",
     "cs_b",
     {{&completed_paid, &b_open, NULL, NULL}, {&completed_paid_b, &b_paid, NULL, NULL}},
     PAID,
     0,
     0,
     true,
     NEVER},
    {"superseded session paid",
     "cs_b",
     {{&completed_paid, &b_open, NULL, NULL}, {&expired_b, &b_expired, NULL, NULL}},
     EXPIRED,
     0,
     0,
     true,
     NEVER},
    {"superseded reference paid",
     "cs_b",
     {{&completed_unpaid, &b_open, NULL, NULL},
      {&succeeded, &b_open, NULL, NULL},
      {&expired_b, &b_expired, NULL, NULL}},
     EXPIRED,
     0,
     0,
     true,
     NEVER},
    {"refunded",
     "cs_a",
     {{&completed_paid, &a_paid, NULL, NULL},
      {&r1_created, &a_paid, &r1_pending, NULL},
      {&charge_refunded, &a_paid, &r1_succeeded, NULL}},
     PAID,
     XPAY_REFUND_STATUS_SUCCEEDED,
     0,
     false,
     SOMETIMES},
    {"refund failed",
     "cs_a",
     {{&completed_paid, &a_paid, NULL, NULL},
      {&r1_created, &a_paid, &r1_pending, NULL},
      {&r1_fails, &a_paid, &r1_failed, NULL}},
     PAID,
     XPAY_REFUND_STATUS_FAILED,
     0,
     false,
     SOMETIMES},
    {"one refund succeeded, one failed",
     "cs_a",
     {{&completed_paid, &a_paid, NULL, NULL},
      {&r1_created, &a_paid, &r1_pending, NULL},
      {&r2_created, &a_paid, &r1_pending, &r2_pending},
      {&charge_refunded_in_part, &a_paid, &r1_succeeded, &r2_pending},
      {&r2_fails, &a_paid, &r1_succeeded, &r2_failed}},
     PAID,
     XPAY_REFUND_STATUS_SUCCEEDED,
     XPAY_REFUND_STATUS_FAILED,
     false,
     SOMETIMES},
    {"refund sent back by the bank",
     "cs_a",
     {{&completed_paid, &a_paid, NULL, NULL},
      {&r1_created, &a_paid, &r1_pending, NULL},
      {&charge_refunded, &a_paid, &r1_succeeded, NULL},
      {&r1_fails, &a_paid, &r1_failed, NULL}},
     PAID,
     XPAY_REFUND_STATUS_FAILED,
     0,
     false,
     SOMETIMES},
    {"refunded again after the bank sent the first back",
     "cs_a",
     {{&completed_paid, &a_paid, NULL, NULL},
      {&charge_refunded, &a_paid, &r1_succeeded, NULL},
      {&r1_fails, &a_paid, &r1_failed, NULL},
      {&r2_created, &a_paid, &r1_failed, &r2_pending},
      {&charge_refunded_again, &a_paid, &r1_failed, &r2_succeeded}},
     PAID,
     XPAY_REFUND_STATUS_FAILED,
     XPAY_REFUND_STATUS_SUCCEEDED,
     false,
     SOMETIMES},
    /* What XPay's pages rule out, and yet. */
    {"complete, then expired",
     "cs_a",
     {{&completed_unpaid, &a_awaiting, NULL, NULL}, {&expired, &a_expired, NULL, NULL}},
     EXPIRED,
     0,
     0,
     false,
     IN_STEP},
    {"expired, then complete",
     "cs_a",
     {{&expired, &a_expired, NULL, NULL}, {&completed_unpaid, &a_awaiting, NULL, NULL}},
     AWAITING,
     0,
     0,
     false,
     IN_STEP},
    {"expired, then paid",
     "cs_a",
     {{&expired, &a_expired, NULL, NULL}, {&completed_paid, &a_paid, NULL, NULL}},
     PAID,
     0,
     0,
     false,
     NEVER},
};

/* The shop: what it stores. */
typedef struct shop {
    int32_t order, refund_1, refund_2;
    bool other_session;
    int reads;
    bool
        strange; /* an answer that contradicts itself; asserting each would take most of the time */
} shop;

static void advance_refund(int32_t *status, const char *id, const xpay_event *event,
                           const xpay_refund *truth, shop *s)
{
    int32_t next = -7, action = xpay_refund_advance(*status, id, event, &next);
    if (action == XPAY_ADVANCE_READ && ++s->reads > 0 && truth != NULL)
        action = xpay_refund_advance_read(*status, truth, &next);
    s->strange = s->strange || (next != *status) != (action == XPAY_ADVANCE_APPLY);
    *status = next;
}

/* One delivery, as a shop handles it; `truth` is what it gets when it reads. */
static void deliver(const struct world *w, const xpay_event *event, const step *truth, shop *s)
{
    const xpay_order_ids ids = {.checkout_session = w->session, .payment_intent = "pi_1"};
    int32_t next = -7, before = s->order;
    int32_t action = xpay_order_advance(s->order, &ids, event, &next);
    if (action == XPAY_ADVANCE_READ && ++s->reads > 0)
        action = xpay_order_advance_read(s->order, &ids, truth->session, &next);
    s->strange = s->strange || (next != before) != (action == XPAY_ADVANCE_APPLY) ||
                 action == XPAY_ADVANCE_READ || (before == PAID && next != PAID);
    s->order = next;
    s->other_session = s->other_session || action == XPAY_ADVANCE_OTHER_SESSION;
    advance_refund(&s->refund_1, "re_1", event, truth->refund_1, s);
    advance_refund(&s->refund_2, "re_2", event, truth->refund_2, s);
}

static void read_refund(int32_t *status, const xpay_refund *read, shop *s)
{
    int32_t next = -7;
    if (read == NULL)
        return;
    int32_t action = xpay_refund_advance_read(*status, read, &next);
    s->strange = s->strange || (next != *status) != (action == XPAY_ADVANCE_APPLY);
    *status = next;
}

/* Another worker of the shop ends what it began some time ago, when this was true, and stores what it read. */
static void end_old_reading(const struct world *w, const step *read, shop *s)
{
    const xpay_order_ids ids = {.checkout_session = w->session, .payment_intent = "pi_1"};
    int32_t next = -7, action = xpay_order_advance_read(s->order, &ids, read->session, &next);
    s->strange = s->strange || (next != s->order) != (action == XPAY_ADVANCE_APPLY) ||
                 action == XPAY_ADVANCE_READ || next < s->order;
    s->order = next;
    read_refund(&s->refund_1, read->refund_1, s);
    read_refund(&s->refund_2, read->refund_2, s);
}

/* The number's digits to the base `count` are the sequence; false when one of the events is not in it. */
static bool read_sequence(size_t number, size_t count, size_t length, size_t *sequence)
{
    unsigned seen = 0;
    for (size_t i = 0; i < length; i++, number /= count) {
        sequence[i] = number % count;
        seen |= 1U << sequence[i];
    }
    return seen == (1U << count) - 1;
}

enum { MAX_LENGTH = 7 };

/* What a reader sees: what is true since the newest event so far, what is true at last, or what was true long ago. */
enum { SEES_NOW, SEES_ALL, SEES_OLD };

/* Old readings, of what was true before anything happened (0) or from a step on, come in after each delivery, too. */
static void check_sequence(const struct world *w, size_t count, size_t number, size_t length,
                           const size_t *sequence)
{
    const step before = {.session = strcmp(w->session, "cs_a") == 0 ? &a_open : &b_open};
    for (int sees = SEES_NOW; sees <= (w->reads == IN_STEP ? SEES_ALL : SEES_OLD); sees++)
        for (size_t old = 0; old <= (w->reads == IN_STEP ? 0 : count); old++) {
            const step *was = old == 0 ? &before : &w->steps[old - 1];
            shop s = {.order = OPEN};
            size_t newest = 0;
            for (size_t i = 0; i < length; i++) {
                newest = sequence[i] > newest ? sequence[i] : newest;
                size_t now = sees == SEES_NOW ? newest : count - 1;
                deliver(w, w->steps[sequence[i]].event, sees == SEES_OLD ? was : &w->steps[now],
                        &s);
                if (old <= now + 1)
                    end_old_reading(w, was, &s);
            }
            if (s.order != w->ends || s.refund_1 != w->refund_1 || s.refund_2 != w->refund_2 ||
                s.other_session != w->other_session || s.strange)
                ck_abort_msg("%s: sequence %zu of length %zu, old readings of %zu, ends in %d, "
                             "refunds %d and %d%s",
                             w->name, number, length, old, s.order, s.refund_1, s.refund_2,
                             s.strange ? ", with a strange answer" : "");
            if (s.reads > 0 && w->reads == NEVER)
                ck_abort_msg("%s: reads without need", w->name);
        }
}

START_TEST(test_every_sequence_ends_in_the_same_state)
{
    const struct world *w = &worlds[_i];
    size_t count = 0, sequences = 0, sequence[MAX_LENGTH];
    while (count < MAX_STEPS && w->steps[count].event != NULL)
        count++;
    /* Five events make very many sequences; there, two deliveries of one must do. */
    for (size_t length = count; length <= (count < 5 ? MAX_LENGTH : 6); length++) {
        size_t numbers = 1;
        for (size_t i = 0; i < length; i++)
            numbers *= count;
        for (size_t number = 0; number < numbers; number++) {
            if (!read_sequence(number, count, length, sequence))
                continue;
            sequences++;
            check_sequence(w, count, number, length, sequence);
        }
    }
    ck_assert_uint_ge(sequences, count == 1 ? 7 : 126);
}
END_TEST

/* Single decisions: what is stored, what comes, what to do. */
static const struct decision_case {
    int32_t state;
    const char *session, *payment_intent;
    const xpay_event *event;
    int32_t action, next;
} decision_cases[] = {
    /* Events that contradict themselves are read, never believed. */
    {OPEN, "cs_a", NULL, &completed_unclear, XPAY_ADVANCE_READ, OPEN},
    {OPEN, "cs_a", NULL, &completed_open, XPAY_ADVANCE_READ, OPEN},
    {OPEN, "cs_a", NULL, &completed_failed, XPAY_ADVANCE_READ, OPEN},
    {OPEN, "cs_a", NULL, &completed_with_total, XPAY_ADVANCE_READ, OPEN},
    {OPEN, "cs_a", NULL, &completed_without, XPAY_ADVANCE_READ, OPEN},
    {OPEN, "cs_a", NULL, &completed_late, XPAY_ADVANCE_READ, OPEN},
    {AWAITING, "cs_a", NULL, &failed_late, XPAY_ADVANCE_READ, AWAITING},
    {AWAITING, "cs_a", NULL, &succeeded_unpaid, XPAY_ADVANCE_READ, AWAITING},
    {AWAITING, "cs_a", NULL, &failed_paid, XPAY_ADVANCE_READ, AWAITING},
    {OPEN, "cs_a", NULL, &expired_paid, XPAY_ADVANCE_READ, OPEN},
    {OPEN, "cs_a", NULL, &expired_late, XPAY_ADVANCE_READ, OPEN},
    /* Nothing takes a payment back. */
    {PAID, "cs_a", NULL, &completed_unclear, XPAY_ADVANCE_IGNORE, PAID},
    {PAID, "cs_a", NULL, &expired, XPAY_ADVANCE_IGNORE, PAID},
    {PAID, "cs_a", NULL, &failed, XPAY_ADVANCE_IGNORE, PAID},
    {PAID, "cs_a", "pi_1", &declined, XPAY_ADVANCE_IGNORE, PAID},
    {PAID, "cs_a", "pi_1", &charge_refunded, XPAY_ADVANCE_IGNORE, PAID},
    /* What the session's own ways rule out. */
    {AWAITING, "cs_a", NULL, &expired, XPAY_ADVANCE_READ, AWAITING},
    {FAILED, "cs_a", NULL, &expired, XPAY_ADVANCE_READ, FAILED},
    {EXPIRED, "cs_a", NULL, &completed_unpaid, XPAY_ADVANCE_READ, EXPIRED},
    {EXPIRED, "cs_a", NULL, &failed, XPAY_ADVANCE_READ, EXPIRED},
    {EXPIRED, "cs_a", NULL, &completed_paid, XPAY_ADVANCE_APPLY, PAID},
    {FAILED, "cs_a", NULL, &succeeded, XPAY_ADVANCE_APPLY, PAID},
    {FAILED, "cs_a", NULL, &completed_unpaid, XPAY_ADVANCE_IGNORE, FAILED},
    /* Another session than the order's. */
    {OPEN, "cs_b", NULL, &completed_paid, XPAY_ADVANCE_OTHER_SESSION, OPEN},
    {PAID, "cs_b", NULL, &completed_paid, XPAY_ADVANCE_OTHER_SESSION, PAID},
    {OPEN, "cs_b", NULL, &completed_free, XPAY_ADVANCE_IGNORE, OPEN},
    {OPEN, "cs_b", NULL, &completed_unpaid, XPAY_ADVANCE_IGNORE, OPEN},
    {OPEN, "cs_b", NULL, &expired, XPAY_ADVANCE_IGNORE, OPEN},
    {OPEN, "cs_b", NULL, &expired_paid, XPAY_ADVANCE_OTHER_SESSION, OPEN},
    {OPEN, "cs_b", NULL, &expired_late, XPAY_ADVANCE_READ, OPEN},
    {OPEN, "cs_b", NULL, &succeeded_unpaid, XPAY_ADVANCE_READ, OPEN},
    {OPEN, "cs_b", NULL, &completed_unclear, XPAY_ADVANCE_READ, OPEN},
    {OPEN, "cs_b", NULL, &declined, XPAY_ADVANCE_IGNORE, OPEN},
    {OPEN, NULL, NULL, &completed_paid, XPAY_ADVANCE_READ, OPEN},
    {OPEN, NULL, NULL, &expired, XPAY_ADVANCE_READ, OPEN},
    /* Declines and refunds before, or of another payment. */
    {OPEN, "cs_a", NULL, &declined, XPAY_ADVANCE_DECLINED, OPEN},
    {AWAITING, "cs_a", NULL, &charge_failed, XPAY_ADVANCE_DECLINED, AWAITING},
    {OPEN, "cs_a", NULL, &declined_nested, XPAY_ADVANCE_DECLINED, OPEN},
    {OPEN, "cs_b", NULL, &declined_nested, XPAY_ADVANCE_IGNORE, OPEN},
    {EXPIRED, "cs_a", NULL, &declined, XPAY_ADVANCE_IGNORE, EXPIRED},
    {FAILED, "cs_a", NULL, &declined, XPAY_ADVANCE_IGNORE, FAILED},
    {OPEN, "cs_a", "pi_1", &declined_other, XPAY_ADVANCE_IGNORE, OPEN},
    {OPEN, "cs_a", "pi_2", &declined_other, XPAY_ADVANCE_DECLINED, OPEN},
    {OPEN, "cs_a", "pi_2", &charge_failed, XPAY_ADVANCE_IGNORE, OPEN},
    {OPEN, "cs_a", "pi_1", &charge_refunded, XPAY_ADVANCE_READ, OPEN},
    {OPEN, "cs_a", NULL, &r1_created, XPAY_ADVANCE_READ, OPEN},
    {EXPIRED, "cs_a", "pi_1", &r1_fails, XPAY_ADVANCE_READ, EXPIRED},
    {OPEN, "cs_a", "pi_2", &r1_created, XPAY_ADVANCE_IGNORE, OPEN},
    {OPEN, "cs_a", "pi_1", &r1_created_alone, XPAY_ADVANCE_READ, OPEN},
    /* An unknown type is no reason to act, but its session may be one to ask. */
    {OPEN, "cs_a", NULL, &something_new, XPAY_ADVANCE_READ, OPEN},
    {EXPIRED, "cs_a", NULL, &something_new, XPAY_ADVANCE_READ, EXPIRED},
    {FAILED, "cs_a", NULL, &something_new, XPAY_ADVANCE_READ, FAILED},
    {PAID, "cs_a", NULL, &something_new, XPAY_ADVANCE_IGNORE, PAID},
    {OPEN, "cs_b", NULL, &something_new, XPAY_ADVANCE_IGNORE, OPEN},
    {OPEN, NULL, NULL, &something_new, XPAY_ADVANCE_IGNORE, OPEN},
    {OPEN, "cs_a", NULL, &something_new_open, XPAY_ADVANCE_IGNORE, OPEN},
    {AWAITING, "cs_a", NULL, &something_new_open, XPAY_ADVANCE_IGNORE, AWAITING},
    {OPEN, "cs_a", NULL, &something_new_awaiting, XPAY_ADVANCE_READ, OPEN},
    {AWAITING, "cs_a", NULL, &something_new_awaiting, XPAY_ADVANCE_IGNORE, AWAITING},
    {AWAITING, "cs_a", NULL, &something_new_failed, XPAY_ADVANCE_READ, AWAITING},
    {FAILED, "cs_a", NULL, &something_new_failed, XPAY_ADVANCE_IGNORE, FAILED},
    {OPEN, "cs_a", NULL, &something_new_expired, XPAY_ADVANCE_READ, OPEN},
    {OPEN, "cs_a", NULL, &something_new_unclear, XPAY_ADVANCE_READ, OPEN},
    {PAID, "cs_a", NULL, &something_new_unclear, XPAY_ADVANCE_IGNORE, PAID},
    {OPEN, "cs_a", "pi_1", &something_new_of_a_payment, XPAY_ADVANCE_IGNORE, OPEN},
    {OPEN, "cs_a", NULL, &something_new_without, XPAY_ADVANCE_IGNORE, OPEN},
};

START_TEST(test_news_are_applied_ignored_or_read)
{
    const struct decision_case *c = &decision_cases[_i];
    const xpay_order_ids ids = {c->session, c->payment_intent, NULL};
    int32_t next = -7;
    ck_assert_int_eq(xpay_order_advance(c->state, &ids, c->event, &next), c->action);
    ck_assert_int_eq(next, c->next);
}
END_TEST

static const struct reading_case {
    int32_t state;
    const char *session;
    const xpay_checkout_session *read;
    int32_t action, next;
} reading_cases[] = {
    {OPEN, "cs_a", &a_open, XPAY_ADVANCE_IGNORE, OPEN},
    {OPEN, "cs_a", &a_awaiting, XPAY_ADVANCE_APPLY, AWAITING},
    {OPEN, "cs_a", &a_expired, XPAY_ADVANCE_APPLY, EXPIRED},
    {AWAITING, "cs_a", &a_failed, XPAY_ADVANCE_APPLY, FAILED},
    {AWAITING, "cs_a", &a_paid, XPAY_ADVANCE_APPLY, PAID},
    {OPEN, "cs_a", &a_free, XPAY_ADVANCE_APPLY, PAID},
    {OPEN, "cs_a", &a_unclear, XPAY_ADVANCE_READ, OPEN},
    {AWAITING, "cs_a", &a_late, XPAY_ADVANCE_READ, AWAITING},
    {OPEN, "cs_a", &a_expired_late, XPAY_ADVANCE_READ, OPEN},
    {OPEN, "cs_a", &a_free_with_total, XPAY_ADVANCE_READ, OPEN},
    /* Read before another worker stored what came since. */
    {AWAITING, "cs_a", &a_open, XPAY_ADVANCE_IGNORE, AWAITING},
    {EXPIRED, "cs_a", &a_open, XPAY_ADVANCE_IGNORE, EXPIRED},
    {FAILED, "cs_a", &a_awaiting, XPAY_ADVANCE_IGNORE, FAILED},
    {PAID, "cs_a", &a_awaiting, XPAY_ADVANCE_IGNORE, PAID},
    {PAID, "cs_a", &a_unclear, XPAY_ADVANCE_IGNORE, PAID},
    /* The session itself corrects what events made believe. */
    {EXPIRED, "cs_a", &a_awaiting, XPAY_ADVANCE_APPLY, AWAITING},
    {FAILED, "cs_a", &a_expired, XPAY_ADVANCE_APPLY, EXPIRED},
    {EXPIRED, "cs_a", &a_failed, XPAY_ADVANCE_APPLY, FAILED},
    {EXPIRED, NULL, &a_paid, XPAY_ADVANCE_APPLY, PAID},
    {OPEN, "cs_b", &a_paid, XPAY_ADVANCE_OTHER_SESSION, OPEN},
    {PAID, "cs_b", &a_paid, XPAY_ADVANCE_OTHER_SESSION, PAID},
    {PAID, "cs_b", &a_unclear, XPAY_ADVANCE_READ, PAID},
    {OPEN, "cs_b", &a_free, XPAY_ADVANCE_IGNORE, OPEN},
    {OPEN, "cs_b", &a_expired, XPAY_ADVANCE_IGNORE, OPEN},
};

START_TEST(test_session_that_was_read_settles_it)
{
    const struct reading_case *c = &reading_cases[_i];
    const xpay_order_ids ids = {c->session, NULL, NULL};
    int32_t next = -7;
    ck_assert_int_eq(xpay_order_advance_read(c->state, &ids, c->read, &next), c->action);
    ck_assert_int_eq(next, c->next);
}
END_TEST

#define R_PENDING   XPAY_REFUND_STATUS_PENDING
#define R_ACTION    XPAY_REFUND_STATUS_REQUIRES_ACTION
#define R_SUCCEEDED XPAY_REFUND_STATUS_SUCCEEDED
#define R_FAILED    XPAY_REFUND_STATUS_FAILED
#define R_CANCELED  XPAY_REFUND_STATUS_CANCELED

EVENT(r1_acts, REFUND_CREATED, refund, &r1_requires_action);
EVENT(r1_unclear, REFUND_CREATED, refund, &r1_unknown);
EVENT(r1_fails_pending, REFUND_FAILED, refund, &r1_pending);
EVENT(r1_fails_done, REFUND_FAILED, refund, &r1_succeeded);
EVENT(r1_is_canceled, REFUND_CREATED, refund, &r1_canceled);
EVENT(refund_fails_unread, REFUND_FAILED, refund, NULL);
EVENT(refund_created_unread, REFUND_CREATED, refund, NULL);
EVENT(refunded_unread, CHARGE_REFUNDED, charge, NULL);
EVENT(refunded_without, CHARGE_REFUNDED, charge, &declined_charge);

/* The whole graph in one event, with refunds in the charges, or beside them. */
static const xpay_charge *const two_charges[] = {&declined_charge, &refunded_in_part};
static const xpay_payment_intent charged = {.id = "pi_1",
                                            .charges = two_charges,
                                            .charges_count = 2},
                                 refunded_beside = {
                                     .id = "pi_1", .refunds = r2_and_r1, .refunds_count = 2};
static const xpay_refund *const still_pending[] = {&r1_pending};
static const xpay_charge *const one_charge[] = {&refunded};
static const xpay_payment_intent differing = {.id = "pi_1",
                                              .refunds = still_pending,
                                              .refunds_count = 1,
                                              .charges = one_charge,
                                              .charges_count = 1},
                                 latest_only = {.id = "pi_1", .latest_charge = &refunded};
static const xpay_checkout_session session_charged = {.id = "cs_a", .payment_intent = &charged},
                                   session_refunded = {.id = "cs_a",
                                                       .payment_intent = &refunded_beside};
EVENT(graph, CHECKOUT_SESSION_COMPLETED, checkout_session, &session_charged);
EVENT(graph_beside, CHECKOUT_SESSION_COMPLETED, checkout_session, &session_refunded);
EVENT(payment_differing, PAYMENT_INTENT_PAYMENT_FAILED, payment_intent, &differing);
EVENT(payment_latest, PAYMENT_INTENT_PAYMENT_FAILED, payment_intent, &latest_only);
EVENT(payment, PAYMENT_INTENT_PAYMENT_FAILED, payment_intent, &charged);

static const struct refund_case {
    int32_t status;
    const xpay_event *event;
    int32_t action, next;
} refund_cases[] = {
    {0, &r1_created, XPAY_ADVANCE_APPLY, R_PENDING},
    {0, &r1_created_done, XPAY_ADVANCE_APPLY, R_SUCCEEDED},
    {0, &r1_fails, XPAY_ADVANCE_APPLY, R_FAILED},
    {0, &charge_refunded, XPAY_ADVANCE_APPLY, R_SUCCEEDED},
    {0, &r2_created, XPAY_ADVANCE_IGNORE, 0},
    {0, &completed_paid, XPAY_ADVANCE_IGNORE, 0},
    {0, &r1_unclear, XPAY_ADVANCE_READ, 0},
    {R_PENDING, &r1_created, XPAY_ADVANCE_IGNORE, R_PENDING},
    {R_PENDING, &r1_acts, XPAY_ADVANCE_READ, R_PENDING},
    {R_ACTION, &r1_created, XPAY_ADVANCE_READ, R_ACTION},
    {R_ACTION, &r1_is_canceled, XPAY_ADVANCE_APPLY, R_CANCELED},
    {R_FAILED, &r1_created, XPAY_ADVANCE_IGNORE, R_FAILED},
    {R_FAILED, &r1_fails, XPAY_ADVANCE_IGNORE, R_FAILED},
    /* A bank sends back what succeeded; what failed is over, and a success that is told of later is old. */
    {R_SUCCEEDED, &r1_fails, XPAY_ADVANCE_APPLY, R_FAILED},
    {R_SUCCEEDED, &charge_refunded_again, XPAY_ADVANCE_READ, R_SUCCEEDED},
    {R_SUCCEEDED, &r1_is_canceled, XPAY_ADVANCE_READ, R_SUCCEEDED},
    {R_PENDING, &charge_refunded_again, XPAY_ADVANCE_APPLY, R_FAILED},
    {R_FAILED, &charge_refunded, XPAY_ADVANCE_IGNORE, R_FAILED},
    {R_CANCELED, &charge_refunded, XPAY_ADVANCE_IGNORE, R_CANCELED},
    {R_FAILED, &r1_is_canceled, XPAY_ADVANCE_IGNORE, R_FAILED},
    {R_CANCELED, &r1_fails, XPAY_ADVANCE_IGNORE, R_CANCELED},
    {R_SUCCEEDED, &r1_created, XPAY_ADVANCE_IGNORE, R_SUCCEEDED},
    {R_PENDING, &r1_fails_pending, XPAY_ADVANCE_READ, R_PENDING},
    {R_SUCCEEDED, &r1_fails_done, XPAY_ADVANCE_READ, R_SUCCEEDED},
    /* A refund is told of, but not which. */
    {R_PENDING, &refund_fails_unread, XPAY_ADVANCE_READ, R_PENDING},
    {R_SUCCEEDED, &refund_fails_unread, XPAY_ADVANCE_READ, R_SUCCEEDED},
    {R_PENDING, &refund_created_unread, XPAY_ADVANCE_READ, R_PENDING},
    {R_PENDING, &refunded_unread, XPAY_ADVANCE_READ, R_PENDING},
    {R_PENDING, &refunded_without, XPAY_ADVANCE_READ, R_PENDING},
    {R_PENDING, &r2_fails, XPAY_ADVANCE_IGNORE, R_PENDING},
    {R_PENDING, &charge_failed, XPAY_ADVANCE_IGNORE, R_PENDING},
    {R_PENDING, &graph, XPAY_ADVANCE_APPLY, R_SUCCEEDED},
    {R_FAILED, &graph, XPAY_ADVANCE_IGNORE, R_FAILED},
    {R_PENDING, &graph_beside, XPAY_ADVANCE_APPLY, R_SUCCEEDED},
    {R_PENDING, &payment, XPAY_ADVANCE_APPLY, R_SUCCEEDED},
    {R_PENDING, &payment_differing, XPAY_ADVANCE_APPLY, R_SUCCEEDED},
    {R_PENDING, &payment_latest, XPAY_ADVANCE_APPLY, R_SUCCEEDED},
};

START_TEST(test_refund_goes_from_accepted_to_settled_and_not_back)
{
    const struct refund_case *c = &refund_cases[_i];
    int32_t next = -7;
    ck_assert_int_eq(xpay_refund_advance(c->status, "re_1", c->event, &next), c->action);
    ck_assert_int_eq(next, c->next);
}
END_TEST

static const struct refund_reading_case {
    int32_t status;
    const xpay_refund *read;
    int32_t action, next;
} refund_reading_cases[] = {
    {0, &r1_pending, XPAY_ADVANCE_APPLY, R_PENDING},
    {0, &r1_failed, XPAY_ADVANCE_APPLY, R_FAILED},
    {0, &r1_unknown, XPAY_ADVANCE_READ, 0},
    {R_PENDING, &r1_unknown, XPAY_ADVANCE_READ, R_PENDING},
    {R_FAILED, &r1_unknown, XPAY_ADVANCE_READ, R_FAILED},
    {R_PENDING, &r1_pending, XPAY_ADVANCE_IGNORE, R_PENDING},
    {R_PENDING, &r1_requires_action, XPAY_ADVANCE_APPLY, R_ACTION},
    {R_ACTION, &r1_pending, XPAY_ADVANCE_APPLY, R_PENDING},
    {R_ACTION, &r1_succeeded, XPAY_ADVANCE_APPLY, R_SUCCEEDED},
    {R_SUCCEEDED, &r1_failed, XPAY_ADVANCE_APPLY, R_FAILED},
    {R_SUCCEEDED, &r1_canceled, XPAY_ADVANCE_APPLY, R_CANCELED},
    /* Read before another worker stored what came since. */
    {R_SUCCEEDED, &r1_pending, XPAY_ADVANCE_IGNORE, R_SUCCEEDED},
    {R_SUCCEEDED, &r1_succeeded, XPAY_ADVANCE_IGNORE, R_SUCCEEDED},
    {R_FAILED, &r1_pending, XPAY_ADVANCE_IGNORE, R_FAILED},
    {R_FAILED, &r1_succeeded, XPAY_ADVANCE_IGNORE, R_FAILED},
    {R_CANCELED, &r1_succeeded, XPAY_ADVANCE_IGNORE, R_CANCELED},
    {R_FAILED, &r1_canceled, XPAY_ADVANCE_IGNORE, R_FAILED},
    {R_CANCELED, &r1_failed, XPAY_ADVANCE_IGNORE, R_CANCELED},
};

START_TEST(test_refund_that_was_read_settles_it_and_an_old_reading_does_not)
{
    const struct refund_reading_case *c = &refund_reading_cases[_i];
    int32_t next = -7;
    ck_assert_int_eq(xpay_refund_advance_read(c->status, c->read, &next), c->action);
    ck_assert_int_eq(next, c->next);
}
END_TEST

Suite *ordering_suite(void)
{
    Suite *suite = suite_create("ordering");
    TCase *tests = tcase_create("news in any order");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, test_every_sequence_ends_in_the_same_state, 0, LENGTH(worlds));
    tcase_add_loop_test(tests, test_news_are_applied_ignored_or_read, 0, LENGTH(decision_cases));
    tcase_add_loop_test(tests, test_session_that_was_read_settles_it, 0, LENGTH(reading_cases));
    tcase_add_loop_test(tests, test_refund_goes_from_accepted_to_settled_and_not_back, 0,
                        LENGTH(refund_cases));
    tcase_add_loop_test(tests, test_refund_that_was_read_settles_it_and_an_old_reading_does_not, 0,
                        LENGTH(refund_reading_cases));
    suite_add_tcase(suite, tests);
    return suite;
}
