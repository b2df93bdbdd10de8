/* What parameters want of each other: each rule of the API, as a struct that breaks it and one that does not. */
#include "params.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * `sets` is what is done to a struct that has only its required members: "member" gives it a valid value,
 * "member=name" a constant, number or text, "-member" takes it away, "~member" sends null. A path leads to structs
 * below.
 */
static const struct {
    const char *type;
    const char *sets;
    const char *refused_at; /* NULL: it may be sent */
} cases[] = {
    {"refund_create_params", "", "charge_id"},
    {"refund_create_params", "charge_id", NULL},
    {"refund_create_params", "payment_intent_id", NULL},
    {"refund_create_params", "charge_id payment_intent_id", "payment_intent_id"},
    {"refund_create_params", "~charge_id ~payment_intent_id", "charge_id"},
    {"refund_create_params", "charge_id ~payment_intent_id", NULL},
    {"refund_create_params", "charge_id=", "charge_id"},
    {"refund_create_params", "charge_id= ~payment_intent_id", "charge_id"},
    {"refund_create_params", "charge_id payment_intent_id=", "payment_intent_id"},
    {"refund_create_params", "charge_id metadata metadata_json", "metadata_json"},
    {"refund_create_params", "charge_id ~metadata metadata_json", "metadata_json"},

    {"customer_create_params", "name", "email"},
    {"customer_create_params", "~email ~phone", "email"},
    {"customer_create_params", "phone=", "email"},
    {"customer_create_params", "~email phone=", "email"},
    {"customer_create_params", "email phone=", NULL},
    {"customer_create_params", "email", NULL},
    {"customer_create_params", "phone", NULL},
    {"customer_create_params", "email phone", NULL},
    {"customer_create_params", "email metadata metadata_json", "metadata_json"},
    {"customer_create_params", "email ~metadata metadata_json", "metadata_json"},

    {"discount_params", "", "coupon"},
    {"discount_params", "coupon promotion_code", "promotion_code"},
    {"discount_params", "promotion_code", NULL},

    {"line_item_params", "", "price"},
    {"line_item_params", "price price_data", "price_data"},
    {"line_item_params", "price quantity=0", "adjustable_quantity.enabled"},
    {"line_item_params",
     "price quantity=0 adjustable_quantity adjustable_quantity.enabled=0 "
     "adjustable_quantity.minimum=0",
     "adjustable_quantity.enabled"},
    {"line_item_params", "price quantity=0 adjustable_quantity adjustable_quantity.enabled=1",
     "adjustable_quantity.minimum"},
    {"line_item_params",
     "price quantity=0 adjustable_quantity adjustable_quantity.enabled=1 "
     "adjustable_quantity.minimum=1",
     "adjustable_quantity.minimum"},
    {"line_item_params",
     "price quantity=0 adjustable_quantity adjustable_quantity.enabled=1 "
     "adjustable_quantity.minimum=0",
     NULL},

    {"price_data_params", "-unit_amount", "unit_amount"},
    {"price_data_params", "unit_amount=0", NULL},
    {"amount_filter_params", "comparison=gt amount=0", NULL},
    {"checkout_session_create_params",
     "line_items line_items[1].-price line_items[1].price_data "
     "line_items[1].price_data.-unit_amount",
     "line_items[1].price_data.unit_amount"},
    {"price_data_params", "metadata metadata_json", "metadata_json"},
    {"price_data_params", "~metadata metadata_json", "metadata_json"},
    {"product_data_params", "metadata metadata_json", "metadata_json"},
    {"product_data_params", "~metadata metadata_json", "metadata_json"},

    {"price_data_params", "recurring", NULL},
    {"price_data_params", "recurring recurring.-interval", "recurring.interval"},
    {"price_data_params", "recurring recurring.-interval recurring.~interval",
     "recurring.interval"},

    {"custom_unit_amount_params", "minimum=5 maximum=4", "maximum"},
    {"custom_unit_amount_params", "minimum=5 preset=4", "preset"},
    {"custom_unit_amount_params", "preset=5 maximum=4", "maximum"},
    {"custom_unit_amount_params", "minimum=5 preset=5 maximum=5", NULL},
    {"custom_unit_amount_params", "minimum=5 ~maximum", NULL},
    {"price_create_params", "start_date=1000 expiration_date=999", "expiration_date"},
    {"price_create_params", "start_date=1000 expiration_date=1000", NULL},
    {"price_update_params", "start_date=1000 expiration_date=999", "expiration_date"},
    {"product_create_params",
     "default_price default_price.custom_unit_amount "
     "default_price.type=CUSTOM default_price.custom_unit_amount.minimum=5 "
     "default_price.custom_unit_amount.maximum=4",
     "default_price.custom_unit_amount.maximum"},
    {"adjustable_quantity_params", "minimum=3 maximum=2", "maximum"},
    {"adjustable_quantity_params", "minimum=3 maximum=3", NULL},
    {"custom_field_params", "min_characters=3 max_characters=2", "max_characters"},
    {"custom_field_params", "min_characters=3 max_characters=3", NULL},
    {"amount_filter_params", "comparison=bt amount=2 upper=1", "upper"},
    {"amount_filter_params", "comparison=bt amount=2 upper=2", NULL},
    {"price_create_params", "", NULL},
    {"price_create_params", "type=ONE_TIME", "unit_amount"},
    {"price_create_params", "type=ONE_TIME ~unit_amount", "unit_amount"},
    {"price_create_params", "type=ONE_TIME unit_amount=0", NULL},
    {"price_create_params", "type=RECURRING recurring", "unit_amount"},
    {"price_create_params", "type=RECURRING unit_amount", "recurring"},
    {"price_create_params", "type=RECURRING unit_amount recurring", NULL},
    {"price_create_params", "type=CUSTOM unit_amount", "unit_amount"},
    {"price_create_params", "type=CUSTOM ~unit_amount custom_unit_amount", NULL},
    {"price_create_params", "custom_unit_amount", "type"},
    {"price_create_params", "type=ONE_TIME unit_amount custom_unit_amount", "type"},
    {"price_create_params", "metadata metadata_json", "metadata_json"},
    {"price_create_params", "~metadata metadata_json", "metadata_json"},
    {"price_update_params", "type=ONE_TIME", NULL},
    {"price_update_params", "type=CUSTOM unit_amount", "unit_amount"},
    {"price_update_params", "custom_unit_amount", NULL},
    {"price_update_params", "custom_unit_amount unit_amount", "custom_unit_amount"},
    {"price_update_params", "type=ONE_TIME custom_unit_amount", "custom_unit_amount"},
    {"price_update_params", "type=RECURRING custom_unit_amount", "custom_unit_amount"},
    {"price_update_params", "metadata metadata_json", "metadata_json"},
    {"price_update_params", "~metadata metadata_json", "metadata_json"},
    {"product_create_params", "metadata metadata_json", "metadata_json"},
    {"product_create_params", "~metadata metadata_json", "metadata_json"},
    {"product_create_params", "default_price default_price.type=ONE_TIME",
     "default_price.unit_amount"},
    {"product_update_params", "metadata metadata_json", "metadata_json"},
    {"product_update_params", "~metadata metadata_json", "metadata_json"},
    {"product_list_params", "metadata metadata_json", "metadata_json"},

    {"amount_filter_params", "comparison=bt", "upper"},
    {"amount_filter_params", "comparison=bt upper", NULL},
    {"amount_filter_params", "comparison=gt upper", "comparison"},
    {"date_filter_params", "", "day"},
    {"date_filter_params", "comparison=eq day", NULL},
    {"date_filter_params", "comparison=last day", "count"},
    {"date_filter_params", "comparison=last count", "unit"},
    {"date_filter_params", "comparison=last count unit", NULL},
    {"date_filter_params", "comparison=last day count unit", "count"},
    {"date_filter_params", "comparison=after count unit", "comparison"},
    {"date_filter_params", "comparison=eq day unit", "count"},
    {"date_filter_params", "comparison=bt day", "last_day"},
    {"date_filter_params", "comparison=bt day last_day", NULL},
    {"date_filter_params", "comparison=before day last_day", "comparison"},
    {"payment_link_list_params", "amount amount.comparison=bt", "amount.upper"},
    {"payment_link_list_params", "date date.comparison=bt date.day", "date.last_day"},

    {"payment_link_line_item_params", "quantity=0", "adjustable_quantity.enabled"},
    {"payment_link_line_item_params",
     "quantity=0 adjustable_quantity adjustable_quantity.enabled=1", "adjustable_quantity.minimum"},
    {"payment_link_line_item_params",
     "quantity=0 adjustable_quantity adjustable_quantity.enabled=1 "
     "adjustable_quantity.minimum=0",
     NULL},
    {"payment_link_create_params", "line_items[1].quantity=0",
     "line_items[1].adjustable_quantity.enabled"},
    {"payment_link_create_params", "custom_fields custom_fields[0].-is_optional",
     "custom_fields[0].is_optional"},
    {"payment_link_create_params", "custom_fields custom_fields[1].-is_optional",
     "custom_fields[1].is_optional"},
    {"payment_link_create_params",
     "custom_fields custom_fields[1].-is_optional custom_fields[1].~is_optional",
     "custom_fields[1].is_optional"},
    {"payment_link_create_params", "custom_fields custom_fields[1].is_optional=0", NULL},
    {"payment_link_create_params", "metadata metadata_json", "metadata_json"},
    {"payment_link_create_params", "~metadata metadata_json", "metadata_json"},
    {"payment_link_update_params", "custom_fields custom_fields[0].-is_optional",
     "custom_fields[0].is_optional"},
    {"payment_link_update_params", "metadata metadata_json", "metadata_json"},
    {"payment_link_update_params", "~metadata metadata_json", "metadata_json"},

    {"webhook_endpoint_create_params", "metadata metadata_json", "metadata_json"},
    {"webhook_endpoint_create_params", "~metadata metadata_json", "metadata_json"},
    {"webhook_endpoint_update_params", "metadata metadata_json", "metadata_json"},

    {"custom_field_params", "type=TEXT dropdown_options", "type"},
    {"custom_field_params", "type=DROPDOWN dropdown_options", NULL},

    {"after_completion_params", "type=redirect", "redirect"},
    {"after_completion_params", "type=redirect ~redirect", "redirect"},
    {"after_completion_params", "type=redirect redirect", NULL},
    {"after_completion_params", "type=hosted_confirmation", NULL},
    {"after_completion_params", "type=hosted_confirmation hosted_confirmation", NULL},
    {"after_completion_params", "type=hosted_confirmation redirect", "redirect"},
    {"after_completion_params", "type=redirect redirect hosted_confirmation",
     "hosted_confirmation"},

    {"checkout_session_create_params", "customer_id customer_details", "customer_details"},
    {"checkout_session_create_params", "customer_creation=always customer_id", "customer_id"},
    {"checkout_session_create_params", "customer_creation=if_required customer_id", NULL},
    {"checkout_session_create_params", "customer_creation=always customer_details", NULL},
    {"checkout_session_create_params", "customer_update", "customer_id"},
    {"checkout_session_create_params", "customer_update customer_id", NULL},
    {"checkout_session_create_params", "payment_method_types payment_method_configuration_id",
     "payment_method_configuration_id"},
    {"checkout_session_create_params", "ui_mode=custom", NULL},
    {"checkout_session_create_params", "ui_mode=custom submit_type", "submit_type"},
    {"checkout_session_create_params", "ui_mode=custom name_collection", "name_collection"},
    {"checkout_session_create_params", "ui_mode=custom billing_address_collection",
     "billing_address_collection"},
    {"checkout_session_create_params", "ui_mode=custom shipping_address_collection",
     "shipping_address_collection"},
    {"checkout_session_create_params", "ui_mode=custom phone_number_collection",
     "phone_number_collection"},
    {"checkout_session_create_params", "ui_mode=custom cancel_url", "cancel_url"},
    {"checkout_session_create_params", "ui_mode=embedded cancel_url", "cancel_url"},
    {"checkout_session_create_params", "ui_mode=hosted cancel_url submit_type name_collection",
     NULL},
    {"checkout_session_create_params", "ui_mode=embedded submit_type name_collection", NULL},
    {"checkout_session_create_params",
     "ui_mode=custom after_completion.-redirect after_completion.type=hosted_confirmation",
     "after_completion.type"},
    {"checkout_session_create_params",
     "ui_mode=embedded after_completion.-redirect after_completion.type=hosted_confirmation",
     "after_completion.type"},
    {"checkout_session_create_params",
     "ui_mode=hosted after_completion.-redirect after_completion.type=hosted_confirmation", NULL},
    {"checkout_session_create_params", "metadata metadata_json", "metadata_json"},
    {"checkout_session_create_params", "~metadata metadata_json", "metadata_json"},
    {"checkout_session_create_params",
     "line_items line_items[0].-price line_items[0].price_data line_items[1].-price "
     "line_items[1].price_data",
     NULL},
    {"checkout_session_create_params",
     "line_items line_items[0].-price line_items[0].price_data line_items[1].-price "
     "line_items[1].price_data line_items[1].price_data.currency=KWD",
     "line_items[1].price_data.currency"},
    {"checkout_session_create_params", "line_items line_items[1].price_data",
     "line_items[1].price_data"},

    {"checkout_session_update_params", "customer_id customer_details", "customer_details"},
    {"checkout_session_update_params", "customer_creation=always customer_id", "customer_id"},
    {"checkout_session_update_params", "payment_method_types payment_method_configuration_id",
     "payment_method_configuration_id"},
    {"checkout_session_update_params", "customer_update", NULL},
    {"checkout_session_update_params", "metadata metadata_json", "metadata_json"},
    {"checkout_session_update_params", "~metadata metadata_json", "metadata_json"},
    {"checkout_session_update_params",
     "line_items line_items[0].-price line_items[0].price_data line_items[1].-price "
     "line_items[1].price_data line_items[0].price_data.currency=USD",
     "line_items[1].price_data.currency"},
};

