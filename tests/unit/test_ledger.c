/* The ledger of a session: every figure from XPay's own rows, each currency by itself, nothing counted twice. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "suites.h"

#define MAX_TOTALS 2

/* The figures expected of one currency, in the order of the struct; a currency of 0 ends them. */
typedef struct figures {
    xpay_currency currency;
    int64_t gross, fees, refunded, net, pending, available, refunds_pending, unbooked;
    bool adds_up;
} figures;

typedef struct ledger_case {
    const char *intent; /* members of the payment intent */
    const char *rows;   /* source:net, with + for counted, - for not, d for derived */
    figures totals[MAX_TOTALS];
} ledger_case;

#define EGP XPAY_CURRENCY_EGP
#define USD XPAY_CURRENCY_USD

#define CHARGES(charges) "'charges':[" charges "]"
#define TAKEN(id, row, refunds) \
    CHARGE(id, "'amount':1,'balanceTransaction':" row ",'refunds':[" refunds "]")
#define GIVEN(id, row)            REFUND(id, "'amount':1,'status':'SUCCEEDED','balanceTransaction':" row)
#define DERIVED(id, amount, more) REFUND(id, "'amount':" amount ",'currency':'EGP','status':" more)

#define SALE              TAKEN("ch", ROW("t1", 10000, 300, 9700, "EGP", "AVAILABLE"), "")
#define SALE_AND(refunds) TAKEN("ch", ROW("t1", 10000, 300, 9700, "EGP", "AVAILABLE"), refunds)

