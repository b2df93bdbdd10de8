/* From a parameter struct to a request body or a query string, validated first. */
#ifndef XPAY_JSON_ENCODE_H
#define XPAY_JSON_ENCODE_H

#include <xpay/error.h>

#include "../base/buffer.h"
#include "table.h"

/*
 * Validate `params` (NULL counts as all zero) against its table and append it to `body` as one JSON object.
 *
 * XPAY_OK, XPAY_ERROR_ARGUMENT (param is the path, such as "line_items[2].price_data.unit_amount"), XPAY_ERROR_ABI,
 * XPAY_ERROR_MEMORY.
 */
xpay_status xpay_encode_json(const xpay_type *type, const void *params, xpay_buffer *body,
                             xpay_error *error);

/*
 * The same, appended as "name=value&…" with percent-encoding. A struct below is a filter, written "comparison:value,…"
 * in the order of its table; open JSON and pairs are written as JSON.
 */
xpay_status xpay_encode_query(const xpay_type *type, const void *params, xpay_buffer *query,
                              xpay_error *error);

#endif
