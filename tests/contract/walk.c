/*
 * The walk: from the bodies that the library reads and writes to every schema below them, property by property.
 *
 * Each property must have its row in the table of the type that stands for its schema, and each row its property.
 */
#include "contract.h"

#include <stdio.h>
#include <string.h>

enum { MAX_VISITS = 256, MAX_SIGHTINGS = 2048 };

/* A schema to look at, and the type that stands for it. */
typedef struct visit {
    char label[80];
    const cJSON *schema;
    const xpay_type *type;
} visit;

typedef struct walk {
    bool params;
    visit visits[MAX_VISITS];
    size_t visit_count;
    sighting sightings[MAX_SIGHTINGS];
    size_t sighting_count;
    tally sum;
} walk;

static walk the_walk;

/* The one type that stands for a schema: of an answer, or of parameters. */
static const xpay_type *type_of_schema(const walk *w, const char *schema)
{
    const xpay_type *found = NULL;
    for (size_t i = 0; i < xpay_type_count(); i++) {
        const xpay_type *type = xpay_type_at(i);
        if (is_params(type) != w->params || !has_word(xpay_type_schemas(type), schema))
            continue;
        if (found != NULL)
            complain("%s: both %s and %s stand for it", schema, xpay_type_name(found),
                     xpay_type_name(type));
        found = type;
    }
    if (found == NULL)
        complain("%s: no type stands for it", schema);
    return found;
}

static void add_visit(walk *w, const char *label, const cJSON *schema, const xpay_type *type)
{
    for (size_t i = 0; i < w->visit_count; i++)
        if (strcmp(w->visits[i].label, label) == 0)
            return;
    ck_assert_uint_lt(w->visit_count, MAX_VISITS);
    visit *v = &w->visits[w->visit_count++];
    snprintf(v->label, sizeof v->label, "%s", label);
    v->schema = schema;
    v->type = type;
}

static void add_named(walk *w, const char *name)
{
    const xpay_type *type = type_of_schema(w, name);
    const cJSON *schema = contract_schema(name);
    if (type != NULL && schema != NULL)
        add_visit(w, name, schema, type);
}

/* Go on below a property: its schema must be what the field's type stands for. */
static void follow(walk *w, const sighting *s)
{
    if (s->shape.target != NULL) {
        add_named(w, s->shape.target);
        if (s->field->type != type_of_schema(w, s->shape.target))
            complain("%s: its type does not stand for %s", s->where, s->shape.target);
    }
    if (s->shape.inside != NULL && s->field->type != NULL)
        add_visit(w, s->where, s->shape.inside, s->field->type);
}

/* The member `object`: one value, told by the type itself. */
static void compare_tag(walk *w, const visit *v, const cJSON *property)
{
    const char *tag = xpay_type_object_tag(v->type);
    const cJSON *values = cJSON_GetObjectItemCaseSensitive(property, "enum");
    if (cJSON_GetArraySize(values) != 1 || tag == NULL ||
        strcmp(values->child->valuestring, tag) != 0)
        complain("%s.object: the type says %s", v->label, tag == NULL ? "nothing" : tag);
    w->sum.values++;
}

static void compare_property(walk *w, const visit *v, const char *name, const cJSON *property,
                             bool required)
{
    size_t rows = 0;
    for (size_t i = 0; i < xpay_type_field_count(v->type); i++) {
        const xpay_field *field = xpay_type_field(v->type, i);
        if (strcmp(field->name, name) != 0)
            continue;
        ck_assert_uint_lt(w->sighting_count, MAX_SIGHTINGS);
        sighting *s = &w->sightings[w->sighting_count++];
        *s = (sighting){.type = v->type, .field = field, .required = required};
        s->shape = shape_of(property);
        snprintf(s->where, sizeof s->where, "%s.%s", v->label, name);
        if (rows++ == 0)
            follow(w, s);
    }
    if (rows == 0)
        complain("%s.%s: %s has no field for it", v->label, name, xpay_type_name(v->type));
    w->sum.properties++;
}

/* A schema that only names others: one that it repeats, or several of which any may come. */
static void follow_branches(walk *w, const visit *v, const char *keyword)
{
    const cJSON *branch;
    cJSON_ArrayForEach(branch, cJSON_GetObjectItemCaseSensitive(v->schema, keyword))
    {
        const char *target = target_of(branch);
        if (target == NULL)
            complain("%s: a branch that is no schema", v->label);
        else if (type_of_schema(w, target) == v->type)
            add_named(w, target);
        else
            complain("%s: %s does not stand for its branch %s", v->label, xpay_type_name(v->type),
                     target);
    }
}