static const ledger_case ledger_cases[] = {
    /* Charges. */
    {CHARGES(SALE), "ch:9700+ ", {{EGP, 10000, 300, 0, 9700, 0, 9700, 0, 0, true}}},
    {CHARGES(TAKEN("ch", ROW("t1", 10000, 300, 9700, "EGP", "PENDING"), "")),
     "ch:9700+ ",
     {{EGP, 10000, 300, 0, 9700, 9700, 0, 0, 0, true}}},
    {CHARGES(TAKEN("ch", ROW("t1", 10000, 300, 9700, "EGP", "ON_HOLD"), "")),
     "ch:9700+ ",
     {{EGP, 10000, 300, 0, 9700, 9700, 0, 0, 0, true}}}, /* a state not known is not available */
    {CHARGES(SALE "," TAKEN("ch2", ROW("t2", 500, 20, 480, "EGP", "PENDING"), "")),
     "ch:9700+ ch2:480+ ",
     {{EGP, 10500, 320, 0, 10180, 480, 9700, 0, 0, true}}},
    {CHARGES(TAKEN("ch", ROW("t1", 0, 0, 0, "EGP", "AVAILABLE"), "")),
     "ch:0+ ",
     {{EGP, 0, 0, 0, 0, 0, 0, 0, 0, true}}},

    /* Attempts without a row: nothing was taken, or it is not booked yet. */
    {CHARGES(CHARGE(
         "f",
         "'amount':10000,'amountCaptured':0,'captured':false,'balanceTransaction':null") "," SALE),
     "ch:9700+ ",
     {{EGP, 10000, 300, 0, 9700, 0, 9700, 0, 0, true}}},
    {CHARGES(CHARGE("n", "'amount':700,'amountCaptured':700,'currency':'EGP','captured':true,"
                         "'balanceTransaction':null")),
     "",
     {{EGP, 0, 0, 0, 0, 0, 0, 0, 700, true}}},
    {CHARGES(SALE "," CHARGE("n", "'amountCaptured':700,'currency':'EGP','captured':false")),
     "ch:9700+ ",
     {{EGP, 10000, 300, 0, 9700, 0, 9700, 0, 700, true}}},
    {"'amount':1", "", {{0}}},
    {CHARGES(""), "", {{0}}},

    /* Refunds with a row: negative, in whichever shape. */
    {CHARGES(SALE_AND(GIVEN("re", ROW("t2", -4000, 0, -4000, "EGP", "AVAILABLE")))),
     "ch:9700+ re:-4000+ ",
     {{EGP, 10000, 300, 4000, 5700, 0, 5700, 0, 0, true}}},
    {CHARGES(SALE) ",'refunds':[" GIVEN("re", ROW("t2", -4000, 0, -4000, "EGP", "AVAILABLE")) "]",
     "ch:9700+ re:-4000+ ",
     {{EGP, 10000, 300, 4000, 5700, 0, 5700, 0, 0, true}}},
    {CHARGES(SALE_AND(GIVEN("re", ROW("t2", -4000, 50, -4050, "EGP", "PENDING")))),
     "ch:9700+ re:-4050+ ",
     {{EGP, 10000, 350, 4000, 5650, -4050, 9700, 0, 0, true}}},
    {CHARGES(SALE_AND(GIVEN("re", ROW("t2", -10000, 0, -10000, "EGP", "AVAILABLE")))),
     "ch:9700+ re:-10000+ ",
     {{EGP, 10000, 300, 10000, -300, 0, -300, 0, 0, true}}},

    /* The same refund in both places counts once, by its row. */
    {CHARGES(SALE_AND(DERIVED("re", "4000", "'SUCCEEDED'"))) ",'refunds':[" GIVEN(
         "re", ROW("t2", -4000, 0, -4000, "EGP", "AVAILABLE")) "]",
     "ch:9700+ re:-4000+ ",
     {{EGP, 10000, 300, 4000, 5700, 0, 5700, 0, 0, true}}},

    /* Refunds without a row, by their status. */
    {CHARGES(SALE_AND(DERIVED("re", "4000", "'SUCCEEDED'"))),
     "ch:9700+ re:-4000+d ",
     {{EGP, 10000, 300, 4000, 5700, 0, 5700, 0, 0, true}}},
    {CHARGES(SALE_AND(DERIVED("re", "'4000'", "'SUCCEEDED','balanceTransaction':null"))),
     "ch:9700+ re:-4000+d ",
     {{EGP, 10000, 300, 4000, 5700, 0, 5700, 0, 0, true}}},
    {CHARGES(SALE_AND(DERIVED("re", "4000", "'PENDING'"))),
     "ch:9700+ re:-4000-d ",
     {{EGP, 10000, 300, 0, 9700, 0, 9700, 4000, 0, true}}},
    {CHARGES(SALE_AND(DERIVED("re", "4000", "'REQUIRES_ACTION'"))),
     "ch:9700+ re:-4000-d ",
     {{EGP, 10000, 300, 0, 9700, 0, 9700, 4000, 0, true}}},
    {CHARGES(SALE_AND(DERIVED("re", "4000", "'SOMETHING_NEW'"))),
     "ch:9700+ re:-4000-d ",
     {{EGP, 10000, 300, 0, 9700, 0, 9700, 4000, 0, true}}},
    {CHARGES(SALE_AND(DERIVED("re", "4000", "'FAILED'"))),
     "ch:9700+ re:0-d ",
     {{EGP, 10000, 300, 0, 9700, 0, 9700, 0, 0, true}}},
    {CHARGES(SALE_AND(DERIVED("re", "4000", "'CANCELED'"))),
     "ch:9700+ re:0-d ",
     {{EGP, 10000, 300, 0, 9700, 0, 9700, 0, 0, true}}},

    /* A refund that was taken back nets to nothing, whatever its row says. */
    {CHARGES(SALE_AND(DERIVED("re", "4000", "'SUCCEEDED','failureBalanceTransactionId':'t3'"))),
     "ch:9700+ re:0-d ",
     {{EGP, 10000, 300, 0, 9700, 0, 9700, 0, 0, true}}},
    {CHARGES(
         SALE_AND(DERIVED("re", "4000",
                          "'FAILED','failureBalanceTransactionId':'t3','balanceTransaction':" ROW(
                              "t2", -4000, 0, -4000, "EGP", "AVAILABLE")))),
     "ch:9700+ re:0-d ",
     {{EGP, 10000, 300, 0, 9700, 0, 9700, 0, 0, true}}},

    /* Currencies are never mixed. */
    {CHARGES(SALE "," TAKEN("ch2", ROW("t2", 500, 20, 480, "USD", "PENDING"), "")),
     "ch:9700+ ch2:480+ ",
     {{EGP, 10000, 300, 0, 9700, 0, 9700, 0, 0, true}, {USD, 500, 20, 0, 480, 480, 0, 0, 0, true}}},
    {CHARGES(SALE_AND(GIVEN("re", ROW("t2", -100, 0, -100, "USD", "AVAILABLE")))),
     "ch:9700+ re:-100+ ",
     {{EGP, 10000, 300, 0, 9700, 0, 9700, 0, 0, true},
      {USD, 0, 0, 100, -100, 0, -100, 0, 0, true}}},

    /* The latest charge repeats one of the charges, or stands for them. */
    {"'latestCharge':" SALE "," CHARGES(SALE),
     "ch:9700+ ",
     {{EGP, 10000, 300, 0, 9700, 0, 9700, 0, 0, true}}},
    {"'latestCharge':" TAKEN("ch2", ROW("t2", 500, 20, 480, "EGP", "PENDING"), "") "," CHARGES(
         SALE "," TAKEN("ch2", ROW("t2", 500, 20, 480, "EGP", "PENDING"), "")),
     "ch:9700+ ch2:480+ ",
     {{EGP, 10500, 320, 0, 10180, 480, 9700, 0, 0, true}}},
    {"'latestCharge':" SALE_AND(DERIVED("re", "4000", "'SUCCEEDED'")) "," CHARGES(""),
     "ch:9700+ re:-4000+d ",
     {{EGP, 10000, 300, 4000, 5700, 0, 5700, 0, 0, true}}},
    {"'latestCharge':" SALE, "ch:9700+ ", {{EGP, 10000, 300, 0, 9700, 0, 9700, 0, 0, true}}},

    /* Figures of XPay's that disagree are added as they are, and told. */
    {CHARGES(TAKEN("ch", ROW("t1", 10000, 300, 9699, "EGP", "AVAILABLE"), "")),
     "ch:9699+ ",
     {{EGP, 10000, 300, 0, 9699, 0, 9699, 0, 0, false}}},
    {CHARGES(SALE_AND(GIVEN("re", ROW("t2", -4000, 0, -3900, "EGP", "AVAILABLE")))),
     "ch:9700+ re:-3900+ ",
     {{EGP, 10000, 300, 4000, 5800, 0, 5800, 0, 0, false}}},
    {CHARGES(TAKEN("ch", ROW("t1", 10000, 300, 9701, "EGP", "AVAILABLE"),
                   "") "," TAKEN("ch2", ROW("t2", 500, 20, 480, "USD", "PENDING"), "")),
     "ch:9701+ ch2:480+ ",
     {{EGP, 10000, 300, 0, 9701, 0, 9701, 0, 0, false},
      {USD, 500, 20, 0, 480, 480, 0, 0, 0, true}}},
};

