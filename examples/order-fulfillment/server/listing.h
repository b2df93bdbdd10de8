/*
 * Rows of the staff's pages, each as HTML for a person or as JSON for a script.
 */
#ifndef SHOP_LISTING_H
#define SHOP_LISTING_H

#include "store.h"
#include "text.h"

/* A list that is being written: the context of the functions below. */
struct listing {
    struct text *out;
    bool json;
    size_t count;
};

void list_order(void *context, const struct order *order);
void list_refund(void *context, const struct refund *refund);
void list_event(void *context, const char *id, const char *type, const char *note,
                int64_t received_at);
void list_line(struct listing *list, const struct order_line *line);
void list_review(void *context, const char *order_id, const char *session_id, const char *reason,
                 int64_t created_at);
void list_ledger(void *context, const struct ledger_row *row);
/* The head of a table of ledger rows. */
extern const char listing_ledger_head[];

/* An order's members, without the closing brace. */
void list_order_members(struct text *out, const struct order *order);

#endif
