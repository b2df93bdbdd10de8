/*
 * Structs of other sizes: callers built with older or newer headers than the library.
 *
 * Structs stand in memory of exactly their size, so reading beyond one is caught by a sanitizer or valgrind.
 */
#include "params.h"

#include <stdio.h>
#include <string.h>

enum { NEWER = 16 }; /* bytes that a newer header has added */

/* A copy of a struct in memory of another size. */
static char *resized(const void *params, size_t size)
{
    char *copy = take(size);
    size_t known = size_of_params(params);
    memcpy(copy, params, known < size ? known : size);
    set_size(copy, size);
    return copy;
}

/* End of the last member that a struct made by make_params() has set, rounded up to whole words. */
static size_t used_size(const char *params, const xpay_type *type)
{
    size_t used = xpay_type_size(type);
    while (used > type->clear_offset + sizeof(uint64_t) && params[used - 1] == 0)
        used--;
    for (size_t i = 0; i < xpay_type_field_count(type); i++) {
        const c_member *m = c_member_of(type, xpay_type_field(type, i)->member);
        bool required = (xpay_type_field(type, i)->flags & XPAY_FIELD_REQUIRED) != 0;
        if ((required || m->offset < used) && m->offset + m->size > used)
            used = m->offset + m->size;
    }
    return (used + 7) / 8 * 8;
}

START_TEST(test_newer_struct_may_not_use_what_is_unknown)
{
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        if (!is_params(type))
            continue;
        char *newer = resized(make_params(type, NULL), xpay_type_size(type) + NEWER);
        expect_sent(newer, type, "newer, unused");
        for (size_t i = 0; i < NEWER; i++) {
            newer[xpay_type_size(type) + i] = 1;
            expect_refused(newer, type, "newer, used", XPAY_ERROR_ABI, "size");
            newer[xpay_type_size(type) + i] = 0;
        }
        params_free_all();
    }
    NO_COMPLAINTS();
}
END_TEST

START_TEST(test_older_struct_is_read_to_its_end)
{
    size_t sizes = 0;
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        if (!is_params(type))
            continue;
        char *whole = make_params(type, NULL);
        for (size_t size = used_size(whole, type); size < xpay_type_size(type); size += 8) {
            expect_sent(resized(whole, size), type, "older");
            sizes++;
        }
        params_free_all();
    }
    printf("requests: %zu older sizes tried\n", sizes);
    NO_COMPLAINTS();
}
END_TEST

/* A member that the caller's struct has no room for is not looked at, whatever stands behind the struct. */
START_TEST(test_bytes_behind_older_struct_do_not_count)
{
    const xpay_type *type = xpay_type_by_name("refund_create_params");
    xpay_refund_create_params params = XPAY_REFUND_CREATE_PARAMS_INIT;
    params.charge_id = "ch_1";
    params.metadata = (const xpay_text_pair *)(const void *)"not a pointer to pairs";
    params.metadata_count = 3;
    params.size = offsetof(xpay_refund_create_params, metadata);
    expect_sent(&params, type, "older, followed by something");
    params.size = offsetof(xpay_refund_create_params, metadata_count);
    expect_sent(&params, type, "older, ends between a list and its count");
    params_free_all();
    NO_COMPLAINTS();
}
END_TEST

START_TEST(test_struct_without_size_is_refused)
{
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        if (!is_params(type))
            continue;
        const size_t sizes[] = {0, 1, sizeof(size_t), sizeof(size_t) + sizeof(uint64_t) - 1};
        for (size_t i = 0; i < LENGTH(sizes); i++) {
            void *params = make_params(type, NULL);
            set_size(params, sizes[i]);
            expect_refused(params, type, "no size", XPAY_ERROR_ARGUMENT, "size");
        }
        params_free_all();
    }
    NO_COMPLAINTS();
}
END_TEST

/* Two elements, one behind the other, each of `size` bytes. */
static char *make_elements(const xpay_type *type, size_t size)
{
    char *first = make_params(type, NULL), *elements = take(2 * size);
    memcpy(elements, resized(first, size), size);
    memcpy(elements + size, resized(first, size), size);
    return elements;
}

