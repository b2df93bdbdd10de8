/* Rules between the values of one parameter struct: see xpay_rule in model.h. */
#include <stdio.h>
#include <string.h>

#include "check.h"

/* Members found along a test's path: called for each, with its path as the caller would write it; false stops. */
typedef bool visitor(const xpay_type *type, const void *params, size_t size,
                     const xpay_field *field, const char *path, void *context);

enum { PATH_SIZE = 128 };

static bool visit(const xpay_type *type, const void *params, size_t size, const char *member,
                  const char *before, visitor *found, void *context);

/* Go on in one struct that a member points to. */
static bool visit_below(const xpay_type *type, const void *params, const char *rest,
                        const char *path, visitor *found, void *context)
{
    size_t size = *(const size_t *)xpay_at(params, type->size_offset);
    return visit(type, params, size < type->size ? size : type->size, rest, path, found, context);
}

static bool visit(const xpay_type *type, const void *params, size_t size, const char *member,
                  const char *before, visitor *found, void *context)
{
    char name[64], path[PATH_SIZE];
    size_t length = strcspn(member, ".[");
    snprintf(name, sizeof name, "%.*s", (int)length, member);
    snprintf(path, sizeof path, "%s%s%s", before, *before == '\0' ? "" : ".", name);
    const xpay_field *field = xpay_type_field_by_name(type, name);
    const char *rest = member + length;
    if (*rest == '\0')
        return found(type, params, size, field, path, context);
    if (xpay_state_of(type, params, size, field) != XPAY_STATE_VALUE)
        return true;

    const char *below = *(const char *const *)xpay_at(params, field->offset);
    if (*rest == '.')
        return visit_below(field->type, below, rest + 1, path, found, context);
    size_t count = *(const size_t *)xpay_at(params, field->presence);
    for (size_t i = 0; i < count; i++) {
        char element[PATH_SIZE + 24];
        snprintf(element, sizeof element, "%s[%zu]", path, i);
        size_t step = *(const size_t *)xpay_at(below, field->type->size_offset);
        if (!visit_below(field->type, below + i * step, rest + 3, element, found, context))
            return false;
    }
    return true;
}

static int64_t number_of(const void *params, const xpay_field *field)
{
    const void *slot = xpay_at(params, field->offset);
    switch (field->kind) {
    case XPAY_KIND_BOOLEAN: return *(const bool *)slot;
    case XPAY_KIND_ENUM: return *(const int32_t *)slot;
    default: return *(const int64_t *)slot;
    }
}

/* A test, and whether a member was found for which it holds. */
typedef struct answer {
    const xpay_test *test;
    bool holds;
} answer;

static bool try_test(const xpay_type *type, const void *params, size_t size,
                     const xpay_field *field, const char *path, void *context)
{
    (void)path;
    answer *a = context;
    xpay_state state = xpay_state_of(type, params, size, field);
    xpay_state wanted = a->test->test == XPAY_TEST_CLEARED ? XPAY_STATE_NULL : XPAY_STATE_VALUE;
    a->holds = state == wanted;
    if (a->holds && a->test->test == XPAY_TEST_VALUE)
        a->holds = number_of(params, field) == a->test->value;
    else if (a->holds && a->test->test == XPAY_TEST_FILLED)
        a->holds = **(const char *const *)xpay_at(params, field->offset) != '\0';
    return !a->holds;
}

static bool holds(const xpay_type *type, const void *params, size_t size, const xpay_test *test)
{
    answer a = {test, false};
    visit(type, params, size, test->member, "", try_test, &a);
    return a.holds;
}

/* All values along a path so far, and the first place that differs from them. */
typedef struct sameness {
    bool any;
    int64_t value;
    char differs[PATH_SIZE];
} sameness;

static bool compare(const xpay_type *type, const void *params, size_t size, const xpay_field *field,
                    const char *path, void *context)
{
    sameness *s = context;
    if (xpay_state_of(type, params, size, field) != XPAY_STATE_VALUE)
        return true;
    int64_t value = number_of(params, field);
    if (s->any && value != s->value) {
        snprintf(s->differs, sizeof s->differs, "%s", path);
        return false;
    }
    s->any = true;
    s->value = value;
    return true;
}

