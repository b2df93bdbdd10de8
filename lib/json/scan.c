#include "scan.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "../base/block.h"
#include "../base/utf8.h"

/*
 * The state of one scan. Where it is goes from function to function as a pointer, NULL once the scan has failed. `end`
 * points at a NUL, which no token accepts, so single bytes need no bounds check.
 */
typedef struct scanner {
    const char *begin;
    const char *end;
    xpay_json_scan *found;
    const char *kept; /* first byte that is not in the skeleton yet */
    char *out;        /* next byte of the skeleton */
    const char *problem;
    const char *at; /* of the problem */
} scanner;

static const char *refuse(scanner *s, const char *at, const char *problem)
{
    s->problem = problem;
    s->at = at;
    return NULL;
}

static inline bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static inline const char *blanks(const char *p)
{
    while (is_blank(*p))
        p++;
    return p;
}

const char *xpay_json_blanks(const char *cursor)
{
    return blanks(cursor);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int hex(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Value of four hex digits, -1 when they are not. */
static int32_t unit(const char *digits)
{
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex(digits[i]);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* Step over one escape, which begins with the backslash at `at`; NULL when it is not one. */
static const char *escape(scanner *s, const char *at)
{
    if (at[1] != 'u') {
        if (at[1] != '\0' && strchr("\"\\/bfnrt", at[1]) != NULL)
            return at + 2;
        return refuse(s, at, "an escape that JSON does not have");
    }
    int32_t first = unit(at + 2);
    int32_t second = first >= 0 && at[6] == '\\' && at[7] == 'u' ? unit(at + 8) : -1;
    if (first > 0 && (first < 0xD800 || first > 0xDFFF))
        return at + 6;
    if (first >= 0xD800 && first <= 0xDBFF && second >= 0xDC00 && second <= 0xDFFF)
        return at + 12;
    return refuse(s, at,
                  first < 0    ? "\\u without four hex digits"
                  : first == 0 ? "a NUL character"
                               : "half of a surrogate pair");
}

/* Bytes of a string that need no look of their own: not a quote, backslash, control character or beyond ASCII. */
static bool is_plain(char c)
{
    return c >= 0x20 && c != '"' && c != '\\' && (unsigned char)c < 0x80;
}

/*
 * The first byte from `p` on that is not plain. Most names and texts are shorter than sixteen bytes, so one look
 * finds it.
 */
static inline const char *skip_plain(const char *p, const char *end)
{
#if defined(__SSE2__)
    for (; end - p >= 16; p += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
        __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
        __m128i other =
            _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)); /* signed, so 0x80 and up, too */
        int special = _mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, backslash), other));
        if (special != 0)
            return p + __builtin_ctz((unsigned)special);
    }
#endif
    while (p < end && is_plain(*p))
        p++;
    return p;
}

/* Step over the string whose opening quote is at `start`. */
static inline const char *string(scanner *s, const char *start, bool *escaped)
{
    *escaped = false;
    for (const char *p = start + 1; p != NULL;) {
        p = skip_plain(p, s->end);
        if (*p == '"')
            return p + 1;
        if (*p == '\\') {
            *escaped = true;
            p = escape(s, p);
        } else if ((unsigned char)*p >= 0x80) {
            size_t length = xpay_utf8_character(p);
            if (length == 0)
                return refuse(s, p, "text that is not valid UTF-8");
            p += length;
        } else if (p == s->end) {
            return refuse(s, start, "a string that does not end");
        } else {
            return refuse(s, p, *p == '\0' ? "a NUL character" : "a control character");
        }
    }
    return NULL;
}

static const char *digits(const char *p)
{
    while (is_digit(*p))
        p++;
    return p;
}

static const char *number(scanner *s, const char *start)
{
    const char *p = start + (*start == '-');
    if (!is_digit(*p))
        return refuse(s, start, "a value that JSON does not have");
    if (*p == '0' && is_digit(p[1]))
        return refuse(s, start, "a number with leading zeros");
    p = digits(p);
    if (*p == '.') {
        if (!is_digit(*++p))
            return refuse(s, start, "a number without digits after its point");
        p = digits(p);
    }
    if (*p == 'e' || *p == 'E') {
        p += 1 + (p[1] == '+' || p[1] == '-');
        if (!is_digit(*p))
            return refuse(s, start, "a number without digits in its exponent");
        p = digits(p);
    }
    return p;
}

