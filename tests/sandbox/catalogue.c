/* Tables. */
#include "catalogue.h"
#include "text.h"

const struct method methods[] = {
    {"card", "Card", "card", NULL, false, false, true},
    {"valu", "valU", "bnpl", "phone", true, false, false},
    {"fawry", "Fawry", "kiosk", "phone", true, true, true},
};
const size_t method_count = sizeof methods / sizeof methods[0];

const struct decline declines[] = {
    {"generic_decline", "card_declined", "05", "Your card was declined.",
     "The issuer declined without a reason.", "try_again_later"},
    {"insufficient_funds", "insufficient_funds", "51", "Your card has insufficient funds.",
     "The account has insufficient funds.", "try_again_later"},
    {"lost_card", "card_declined", "41", "Your card was declined.",
     "The card was reported lost; do not tell the customer.", "do_not_try_again"},
    {"stolen_card", "card_declined", "43", "Your card was declined.",
     "The card was reported stolen; do not tell the customer.", "do_not_try_again"},
    {"expired_card", "expired_card", "54", "Your card has expired.", "The card has expired.",
     "confirm_card_data"},
    {"incorrect_cvc", "incorrect_cvc", "N7", "Your card's security code is incorrect.",
     "The security code did not match.", "confirm_card_data"},
    {"processing_error", "processing_error", "96",
     "An error occurred while processing your card. Try again in a little while.",
     "The processor reported a malfunction.", "try_again_later"},
    {"authentication_required", "authentication_required", "1A",
     "Your bank could not confirm that it is you.", "3-D Secure was not passed.",
     "try_again_later"},
};
const size_t decline_count = sizeof declines / sizeof declines[0];

const struct decline decline_reference = {NULL,
                                          "payment_declined",
                                          NULL,
                                          "The payment with your reference was declined.",
                                          "The kiosk declined the payment.",
                                          "try_again_later"};
const struct decline decline_reference_expired = {NULL,
                                                  "reference_expired",
                                                  NULL,
                                                  "Your payment reference has expired.",
                                                  "The reference was not paid before it expired.",
                                                  "try_again_later"};

const struct coupon coupons[] = {
    {"coupon_sandbox_10", "10 % off", 1000, "10", 0, 0},
    {"coupon_sandbox_50egp", "50 EGP off", 0, NULL, 5000, 10000},
    {"coupon_sandbox_all", "All of it off", 10000, "100", 0, 0},
};
const size_t coupon_count = sizeof coupons / sizeof coupons[0];

const struct promotion promotions[] = {
    {"promo_sandbox_save10", "SAVE10", "coupon_sandbox_10", true},
    {"promo_sandbox_inactive", "TOOLATE", "coupon_sandbox_10", false},
};
const size_t promotion_count = sizeof promotions / sizeof promotions[0];

static const char *const every_method[] = {"card", "valu", "fawry", NULL};
static const char *const card_only[] = {"card", NULL};
static const struct configuration configurations[] = {
    {"pmc_sandbox_default", every_method},
    {"pmc_sandbox_card", card_only},
};

static const struct merchant merchants[WORLDS] = {
    {"mer_sandbox", "Sandbox Merchant"},
    {"mer_sandbox", "Sandbox Merchant"},
    {"mer_sandbox_new", "New Sandbox Merchant"},
};

const char branding_defaults[] =
    "{\"colorMode\":\"system\",\"borderStyle\":\"rounded\",\"spacing\":\"normal\","
    "\"inputSize\":\"medium\",\"inputStyle\":\"outlined\",\"formLayout\":\"spacious\","
    "\"colors\":{\"primary\":\"#1a56db\",\"background\":\"#ffffff\"},"
    "\"fontFamily\":\"system-ui\"}";

const struct merchant *merchant_of(enum world world)
{
    return &merchants[world];
}

const struct method *method_find(const char *type)
{
    for (size_t i = 0; i < method_count; i++)
        if (same_text(methods[i].type, type))
            return &methods[i];
    return NULL;
}

const struct decline *decline_find(const char *decline_code)
{
    for (size_t i = 0; i < decline_count; i++)
        if (same_text(declines[i].decline_code, decline_code))
            return &declines[i];
    return NULL;
}

const struct coupon *coupon_find(const char *id)
{
    for (size_t i = 0; i < coupon_count; i++)
        if (same_text(coupons[i].id, id))
            return &coupons[i];
    return NULL;
}

const struct promotion *promotion_find(const char *id)
{
    for (size_t i = 0; i < promotion_count; i++)
        if (same_text(promotions[i].id, id))
            return &promotions[i];
    return NULL;
}

const struct configuration *configuration_find(const char *id)
{
    for (size_t i = 0; i < sizeof configurations / sizeof configurations[0]; i++)
        if (same_text(configurations[i].id, id))
            return &configurations[i];
    return NULL;
}
