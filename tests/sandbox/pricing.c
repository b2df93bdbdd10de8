/* Totals are worked out in the currency of the prices and converted as totals; lines take their
 * part of a converted total by running sums, so that they always add up to it. */
#include "pricing.h"
#include "clock.h"
#include "formats.h"
#include "json.h"
#include "show_product.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>

/* The line being read, and how refusals name it. */
struct reading {
    struct line *line;
    const cJSON *input;
    const struct pricing_source *from;
    struct answer *answer;
    int index;
};

static bool refuse_line(const struct reading *at, const char *code, const char *member,
                        const char *why)
{
    char param[96];
    snprintf(param, sizeof param, "lineItems[%d]%s%s", at->index, *member ? "." : "", member);
    return refuse(at->answer, code, param, "%s %s.", param, why);
}

static cJSON *shown_price(const struct reading *at, const char *id)
{
    cJSON *price = cJSON_CreateObject();
    json_add_text(price, "id", id);
    json_add_int(price, "unitAmount", at->line->unit_amount);
    json_add_text(price, "currency", at->line->currency->code);
    json_add_text(price, "type", "ONE_TIME");
    json_add_time(price, "createdAt", clock_now());
    json_add_flag(price, "active", true);
    return price;
}

static bool read_inline_price(const struct reading *at, const cJSON *data)
{
    const cJSON *product = json_member(data, "productData");
    const char *image = json_text_at(product, "image");
    if (json_member(data, "recurring"))
        return refuse_line(at, "price_recurring_not_supported", "priceData.recurring",
                           "is not supported yet");
    if (image && !url_is_secure(image))
        return refuse_line(at, "parameter_invalid", "priceData.productData.image",
                           "must be an https URL");
    at->line->currency = currency_find(json_text_at(data, "currency"));
    at->line->unit_amount = json_int_at(data, "unitAmount", 0);
    at->line->description = must_copy(json_text_at(product, "name"));
    char price_id[ID_SIZE], product_id[ID_SIZE];
    id_make_plain(price_id, "price");
    id_make_plain(product_id, "prod");
    at->line->price = shown_price(at, price_id);
    cJSON *shown = json_add_object(at->line->price, "product");
    json_add_text(shown, "id", product_id);
    static const char *const members[] = {"name", "description", "image", "unitLabel"};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        json_add_copy(shown, members[i], json_member(product, members[i]));
    json_add_flag(shown, "active", true);
    return true;
}

/* Why the price cannot be bought now: the code of the refusal; NULL if it can. */
static const char *obstacle(const struct price *price, int64_t quantity, const char **why)
{
    const struct {
        bool holds;
        const char *code, *why;
    } obstacles[] = {
        {!product_is_active(price->product), "product_archived",
         "names a price of a product that is not active"},
        {!price_is_active(price), "price_inactive", "names a price that is not active"},
        {price->starts && clock_now() < price->starts, "price_not_yet_active",
         "names a price whose startDate has not come"},
        {price->ends && clock_now() >= price->ends, "price_expired",
         "names a price whose expirationDate has passed"},
        {same_text(json_text_at(price->input, "type"), "RECURRING"),
         "price_recurring_not_supported", "is recurring"},
        {price->counted && (price->stock <= 0 || quantity > price->stock), "price_sold_out",
         "names a price of which there is not enough left"},
    };
    for (size_t i = 0; i < sizeof obstacles / sizeof obstacles[0]; i++)
        if (obstacles[i].holds) {
            *why = obstacles[i].why;
            return obstacles[i].code;
        }
    return NULL;
}

static bool read_catalogue_price(const struct reading *at, const char *id)
{
    struct price *price = price_find(id, at->from->world);
    const char *member = at->from->price_member, *why;
    if (!price)
        return refuse_line(at, "resource_missing", member, "names no price of this account");
    const char *code = obstacle(price, at->line->quantity, &why);
    if (code)
        return refuse_line(at, code, member, why);
    if (price_is_custom(price) && at->line->quantity != 1)
        return refuse_line(at, "line_item_quantity_not_supported_for_custom", "quantity",
                           "must be 1 for a price that the customer chooses");
    at->line->unit_amount = price_unit_amount(price);
    if (price_is_custom(price) && !at->line->unit_amount)
        return refuse_line(at, "parameter_invalid", member,
                           "names a CUSTOM price without preset or minimum; the sandbox's page "
                           "does not ask for the amount");
    at->line->catalogued = price;
    at->line->currency = price->currency;
    at->line->description = must_copy(json_text_at(price->product->input, "name"));
    at->line->price = show_line_price(price);
    return true;
}

