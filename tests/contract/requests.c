/*
 * Requests: each member of each parameter struct alone, null, out of bounds, half set.
 *
 * What is right is sent as the struct says. What is wrong is refused before anything is sent, and the error names the
 * member.
 */
#include "params.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/encode.h"

/* One member of one type under test. */
typedef struct subject {
    const xpay_type *type;
    const xpay_field *field;
    const c_member *m;
} subject;

/* A struct in which all is set that this member needs, and not the member. */
static void *around(const subject *s)
{
    return make_params(s->type, s->field->member);
}

static void refuse(const subject *s, const void *params, const char *what)
{
    expect_refused(params, s->type, what, XPAY_ERROR_ARGUMENT, s->field->member);
}

static bool is_number(const subject *s)
{
    return s->m->type == C_INT64;
}

/* Values that want another member than the others do: they are among the cases of request_rules.c. */
static bool is_left_to_rules(const subject *s, size_t turn)
{
    static const struct {
        const char *type, *member;
        size_t turn;
    } left[] = {
        {"after_completion_params", "type", XPAY_AFTER_COMPLETION_TYPE_HOSTED_CONFIRMATION - 1},
        {"price_create_params", "type", XPAY_PRICE_TYPE_CUSTOM - 1},
        {"amount_filter_params", "comparison", XPAY_AMOUNT_COMPARISON_BT - 1},
        {"date_filter_params", "comparison", XPAY_DATE_COMPARISON_BT - 1},
        {"date_filter_params", "comparison", XPAY_DATE_COMPARISON_LAST - 1},
    };
    for (size_t i = 0; i < LENGTH(left); i++)
        if (strcmp(left[i].type, xpay_type_name(s->type)) == 0 &&
            strcmp(left[i].member, s->field->member) == 0 && left[i].turn == turn)
            return true;
    return false;
}

static void try_alone(const subject *s)
{
    size_t turns = s->field->values != NULL ? s->field->values->count : 2;
    for (size_t turn = 0; turn < turns; turn++) {
        void *params = around(s);
        if (is_left_to_rules(s, turn))
            continue;
        set_member(params, s->type, s->field->member, turn);
        expect_sent(params, s->type, s->field->member);
    }
}

static void try_null(const subject *s)
{
    if (s->field->clear_bit == XPAY_NO_OFFSET)
        return;
    char setting[64];
    snprintf(setting, sizeof setting, "~%s", s->field->member);
    void *params = make_params(s->type, setting);
    set_clear(params, s->type, s->field->member);
    unset_member(params, s->type, s->field->member);
    expect_sent(params, s->type, "null");

    params = make_params(s->type, setting);
    set_member(params, s->type, s->field->member, 0);
    set_clear(params, s->type, s->field->member);
    refuse(s, params, "null and a value");
}

static void try_number(const subject *s)
{
    int64_t least = s->field->minimum, most = s->field->maximum;
    struct {
        int64_t value;
        bool fine;
    } edges[] = {{least, true},     {most, true},       {least - 1, false},
                 {most + 1, false}, {INT64_MIN, false}, {INT64_MAX, false}};
    for (size_t i = 0; i < LENGTH(edges) && is_number(s) && s->field->kind != XPAY_KIND_TIME; i++) {
        void *params = around(s);
        set_number(params, s->type, s->field->member, edges[i].value);
        if (!edges[i].fine)
            refuse(s, params, "out of range");
        else if (edges[i].value != 0 || strcmp(s->field->member, "quantity") != 0)
            expect_sent(params, s->type, "edge of the range"); /* quantity 0 has rules of its own */
    }
}

/* Years that ISO 8601 writes with four digits. */
static void try_time(const subject *s)
{
    const struct {
        int64_t value;
        bool fine;
    } edges[] = {{0, true},
                 {INT64_C(253402300799999), true},
                 {INT64_C(253402300800000), false},
                 {INT64_C(-62135596800001), false},
                 {INT64_MIN, false},
                 {INT64_MAX, false}};
    for (size_t i = 0; i < LENGTH(edges) && s->field->kind == XPAY_KIND_TIME; i++) {
        void *params = around(s);
        set_number(params, s->type, s->field->member, edges[i].value);
        if (edges[i].fine)
            expect_sent(params, s->type, "edge of time");
        else
            refuse(s, params, "beyond time");
    }
}

/* So many characters of two bytes each. */
static const char *long_text(int64_t characters)
{
    char *text = take(2 * (size_t)characters + 1);
    for (int64_t i = 0; i < characters; i++)
        memcpy(text + 2 * i, "\xc3\xa9", 2);
    return text;
}

