/* The library's description of itself: every table is sound, and agrees with the compiler. */
#include <string.h>

#include <xpay/xpay.h>

#include "suites.h"

START_TEST(test_types_are_found_by_number_and_name)
{
    size_t count = xpay_type_count();
    ck_assert_uint_gt(count, 80);
    for (size_t i = 0; i < count; i++) {
        const xpay_type *type = xpay_type_at(i);
        ck_assert_ptr_nonnull(type);
        ck_assert_ptr_eq(xpay_type_by_name(xpay_type_name(type)), type); /* so names are unique */
        ck_assert_ptr_nonnull(xpay_type_schemas(type));
    }
    ck_assert_ptr_null(xpay_type_at(count));
    ck_assert_ptr_null(xpay_type_at(SIZE_MAX));
    ck_assert_ptr_null(xpay_type_by_name("xpay_refund"));
    ck_assert_ptr_null(xpay_type_by_name("Refund"));
    ck_assert_ptr_null(xpay_type_by_name(""));
    ck_assert_ptr_null(xpay_type_by_name(NULL));
}
END_TEST

static const struct tag_case {
    const char *name, *tag;
    size_t size;
} tag_cases[] = {
    {"checkout_session", "checkout.session", sizeof(xpay_checkout_session)},
    {"payment_intent", "payment_intent", sizeof(xpay_payment_intent)},
    {"charge", "charge", sizeof(xpay_charge)},
    {"refund", "refund", sizeof(xpay_refund)},
    {"balance_transaction", "balance_transaction", sizeof(xpay_balance_transaction)},
    {"customer", "customer", sizeof(xpay_customer)},
    {"event", "event", sizeof(xpay_event)},
    {"payout_batch", "payout_batch", sizeof(xpay_payout_batch)},
    {"total_details", NULL, sizeof(xpay_total_details)},
    {"ledger", NULL, sizeof(xpay_ledger)},
    {"refund_create_params", NULL, sizeof(xpay_refund_create_params)},
};

START_TEST(test_type_knows_its_tag_and_size)
{
    const xpay_type *type = xpay_type_by_name(tag_cases[_i].name);
    ck_assert_pstr_eq(xpay_type_object_tag(type), tag_cases[_i].tag);
    ck_assert_uint_eq(xpay_type_size(type), tag_cases[_i].size);
}
END_TEST

static const struct field_case {
    const char *type, *name, *member;
    int32_t kind;
    size_t offset;
    uint32_t presence;
    uint32_t flags; /* that must be set */
} field_cases[] = {
#define MEMBER(t, m)    offsetof(xpay_##t, m)
#define COMPANION(t, m) (uint32_t) offsetof(xpay_##t, m)
    {"checkout_session", "id", "id", XPAY_KIND_TEXT, MEMBER(checkout_session, id), XPAY_NO_OFFSET,
     XPAY_FIELD_CRITICAL},
    {"checkout_session", "amountTotal", "amount_total", XPAY_KIND_MONEY,
     MEMBER(checkout_session, amount_total), COMPANION(checkout_session, has_amount_total),
     XPAY_FIELD_CRITICAL},
    {"checkout_session", "clientSecret", "client_secret", XPAY_KIND_TEXT,
     MEMBER(checkout_session, client_secret), XPAY_NO_OFFSET, XPAY_FIELD_SECRET},
    {"payment_intent", "clientSecret", "client_secret", XPAY_KIND_TEXT,
     MEMBER(payment_intent, client_secret), XPAY_NO_OFFSET,
     XPAY_FIELD_SECRET | XPAY_FIELD_REQUIRED},
    {"checkout_session", "paymentStatus", "payment_status", XPAY_KIND_ENUM,
     MEMBER(checkout_session, payment_status), XPAY_NO_OFFSET, XPAY_FIELD_CRITICAL},
    {"payment_intent", "charges", "charges", XPAY_KIND_OBJECT, MEMBER(payment_intent, charges),
     COMPANION(payment_intent, charges_count), XPAY_FIELD_ARRAY | XPAY_FIELD_REQUIRED},
    {"payment_intent", "refunds", "refunds", XPAY_KIND_OBJECT, MEMBER(payment_intent, refunds),
     COMPANION(payment_intent, refunds_count), XPAY_FIELD_ARRAY | XPAY_FIELD_EXTENSION},
    {"presentment_details", "exchangeRate", "exchange_rate", XPAY_KIND_DECIMAL,
     MEMBER(presentment_details, exchange_rate), XPAY_NO_OFFSET, XPAY_FIELD_REQUIRED},
    {"refund", "createdAt", "created_at", XPAY_KIND_TIME, MEMBER(refund, created_at),
     XPAY_NO_OFFSET, XPAY_FIELD_REQUIRED},
    {"customer", "metadata", "metadata", XPAY_KIND_JSON, MEMBER(customer, metadata), XPAY_NO_OFFSET,
     XPAY_FIELD_NULLABLE},
    {"charge", "paid", "paid", XPAY_KIND_BOOLEAN, MEMBER(charge, paid), XPAY_NO_OFFSET,
     XPAY_FIELD_REQUIRED},
    {"line_item", "quantity", "quantity", XPAY_KIND_INTEGER, MEMBER(line_item, quantity),
     XPAY_NO_OFFSET, XPAY_FIELD_REQUIRED},
};

