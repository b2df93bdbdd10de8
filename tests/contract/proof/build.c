/*
 * Parameters made at random: every field is left alone, set, set to null or set empty, and what the library then refuses
 * is mended field by field until it would be sent. So no rule between fields is written here: the refusals say them,
 * and whether they are right is for the contract to judge (see requests.c).
 */
#include "proof.h"

#include <stdlib.h>
#include <string.h>

#include "json/encode.h"

enum { MENDINGS = 1000, TAKEN = 65536 };

static void *taken[TAKEN];
static size_t taken_count;

static void *take(size_t size)
{
    if (taken_count == TAKEN) {
        fputs("too many parameters at once\n", stderr);
        exit(EXIT_FAILURE);
    }
    return taken[taken_count++] = calloc(1, size == 0 ? 1 : size);
}

void build_free_all(void)
{
    while (taken_count > 0)
        free(taken[--taken_count]);
}

static void *at(void *params, uint32_t offset)
{
    return (char *)params + offset;
}

static const char *copy(const char *text)
{
    return strcpy(take(strlen(text) + 1), text);
}

static bool is_list(const xpay_field *field)
{
    return (field->flags & XPAY_FIELD_ARRAY) != 0;
}

/* Texts that a format allows, and then some that it might not. */
static const char *const fine_texts[][4] = {
    [XPAY_FORMAT_NONE] = {"text", "a \"quoted\" \\ one", "\xd8\xac\xd9\x86\xd9\x8a\xd9\x87",
                          "\t&=?+%\n"},
    [XPAY_FORMAT_URI] = {"https://shop.example/a?b=c", "myapp:done", "http://[::1]:8080/x;y?a=/?:@",
                         "https://shop.example/%20#f"},
    [XPAY_FORMAT_HTTPS] = {"https://shop.example/", "https://a.example/x.png",
                           "https://shop.example/hook?a=b&c", "https://shop.example:444/hook"},
    [XPAY_FORMAT_EMAIL] = {"a@example.com", "first.last+tag@shop.example.com",
                           "!#$%&'*+/=?^_`{|}~-@1.co", "x-y@z.org"},
    [XPAY_FORMAT_COLOR] = {"#fff", "#FFF8", "#1a2B3c", "#1a2b3c4d"},
    [XPAY_FORMAT_ID] = {"cs_test_1", "price_1", "x", "pmc-2_B"},
    [XPAY_FORMAT_DATE] = {"2026-05-31", "2028-02-29", "1999-12-31", "2100-01-01"},
};
enum { MOST_WILD = 12 };
static const char *const wild_texts[][MOST_WILD] = {
    [XPAY_FORMAT_NONE] = {"x", "", " ", "\x7f", "null", "\xf0\x9f\xa7\xbe"},
    [XPAY_FORMAT_URI] = {"shop.example", "//shop.example", "https://a b", "1https://x", "", "x",
                         "https://a/%zz", "https://a/#b#c", "https://a/?b[]=c", "https://a/?%4",
                         "https://[::1/", "x:?a"},
    [XPAY_FORMAT_HTTPS] = {"http://shop.example/", "https://", "ftp://a", "", "x", "https:///a"},
    [XPAY_FORMAT_EMAIL] = {"a", "@example.com", "a@", "a@b@example.com", "a b@example.com", "",
                           ".a@example.com", "a..b@example.com", "a@example..com", "a@-example.com",
                           "a@exa_mple.com", "\xd9\x85@example.com"},
    [XPAY_FORMAT_COLOR] = {"#ff", "#12345", "red", "#ggg", "", "#fff "},
    [XPAY_FORMAT_DATE] = {"2026-02-30", "2026-5-1", "", "yesterday", "2026-05-31T00:00:00Z",
                          "2100-02-29"},
    [XPAY_FORMAT_ID] = {"", "a b", "ch_\xc3\xa9", "\n", "x\ty", " x"},
};

/* A text of so many characters. */
static const char *text_of_length(size_t length)
{
    char *text = take(2 * length + 1);
    for (size_t i = 0; i < length; i++)
        memcpy(text + 2 * i, "\xc3\xa9", 2);
    return text;
}

static const char *pick_wild(chance *random, int32_t format)
{
    size_t count = 0;
    while (count < MOST_WILD && wild_texts[format][count] != NULL)
        count++;
    return wild_texts[format][chance_below(random, count)];
}

