/* Cases for the scan: bytes, and whether and where they are refused. */
#ifndef XPAY_TESTS_SCANNED_H
#define XPAY_TESTS_SCANNED_H

#include <stddef.h>

enum { FINE = -1 };

typedef struct scan_case {
    const char *bytes;
    size_t length;
    long offset; /* of the complaint, or FINE */
} scan_case;

#define GOOD(text)                   \
    {                                \
        text, sizeof(text) - 1, FINE \
    }
#define BAD(text, offset)              \
    {                                  \
        text, sizeof(text) - 1, offset \
    }

/* Scan a copy that ends where its memory ends; FINE, or the offset of the complaint. */
long scanned(const char *bytes, size_t length);

void check_scan(const scan_case *c);

#endif