static void check_totals(const xpay_ledger *ledger, const figures *expected)
{
    size_t count = 0;
    for (; count < MAX_TOTALS && expected[count].currency != 0; count++) {
        const figures *e = &expected[count];
        ck_assert_uint_gt(ledger->totals_count, count);
        const xpay_ledger_totals *t = ledger->totals[count];
        ck_assert_int_eq(t->currency, e->currency);
        ck_assert_int_eq(t->gross, e->gross);
        ck_assert_int_eq(t->fees, e->fees);
        ck_assert_int_eq(t->refunded, e->refunded);
        ck_assert_int_eq(t->net, e->net);
        ck_assert_int_eq(t->pending, e->pending);
        ck_assert_int_eq(t->available, e->available);
        ck_assert_int_eq(t->refunds_pending, e->refunds_pending);
        ck_assert_int_eq(t->unbooked, e->unbooked);
        ck_assert_int_eq(t->adds_up, e->adds_up);
        ck_assert_int_eq(t->pending + t->available, t->net);
    }
    ck_assert_uint_eq(ledger->totals_count, count);
}

static xpay_ledger *ledger_of(const char *intent, xpay_status status, xpay_error *error)
{
    char *text = replaced(PAID_SESSION("@"), "@", intent);
    xpay_checkout_session *session = decoded("checkout_session", text);
    xpay_ledger *ledger = (xpay_ledger *)error;
    memset(error, 0xAA, sizeof *error);
    ck_assert_int_eq(xpay_checkout_session_ledger(session, &ledger, error), status);
    ck_assert_int_eq(error->status, status);
    ck_assert_int_eq(ledger == NULL, status != XPAY_OK);
    xpay_object_free(session); /* the ledger has copies of all it needs */
    free(text);
    return ledger;
}

