/* One way to walk all lists. What differs between them is read off their operation's row and its two types. */
#ifndef XPAY_API_ITERATOR_H
#define XPAY_API_ITERATOR_H

#include <xpay/client.h>
#include <xpay/iterator.h>

#include "../net/operation.h"

/*
 * Begin a walk through the list that an operation gives a page of. `params` are its parameters, NULL for none; both
 * they and `options` are copied.
 *
 * The answer's type has its items in the member `data`, and in `total_count`, if there is one, how many the list has.
 * If the parameters have a `page`, that counts pages from 1; if they have an `offset`, that counts items from 0; with
 * neither, the first page is all. `limit` is the size of a page.
 */
xpay_status xpay_iterate(xpay_client *client, const xpay_operation *operation, const void *params,
                         const xpay_request_options *options, xpay_iterator **iterator,
                         xpay_error *error);

#endif
