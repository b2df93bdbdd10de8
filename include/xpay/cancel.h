/*
 * Cancelling: one thread ends calls that others are waiting in.
 *
 * Put the same token into the options of every call that is to end with it. A cancelled call returns
 * XPAY_ERROR_CANCELED at once, also out of a wait between two attempts; its outcome tells whether it may have happened.
 *
 * After a fork(), parent and child each have the token: triggering one does nothing in the other process.
 */
#ifndef XPAY_CANCEL_H
#define XPAY_CANCEL_H

#include <xpay/error.h>

XPAY_BEGIN_DECLS

typedef struct xpay_cancel xpay_cancel;

/**
 * Make a token.
 *
 * @param cancel receives it, to be freed with xpay_cancel_free(); NULL on failure.
 * @return XPAY_OK; XPAY_ERROR_ARGUMENT; XPAY_ERROR_MEMORY.
 */
XPAY_API XPAY_MUST_CHECK xpay_status xpay_cancel_new(xpay_cancel **cancel);

/**
 * Free a token.
 *
 * @param cancel NULL allowed; no call that was given it may be running.
 */
XPAY_API void xpay_cancel_free(xpay_cancel *cancel);

/**
 * End all calls that were given a token, and all that will be. It cannot be taken back.
 *
 * Any thread may call it, but not a signal handler.
 *
 * @param cancel not NULL.
 */
XPAY_API void xpay_cancel_trigger(xpay_cancel *cancel);

/**
 * Whether a token was triggered.
 *
 * @param cancel not NULL.
 * @return true after xpay_cancel_trigger().
 */
XPAY_API bool xpay_cancel_is_triggered(const xpay_cancel *cancel);

XPAY_END_DECLS

#endif
