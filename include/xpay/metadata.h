/*
 * Metadata: what you attach to an object, kept by XPay and given back.
 *
 * Put your order's id there: a session hands it on to its payment intent when the customer first submits. Charges and
 * refunds have none. Everyone who may see the dashboard's logs may read it: nothing secret belongs into it.
 *
 * Answers hold it as an xpay_json; see xpay_json_get().
 */
#ifndef XPAY_METADATA_H
#define XPAY_METADATA_H

#include <xpay/export.h>

/** One entry of metadata that is sent: a name with a text. */
typedef struct xpay_text_pair {
    const char *name;  /**< not NULL, and once only in a list */
    const char *value; /**< not NULL; for numbers and nested values use metadata_json */
} xpay_text_pair;

#endif