static void try_length(const subject *s)
{
    const xpay_field *field = s->field;
    if (s->m->type != C_TEXT || field->kind != XPAY_KIND_TEXT)
        return;
    void *params = around(s);
    set_text(params, s->type, field->member, "\xff");
    refuse(s, params, "not UTF-8");
    params = around(s);
    set_text(params, s->type, field->member, "");
    if (field->minimum > 0 || field->format != XPAY_FORMAT_NONE)
        refuse(s, params, "empty");
    else
        expect_sent(params, s->type, "empty");
    if (field->maximum == 0 || field->format != XPAY_FORMAT_NONE)
        return;
    params = around(s);
    set_text(params, s->type, field->member, long_text(field->maximum));
    expect_sent(params, s->type, "longest");
    params = around(s);
    set_text(params, s->type, field->member, long_text(field->maximum + 1));
    refuse(s, params, "too long");
}

#define ID_PART \
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234"
#define LONGEST ID_PART ID_PART ID_PART

static const struct {
    int32_t format;
    const char *text;
    bool fine;
} texts[] = {
    {XPAY_FORMAT_URI, "https://shop.example", true},
    {XPAY_FORMAT_URI, "myapp:done", true},
    {XPAY_FORMAT_URI, "https://shop.example/done?id={CHECKOUT_SESSION_ID}", true},
    {XPAY_FORMAT_URI, "https://shop.example/done?items%5B%5D=1", true},
    {XPAY_FORMAT_URI, "https://a:b@shop.example:8443/c;d=1/@:~!$&'()*+,=?e=/?:@#f?/%c3%A9", true},
    {XPAY_FORMAT_URI, "https://shop.example?a#", true},
    {XPAY_FORMAT_URI, "http://[::1]:8080/done", true},
    {XPAY_FORMAT_URI, "http://a:b@[2001:db8::10.0.0.1]#done", true},
    {XPAY_FORMAT_URI, "file:///done", true},
    {XPAY_FORMAT_URI, "https://shop.example/done?items[]=1", false},
    {XPAY_FORMAT_URI, "https://shop.example/done?id={SESSION}", false},
    {XPAY_FORMAT_URI, "https://shop.example/done?id={CHECKOUT_SESSION_ID", false},
    {XPAY_FORMAT_URI, "https://shop.example/%", false},
    {XPAY_FORMAT_URI, "https://shop.example/%4", false},
    {XPAY_FORMAT_URI, "https://shop.example/%zz", false},
    {XPAY_FORMAT_URI, "https://shop.example/?a=%4g", false},
    {XPAY_FORMAT_URI, "https://shop.example/#a#b", false},
    {XPAY_FORMAT_URI, "https://shop.example/?a#b#", false},
    {XPAY_FORMAT_URI, "https://shop.example:https/", false},
    {XPAY_FORMAT_URI, "https://a@b@shop.example/", false},
    {XPAY_FORMAT_URI, "http://[::1", false},
    {XPAY_FORMAT_URI, "http://[::1]a/", false},
    {XPAY_FORMAT_URI, "http://[1::2::3]/", false},
    {XPAY_FORMAT_URI, "http://[]/", false},
    {XPAY_FORMAT_URI, "http://[0000:0000:0000:0000:0000:0000:0000:0000:0000:0000]/", false},
    {XPAY_FORMAT_URI, "https://::1/", false},
    {XPAY_FORMAT_URI, "myapp:", false},
    {XPAY_FORMAT_URI, "myapp:?a", false},
    {XPAY_FORMAT_URI, "https://shop.example/\xc3\xa9", false},
    {XPAY_FORMAT_URI, "shop.example/done", false},
    {XPAY_FORMAT_URI, "//shop.example", false},
    {XPAY_FORMAT_URI, "https://shop.example/a b", false},
    {XPAY_FORMAT_URI, "https://shop.example/\r\nX: y", false},
    {XPAY_FORMAT_URI, "https://shop.example/\"", false},
    {XPAY_FORMAT_URI, "1https://shop.example", false},
    {XPAY_FORMAT_HTTPS, "http://shop.example/a.png", false},
    {XPAY_FORMAT_HTTPS, "https://", false},
    {XPAY_FORMAT_HTTPS, "ftp://shop.example", false},
    {XPAY_FORMAT_HTTPS, "https://shop.example/\n", false},
    {XPAY_FORMAT_HTTPS, "https://shop.example/%zz", false},
    {XPAY_FORMAT_EMAIL, "a+b@shop.example.com", true},
    {XPAY_FORMAT_EMAIL, "!#$%&'*+/=?^_`{|}~-@1-2.co", true},
    {XPAY_FORMAT_EMAIL, "a@b.c.d.e", true},
    {XPAY_FORMAT_EMAIL, "a", false},
    {XPAY_FORMAT_EMAIL, "a@localhost", false},
    {XPAY_FORMAT_EMAIL, ".a@example.com", false},
    {XPAY_FORMAT_EMAIL, "a.@example.com", false},
    {XPAY_FORMAT_EMAIL, "a..b@example.com", false},
    {XPAY_FORMAT_EMAIL, "a@example..com", false},
    {XPAY_FORMAT_EMAIL, "a@.example.com", false},
    {XPAY_FORMAT_EMAIL, "a@example.com.", false},
    {XPAY_FORMAT_EMAIL, "a@-example.com", false},
    {XPAY_FORMAT_EMAIL, "a@example-.com", false},
    {XPAY_FORMAT_EMAIL, "a@example.-com", false},
    {XPAY_FORMAT_EMAIL, "a@example.com-", false},
    {XPAY_FORMAT_EMAIL, "a@exa_mple.com", false},
    {XPAY_FORMAT_EMAIL, "a\x7f@example.com", false},
    {XPAY_FORMAT_EMAIL, "\xd9\x85@example.com", false},
    {XPAY_FORMAT_EMAIL, "a@\xd9\x85.com", false},
    {XPAY_FORMAT_EMAIL, "\"a b\"@example.com", false},
    {XPAY_FORMAT_EMAIL, "Mona <a@example.com>", false},
    {XPAY_FORMAT_EMAIL, "@example.com", false},
    {XPAY_FORMAT_EMAIL, "a@", false},
    {XPAY_FORMAT_EMAIL, "a@b@example.com", false},
    {XPAY_FORMAT_EMAIL, "a b@example.com", false},
    {XPAY_FORMAT_EMAIL, "a@example.com\r\nBcc: b@example.com", false},
    {XPAY_FORMAT_COLOR, "#fff", true},
    {XPAY_FORMAT_COLOR, "#FFF8", true},
    {XPAY_FORMAT_COLOR, "#1a2B3c", true},
    {XPAY_FORMAT_COLOR, "#1a2b3c4d", true},
    {XPAY_FORMAT_COLOR, "#ff", false},
    {XPAY_FORMAT_COLOR, "#12345", false},
    {XPAY_FORMAT_COLOR, "#1234567", false},
    {XPAY_FORMAT_COLOR, "#123456789", false},
    {XPAY_FORMAT_COLOR, "fff", false},
    {XPAY_FORMAT_COLOR, "#ggg", false},
    {XPAY_FORMAT_COLOR, "#fff\n", false},
    {XPAY_FORMAT_COLOR, "red", false},
    {XPAY_FORMAT_DATE, "2026-05-31", true},
    {XPAY_FORMAT_DATE, "2024-02-29", true},
    {XPAY_FORMAT_DATE, "2026-02-29", false},
    {XPAY_FORMAT_DATE, "2026-5-31", false},
    {XPAY_FORMAT_DATE, "2026-05-31T", false},
    {XPAY_FORMAT_DATE, "31-05-2026", false},
    {XPAY_FORMAT_DATE, "2026-05-3,", false},
    {XPAY_FORMAT_ID, "ch_1", true},
    {XPAY_FORMAT_ID, LONGEST, true},
    {XPAY_FORMAT_ID, LONGEST "x", false},
    {XPAY_FORMAT_ID, "ch_1\r\nX: y", false},
    {XPAY_FORMAT_ID, "ch_1\n", false},
    {XPAY_FORMAT_ID, "ch 1", false},
    {XPAY_FORMAT_ID, "ch_\xc3\xa9", false},
    {XPAY_FORMAT_ID, "\x7f", false},
};