/* Number of a constant, by its name for enumerations. */
static int64_t value_of(const xpay_field *field, const char *value)
{
    for (size_t i = 0; field->values != NULL && i < field->values->count; i++)
        if (strcmp(field->values->names[i], value) == 0)
            return (int64_t)i + 1;
    if (field->values != NULL)
        complain("%s: no value %s", field->name, value);
    return strtoll(value, NULL, 10);
}

static void do_last(void *params, const xpay_type *type, char *word)
{
    char *value = strchr(word, '=');
    if (value != NULL) {
        *value = '\0';
        if (row_of(type, word)->kind == XPAY_KIND_TEXT)
            set_text(params, type, word, value + 1);
        else
            set_number(params, type, word, value_of(row_of(type, word), value + 1));
    } else if (*word == '~') {
        set_clear(params, type, word + 1);
    } else if (*word == '-') {
        unset_member(params, type, word + 1);
    } else {
        set_member(params, type, word, 0);
    }
}

/* Follow a path to the struct that its last part is about. */
static void do_word(void *params, const xpay_type *type, char *word)
{
    char *dot = strchr(word, '.');
    if (dot == NULL) {
        do_last(params, type, word);
        return;
    }
    *dot = '\0';
    char *bracket = strchr(word, '[');
    size_t index = bracket == NULL ? 0 : strtoul(bracket + 1, NULL, 10);
    if (bracket != NULL)
        *bracket = '\0';
    const c_member *m = c_member_of(type, word);
    const xpay_type *below = row_of(type, word)->type;
    char *elements = *(char **)(void *)((char *)params + m->offset);
    ck_assert_ptr_nonnull(elements);
    do_word(elements + index * xpay_type_size(below), below, dot + 1);
}

