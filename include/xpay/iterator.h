/*
 * Iterators: walk a whole list, one item at a time, however XPay pages it.
 *
 * An iterator asks for a page when its items are due and has one page in memory, however long the list is:
 *
 *     xpay_iterator *each;
 *     const xpay_customer_summary *customer;
 *     if (xpay_customer_iterate(client, NULL, NULL, &each, &error) == XPAY_OK)
 *         while (xpay_iterator_next(each, &customer, &error) == XPAY_OK && customer != NULL)
 *             puts(customer->id);
 *     if (error.status != XPAY_OK)
 *         fprintf(stderr, "not all of them: %s\n", error.message);
 *     xpay_iterator_free(each);
 *
 * The status tells whether it was the end of the list. Stop at any time by freeing the iterator. An item lives until the
 * next call on its iterator; to keep it longer, copy it with xpay_object_copy(). Items know how their page was got:
 * xpay_object_response(). One thread at a time uses an iterator.
 *
 * XPay cuts its pages anew for each request, so a walk sees a list that may change under it:
 *
 * What stands in the list all the time, and keeps its place, is handed out once.
 *
 * When items are added before the place that the walk has come to, items that it has seen move on to the next page. The
 * iterator leaves out those that were on the page before, so none is handed out twice in a row over a seam. But after
 * more additions than a page has room for, items of earlier pages can come again: let your work with an item bear that,
 * by its id. Whether the added items themselves are seen depends on where XPay puts them.
 *
 * When items are deleted, or leave the list because they do not fit its filter any more, others move up to a page that
 * was read already, and are missed. To change what a filter looks at, collect the ids first and change them afterwards.
 *
 * Large pages make both rarer; an iterator asks for as many items as XPay allows (100) unless told otherwise by `limit`.
 */
#ifndef XPAY_ITERATOR_H
#define XPAY_ITERATOR_H

#include <xpay/object.h>

XPAY_BEGIN_DECLS

/** A walk through a list; made by xpay_customer_iterate() and its like. */
typedef struct xpay_iterator xpay_iterator;

/**
 * The next item of a list.
 *
 * Asks XPay when a page is used up, with the request options that the iterator was made with: timeout and repeats count
 * for each page. A walk ends with an empty page, or when it has seen as many items as the list says that it has; a page
 * that is merely short does not end it. After a failure, the same call again asks for the same page again, and nothing
 * is left out.
 *
 * XPAY_ERROR_DECODE also tells of pages that are not whole or contradict each other, so that no walk goes on for ever or
 * leaves something out in silence: a page whose items cannot be read (error->param is "data"), pages that bring again
 * what came before ("page" or "offset"), and an empty one where the list says that there is more ("totalCount").
 *
 * @param iterator not NULL.
 * @param item the address of a pointer to the items' type, such as `const xpay_customer_summary *`; not NULL. It receives
 *        the item, which belongs to the iterator and lives until the next call on it; NULL at the end, where further
 *        calls give NULL without asking, and on failure.
 * @param error receives what went wrong; NULL allowed.
 * @return XPAY_OK, also at the end; XPAY_ERROR_ARGUMENT; and of the fetching of a page, what the function returns that
 *         fetches one, such as xpay_customer_list().
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_iterator_next(xpay_iterator *iterator, void *item,
                                                        xpay_error *error);

/**
 * End a walk, at whatever place it is, and free its page.
 *
 * @param iterator NULL allowed.
 */
XPAY_API void xpay_iterator_free(xpay_iterator *iterator);

XPAY_END_DECLS

#endif
