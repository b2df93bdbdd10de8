/* What must be true of this machine's libcurl before the first client. */
#ifndef XPAY_NET_STARTUP_H
#define XPAY_NET_STARTUP_H

#include <xpay/error.h>

/* Initialise libcurl once for the process. XPAY_OK, XPAY_ERROR_UNSUPPORTED, XPAY_ERROR_MEMORY. Thread-safe. */
xpay_status xpay_startup(xpay_error *error);

/* libcurl's version, such as "7.88.1"; static. */
const char *xpay_curl_version(void);

/* The system's bundle of trusted certificates as one file; NULL when none is found; static. */
const char *xpay_system_ca_file(void);

#endif
