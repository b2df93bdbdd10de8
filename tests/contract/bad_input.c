/*
 * Answers that are not what the contract says: each field of each type, wrong in each way.
 *
 * What is wrong in a critical field makes the answer unreadable and is named; anywhere else the member is absent, the
 * rest is read, and the place is listed.
 */
#include "payload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json/decode.h"

static size_t trials;

/* What becomes of a value. */
typedef enum outcome { READ, ABSENT, WRONG } outcome;

/* A value as it is sent, and what it is to each kind of field. */
static const struct {
    const char *json;
    outcome outcomes[XPAY_KIND_JSON + 1];
    outcome list;
} values[] = {
    /* clang-format off */
/*                 -       TEXT   INTEGER MONEY  BOOLEAN TIME   DECIMAL ENUM    OBJECT JSON   a list */
    {"true",      {WRONG,  WRONG, WRONG,  WRONG, READ,   WRONG, WRONG,  WRONG,  WRONG, WRONG}, WRONG},
    {"12",        {WRONG,  WRONG, READ,   READ,  WRONG,  WRONG, READ,   WRONG,  WRONG, WRONG}, WRONG},
    {"-12",       {WRONG,  WRONG, READ,   READ,  WRONG,  WRONG, READ,   WRONG,  WRONG, WRONG}, WRONG},
    {"1.5",       {WRONG,  WRONG, WRONG,  WRONG, WRONG,  WRONG, READ,   WRONG,  WRONG, WRONG}, WRONG},
    {"\"odd\"",   {WRONG,  READ,  WRONG,  WRONG, WRONG,  WRONG, WRONG,  ABSENT, WRONG, WRONG}, WRONG},
    {"\"12\"",    {WRONG,  READ,  WRONG,  READ,  WRONG,  WRONG, READ,   ABSENT, WRONG, WRONG}, WRONG},
    {"\"\"",      {WRONG,  READ,  WRONG,  WRONG, WRONG,  ABSENT, WRONG, ABSENT, WRONG, WRONG}, WRONG},
    {"[]",        {WRONG,  WRONG, WRONG,  WRONG, WRONG,  WRONG, WRONG,  WRONG,  WRONG, READ},  READ},
    {"{}",        {WRONG,  WRONG, WRONG,  WRONG, WRONG,  WRONG, WRONG,  WRONG,  READ,  READ},  WRONG},
    /* clang-format on */
};

/* Amounts at the edge of what a number in JSON can hold, and amounts in other spellings. */
static const struct {
    const char *json;
    const char *read_as; /* NULL: refused */
    bool money_only;     /* a count may not come as text */
} amounts[] = {
    {"9007199254740991", "9007199254740991", false},
    {"-9007199254740991", "-9007199254740991", false},
    {"\"9007199254740991\"", "9007199254740991", true},
    {"\"-12\"", "-12", true},
    {"1e2", "100", false},
    {"50.00", "50", false},
    {"9007199254740992", NULL, false},
    {"-9007199254740992", NULL, false},
    {"9007199254740993", NULL, false},
    {"\"9007199254740993\"", NULL, false},
    {"1e400", NULL, false},
    {"1e-400", NULL, false},
    {"\"50.00\"", NULL, false},
    {"\"1e2\"", NULL, false},
    {"\" 12\"", NULL, false},
    {"\"-\"", NULL, false},
};

static bool is_critical(const xpay_field *field)
{
    return (field->flags & XPAY_FIELD_CRITICAL) != 0;
}

void send_answer(const xpay_type *type, const char *what, cJSON *sent, cJSON *expected,
                 const char *wrong, bool fatal)
{
    void *object = NULL;
    xpay_error error;
    char *text = cJSON_PrintUnformatted(sent);
    xpay_status status = xpay_decode(type, text, strlen(text), NULL, &object, &error);
    const char *name = xpay_type_name(type);
    size_t faults = xpay_object_fault_count(object);
    const xpay_fault *fault = xpay_object_fault(object, 0);
    trials++;
    if (fatal) {
        if (status != XPAY_ERROR_DECODE || object != NULL || strcmp(error.param, wrong) != 0)
            complain("%s, %s: %s at \"%s\", not refused at %s", name, what,
                     xpay_status_name(status), status == XPAY_OK ? "" : error.param, wrong);
    } else if (status != XPAY_OK) {
        complain("%s, %s: %s", name, what, error.message);
    } else {
        read_object(object, expected, name);
        if (faults != (wrong != NULL) ||
            (faults == 1 && (strcmp(fault->path, wrong) != 0 || fault->expected[0] == '\0' ||
                             fault->found[0] == '\0' || fault->object == NULL)))
            complain("%s, %s: %zu faults, the first at %s; expected %s", name, what, faults,
                     faults == 0 ? "nowhere" : fault->path, wrong == NULL ? "none" : wrong);
    }
    xpay_object_free(object);
    free(text);
    cJSON_Delete(sent);
    cJSON_Delete(expected);
}