/* The first place along a path where its last member is not set. */
static bool find_unset(const xpay_type *type, const void *params, size_t size,
                       const xpay_field *field, const char *path, void *context)
{
    if (size < type->clear_offset + sizeof(uint64_t)) /* no struct at all: its own check says so */
        return true;
    if (xpay_state_of(type, params, size, field) == XPAY_STATE_VALUE)
        return true;
    snprintf(context, PATH_SIZE, "%s", path);
    return false;
}

static xpay_status check_each(const xpay_type *type, const void *params, size_t size,
                              const xpay_rule *rule, const xpay_path *path, xpay_error *error)
{
    char unset[PATH_SIZE] = "";
    visit(type, params, size, rule->a.member, "", find_unset, unset);
    return unset[0] == '\0' ? XPAY_OK : xpay_refuse(error, path, unset, "is required here");
}

/* A number of the struct itself, if it is set. */
static bool read_number(const xpay_type *type, const void *params, size_t size, const char *member,
                        int64_t *number)
{
    const xpay_field *field = xpay_type_field_by_name(type, member);
    if (xpay_state_of(type, params, size, field) != XPAY_STATE_VALUE)
        return false;
    *number = number_of(params, field);
    return true;
}

static xpay_status check_order(const xpay_type *type, const void *params, size_t size,
                               const xpay_rule *rule, const xpay_path *path, xpay_error *error)
{
    int64_t low, high;
    if (!read_number(type, params, size, rule->a.member, &low) ||
        !read_number(type, params, size, rule->b.member, &high) || low <= high)
        return XPAY_OK;
    return xpay_refuse(error, path, rule->b.member, "must not be less than %s", rule->a.member);
}

/* A test in words: "ui_mode custom". */
static const char *words(const xpay_type *type, const xpay_test *test, char text[96])
{
    const xpay_field *field = xpay_type_field_by_name(type, test->member);
    const char *value = NULL;
    char number[24];
    if (test->test == XPAY_TEST_CLEARED) {
        value = "null";
    } else if (test->test == XPAY_TEST_VALUE && field != NULL && field->kind == XPAY_KIND_ENUM) {
        value = xpay_enum_name(field->values, (int32_t)test->value);
    } else if (test->test == XPAY_TEST_VALUE) {
        snprintf(number, sizeof number, "%lld", (long long)test->value);
        value = number;
    }
    snprintf(text, 96, "%s%s%s", test->member, value == NULL ? "" : " ",
             value == NULL ? "" : value);
    return text;
}

static xpay_status check_same(const xpay_type *type, const void *params, size_t size,
                              const xpay_rule *rule, const xpay_path *path, xpay_error *error)
{
    sameness s = {0};
    visit(type, params, size, rule->a.member, "", compare, &s);
    if (*s.differs == '\0')
        return XPAY_OK;
    return xpay_refuse(error, path, s.differs,
                       "differs from the one before it: all must be the same");
}

xpay_status xpay_check_rule(const xpay_type *type, const void *params, size_t size,
                            const xpay_rule *rule, const xpay_path *path, xpay_error *error)
{
    char text[96], other[96];
    if (rule->kind == XPAY_RULE_SAME)
        return check_same(type, params, size, rule, path, error);
    if (rule->kind == XPAY_RULE_EACH)
        return check_each(type, params, size, rule, path, error);
    if (rule->kind == XPAY_RULE_ORDERED)
        return check_order(type, params, size, rule, path, error);
    bool a = holds(type, params, size, &rule->a), b = holds(type, params, size, &rule->b);
    const char *first = rule->a.member, *second = rule->b.member;
    switch (rule->kind) {
    case XPAY_RULE_EXCLUSIVE:
    case XPAY_RULE_EXACTLY_ONE:
        if (a && b)
            return xpay_refuse(error, path, second, "excludes %s: set only one of them", first);
        if (a || b || rule->kind == XPAY_RULE_EXCLUSIVE)
            return XPAY_OK;
        return xpay_refuse(error, path, first, "or %s is required", second);
    case XPAY_RULE_AT_LEAST_ONE:
        return a || b ? XPAY_OK : xpay_refuse(error, path, first, "or %s is required", second);
    case XPAY_RULE_NEEDS:
        return a && !b ? xpay_refuse(error, path, second, "is needed with %s: %s",
                                     words(type, &rule->a, text), words(type, &rule->b, other))
                       : XPAY_OK;
    default:
        return a && b ? xpay_refuse(error, path, second, "is not allowed with %s",
                                    words(type, &rule->a, text))
                      : XPAY_OK;
    }
}
