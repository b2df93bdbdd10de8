/* The XPay-Signature header: "t=<seconds>,v1=<hex>", read as XPay's own connectors read it. */
#ifndef XPAY_WEBHOOK_HEADER_H
#define XPAY_WEBHOOK_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { XPAY_SIGNATURE_BYTES = 32, XPAY_MAX_HEADER_LENGTH = 8192, XPAY_MAX_SIGNATURES = 32 };

typedef struct xpay_signature_header {
    int64_t timestamp;
    size_t count;
    unsigned char signatures[XPAY_MAX_SIGNATURES][XPAY_SIGNATURE_BYTES];
} xpay_signature_header;

/*
 * Parts may come in any order, with blanks around them; unknown and misshapen ones are skipped, of several t the last
 * counts. NULL when the header is usable, else what is wrong with it.
 */
const char *xpay_signature_header_read(const char *text, xpay_signature_header *header);

#endif
