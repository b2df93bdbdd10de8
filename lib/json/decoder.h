/*
 * The decoder in its parts, shared by the files that it is written in: faults.c (what is wrong, and where), value.c (one
 * value), decode.c (members, objects, the root).
 */
#ifndef XPAY_JSON_DECODER_H
#define XPAY_JSON_DECODER_H

#include <string.h>

#include <cjson/cJSON.h>

#include "root.h"
#include "scan.h"
#include "table.h"

/* Where the decoder is, for messages: a member's name or, below an array, a number. */
typedef struct place {
    const struct place *above;
    const char *name;
    size_t index;
} place;

typedef struct decoder {
    xpay_root *root;
    const xpay_json_span *next; /* the span of the value that comes next */
    xpay_status status;
    xpay_fault unreadable; /* with XPAY_ERROR_DECODE: what gave the decode up */
} decoder;

/* One value: its bytes in the answer and its node in the tree. */
typedef struct value {
    const char *bytes;
    size_t length;
    bool escaped;
    const cJSON *node;
} value;

/* What one read came to. LEFT_OUT: an object without which its owner can do; `unreadable` says why. */
typedef enum reading { READ, WRONG, ABSENT, LEFT_OUT, FAILED } reading;

/* The value whose node is at hand; the spans move on by one. */
static inline value take(decoder *d, const cJSON *node)
{
    const xpay_json_span *span = d->next++;
    return (value){d->root->json + span->start, span->end - span->start, span->escaped, node};
}

/* Whether a member's name is the one by which objects say what they are. */
static inline bool is_tag(const char *name)
{
    return name[0] == 'o' && strcmp(name, "object") == 0;
}

/* Move the spans past everything below a node. */
void xpay_decoder_skip(decoder *d, const cJSON *node);

/* Give the decode up; always false. */
bool xpay_decoder_no_memory(decoder *d);

/* Give the decode up because of what stands at a place; always false. */
bool xpay_decoder_unreadable(decoder *d, const place *p, const char *expected, const char *found);

/* List a member that is left out on the root. False when memory ran out. */
bool xpay_decoder_list_fault(decoder *d, const xpay_object *object, const place *p,
                             const char *expected, const char *found);

/* List what was unreadable in an object that its owner is left without. False when memory ran out. */
bool xpay_decoder_list_left_out(decoder *d, const xpay_object *owner);

/* A value of the wrong kind: the end of the decode in a critical field, listed on the root in any other. */
bool xpay_decoder_wrong_kind(decoder *d, xpay_object *object, const xpay_field *field,
                             const value *v, const place *p, bool list);

/* What a value is, and what belongs in a field, in words. */
const char *xpay_decoder_kind_name(const value *v);
const char *xpay_decoder_expectation(const xpay_field *field, bool list);

/* A text value as it is without its escapes, quotes kept. False when memory ran out. */
bool xpay_decoder_undo_escapes(decoder *d, const value *v, value *plain);

/* Read one value as a field's kind into a member (or array element) at `slot`. */
reading xpay_decoder_read_value(decoder *d, const xpay_field *field, const value *v, void *slot,
                                const place *p);

/* Read an object into a new struct of a type; NULL when the decode was given up. */
void *xpay_decoder_read_object(decoder *d, const xpay_type *type, const value *v, const place *p);

#endif
