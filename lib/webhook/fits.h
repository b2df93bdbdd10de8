/* The one comparison of signatures. What it takes tells nothing about how far two of them agree. */
#ifndef XPAY_WEBHOOK_FITS_H
#define XPAY_WEBHOOK_FITS_H

#include "header.h"

/*
 * 1 when any signature of the header is the expected one, else 0. All are compared, none is left early; tests check
 * that nothing branches on `expected` before this returns.
 */
unsigned xpay_signature_fits(const unsigned char expected[XPAY_SIGNATURE_BYTES],
                             const xpay_signature_header *header);

#endif