static bool read_quantity(const struct reading *at)
{
    const cJSON *adjustable = json_member(at->input, "adjustableQuantity");
    bool enabled = json_flag_at(adjustable, "enabled");
    int64_t minimum = json_int_at(adjustable, "minimum", 1);
    int64_t maximum = json_int_at(adjustable, "maximum", INT32_MAX);
    int64_t quantity = json_int_at(at->input, "quantity", 0);
    at->line->quantity = quantity;
    if (minimum > maximum)
        return refuse_line(at, "parameter_invalid", "adjustableQuantity",
                           "has a minimum above its maximum");
    if (quantity == 0 && !(enabled && minimum == 0))
        return refuse_line(at, "parameter_invalid", "quantity",
                           "may be 0 only with adjustableQuantity.enabled and minimum 0");
    if (enabled && (quantity < minimum || quantity > maximum))
        return refuse_line(at, "line_item_quantity_out_of_bounds", "quantity",
                           "is outside adjustableQuantity");
    if (adjustable) {
        at->line->adjustable = cJSON_CreateObject();
        json_add_flag(at->line->adjustable, "enabled", enabled);
        json_add_int(at->line->adjustable, "minimum", minimum);
        json_add_copy(at->line->adjustable, "maximum", json_member(adjustable, "maximum"));
    }
    return true;
}

static bool read_line(const struct reading *at)
{
    const cJSON *data = json_member(at->input, "priceData");
    const char *price = json_text_at(at->input, at->from->price_member);
    if (data && price)
        return refuse_line(at, "parameters_exclusive", "price", "and priceData exclude each other");
    if (!data && !price)
        return refuse_line(at, "line_item_missing_price", "", "needs price or priceData");
    if (!read_quantity(at))
        return false;
    id_make_plain(at->line->id, "li");
    if (!(data ? read_inline_price(at, data) : read_catalogue_price(at, price)))
        return false;
    at->line->param = must_format("lineItems[%d].%s", at->index,
                                  data ? "priceData.currency" : at->from->price_member);
    return true;
}

static bool read_lines(struct pricing *out, const cJSON *input, const struct pricing_source *from,
                       struct answer *answer)
{
    const cJSON *items = json_list_at(input, "lineItems");
    size_t count = items ? (size_t)cJSON_GetArraySize(items) : 0;
    if (!count)
        return refuse(answer, "parameter_missing", "lineItems",
                      "A session for a payment needs at least one line.");
    out->lines = must_alloc_zero(count * sizeof *out->lines);
    struct reading at = {.answer = answer, .from = from};
    for (at.input = items->child; at.input; at.input = at.input->next, at.index++) {
        at.line = &out->lines[out->line_count++];
        if (!read_line(&at))
            return false;
    }
    out->currency = out->lines[0].currency;
    for (size_t i = 1; i < out->line_count; i++)
        if (out->lines[i].currency != out->currency)
            return refuse(answer, "parameter_invalid", out->lines[i].param,
                          "All lines must have the same currency (%s).", out->currency->code);
    const char *stated = json_text_at(input, "currency");
    if (stated && !same_text(stated, out->currency->code))
        return refuse(answer, "parameter_invalid", "currency",
                      "The lines are in %s, not in the session's currency.", out->currency->code);
    return true;
}

static bool refuse_amount(struct answer *answer)
{
    return refuse(answer, "amount_invalid", "lineItems", "The total is too large.");
}

static bool add_subtotals(struct pricing *out, struct answer *answer)
{
    int64_t running = 0, running_processed = 0;
    for (size_t i = 0; i < out->line_count; i++) {
        struct line *line = &out->lines[i];
        int64_t amount;
        if (__builtin_mul_overflow(line->quantity, line->unit_amount, &amount) ||
            __builtin_add_overflow(running, amount, &running) || running > MONEY_MAX)
            return refuse_amount(answer);
        int64_t processed = money_to_processing(running, out->currency);
        if (processed < 0)
            return refuse_amount(answer);
        line->priced.subtotal = amount;
        line->processed.subtotal = processed - running_processed;
        running_processed = processed;
    }
    out->priced.subtotal = running;
    out->processed.subtotal = running_processed;
    return true;
}

