/* The blocking driver: carries an exchange's attempts and waits out on the calling thread. */
#ifndef XPAY_NET_DRIVER_H
#define XPAY_NET_DRIVER_H

#include "line.h"

/* One attempt, over when the answer is complete, something broke or the exchange's deadline passed. */
void xpay_drive(xpay_line *line, const xpay_request *request, xpay_exchange *exchange);

/* Sleep until a moment of the monotonic clock. */
void xpay_drive_wait(int64_t until_us);

#endif