/* One type under test: a payload without nested objects, and one with all members and one level below. */
typedef struct subject {
    const xpay_type *type;
    const xpay_field *field;
    char path[96];
    cJSON *small, *whole, *other;
} subject;

static cJSON *without(const subject *s)
{
    cJSON *payload = cJSON_Duplicate(s->small, true);
    cJSON_DeleteItemFromObjectCaseSensitive(payload, s->field->name);
    return payload;
}

/* The payload with the field's value (taken over) at its end. */
static cJSON *with(const subject *s, cJSON *value)
{
    cJSON *payload = without(s);
    cJSON_AddItemToObject(payload, s->field->name, value);
    return payload;
}

static cJSON *good_value(const subject *s, const cJSON *from)
{
    return cJSON_Duplicate(cJSON_GetObjectItemCaseSensitive(from, s->field->name), true);
}

/* What is critical and has no `has_` member would read as 0, so its absence is listed. */
static bool is_missed(const xpay_field *field)
{
    uint32_t both = XPAY_FIELD_REQUIRED | XPAY_FIELD_CRITICAL;
    return (field->flags & both) == both && (field->flags & XPAY_FIELD_NULLABLE) == 0 &&
           field->presence == XPAY_NO_OFFSET;
}

static size_t missed_below(const xpay_type *type)
{
    size_t count = 0;
    for (size_t i = 0; type != NULL && i < xpay_type_field_count(type); i++)
        count += is_missed(xpay_type_field(type, i));
    return count;
}

static outcome outcome_of_null(const xpay_field *field)
{
    uint32_t both = XPAY_FIELD_REQUIRED | XPAY_FIELD_NULLABLE;
    return (field->flags & both) == XPAY_FIELD_REQUIRED ? WRONG : ABSENT;
}

static void try_value(const subject *s, const char *json, outcome expected, const char *read_as)
{
    cJSON *after =
        expected == READ ? with(s, node_of(read_as == NULL ? json : read_as)) : without(s);
    send_answer(s->type, json, with(s, node_of(json)), after, expected == WRONG ? s->path : NULL,
                expected == WRONG && is_critical(s->field));
}

static void try_values(const subject *s)
{
    bool list = (s->field->flags & XPAY_FIELD_ARRAY) != 0;
    for (size_t i = 0; i < LENGTH(values); i++) {
        outcome expected = list ? values[i].list : values[i].outcomes[s->field->kind];
        if (strcmp(values[i].json, "{}") == 0 && expected == READ && s->field->type != NULL) {
            if (s->field->type->resolve != NULL)
                expected = ABSENT; /* it does not say what it is */
            else if (missed_below(s->field->type) > 0)
                continue; /* amounts are missing then: tried on its own */
        }
        try_value(s, values[i].json, expected, NULL);
    }
    try_value(s, "null", outcome_of_null(s->field), NULL);
}

static void try_amounts(const subject *s)
{
    bool money = s->field->kind == XPAY_KIND_MONEY;
    for (size_t i = 0; i < LENGTH(amounts) && (money || s->field->kind == XPAY_KIND_INTEGER); i++) {
        bool read = amounts[i].read_as != NULL && (money || !amounts[i].money_only);
        try_value(s, amounts[i].json, read ? READ : WRONG, amounts[i].read_as);
    }
}

static void try_times(const subject *s)
{
    static const char *const wrong[] = {"\"yesterday\"", "\"2026-02-30T00:00:00Z\"",
                                        "\"2026-03-01T25:00:00Z\"", "\"1772323200\"", "1772323200"};
    for (size_t i = 0; i < LENGTH(wrong) && s->field->kind == XPAY_KIND_TIME; i++)
        try_value(s, wrong[i], WRONG, NULL);
}

/* The two elements of a good list with another between them. */
static cJSON *list_around(const subject *s, cJSON *between)
{
    const cJSON *good = cJSON_GetObjectItemCaseSensitive(s->whole, s->field->name);
    cJSON *list = cJSON_CreateArray();
    cJSON_AddItemToArray(list, cJSON_Duplicate(cJSON_GetArrayItem(good, 0), true));
    cJSON_AddItemToArray(list, between);
    cJSON_AddItemToArray(list, cJSON_Duplicate(cJSON_GetArrayItem(good, 1), true));
    return list;
}

/* Each element of a list stands for itself: a wrong one is left out and listed. */
static void try_elements(const subject *s)
{
    static const char *const wrong[] = {"true", "null", "1.5", "[]"};
    char place[112];
    if (!(s->field->flags & XPAY_FIELD_ARRAY))
        return;
    snprintf(place, sizeof place, "%s/1", s->path);
    for (size_t i = 0; i < LENGTH(wrong); i++) {
        send_answer(s->type, "wrong element", with(s, list_around(s, node_of(wrong[i]))),
                    with(s, good_value(s, s->whole)), place, is_critical(s->field));
    }
}

