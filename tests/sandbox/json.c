/* Strict reading and exact writing around cJSON, which by itself accepts broken UTF-8, numbers
 * such as 007, and text after the value. */
#include "json.h"
#include "clock.h"
#include "text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 64 };

struct scan {
    const unsigned char *at;
    const unsigned char *end;
    const char *why;
};

static bool refuse(struct scan *scan, const char *why)
{
    if (!scan->why)
        scan->why = why;
    return false;
}

static void skip_blanks(struct scan *scan)
{
    while (scan->at < scan->end && strchr(" \t\r\n", *scan->at) && *scan->at)
        scan->at++;
}

/* One multi-byte UTF-8 sequence: shortest form only, no surrogates, nothing above U+10FFFF. */
static bool scan_utf8(struct scan *scan)
{
    static const struct {
        unsigned char first, last, low, high;
        int rest;
    } shapes[] = {
        {0xC2, 0xDF, 0x80, 0xBF, 1}, {0xE0, 0xE0, 0xA0, 0xBF, 2}, {0xE1, 0xEC, 0x80, 0xBF, 2},
        {0xED, 0xED, 0x80, 0x9F, 2}, {0xEE, 0xEF, 0x80, 0xBF, 2}, {0xF0, 0xF0, 0x90, 0xBF, 3},
        {0xF1, 0xF3, 0x80, 0xBF, 3}, {0xF4, 0xF4, 0x80, 0x8F, 3},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        if (*scan->at < shapes[i].first || *scan->at > shapes[i].last)
            continue;
        if (scan->end - scan->at <= shapes[i].rest || scan->at[1] < shapes[i].low ||
            scan->at[1] > shapes[i].high)
            break;
        for (int k = 2; k <= shapes[i].rest; k++)
            if (scan->at[k] < 0x80 || scan->at[k] > 0xBF)
                return refuse(scan, "it is not valid UTF-8");
        scan->at += shapes[i].rest + 1;
        return true;
    }
    return refuse(scan, "it is not valid UTF-8");
}

/* The four digits of \uXXXX, or -1. */
static long scan_hex4(struct scan *scan)
{
    long value = 0;
    for (int i = 0; i < 4; i++, scan->at++) {
        if (scan->at >= scan->end)
            return -1;
        const char *digit = memchr("0123456789abcdef", *scan->at | 0x20, 16);
        if (!digit || (*scan->at < 'A' && *scan->at > '9') || *scan->at < '0')
            return -1;
        value = value * 16 + (digit - "0123456789abcdef");
    }
    return value;
}

static bool scan_escape(struct scan *scan)
{
    scan->at++;
    if (scan->at >= scan->end)
        return refuse(scan, "a text does not end");
    unsigned char kind = *scan->at++;
    if (kind != 'u')
        return strchr("\"\\/bfnrt", kind) && kind ? true : refuse(scan, "unknown escape");
    long unit = scan_hex4(scan);
    if (unit < 0)
        return refuse(scan, "\\u without four hexadecimal digits");
    if (unit == 0)
        return refuse(scan, "\\u0000 is not accepted in a text");
    if (unit >= 0xDC00 && unit <= 0xDFFF)
        return refuse(scan, "half of a surrogate pair");
    if (unit < 0xD800 || unit > 0xDBFF)
        return true;
    if (scan->end - scan->at < 6 || scan->at[0] != '\\' || scan->at[1] != 'u')
        return refuse(scan, "half of a surrogate pair");
    scan->at += 2;
    unit = scan_hex4(scan);
    return unit >= 0xDC00 && unit <= 0xDFFF ? true : refuse(scan, "half of a surrogate pair");
}

static bool scan_text(struct scan *scan)
{
    for (scan->at++; scan->at < scan->end;) {
        if (*scan->at == '"') {
            scan->at++;
            return true;
        }
        if (*scan->at < 0x20)
            return refuse(scan, "a control character inside a text");
        if (*scan->at == '\\') {
            if (!scan_escape(scan))
                return false;
        } else if (*scan->at >= 0x80) {
            if (!scan_utf8(scan))
                return false;
        } else {
            scan->at++;
        }
    }
    return refuse(scan, "a text does not end");
}

