#include "scanned.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "json/scan.h"

long scanned(const char *bytes, size_t length)
{
    char *copy = malloc(length + 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    xpay_json_scan found;
    bool fine = xpay_json_scan_bytes(&found, copy, length);
    long offset = FINE;
    if (!fine) {
        ck_assert_ptr_nonnull(found.problem);
        ck_assert_uint_le(found.offset, length);
        offset = (long)found.offset;
    }
    xpay_json_scan_free(&found);
    free(copy);
    return offset;
}

void check_scan(const scan_case *c)
{
    long offset = scanned(c->bytes, c->length);
    ck_assert_msg(offset == c->offset, "%s: refused at %ld, not at %ld", c->bytes, offset,
                  c->offset);
}
