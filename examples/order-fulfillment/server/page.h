/* What all pages share: the frame, and how money is written. */
#ifndef SHOP_PAGE_H
#define SHOP_PAGE_H

#include "http.h"

void page_begin(struct http_reply *reply, const char *title);
void page_end(struct http_reply *reply);
/* A page of one sentence, or JSON {"error": …} for scripts. */
void page_say(const struct http_request *request, struct http_reply *reply, unsigned status,
              const char *title, const char *sentence);

/* "12.50 EGP", in HTML. */
void page_money(struct text *text, int64_t amount, const char *currency);

/* The reply becomes JSON. */
struct text *json_begin(struct http_reply *reply);

#endif
