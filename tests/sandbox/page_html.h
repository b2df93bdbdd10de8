/* The pages that a customer sees. */
#ifndef SANDBOX_PAGE_HTML_H
#define SANDBOX_PAGE_HTML_H

#include "state.h"
#include "text.h"

/* Each returns a whole page, to be freed. */
char *html_checkout(const struct session *session, const char *notice);
char *html_message(const char *title, const char *message, const char *link, const char *label);
char *html_voucher(const struct session *session, const char *notice);

/* "1,234.50 EGP" */
void text_add_amount(struct text *text, int64_t amount, const struct currency *currency);

#endif
