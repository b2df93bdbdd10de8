/* Parameter structs, filled through their C members, and the JSON that must come of them. */
#ifndef XPAY_TEST_PARAMS_H
#define XPAY_TEST_PARAMS_H

#include "contract.h"

/* Zeroed memory of exactly this size, until params_free_all(). */
void *take(size_t size);
void params_free_all(void);

/*
 * A struct that may be sent: what is required is set, and what the rules want. `setting` is the member that the caller
 * is going to set, since it may want another companion ("~" before it: that is going to be null); NULL for none.
 */
void *make_params(const xpay_type *type, const char *setting);

/* Give a member a valid value, another one for each turn; its companion too. */
void set_member(void *params, const xpay_type *type, const char *member, size_t turn);
void set_number(void *params, const xpay_type *type, const char *member, int64_t value);
void set_text(void *params, const xpay_type *type, const char *member, const char *text);
void set_elements(void *params, const xpay_type *type, const char *member, const void *elements,
                  size_t count);
void unset_member(void *params, const xpay_type *type, const char *member);
void set_clear(void *params, const xpay_type *type, const char *member);

/* What a struct without any value is refused for, if the rules of its type alone do that; NULL if nothing. */
const char *rule_of_nothing(const xpay_type *type);

const xpay_field *row_of(const xpay_type *type, const char *member);
size_t size_of_params(const void *params);
void set_size(void *params, size_t size);

/* The JSON must hold the members that are set, with their values, and nothing else. In params_json.c. */
bool params_match_json(const void *params, const xpay_type *type, const cJSON *json);

/*
 * Encode, as a query for lists, and expect what the name says. `param` is what the error names, NULL for anything. In
 * params_json.c.
 */
void expect_sent(const void *params, const xpay_type *type, const char *what);
void expect_refused(const void *params, const xpay_type *type, const char *what, xpay_status status,
                    const char *param);
size_t requests_tried(void);
xpay_status request_status(const void *params, const xpay_type *type);

/* The tests of lists, sizes and rules, in request_….c. */
void add_list_tests(TCase *tcase);
void add_size_tests(TCase *tcase);
void add_rule_tests(TCase *tcase);

#endif