START_TEST(test_field_is_found_by_both_names_and_stands_where_the_compiler_put_it)
{
    const struct field_case *c = &field_cases[_i];
    const xpay_type *type = xpay_type_by_name(c->type);
    const xpay_field *field = xpay_type_field_by_name(type, c->name);
    ck_assert_ptr_nonnull(field);
    ck_assert_ptr_eq(xpay_type_field_by_name(type, c->member), field);
    ck_assert_str_eq(field->name, c->name);
    ck_assert_str_eq(field->member, c->member);
    ck_assert_int_eq(field->kind, c->kind);
    ck_assert_uint_eq(field->offset, c->offset);
    ck_assert_uint_eq(field->presence, c->presence);
    ck_assert_uint_eq(field->flags & c->flags, c->flags);
}
END_TEST

/* Bytes of a field's member, and how it must be aligned. */
static size_t member_size(const xpay_field *field)
{
    if (field->flags & XPAY_FIELD_ARRAY)
        return sizeof(void *);
    switch (field->kind) {
    case XPAY_KIND_BOOLEAN: return sizeof(bool);
    case XPAY_KIND_ENUM: return sizeof(int32_t);
    case XPAY_KIND_DECIMAL: return sizeof(xpay_decimal);
    default: return sizeof(int64_t);
    }
}

static void check_field(const xpay_type *type, const xpay_field *field)
{
    size_t size = member_size(field), alignment = size > sizeof(int64_t) ? sizeof(void *) : size;
    ck_assert_int_ge(field->kind, XPAY_KIND_TEXT);
    ck_assert_int_le(field->kind, XPAY_KIND_TEXT_MAP);
    ck_assert_uint_eq(field->offset % alignment, 0);
    ck_assert_uint_le(field->offset + size, xpay_type_size(type));
    ck_assert_int_eq(field->type != NULL, field->kind == XPAY_KIND_OBJECT);
    ck_assert_int_eq(field->values != NULL, field->kind == XPAY_KIND_ENUM);
    if (field->flags & XPAY_FIELD_ARRAY) {
        ck_assert_uint_le(field->presence + sizeof(size_t), xpay_type_size(type));
        ck_assert_uint_eq(field->presence % sizeof(size_t), 0);
    } else if (field->presence != XPAY_NO_OFFSET) {
        ck_assert_uint_lt(field->presence, xpay_type_size(type));
    }
    bool is_amount = field->kind == XPAY_KIND_MONEY;
    bool is_answer = xpay_type_field_by_name(type, "size") == NULL &&
                     strstr(xpay_type_name(type), "_params") == NULL;
    if (is_amount && is_answer)
        ck_assert_uint_ne(field->flags & XPAY_FIELD_CRITICAL, 0);
    if (strstr(field->member, "secret") != NULL)
        ck_assert_uint_ne(field->flags & XPAY_FIELD_SECRET, 0);
}