START_TEST(test_ledger_adds_up_each_currency_from_its_rows)
{
    const ledger_case *c = &ledger_cases[_i];
    char *intent = replaced(INTENT("#"), "#", c->intent), rows[256] = "", *end = rows;
    xpay_error error;
    xpay_ledger *ledger = ledger_of(intent, XPAY_OK, &error);
    for (size_t i = 0; i < ledger->rows_count; i++) {
        const xpay_ledger_row *row = ledger->rows[i];
        end += sprintf(end, "%s:%lld%s%s ", row->source, (long long)row->net,
                       row->counted ? "+" : "-", row->derived ? "d" : "");
    }
    /* A row that is not counted shows what may come of it in its amount, not in its net. */
    ck_assert_str_eq(rows, c->rows);
    check_totals(ledger, c->totals);
    xpay_object_free(ledger);
    free(intent);
}
END_TEST

/* Answers in which an amount or currency is missing that the ledger needs. */
static const struct missing_case {
    const char *intent, *param;
} missing_cases[] = {
    {CHARGES(CHARGE("ch", "'balanceTransaction':{'id':'t','fee':1,'net':1,'currency':'EGP'}")),
     "amount"},
    {CHARGES(CHARGE("ch", "'balanceTransaction':{'id':'t','amount':1,'net':1,'currency':'EGP'}")),
     "fee"},
    {CHARGES(CHARGE("ch", "'balanceTransaction':{'id':'t','amount':1,'fee':1,'currency':'EGP'}")),
     "net"},
    {CHARGES(CHARGE("ch", "'balanceTransaction':{'id':'t','amount':1,'fee':1,'net':1}")),
     "currency"},
    {CHARGES(CHARGE("ch",
                    "'balanceTransaction':{'id':'t','amount':1,'fee':1,'net':1,'currency':'JPY'}")),
     "currency"},
    {CHARGES(CHARGE("ch", "'captured':true,'currency':'EGP'")), "amountCaptured"},
    {CHARGES(CHARGE("ch", "'captured':true,'amountCaptured':5")), "currency"},
    {CHARGES(SALE_AND(REFUND("re", "'status':'SUCCEEDED','currency':'EGP'"))), "amount"},
    {CHARGES(SALE_AND(REFUND("re", "'status':'SUCCEEDED','amount':5"))), "currency"},
    {CHARGES(SALE_AND(REFUND("re", "'status':'PENDING','currency':'EGP'"))), "amount"},
    {CHARGES(SALE) ",'refunds':[" REFUND(
         "re", "'amount':1,'balanceTransaction':{'id':'t','amount':-1,'fee':0}") "]",
     "net"},
};

START_TEST(test_missing_amount_is_an_error_and_not_zero)
{
    char *intent = replaced(INTENT("#"), "#", missing_cases[_i].intent);
    xpay_error error;
    ledger_of(intent, XPAY_ERROR_DECODE, &error);
    ck_assert_ptr_nonnull(strstr(error.param, missing_cases[_i].param));
    ck_assert_str_ne(error.message, "");
    free(intent);
}
END_TEST