static const char *literal(scanner *s, const char *start)
{
    static const char *const names[] = {"null", "true", "false"};
    for (size_t i = 0; i < 3; i++) {
        const char *p = start, *name = names[i];
        while (*name != '\0' && *p == *name) {
            p++;
            name++;
        }
        if (*name == '\0')
            return p;
    }
    return refuse(s, start, "a value that JSON does not have");
}

static bool more_spans(xpay_json_scan *scan)
{
    size_t capacity = scan->capacity * 2;
    xpay_json_span *spans = xpay_block_take(capacity * sizeof *spans);
    if (spans == NULL)
        return false;
    memcpy(spans, scan->spans, scan->count * sizeof *spans);
    xpay_block_give(scan->spans, scan->capacity * sizeof *spans);
    scan->spans = spans;
    scan->capacity = capacity;
    return true;
}

/* Note that a value starts at `start`. */
static inline bool open_span(scanner *s, const char *start)
{
    xpay_json_scan *found = s->found;
    if (found->count == found->capacity && !more_spans(found))
        return refuse(s, start, NULL) != NULL;
    found->spans[found->count++].start = (uint32_t)(start - s->begin);
    return true;
}

static inline void close_span(scanner *s, size_t index, const char *end, bool escaped)
{
    s->found->spans[index].end = (uint32_t)(end - s->begin) & INT32_MAX;
    s->found->spans[index].escaped = escaped;
}

/* Bring the skeleton up to `p`. */
static inline void keep(scanner *s, const char *p)
{
    size_t length = (size_t)(p - s->kept);
    memcpy(s->out, s->kept, length);
    s->out += length;
}

static inline const char *scalar(scanner *s, const char *start)
{
    bool escaped = false;
    const char *end = *start == '"'                                     ? string(s, start, &escaped)
                      : *start == 'n' || *start == 't' || *start == 'f' ? literal(s, start)
                                                                        : number(s, start);
    if (end == NULL)
        return NULL;
    close_span(s, s->found->count - 1, end, escaped);
    keep(s, start);
    memcpy(s->out, "null", 4); /* what the parser reads fastest */
    s->out += 4;
    s->kept = end;
    return end;
}

/* Step over the member's name that must begin at `start`, up to its value. */
static inline const char *name(scanner *s, const char *start)
{
    bool escaped;
    if (*start != '"')
        return refuse(s, start, "a member without a name in quotes");
    const char *p = string(s, start, &escaped);
    if (p == NULL)
        return NULL;
    p = blanks(p);
    return *p == ':' ? blanks(p + 1) : refuse(s, p, "a member without a colon");
}

/* Step over one whole value, with all that is in it, that must begin at `p`. */
static const char *value(scanner *s, const char *p)
{
    uint32_t open[XPAY_JSON_MAX_DEPTH]; /* spans of the containers that are open */
    size_t depth = 0;

    for (;;) {
        if (p == NULL || !open_span(s, p))
            return NULL;
        char c = *p;
        if (c == '{' || c == '[') {
            if (depth == XPAY_JSON_MAX_DEPTH)
                return refuse(s, p, "nesting deeper than 128 levels");
            open[depth++] = (uint32_t)(s->found->count - 1);
            p = blanks(p + 1);
            if (*p != c + 2) { /* not closed at once: '}' is '{' + 2, ']' is '[' + 2 */
                if (c == '{')
                    p = name(s, p);
                continue;
            }
        } else {
            p = scalar(s, p);
            if (p == NULL)
                return NULL;
        }

        /* A value has ended, or a container is about to. */
        for (; depth > 0; depth--) {
            uint32_t container = open[depth - 1];
            char opening = s->begin[s->found->spans[container].start];
            p = blanks(p);
            if (*p == ',') {
                p = blanks(p + 1);
                if (opening == '{')
                    p = name(s, p);
                break;
            }
            if (*p != opening + 2)
                return refuse(s, p,
                              p == s->end ? "the end of the bytes within a value"
                                          : "something other than a comma or the end of the list "
                                            "or object");
            close_span(s, container, ++p, false);
        }
        if (depth == 0)
            return p;
    }
}

