/* The account in words: what the key is, what it may do, in what money, and whether live payments work yet. */
#include <string.h>

#include <xpay/account.h>

#include "../base/buffer.h"
#include "model.h"

/* Permissions come in pairs, reading first: see the enumeration, which a test holds against this. */
static bool implies(int32_t held, int32_t wanted)
{
    return held == wanted || (wanted % 2 == 1 && held == wanted + 1);
}

bool xpay_account_may(const xpay_account *account, int32_t permission)
{
    const xpay_account_api_key *key = account == NULL ? NULL : account->api_key;
    if (key == NULL || xpay_enum_name(&xpay_enum_permission, permission) == NULL)
        return false;
    if (key->type == XPAY_API_KEY_TYPE_SECRET)
        return true;
    for (size_t i = 0; i < key->permissions_count; i++)
        if (implies(key->permissions[i], permission))
            return true;
    return false;
}

static const char *name_of(const xpay_enum *values, int32_t value)
{
    const char *name = xpay_enum_name(values, value);
    return name == NULL ? "one that this version does not know" : name;
}

/* The first line. Names come from outside: what would begin another line, or speak to a terminal, becomes a blank. */
static void write_account(xpay_buffer *out, const xpay_account *account)
{
    xpay_buffer_format(out, "Account: %s", account->id);
    if (account->display_name != NULL)
        xpay_buffer_format(out, ", %s", account->display_name);
    if (account->country != NULL)
        xpay_buffer_format(out, " (%s)", account->country);
    for (size_t i = 0; i < out->length; i++)
        if ((unsigned char)out->bytes[i] < 0x20 || out->bytes[i] == 0x7F)
            out->bytes[i] = ' ';
    xpay_buffer_byte(out, '\n');
}

static const char *word_of_type(int32_t type)
{
    switch (type) {
    case XPAY_API_KEY_TYPE_SECRET: return "secret";
    case XPAY_API_KEY_TYPE_RESTRICTED: return "restricted";
    default: return "of a kind that this version does not know";
    }
}

static void write_key(xpay_buffer *out, const xpay_account *account)
{
    const xpay_account_api_key *key = account->api_key;
    xpay_buffer_format(out, "Key: %s, for %s\n",
                       word_of_type(key == NULL ? XPAY_API_KEY_TYPE_UNKNOWN : key->type),
                       account->livemode ? "live payments" : "test payments, which move no money");
    if (key == NULL)
        return;
    if (key->type == XPAY_API_KEY_TYPE_SECRET) {
        xpay_buffer_text(out, "It may: everything\n");
        return;
    }
    xpay_buffer_text(out, "It may: ");
    for (size_t i = 0; i < key->permissions_count; i++)
        xpay_buffer_format(out, "%s%s", i == 0 ? "" : ", ",
                           name_of(&xpay_enum_permission, key->permissions[i]));
    xpay_buffer_text(out, key->permissions_count == 0 ? "nothing but read the account\n"
                                                      : " (writing includes reading)\n");
}

static void write_live(xpay_buffer *out, const xpay_account *account)
{
    if (account->live_payments_enabled)
        xpay_buffer_text(out, "Live payments: enabled\n");
    else if (account->livemode)
        xpay_buffer_text(out,
                         "Live payments: NOT enabled yet. XPay refuses every other call of a live "
                         "key (merchant_not_activated)\nuntil it has approved the account: finish "
                         "the activation in XPay's dashboard, and use a test key meanwhile.\n");
    else
        xpay_buffer_text(out, "Live payments: not enabled yet; test keys work all the same. "
                              "Before you go live, finish the activation\nin XPay's dashboard.\n");
}

static void write_currency(xpay_buffer *out, const xpay_account *account,
                           const xpay_supported_currency *currency)
{
    xpay_buffer_format(
        out, "  %s%s, %lld decimals:", name_of(&xpay_enum_currency, currency->code),
        currency->code != 0 && currency->code == account->default_currency ? " (default)" : "",
        (long long)currency->decimals);
    for (size_t i = 0; i < currency->payment_method_types_count; i++)
        xpay_buffer_format(
            out, "%s %s", i == 0 ? "" : ",",
            name_of(&xpay_enum_payment_method_type, currency->payment_method_types[i]));
    xpay_buffer_text(out,
                     currency->payment_method_types_count == 0 ? " no payment method\n" : "\n");
}

xpay_status xpay_account_explain(const xpay_account *account, char **text)
{
    if (text == NULL)
        return XPAY_ERROR_ARGUMENT;
    *text = NULL;
    if (account == NULL)
        return XPAY_ERROR_ARGUMENT;
    xpay_buffer out = XPAY_BUFFER_INIT;
    write_account(&out, account);
    write_key(&out, account);
    write_live(&out, account);
    xpay_buffer_text(&out, account->supported_currencies_count == 0 ? "Currencies: none\n"
                                                                    : "Currencies:\n");
    for (size_t i = 0; i < account->supported_currencies_count; i++)
        write_currency(&out, account, account->supported_currencies[i]);
    *text = xpay_buffer_take(&out);
    return *text == NULL ? XPAY_ERROR_MEMORY : XPAY_OK;
}