/* Charges of 2^53 - 1 each: 1024 of them still fit in 64 bits, one more does not. */
START_TEST(test_sum_that_does_not_fit_is_an_error)
{
    static const char one[] =
        TAKEN("ch_#####", ROW("t", 9007199254740991, 0, 9007199254740991, "EGP", "AVAILABLE"), "");
    for (size_t count = 1024; count <= 1025; count++) {
        size_t size = count * sizeof one + 64;
        char *intent = malloc(size), *end = intent;
        ck_assert_ptr_nonnull(intent);
        end += sprintf(end, "{'object':'payment_intent','id':'pi_1','charges':[%s", one);
        for (size_t i = 1; i < count; i++)
            end += sprintf(end, ",%s", one);
        strcpy(end, "]}");
        int number = 0; /* a charge that is listed twice counts once */
        for (char *id = strstr(intent, "ch_#"); id != NULL; id = strstr(id, "ch_#")) {
            char digits[16];
            snprintf(digits, sizeof digits, "%05d", number++);
            memcpy(id + 3, digits, 5);
        }
        xpay_error error;
        xpay_ledger *ledger =
            ledger_of(intent, count == 1024 ? XPAY_OK : XPAY_ERROR_OVERFLOW, &error);
        if (ledger != NULL)
            ck_assert_int_eq(ledger->totals[0]->gross, INT64_C(9007199254740991) * 1024);
        xpay_object_free(ledger);
        free(intent);
    }
}
END_TEST

#define BATCH(id, status)                                                                  \
    "{'object':'payout_batch','id':'" id "','amount':1,'currency':'EGP','status':'" status \
    "','arrivalDate':'2026-05-04'}"

START_TEST(test_payouts_carry_the_session_s_net_by_batch_and_currency)
{
    xpay_error error;
    xpay_ledger *ledger = ledger_of(
        INTENT(CHARGES(TAKEN(
            "a", PAID_ROW("t1", 1000, 10, 990, "EGP", "AVAILABLE", BATCH("pb_1", "paid")),
            "") "," TAKEN("b", PAID_ROW("t2", 500, 5, 495, "EGP", "PENDING", BATCH("pb_2", "open")),
                          "") "," TAKEN("c",
                                        PAID_ROW("t3", 70, 1, 69, "USD", "AVAILABLE",
                                                 BATCH("pb_1", "paid")),
                                        "") "," TAKEN("d", ROW("t4", 30, 0, 30, "EGP", "PENDING"),
                                                      GIVEN("r",
                                                            PAID_ROW("t5", -200, 0, -200, "EGP",
                                                                     "AVAILABLE",
                                                                     BATCH("pb_1", "paid")))))),
        XPAY_OK, &error);
    static const struct {
        const char *id;
        int32_t status;
        xpay_currency currency;
        int64_t net;
    } expected[] = {{"pb_1", XPAY_PAYOUT_BATCH_STATUS_PAID, XPAY_CURRENCY_EGP, 790},
                    {"pb_2", XPAY_PAYOUT_BATCH_STATUS_OPEN, XPAY_CURRENCY_EGP, 495},
                    {"pb_1", XPAY_PAYOUT_BATCH_STATUS_PAID, XPAY_CURRENCY_USD, 69}};
    ck_assert_uint_eq(ledger->batches_count, LENGTH(expected));
    for (size_t i = 0; i < LENGTH(expected); i++) {
        ck_assert_str_eq(ledger->batches[i]->id, expected[i].id);
        ck_assert_int_eq(ledger->batches[i]->status, expected[i].status);
        ck_assert_int_eq(ledger->batches[i]->currency, expected[i].currency);
        ck_assert_int_eq(ledger->batches[i]->net, expected[i].net);
        ck_assert_str_eq(ledger->batches[i]->arrival_date, "2026-05-04");
    }
    ck_assert_str_eq(ledger->rows[0]->payout_batch, "pb_1");
    ck_assert_ptr_null(ledger->rows[3]->payout_batch);
    ck_assert_str_eq(ledger->rows[4]->payout_batch, "pb_1");
    xpay_object_free(ledger);
}
END_TEST