/* A root without the id that the contract promises is some other answer. */
static bool is_own_id(const xpay_field *field)
{
    return strcmp(field->name, "id") == 0 && (field->flags & XPAY_FIELD_REQUIRED) != 0;
}

static void try_missing(const subject *s)
{
    bool listed = is_missed(s->field) || is_own_id(s->field);
    send_answer(s->type, "missing", without(s), without(s), listed ? s->path : NULL,
                is_own_id(s->field));
}

/* The same name twice: the last one counts, whatever it is. */
static void try_twice(const subject *s)
{
    const char *wrong = s->field->kind == XPAY_KIND_BOOLEAN ? "12" : "true";
    cJSON *payload = with(s, good_value(s, s->whole));
    cJSON_AddItemToObject(payload, s->field->name, good_value(s, s->other));
    send_answer(s->type, "twice", payload, with(s, good_value(s, s->other)), NULL, false);

    payload = with(s, node_of(wrong));
    cJSON_AddItemToObject(payload, s->field->name, good_value(s, s->other));
    send_answer(s->type, "wrong, then twice", payload, with(s, good_value(s, s->other)), NULL,
                false);

    payload = with(s, good_value(s, s->whole));
    cJSON_AddItemToObject(payload, s->field->name, node_of(wrong));
    send_answer(s->type, "twice, then wrong", payload, without(s), s->path, is_critical(s->field));

    for (size_t i = 0; i < LENGTH(values) && !(s->field->flags & XPAY_FIELD_ARRAY); i++) {
        if (values[i].outcomes[s->field->kind] != ABSENT)
            continue;
        payload = with(s, good_value(s, s->whole));
        cJSON_AddItemToObject(payload, s->field->name, node_of(values[i].json));
        send_answer(s->type, "twice, then none", payload, without(s), NULL, false);
    }

    bool refused = outcome_of_null(s->field) == WRONG;
    payload = with(s, good_value(s, s->whole));
    cJSON_AddItemToObject(payload, s->field->name, cJSON_CreateNull());
    send_answer(s->type, "twice, then null", payload, without(s), refused ? s->path : NULL,
                refused && is_critical(s->field));
}

/* A wrong value one level down, named by its whole path. */
static void try_below(const subject *s)
{
    const xpay_type *type = s->field->type;
    bool list = (s->field->flags & XPAY_FIELD_ARRAY) != 0;
    for (size_t i = 0; type != NULL && i < xpay_type_field_count(type); i++) {
        const xpay_field *field = xpay_type_field(type, i);
        char place[192];
        snprintf(place, sizeof place, "%s%s/%s", s->path, list ? "/1" : "", field->name);
        cJSON *sent = with(s, good_value(s, s->whole)), *expected = cJSON_Duplicate(sent, true);
        cJSON *below[2] = {sent, expected};
        for (size_t k = 0; k < 2; k++) {
            below[k] = cJSON_GetObjectItemCaseSensitive(below[k], s->field->name);
            if (list)
                below[k] = cJSON_GetArrayItem(below[k], 1);
            cJSON_DeleteItemFromObjectCaseSensitive(below[k], field->name);
        }
        cJSON_AddItemToObject(below[0], field->name,
                              node_of(field->kind == XPAY_KIND_BOOLEAN ? "12" : "true"));
        send_answer(s->type, place, sent, expected, place, is_critical(field));
    }
}

static void try_type(const xpay_type *type)
{
    subject s = {.type = type};
    s.small = whole_payload(type, 0, 0);
    s.whole = whole_payload(type, 0, 1);
    s.other = whole_payload(type, 1, 1);
    for (size_t i = 0; i < xpay_type_field_count(type); i++) {
        s.field = xpay_type_field(type, i);
        if (!cJSON_HasObjectItem(s.whole, s.field->name))
            complain("%s.%s: no payload has it", xpay_type_name(type), s.field->name);
        snprintf(s.path, sizeof s.path, "/%s", s.field->name);
        try_values(&s);
        try_amounts(&s);
        try_times(&s);
        try_elements(&s);
        try_missing(&s);
        try_twice(&s);
        try_below(&s);
    }
    cJSON_Delete(s.small);
    cJSON_Delete(s.whole);
    cJSON_Delete(s.other);
}

START_TEST(test_wrong_values_are_listed_or_refused)
{
    size_t types = 0;
    trials = 0;
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        if (is_params(type) || is_bare_list(type) || xpay_type_field_count(type) == 0)
            continue;
        types++;
        try_type(type);
    }
    printf("bad input: %zu answers of %zu types\n", trials, types);
    NO_COMPLAINTS();
}
END_TEST

TCase *bad_input_case(void)
{
    TCase *tcase = tcase_create("bad input");
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, test_wrong_values_are_listed_or_refused);
    add_root_tests(tcase);
    return tcase;
}
