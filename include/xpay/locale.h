/*
 * Languages that XPay speaks to a customer: one list for sessions and accounts.
 */
#ifndef XPAY_LOCALE_H
#define XPAY_LOCALE_H

#include <xpay/export.h>

/** A language of the checkout page. */
enum {
    XPAY_LOCALE_UNKNOWN = 0, /**< absent, or not known to this version */
    XPAY_LOCALE_EN = 1,      /**< English */
    XPAY_LOCALE_AR = 2       /**< Arabic */
};

#endif