START_TEST(test_every_field_fits_its_struct)
{
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        size_t count = xpay_type_field_count(type);
        ck_assert_ptr_null(xpay_type_field(type, count));
        ck_assert_ptr_null(xpay_type_field_by_name(type, "no such field"));
        ck_assert_ptr_null(xpay_type_field_by_name(type, NULL));
        for (size_t i = 0; i < count; i++) {
            const xpay_field *field = xpay_type_field(type, i);
            check_field(type, field);
            for (size_t k = 0; k < i; k++) { /* no two share a member */
                const xpay_field *other = xpay_type_field(type, k);
                ck_assert_msg(field->offset + member_size(field) <= other->offset ||
                                  other->offset + member_size(other) <= field->offset,
                              "%s: %s and %s", xpay_type_name(type), field->member, other->member);
            }
        }
    }
}
END_TEST

START_TEST(test_every_struct_below_another_is_described)
{
    for (size_t t = 0; t < xpay_type_count(); t++)
        for (size_t i = 0; i < xpay_type_field_count(xpay_type_at(t)); i++) {
            const xpay_type *type = xpay_type_field(xpay_type_at(t), i)->type;
            if (type != NULL)
                ck_assert_ptr_eq(xpay_type_by_name(xpay_type_name(type)), type);
        }
}
END_TEST

START_TEST(test_value_of_an_enumeration_has_its_name)
{
    const xpay_enum *values =
        xpay_type_field_by_name(xpay_type_by_name("checkout_session"), "status")->values;
    ck_assert_str_eq(values->name, "checkout_session_status");
    ck_assert_str_eq(xpay_enum_name(values, XPAY_CHECKOUT_SESSION_STATUS_OPEN), "open");
    ck_assert_str_eq(xpay_enum_name(values, XPAY_CHECKOUT_SESSION_STATUS_EXPIRED), "expired");
    ck_assert_ptr_null(xpay_enum_name(values, 0));
    ck_assert_ptr_null(xpay_enum_name(values, 4));
    ck_assert_ptr_null(xpay_enum_name(values, -1));
    ck_assert_ptr_null(xpay_enum_name(values, INT32_MIN));
    ck_assert_ptr_null(xpay_enum_name(values, INT32_MAX));
}
END_TEST

START_TEST(test_currencies_of_tables_and_of_money_are_the_same)
{
    const xpay_enum *values =
        xpay_type_field_by_name(xpay_type_by_name("refund"), "currency")->values;
    ck_assert_uint_eq(values->count, XPAY_CURRENCY_CNY);
    for (int32_t currency = 1; currency <= XPAY_CURRENCY_CNY; currency++)
        ck_assert_str_eq(xpay_enum_name(values, currency), xpay_currency_code(currency));
}
END_TEST

START_TEST(test_version_is_the_one_of_the_headers)
{
    ck_assert_uint_eq(xpay_version_number(), XPAY_VERSION_NUMBER);
    ck_assert_str_eq(xpay_version(), XPAY_VERSION_STRING);
}
END_TEST

Suite *describe_suite(void)
{
    Suite *suite = suite_create("describe");
    TCase *tests = tcase_create("tables");
    tcase_add_test(tests, test_types_are_found_by_number_and_name);
    tcase_add_loop_test(tests, test_type_knows_its_tag_and_size, 0, LENGTH(tag_cases));
    tcase_add_loop_test(tests,
                        test_field_is_found_by_both_names_and_stands_where_the_compiler_put_it, 0,
                        LENGTH(field_cases));
    tcase_add_test(tests, test_every_field_fits_its_struct);
    tcase_add_test(tests, test_every_struct_below_another_is_described);
    tcase_add_test(tests, test_value_of_an_enumeration_has_its_name);
    tcase_add_test(tests, test_currencies_of_tables_and_of_money_are_the_same);
    tcase_add_test(tests, test_version_is_the_one_of_the_headers);
    suite_add_tcase(suite, tests);
    return suite;
}
