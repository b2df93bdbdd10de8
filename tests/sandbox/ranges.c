/* Reading filters: an operator, a colon, one or two operands. */
#include "ranges.h"
#include "clock.h"
#include "formats.h"
#include "money.h"
#include "text.h"
#include "zones.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { OPERANDS_MAX = 2 };

/* The operator's text is cut off in place, and so are the operands. */
struct filter {
    char *text;
    const char *operator;
    const char *operands[OPERANDS_MAX];
    int count;
};

/* False if there is no operator, or more operands than any operator takes. */
static bool filter_read(struct filter *filter, const char *text)
{
    *filter = (struct filter){.text = must_copy(text)};
    char *rest = strchr(filter->text, ':'), *operand;
    if (!rest)
        return false;
    *rest++ = '\0';
    filter->operator= filter->text;
    while ((operand = strsep(&rest, ","))) {
        if (filter->count == OPERANDS_MAX)
            return false;
        filter->operands[filter->count++] = operand;
    }
    return true;
}

static bool whole_read(const char *text, int64_t *out)
{
    size_t length = strspn(text, "0123456789");
    *out = length && length < 17 ? strtoll(text, NULL, 10) : -1;
    return *out >= 0 && *out <= MONEY_MAX && !text[length];
}

static bool takes(const struct filter *filter, const char *operator, int count)
{
    return same_text(filter->operator, operator) && filter->count == count;
}

bool range_read_amount(const char *text, struct range *out)
{
    struct filter filter;
    int64_t values[OPERANDS_MAX] = {0};
    bool known = filter_read(&filter, text);
    for (int i = 0; i < filter.count; i++)
        known = known && whole_read(filter.operands[i], &values[i]);
    *out = (struct range){0, MONEY_MAX};
    if (takes(&filter, "eq", 1))
        *out = (struct range){values[0], values[0]};
    else if (takes(&filter, "bt", 2))
        *out = (struct range){values[0], values[1]};
    else if (takes(&filter, "gt", 1))
        out->least = values[0] + 1;
    else if (takes(&filter, "lt", 1))
        out->most = values[0] - 1;
    else
        known = false;
    known = known && (!takes(&filter, "bt", 2) || values[0] <= values[1]);
    free(filter.text);
    return known;
}

static bool days_read(const struct filter *filter, const char *zone, struct range *out)
{
    int64_t days[OPERANDS_MAX];
    for (int i = 0; i < filter->count; i++)
        if (!date_read(filter->operands[i], &days[i]))
            return false;
    int64_t last = days[filter->count - 1];
    out->least = zone_to_utc(zone, days[0]);
    out->most = zone_to_utc(zone, last + MILLISECONDS_PER_DAY) - 1;
    return days[0] <= last;
}

bool range_read_date(const char *text, const char *zone, int64_t now, struct range *out)
{
    struct filter filter;
    int64_t count = 0;
    bool known = filter_read(&filter, text);
    *out = (struct range){0, now};
    if (known && (takes(&filter, "eq", 1) || takes(&filter, "bt", 2)))
        known = days_read(&filter, zone, out);
    else if (known && takes(&filter, "last", 2))
        known = whole_read(filter.operands[0], &count) && count > 0 && count <= 36500 &&
                same_text(filter.operands[1], "days");
    else
        known = false;
    if (known && count)
        out->least = now - count * MILLISECONDS_PER_DAY;
    free(filter.text);
    return known;
}

bool range_holds(const struct range *range, int64_t value)
{
    return value >= range->least && value <= range->most;
}
