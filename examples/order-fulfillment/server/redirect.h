/*
 * Where a browser may be sent to pay: a page of XPay's, and no other.
 */
#ifndef SHOP_REDIRECT_H
#define SHOP_REDIRECT_H

#include <stdbool.h>

/* Whether url is a page of XPay's over https, or one of the server that was configured as XPay's
 * API on this very machine. base_url may be NULL; so may url, which is no page then. */
bool redirect_is_page(const char *url, const char *base_url);

#endif
