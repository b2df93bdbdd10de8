/* What libcurl's result codes mean to us. */
#ifndef XPAY_NET_TRANSPORT_H
#define XPAY_NET_TRANSPORT_H

#include <xpay/status.h>

/* The status of a transfer that ended with `code`, a CURLcode. */
xpay_status xpay_transport_status(int32_t code);

/* Take what stands before an @ in libcurl's words, such as a proxy's user and password, out of them. */
void xpay_transport_hide_user(char *words);

#endif
