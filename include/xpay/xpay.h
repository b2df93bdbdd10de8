/*
 * libxpay: take payments through XPay. This header includes all others.
 *
 * Start with client.h (a key and its connections), checkout_session.h (to be paid), refund.h (to pay back) and error.h
 * (what may have happened when a call fails).
 */
#ifndef XPAY_XPAY_H
#define XPAY_XPAY_H

#include <xpay/export.h>
#include <xpay/version.h>
#include <xpay/status.h>
#include <xpay/error.h>
#include <xpay/object.h>
#include <xpay/describe.h>
#include <xpay/money.h>
#include <xpay/cancel.h>
#include <xpay/log.h>
#include <xpay/client.h>
#include <xpay/idempotency.h>
#include <xpay/intent.h>
#include <xpay/iterator.h>
#include <xpay/locale.h>
#include <xpay/metadata.h>
#include <xpay/address.h>
#include <xpay/presentment.h>
#include <xpay/product.h>
#include <xpay/price.h>
#include <xpay/line_item.h>
#include <xpay/custom_field.h>
#include <xpay/discount.h>
#include <xpay/fees.h>
#include <xpay/branding.h>
#include <xpay/after_completion.h>
#include <xpay/payment_method.h>
#include <xpay/balance_transaction.h>
#include <xpay/refund.h>
#include <xpay/charge.h>
#include <xpay/customer_details.h>
#include <xpay/customer.h>
#include <xpay/payment_intent.h>
#include <xpay/account.h>
#include <xpay/checkout_session_params.h>
#include <xpay/filter.h>
#include <xpay/payment_link.h>
#include <xpay/webhook_endpoint.h>
#include <xpay/checkout_session.h>
#include <xpay/event.h>
#include <xpay/event_routes.h>
#include <xpay/webhook.h>
#include <xpay/inbox.h>
#include <xpay/fulfillment.h>
#include <xpay/ordering.h>
#include <xpay/ledger.h>
#include <xpay/raw.h>

#endif
