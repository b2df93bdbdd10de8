/*
 * What the public headers say beside the description: constants of enumerations, bits that send null, struct members.
 *
 * The compiler cannot list them, so the headers are read as text. Both ways: nothing in the description without its
 * name in C, and no name in C that the description does not know.
 */
#include "contract.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ENUM_ADDRESS(e) &xpay_enum_##e,
static const xpay_enum *const enums[] = {XPAY_ENUMS(ENUM_ADDRESS)};

/* Groups of constants that name no enumeration of the contract. */
static const char *const other_groups[] = {"event"}; /* the type of an event is text */

enum { MAX_TEXT = 1 << 20, MAX_NAME = 128 };

static char text[MAX_TEXT];

/* Append a header without its comments. */
static void read_header(const char *directory, const char *name)
{
    char path[2048];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        complain("%s cannot be read", path);
        return;
    }
    size_t length = strlen(text);
    bool comment = false;
    int c, before = 0;
    while ((c = fgetc(file)) != EOF && length + 2 < sizeof text) {
        if (!comment && before == '/' && c == '*') {
            comment = true;
            length--;
            c = 0;
        } else if (comment && before == '*' && c == '/') {
            comment = false;
            c = 0;
        } else if (!comment) {
            text[length++] = (char)c;
        }
        before = c;
    }
    text[length] = '\0';
    fclose(file);
}

static void read_headers(void)
{
    char directory[1024];
    snprintf(directory, sizeof directory, "%s", XPAY_CONTRACT_FILE);
    *strrchr(directory, '/') = '\0';
    snprintf(directory + strlen(directory), sizeof directory - strlen(directory),
             "/../../include/xpay");
    text[0] = '\0';
    DIR *listing = opendir(directory);
    if (listing == NULL)
        complain("%s cannot be read", directory);
    struct dirent *entry;
    while (listing != NULL && (entry = readdir(listing)) != NULL)
        if (strstr(entry->d_name, ".h") != NULL)
            read_header(directory, entry->d_name);
    if (listing != NULL)
        closedir(listing);
}

static const xpay_enum *enum_by_name(const char *name)
{
    for (size_t i = 0; i < LENGTH(enums); i++)
        if (strcmp(enums[i]->name, name) == 0)
            return enums[i];
    return NULL;
}

static bool is_other_group(const char *name)
{
    for (size_t i = 0; i < LENGTH(other_groups); i++)
        if (strcmp(other_groups[i], name) == 0)
            return true;
    return false;
}

/* One group "enum { XPAY_…_UNKNOWN = 0, XPAY_…_FIRST = 1, … }", from its first constant on. */
static const xpay_enum *compare_group(const char *group)
{
    char name[MAX_NAME] = "", expected[MAX_NAME], found[MAX_NAME];
    const char *end = strstr(group, "_UNKNOWN = 0");
    for (const char *c = group + strlen("XPAY_"); c < end; c++)
        name[c - group - 5] = (char)tolower((unsigned char)*c);
    const xpay_enum *values = enum_by_name(name);
    if (values == NULL) {
        if (!is_other_group(name))
            complain("%s: constants of an enumeration that the description lacks", name);
        return NULL;
    }
    int number = 0;
    size_t count = 0;
    for (const char *c = strchr(group, ','); c != NULL && c < strchr(group, '}');
         c = strchr(c, ',')) {
        if (sscanf(++c, " %127[A-Z0-9_] = %d", found, &number) != 2)
            break;
        const char *value = xpay_enum_name(values, number);
        constant_case(expected, sizeof expected, name, value == NULL ? "?" : value);
        if (value != NULL && strcmp(value, "unknown") == 0) /* …_UNKNOWN is 0, not a value */
            strcat(expected, "_TO_XPAY");
        if (strcmp(expected, found) != 0)
            complain("%s = %d: the description has %s", found, number, expected);
        count++;
    }
    if (count != values->count)
        complain("%s: %zu constants, %zu names", name, count, values->count);
    return values;
}

START_TEST(test_constants_match_names)
{
    size_t groups = 0, constants = 0;
    read_headers();
    for (const char *at = text; (at = strstr(at, "enum {")) != NULL;) {
        char first[MAX_NAME];
        at += strlen("enum {");
        if (sscanf(at, " %127[A-Z0-9_] = 0", first) != 1 || strstr(first, "_UNKNOWN") == NULL)
            continue;
        const xpay_enum *values = compare_group(strstr(at, "XPAY_"));
        groups += values != NULL;
        constants += values == NULL ? 0 : values->count;
    }
    if (groups != LENGTH(enums))
        complain("%zu groups of constants, %zu enumerations", groups, LENGTH(enums));
    printf("headers: %zu constants of %zu enumerations compared\n", constants, groups);
    NO_COMPLAINTS();
}
END_TEST