static bool find_discount(struct pricing *out, const cJSON *input, struct answer *answer)
{
    const cJSON *discounts = json_list_at(input, "discounts");
    const cJSON *discount = discounts ? discounts->child : NULL;
    if (!discount)
        return true;
    if (discount->next)
        return refuse(answer, "too_many_discounts", "discounts", "At most one discount.");
    const char *coupon = json_text_at(discount, "coupon");
    const char *promotion = json_text_at(discount, "promotionCode");
    if (coupon && promotion)
        return refuse(answer, "parameters_exclusive", "discounts[0]",
                      "coupon and promotionCode exclude each other.");
    if (!coupon && !promotion)
        return refuse(answer, "parameter_missing", "discounts[0]",
                      "Either coupon or promotionCode is needed.");
    if (promotion) {
        out->promotion = promotion_find(promotion);
        if (!out->promotion)
            return refuse(answer, "resource_missing", "discounts[0].promotionCode",
                          "No such promotion code; give its id, not the code.");
        if (!out->promotion->active)
            return refuse(answer, "promotion_code_inactive", "discounts[0].promotionCode",
                          "The promotion code is not active.");
        coupon = out->promotion->coupon;
    }
    out->coupon = coupon_find(coupon);
    return out->coupon
               ? true
               : refuse(answer, "resource_missing", "discounts[0].coupon", "No such coupon.");
}

static bool apply_discount(struct pricing *out, struct answer *answer)
{
    const struct coupon *coupon = out->coupon;
    if (!coupon)
        return true;
    int64_t subtotal = out->priced.subtotal;
    if (coupon->amount_off && out->currency != currency_processing())
        return refuse(answer, "coupon_currency_mismatch", "discounts[0]",
                      "The coupon is in another currency than the lines.");
    if (out->processed.subtotal < coupon->minimum)
        return refuse(answer, "coupon_minimum_amount", "discounts[0]",
                      "The subtotal is below the coupon's minimum.");
    int64_t off =
        coupon->amount_off ? coupon->amount_off : money_share(subtotal, coupon->percent_bps, 10000);
    out->priced.discount = off < subtotal ? off : subtotal;
    out->processed.discount = money_to_processing(out->priced.discount, out->currency);
    int64_t running = 0, priced = 0, processed = 0;
    for (size_t i = 0; i < out->line_count; i++) {
        struct line *line = &out->lines[i];
        running += line->priced.subtotal;
        int64_t part = money_share(out->priced.discount, running, subtotal);
        int64_t part_processed = money_share(out->processed.discount, running, subtotal);
        line->priced.discount = part - priced;
        line->processed.discount = part_processed - processed;
        priced = part;
        processed = part_processed;
    }
    return true;
}

static void add_up(struct amounts *amounts)
{
    amounts->total = amounts->subtotal - amounts->discount + amounts->platform_fee + amounts->vat;
}

/* Collected VAT on what is left after the discount; then the fee on all of it. */
static void apply_fees(struct pricing *out, const cJSON *config)
{
    add_up(&out->priced);
    add_up(&out->processed);
    if (json_flag_at(config, "vatCollectionEnabled")) {
        int64_t rate = json_int_at(config, "vatCollectionRate", DEFAULT_VAT_RATE_BPS);
        out->priced.vat = money_share(out->priced.total, rate, 10000);
        out->processed.vat = money_to_processing(out->priced.vat, out->currency);
        add_up(&out->processed);
    }
    if (json_flag_at(config, "feesPassThrough")) {
        out->passed_fee = fee_for(out->processed.total);
        out->processed.platform_fee = fee_total(out->passed_fee);
        out->priced.platform_fee = money_to_presentment(out->processed.platform_fee, out->currency);
    }
    add_up(&out->priced);
    add_up(&out->processed);
    for (size_t i = 0; i < out->line_count; i++) {
        add_up(&out->lines[i].priced);
        add_up(&out->lines[i].processed);
    }
}

bool pricing_make(struct pricing *out, const cJSON *input, const struct pricing_source *from,
                  struct answer *answer)
{
    *out = (struct pricing){0};
    if (read_lines(out, input, from, answer) && add_subtotals(out, answer) &&
        find_discount(out, input, answer) && apply_discount(out, answer)) {
        apply_fees(out, json_member(input, "feeConfig"));
        if (out->processed.total <= MONEY_MAX && out->priced.total <= MONEY_MAX)
            return true;
        refuse_amount(answer);
    }
    pricing_free(out);
    return false;
}

void pricing_free(struct pricing *pricing)
{
    lines_free(pricing->lines, pricing->line_count);
    *pricing = (struct pricing){0};
}

void pricing_use(const struct line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (lines[i].catalogued)
            lines[i].catalogued->used = true;
}