static void *make_case(const xpay_type *type, const char *sets)
{
    void *params = take(xpay_type_size(type));
    set_size(params, xpay_type_size(type));
    for (size_t i = 0; i < xpay_type_field_count(type); i++)
        if (xpay_type_field(type, i)->flags & XPAY_FIELD_REQUIRED)
            set_member(params, type, xpay_type_field(type, i)->member, 0);
    char *words = take(strlen(sets) + 1), *rest = strcpy(words, sets);
    for (char *word; (word = rest) != NULL && *word != '\0';) {
        rest = strchr(word, ' ');
        if (rest != NULL)
            *rest++ = '\0';
        do_word(params, type, word);
    }
    return params;
}

START_TEST(test_rules_between_parameters)
{
    for (size_t i = 0; i < LENGTH(cases); i++) {
        const xpay_type *type = xpay_type_by_name(cases[i].type);
        void *params = make_case(type, cases[i].sets);
        if (cases[i].refused_at == NULL)
            expect_sent(params, type, cases[i].sets);
        else
            expect_refused(params, type, cases[i].sets, XPAY_ERROR_ARGUMENT, cases[i].refused_at);
        params_free_all();
    }
    NO_COMPLAINTS();
}
END_TEST

/* Whether a case breaks one rule: it is refused with that rule alone, and not without any. */
static bool breaks_rule(size_t number, const xpay_type *type, const struct xpay_rule *rule)
{
    xpay_type without = *type, with = *type;
    if (cases[number].refused_at == NULL || strcmp(cases[number].type, xpay_type_name(type)) != 0)
        return false;
    without.rule_count = 0;
    with.rules = rule;
    with.rule_count = 1;
    void *params = make_case(type, cases[number].sets);
    return request_status(params, &without) == XPAY_OK &&
           request_status(params, &with) == XPAY_ERROR_ARGUMENT;
}

/* A rule that is added to a table needs a case above. */
START_TEST(test_every_rule_is_broken_by_a_case)
{
    size_t rules = 0;
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        for (size_t r = 0; r < type->rule_count; r++, rules++) {
            bool broken = false;
            for (size_t i = 0; i < LENGTH(cases) && !broken; i++)
                broken = breaks_rule(i, type, &type->rules[r]);
            params_free_all();
            if (!broken)
                complain("%s: no case breaks rule %zu (%s)", xpay_type_name(type), r,
                         type->rules[r].a.member);
        }
    }
    printf("requests: %zu rules, %zu cases\n", rules, LENGTH(cases));
    NO_COMPLAINTS();
}
END_TEST

void add_rule_tests(TCase *tcase)
{
    tcase_add_test(tcase, test_rules_between_parameters);
    tcase_add_test(tcase, test_every_rule_is_broken_by_a_case);
}
