/* Which fields belong to which type of price, and which values fit each other. Where the real
 * API's behaviour is not known, the stricter reading is taken; those places say so. */
#include "price_rules.h"
#include "formats.h"
#include "json.h"
#include "text.h"

#include <stdlib.h>

static bool refuse_member(struct answer *answer, const char *code, const char *prefix,
                          const char *member, const char *why)
{
    char *param = must_format("%s%s", prefix, member);
    refuse(answer, code, param, "%s %s.", param, why);
    free(param);
    return false;
}

/* Whether an absent type or currency has a default is not known: both are needed. */
static bool needed_always(const cJSON *input, const char *prefix, struct answer *answer)
{
    static const char *const members[] = {"type", "currency"};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        if (!json_member(input, members[i]))
            return refuse_member(answer, "parameter_missing", prefix, members[i], "is needed");
    return true;
}

static bool fits_type(const cJSON *input, const char *prefix, struct answer *answer)
{
    static const struct {
        const char *type, *member;
        bool needed; /* otherwise it must be absent */
    } rows[] = {
        {"ONE_TIME", "unitAmount", true},        {"ONE_TIME", "recurring", false},
        {"ONE_TIME", "customUnitAmount", false}, {"RECURRING", "unitAmount", true},
        {"RECURRING", "recurring", true},        {"RECURRING", "customUnitAmount", false},
        {"CUSTOM", "unitAmount", false},         {"CUSTOM", "recurring", false},
    };
    const char *type = json_text_at(input, "type");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bool there = json_member(input, rows[i].member) != NULL;
        if (!same_text(rows[i].type, type) || there == rows[i].needed)
            continue;
        return there ? refuse_member(answer, "parameter_invalid", prefix, rows[i].member,
                                     "does not belong to a price of this type")
                     : refuse_member(answer, "parameter_missing", prefix, rows[i].member,
                                     "is needed for this type");
    }
    const cJSON *recurring = json_member(input, "recurring");
    return !recurring || json_member(recurring, "interval")
               ? true
               : refuse_member(answer, "parameter_missing", prefix, "recurring.interval",
                               "is needed");
}

/* The bounds of what the customer chooses; the most that any amount may be is not stated for
 * them, so it is taken from unitAmount. */
static bool custom_amounts(const cJSON *input, const char *prefix, struct answer *answer)
{
    static const char *const members[] = {"minimum", "preset", "maximum"};
    const cJSON *custom = json_member(input, "customUnitAmount");
    int64_t before = 0;
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        int64_t value = json_int_at(custom, members[i], before);
        char *member = must_format("customUnitAmount.%s", members[i]);
        bool fits = value > INT32_MAX ? refuse_member(answer, "parameter_out_of_range", prefix,
                                                      member, "must be at most 2147483647")
                    : value < before  ? refuse_member(answer, "parameter_invalid", prefix, member,
                                                      "is below what comes before it")
                                      : true;
        free(member);
        if (!fits)
            return false;
        before = value;
    }
    return true;
}

static bool dates(const cJSON *input, const char *prefix, struct answer *answer)
{
    static const char *const members[] = {"startDate", "expirationDate"};
    int64_t times[2] = {0, 0};
    for (size_t i = 0; i < 2; i++) {
        const char *text = json_text_at(input, members[i]);
        if (text && !date_time_read(text, &times[i]))
            return refuse_member(answer, "parameter_invalid", prefix, members[i],
                                 "must be a date-time with a zone, such as 2024-01-01T00:00:00Z");
    }
    return !times[0] || !times[1] || times[0] < times[1]
               ? true
               : refuse_member(answer, "price_date_range_invalid", prefix, "expirationDate",
                               "must be later than startDate");
}

bool price_rules(const cJSON *input, const char *prefix, struct answer *answer)
{
    return needed_always(input, prefix, answer) && fits_type(input, prefix, answer) &&
           custom_amounts(input, prefix, answer) && dates(input, prefix, answer);
}

/* Refused even with the value that it has: which ones the platform lets through is not known. */
bool price_keeps_terms(const cJSON *body, struct answer *answer)
{
    static const char *const terms[] = {"currency", "unitAmount", "type", "recurring",
                                        "customUnitAmount"};
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++)
        if (json_member_or_null(body, terms[i]))
            return refuse_member(answer, "price_immutable_while_used", "", terms[i],
                                 "cannot be changed any more, since the price was used");
    return true;
}
