/* Parameter structs, filled through their C members. */
#include "params.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TAKEN = 4096 };

static void *taken[MAX_TAKEN];
static size_t taken_count;

void *take(size_t size)
{
    ck_assert_uint_lt(taken_count, MAX_TAKEN);
    void *memory = calloc(1, size);
    ck_assert_ptr_nonnull(memory);
    return taken[taken_count++] = memory;
}

void params_free_all(void)
{
    while (taken_count > 0)
        free(taken[--taken_count]);
}

/*
 * What the rules of a type want beside the member that is set: another member, with a number or (-1) any valid value;
 * -2 as well, where only the rules of a struct above want it.
 * Without a line for a member the type's lines for any member (NULL) hold.
 */
static const struct {
    const char *type;
    const char *setting;
    const char *member;
    int64_t value;
} companions[] = {
    {"refund_create_params", NULL, "charge_id", -1},
    {"refund_create_params", "payment_intent_id", NULL, 0},
    {"refund_create_params", "~charge_id", "payment_intent_id", -1},
    {"customer_create_params", NULL, "email", -1},
    {"customer_create_params", "~email", "phone", -1},
    {"line_item_params", NULL, "price", -1},
    {"line_item_params", "price_data", NULL, 0},
    {"line_item_params", "~price", "price_data", -1},
    {"discount_params", NULL, "coupon", -1},
    {"discount_params", "promotion_code", NULL, 0},
    {"discount_params", "~coupon", "promotion_code", -1},
    {"after_completion_params", NULL, "type", XPAY_AFTER_COMPLETION_TYPE_REDIRECT},
    {"after_completion_params", NULL, "redirect", -1},
    {"after_completion_params", "hosted_confirmation", "type",
     XPAY_AFTER_COMPLETION_TYPE_HOSTED_CONFIRMATION},
    {"after_completion_params", "~redirect", "type",
     XPAY_AFTER_COMPLETION_TYPE_HOSTED_CONFIRMATION},
    {"custom_field_params", "dropdown_options", "type", XPAY_CUSTOM_FIELD_TYPE_DROPDOWN},
    {"checkout_session_create_params", "customer_update", "customer_id", -1},
    {"recurring_params", NULL, "interval", -2},
    {"custom_field_params", NULL, "is_optional", -2},
    {"price_create_params", "type", "unit_amount", -1},
    {"price_create_params", "type", "recurring", -1},
    {"price_create_params", "custom_unit_amount", "type", XPAY_PRICE_TYPE_CUSTOM},
    {"amount_filter_params", "upper", "comparison", XPAY_AMOUNT_COMPARISON_BT},
    {"amount_filter_params", "upper", "amount", 0},
    {"date_filter_params", NULL, "day", -1},
    {"date_filter_params", "last_day", "comparison", XPAY_DATE_COMPARISON_BT},
    {"date_filter_params", "last_day", "day", -1},
    {"date_filter_params", "count", "comparison", XPAY_DATE_COMPARISON_LAST},
    {"date_filter_params", "count", "unit", XPAY_DATE_UNIT_DAYS},
    {"date_filter_params", "unit", "comparison", XPAY_DATE_COMPARISON_LAST},
    {"date_filter_params", "unit", "count", 7},
};

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

const char *rule_of_nothing(const xpay_type *type)
{
    for (size_t i = 0; i < LENGTH(companions); i++)
        if (same(companions[i].type, xpay_type_name(type)) && companions[i].setting == NULL &&
            companions[i].value != -2)
            return companions[i].member;
    return NULL;
}

const xpay_field *row_of(const xpay_type *type, const char *member)
{
    for (size_t i = 0; i < xpay_type_field_count(type); i++)
        if (strcmp(xpay_type_field(type, i)->member, member) == 0)
            return xpay_type_field(type, i);
    ck_abort_msg("%s has no %s", xpay_type_name(type), member);
    return NULL;
}

/* All parameter structs begin with their size and `clear`: see test_structs_begin_as_promised. */
size_t size_of_params(const void *params)
{
    return *(const size_t *)params;
}

void set_size(void *params, size_t size)
{
    *(size_t *)params = size;
}

void set_clear(void *params, const xpay_type *type, const char *member)
{
    uint64_t *clear = (uint64_t *)(void *)((char *)params + sizeof(size_t));
    *clear |= UINT64_C(1) << row_of(type, member)->clear_bit;
}

static void *slot(void *params, size_t offset)
{
    return (char *)params + offset;
}

static void set_companion(void *params, const c_member *m, size_t count)
{
    if (m->companion_type == C_BOOL && m->companion != NULL)
        *(bool *)slot(params, m->companion_offset) = true;
    if (m->companion_type == C_SIZE && m->companion != NULL)
        *(size_t *)slot(params, m->companion_offset) = count;
}

void set_number(void *params, const xpay_type *type, const char *member, int64_t value)
{
    const c_member *m = c_member_of(type, member);
    ck_assert_ptr_nonnull(m);
    if (m->type == C_INT32)
        *(int32_t *)slot(params, m->offset) = (int32_t)value;
    else if (m->type == C_BOOL)
        *(bool *)slot(params, m->offset) = value != 0;
    else
        *(int64_t *)slot(params, m->offset) = value;
    set_companion(params, m, 0);
}

void set_elements(void *params, const xpay_type *type, const char *member, const void *elements,
                  size_t count)
{
    const c_member *m = c_member_of(type, member);
    ck_assert_ptr_nonnull(m);
    *(const void **)slot(params, m->offset) = elements;
    set_companion(params, m, count);
}