static void try_elements(const xpay_type *type, const xpay_field *field)
{
    const xpay_type *below = field->type;
    size_t known = xpay_type_size(below), newer = known + NEWER;
    size_t count = field->maximum == 1 ? 1 : 2;
    char *params = make_params(type, field->member);
    char *elements = make_elements(below, newer);
    set_elements(params, type, field->member, elements, count);
    expect_sent(params, type, "newer elements");

    set_size(elements + newer, known); /* the first one's size is the step */
    expect_sent(params, type, "newer elements, one without its size");
    set_size(elements + newer, newer);
    elements[(count - 1) * newer + known] = 1;
    expect_refused(params, type, "newer elements, one used", XPAY_ERROR_ABI, NULL);

    size_t used = used_size(make_params(below, NULL), below);
    if (used < known) {
        set_elements(params, type, field->member, make_elements(below, used), count);
        expect_sent(params, type, "older elements");
    }

    char path[96];
    elements = make_elements(below, known);
    set_size(elements + (count - 1) * known, 0);
    set_elements(params, type, field->member, elements, count);
    snprintf(path, sizeof path, "%s[%zu].size", field->member, count - 1);
    if (count == 2)
        expect_refused(params, type, "element without size", XPAY_ERROR_ARGUMENT, path);
}

/* A struct below: its faults are named with the whole path. */
static void try_below(const xpay_type *type, const xpay_field *field)
{
    bool list = (field->flags & XPAY_FIELD_ARRAY) != 0;
    const char *place = !list ? "" : field->maximum == 1 ? "[0]" : "[1]";
    char *params = make_params(type, field->member), path[96];
    char *below = make_params(field->type, NULL);
    uint64_t unknown_bit = UINT64_C(1) << 63;
    memcpy(below + sizeof(size_t), &unknown_bit, sizeof unknown_bit);
    if (list && field->maximum != 1) {
        char *elements = take(2 * xpay_type_size(field->type));
        memcpy(elements, make_params(field->type, NULL), xpay_type_size(field->type));
        memcpy(elements + xpay_type_size(field->type), below, xpay_type_size(field->type));
        below = elements;
    }
    set_elements(params, type, field->member, below, field->maximum == 1 ? 1 : 2);
    snprintf(path, sizeof path, "%s%s.clear", field->member, place);
    expect_refused(params, type, "unknown bit below", XPAY_ERROR_ARGUMENT, path);
}

START_TEST(test_structs_below_are_read_by_their_own_size)
{
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        for (size_t i = 0; is_params(type) && i < xpay_type_field_count(type); i++) {
            const xpay_field *field = xpay_type_field(type, i);
            if (field->kind != XPAY_KIND_OBJECT)
                continue;
            try_below(type, field);
            if (field->flags & XPAY_FIELD_ARRAY)
                try_elements(type, field);
            params_free_all();
        }
    }
    NO_COMPLAINTS();
}
END_TEST

START_TEST(test_unknown_clear_bits_are_refused)
{
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        uint64_t known = 0;
        for (size_t i = 0; i < xpay_type_field_count(type); i++)
            if (xpay_type_field(type, i)->clear_bit != XPAY_NO_OFFSET)
                known |= UINT64_C(1) << xpay_type_field(type, i)->clear_bit;
        for (unsigned bit = 0; is_params(type) && bit < 64; bit++) {
            uint64_t clear = UINT64_C(1) << bit;
            char *params = make_params(type, NULL);
            memcpy(params + sizeof(size_t), &clear, sizeof clear);
            if ((known & clear) == 0)
                expect_refused(params, type, "unknown bit", XPAY_ERROR_ARGUMENT, "clear");
            params_free_all();
        }
    }
    NO_COMPLAINTS();
}
END_TEST

void add_size_tests(TCase *tcase)
{
    tcase_add_test(tcase, test_newer_struct_may_not_use_what_is_unknown);
    tcase_add_test(tcase, test_older_struct_is_read_to_its_end);
    tcase_add_test(tcase, test_bytes_behind_older_struct_do_not_count);
    tcase_add_test(tcase, test_struct_without_size_is_refused);
    tcase_add_test(tcase, test_structs_below_are_read_by_their_own_size);
    tcase_add_test(tcase, test_unknown_clear_bits_are_refused);
}
