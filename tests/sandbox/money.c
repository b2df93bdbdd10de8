/* Currencies, their rates and the exact arithmetic on them; the fee that the sandbox charges. */
#include "money.h"
#include "json.h"
#include "text.h"

#include <string.h>

__extension__ typedef __int128 wide;

const struct currency currencies[] = {
    {"EGP", 2, NULL},    {"USD", 2, "51.01"},  {"EUR", 2, "55.37"},  {"GBP", 2, "64.72"},
    {"SAR", 2, "13.59"}, {"AED", 2, "13.88"},  {"QAR", 2, "14.01"},  {"KWD", 3, "165.47"},
    {"JOD", 3, "71.94"}, {"OMR", 3, "132.47"}, {"BHD", 3, "135.27"}, {"LYD", 3, "9.38"},
    {"AUD", 2, "33.19"}, {"CAD", 2, "36.45"},  {"CNY", 2, "7.02"},
};
const size_t currency_count = sizeof currencies / sizeof currencies[0];

const struct currency *currency_find(const char *code)
{
    for (size_t i = 0; i < currency_count; i++)
        if (same_text(currencies[i].code, code))
            return &currencies[i];
    return NULL;
}

const struct currency *currency_processing(void)
{
    return &currencies[0];
}

static wide power_of_ten(int exponent)
{
    wide power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

/* processing minor = presentment minor x UP / DOWN, both integers: "51.01" is 5101 / 100. */
static void rate_as_fraction(const struct currency *currency, wide *up, wide *down)
{
    wide digits = 0;
    int decimals = 0;
    bool after_point = false;
    for (const char *at = currency->rate ? currency->rate : "1"; *at; at++) {
        if (*at == '.') {
            after_point = true;
            continue;
        }
        digits = digits * 10 + (*at - '0');
        decimals += after_point;
    }
    *up = digits * power_of_ten(currency_processing()->exponent);
    *down = power_of_ten(decimals + currency->exponent);
}

static int64_t bounded(wide value)
{
    return value < 0 || value > MONEY_MAX ? -1 : (int64_t)value;
}

int64_t money_to_processing(int64_t amount, const struct currency *from)
{
    wide up, down;
    rate_as_fraction(from, &up, &down);
    return bounded((wide)amount * up / down);
}

int64_t money_to_presentment(int64_t amount, const struct currency *to)
{
    wide up, down;
    rate_as_fraction(to, &up, &down);
    return bounded((wide)amount * down / up);
}

int64_t money_share(int64_t amount, int64_t part, int64_t whole)
{
    return whole ? (int64_t)((wide)amount * part / whole) : 0;
}

enum { FEE_BPS = 275, FEE_FIXED = 300 };

struct fee fee_for(int64_t amount)
{
    struct fee fee = {0};
    if (amount > 0)
        fee.platform = money_share(amount, FEE_BPS, 10000) + FEE_FIXED;
    fee.vat = money_share(fee.platform, VAT_ON_FEE_BPS, 10000);
    return fee;
}

int64_t fee_total(struct fee fee)
{
    return fee.platform + fee.vat;
}

void fee_add_details(cJSON *list, struct fee fee)
{
    const struct {
        int64_t amount;
        const char *type, *description;
    } rows[] = {
        {fee.platform, "platform_fee", FEE_PERCENTAGE " % + 3.00 EGP"},
        {fee.vat, "vat_on_fee", "14 % VAT on the platform fee"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cJSON *row = cJSON_CreateObject();
        json_add_int(row, "amount", rows[i].amount);
        json_add_text(row, "currency", currency_processing()->code);
        json_add_text(row, "description", rows[i].description);
        json_add_text(row, "type", rows[i].type);
        json_add_null(row, "application");
        cJSON_AddItemToArray(list, row);
    }
}