START_TEST(test_rows_are_charges_then_refunds_newest_first)
{
    char *text = _i == 0 ? contract_session() : page_session();
    xpay_checkout_session *session = decoded("checkout_session", text);
    xpay_ledger *ledger;
    ck_assert_int_eq(xpay_checkout_session_ledger(session, &ledger, NULL), XPAY_OK);
    xpay_object_free(session);
    const figures expected[MAX_TOTALS] = {
        {EGP, 149900, 4497, 15000, 130403, 0, 130403, 0, 0, true}};
    check_totals(ledger, expected);
    ck_assert_uint_eq(ledger->rows_count, 3);
    ck_assert_str_eq(ledger->rows[0]->source, "ch_2");
    ck_assert_str_eq(ledger->rows[0]->transaction, "txn_ch_2");
    ck_assert_int_eq(ledger->rows[0]->fee, 4497);
    ck_assert_int_eq(ledger->rows[0]->status, XPAY_BALANCE_TRANSACTION_STATUS_AVAILABLE);
    ck_assert_str_eq(ledger->rows[1]->source, "re_2");
    ck_assert_str_eq(ledger->rows[1]->transaction, "txn_re_2");
    ck_assert_int_eq(ledger->rows[1]->amount, -10000);
    ck_assert_int_eq(ledger->rows[1]->derived, _i == 0);
    ck_assert_str_eq(ledger->rows[2]->source, "re_1");
    ck_assert_uint_eq(ledger->batches_count, 1);
    ck_assert_int_eq(ledger->batches[0]->net, _i == 0 ? 145403 : 130403);

    char *shown;
    ck_assert_int_eq(xpay_object_print(ledger, &shown), XPAY_OK);
    ck_assert_ptr_nonnull(strstr(shown, "    net: 130403 (1304.03 EGP)\n"));
    ck_assert_ptr_nonnull(strstr(shown, "    amount: -10000 (-100.00 EGP)\n"));
    xpay_text_free(shown);
    xpay_object_free((void *)ledger->rows[0]); /* not a root */
    ck_assert_str_eq(ledger->rows[0]->source, "ch_2");
    xpay_object_free(ledger);
    free(text);
}
END_TEST

START_TEST(test_session_without_a_payment_has_an_empty_ledger)
{
    xpay_checkout_session *session = decoded("checkout_session", SESSION("'paymentIntent':null"));
    xpay_ledger *ledger;
    xpay_error error;
    ck_assert_int_eq(xpay_checkout_session_ledger(session, &ledger, &error), XPAY_OK);
    ck_assert_uint_eq(ledger->totals_count, 0);
    ck_assert_uint_eq(ledger->rows_count, 0);
    ck_assert_uint_eq(ledger->batches_count, 0);
    xpay_object_free(ledger);
    ck_assert_int_eq(xpay_checkout_session_ledger(NULL, &ledger, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_ptr_null(ledger);
    ck_assert_str_eq(error.param, "session");
    ck_assert_int_eq(xpay_checkout_session_ledger(session, NULL, &error), XPAY_ERROR_ARGUMENT);
    ck_assert_str_eq(error.param, "ledger");
    xpay_object_free(session);
}
END_TEST

Suite *ledger_suite(void)
{
    Suite *suite = suite_create("ledger");
    TCase *tests = tcase_create("figures");
    tcase_add_loop_test(tests, test_ledger_adds_up_each_currency_from_its_rows, 0,
                        LENGTH(ledger_cases));
    tcase_add_loop_test(tests, test_missing_amount_is_an_error_and_not_zero, 0,
                        LENGTH(missing_cases));
    tcase_add_test(tests, test_sum_that_does_not_fit_is_an_error);
    suite_add_tcase(suite, tests);

    tests = tcase_create("rows and payouts");
    tcase_add_test(tests, test_payouts_carry_the_session_s_net_by_batch_and_currency);
    tcase_add_loop_test(tests, test_rows_are_charges_then_refunds_newest_first, 0, 2);
    tcase_add_test(tests, test_session_without_a_payment_has_an_empty_ledger);
    suite_add_tcase(suite, tests);
    return suite;
}
