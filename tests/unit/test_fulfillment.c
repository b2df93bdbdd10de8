/* What a merchant reads off a session: whether to ship, which ids to keep, the amount to compare, all refunds. */
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "suites.h"

#define STATUS(status, payment) "'status':'" status "','paymentStatus':'" payment "'"
#define WITH_INTENT(status)     ",'paymentIntent':" INTENT("'amount':1,'status':'" status "'")
#define WITH_OLD_DECLINE(status)                                                                 \
    ",'paymentIntent':" INTENT("'status':'" status "','lastPaymentError':{'message':'x','type':" \
                               "'card_error'}")
#define WITH_VOUCHER(status)                       \
    ",'paymentIntent':" INTENT("'status':'" status \
                               "','nextAction':{'type':'display_voucher_details'}")
#define WITH_ACTION(type) \
    ",'paymentIntent':" INTENT("'status':'REQUIRES_ACTION','nextAction':{'type':'" type "'}")

static const struct verdict_case {
    const char *members;
    int32_t verdict;
} verdict_cases[] = {
    /* Paid is paid, whatever else is said. */
    {STATUS("complete", "paid"), XPAY_FULFILLMENT_PAID},
    {STATUS("open", "paid"), XPAY_FULFILLMENT_PAID},
    {STATUS("expired", "paid"), XPAY_FULFILLMENT_PAID},
    {STATUS("melted", "paid"), XPAY_FULFILLMENT_PAID},
    {STATUS("complete", "paid") WITH_INTENT("REFUNDED"), XPAY_FULFILLMENT_PAID},
    {STATUS("complete", "paid") ",'isExpired':true", XPAY_FULFILLMENT_PAID},

    /* Nothing to pay ships only when complete, and only when the total says so. */
    {STATUS("complete", "no_payment_required") ",'amountTotal':0", XPAY_FULFILLMENT_NOTHING_TO_PAY},
    {STATUS("complete", "no_payment_required") ",'amountTotal':5", XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("complete", "no_payment_required") ",'amountTotal':-5", XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("complete", "no_payment_required"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("open", "no_payment_required") ",'amountTotal':0", XPAY_FULFILLMENT_OPEN},
    {STATUS("expired", "no_payment_required") ",'amountTotal':0", XPAY_FULFILLMENT_EXPIRED},
    {STATUS("open", "no_payment_required") ",'amountTotal':0,'isExpired':true",
     XPAY_FULFILLMENT_EXPIRED},
    {STATUS("melted", "no_payment_required") ",'amountTotal':0", XPAY_FULFILLMENT_UNCLEAR},

    /* Unpaid and not complete: the session's own state. */
    {STATUS("open", "unpaid"), XPAY_FULFILLMENT_OPEN},
    {STATUS("open", "unpaid") WITH_INTENT("FAILED"), XPAY_FULFILLMENT_OPEN}, /* may be retried */
    /* A payment in the act of completing: its session is completed next, and an order that is kept harms nobody. */
    {STATUS("open", "unpaid") WITH_INTENT("SUCCEEDED"), XPAY_FULFILLMENT_OPEN},
    {STATUS("open", "unpaid") WITH_INTENT("NEW_STATE"), XPAY_FULFILLMENT_OPEN},
    {STATUS("open", "unpaid") ",'isExpired':true", XPAY_FULFILLMENT_EXPIRED},
    {STATUS("expired", "unpaid"), XPAY_FULFILLMENT_EXPIRED},
    {STATUS("expired", "unpaid") WITH_INTENT("FAILED"), XPAY_FULFILLMENT_EXPIRED},
    {STATUS("melted", "unpaid"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("melted", "unpaid") ",'isExpired':true", XPAY_FULFILLMENT_UNCLEAR},
    {"'paymentStatus':'unpaid'", XPAY_FULFILLMENT_UNCLEAR},
    {"'paymentStatus':'unpaid','isExpired':true", XPAY_FULFILLMENT_UNCLEAR},

    /* Time is up: released, unless money came in, is with the processor, or may be paid without the session. */
    {STATUS("expired", "unpaid") ",'paymentIntent':null", XPAY_FULFILLMENT_EXPIRED},
    {STATUS("expired", "unpaid") ",'paymentIntentId':'pi_1'", XPAY_FULFILLMENT_EXPIRED},
    {STATUS("expired", "unpaid") WITH_INTENT("CANCELED"), XPAY_FULFILLMENT_EXPIRED},
    {STATUS("expired", "unpaid") WITH_INTENT("PAYMENT_FAILED"), XPAY_FULFILLMENT_EXPIRED},
    {STATUS("expired", "unpaid") WITH_INTENT("REQUIRES_PAYMENT_METHOD"), XPAY_FULFILLMENT_EXPIRED},
    {STATUS("expired", "unpaid") WITH_INTENT("REQUIRES_CONFIRMATION"), XPAY_FULFILLMENT_EXPIRED},
    {STATUS("expired", "unpaid") WITH_INTENT("REQUIRES_ACTION"), XPAY_FULFILLMENT_EXPIRED},
    {STATUS("expired", "unpaid") WITH_ACTION("redirect_to_url"), XPAY_FULFILLMENT_EXPIRED},
    {STATUS("expired", "unpaid") WITH_ACTION("verify_with_otp"), XPAY_FULFILLMENT_EXPIRED},
    {STATUS("expired", "unpaid") WITH_ACTION("use_sdk"), XPAY_FULFILLMENT_EXPIRED},
    {STATUS("expired", "unpaid") WITH_OLD_DECLINE("REQUIRES_PAYMENT_METHOD"),
     XPAY_FULFILLMENT_EXPIRED},
    {STATUS("expired", "unpaid") WITH_ACTION("display_voucher_details"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("expired", "unpaid") WITH_VOUCHER("REQUIRES_PAYMENT_METHOD"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("expired", "unpaid") WITH_VOUCHER("REQUIRES_CONFIRMATION"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("expired", "unpaid") WITH_VOUCHER("FAILED"), XPAY_FULFILLMENT_EXPIRED},
    {STATUS("expired", "unpaid") WITH_ACTION("display_qr_code"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("expired", "unpaid") WITH_ACTION("display_bank_transfer_instructions"),
     XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("expired", "unpaid") WITH_ACTION("send_a_pigeon"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("expired", "unpaid") WITH_INTENT("PROCESSING"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("expired", "unpaid") WITH_INTENT("UNCAPTURED"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("expired", "unpaid") WITH_INTENT("AMOUNT_CAPTURABLE_UPDATED"),
     XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("expired", "unpaid") WITH_INTENT("SUCCEEDED"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("expired", "unpaid") WITH_INTENT("REFUNDED"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("expired", "unpaid") WITH_INTENT("PARTIALLY_REFUNDED"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("expired", "unpaid") WITH_INTENT("NEW_STATE"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("open", "unpaid") ",'isExpired':true" WITH_INTENT("SUCCEEDED"),
     XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("open", "unpaid") ",'isExpired':true" WITH_INTENT("PROCESSING"),
     XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("open", "unpaid") ",'isExpired':true" WITH_INTENT("FAILED"), XPAY_FULFILLMENT_EXPIRED},
    {STATUS("expired", "no_payment_required") ",'amountTotal':0" WITH_INTENT("SUCCEEDED"),
     XPAY_FULFILLMENT_UNCLEAR},

    /* Complete and unpaid: complete does not mean paid. The intent says whether its reference is still out. */
    {STATUS("complete", "unpaid"), XPAY_FULFILLMENT_AWAITING},
    {STATUS("complete", "unpaid") ",'paymentIntent':null", XPAY_FULFILLMENT_AWAITING},
    {STATUS("complete", "unpaid") ",'isExpired':true", XPAY_FULFILLMENT_AWAITING},
    {STATUS("complete", "unpaid") WITH_INTENT("REQUIRES_ACTION"), XPAY_FULFILLMENT_AWAITING},
    {STATUS("complete", "unpaid") WITH_INTENT("PROCESSING"), XPAY_FULFILLMENT_AWAITING},
    {STATUS("complete", "unpaid") WITH_INTENT("REQUIRES_CONFIRMATION"), XPAY_FULFILLMENT_AWAITING},
    {STATUS("complete", "unpaid") WITH_INTENT("REQUIRES_PAYMENT_METHOD"),
     XPAY_FULFILLMENT_AWAITING},
    {STATUS("complete", "unpaid") WITH_INTENT("UNCAPTURED"), XPAY_FULFILLMENT_AWAITING},
    {STATUS("complete", "unpaid") WITH_INTENT("AMOUNT_CAPTURABLE_UPDATED"),
     XPAY_FULFILLMENT_AWAITING},
    {STATUS("complete", "unpaid") WITH_INTENT("FAILED"), XPAY_FULFILLMENT_FAILED},
    {STATUS("complete", "unpaid") WITH_INTENT("PAYMENT_FAILED"), XPAY_FULFILLMENT_FAILED},
    {STATUS("complete", "unpaid") WITH_INTENT("CANCELED"), XPAY_FULFILLMENT_FAILED},
    {STATUS("complete", "unpaid") ",'paymentIntent':" INTENT(
         "'status':'REQUIRES_PAYMENT_METHOD','lastPaymentError':{'message':'x','type':'card_error'"
         "}"),
     XPAY_FULFILLMENT_FAILED},
    {STATUS("complete", "unpaid") ",'paymentIntent':" INTENT(
         "'status':'REQUIRES_PAYMENT_METHOD','lastPaymentError':{'message':'x','type':'card_error'}"
         ","
         "'nextAction':{'type':'display_voucher_details'}"),
     XPAY_FULFILLMENT_AWAITING},
    {STATUS("complete", "unpaid") WITH_OLD_DECLINE("REQUIRES_ACTION"), XPAY_FULFILLMENT_AWAITING},
    {STATUS("complete", "unpaid") WITH_OLD_DECLINE("UNCAPTURED"), XPAY_FULFILLMENT_AWAITING},
    {STATUS("complete", "unpaid") WITH_OLD_DECLINE("AMOUNT_CAPTURABLE_UPDATED"),
     XPAY_FULFILLMENT_AWAITING},
    {STATUS("complete", "unpaid") WITH_OLD_DECLINE("REQUIRES_CONFIRMATION"),
     XPAY_FULFILLMENT_AWAITING},
    {STATUS("complete", "unpaid") WITH_OLD_DECLINE("PROCESSING"), XPAY_FULFILLMENT_AWAITING},

    /* Money came in, says the intent, and the session says that none did: goods are neither shipped nor released. */
    {STATUS("complete", "unpaid") WITH_INTENT("SUCCEEDED"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("complete", "unpaid") WITH_INTENT("REFUNDED"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("complete", "unpaid") WITH_INTENT("PARTIALLY_REFUNDED"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("complete", "unpaid") WITH_OLD_DECLINE("SUCCEEDED"), XPAY_FULFILLMENT_UNCLEAR},

    /* Absent or unknown is never a reason to act. */
    {"'status':'complete'", XPAY_FULFILLMENT_UNCLEAR},
    {"'status':'open'", XPAY_FULFILLMENT_UNCLEAR},
    {"'status':'expired','isExpired':true", XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("complete", "Paid"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("complete", "partially_paid"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("complete", ""), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("complete", "unpaid") WITH_INTENT("NEW_STATE"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("complete", "unpaid") WITH_OLD_DECLINE("NEW_STATE"), XPAY_FULFILLMENT_UNCLEAR},
    {STATUS("complete", "unpaid") ",'paymentIntent':" INTENT("'amount':1"),
     XPAY_FULFILLMENT_UNCLEAR},
    {"'url':null", XPAY_FULFILLMENT_UNCLEAR},
};

START_TEST(test_verdict_goes_by_payment_status)
{
    char *text = replaced(SESSION("#"), "#", verdict_cases[_i].members);
    xpay_checkout_session *session = decoded("checkout_session", text);
    ck_assert_int_eq(xpay_checkout_session_fulfillment(session), verdict_cases[_i].verdict);
    xpay_object_free(session);
    free(text);
}
END_TEST

/* Whether an intent has, or may yet get, the customer's money; what is not known may. */
static bool may_hold_money(int32_t status)
{
    return status < XPAY_PAYMENT_INTENT_STATUS_REQUIRES_PAYMENT_METHOD ||
           status > XPAY_PAYMENT_INTENT_STATUS_PAYMENT_FAILED ||
           status == XPAY_PAYMENT_INTENT_STATUS_PROCESSING ||
           status == XPAY_PAYMENT_INTENT_STATUS_UNCAPTURED ||
           status == XPAY_PAYMENT_INTENT_STATUS_AMOUNT_CAPTURABLE_UPDATED ||
           status == XPAY_PAYMENT_INTENT_STATUS_SUCCEEDED ||
           status == XPAY_PAYMENT_INTENT_STATUS_REFUNDED ||
           status == XPAY_PAYMENT_INTENT_STATUS_PARTIALLY_REFUNDED;
}

/* Each status of session, payment and intent that there is, with one unknown on either side, and all that matters. */
START_TEST(test_no_combination_ships_unpaid_or_releases_what_may_be_paid)
{
    static const xpay_payment_error error = {.message = "x"};
    xpay_next_action action = {.type = _i - 1};
    for (int32_t status = -1; status <= XPAY_CHECKOUT_SESSION_STATUS_EXPIRED + 1; status++)
        for (int32_t payment = -1; payment <= XPAY_PAYMENT_STATUS_NO_PAYMENT_REQUIRED + 1;
             payment++)
            for (int32_t of = -1; of <= XPAY_PAYMENT_INTENT_STATUS_PAYMENT_FAILED + 1; of++)
                for (unsigned bits = 0; bits < 32; bits++) {
                    xpay_payment_intent intent = {.status = of};
                    xpay_checkout_session session = {.status = status,
                                                     .payment_status = payment,
                                                     .payment_intent = &intent,
                                                     .is_expired = bits & 1,
                                                     .has_amount_total = bits & 2,
                                                     .amount_total = bits & 4 ? 5 : 0};
                    intent.last_payment_error = bits & 8 ? &error : NULL;
                    intent.next_action = bits & 16 ? &action : NULL;
                    int32_t verdict = xpay_checkout_session_fulfillment(&session);
                    bool complete = status == XPAY_CHECKOUT_SESSION_STATUS_COMPLETE,
                         owes_nothing = session.has_amount_total && session.amount_total == 0,
                         is_free = payment == XPAY_PAYMENT_STATUS_NO_PAYMENT_REQUIRED;
                    ck_assert_int_ge(verdict, XPAY_FULFILLMENT_UNCLEAR);
                    ck_assert_int_le(verdict, XPAY_FULFILLMENT_EXPIRED);
                    ck_assert_int_eq(verdict == XPAY_FULFILLMENT_PAID,
                                     payment == XPAY_PAYMENT_STATUS_PAID);
                    ck_assert_int_eq(verdict == XPAY_FULFILLMENT_NOTHING_TO_PAY,
                                     is_free && complete && owes_nothing);
                    if (verdict == XPAY_FULFILLMENT_FAILED || verdict == XPAY_FULFILLMENT_EXPIRED)
                        ck_assert(!may_hold_money(of));
                    if (verdict == XPAY_FULFILLMENT_FAILED || verdict == XPAY_FULFILLMENT_AWAITING)
                        ck_assert(complete && payment == XPAY_PAYMENT_STATUS_UNPAID);
                }
}
END_TEST

#define CUSTOMER(type) "'customer':{'id':'cus_1','type':'" type "'}"

static const struct ids_case {
    const char *members;
    const char *intent, *customer;
} ids_cases[] = {
    {"'url':null", NULL, NULL},
    {"'paymentIntentId':'pi_1'", "pi_1", NULL},
    {"'paymentIntent':" INTENT("'amount':1"), "pi_1", NULL},
    {"'paymentIntentId':'pi_9','paymentIntent':" INTENT("'amount':1"), "pi_9", NULL},
    {"'customerId':'cus_1'", NULL, "cus_1"},
    {"'customerId':'cus_1'," CUSTOMER("registered"), NULL, "cus_1"},
    {"'customerId':'cus_9'," CUSTOMER("registered"), NULL, "cus_9"},
    {"'customerId':'cus_1'," CUSTOMER("guest"), NULL, NULL},
    {CUSTOMER("registered"), NULL, "cus_1"},
    {CUSTOMER("guest"), NULL, NULL},
    {"'customer':{'id':'cus_1'}", NULL, "cus_1"},
    {"'customerId':null,'customer':null,'paymentIntentId':null,'paymentIntent':null", NULL, NULL},
};

START_TEST(test_ids_to_store_leave_out_a_guest)
{
    char *text = replaced(SESSION("#"), "#", ids_cases[_i].members);
    xpay_checkout_session *session = decoded("checkout_session", text);
    xpay_order_ids ids;
    memset(&ids, 0xAA, sizeof ids);
    xpay_checkout_session_order_ids(session, &ids);
    ck_assert_str_eq(ids.checkout_session, "cs_1");
    ck_assert_pstr_eq(ids.payment_intent, ids_cases[_i].intent);
    ck_assert_pstr_eq(ids.customer, ids_cases[_i].customer);
    xpay_object_free(session);
    free(text);
}
END_TEST

static const struct amount_case {
    const char *members;
    xpay_status status;
    int64_t amount;
    xpay_currency currency;
} amount_cases[] = {
    {"'currency':'EGP','amountSubtotal':500,'amountTotal':450", XPAY_OK, 500, XPAY_CURRENCY_EGP},
    {"'currency':'EGP','amountSubtotal':0", XPAY_OK, 0, XPAY_CURRENCY_EGP},
    {"'currency':'EGP','amountSubtotal':'500'", XPAY_OK, 500, XPAY_CURRENCY_EGP},
    {"'currency':'EGP','amountSubtotal':25500,'presentmentDetails':{'currency':'USD',"
     "'amountSubtotal':500,'amount':450,'amountTotal':450}",
     XPAY_OK, 500, XPAY_CURRENCY_USD},
    {"'presentmentDetails':{'currency':'KWD','amountSubtotal':500}", XPAY_OK, 500,
     XPAY_CURRENCY_KWD},
    {"'presentmentDetails':{'currency':'USD','amountSubtotal':0}", XPAY_OK, 0, XPAY_CURRENCY_USD},
    {"'currency':'EGP','amountSubtotal':500,'presentmentDetails':null", XPAY_OK, 500,
     XPAY_CURRENCY_EGP},

    /* No comparison without amount and currency; what is missing is never made up from the total. */
    {"'currency':'EGP','amountTotal':450", XPAY_ERROR_ABSENT, 0, 0},
    {"'amountSubtotal':500", XPAY_ERROR_ABSENT, 0, 0},
    {"'currency':'JPY','amountSubtotal':500", XPAY_ERROR_ABSENT, 0, 0},
    {"'currency':null,'amountSubtotal':500", XPAY_ERROR_ABSENT, 0, 0},
    {"'currency':'EGP','amountSubtotal':null", XPAY_ERROR_ABSENT, 0, 0},
    {"'url':null", XPAY_ERROR_ABSENT, 0, 0},
    {"'currency':'EGP','amountSubtotal':500,'presentmentDetails':{'currency':'USD','amount':5}",
     XPAY_ERROR_ABSENT, 0, 0},
    {"'currency':'EGP','amountSubtotal':500,'presentmentDetails':{'amountSubtotal':5}",
     XPAY_ERROR_ABSENT, 0, 0},
    {"'currency':'EGP','amountSubtotal':500,'presentmentDetails':{'currency':'JPY','amountSubtotal'"
     ":5}",
     XPAY_ERROR_ABSENT, 0, 0},
};

START_TEST(test_amount_of_an_order_is_the_subtotal_that_the_customer_saw)
{
    const struct amount_case *c = &amount_cases[_i];
    char *text = replaced(SESSION("#"), "#", c->members);
    xpay_checkout_session *session = decoded("checkout_session", text);
    int64_t amount = 4711;
    xpay_currency currency = 4711;
    ck_assert_int_eq(xpay_checkout_session_order_amount(session, &amount, &currency), c->status);
    ck_assert_int_eq(amount, c->amount);
    ck_assert_int_eq(currency, c->currency);
    xpay_object_free(session);
    free(text);
}
END_TEST

#define AT(day)             "'amount':1,'createdAt':'2026-05-0" #day "T10:00:00Z'"
#define BOOKED(id, day)     REFUND(id, AT(day) ",'balanceTransaction':{'id':'txn_" id "'}")
#define UNBOOKED(id, day)   REFUND(id, AT(day))
#define SETTLED(id, status) REFUND(id, AT(1) ",'status':'" status "'")
#define SETTLED_AND_BOOKED(id, status) \
    REFUND(id, AT(1) ",'status':'" status "','balanceTransaction':{'id':'txn_" id "'}")
#define NAMELESS(day)        "{'object':'refund'," AT(day) "}"
#define NAMELESS_BOOKED(day) "{'object':'refund'," AT(day) ",'balanceTransaction':{'id':'txn_1'}}"
#define CHARGES(charges)     "'charges':[" charges "]"
#define IN_CHARGE(refunds)   CHARGE("ch_1", "'refunds':[" refunds "]")
#define IN_INTENT(refunds)   "'refunds':[" refunds "]"

/*
 * Members of an intent, and the ids of its refunds in the one view, - for none; * behind an id: with its ledger row,
 * + it succeeded, ! it failed or was canceled.
 */
static const struct refunds_case {
    const char *members, *view;
} refunds_cases[] = {
    {"'amount':1", ""},
    {IN_INTENT("") "," CHARGES(""), ""},
    {CHARGES(IN_CHARGE("")), ""},
    {CHARGES(IN_CHARGE(UNBOOKED("a", 1))), "a "},
    {IN_INTENT(BOOKED("a", 1)), "a* "},

    /* Newest first, over all charges, whatever order they came in. */
    {CHARGES(IN_CHARGE(UNBOOKED("b", 2) "," UNBOOKED("a", 1))), "b a "},
    {CHARGES(IN_CHARGE(UNBOOKED("a", 1) "," UNBOOKED("b", 2))), "b a "},
    {IN_INTENT(UNBOOKED("a", 1) "," UNBOOKED("c", 3) "," UNBOOKED("b", 2)), "c b a "},
    {CHARGES(IN_CHARGE(UNBOOKED("a", 1) "," UNBOOKED("d", 4)) "," IN_CHARGE(
         UNBOOKED("b", 2) "," UNBOOKED("c", 3))),
     "d c b a "},
    {IN_INTENT(UNBOOKED("b", 2)) "," CHARGES(IN_CHARGE(UNBOOKED("c", 3) "," UNBOOKED("a", 1))),
     "c b a "},
    {IN_INTENT(UNBOOKED("a", 1) "," UNBOOKED("b", 1) "," UNBOOKED("c", 1)),
     "a b c "}, /* as they came */

    /* Each id once; the one that holds its ledger row stands for it. */
    {IN_INTENT(UNBOOKED("a", 1)) "," CHARGES(IN_CHARGE(UNBOOKED("a", 1))), "a "},
    {IN_INTENT(BOOKED("a", 1)) "," CHARGES(IN_CHARGE(UNBOOKED("a", 1))), "a* "},
    {IN_INTENT(UNBOOKED("a", 1)) "," CHARGES(IN_CHARGE(BOOKED("a", 1))), "a* "},
    {IN_INTENT(BOOKED("a", 1) "," BOOKED("b", 2)) "," CHARGES(
         IN_CHARGE(UNBOOKED("b", 2) "," UNBOOKED("a", 1) "," UNBOOKED("c", 3))),
     "c b* a* "},
    {IN_INTENT(UNBOOKED("a", 1) "," UNBOOKED("b", 1)) "," CHARGES(IN_CHARGE(UNBOOKED("a", 1))),
     "a b "}, /* the first of equal copies */
    {IN_INTENT(UNBOOKED("a", 1) "," UNBOOKED("a", 1)), "a "},
    {IN_INTENT(UNBOOKED("a", 1) "," BOOKED("a", 1) "," BOOKED("a", 1)), "a* "},
    {CHARGES(
         IN_CHARGE(UNBOOKED("a", 1)) "," IN_CHARGE(BOOKED("a", 1)) "," IN_CHARGE(UNBOOKED("a", 1))),
     "a* "},

    /* Of copies that differ, the one that has come furthest stands for the id, then the one with its ledger row. */
    {IN_INTENT(BOOKED("a", 1)) "," CHARGES(IN_CHARGE(SETTLED("a", "PENDING"))), "a "},
    {IN_INTENT(SETTLED_AND_BOOKED("a", "PENDING")) "," CHARGES(
         IN_CHARGE(SETTLED("a", "SUCCEEDED"))),
     "a+ "},
    {IN_INTENT(SETTLED("a", "SUCCEEDED")) "," CHARGES(
         IN_CHARGE(SETTLED_AND_BOOKED("a", "REQUIRES_ACTION"))),
     "a+ "},
    {IN_INTENT(SETTLED_AND_BOOKED("a", "PENDING")) "," CHARGES(IN_CHARGE(SETTLED("a", "FAILED"))),
     "a! "},
    {IN_INTENT(SETTLED_AND_BOOKED("a", "PENDING")) "," CHARGES(IN_CHARGE(SETTLED("a", "CANCELED"))),
     "a! "},
    {IN_INTENT(SETTLED_AND_BOOKED("a", "SUCCEEDED")) "," CHARGES(IN_CHARGE(SETTLED("a", "FAILED"))),
     "a! "},
    {IN_INTENT(SETTLED("a", "CANCELED")) "," CHARGES(IN_CHARGE(SETTLED("a", "SUCCEEDED"))), "a! "},
    {IN_INTENT(SETTLED("a", "SUCCEEDED")) "," CHARGES(
         IN_CHARGE(SETTLED_AND_BOOKED("a", "SUCCEEDED"))),
     "a*+ "},
    {IN_INTENT(SETTLED_AND_BOOKED("a", "BRAND_NEW")) "," CHARGES(
         IN_CHARGE(SETTLED("a", "PENDING"))),
     "a "},

    /* Without an id none is another, and both sides show the same: the fuller one counts, else the intent. */
    {IN_INTENT(NAMELESS(1) "," NAMELESS(2)), "- - "},
    {CHARGES(IN_CHARGE(NAMELESS(1) "," NAMELESS(2)) "," IN_CHARGE(NAMELESS(3))), "- - - "},
    {IN_INTENT(NAMELESS(1) "," NAMELESS(2)) "," CHARGES(IN_CHARGE(NAMELESS(1) "," NAMELESS(2))),
     "- - "},
    {IN_INTENT(NAMELESS_BOOKED(1)) "," CHARGES(IN_CHARGE(NAMELESS(1))), "-* "},
    {IN_INTENT(NAMELESS(1)) "," CHARGES(IN_CHARGE(NAMELESS(1)) "," IN_CHARGE(NAMELESS(2))), "- - "},
    {IN_INTENT(NAMELESS(1) "," NAMELESS(2) "," UNBOOKED("b", 3)) "," CHARGES(
         IN_CHARGE(NAMELESS(1) "," BOOKED("b", 3))),
     "b* - - "},
    {"'latestCharge':" IN_CHARGE(NAMELESS(1)) "," CHARGES(IN_CHARGE(NAMELESS(1))), "- "},
    {"'latestCharge':" IN_CHARGE(NAMELESS(1)), "- "},

    /* The latest charge repeats one of the charges; it counts where XPay sent no others. */
    {"'latestCharge':" IN_CHARGE(UNBOOKED("a", 1)) "," CHARGES(IN_CHARGE(UNBOOKED("a", 1))), "a "},
    {"'latestCharge':" IN_CHARGE(UNBOOKED("b", 2) "," UNBOOKED("a", 1)), "b a "},
    {"'latestCharge':" IN_CHARGE(UNBOOKED("b", 2)) "," CHARGES("") "," IN_INTENT(UNBOOKED("a", 1)),
     "b a "},
};

static void check_view(const xpay_payment_intent *intent, const char *view)
{
    const xpay_refund *refunds[8];
    char text[64] = "";
    size_t count = xpay_payment_intent_refunds(intent, refunds, 8);
    for (size_t i = 0; i < count; i++) {
        int32_t status = refunds[i]->status;
        bool undone = status == XPAY_REFUND_STATUS_FAILED || status == XPAY_REFUND_STATUS_CANCELED;
        strcat(text, refunds[i]->id != NULL ? refunds[i]->id : "-");
        strcat(text, refunds[i]->balance_transaction != NULL ? "*" : "");
        strcat(text, status == XPAY_REFUND_STATUS_SUCCEEDED ? "+" : undone ? "!" : "");
        strcat(text, " ");
    }
    ck_assert_str_eq(text, view);

    /* With less room the newest are given, the count stays. */
    for (size_t capacity = 0; capacity <= count; capacity++) {
        const xpay_refund *some[9];
        memset(some, 0, sizeof some);
        ck_assert_uint_eq(xpay_payment_intent_refunds(intent, some, capacity), count);
        for (size_t i = 0; i < 9; i++)
            ck_assert_ptr_eq(some[i], i < capacity ? refunds[i] : NULL);
    }
    ck_assert_uint_eq(xpay_payment_intent_refunds(intent, NULL, 0), count);
}

START_TEST(test_refunds_are_one_list_by_id_newest_first)
{
    char *text = replaced(INTENT("#"), "#", refunds_cases[_i].members);
    xpay_payment_intent *intent = decoded("payment_intent", text);
    check_view(intent, refunds_cases[_i].view);
    xpay_object_free(intent);
    free(text);
}
END_TEST

START_TEST(test_refunds_of_one_sale_are_the_same_in_both_shapes)
{
    char *text = _i == 0 ? contract_session() : page_session();
    xpay_checkout_session *session = decoded("checkout_session", text);
    check_view(session->payment_intent, _i == 0 ? "re_2+ re_1+ " : "re_2*+ re_1*+ ");
    xpay_object_free(session);
    free(text);
}
END_TEST

Suite *fulfillment_suite(void)
{
    Suite *suite = suite_create("fulfillment");
    TCase *tests = tcase_create("order");
    tcase_add_loop_test(tests, test_verdict_goes_by_payment_status, 0, LENGTH(verdict_cases));
    tcase_add_loop_test(tests, test_no_combination_ships_unpaid_or_releases_what_may_be_paid, 0,
                        XPAY_NEXT_ACTION_TYPE_USE_SDK + 3);
    tcase_add_loop_test(tests, test_ids_to_store_leave_out_a_guest, 0, LENGTH(ids_cases));
    tcase_add_loop_test(tests, test_amount_of_an_order_is_the_subtotal_that_the_customer_saw, 0,
                        LENGTH(amount_cases));
    suite_add_tcase(suite, tests);

    tests = tcase_create("refunds");
    tcase_add_loop_test(tests, test_refunds_are_one_list_by_id_newest_first, 0,
                        LENGTH(refunds_cases));
    tcase_add_loop_test(tests, test_refunds_of_one_sale_are_the_same_in_both_shapes, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}
