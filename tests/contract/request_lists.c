/* Values with an inside: pairs of metadata, JSON text, lists of constants. The error names the element. */
#include "params.h"

#include <stdio.h>
#include <string.h>

#include "json/encode.h"

/* Call for each row of a kind in all parameter structs. */
static size_t for_each_row(int32_t kind, uint32_t flags,
                           void (*visit)(const xpay_type *type, const xpay_field *field))
{
    size_t rows = 0;
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        for (size_t i = 0; is_params(type) && i < xpay_type_field_count(type); i++) {
            const xpay_field *field = xpay_type_field(type, i);
            if (field->kind != kind || (field->flags & flags) != flags)
                continue;
            rows++;
            visit(type, field);
            params_free_all();
        }
    }
    return rows;
}

static void try_pairs(const xpay_type *type, const xpay_field *field)
{
    static const struct {
        xpay_text_pair pairs[3];
        int wrong; /* number of the pair that is refused; -1: none is */
    } maps[] = {
        {{{"a", "1"}, {"b", ""}, {"", "c\r\n\"\\\x01"}}, -1},
        {{{"a", "1"}, {"A", "1"}, {"aa", "1"}}, -1},
        {{{"a", "1"}, {"b", "2"}, {"a", "3"}}, 2},
        {{{NULL, "1"}, {"b", "2"}, {"c", "3"}}, 0},
        {{{"a", "1"}, {"b", NULL}, {"c", "3"}}, 1},
        {{{"a", "1"}, {"b", "2"}, {"\xff", "3"}}, 2},
        {{{"a", "1"}, {"b", "\xc3"}, {"c", "3"}}, 1},
    };
    for (size_t i = 0; i < LENGTH(maps); i++) {
        char path[96];
        void *params = make_params(type, field->member);
        set_elements(params, type, field->member, maps[i].pairs, LENGTH(maps[i].pairs));
        snprintf(path, sizeof path, "%s[%d]", field->member, maps[i].wrong);
        if (maps[i].wrong < 0)
            expect_sent(params, type, "pairs");
        else
            expect_refused(params, type, "pairs", XPAY_ERROR_ARGUMENT, path);
    }
}

static void try_json(const xpay_type *type, const xpay_field *field)
{
    static const struct {
        const char *text;
        bool fine;
    } texts[] = {
        {"{}", true},
        {" {\"a\": [1, {\"b\": null}], \"\\u00e9\": \"\xc3\xa9\"}\n", true},
        {"", false},
        {"{", false},
        {"{}}", false},
        {"{},\"amount\":1", false},
        {"{\"a\":1,}", false},
        {"{\"a\":01}", false},
        {"{\"a\":\"\xff\"}", false},
        {"{\"a\":\"\\u0000\"}", false},
        {"12", false},
        {"null", false},
        {"\"text\"", false},
    };
    for (size_t i = 0; i < LENGTH(texts); i++) {
        void *params = make_params(type, field->member);
        set_text(params, type, field->member, texts[i].text);
        if (texts[i].fine)
            expect_sent(params, type, texts[i].text);
        else
            expect_refused(params, type, texts[i].text, XPAY_ERROR_ARGUMENT, field->member);
    }
}

static void try_constants(const xpay_type *type, const xpay_field *field)
{
    const int32_t wrong[] = {0, -1, (int32_t)field->values->count + 1};
    for (size_t i = 0; i < LENGTH(wrong); i++) {
        const int32_t list[] = {1, wrong[i]};
        char path[96];
        void *params = make_params(type, field->member);
        set_elements(params, type, field->member, list, LENGTH(list));
        snprintf(path, sizeof path, "%s[1]", field->member);
        expect_refused(params, type, "no such constant", XPAY_ERROR_ARGUMENT, path);
    }
}

static void try_texts(const xpay_type *type, const xpay_field *field)
{
    static const struct {
        const char *list[2];
        bool fine;
    } lists[] = {
        {{"refund.failed", "*"}, true},
        {{"a \"quoted\" one", ""}, true},
        {{"refund.failed", NULL}, false},
        {{"refund.failed", "\xff"}, false},
    };
    for (size_t i = 0; i < LENGTH(lists); i++) {
        char path[96];
        void *params = make_params(type, field->member);
        set_elements(params, type, field->member, lists[i].list, 2);
        snprintf(path, sizeof path, "%s[1]", field->member);
        if (lists[i].fine)
            expect_sent(params, type, "texts");
        else
            expect_refused(params, type, "texts", XPAY_ERROR_ARGUMENT, path);
    }
}

/* No list of texts of XPay's has bounds, so here is one: one or two elements, of any length. */
typedef struct xpay_few_texts_params {
    size_t size;
    uint64_t clear;
    const char *const *texts;
    size_t texts_count;
} xpay_few_texts_params;

void xpay_few_texts_params_init(xpay_few_texts_params *params, size_t size);

#define T xpay_few_texts_params
static const xpay_field few_texts_params_fields[] = {P_TEXTS("texts", texts, 0, 1, 2, NOWHERE)};
XPAY_PARAMS_TYPE(few_texts_params, "", NULL, 0);
#undef T

START_TEST(test_bounds_of_a_list_do_not_count_for_its_texts)
{
    static const char *const texts[] = {"", "more characters than elements", "c"};
    for (size_t count = 0; count <= LENGTH(texts); count++) {
        xpay_few_texts_params params;
        xpay_buffer body = XPAY_BUFFER_INIT;
        xpay_error error;
        xpay_few_texts_params_init(&params, sizeof params);
        params.texts = texts;
        params.texts_count = count;
        bool fine = count == 1 || count == 2;
        ck_assert_int_eq(xpay_encode_json(&xpay_type_few_texts_params, &params, &body, &error),
                         fine ? XPAY_OK : XPAY_ERROR_ARGUMENT);
        if (!fine)
            ck_assert_str_eq(error.param, "texts");
        xpay_buffer_free(&body);
    }
}
END_TEST

START_TEST(test_pairs_json_and_lists_of_constants)
{
    size_t maps = for_each_row(XPAY_KIND_TEXT_MAP, 0, try_pairs);
    size_t texts = for_each_row(XPAY_KIND_JSON, 0, try_json);
    size_t lists = for_each_row(XPAY_KIND_ENUM, XPAY_FIELD_ARRAY, try_constants);
    size_t lists_of_texts = for_each_row(XPAY_KIND_TEXT, XPAY_FIELD_ARRAY, try_texts);
    printf("requests: %zu maps, %zu JSON texts, %zu lists of constants, %zu of texts\n", maps,
           texts, lists, lists_of_texts);
    NO_COMPLAINTS();
}
END_TEST

void add_list_tests(TCase *tcase)
{
    tcase_add_test(tcase, test_bounds_of_a_list_do_not_count_for_its_texts);
    tcase_add_test(tcase, test_pairs_json_and_lists_of_constants);
}
