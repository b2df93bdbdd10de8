/* The description's offsets, sizes and kinds against the C members themselves. */
#include "members.h"

#include <stdio.h>
#include <string.h>

static const c_struct *const all_structs[] = {shop_structs, payment_structs, session_structs,
                                              params_structs};

const c_struct *c_struct_of(const char *name)
{
    for (size_t i = 0; i < LENGTH(all_structs); i++)
        for (const c_struct *s = all_structs[i]; s->name != NULL; s++)
            if (strcmp(s->name, name) == 0)
                return s;
    return NULL;
}

const c_member *c_member_of(const xpay_type *type, const char *name)
{
    const c_struct *s = c_struct_of(xpay_type_name(type));
    for (size_t i = 0; s != NULL && i < s->count; i++)
        if (strcmp(s->members[i].name, name) == 0)
            return &s->members[i];
    return NULL;
}

/* The C type that a row's kind promises. */
static c_type promised_type(const xpay_type *type, const xpay_field *field)
{
    bool list = (field->flags & XPAY_FIELD_ARRAY) != 0, params = is_params(type);
    switch (field->kind) {
    case XPAY_KIND_TEXT: return list ? C_TEXTS : C_TEXT;
    case XPAY_KIND_INTEGER:
    case XPAY_KIND_MONEY:
    case XPAY_KIND_TIME: return C_INT64;
    case XPAY_KIND_BOOLEAN: return C_BOOL;
    case XPAY_KIND_DECIMAL: return C_DECIMAL;
    case XPAY_KIND_ENUM: return list ? C_INT32S : C_INT32;
    case XPAY_KIND_OBJECT: return list && !params ? C_STRUCTS : C_STRUCT;
    case XPAY_KIND_JSON: return params ? C_TEXT : C_JSON;
    case XPAY_KIND_TEXT_MAP: return C_PAIRS;
    default: return C_OTHER;
    }
}

static void compare_companion(const char *where, const xpay_field *field, const c_member *m)
{
    if ((m->companion != NULL) != (field->presence != XPAY_NO_OFFSET)) {
        complain("%s: has a companion in one place only", where);
        return;
    }
    if (m->companion == NULL)
        return;
    bool list = (field->flags & XPAY_FIELD_ARRAY) != 0;
    if (strcmp(m->companion, list ? "count" : "has") != 0 ||
        m->companion_type != (list ? C_SIZE : C_BOOL))
        complain("%s: its companion is of the wrong type", where);
    if (m->companion_offset != field->presence)
        complain("%s: its companion stands at %zu, not %u", where, m->companion_offset,
                 field->presence);
}

static void compare_member(const xpay_type *type, const xpay_field *field)
{
    char where[128], name[96];
    snprintf(where, sizeof where, "xpay_%s.%s", xpay_type_name(type), field->member);
    snake_case(name, sizeof name, field->name);
    if (strcmp(name, field->member) != 0 && !is_justified("renamed", name, field->member))
        complain("%s: \"%s\" would be %s", where, field->name, name);

    const c_member *m = c_member_of(type, field->member);
    if (m == NULL) {
        complain("%s: has no line in members_….c", where);
        return;
    }
    if (m->offset != field->offset)
        complain("%s: stands at %zu, not %u", where, m->offset, field->offset);
    if (m->type != promised_type(type, field))
        complain("%s: C type %d does not hold kind %d", where, m->type, field->kind);
    if (field->type != NULL &&
        (m->points_to == NULL || strcmp(m->points_to, xpay_type_name(field->type)) != 0))
        complain("%s: points to %s", where, m->points_to == NULL ? "no struct" : m->points_to);
    if ((field->kind == XPAY_KIND_OBJECT) != (field->type != NULL) ||
        (field->kind == XPAY_KIND_ENUM) != (field->values != NULL))
        complain("%s: kind %d and what it refers to do not fit", where, field->kind);
    compare_companion(where, field, m);
}

START_TEST(test_rows_match_c_members)
{
    size_t rows = 0, lines = 0;
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        const c_struct *s = c_struct_of(xpay_type_name(type));
        rows += xpay_type_field_count(type);
        for (size_t f = 0; f < xpay_type_field_count(type); f++)
            compare_member(type, xpay_type_field(type, f));
        if (s == NULL)
            continue;
        lines += s->count;
        if (s->size != xpay_type_size(type) || s->count != xpay_type_field_count(type))
            complain("xpay_%s: %zu bytes and %zu members, described with %zu and %zu", s->name,
                     s->size, s->count, xpay_type_size(type), xpay_type_field_count(type));
    }
    if (rows != lines)
        complain("%zu rows, %zu lines in members_….c", rows, lines);
    printf("members: %zu rows of %zu types compared with the compiler\n", rows, xpay_type_count());
    NO_COMPLAINTS();
}
END_TEST

/* Every described struct begins as object.h or the ..._INIT macros say. */
START_TEST(test_structs_begin_as_promised)
{
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        size_t begin = sizeof(xpay_object);
        if (is_params(type)) {
            begin = sizeof(size_t) + sizeof(uint64_t);
            if (type->size_offset != 0 || type->clear_offset != sizeof(size_t))
                complain("xpay_%s: size and clear do not come first", xpay_type_name(type));
        }
        for (size_t f = 0; f < xpay_type_field_count(type); f++)
            if (xpay_type_field(type, f)->offset < begin)
                complain("xpay_%s.%s: lies in what all begin with", xpay_type_name(type),
                         xpay_type_field(type, f)->member);
    }
    NO_COMPLAINTS();
}
END_TEST

TCase *members_case(void)
{
    TCase *tcase = tcase_create("members");
    tcase_add_test(tcase, test_rows_match_c_members);
    tcase_add_test(tcase, test_structs_begin_as_promised);
    return tcase;
}
