/* The second part of a TZif file (RFC 8536): the moments at which the offset changes, and to what.
 * After the last one the offset stays; files of Debian go on until 2037. */
#include "zones.h"
#include "text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char directory[] = "/usr/share/zoneinfo/";

struct zone {
    unsigned char *bytes;
    const unsigned char *moments, *kinds, *offsets; /* 8, 1 and 6 bytes each */
    size_t moment_count, kind_count;
};

static int64_t big_endian(const unsigned char *at, int count)
{
    uint64_t value = *at & 0x80 ? ~UINT64_C(0) : 0;
    for (int i = 0; i < count; i++)
        value = value << 8 | at[i];
    return (int64_t)value;
}

/* The six counts of a header: isut, isstd, leap, moments, kinds, characters. */
enum { COUNTS = 6, HEADER = 44 };

static const unsigned char *counts_at(const unsigned char *header, const unsigned char *end,
                                      size_t counts[COUNTS])
{
    if (end - header < HEADER || memcmp(header, "TZif", 4) != 0)
        return NULL;
    for (int i = 0; i < COUNTS; i++)
        counts[i] = (size_t)big_endian(header + 20 + 4 * i, 4);
    return header + HEADER;
}

static size_t block_size(const size_t counts[COUNTS], size_t moment)
{
    return counts[3] * (moment + 1) + counts[4] * 6 + counts[5] + counts[2] * (moment + 4) +
           counts[1] + counts[0];
}

static bool is_name(const char *name)
{
    for (const char *at = name; *at; at++)
        if (!isalnum((unsigned char)*at) && !strchr("/_+-", *at))
            return false;
    return isupper((unsigned char)*name) && strlen(name) < 64;
}

static bool zone_parse(struct zone *zone, size_t length)
{
    size_t counts[COUNTS];
    const unsigned char *end = zone->bytes + length;
    const unsigned char *block = counts_at(zone->bytes, end, counts);
    if (!block || (size_t)(end - block) < block_size(counts, 4) ||
        !(block = counts_at(block + block_size(counts, 4), end, counts)) ||
        (size_t)(end - block) < block_size(counts, 8) || !counts[4])
        return false;
    zone->moment_count = counts[3];
    zone->kind_count = counts[4];
    zone->moments = block;
    zone->kinds = block + counts[3] * 8;
    zone->offsets = zone->kinds + counts[3];
    return true;
}

static bool zone_open(struct zone *zone, const char *name)
{
    *zone = (struct zone){0};
    if (!is_name(name))
        return false;
    char *path = must_format("%s%s", directory, name);
    FILE *in = fopen(path, "rb");
    free(path);
    if (!in)
        return false;
    enum { LARGEST = 65536 };
    zone->bytes = must_alloc(LARGEST);
    size_t length = fread(zone->bytes, 1, LARGEST, in);
    fclose(in);
    if (zone_parse(zone, length))
        return true;
    free(zone->bytes);
    return false;
}

/* Milliseconds ahead of UTC at that moment. */
static int64_t offset_at(const struct zone *zone, int64_t utc)
{
    size_t kind = 0;
    for (size_t i = 0; i < zone->moment_count && big_endian(zone->moments + 8 * i, 8) <= utc / 1000;
         i++)
        kind = zone->kinds[i];
    return kind < zone->kind_count ? big_endian(zone->offsets + 6 * kind, 4) * 1000 : 0;
}

bool zone_is_known(const char *name)
{
    struct zone zone;
    if (same_text(name, "UTC"))
        return true;
    bool known = zone_open(&zone, name);
    if (known)
        free(zone.bytes);
    return known;
}

int64_t zone_to_utc(const char *name, int64_t local)
{
    struct zone zone;
    if (same_text(name, "UTC") || !zone_open(&zone, name))
        return local;
    int64_t utc = local - offset_at(&zone, local);
    utc = local - offset_at(&zone, utc);
    free(zone.bytes);
    return utc;
}
