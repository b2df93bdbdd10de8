/* From JSON to structs: both shapes of the graph, what is unknown, absent, repeated or of another kind. */
#include <stdlib.h>
#include <string.h>

#include "answers.h"
#include "suites.h"

static void check_goods(const xpay_checkout_session *session)
{
    ck_assert_uint_eq(session->line_items_count, 1);
    const xpay_line_item *item = session->line_items[0];
    ck_assert_int_eq(item->quantity, 2);
    ck_assert_str_eq(item->price->product->name, "Caf\xc3\xa9 \"cup\" \xe2\x98\x95");
    ck_assert_str_eq(item->price->product->image, "https://shop.example/cup.png");
    ck_assert(!item->adjustable_quantity->has_minimum);
    ck_assert(item->adjustable_quantity->has_maximum);
    ck_assert_int_eq(item->adjustable_quantity->maximum, 9);

    ck_assert_uint_eq(session->custom_fields_count, 1);
    ck_assert_uint_eq(session->custom_fields[0]->dropdown_options_count, 2);
    ck_assert_str_eq(session->custom_fields[0]->dropdown_options[1]->label, "L");
    ck_assert_str_eq(session->custom_fields[0]->dropdown->value, "l");

    const xpay_coupon *coupon = session->discounts[0]->coupon;
    ck_assert_str_eq(coupon->percent_off.digits, "10.0");
    ck_assert_uint_eq(coupon->applies_to_product_ids_count, 2);
    ck_assert_str_eq(coupon->applies_to_product_ids[1], "prod_2");
}

static void check_sale(const xpay_checkout_session *session)
{
    ck_assert_str_eq(session->id, "cs_test_1");
    ck_assert_int_eq(session->status, XPAY_CHECKOUT_SESSION_STATUS_COMPLETE);
    ck_assert_int_eq(session->payment_status, XPAY_PAYMENT_STATUS_PAID);
    ck_assert_int_eq(session->currency, XPAY_CURRENCY_EGP);
    ck_assert(session->has_amount_total);
    ck_assert_int_eq(session->amount_total, 149900);
    ck_assert_int_eq(session->created_at, 1777629600000);
    ck_assert_int_eq(session->locale, XPAY_LOCALE_AR);
    ck_assert(session->total_details->has_amount_shipping);
    ck_assert(!session->total_details->has_amount_platform_fee);
    ck_assert_str_eq(session->presentment_details->exchange_rate.digits, "51.0200");
    ck_assert_int_eq(session->presentment_details->amount_subtotal, 2958);
    ck_assert_ptr_null(session->cancel_url);
    ck_assert_ptr_null(session->after_completion->hosted_confirmation);
    ck_assert_str_eq(session->after_completion->redirect->url, "https://shop.example/done");
    ck_assert_uint_eq(xpay_object_fault_count(session), 0);

    const xpay_payment_intent *intent = session->payment_intent;
    ck_assert_int_eq(intent->status, XPAY_PAYMENT_INTENT_STATUS_PARTIALLY_REFUNDED);
    ck_assert_int_eq(intent->amount_details->tax->rate_bps, 1400);
    ck_assert(!intent->amount_details->has_tip);
    ck_assert(intent->amount_details->has_discount);
    ck_assert_uint_eq(intent->charges_count, 2);
    ck_assert_int_eq(intent->charges[0]->status, XPAY_CHARGE_STATUS_FAILED);
    ck_assert_ptr_null(intent->charges[0]->balance_transaction);

    const xpay_charge *charge = intent->charges[1];
    ck_assert_str_eq(charge->id, "ch_2");
    ck_assert(charge->paid);
    ck_assert(!charge->has_captured_at);
    ck_assert_int_eq(charge->payment_method_details->card->exp_year, 2030);
    ck_assert_str_eq(charge->outcome->risk_score.digits, "12.5");
    ck_assert_int_eq(charge->balance_transaction->net, 145403);
    ck_assert_int_eq(charge->balance_transaction->fee_details[0]->amount, 4497);
    ck_assert_str_eq(charge->balance_transaction->payout_batch->arrival_date, "2026-05-04");
    ck_assert_int_eq(charge->config->merchant_fee_deduction, 4497);
}