static void compare_schema(walk *w, const visit *v)
{
    const cJSON *property;
    cJSON_ArrayForEach(property, cJSON_GetObjectItemCaseSensitive(v->schema, "properties"))
    {
        if (strcmp(property->string, "object") == 0) {
            compare_tag(w, v, property);
            w->sum.properties++;
        } else {
            compare_property(w, v, property->string, property,
                             is_required(v->schema, property->string));
        }
    }
    follow_branches(w, v, "allOf");
    follow_branches(w, v, "anyOf");
    w->sum.schemas += strchr(v->label, '.') == NULL && strchr(v->label, '?') == NULL;
}

/* The parameters of a GET, which are a list and no schema. */
static void compare_query(walk *w, const char *operation, const char *type_name, tally *expected)
{
    visit v = {.type = xpay_type_by_name(type_name)};
    snprintf(v.label, sizeof v.label, "%s?", operation);
    const cJSON *parameter;
    cJSON_ArrayForEach(
        parameter, cJSON_GetObjectItemCaseSensitive(contract_operation(operation), "parameters"))
    {
        const cJSON *schema = cJSON_GetObjectItemCaseSensitive(parameter, "schema");
        bool required = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(parameter, "required"));
        compare_property(w, &v, text_of(parameter, "name"), schema, required);
        census_below(schema, expected);
        expected->properties++;
    }
    add_visit(w, v.label, NULL, v.type);
}

/* Schemas with properties of their own that a type was visited for. */
static size_t schemas_of(const walk *w, const xpay_type *type)
{
    size_t count = 0;
    for (size_t i = 0; i < w->visit_count; i++) {
        const visit *v = &w->visits[i];
        count += v->type == type && (v->schema == NULL || cJSON_GetObjectItemCaseSensitive(
                                                              v->schema, "properties") != NULL);
    }
    return count;
}

static void compare_type(walk *w, const xpay_type *type)
{
    static const sighting *seen[MAX_SIGHTINGS];
    size_t schemas = schemas_of(w, type);
    uint64_t bits = 0;
    for (size_t f = 0; f < xpay_type_field_count(type); f++) {
        const xpay_field *field = xpay_type_field(type, f);
        size_t count = 0;
        for (size_t i = 0; i < w->sighting_count; i++)
            if (w->sightings[i].field == field)
                seen[count++] = &w->sightings[i];
        w->sum.values += compare_row(type, field, seen, count, schemas);
        for (size_t i = 0; i < count && w->params; i++)
            compare_bounds(type, field, seen[i]);
        if (field->clear_bit == XPAY_NO_OFFSET)
            continue;
        if (field->clear_bit >= 64 || (bits >> field->clear_bit & 1) != 0)
            complain("%s.%s: clear bit %u is taken", xpay_type_name(type), field->member,
                     field->clear_bit);
        bits |= UINT64_C(1) << (field->clear_bit & 63);
    }
}

static bool was_visited(const walk *w, const xpay_type *type, const char *label)
{
    for (size_t i = 0; i < w->visit_count; i++)
        if (w->visits[i].type == type && (label == NULL || strcmp(w->visits[i].label, label) == 0))
            return true;
    return false;
}

/* Types that nothing reaches, and schemas that a type names in vain. */
static void find_unreached(const walk *w)
{
    for (size_t i = 0; i < xpay_type_count(); i++) {
        const xpay_type *type = xpay_type_at(i);
        const char *name = xpay_type_name(type);
        if (is_params(type) != w->params)
            continue;
        if (!was_visited(w, type, NULL) && !is_justified("unreached", name, ""))
            complain("%s: stands for nothing that the contract reaches", name);
        char words[256];
        snprintf(words, sizeof words, "%s", xpay_type_schemas(type));
        for (char *word = strtok(words, " "); word != NULL; word = strtok(NULL, " "))
            if (!was_visited(w, type, word))
                complain("%s: names the schema %s, which nothing reaches", name, word);
    }
}

static tally finish(walk *w, const char *what, const tally *expected)
{
    for (size_t i = 0; i < w->visit_count; i++)
        if (w->visits[i].schema != NULL)
            compare_schema(w, &w->visits[i]);
    for (size_t i = 0; i < xpay_type_count(); i++)
        if (was_visited(w, xpay_type_at(i), NULL))
            compare_type(w, xpay_type_at(i));
    find_unreached(w);

    printf("%s: %zu of %zu schemas, %zu of %zu properties, %zu of %zu enum values compared\n", what,
           w->sum.schemas, expected->schemas, w->sum.properties, expected->properties,
           w->sum.values, expected->values);
    if (memcmp(&w->sum, expected, sizeof *expected) != 0)
        complain("%s: not all, or too much, was compared", what);
    return w->sum;
}

static void add_roots(walk *w, const names *roots, bool params)
{
    memset(w, 0, sizeof *w);
    w->params = params;
    for (size_t i = 0; i < roots->count; i++)
        add_named(w, roots->list[i]);
}

static tally compare_answers(walk *w)
{
    tally expected = census(answer_roots());
    add_roots(w, answer_roots(), false);
    return finish(w, "answers", &expected);
}

