/* The blocking driver: carries an exchange's attempts and waits out on the calling thread. */
#ifndef XPAY_NET_DRIVER_H
#define XPAY_NET_DRIVER_H

#include "cancel.h"
#include "line.h"

/*
 * One attempt, over when the answer is complete, something broke, the exchange's deadline passed or the token (NULL
 * for none) was triggered.
 */
void xpay_drive(xpay_line *line, const xpay_request *request, xpay_exchange *exchange,
                xpay_cancel *cancel);

#endif