START_TEST(test_session_is_read_in_the_shape_of_the_contract)
{
    char *text = contract_session();
    xpay_checkout_session *session = decoded("checkout_session", text);
    check_sale(session);
    check_goods(session);
    const xpay_charge *charge = session->payment_intent->charges[1];
    ck_assert_ptr_null(session->payment_intent->refunds);
    ck_assert_uint_eq(charge->refunds_count, 2);
    ck_assert_str_eq(charge->refunds[0]->id, "re_2");
    ck_assert_int_eq(charge->refunds[0]->created_at, 1777714200000);
    ck_assert_int_eq(charge->refunds[1]->amount, 5000); /* it came as text */
    ck_assert_str_eq(charge->refunds[1]->balance_transaction_id, "txn_re_1");
    ck_assert_ptr_null(charge->refunds[1]->balance_transaction);
    ck_assert_int_eq(charge->refunds[0]->destination_details->card->type,
                     XPAY_REFUND_CARD_TYPE_REFUND);
    xpay_object_free(session);
    free(text);
}
END_TEST

START_TEST(test_session_is_read_in_the_shape_of_the_object_model_page)
{
    char *text = page_session();
    xpay_checkout_session *session = decoded("checkout_session", text);
    check_sale(session);
    check_goods(session);
    const xpay_payment_intent *intent = session->payment_intent;
    ck_assert_ptr_null(intent->charges[1]->refunds);
    ck_assert_uint_eq(intent->charges[1]->refunds_count, 0);
    ck_assert_uint_eq(intent->refunds_count, 2);
    ck_assert_str_eq(intent->refunds[0]->id, "re_1");
    ck_assert_int_eq(intent->refunds[0]->balance_transaction->amount, -5000);
    ck_assert_int_eq(intent->refunds[1]->balance_transaction->net, -10000);
    xpay_object_free(session);
    free(text);
}
END_TEST

START_TEST(test_every_struct_knows_its_type_and_its_root)
{
    char *text = contract_session();
    xpay_checkout_session *session = decoded("checkout_session", text);
    const xpay_object *charge = &session->payment_intent->charges[1]->base;
    ck_assert_str_eq(xpay_type_name(session->base.type), "checkout_session");
    ck_assert_str_eq(xpay_type_name(charge->type), "charge");
    ck_assert_str_eq(xpay_type_name(session->line_items[0]->base.type), "line_item");
    ck_assert_ptr_eq(charge->root, session->base.root);
    xpay_object_free(session);
    free(text);
}
END_TEST

START_TEST(test_unknown_members_and_values_are_no_faults)
{
    xpay_checkout_session *session = decoded(
        "checkout_session",
        SESSION("'status':'melted','new':{'deep':[1,{'status':7}],'id':8},'paymentStatus':'',"
                "'currency':'JPY','locale':'OPEN','after':[[[]]],'amountTotal':5,'mode':'pay'"));
    ck_assert_int_eq(session->status, XPAY_CHECKOUT_SESSION_STATUS_UNKNOWN);
    ck_assert_int_eq(session->payment_status, XPAY_PAYMENT_STATUS_UNKNOWN);
    ck_assert_int_eq(session->currency, XPAY_CURRENCY_UNKNOWN);
    ck_assert_int_eq(session->locale, XPAY_LOCALE_UNKNOWN);
    ck_assert_int_eq(session->mode, XPAY_CHECKOUT_SESSION_MODE_UNKNOWN);
    ck_assert_int_eq(session->amount_total, 5);
    ck_assert_uint_eq(xpay_object_fault_count(session), 0);
    xpay_object_free(session);
}
END_TEST

START_TEST(test_names_are_compared_exactly)
{
    xpay_checkout_session *session =
        decoded("checkout_session", SESSION("'AmountTotal':1,'amounttotal':2,'amountTotal ':3,"
                                            "'amountTota':4,'amountTotals':5,'amount_total':6"));
    ck_assert(!session->has_amount_total);
    xpay_object_free(session);
}
END_TEST

START_TEST(test_names_and_values_may_be_escaped)
{
    xpay_checkout_session *session =
        decoded("checkout_session",
                SESSION("'\\u0073tatus':'c\\u006fmplete','paymentStatus':'\\u0070aid',"
                        "'currency':'\\u0045GP','createdAt':'2026-05-01T12:00:00\\u002B02:00',"
                        "'amountTotal':'\\u0031\\u0032','metadata':{'\\u0061':'\\u0062'}"));
    ck_assert_int_eq(session->status, XPAY_CHECKOUT_SESSION_STATUS_COMPLETE);
    ck_assert_int_eq(session->payment_status, XPAY_PAYMENT_STATUS_PAID);
    ck_assert_int_eq(session->currency, XPAY_CURRENCY_EGP);
    ck_assert_int_eq(session->created_at, 1777629600000);
    ck_assert_int_eq(session->amount_total, 12);
    ck_assert_str_eq(xpay_json_get(session->metadata, "a"), "b");
    ck_assert_uint_eq(xpay_object_fault_count(session), 0);
    xpay_object_free(session);
}
END_TEST

