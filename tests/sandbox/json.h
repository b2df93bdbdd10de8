/* JSON as the sandbox reads and writes it: strict on the way in (UTF-8, grammar, depth, nothing
 * after the value), exact integers on the way out. */
#ifndef SANDBOX_JSON_H
#define SANDBOX_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cjson/cJSON.h>

/* NULL on anything that is not exactly one JSON value; *WHY then says what is wrong. */
cJSON *json_read(const char *bytes, size_t length, const char **why);

/* A member by its exact name; NULL if it is absent or null. */
const cJSON *json_member(const cJSON *object, const char *name);
/* The member even if it is null. */
const cJSON *json_member_or_null(const cJSON *object, const char *name);
const char *json_text_at(const cJSON *object, const char *name);
int64_t json_int_at(const cJSON *object, const char *name, int64_t fallback);
bool json_flag_at(const cJSON *object, const char *name);
/* Whether the number has no fraction. */
bool json_is_whole(const cJSON *number);
/* The list under that name, or NULL: also for an absent one. */
const cJSON *json_list_at(const cJSON *object, const char *name);
/* The integer of a number, which a schema has bounded by 2^53-1 (or which is cut to that). */
int64_t json_int(const cJSON *number);

void json_add_int(cJSON *object, const char *name, int64_t value);
void json_add_text(cJSON *object, const char *name, const char *text); /* NULL: null */
void json_add_flag(cJSON *object, const char *name, bool value);
void json_add_null(cJSON *object, const char *name);
void json_add_digits(cJSON *object, const char *name, const char *digits); /* NULL: null */
void json_add_time(cJSON *object, const char *name, int64_t milliseconds); /* 0: null */
void json_add_copy(cJSON *object, const char *name, const cJSON *value);   /* NULL: null */
cJSON *json_add_object(cJSON *object, const char *name);
cJSON *json_add_list(cJSON *object, const char *name);
void json_push_text(cJSON *list, const char *text);

/* Replaces or adds the member. */
void json_put(cJSON *object, const char *name, cJSON *value);
void json_remove(cJSON *object, const char *name);
void json_drop_nulls(cJSON *object);
/* A copy of OBJECT in which each member of CHANGES has taken the place of its own. */
cJSON *json_joined(const cJSON *object, const cJSON *changes);
/* The same, without the members that are null then: null removes. */
cJSON *json_merged(const cJSON *object, const cJSON *changes);

/* Compact text, owned by the caller. */
char *json_print(const cJSON *value);

#endif