/* Bodies, and the queries of lists, which are no schemas. */
static tally compare_requests(walk *w, tally *in_queries)
{
    static const struct {
        const char *operation;
        const char *type;
    } queries[] = {
        {"listRefunds", "refund_list_params"},
        {"listCustomers", "customer_list_params"},
        {"listPaymentLinks", "payment_link_list_params"},
        {"listProducts", "product_list_params"},
    };
    tally expected = census(request_roots()), bodies = expected;
    add_roots(w, request_roots(), true);
    for (size_t i = 0; i < LENGTH(queries); i++)
        compare_query(w, queries[i].operation, queries[i].type, &expected);
    tally sum = finish(w, "requests", &expected);
    in_queries->properties = expected.properties - bodies.properties;
    in_queries->values = expected.values - bodies.values;
    return sum;
}

/* Schemas that answers and requests share: they are compared twice. */
static tally count_shared(void)
{
    names answers = *answer_roots(), requests = *request_roots();
    tally sum = {0};
    add_reachable(&answers);
    add_reachable(&requests);
    for (size_t i = 0; i < answers.count; i++)
        if (has_name_of(&requests, answers.list[i])) {
            sum.schemas++;
            census_below(contract_schema(answers.list[i]), &sum);
        }
    return sum;
}

/* Every schema of the contract is an answer's, a request's or an error's, and of each every property is compared. */
START_TEST(test_library_matches_the_whole_contract)
{
    tally whole = {0}, in_queries = {0};
    tally answers = compare_answers(&the_walk);
    tally requests = compare_requests(&the_walk, &in_queries);
    tally errors = compare_errors();
    const cJSON *schema;
    cJSON_ArrayForEach(schema, contract_schemas())
    {
        whole.schemas++;
        census_below(schema, &whole);
    }
    tally both = count_shared();
    tally sum = {answers.schemas + requests.schemas + errors.schemas - both.schemas,
                 answers.properties + requests.properties + errors.properties -
                     in_queries.properties - both.properties,
                 answers.values + requests.values + errors.values - in_queries.values -
                     both.values};
    printf("contract: %zu of %zu schemas, %zu of %zu properties, %zu of %zu enum values compared\n",
           sum.schemas, whole.schemas, sum.properties, whole.properties, sum.values, whole.values);
    if (memcmp(&sum, &whole, sizeof sum) != 0)
        complain("the contract holds more or less than was compared");
    NO_COMPLAINTS();
}
END_TEST

/* The graph as the object model's page draws it: two members that the contract lacks. */
START_TEST(test_graph_extensions_are_there)
{
    static const struct {
        const char *type, *name, *target;
        uint32_t flags;
    } extensions[] = {
        {"payment_intent", "refunds", "refund", XPAY_FIELD_EXTENSION | XPAY_FIELD_ARRAY},
        {"refund", "balanceTransaction", "balance_transaction", XPAY_FIELD_EXTENSION},
    };
    for (size_t i = 0; i < LENGTH(extensions); i++) {
        const xpay_type *type = xpay_type_by_name(extensions[i].type);
        const xpay_field *field = xpay_type_field_by_name(type, extensions[i].name);
        ck_assert_ptr_nonnull(field);
        ck_assert_int_eq(field->kind, XPAY_KIND_OBJECT);
        ck_assert_uint_eq(field->flags, extensions[i].flags);
        ck_assert_ptr_eq(field->type, xpay_type_by_name(extensions[i].target));
    }
}
END_TEST

/* GET /refunds answers with a bare list: the page's one field has no name and holds refunds. */
START_TEST(test_refund_page_is_a_bare_list)
{
    const cJSON *schema = contract_operation("listRefunds");
    static const char *const steps[] = {"responses", "200", "content", "application/json",
                                        "schema"};
    for (size_t i = 0; i < LENGTH(steps); i++)
        schema = cJSON_GetObjectItemCaseSensitive(schema, steps[i]);
    shape s = shape_of(schema);
    const xpay_type *type = xpay_type_by_name("refund_page");
    const xpay_field *field = xpay_type_field(type, 0);
    ck_assert(s.list);
    ck_assert(has_word(xpay_type_schemas(field->type), s.target));
    ck_assert_uint_eq(xpay_type_field_count(type), 1);
    ck_assert_str_eq(field->name, "");
    ck_assert_int_eq(field->kind, XPAY_KIND_OBJECT);
    ck_assert_uint_eq(field->flags, XPAY_FIELD_REQUIRED | XPAY_FIELD_ARRAY);
}
END_TEST

TCase *walk_case(void)
{
    TCase *tcase = tcase_create("walk");
    tcase_add_test(tcase, test_library_matches_the_whole_contract);
    tcase_add_test(tcase, test_graph_extensions_are_there);
    tcase_add_test(tcase, test_refund_page_is_a_bare_list);
    return tcase;
}
