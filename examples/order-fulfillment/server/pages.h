/* The shop's pages: for customers and for the staff. */
#ifndef SHOP_PAGES_H
#define SHOP_PAGES_H

#include "http.h"

/* For http_start(), with a struct shop as context. */
extern const struct http_route shop_routes[];

/* For customers */
void page_shop(void *shop, const struct http_request *request, struct http_reply *reply);
void page_sign_in(void *shop, const struct http_request *request, struct http_reply *reply);
void page_sign_out(void *shop, const struct http_request *request, struct http_reply *reply);
void page_checkout(void *shop, const struct http_request *request, struct http_reply *reply);
void page_pay(void *shop, const struct http_request *request, struct http_reply *reply);
void page_return(void *shop, const struct http_request *request, struct http_reply *reply);

/* For the staff */
void page_orders(void *shop, const struct http_request *request, struct http_reply *reply);
void page_order(void *shop, const struct http_request *request, struct http_reply *reply);
void page_refund(void *shop, const struct http_request *request, struct http_reply *reply);
void page_ledger(void *shop, const struct http_request *request, struct http_reply *reply);
void page_reviews(void *shop, const struct http_request *request, struct http_reply *reply);

#endif
