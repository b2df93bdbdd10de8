/*
 * Who may do what: the staff's password, and pages of other sites that must not post.
 */
#ifndef SHOP_HTTP_GUARD_H
#define SHOP_HTTP_GUARD_H

#include "http.h"

enum { GUARD_SIZE = 512 };

/* What the staff's browsers send for this password; "" for "", which lets nobody in. False: it is too long. */
bool guard_prepare(char authorization[GUARD_SIZE], const char *password);
bool guard_is_staff(const char *authorization, const struct http_request *request);
/* Whether the form came from a page of ours, or from a script. */
bool guard_is_own_page(const struct http_request *request);

#endif