static bool scan_digits(struct scan *scan)
{
    const unsigned char *start = scan->at;
    while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9')
        scan->at++;
    return scan->at > start ? true : refuse(scan, "not a JSON number");
}

static bool scan_number(struct scan *scan)
{
    if (*scan->at == '-')
        scan->at++;
    const unsigned char *first = scan->at;
    if (!scan_digits(scan))
        return false;
    if (*first == '0' && scan->at - first > 1)
        return refuse(scan, "a number with leading zeros");
    if (scan->at < scan->end && *scan->at == '.') {
        scan->at++;
        if (!scan_digits(scan))
            return false;
    }
    if (scan->at < scan->end && (*scan->at | 0x20) == 'e') {
        scan->at++;
        if (scan->at < scan->end && (*scan->at == '+' || *scan->at == '-'))
            scan->at++;
        if (!scan_digits(scan))
            return false;
    }
    return true;
}

static bool scan_value(struct scan *scan, int depth);

/* The members of an object or the items of a list, up to and with the closing bracket. */
static bool scan_inside(struct scan *scan, int depth, unsigned char close)
{
    scan->at++;
    skip_blanks(scan);
    if (scan->at < scan->end && *scan->at == close) {
        scan->at++;
        return true;
    }
    for (;;) {
        if (close == '}') {
            skip_blanks(scan);
            if (scan->at >= scan->end || *scan->at != '"')
                return refuse(scan, "a member name is missing");
            if (!scan_text(scan))
                return false;
            skip_blanks(scan);
            if (scan->at >= scan->end || *scan->at++ != ':')
                return refuse(scan, "a colon is missing");
        }
        if (!scan_value(scan, depth + 1))
            return false;
        skip_blanks(scan);
        if (scan->at >= scan->end)
            return refuse(scan, "it ends too early");
        if (*scan->at == close) {
            scan->at++;
            return true;
        }
        if (*scan->at++ != ',')
            return refuse(scan, "a comma is missing");
    }
}

static bool scan_value(struct scan *scan, int depth)
{
    static const char *const words[] = {"true", "false", "null"};
    if (depth > DEEPEST)
        return refuse(scan, "it is nested too deeply");
    skip_blanks(scan);
    if (scan->at >= scan->end)
        return refuse(scan, "it ends too early");
    if (*scan->at == '{' || *scan->at == '[')
        return scan_inside(scan, depth, *scan->at == '{' ? '}' : ']');
    if (*scan->at == '"')
        return scan_text(scan);
    if (*scan->at == '-' || (*scan->at >= '0' && *scan->at <= '9'))
        return scan_number(scan);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t length = strlen(words[i]);
        if ((size_t)(scan->end - scan->at) >= length && !memcmp(scan->at, words[i], length)) {
            scan->at += length;
            return true;
        }
    }
    return refuse(scan, "it is not JSON");
}

cJSON *json_read(const char *bytes, size_t length, const char **why)
{
    struct scan scan = {.at = (const unsigned char *)bytes};
    scan.end = scan.at + length;
    cJSON *value = NULL;
    if (scan_value(&scan, 0)) {
        skip_blanks(&scan);
        if (scan.at != scan.end)
            refuse(&scan, "there is something after the value");
        else if (!(value = cJSON_ParseWithLength(bytes, length)))
            refuse(&scan, "it is not JSON");
    }
    if (!value && why)
        *why = scan.why;
    return value;
}

const cJSON *json_member_or_null(const cJSON *object, const char *name)
{
    for (const cJSON *member = cJSON_IsObject(object) ? object->child : NULL; member;
         member = member->next)
        if (strcmp(member->string, name) == 0)
            return member;
    return NULL;
}

const cJSON *json_member(const cJSON *object, const char *name)
{
    const cJSON *member = json_member_or_null(object, name);
    return member && !cJSON_IsNull(member) ? member : NULL;
}

