/*
 * Routes: which function handles which events, as a table.
 *
 *     static const xpay_event_route table[] = {
 *         {"checkout.session.", session_changed},
 *         {"checkout.session.expired", session_expired},
 *         {"refund.", refund_changed},
 *     };
 *     status = xpay_event_routes_new(table, 3, NULL, shop, &routes, &error);
 *     ...
 *     xpay_inbox_process(verifier, inbox, body, length, signature,
 *                        xpay_event_routes_dispatch, routes, &reply, &error);
 *
 * The longest entry that fits wins, wherever it stands; each handler is given `shop` as its context. For those who want
 * it: a switch over event->kind does as well.
 */
#ifndef XPAY_EVENT_ROUTES_H
#define XPAY_EVENT_ROUTES_H

#include <xpay/event.h>

/** One entry of the table. */
typedef struct xpay_event_route {
    /** a whole type, such as "refund.failed", or with a dot at its end all types that begin so: "refund." */
    const char *type;
    xpay_event_handler handler; /**< not NULL */
} xpay_event_route;

/** A table that was checked. Any number of threads may dispatch by it. */
typedef struct xpay_event_routes xpay_event_routes;

XPAY_BEGIN_DECLS

/**
 * Check a table of routes and keep a copy of it.
 *
 * @param table the entries, which may be freed afterwards; NULL with count 0.
 * @param count how many.
 * @param otherwise what to do with events that no entry fits; NULL: nothing, which acknowledges them.
 * @param context given to every handler, `otherwise` included.
 * @param routes receives it, to be freed with xpay_event_routes_free(); NULL on failure.
 * @param error NULL allowed.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT (no type or handler, a type that cannot be one, two entries for the same type;
 *         error->param says which, such as "table[2].type"); XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status
xpay_event_routes_new(const xpay_event_route *table, size_t count, xpay_event_handler otherwise,
                      void *context, xpay_event_routes **routes, xpay_error *error);

/**
 * Free routes.
 *
 * @param routes NULL allowed; no other thread may be using it.
 */
XPAY_API void xpay_event_routes_free(xpay_event_routes *routes);

/**
 * Call the one handler that an event belongs to, on this thread. It is an xpay_event_handler, whose context is the routes.
 *
 * @param routes of xpay_event_routes_new(); not NULL.
 * @param event given to the handler; not NULL.
 * @param transaction given to the handler; NULL where there is none.
 * @return what the handler returned; XPAY_OK when there is none for it.
 */
XPAY_API xpay_status xpay_event_routes_dispatch(void *routes, const xpay_event *event,
                                                void *transaction);

XPAY_END_DECLS

#endif