static const char *make_text(const builder *b, const xpay_field *field)
{
    chance *random = b->random;
    int32_t format = field->format;
    size_t least = (size_t)field->minimum, most = (size_t)field->maximum;
    bool wild = chance_happens(random, b->wild);
    if ((size_t)format >= LENGTH(fine_texts) || fine_texts[format][0] == NULL) {
        complain("%s: no texts are known for format %d", field->member, format);
        return "";
    }
    if (format == XPAY_FORMAT_NONE && most > 0 && chance_happens(random, 20))
        return text_of_length(wild ? most + 1 : chance_happens(random, 50) ? most : least);
    return copy(wild ? pick_wild(random, format)
                     : fine_texts[format][chance_below(random, LENGTH(fine_texts[0]))]);
}

static int64_t make_number(const builder *b, const xpay_field *field)
{
    static const int64_t safe = INT64_C(9007199254740991);
    bool bounded = field->minimum != 0 || field->maximum != 0;
    int64_t least = bounded ? field->minimum : -safe, most = bounded ? field->maximum : safe;
    if (field->kind == XPAY_KIND_TIME) { /* years 1 to 9999 */
        least = INT64_C(-62135596800000);
        most = INT64_C(253402300799999);
    } else if (chance_happens(b->random, b->wild)) {
        return chance_happens(b->random, 50) ? least - 1 : most + 1;
    }
    switch (chance_below(b->random, 4)) {
    case 0: return least;
    case 1: return most;
    default: return least + (int64_t)(chance_next(b->random) % ((uint64_t)(most - least) + 1));
    }
}

static const char *make_json(const builder *b, const xpay_field *field)
{
    static const char *const objects[] = {"{}", "{\"a\": 1, \"b\": [null, 1.5e3, \"\\u00e9\"]}",
                                          "{\"order_id\":\"A-1\"}", "{ \"\" : {} }"};
    static const char *const lists[] = {"[]", "[1, {}]", "[[\"x\"]]", "[null]"};
    bool list = field->format != XPAY_FORMAT_OBJECT ? chance_happens(b->random, 40)
                                                    : chance_happens(b->random, b->wild);
    return (list ? lists : objects)[chance_below(b->random, LENGTH(objects))];
}

static const xpay_text_pair *make_pairs(const builder *b, size_t count)
{
    static const char *const keys[] = {"order_id", "a/b", "\xc3\xa9", ""};
    xpay_text_pair *pairs = take(count * sizeof *pairs);
    for (size_t i = 0; i < count; i++)
        pairs[i] = (xpay_text_pair){keys[i % LENGTH(keys)],
                                    chance_happens(b->random, 20) ? "" : "value \"1\""};
    return pairs;
}

static void *make_elements(const builder *b, const xpay_field *field, size_t count)
{
    size_t step = field->kind == XPAY_KIND_OBJECT ? xpay_type_size(field->type)
                  : field->kind == XPAY_KIND_ENUM ? sizeof(int32_t)
                                                  : sizeof(const char *);
    char *elements = take(count * step);
    xpay_field one = *field; /* the bounds are those of the list */
    one.minimum = one.maximum = 0;
    for (size_t i = 0; i < count; i++) {
        void *element = elements + i * step;
        if (field->kind == XPAY_KIND_OBJECT)
            memcpy(element, build_params(b, field->type), step);
        else if (field->kind == XPAY_KIND_ENUM)
            *(int32_t *)element = 1 + (int32_t)chance_below(b->random, field->values->count);
        else
            *(const char **)element = make_text(b, &one);
    }
    return elements;
}

static void set_list(const builder *b, void *params, const xpay_field *field, bool empty)
{
    size_t least = (size_t)field->minimum, most = field->maximum > 0 ? (size_t)field->maximum : 3;
    size_t count = least + chance_below(b->random, (most < 3 ? most : 3) - least + 1);
    if (!empty && count == 0)
        count = 1;
    if (chance_happens(b->random, b->wild) && most < 100)
        count = most + 1;
    if (empty)
        count = 0;
    *(const void **)at(params, field->offset) = field->kind == XPAY_KIND_TEXT_MAP
                                                    ? (const void *)make_pairs(b, count)
                                                    : make_elements(b, field, count);
    *(size_t *)at(params, field->presence) = count;
}