START_TEST(test_null_is_absent)
{
    xpay_checkout_session *session = decoded(
        "checkout_session", OPEN_SESSION("'currency':null,'amountTotal':null,'expiresAt':null,"
                                         "'lineItems':null,'discounts':null,'metadata':null,"
                                         "'customer':null,'paymentIntent':null,'url':null"));
    ck_assert(!session->has_amount_total && !session->has_expires_at);
    ck_assert_ptr_null(session->line_items);
    ck_assert_ptr_null(session->discounts);
    ck_assert_ptr_null(session->metadata);
    ck_assert_ptr_null(session->payment_intent);
    ck_assert_uint_eq(xpay_object_fault_count(session), 0);
    xpay_object_free(session);
}
END_TEST

START_TEST(test_empty_list_is_there_and_empty_text_is_no_time)
{
    xpay_checkout_session *session =
        decoded("checkout_session", OPEN_SESSION("'lineItems':[],'expiresAt':'','url':''"));
    ck_assert_ptr_nonnull(session->line_items);
    ck_assert_uint_eq(session->line_items_count, 0);
    ck_assert(!session->has_expires_at);
    ck_assert_str_eq(session->url, "");
    ck_assert_uint_eq(xpay_object_fault_count(session), 0);
    xpay_object_free(session);
}
END_TEST

static const struct amount_case {
    const char *json;
    int64_t amount;
} amount_cases[] = {
    {"0", 0},
    {"149900", 149900},
    {"-5", -5},
    {"149900.00", 149900},
    {"1.499e5", 149900},
    {"'149900'", 149900},
    {"'-5'", -5},
    {"9007199254740991", 9007199254740991},
    {"'9007199254740991'", 9007199254740991},
    {"-9007199254740991", -9007199254740991},
};

START_TEST(test_amount_is_a_number_or_text)
{
    char *text = replaced(SESSION("'amountTotal':#"), "#", amount_cases[_i].json);
    xpay_checkout_session *session = decoded("checkout_session", text);
    ck_assert(session->has_amount_total);
    ck_assert_int_eq(session->amount_total, amount_cases[_i].amount);
    xpay_object_free(session);
    free(text);
}
END_TEST

/* Members of the same name, and what the struct and the pointer then say. NULL and -1: absent. */
static const struct repeat_case {
    const char *members;
    const char *url;
    int64_t amount_total;
    const char *amount_json;
    size_t faults;
} repeat_cases[] = {
    {"'url':'a','amountTotal':1,'url':'b','amountTotal':2", "b", 2, "2", 0},
    {"'amountTotal':1,'url':'a','amountTotal':2,'url':'b','amountTotal':3", "b", 3, "3", 0},
    {"'url':'a','amountTotal':1,'url':null,'amountTotal':null", NULL, -1, "null", 0},
    {"'url':null,'amountTotal':null,'url':'a','amountTotal':1", "a", 1, "1", 0},
    {"'url':'a','url':7,'amountTotal':1,'\\u0061mountTotal':'2'", NULL, 2, "'2'", 1},
    {"'url':'a','url':{'x':[1,2]},'url':'c','amountTotal':4", "c", 4, "4", 0},

    /* Also when one before it was wrong in itself, or in something deep below. */
    {"'amountTotal':'x','url':7,'amountTotal':3,'url':'b'", "b", 3, "3", 0},
    {"'amountTotal':1.5,'amountTotal':{'x':[1,2]},'amountTotal':3,'url':'b'", "b", 3, "3", 0},
    {"'url':7,'amountTotal':'x','amountTotal':null", NULL, -1, "null", 1},
    {"'customer':{'id':7,'x':[1,2],'y':3},'customer':{'id':'cus_2'},'url':'b','amountTotal':3", "b",
     3, "3", 0},
    {"'lineItems':[{'id':'li','price':{'id':{}}},5],'lineItems':[],'url':'b','amountTotal':3", "b",
     3, "3", 0},
    {"'customer':{'id':'cus_1','name':7,'email':[8]},'customer':null,'url':'b','amountTotal':3",
     "b", 3, "3", 0},
    {"'object':7,'object':'refund','url':'b','object':'checkout.session','amountTotal':3", "b", 3,
     "3", 0},
};