static void try_format(const subject *s)
{
    for (size_t i = 0; i < LENGTH(texts) && s->m->type == C_TEXT; i++) {
        if (texts[i].format != s->field->format)
            continue;
        void *params = around(s);
        set_text(params, s->type, s->field->member, texts[i].text);
        if (texts[i].fine)
            expect_sent(params, s->type, texts[i].text);
        else
            refuse(s, params, texts[i].text);
    }
}

static void try_enum(const subject *s)
{
    if (s->m->type != C_INT32)
        return;
    const int64_t wrong[] = {-1, (int64_t)s->field->values->count + 1, INT32_MAX};
    for (size_t i = 0; i < LENGTH(wrong); i++) {
        void *params = around(s);
        set_number(params, s->type, s->field->member, wrong[i]);
        refuse(s, params, "no such constant");
    }
}

/* A value without its has_ member is a mistake, not a wish to send nothing. */
static void try_half_set(const subject *s)
{
    if (s->m->companion_type != C_BOOL || s->m->companion == NULL)
        return;
    void *params = around(s);
    set_member(params, s->type, s->field->member, 0);
    *((bool *)params + s->m->companion_offset) = false;
    refuse(s, params, "without has_");
}

/* Required, and not sent as 0 or false when it is forgotten: quantities, which have a rule for 0, and booleans are. */
static bool can_lack(const xpay_field *field, const c_member *m)
{
    return (field->flags & XPAY_FIELD_REQUIRED) != 0 &&
           ((m->type != C_INT64 && m->type != C_BOOL) || m->companion != NULL);
}

