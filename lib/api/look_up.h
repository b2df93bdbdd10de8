/* Finding out by looking, where asking again could act twice. */
#ifndef XPAY_API_LOOK_UP_H
#define XPAY_API_LOOK_UP_H

#include <xpay/intent.h>

/*
 * A verdict on a refund that may have been made: DONE with its object when exactly one refund fits in all that was asked
 * for, REFUSED when none does after XPay `refused` it, STILL_OPEN when XPay could not be asked, else ASK_A_PERSON.
 * `twin`: another open intent asks for the same. Other operations have no list to look into: ASK_A_PERSON.
 */
void xpay_look_up(xpay_client *client, const xpay_intent *intent, bool twin, bool refused,
                  const xpay_request_options *options, xpay_resolution *resolution,
                  xpay_error *error);

#endif