void unset_member(void *params, const xpay_type *type, const char *member)
{
    const c_member *m = c_member_of(type, member);
    ck_assert_ptr_nonnull(m);
    memset(slot(params, m->offset), 0, m->size);
    if (m->companion != NULL)
        memset(slot(params, m->companion_offset), 0, m->companion_size);
}

void set_text(void *params, const xpay_type *type, const char *member, const char *text)
{
    const c_member *m = c_member_of(type, member);
    ck_assert_ptr_nonnull(m);
    char *copy = NULL;
    if (text != NULL)
        copy = strcpy(take(strlen(text) + 1), text);
    *(const char **)slot(params, m->offset) = copy;
}

/* A text that its format allows: a number between two parts. */
static const char *make_text(const xpay_field *field, size_t turn)
{
    static const struct {
        const char *before, *after;
    } patterns[] = {
        [XPAY_FORMAT_NONE] = {"text \"", "\" \\ \xc3\xa9\t\x01&="},
        [XPAY_FORMAT_URI] = {"https://shop.example/a?order=", "&b={CHECKOUT_SESSION_ID}"},
        [XPAY_FORMAT_HTTPS] = {"https://shop.example/", ".png"},
        [XPAY_FORMAT_EMAIL] = {"a.", "@example.com"},
        [XPAY_FORMAT_COLOR] = {"#", ""},
        [XPAY_FORMAT_ID] = {"id_", ""},
    };
    if (field->format == XPAY_FORMAT_DATE) {
        char *day = take(16);
        snprintf(day, 16, "2026-05-%02zu", 1 + turn % 31);
        return day;
    }
    char *text = take(128);
    if (field->kind == XPAY_KIND_JSON)
        snprintf(text, 128, "{\"order\": %zu, \"lines\": [1, null]}", turn);
    else
        snprintf(text, 128, "%s%06zu%s", patterns[field->format].before, turn,
                 patterns[field->format].after);
    return text;
}

static const xpay_text_pair *make_pairs(size_t turn)
{
    xpay_text_pair *pairs = take(2 * sizeof *pairs);
    static const xpay_field plain = {.kind = XPAY_KIND_TEXT};
    pairs[0] = (xpay_text_pair){"order_id", make_text(&plain, turn)};
    pairs[1] = (xpay_text_pair){"na\"me", ""};
    return pairs;
}

/* Structs of parameters one behind the other. */
static const void *make_elements(const xpay_type *type, size_t count)
{
    char *elements = take(count * xpay_type_size(type));
    for (size_t i = 0; i < count; i++)
        memcpy(elements + i * xpay_type_size(type), make_params(type, NULL), xpay_type_size(type));
    return elements;
}

static const int32_t *make_enums(const xpay_enum *values, size_t turn)
{
    int32_t *numbers = take(2 * sizeof *numbers);
    numbers[0] = 1 + (int32_t)(turn % values->count);
    numbers[1] = 1 + (int32_t)((turn + 1) % values->count);
    return numbers;
}

static const char *const *make_texts(const xpay_field *field, size_t turn)
{
    const char **list = take(2 * sizeof *list);
    list[0] = make_text(field, turn);
    list[1] = make_text(field, turn + 1);
    return list;
}

void set_member(void *params, const xpay_type *type, const char *member, size_t turn)
{
    const xpay_field *field = row_of(type, member);
    const c_member *m = c_member_of(type, member);
    ck_assert_ptr_nonnull(m);
    void *at = slot(params, m->offset);
    size_t count = field->maximum == 1 ? 1 : 2;
    switch (m->type) {
    case C_TEXT: *(const char **)at = make_text(field, turn); break;
    case C_INT64: *(int64_t *)at = field->minimum + 1 + (int64_t)turn; break;
    case C_INT32: *(int32_t *)at = 1 + (int32_t)(turn % field->values->count); break;
    case C_BOOL: *(bool *)at = turn % 2 == 0; break;
    case C_PAIRS: *(const xpay_text_pair **)at = make_pairs(turn); break;
    case C_INT32S: *(const int32_t **)at = make_enums(field->values, turn); break;
    case C_TEXTS: *(const char *const **)at = make_texts(field, turn); break;
    case C_STRUCT:
        *(const void **)at = m->companion == NULL ? make_params(field->type, NULL)
                                                  : make_elements(field->type, count);
        break;
    default: ck_abort_msg("%s: C type %d in parameters", member, m->type);
    }
    set_companion(params, m, count);
}

static bool has_line_for(const xpay_type *type, const char *setting)
{
    for (size_t i = 0; setting != NULL && i < LENGTH(companions); i++)
        if (same(companions[i].type, xpay_type_name(type)) && same(companions[i].setting, setting))
            return true;
    return false;
}

void *make_params(const xpay_type *type, const char *setting)
{
    void *params = take(xpay_type_size(type));
    set_size(params, xpay_type_size(type));
    for (size_t i = 0; i < xpay_type_field_count(type); i++)
        if (xpay_type_field(type, i)->flags & XPAY_FIELD_REQUIRED)
            set_member(params, type, xpay_type_field(type, i)->member, 0);

    const char *line = has_line_for(type, setting) ? setting : NULL;
    for (size_t i = 0; i < LENGTH(companions); i++) {
        if (!same(companions[i].type, xpay_type_name(type)) || companions[i].member == NULL ||
            !same(companions[i].setting, line))
            continue;
        if (companions[i].value < 0)
            set_member(params, type, companions[i].member, 0);
        else
            set_number(params, type, companions[i].member, companions[i].value);
    }
    return params;
}
