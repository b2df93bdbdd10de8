/* Operations on payment links. */
#include "clock.h"
#include "json.h"
#include "links.h"
#include "listing.h"
#include "ranges.h"
#include "text.h"
#include "products.h"
#include "zones.h"

static struct link *named_link(const struct call *call, struct answer *answer)
{
    struct link *link = link_find(call->id, call->world);
    if (!link)
        refuse(answer, "resource_missing", "id", "No such payment link.");
    return link;
}

bool act_create_link(const struct call *call, struct answer *answer)
{
    const struct link *link = link_create(call->body, call->world, answer);
    if (link)
        answer_json(answer, 201, show_link(link));
    return false;
}

bool act_get_link(const struct call *call, struct answer *answer)
{
    const struct link *link = named_link(call, answer);
    if (link)
        answer_json(answer, 200, show_link(link));
    return false;
}

bool act_update_link(const struct call *call, struct answer *answer)
{
    struct link *link = named_link(call, answer);
    if (link && link_update(link, call->body, answer))
        answer_json(answer, 200, show_link(link));
    return false;
}

/* What a list of links is narrowed to. */
struct filter {
    bool active_given, active;
    const char *search; /* or NULL */
    struct range amount, date;
};

static bool refuse_filter(struct answer *answer, const char *name, const char *known)
{
    return refuse(answer, "parameter_invalid", name, "%s must be one of %s.", name, known);
}

static bool read_filter(struct filter *filter, const struct call *call, struct answer *answer)
{
    const char *amount = pairs_find_filled(call->query, "amount");
    const char *date = pairs_find_filled(call->query, "date");
    const char *zone = pairs_find_filled(call->query, "timezone");
    filter->search = pairs_find_filled(call->query, "search");
    filter->amount = filter->date = (struct range){0, INT64_MAX};
    if (!query_flag(call, "active", &filter->active_given, &filter->active, answer))
        return false;
    if (amount && !range_read_amount(amount, &filter->amount))
        return refuse_filter(answer, "amount", "eq:100, bt:10,100, gt:50, lt:200");
    if (zone && !zone_is_known(zone))
        return refuse(answer, "parameter_invalid", "timezone", "timezone is not a known one.");
    if (date && !range_read_date(date, zone ? zone : "UTC", clock_now(), &filter->date))
        return refuse_filter(answer, "date",
                             "last:7,days, eq:2024-01-01, bt:2024-01-01,2024-12-31");
    return true;
}

static bool finds(const char *search, const struct link *link)
{
    static const char *const members[] = {"name", "description", "unitLabel"};
    for (size_t i = 0; i < link->line_count; i++) {
        const char *texts[sizeof members / sizeof members[0]];
        for (size_t k = 0; k < sizeof members / sizeof members[0]; k++)
            texts[k] = json_text_at(link->lines[i].catalogued->product->input, members[k]);
        if (search_finds(search, texts, sizeof members / sizeof members[0]))
            return true;
    }
    return false;
}

bool act_list_links(const struct call *call, struct answer *answer)
{
    struct listing listing;
    struct filter filter;
    if (!listing_read(&listing, call, answer) || !read_filter(&filter, call, answer))
        return false;
    cJSON *shown = cJSON_CreateObject();
    cJSON *data = json_add_list(shown, "data");
    const struct list *all = links_all();
    for (size_t i = all->count; i > 0; i--) {
        const struct link *link = all->items[i - 1];
        if (link->world == call->world && (!filter.active_given || link->active == filter.active) &&
            range_holds(&filter.amount, link->amount) && range_holds(&filter.date, link->created) &&
            (!filter.search || finds(filter.search, link)) && listing_takes(&listing))
            cJSON_AddItemToArray(data, show_listed_link(link));
    }
    json_add_int(shown, "totalCount", listing.count);
    answer_json(answer, 200, shown);
    return false;
}