START_TEST(test_the_last_of_the_same_name_counts_in_struct_and_pointer)
{
    const struct repeat_case *c = &repeat_cases[_i];
    char *text = replaced(OPEN_SESSION("#"), "#", c->members);
    xpay_checkout_session *session = decoded("checkout_session", text);
    const char *value;
    size_t length;
    char *json = json_of(c->amount_json);
    ck_assert_pstr_eq(session->url, c->url);
    ck_assert_int_eq(session->has_amount_total, c->amount_total >= 0);
    ck_assert_int_eq(session->amount_total, c->amount_total >= 0 ? c->amount_total : 0);
    ck_assert_int_eq(xpay_object_get(session, "/amountTotal", &value, &length), XPAY_OK);
    ck_assert_uint_eq(length, strlen(json));
    ck_assert_mem_eq(value, json, length);
    ck_assert_uint_eq(xpay_object_fault_count(session), c->faults);
    xpay_object_free(session);
    free(json);
    free(text);
}
END_TEST

START_TEST(test_the_last_list_and_object_of_the_same_name_count)
{
    xpay_checkout_session *session = decoded(
        "checkout_session",
        SESSION(
            "'customer':{'id':'cus_1','email':'a@b.c'},'lineItems':[{'id':'li_1'},{'id':'li_2'}],"
            "'customer':{'id':'cus_2'},'lineItems':[{'id':'li_3'}],"
            "'discounts':[{'id':'di_1'}],'discounts':null,"
            "'customFields':[{'key':'a'}],'customFields':{},"
            "'totalDetails':{'amountTax':1},'totalDetails':[]"));
    ck_assert_str_eq(session->customer->id, "cus_2");
    ck_assert_ptr_null(session->customer->email);
    ck_assert_uint_eq(session->line_items_count, 1);
    ck_assert_str_eq(session->line_items[0]->id, "li_3");
    ck_assert_ptr_null(session->discounts);
    ck_assert_uint_eq(session->discounts_count, 0);
    ck_assert_ptr_null(session->custom_fields);
    ck_assert_uint_eq(session->custom_fields_count, 0);
    ck_assert_ptr_null(session->total_details);
    xpay_object_free(session);
}
END_TEST

START_TEST(test_list_without_an_envelope_is_a_page)
{
    xpay_refund_page *page = decoded(
        "refund_page", " [" REFUND("re_1", "'amount':5") "," REFUND("re_2", "'amount':6") "] ");
    ck_assert_uint_eq(page->data_count, 2);
    ck_assert_int_eq(page->data[1]->amount, 6);
    xpay_object_free(page);
    page = decoded("refund_page", "[]");
    ck_assert_uint_eq(page->data_count, 0);
    xpay_object_free(page);
}
END_TEST

Suite *decode_suite(void)
{
    Suite *suite = suite_create("decode");
    TCase *tests = tcase_create("graph");
    tcase_add_test(tests, test_session_is_read_in_the_shape_of_the_contract);
    tcase_add_test(tests, test_session_is_read_in_the_shape_of_the_object_model_page);
    tcase_add_test(tests, test_every_struct_knows_its_type_and_its_root);
    tcase_add_test(tests, test_list_without_an_envelope_is_a_page);
    suite_add_tcase(suite, tests);

    tests = tcase_create("members");
    tcase_add_test(tests, test_unknown_members_and_values_are_no_faults);
    tcase_add_test(tests, test_names_are_compared_exactly);
    tcase_add_test(tests, test_names_and_values_may_be_escaped);
    tcase_add_test(tests, test_null_is_absent);
    tcase_add_test(tests, test_empty_list_is_there_and_empty_text_is_no_time);
    tcase_add_loop_test(tests, test_amount_is_a_number_or_text, 0, LENGTH(amount_cases));
    tcase_add_loop_test(tests, test_the_last_of_the_same_name_counts_in_struct_and_pointer, 0,
                        LENGTH(repeat_cases));
    tcase_add_test(tests, test_the_last_list_and_object_of_the_same_name_count);
    suite_add_tcase(suite, tests);
    return suite;
}