const char *json_text_at(const cJSON *object, const char *name)
{
    const cJSON *member = json_member(object, name);
    return cJSON_IsString(member) ? member->valuestring : NULL;
}

int64_t json_int(const cJSON *number)
{
    static const double most = 9007199254740991.0;
    double value = number->valuedouble;
    return (int64_t)(value > most ? most : value < -most ? -most : value);
}

int64_t json_int_at(const cJSON *object, const char *name, int64_t fallback)
{
    const cJSON *member = json_member(object, name);
    return cJSON_IsNumber(member) ? json_int(member) : fallback;
}

bool json_flag_at(const cJSON *object, const char *name)
{
    return cJSON_IsTrue(json_member(object, name));
}

bool json_is_whole(const cJSON *number)
{
    double value = number->valuedouble;
    bool beyond = value > 9007199254740991.0 || value < -9007199254740991.0;
    return beyond || (double)json_int(number) == value;
}

const cJSON *json_list_at(const cJSON *object, const char *name)
{
    const cJSON *member = json_member(object, name);
    return cJSON_IsArray(member) ? member : NULL;
}

void json_add_digits(cJSON *object, const char *name, const char *digits)
{
    cJSON_AddItemToObject(object, name, digits ? cJSON_CreateRaw(digits) : cJSON_CreateNull());
}

void json_add_int(cJSON *object, const char *name, int64_t value)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, value);
    json_add_digits(object, name, digits);
}

void json_add_text(cJSON *object, const char *name, const char *text)
{
    cJSON_AddItemToObject(object, name, text ? cJSON_CreateString(text) : cJSON_CreateNull());
}

void json_add_flag(cJSON *object, const char *name, bool value)
{
    cJSON_AddItemToObject(object, name, cJSON_CreateBool(value));
}

void json_add_null(cJSON *object, const char *name)
{
    cJSON_AddItemToObject(object, name, cJSON_CreateNull());
}

void json_add_time(cJSON *object, const char *name, int64_t milliseconds)
{
    char iso[CLOCK_ISO_SIZE];
    clock_iso(iso, milliseconds);
    json_add_text(object, name, milliseconds ? iso : NULL);
}

void json_add_copy(cJSON *object, const char *name, const cJSON *value)
{
    cJSON_AddItemToObject(object, name, value ? cJSON_Duplicate(value, true) : cJSON_CreateNull());
}

cJSON *json_add_object(cJSON *object, const char *name)
{
    cJSON *member = cJSON_CreateObject();
    cJSON_AddItemToObject(object, name, member);
    return member;
}

cJSON *json_add_list(cJSON *object, const char *name)
{
    cJSON *member = cJSON_CreateArray();
    cJSON_AddItemToObject(object, name, member);
    return member;
}

void json_push_text(cJSON *list, const char *text)
{
    cJSON_AddItemToArray(list, cJSON_CreateString(text));
}

void json_put(cJSON *object, const char *name, cJSON *value)
{
    cJSON_DeleteItemFromObjectCaseSensitive(object, name);
    cJSON_AddItemToObject(object, name, value);
}

void json_remove(cJSON *object, const char *name)
{
    cJSON_DeleteItemFromObjectCaseSensitive(object, name);
}

void json_drop_nulls(cJSON *object)
{
    cJSON *next;
    for (cJSON *member = object->child; member; member = next) {
        next = member->next;
        if (cJSON_IsNull(member))
            cJSON_Delete(cJSON_DetachItemViaPointer(object, member));
    }
}

cJSON *json_joined(const cJSON *object, const cJSON *changes)
{
    cJSON *joined = cJSON_Duplicate(object, true);
    for (const cJSON *member = changes->child; member; member = member->next)
        json_put(joined, member->string, cJSON_Duplicate(member, true));
    return joined;
}

cJSON *json_merged(const cJSON *object, const cJSON *changes)
{
    cJSON *merged = json_joined(object, changes);
    json_drop_nulls(merged);
    return merged;
}

char *json_print(const cJSON *value)
{
    char *text = cJSON_PrintUnformatted(value);
    return text ? text : must_copy("null");
}
