/* What a broken exchange may come to: the listed set of rows in which doubt is honest. */
#include "matrix.h"

#define OK       (1U << XPAY_OUTCOME_NONE)
#define REJECTED (1U << XPAY_OUTCOME_REJECTED)
#define APPLIED  (1U << XPAY_OUTCOME_APPLIED)
#define UNKNOWN  (1U << XPAY_OUTCOME_UNKNOWN)

#define KIND(kind) (1U << FAULT_##kind)
#define BREAKS     (KIND(CUT) | KIND(RESET))

/*
 * The first row that fits counts. UNKNOWN stands where no whole status line came back, or where what answered was
 * not XPay; nowhere else.
 */
static const struct rule {
    unsigned kinds;
    relay_side side;
    unsigned regions; /* 1 << REGION_… */
    bool retries;
    unsigned allowed;
} rules[] = {
#define LINE    (1U << REGION_LINE)
#define HEADERS (1U << REGION_HEADERS)
#define BODY    (1U << REGION_BODY)
#define ANY     (LINE | HEADERS | BODY)
    /* With retries every cut is healed. */
    {BREAKS, REQUEST, ANY, true, OK},
    {BREAKS, RESPONSE, ANY, true, OK},

    {BREAKS | KIND(HOLD), REQUEST, ANY, false, UNKNOWN},
    {BREAKS | KIND(HOLD), RESPONSE, LINE, false, UNKNOWN},
    {BREAKS | KIND(HOLD), RESPONSE, HEADERS | BODY, false, APPLIED},
    /* The time is over: no attempt is left. */
    {KIND(HOLD), REQUEST, ANY, true, UNKNOWN},
    {KIND(HOLD), RESPONSE, LINE, true, UNKNOWN},
    {KIND(HOLD), RESPONSE, HEADERS | BODY, true, APPLIED},

    {KIND(DELAY), REQUEST, ANY, false, OK},
    {KIND(DELAY), REQUEST, ANY, true, OK},
    {KIND(DELAY), RESPONSE, ANY, false, OK},
    {KIND(DELAY), RESPONSE, ANY, true, OK},

    /* A request that is no HTTP any more is refused by what stands before XPay, or waited for in vain. */
    {KIND(GARBLE), REQUEST, LINE | HEADERS, false, OK | REJECTED | UNKNOWN},
    {KIND(GARBLE), REQUEST, LINE | HEADERS, true, OK | REJECTED | UNKNOWN},
    {KIND(GARBLE), REQUEST, BODY, false, OK | REJECTED},
    {KIND(GARBLE), REQUEST, BODY, true, OK | REJECTED},
    {KIND(GARBLE), RESPONSE, LINE, false, OK | UNKNOWN},
    {KIND(GARBLE), RESPONSE, LINE, true, OK | UNKNOWN},
    {KIND(GARBLE), RESPONSE, HEADERS | BODY, false, OK | APPLIED},
    {KIND(GARBLE), RESPONSE, HEADERS | BODY, true, OK | APPLIED},
};

unsigned matrix_allowed(const struct sweep *sweep, relay_region region)
{
    for (size_t i = 0; i < LENGTH(rules); i++) {
        const struct rule *rule = &rules[i];
        if ((rule->kinds >> sweep->kind & 1) != 0 && rule->side == sweep->side &&
            (rule->regions >> region & 1) != 0 && rule->retries == sweep->retries)
            return rule->allowed;
    }
    return 0;
}
