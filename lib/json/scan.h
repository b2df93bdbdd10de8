/*
 * The first look at an answer: is it JSON as RFC 8259 has it, and where does each value stand?
 *
 * The scan is stricter than the parser behind it: valid UTF-8, no control characters, no NUL, also not as \u0000, no
 * lone surrogates, numbers and literals by the letter, one value and nothing after it, limited nesting. It records
 * where every value begins and ends, in document order, so that text and numbers are later read from the answer's own
 * bytes. And it writes a skeleton, the same JSON with every scalar as null, from which the parser makes the tree: no number, text or secret goes
 * through memory that is not ours.
 */
#ifndef XPAY_JSON_SCAN_H
#define XPAY_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { XPAY_JSON_MAX_DEPTH = 128 };

/* Where one value stands: bytes [start, end). */
typedef struct xpay_json_span {
    uint32_t start;
    uint32_t end : 31;
    uint32_t escaped : 1; /* a string with a backslash in it */
} xpay_json_span;

typedef struct xpay_json_scan {
    xpay_json_span *spans; /* of every value, in the order in which they begin */
    size_t count;
    char *skeleton; /* NUL-terminated */
    size_t skeleton_length;
    size_t capacity; /* spans that there is room for */
    size_t skeleton_capacity;
    const char *problem; /* what is wrong with the JSON; NULL: memory ran out */
    size_t offset;       /* where */
} xpay_json_scan;

/*
 * False when the bytes, which end with a NUL that is not counted, are not JSON, or memory ran out. The scan is to be
 * freed with xpay_json_scan_free() in either case.
 */
bool xpay_json_scan_bytes(xpay_json_scan *scan, const char *bytes, size_t length);
void xpay_json_scan_free(xpay_json_scan *scan);

/*
 * Undo the escapes in the inside of a string that was scanned, in place; returns the new length. No NUL is written.
 */
size_t xpay_json_unescape(char *text, size_t length);

/*
 * End of the value that begins at *start, in JSON that was scanned before: the first byte after it. `start` must be
 * at the value, not at a blank.
 */
const char *xpay_json_skip(const char *start);

/* The first byte that is not a blank. */
const char *xpay_json_blanks(const char *cursor);

#endif