/* "address_params" and "line1" give "XPAY_ADDRESS_CLEAR_LINE1"; without a member, the beginning of all such names. */
static void clear_name(char out[MAX_NAME], const xpay_type *type, const char *member)
{
    char prefix[MAX_NAME];
    snprintf(prefix, sizeof prefix, "%s", xpay_type_name(type));
    char *tail = strstr(prefix, "_params");
    snprintf(tail, sizeof prefix - (size_t)(tail - prefix), "_CLEAR");
    constant_case(out, MAX_NAME, prefix, member);
}

START_TEST(test_clear_bits_match_constants)
{
    size_t bits = 0, macros = 0;
    read_headers();
    for (const char *at = text; (at = strstr(at, "_CLEAR_")) != NULL; at++)
        macros++;
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        for (size_t f = 0; f < xpay_type_field_count(type); f++) {
            const xpay_field *field = xpay_type_field(type, f);
            char macro[MAX_NAME], line[MAX_NAME + 16];
            unsigned bit = 64;
            if (field->clear_bit == XPAY_NO_OFFSET)
                continue;
            bits++;
            clear_name(macro, type, field->member);
            snprintf(line, sizeof line, "#define %s ", macro);
            const char *at = strstr(text, line);
            if (at == NULL)
                complain("%s is missing", macro);
            else if (sscanf(at + strlen(line), " (UINT64_C(1) << %u)", &bit) != 1 ||
                     bit != field->clear_bit)
                complain("%s: bit %u, the description says %u", macro, bit, field->clear_bit);
        }
    }
    if (bits != macros)
        complain("%zu constants for bits of clear, %zu bits", macros, bits);
    printf("headers: %zu bits of clear compared\n", bits);
    NO_COMPLAINTS();
}
END_TEST

/* Whether a member of a struct belongs to a row, or is one that such structs begin with. */
static bool is_described(const xpay_type *type, const char *member)
{
    if (strcmp(member, is_params(type) ? "size" : "base") == 0 ||
        (is_params(type) && strcmp(member, "clear") == 0))
        return true;
    for (size_t f = 0; f < xpay_type_field_count(type); f++) {
        const xpay_field *field = xpay_type_field(type, f);
        char has[MAX_NAME], count[MAX_NAME];
        snprintf(has, sizeof has, "has_%s", field->member);
        snprintf(count, sizeof count, "%s_count", field->member);
        bool list = (field->flags & XPAY_FIELD_ARRAY) != 0;
        bool companion = field->presence != XPAY_NO_OFFSET;
        if (strcmp(field->member, member) == 0 ||
            (companion && strcmp(list ? count : has, member) == 0))
            return true;
    }
    return false;
}

START_TEST(test_every_struct_member_is_described)
{
    size_t members = 0;
    read_headers();
    for (size_t t = 0; t < xpay_type_count(); t++) {
        const xpay_type *type = xpay_type_at(t);
        char start[MAX_NAME], member[MAX_NAME];
        snprintf(start, sizeof start, "typedef struct xpay_%s {", xpay_type_name(type));
        const char *at = strstr(text, start);
        if (at == NULL) {
            complain("%s: its struct is in no header", xpay_type_name(type));
            continue;
        }
        at += strlen(start);
        for (const char *end; (end = strchr(at, ';')) < strchr(at, '}'); at = end + 1) {
            const char *name = end;
            while (isalnum((unsigned char)name[-1]) || name[-1] == '_')
                name--;
            snprintf(member, sizeof member, "%.*s", (int)(end - name), name);
            members++;
            if (!is_described(type, member) &&
                !is_justified("derived", xpay_type_name(type), member))
                complain("xpay_%s.%s: the description lacks it", xpay_type_name(type), member);
        }
    }
    printf("headers: %zu struct members found in the description\n", members);
    NO_COMPLAINTS();
}
END_TEST

TCase *headers_case(void)
{
    TCase *tcase = tcase_create("headers");
    tcase_add_test(tcase, test_constants_match_names);
    tcase_add_test(tcase, test_clear_bits_match_constants);
    tcase_add_test(tcase, test_every_struct_member_is_described);
    return tcase;
}