static void set_value(const builder *b, void *params, const xpay_field *field, bool empty)
{
    void *slot = at(params, field->offset);
    if (is_list(field)) {
        set_list(b, params, field, empty);
        return;
    }
    switch (field->kind) {
    case XPAY_KIND_TEXT: *(const char **)slot = empty ? copy("") : make_text(b, field); break;
    case XPAY_KIND_JSON: *(const char **)slot = empty ? "{}" : make_json(b, field); break;
    case XPAY_KIND_INTEGER:
    case XPAY_KIND_MONEY:
    case XPAY_KIND_TIME: *(int64_t *)slot = empty ? 0 : make_number(b, field); break;
    case XPAY_KIND_BOOLEAN: *(bool *)slot = !empty && chance_happens(b->random, 50); break;
    case XPAY_KIND_ENUM:
        *(int32_t *)slot = 1 + (int32_t)chance_below(b->random, field->values->count);
        break;
    case XPAY_KIND_OBJECT: *(const void **)slot = build_params(b, field->type); break;
    default: complain("%s: kind %d in parameters", field->name, field->kind);
    }
    if (field->presence != XPAY_NO_OFFSET)
        *(bool *)at(params, field->presence) = true;
}

static uint64_t *clear_of(void *params, const xpay_type *type)
{
    return at(params, type->clear_offset);
}

static void set_null(void *params, const xpay_type *type, const xpay_field *field)
{
    set_untouched(params, type, field);
    *clear_of(params, type) |= UINT64_C(1) << field->clear_bit;
}

void set_untouched(void *params, const xpay_type *type, const xpay_field *field)
{
    size_t size = is_list(field)                     ? sizeof(void *)
                  : field->kind == XPAY_KIND_BOOLEAN ? sizeof(bool)
                  : field->kind == XPAY_KIND_ENUM    ? sizeof(int32_t)
                                                     : sizeof(int64_t);
    memset(at(params, field->offset), 0, size);
    if (field->presence != XPAY_NO_OFFSET)
        memset(at(params, field->presence), 0, is_list(field) ? sizeof(size_t) : sizeof(bool));
    if (field->clear_bit != XPAY_NO_OFFSET)
        *clear_of(params, type) &= ~(UINT64_C(1) << field->clear_bit);
}

static void set_by_chance(const builder *b, void *params, const xpay_type *type,
                          const xpay_field *field)
{
    size_t roll = chance_below(b->random, 100);
    if (roll < b->untouched)
        set_untouched(params, type, field);
    else if (roll < b->untouched + b->null && field->clear_bit != XPAY_NO_OFFSET)
        set_null(params, type, field);
    else
        set_value(b, params, field, roll >= 100 - b->empty);
}

/* The field that a refusal names: the first member of its path. */
static const xpay_field *field_of_path(const xpay_type *type, const char *path)
{
    size_t length = strcspn(path, ".[");
    for (size_t i = 0; i < xpay_type_field_count(type); i++) {
        const xpay_field *field = xpay_type_field(type, i);
        if (strlen(field->member) == length && strncmp(field->member, path, length) == 0)
            return field;
    }
    return NULL;
}

static xpay_status try_params(const xpay_type *type, const void *params, xpay_error *error)
{
    xpay_buffer text = XPAY_BUFFER_INIT;
    xpay_status status = is_query(type) ? xpay_encode_query(type, params, &text, error)
                                        : xpay_encode_json(type, params, &text, error);
    xpay_buffer_free(&text);
    return status;
}

/*
 * Do the opposite of what was done to the field that is named: set it where it lacks, take it away where it is too
 * much. Where that goes in circles, take something else away as well.
 */
static void mend(const builder *b, void *params, const xpay_type *type, const xpay_field *field,
                 size_t turn)
{
    builder tame = *b;
    tame.wild = 0;
    if (state_of(params, type, field) == STATE_UNTOUCHED ||
        (field->flags & XPAY_FIELD_REQUIRED) != 0)
        set_value(&tame, params, field, false);
    else
        set_untouched(params, type, field);
    field = xpay_type_field(type, chance_below(b->random, xpay_type_field_count(type)));
    if (turn % 2 == 0)
        return;
    if (field->flags & XPAY_FIELD_REQUIRED)
        set_value(&tame, params, field, false);
    else
        set_untouched(params, type, field);
}

void *build_params(const builder *b, const xpay_type *type)
{
    void *params = take(xpay_type_size(type));
    xpay_error error;
    *(size_t *)at(params, type->size_offset) = xpay_type_size(type);
    for (size_t i = 0; i < xpay_type_field_count(type); i++)
        set_by_chance(b, params, type, xpay_type_field(type, i));
    for (size_t turn = 0; turn < MENDINGS; turn++) {
        memset(&error, 0, sizeof error);
        if (try_params(type, params, &error) == XPAY_OK)
            return params;
        if (b->refused != NULL)
            b->refused(type, params, &error);
        const xpay_field *field = field_of_path(type, error.param);
        if (error.status != XPAY_ERROR_ARGUMENT || field == NULL)
            break;
        mend(b, params, type, field, turn);
    }
    complain("%s: cannot be mended: %s", xpay_type_name(type), error.message);
    return params;
}