static void try_required(const subject *s)
{
    if (!can_lack(s->field, s->m))
        return;
    void *params = make_params(s->type, NULL);
    unset_member(params, s->type, s->field->member);
    refuse(s, params, "required");
}

static void try_list(const subject *s)
{
    if (s->m->companion_type != C_SIZE || s->m->companion == NULL)
        return;
    size_t *count;
    void *params = around(s);
    memset((char *)params + s->m->offset, 0, s->m->size);
    count = (size_t *)(void *)((char *)params + s->m->companion_offset);
    *count = 1;
    refuse(s, params, "a count without elements");

    params = around(s);
    set_member(params, s->type, s->field->member, 0);
    count = (size_t *)(void *)((char *)params + s->m->companion_offset);
    *count = 0;
    if (s->field->minimum > 0)
        refuse(s, params, "an empty list");
    else
        expect_sent(params, s->type, "an empty list");
    if (s->field->maximum == 0 || s->field->maximum == INT32_MAX)
        return;
    *count = (size_t)s->field->maximum + 1;
    refuse(s, params, "too many elements");
}

static void try_member(const subject *s)
{
    void (*const tries[])(const subject *) = {try_alone,  try_null, try_number,   try_length,
                                              try_format, try_enum, try_half_set, try_required,
                                              try_list,   try_time};
    for (size_t i = 0; i < LENGTH(tries); i++) {
        tries[i](s);
        params_free_all();
    }
}

START_TEST(test_each_member_of_each_request)
{
    size_t members = 0, before = requests_tried();
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        for (size_t i = 0; is_params(type) && i < xpay_type_field_count(type); i++) {
            const xpay_field *field = xpay_type_field(type, i);
            subject s = {type, field, c_member_of(type, field->member)};
            ck_assert_ptr_nonnull(s.m);
            try_member(&s);
            members++;
        }
    }
    printf("requests: %zu members, %zu structs tried\n", members, requests_tried() - before);
    NO_COMPLAINTS();
}
END_TEST

/* A price is 0 when the caller says so, and the refusal of one that was forgotten says how. */
START_TEST(test_price_is_not_0_because_it_was_forgotten)
{
    static const struct {
        bool has;
        int64_t amount;
        const char *message;
    } cases[] = {
        {false, 0, "unit_amount: is required: set it, and has_unit_amount to true"},
        {false, 4500, "unit_amount: has a value, but has_unit_amount is false"},
        {true, 0, NULL},
    };
    const xpay_type *type = xpay_type_by_name("price_data_params");
    for (size_t i = 0; i < LENGTH(cases); i++) {
        xpay_price_data_params *params = make_params(type, NULL);
        xpay_buffer json = XPAY_BUFFER_INIT;
        xpay_error error;
        params->has_unit_amount = cases[i].has;
        params->unit_amount = cases[i].amount;
        xpay_status status = xpay_encode_json(type, params, &json, &error);
        ck_assert_int_eq(status, cases[i].message == NULL ? XPAY_OK : XPAY_ERROR_ARGUMENT);
        if (cases[i].message == NULL)
            ck_assert_ptr_nonnull(strstr(json.bytes, "\"unitAmount\":0,"));
        else
            ck_assert_str_eq(error.message, cases[i].message);
        xpay_buffer_free(&json);
        params_free_all();
    }
}
END_TEST

/* What an all-zero struct lacks first: a required member, or what a rule wants. NULL: nothing, it may be sent. */
static const char *first_lack(const xpay_type *type)
{
    for (size_t i = 0; i < xpay_type_field_count(type); i++) {
        const xpay_field *field = xpay_type_field(type, i);
        if (can_lack(field, c_member_of(type, field->member)))
            return field->member;
    }
    return rule_of_nothing(type);
}

START_TEST(test_nothing_set_sends_nothing)
{
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        if (!is_params(type))
            continue;
        void *params = take(xpay_type_size(type));
        set_size(params, xpay_type_size(type));
        if (first_lack(type) == NULL)
            expect_sent(params, type, "nothing set");
        else
            expect_refused(params, type, "nothing set", XPAY_ERROR_ARGUMENT, first_lack(type));

        params_free_all();
    }
    NO_COMPLAINTS();
}
END_TEST

TCase *requests_case(void)
{
    TCase *tcase = tcase_create("requests");
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, test_each_member_of_each_request);
    tcase_add_test(tcase, test_nothing_set_sends_nothing);
    tcase_add_test(tcase, test_price_is_not_0_because_it_was_forgotten);
    add_list_tests(tcase);
    add_size_tests(tcase);
    add_rule_tests(tcase);
    return tcase;
}