bool xpay_json_scan_bytes(xpay_json_scan *scan, const char *bytes, size_t length)
{
    *scan = (xpay_json_scan){0};
    if (length >= INT32_MAX) {
        scan->problem = "more than 2 GiB";
        return false;
    }
    /* Room for a value of two bytes and up, which a list of digits needs; longer ones need less. */
    scan->skeleton_capacity = length / 2 * 5 + 8;
    scan->skeleton = xpay_block_take(scan->skeleton_capacity);
    scan->capacity = length / 16 + 16;
    scan->spans = xpay_block_take(scan->capacity * sizeof *scan->spans);
    if (scan->skeleton == NULL || scan->spans == NULL)
        return false;

    scanner s = {bytes, bytes + length, scan, bytes, scan->skeleton, NULL, NULL};
    const char *start = blanks(bytes);
    const char *p = start == s.end ? refuse(&s, start, "nothing") : value(&s, start);
    if (p != NULL && blanks(p) != s.end)
        p = refuse(&s, blanks(p), "something after the value");
    if (p != NULL)
        keep(&s, p);
    *s.out = '\0';
    scan->skeleton_length = (size_t)(s.out - scan->skeleton);
    scan->problem = s.problem;
    scan->offset = s.at == NULL ? 0 : (size_t)(s.at - bytes);
    return p != NULL;
}

void xpay_json_scan_free(xpay_json_scan *scan)
{
    xpay_block_give(scan->spans, scan->capacity * sizeof *scan->spans);
    xpay_block_give(scan->skeleton, scan->skeleton_capacity);
    *scan = (xpay_json_scan){0};
}

/* Write a code point as UTF-8; returns the byte after it. */
static char *put_utf8(char *out, uint32_t c)
{
    if (c < 0x80) {
        *out++ = (char)c;
        return out;
    }
    int rest = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
    *out++ = (char)(lead[rest] | (c >> (6 * rest)));
    while (rest-- > 0)
        *out++ = (char)(0x80 | ((c >> (6 * rest)) & 0x3F));
    return out;
}

size_t xpay_json_unescape(char *text, size_t length)
{
    static const char letters[] = "bfnrt", meanings[] = "\b\f\n\r\t";
    const char *in = text, *end = text + length;
    char *out = text;
    while (in < end) {
        if (*in != '\\') {
            *out++ = *in++;
            continue;
        }
        char c = in[1];
        if (c != 'u') {
            const char *letter = strchr(letters, c);
            *out++ = letter != NULL ? meanings[letter - letters] : c;
            in += 2;
            continue;
        }
        uint32_t point = (uint32_t)unit(in + 2);
        in += 6;
        if (point >= 0xD800 && point <= 0xDBFF) {
            point = 0x10000 + ((point - 0xD800) << 10) + ((uint32_t)unit(in + 2) - 0xDC00);
            in += 6;
        }
        out = put_utf8(out, point);
    }
    return (size_t)(out - text);
}

/* The byte after a string that was scanned before. */
static const char *skip_string(const char *start)
{
    const char *p = start + 1;
    while (*p != '"')
        p += *p == '\\' ? 2 : 1;
    return p + 1;
}

/* The byte after a number or literal that was scanned before. */
static const char *skip_scalar(const char *start)
{
    return start + strcspn(start, ",]} \n\r\t");
}

const char *xpay_json_skip(const char *start)
{
    if (*start == '"')
        return skip_string(start);
    if (*start != '{' && *start != '[')
        return skip_scalar(start);
    const char *p = start + 1;
    for (size_t depth = 1; depth > 0;) {
        p += strcspn(p, "\"{}[]");
        if (*p == '"') {
            p = skip_string(p);
            continue;
        }
        depth += *p == '{' || *p == '[' ? 1 : (size_t)-1;
        p++;
    }
    return p;
}
