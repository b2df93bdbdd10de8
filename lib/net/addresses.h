/* The options that are URLs. */
#ifndef XPAY_NET_ADDRESSES_H
#define XPAY_NET_ADDRESSES_H

#include "client.h"

/* Whether a text is printable ASCII, from `lowest` on: ' ' with blanks, '!' without. */
bool xpay_is_plain(const char *text, unsigned char lowest);

/* Check the base URL, NULL for XPay's own, and keep it with what follows from it. */
xpay_status xpay_settings_base_url(xpay_settings *settings, const char *base_url,
                                   xpay_error *error);

/* Check the proxy and keep it; NULL for none. */
xpay_status xpay_settings_proxy(xpay_settings *settings, const char *proxy, xpay_error *error);

#endif
